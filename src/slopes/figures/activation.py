"""Pictures of activation functions, their slopes, and the gradients that chains of them leave."""

from collections.abc import Sequence

import numpy as np

from slopes._arguments import Floats
from slopes.figures._house import BLUE, INK, ORANGE, VERMILLION, Picture, heat_map, panels


def slopes(z: Floats, values: Floats, slope_rows: Floats) -> Picture:
    """Sigmoid and tanh side by side with their slopes.

    Parameters
    ----------
    z : numpy.ndarray
        Weighted inputs, shape (m,).
    values, slope_rows : numpy.ndarray
        A row for the sigmoid and a row for tanh, shape (2, m).

    Returns
    -------
    matplotlib.figure.Figure
        Values on the left, slopes on the right.
    """
    figure, (left, right) = panels(1, 2)
    for axes, rows in ((left, values), (right, slope_rows)):
        axes.plot(z, rows[0], "-", z, rows[1], "--", linewidth=2)
        axes.set(xlabel="weighted input $z$", xlim=(z[0], z[-1]))
    left.set(ylabel="activation", ylim=(-1.1, 1.25))
    left.text(z[-1], 0.83, "sigmoid", color=BLUE, ha="right", va="top")
    left.text(z[-1], 1.04, "tanh", color=VERMILLION, ha="right", va="bottom")
    right.set(ylabel="slope", ylim=(0, 1.1), yticks=[0, 0.25, 0.5, 0.75, 1])
    right.text(1.6, 0.24, "sigmoid", color=BLUE)
    right.text(0.75, 0.7, "tanh", color=VERMILLION)
    return figure


def steep_map(w: Floats, a: Floats, threshold: float = 1) -> Picture:
    """Size of a neuron's gain over its weight and its input, and where it reaches `threshold`.

    Parameters
    ----------
    w, a : numpy.ndarray
        Weights, shape (m,), and inputs, shape (k,), evenly spaced.
    threshold : float
        The gain to which the outline belongs.

    Returns
    -------
    matplotlib.figure.Figure
        An empty map. Artists ``gain`` (a table of shape (k, m)), ``low`` and
        ``high`` (the outline, shape (m,)) and ``neuron`` (a point) can be moved.
    """
    figure, axes = panels()
    image = heat_map(axes, w, a, np.zeros((a.size, w.size)), high=3 * threshold, gid="gain")
    for name in ("low", "high"):
        axes.plot(w, w * np.nan, "-", color=VERMILLION, linewidth=2, gid=name)
    axes.plot([w[0]], [a[0]], "o", color=ORANGE, markeredgecolor=INK, ms=9, gid="neuron")
    axes.set(xlabel="weight $w$", ylabel="input $a$")
    bar = figure.colorbar(image, ax=axes, extend="max")
    bar.set_label(r"size of the gain $|w\,\sigma'(wa+b)|$")
    bar.ax.axhline(threshold, color=VERMILLION, linewidth=2)
    return figure


def settling(
    layer: Floats, gain_rows: Floats, bound: float, limit: float, labels: Sequence[str]
) -> Picture:
    """Gains along chains that started from different inputs, under their bound.

    Parameters
    ----------
    layer : numpy.ndarray
        Numbers of the layers, shape (n,).
    gain_rows : numpy.ndarray
        Gains of each chain, shape (chains, n), at most four chains.
    bound, limit : float
        The greatest gain there can be, and the one to which all chains settle.
    labels : list of str
        A name for each chain.

    Returns
    -------
    matplotlib.figure.Figure
        One line for each chain, and two horizontal rules.
    """
    figure, axes = panels()
    for row, label, marker in zip(gain_rows, labels, "os^d", strict=False):
        axes.plot(layer, row, marker=marker, linewidth=2, label=label)
    axes.axhline(bound, color=INK, linestyle="-", linewidth=1)
    axes.text(layer[-1], bound, f"bound {bound:.4g}", color=INK, ha="right", va="bottom")
    axes.axhline(limit, color=INK, linestyle=":", linewidth=1)
    axes.text(layer[-1], 0.98 * limit, f"limit {limit:.4f}", color=INK, ha="right", va="top")
    axes.set(xlabel="layer $i$", ylabel="gain $g_i$", ylim=(0, bound * 1.15), xticks=layer)
    axes.legend(loc="lower right", title="input $x$", frameon=False)
    return figure


def decay(
    layer: Floats, gradients: Floats, labels: Sequence[str], slope_from: float, slope: float
) -> Picture:
    """Gradients of chains against their depth, both on logarithmic axes.

    Parameters
    ----------
    layer : numpy.ndarray
        Depths, shape (n,).
    gradients : numpy.ndarray
        Gradient of each chain at each depth, shape (chains, n), at most four chains.
    labels : list of str
        A name for each chain.
    slope_from : float
        Depth at which the line of comparison starts.
    slope : float
        Power of the depth that this line shows.

    Returns
    -------
    matplotlib.figure.Figure
        A line for each chain and a line of the given slope.
    """
    figure, axes = panels()
    for row, label in zip(gradients, labels, strict=True):
        (line,) = axes.loglog(layer, row, linewidth=2)
        axes.text(1.15 * layer[-1], row[-1], label, color=line.get_color(), va="center")
    far = layer[layer >= slope_from]
    line = 0.2 * gradients[-1][layer >= slope_from][0] * (far / far[0]) ** slope
    axes.loglog(far, line, "-", color=INK, linewidth=1)
    axes.text(far[0], line[0], f"slope {slope:g} ".replace("-", "−"), color=INK, ha="right")
    axes.set(xlabel="depth $n$", ylabel="gradient", xlim=(layer[0], layer[-1]), ylim=(1e-8, 3))
    return figure


def against_bound(layer: Floats) -> Picture:
    """Gradient that is left after each layer of a chain, against its bound.

    Parameters
    ----------
    layer : numpy.ndarray
        Numbers of the layers, shape (n,).

    Returns
    -------
    matplotlib.figure.Figure
        Artists ``bound`` and ``passed`` can be moved; both start at 1.
    """
    figure, axes = panels()
    ones = np.ones(layer.size)
    axes.semilogy(layer, ones, "--", color=VERMILLION, linewidth=4, label="bound", gid="bound")
    axes.semilogy(layer, ones, "-", color=BLUE, marker=".", label="gradient", gid="passed")
    axes.set(xlabel="layer $i$", ylabel=r"$|\partial a_i/\partial x|$")
    axes.set(xlim=(layer[0], layer[-1]), ylim=(1e-24, 1e12))
    axes.legend(loc="upper left", frameon=False)
    return figure
