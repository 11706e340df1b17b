"""The picture of a folded interval."""

import numpy as np

from slopes._arguments import Floats
from slopes.figures._house import INK, Picture, panels


def teeth(x: Floats) -> Picture:
    """A folded interval over the level that its teeth cross.

    Parameters
    ----------
    x : numpy.ndarray
        Inputs, shape (m,).

    Returns
    -------
    matplotlib.figure.Figure
        The artist ``output``, a line over `x`, can be moved.
    """
    figure, axes = panels()
    axes.axhline(0.5, color=INK, linestyle="--", linewidth=1.2)
    axes.plot(x, np.zeros(x.size), "-", linewidth=1.5, gid="output")
    axes.set(xlabel="input $x$", ylabel="output", xlim=(x[0], x[-1]), ylim=(-0.05, 1.1))
    return figure
