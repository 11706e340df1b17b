"""Pictures of the data: handwritten digits."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from slopes._arguments import Floats
from slopes.figures._house import INK, Picture, panels

_PAPER = LinearSegmentedColormap.from_list("paper", [(0.2, 0.2, 0.2, 0), (0.2, 0.2, 0.2, 1)])


def digits(images: Floats, labels: Floats) -> Picture:
    """Square images of digits in a row, each under its label.

    Parameters
    ----------
    images : numpy.ndarray
        Brightness from 0 to 1, an image for each row, shape (m, side²).
    labels : numpy.ndarray
        What they show, shape (m,).

    Returns
    -------
    matplotlib.figure.Figure
        An image for each digit, ink on the colour of the page.
    """
    side = int(np.sqrt(images.shape[1]))
    figure, axes = panels(1, len(images), figsize=(6.4, 0.95), squeeze=False)
    for place, image, label in zip(axes[0], images, labels, strict=True):
        place.imshow(image.reshape(side, side), cmap=_PAPER, vmin=0, vmax=1)
        place.set_title(f"{label}", fontsize=11, color=INK)
        place.set(xticks=[], yticks=[])
        for edge in place.spines.values():
            edge.set(visible=True, color=INK, linewidth=0.6)
        place.grid(False)
    return figure
