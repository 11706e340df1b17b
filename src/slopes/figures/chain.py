"""Pictures of chains of neurons: the chain itself, its gains, and its gradients at any depth."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.text import Text

from slopes._arguments import Floats
from slopes.figures._house import (
    BLUE,
    GRID,
    INK,
    LINES,
    SKY,
    TARGET,
    VERMILLION,
    Picture,
    name_bars,
    panels,
    powers_of_ten,
)
from slopes.figures._narrow import when_narrow

Row = Sequence[float] | Floats
_RADIUS = 0.2


def neurons(z: Row, a: Row, w: Row, slopes: Row, live: bool = False) -> Picture:
    """A chain drawn from input to output, with the local factors of the chain rule under it.

    Parameters
    ----------
    z : array_like
        Weighted inputs, shape (n,).
    a : array_like
        Activations, the input first, shape (n + 1,).
    w, slopes : array_like
        Weight and slope ``σ'(z)`` of every layer, shape (n,).
    live : bool
        Leave the numbers to an explorable: the artists ``a0 … an``, ``z1 … zn``,
        ``w1 … wn``, ``slope1 … slopen`` and ``gain1 … gainn`` can be moved.

    Returns
    -------
    matplotlib.figure.Figure
        A neuron, its link and its gain for every layer.
    """
    n = len(w)
    figure, axes = panels(figsize=(6.4, 3.2))
    axes.set(xlim=(-0.08, n + 0.78), ylim=(-1.42, 0.92))
    axes.set_aspect("equal")
    axes.axis("off")
    _write(axes, 0, 0, "$x$", INK, fontsize=18)
    for i in range(n + 1):
        _arrow(axes, i + _RADIUS, i + 1 - _RADIUS if i < n else i + 0.7)
        _pair(axes, i + 0.5, 0.37, f"$a_{i}$", _number(a[i], 3, live), f"a{i}", INK)
    for i in range(1, n + 1):
        slope, weight = slopes[i - 1], w[i - 1]
        _neuron(axes, i)
        _pair(axes, i, 0.66, f"$z_{i}$", _number(z[i - 1], 3, live), f"z{i}", INK)
        _pair(axes, i - 0.5, -0.17, f"$w_{i}$", _number(weight, 2, live), f"w{i}", BLUE)
        slope = _number(slope, 3, live)
        lower = _pair(axes, i, -0.36, rf"$\sigma'(z_{i})$", slope, f"slope{i}", BLUE)
        lower += _bracket(axes, i - 0.72, i + 0.22, -0.8)
        gain = _number(weight * slopes[i - 1], 3, live)
        lower += _pair(axes, i - 0.25, -1.0, f"$g_{i}$", gain, f"gain{i}", VERMILLION)
        for artist in lower:
            _lower(artist, 0.3)
    when_narrow(axes, ylim=(-1.72, 0.92))
    when_narrow(figure, figheight=2)
    return figure


def _lower(artist: Any, step: float) -> None:
    """Lower a text or a line in the narrow drawing, where it has no room beside the others."""
    if isinstance(artist, Text):
        x, y = artist.get_position()
        when_narrow(artist, position=(x, y - step))
    else:
        when_narrow(artist, ydata=artist.get_ydata() - step)


def _number(value: float, places: int, live: bool) -> str:
    template = f"{{:.{places}f}}"
    return template if live else template.format(value).replace("-", "−")


def _pair(
    axes: Axes, x: float, y: float, symbol: str, number: str, name: str, colour: str
) -> list[Artist]:
    """A symbol and, under it, its number."""
    under = _write(axes, x, y - 0.23, number, colour, gid=name)
    return [_write(axes, x, y, symbol, colour), under]


def _write(axes: Axes, x: float, y: float, text: str, colour: str, **look: Any) -> Text:
    look = {"ha": "center", "va": "center", "fontsize": 13, **look}
    return axes.text(x, y, text, color=colour, **look)


def _arrow(axes: Axes, start: float, end: float) -> None:
    look = {"arrowstyle": "-|>", "color": INK, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", (end, 0), (start, 0), arrowprops=look)


def _neuron(axes: Axes, x: float) -> None:
    turn = np.linspace(0, 2 * np.pi, 80)
    across, up = _RADIUS * np.cos(turn), _RADIUS * np.sin(turn)
    axes.fill(x + across, up, fc=SKY, ec=INK, ls="-", alpha=0.45)
    _write(axes, x, 0, r"$\sigma$", INK, fontsize=18)


def _bracket(axes: Axes, left: float, right: float, y: float) -> list[Artist]:
    heights = np.array([y + 0.08, y, y, y + 0.08])
    return [*axes.plot([left, left, right, right], heights, "-", color=INK, lw=1)]


def against_depth(
    depth: Floats, logs: Floats, labels: Sequence[str], limits: tuple[float, float] | None = None
) -> Picture:
    """Logarithms of gradients against the depth of the chain.

    Parameters
    ----------
    depth : numpy.ndarray
        Numbers of layers, shape (m,).
    logs : numpy.ndarray
        ``log10`` of the gradients, a row for each line, at most four; NaN or
        infinite where a line has no point.
    labels : sequence of str
        A name for each line, written at its end.
    limits : tuple of float, optional
        The lowest and the highest logarithm to show.

    Returns
    -------
    matplotlib.figure.Figure
        A line for each row; the axis is marked in powers of 10.
    """
    figure, axes = panels()
    for row, label in zip(logs, labels, strict=True):
        (line,) = axes.plot(depth, row)
        last = np.flatnonzero(np.isfinite(row))[-1]
        axes.plot(depth[last], row[last], "o", color=line.get_color(), clip_on=False)
        axes.annotate(
            label,
            (depth[last], row[last]),
            (6, 0),
            textcoords="offset points",
            color=line.get_color(),
            va="center",
            annotation_clip=False,
        )
    axes.set(xlabel="depth $n$", ylabel="size of the gradient", xlim=(depth[0], depth[-1]))
    axes.set(ylim=limits)
    powers_of_ten(axes)
    return figure


def gains_of_layers(n: int, lowest: float = -32, highest: float = 32) -> Picture:
    """Gains of all layers as bars, and under them the gradient that has come back so far.

    Parameters
    ----------
    n : int
        Number of layers.
    lowest, highest : float
        Least and greatest logarithm shown for the gradient.

    Returns
    -------
    matplotlib.figure.Figure
        Artists ``gains`` (bars, ``log10`` of the gains, shape (n,)) and
        ``gradient`` (``log10`` of ``∂a_n/∂a_i`` for i = 0 … n) can be moved.
    """
    figure, (top, bottom) = panels(2, 1, sharex=True, figsize=(6.4, 4.4))
    layers = np.arange(n + 1)
    name_bars(top.bar(layers[1:], np.ones(n), color=SKY, edgecolor=INK, linewidth=0.6), "gains")
    top.set(ylabel="gain $|g_i|$", ylim=(-3, 1.5))
    bottom.plot(layers, np.zeros(n + 1), "-o", color=VERMILLION, ms=3.5, gid="gradient")
    bottom.set(ylabel=r"$|\partial a_n/\partial a_i|$", xlabel="layer $i$", xlim=(-0.7, n + 0.7))
    bottom.set(ylim=(lowest, highest))
    top.set_axisbelow(True)
    for axes in (top, bottom):
        axes.axhline(0, color=INK, linewidth=1)
        powers_of_ten(axes)
    return figure


def gradients_of_layers(weights: Floats, biases: Floats) -> Picture:
    """How strongly the cost answers to the weight and to the bias of every layer.

    Parameters
    ----------
    weights, biases : numpy.ndarray
        ``|∂C/∂w_i|`` and ``|∂C/∂b_i|``, shape (n,).

    Returns
    -------
    matplotlib.figure.Figure
        Two bars for each layer on a logarithmic axis.
    """
    figure, axes = panels()
    layers = np.arange(1, len(weights) + 1)
    for shift, heights, colour, hatch, name in (
        (-0.2, weights, BLUE, "", r"$|\partial C/\partial w_i|$"),
        (0.2, biases, VERMILLION, "///", r"$|\partial C/\partial b_i|$"),
    ):
        axes.bar(
            layers + shift,
            heights,
            0.4,
            label=name,
            fc="none" if hatch else colour,
            ec=colour,
            hatch=hatch,
        )
    axes.set(xlabel="layer $i$", ylabel="gradient", yscale="log", xticks=layers)
    axes.legend(loc="upper left", frameon=False)
    axes.set_axisbelow(True)
    return figure


def difference_errors(steps: Floats, errors: Floats, labels: Sequence[str]) -> Picture:
    """Relative error of central differences against their step.

    Parameters
    ----------
    steps : numpy.ndarray
        Steps, shape (m,).
    errors : numpy.ndarray
        Relative errors, a row for each chain, at most four.
    labels : sequence of str
        A name for each chain.

    Returns
    -------
    matplotlib.figure.Figure
        A line for each chain, both axes logarithmic.
    """
    figure, axes = panels()
    for row, label, style in zip(errors, labels, LINES, strict=False):
        axes.loglog(steps, row, style, label=label)
    axes.set(xlabel="step $h$", ylabel="relative error", xlim=(steps[0], steps[-1]))
    axes.set_ylim(1e-13, 1e4)
    axes.legend(loc="upper center", ncols=4, frameon=False)
    return figure


def memory(steps: Floats, half: float = 0.5) -> Picture:
    """What a gate hands on of a gradient, against the number of steps.

    Parameters
    ----------
    steps : numpy.ndarray
        Numbers of steps, shape (m,).
    half : float
        Share at which a rule is drawn.

    Returns
    -------
    matplotlib.figure.Figure
        Artist ``kept`` (a line of shape (m,)) can be moved.
    """
    figure, axes = panels()
    axes.axhline(half, color=INK, linewidth=1, linestyle=":")
    axes.text(steps[-1], half - 0.01, "half ", color=INK, ha="right", va="top")
    axes.plot(steps, np.ones(steps.size), "-", color=BLUE, gid="kept")
    axes.set(xlabel="steps", ylabel="share of the gradient", xlim=(0, steps[-1]), ylim=(0, 1.02))
    return figure


def two_faces(layer: Floats, x: Floats, target: Floats) -> Picture:
    """A gradient through layers in a row, beside a function drawn by neurons side by side.

    Parameters
    ----------
    layer : numpy.ndarray
        Numbers of the layers, from 0, shape (n + 1,).
    x, target : numpy.ndarray
        Inputs and the function to draw, of one shape.

    Returns
    -------
    matplotlib.figure.Figure
        Artists ``gradient`` and ``drawing`` can be moved.
    """
    figure, (left, right) = panels(1, 2)
    left.axhline(1, color=GRID, linewidth=4)
    left.semilogy(layer, layer * 0 + 1.0, "-", marker=".", markersize=5, color=BLUE, gid="gradient")
    left.set(xlim=(0, 30.5), ylim=(1e-20, 1e50), xlabel="layers in a row", ylabel="gradient")
    left.text(0.5, 0.93, "explodes", transform=left.transAxes, ha="center", color="#767676")
    left.text(0.5, 0.04, "vanishes", transform=left.transAxes, ha="center", color="#767676")
    right.plot(x, target, **TARGET)
    right.plot(x, target, "--", color=VERMILLION, gid="drawing")
    right.set(xlim=(0, 1), ylim=(-0.1, 1.1), xlabel="input $x$", ylabel="output")
    return figure
