"""Pictures of gradients and speeds of learning during training."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from slopes._arguments import Floats
from slopes.figures._house import COLOURS, INK, LINES, Picture, panels, powers_of_ten


def curves(
    epochs: Floats, bands: Sequence[Floats], his: Sequence[Floats], theory: Sequence[Floats]
) -> Picture:
    """Speeds of the hidden layers during training: bands of many seeds, one run, and theory.

    Parameters
    ----------
    epochs : numpy.ndarray
        Epochs, shape (m,).
    bands : sequence of numpy.ndarray
        Low end, median and high end, shape (3, m, layers), for each network.
    his : sequence of numpy.ndarray
        Speeds of one run, shape (m, layers), for each network.
    theory : sequence of numpy.ndarray
        Speeds predicted for the first epoch, shape (layers,), for each network.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each network; a band with its median as a thin line, a line
        and a mark for each layer, on a common logarithmic axis.
    """
    figure, axes = panels(1, len(bands), sharey=True, figsize=(6.4, 4))
    for place, (low, middle, high), speeds, start in zip(axes, bands, his, theory, strict=True):
        for i, colour in enumerate(COLOURS[: speeds.shape[1]]):
            place.fill_between(epochs, low[:, i], high[:, i], color=colour, alpha=0.22, lw=0)
            place.plot(epochs[::5], middle[::5, i], "-", color=colour, linewidth=0.7)
            look: dict[str, Any] = {"color": colour, "linestyle": LINES[i], "linewidth": 1.6}
            place.plot(epochs, speeds[:, i], label=f"layer {i + 1}", **look)
        look = {"color": INK, "markerfacecolor": "white", "clip_on": False, "zorder": 5}
        place.plot(epochs[:1].repeat(start.size), start, "D", label="theory", **look)
        place.set(yscale="log", xlim=(0, epochs[-1]), xlabel="epoch", xticks=[0, 200, 400])
    axes[0].set(ylabel=r"speed $\|\partial C/\partial b_l\|$", ylim=(3e-6, 1))
    figure.legend(
        *axes[-1].get_legend_handles_labels(), loc="outside upper center", ncols=5, frameon=False
    )
    return figure


def moment(epochs: Floats, layers: int = 4) -> Picture:
    """Speeds of the layers over all epochs, and at one of them.

    Parameters
    ----------
    epochs : numpy.ndarray
        Epochs, shape (m,).
    layers : int
        Greatest number of hidden layers.

    Returns
    -------
    matplotlib.figure.Figure
        Artists ``layer1 … layern`` (lines, ``log10`` of the speeds, shape (m,)),
        ``moment`` (a rule) and ``speeds`` (markers of shape (layers,)) can be moved.
    """
    figure, (left, right) = panels(1, 2, sharey=True, width_ratios=[2, 1])
    for l in range(layers):  # noqa: E741
        look: dict[str, Any] = {"color": COLOURS[l], "linestyle": LINES[l]}
        look |= {"gid": f"layer{l + 1}", "label": f"layer {l + 1}", "linewidth": 1.6}
        left.plot(epochs, np.zeros(len(epochs)), **look)
    left.axvline(0, color=INK, linewidth=1.2, linestyle="-", gid="moment")
    places = np.arange(1, layers + 1)
    right.plot(places, np.zeros(layers), "o", color=INK, ms=9, gid="speeds")
    left.set(xlabel="epoch", xlim=(0, epochs[-1]), ylim=(-5.4, 0))
    left.set_ylabel(r"speed $\|\partial C/\partial b_l\|$")
    right.set(xlabel="layer $l$", xlim=(0.5, layers + 0.5), xticks=places)
    figure.legend(
        *left.get_legend_handles_labels(), loc="outside upper center", ncols=layers, frameon=False
    )
    powers_of_ten(left)
    return figure


def cancelling(epochs: Floats, single: Floats, together: Floats) -> Picture:
    """How hard single examples pull on each layer, and how hard all do together.

    Parameters
    ----------
    epochs : numpy.ndarray
        Epochs, shape (m,).
    single, together : numpy.ndarray
        Mean of the norms, and norm of the mean, shape (m, layers).

    Returns
    -------
    matplotlib.figure.Figure
        Two lines for each layer, on a logarithmic axis.
    """
    figure, axes = panels()
    for l in range(single.shape[1]):  # noqa: E741
        look = {"color": COLOURS[l], "linestyle": LINES[l]}
        for rows, marker, words in ((single, "o", "one image"), (together, "", "the mean")):
            axes.plot(epochs, rows[:, l], marker=marker, ms=4, **look)
            place = (epochs[-1], rows[-1, l])
            offset = {"textcoords": "offset points", "va": "center", "annotation_clip": False}
            axes.annotate(f"{words}, layer {l + 1}", place, (6, 0), color=COLOURS[l], **offset)
    axes.set(yscale="log", xlabel="epoch", ylabel="size of the gradient", xlim=(0, epochs[-1]))
    return figure
