"""Pictures of networks before training: how fast their layers would learn."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats
from slopes.figures._house import (
    BLUE,
    COLOURS,
    INK,
    SKY,
    VERMILLION,
    Picture,
    name_bars,
    panels,
    powers_of_ten,
)


def neurons(ours: Sequence[Floats], his: Floats) -> Picture:
    """Gradient of each neuron's bias in two hidden layers, for two networks.

    Parameters
    ----------
    ours : sequence of numpy.ndarray
        ``∂C/∂b`` for the neurons of the first and of the second hidden layer, shape (n,) each.
    his : numpy.ndarray
        The same for six neurons of each layer, shape (2, 6).

    Returns
    -------
    matplotlib.figure.Figure
        Bars, the first layer above the second, ours beside his.
    """
    figure, axes = panels(2, 2, sharey=True, figsize=(6.4, 3.8), width_ratios=[3, 1])
    for row, (left, right) in enumerate(zip(ours, his, strict=True)):
        for place, values, colour in zip(axes[row], (left, right), (BLUE, VERMILLION), strict=True):
            place.bar(np.arange(1, len(values) + 1), values, color=colour)
            place.axhline(0, color=INK, linewidth=0.8)
            place.set_axisbelow(True)
            if len(values) < 10:
                place.set_xticks(np.arange(1, len(values) + 1))
        axes[row, 0].set_ylabel(f"$\\partial C/\\partial b$, layer {row + 1}")
    axes[1, 0].set_xlabel("neuron, ours")
    axes[1, 1].set_xlabel("his six")
    return figure


def starts(bands: Sequence[Floats], his: Sequence[Floats]) -> Picture:
    """Speeds of the hidden layers before training: bands of many seeds, and one run beside them.

    Parameters
    ----------
    bands : sequence of numpy.ndarray
        Low end, median and high end for each layer, shape (3, layers), for each network.
    his : sequence of numpy.ndarray
        Speeds of another run, shape (layers,), for each network.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each network, on a common logarithmic axis.
    """
    figure, axes = panels(1, len(bands), sharey=True)
    for place, (low, middle, high), speeds in zip(axes, bands, his, strict=True):
        layers = np.arange(1, len(middle) + 1)
        reach = [middle - low, high - middle]
        look = {"color": BLUE, "linestyle": "none", "capsize": 5, "marker": "o", "ms": 5}
        place.errorbar(layers, middle, reach, label="ours", **look)
        place.plot(layers, speeds, "x", color=VERMILLION, ms=9, mew=2.5, label="Nielsen's")
        place.set(yscale="log", xlim=(0.5, layers[-1] + 0.5), xticks=layers)
        place.set_xlabel(f"layer of {layers[-1]}")
    axes[0].set(ylabel=r"speed $\|\partial C/\partial b_l\|$", ylim=(1e-3, 1))
    axes[0].legend(loc="lower right", frameon=False)
    return figure


def shrinking(back: Floats, rows: Floats, labels: Sequence[str], theory: Floats) -> Picture:
    """Speeds against the number of layers between, and a straight line from theory.

    Parameters
    ----------
    back : numpy.ndarray
        How many layers back from the last hidden one, shape (m,).
    rows : numpy.ndarray
        Speeds divided by that of the last hidden layer, a row for each of at most
        three laws, shape (k, m).
    labels : sequence of str
        A name for each.
    theory : numpy.ndarray
        What is predicted, shape (m,).

    Returns
    -------
    matplotlib.figure.Figure
        Markers for each row and a line, on a logarithmic axis.
    """
    figure, axes = panels()
    axes.plot(back, theory, "-", color=INK, linewidth=1.2, label="theory")
    for row, label, colour, marker in zip(rows, labels, COLOURS, "oxs", strict=False):
        axes.plot(back, row, marker, color=colour, ms=8, mew=2, label=label, ls="none")
    axes.set(xlabel="layers back from the last hidden one", yscale="log", xticks=back)
    axes.set(ylabel="relative speed", xlim=(-0.2, back[-1] + 0.2))
    axes.legend(loc="lower left", frameon=False)
    return figure


def backwards(layers: int, lowest: int = -8, highest: int = 2) -> Picture:
    """Size of the error in every layer of a network, relative to the last one.

    Parameters
    ----------
    layers : int
        Number of hidden layers.
    lowest, highest : int
        Least and greatest logarithm to base 10 shown.

    Returns
    -------
    matplotlib.figure.Figure
        Artist ``sizes`` (bars, ``log10`` of the size, shape (layers,)) can be moved.
    """
    figure, axes = panels()
    places = np.arange(1, layers + 1)
    bars = axes.bar(places, np.zeros(layers), color=SKY, edgecolor=INK, linewidth=0.6)
    name_bars(bars, "sizes")
    axes.axhline(0, color=INK, linewidth=1)
    axes.set(xlabel="hidden layer $l$", ylabel="size of the error, last layer = 1")
    axes.set(xlim=(0.3, layers + 0.7), ylim=(lowest, highest), xticks=places)
    axes.set_axisbelow(True)
    powers_of_ten(axes)
    return figure


def first_layer(labels: Sequence[str], ratios: ArrayLike) -> Picture:
    """How fast the first hidden layer learns, next to the last, before training.

    Parameters
    ----------
    labels : list of str
        A name for each network, shape (m,).
    ratios : array_like
        Speed of the first hidden layer over that of the last, shape (m,).

    Returns
    -------
    matplotlib.figure.Figure
        A bar for each, on a logarithmic axis around 1; coloured where it is beyond 100.
    """
    figure, axes = panels(figsize=(6.4, 0.7 + 0.33 * len(labels)))
    decades = np.log10(ratios)
    rows = np.arange(len(labels))[::-1]
    axes.barh(rows, decades, color=np.where(np.abs(decades) > 2, VERMILLION, BLUE), height=0.7)
    for row, each, label in zip(rows, decades, labels, strict=True):
        left = each >= 0
        axes.text(-0.15 if left else 0.15, row, label, ha="right" if left else "left", va="center")
    axes.axvline(0, color=INK, linewidth=1)
    axes.set(yticks=[], xlim=(decades.min() - 0.5, max(5.5, decades.max() + 0.5)))
    axes.set_xlabel(r"$\log_{10}$ of first layer's speed over last layer's")
    axes.grid(False, axis="y")
    axes.set_axisbelow(True)
    return figure
