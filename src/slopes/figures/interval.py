"""Pictures of the inputs at which a neuron, or a chain of them, is steep."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from slopes._arguments import Floats
from slopes.figures._house import BLUE, GREEN, INK, LINES, ORANGE, SKY, VERMILLION, Picture, panels


def counted(w: Floats, widths: Floats) -> Picture:
    """Widths found by counting, against the weight.

    Parameters
    ----------
    w, widths : numpy.ndarray
        Weights and the width that belongs to each, shape (m,).

    Returns
    -------
    matplotlib.figure.Figure
        One dot for each weight.
    """
    figure, axes = panels()
    axes.plot(w, widths, ".", color=BLUE, ms=5)
    axes.set(xlabel="weight $w$", ylabel="counted width", ylim=(0, 0.5), xlim=(0, w[-1]))
    return figure


def bars(z: Floats, slope: Floats, w: Floats, reach: Floats) -> Picture:
    """The sigmoid's slope, and the bar that it has to clear for several weights.

    Parameters
    ----------
    z, slope : numpy.ndarray
        Weighted inputs and the slope at each, shape (m,).
    w, reach : numpy.ndarray
        At most four weights, and the greatest ``|z|`` that clears the bar of each, shape (k,).

    Returns
    -------
    matplotlib.figure.Figure
        The slope, and for each weight a level piece of line below it.
    """
    figure, axes = panels()
    axes.plot(z, slope, color=INK, linestyle="-")
    colours = (BLUE, VERMILLION, GREEN)
    for weight, end, colour, line in zip(w, reach, colours, LINES, strict=False):
        axes.plot([-end, end], [1 / weight] * 2, line, color=colour, marker="|", ms=9)
        axes.text(end + 0.2, 1 / weight, f"$1/{weight:g}$", color=colour, va="center")
    axes.text(0.9, 0.225, r"$\sigma'(z)$", color=INK)
    axes.set(xlabel="weighted input $z$", ylabel="slope", xlim=(z[0], z[-1]), ylim=(0, 0.27))
    return figure


def steep_inputs(a: Floats) -> Picture:
    """Size of a neuron's gain over its input, with the steep inputs shaded.

    Parameters
    ----------
    a : numpy.ndarray
        Inputs, shape (m,).

    Returns
    -------
    matplotlib.figure.Figure
        An empty picture. Artists ``gain`` (a line of shape (m,)) and
        ``interval`` (a span from low to high) can be moved.
    """
    figure, axes = panels()
    _gain_axes(axes, a, 3.2)
    return figure


def printed_interval(a: Floats) -> Picture:
    """The size of a neuron's gain, its steep inputs, and the ends that were printed for them.

    Parameters
    ----------
    a : numpy.ndarray
        Inputs, shape (m,).

    Returns
    -------
    matplotlib.figure.Figure
        Artists ``gain`` (a line of shape (m,)), ``interval`` (a shaded span),
        ``left`` and ``right`` (dash-dotted rules) can be moved. A line at 1 stays.
    """
    figure = steep_inputs(a)
    (axes,) = figure.axes
    for name in ("left", "right"):
        axes.axvline(0, color=INK, linestyle="-.", linewidth=1.5, gid=name)
    axes.text(0.02, 0.94, "shaded: steep inputs", transform=axes.transAxes)
    axes.text(0.02, 0.87, "dash-dotted: the printed ends", transform=axes.transAxes)
    return figure


def width_and_interval(w: Floats, widths: Floats, a: Floats, target: float) -> Picture:
    """Width against the size of the weight, and beside it the interval of one neuron.

    Parameters
    ----------
    w, widths : numpy.ndarray
        Weights and the width that belongs to each, shape (m,).
    a : numpy.ndarray
        Inputs of the panel on the right, shape (k,).
    target : float
        Width at which a level line is drawn.

    Returns
    -------
    matplotlib.figure.Figure
        Artists ``neuron`` (a point on the curve, ``(x, y)``), ``gain`` (a line
        of shape (k,)) and ``interval`` (a span) can be moved.
    """
    figure, (left, right) = panels(1, 2)
    left.plot(w, widths, "-", color=BLUE)
    left.axhline(target, color=INK, linestyle=":", linewidth=1)
    left.plot([w[0]], [0.0], "o", color=ORANGE, markeredgecolor=INK, ms=9, gid="neuron")
    left.set(xlabel="size of the weight $|w|$", ylabel="width", ylim=(-0.02, 0.5))
    left.set(xlim=(w[0] - 0.6, w[-1] + 0.6))
    _gain_axes(right, a, 5.2)
    return figure


def _gain_axes(axes: Axes, a: Floats, top: float) -> None:
    axes.axvspan(a[0], a[-1], color=SKY, alpha=0.45, linewidth=0, gid="interval")
    axes.axhline(1, color=VERMILLION, linestyle="--", linewidth=1.5)
    axes.plot(a, a * np.nan, "-", color=BLUE, gid="gain")
    axes.set(xlabel="input $a$", ylabel=r"$|w\,\sigma'(wa+b)|$", xlim=(a[0], a[-1]), ylim=(0, top))


def limits(excess: Floats, width: Floats, near: Floats, far: Floats) -> Picture:
    """The width between its two limits, over what the weight has above 4.

    Parameters
    ----------
    excess : numpy.ndarray
        ``|w| - 4``, shape (m,).
    width, near, far : numpy.ndarray
        The width, and what it tends to as the weight falls to 4 or grows, shape (m,).

    Returns
    -------
    matplotlib.figure.Figure
        Three lines on logarithmic axes.
    """
    figure, axes = panels()
    axes.loglog(excess, near, "--", color=VERMILLION, linewidth=1.5)
    axes.loglog(excess, far, "-.", color=GREEN, linewidth=1.5)
    axes.loglog(excess, width, "-", color=BLUE)
    axes.text(1.6, 1.1, r"$\frac{1}{2}\sqrt{|w|-4}$", color=VERMILLION, ha="right")
    axes.text(2e3, 1.2e-2, r"$\frac{2}{|w|}\,\ln|w|$", color=GREEN)
    axes.text(1e-2, 2e-2, "width", color=BLUE)
    axes.set(xlabel="excess $|w| - 4$", ylabel="width", ylim=(1e-4, 2), xlim=excess[[0, -1]])
    return figure


def lost_digits(excess: Floats, textbook: Floats, w: Floats, difference: Floats) -> Picture:
    """Relative errors of two formulas for the width, where each is worst.

    Parameters
    ----------
    excess, textbook : numpy.ndarray
        ``|w| - 4`` and the relative error of the textbook's logarithm, shape (m,).
    w, difference : numpy.ndarray
        Large weights and the relative error of the difference of two logarithms, shape (k,).

    Returns
    -------
    matplotlib.figure.Figure
        Two panels with logarithmic axes.
    """
    figure, (left, right) = panels(1, 2, sharey=True)
    floor = np.finfo(float).eps / 4  # an error of exactly 0 has no place on the axis
    left.loglog(excess, np.maximum(textbook, floor), ".", color=BLUE)
    worst = excess[excess > 2e-8]
    left.loglog(worst, 2.0**-52 / worst, "--", color=INK, linewidth=1)
    left.text(1e-7, 1e-7, r"$2^{-52}/(|w|-4)$", color=INK)
    left.set(xlabel="excess $|w| - 4$", ylabel="relative error", ylim=(1e-17, 1))
    right.loglog(w, np.maximum(difference, floor), ".", color=VERMILLION)
    right.set(xlabel="size of the weight $|w|$")
    return figure


def explosion(distance: Floats, gradients: Floats, labels: Sequence[str]) -> Picture:
    """Gradients of chains over the distance of the input from where they are greatest.

    Parameters
    ----------
    distance : numpy.ndarray
        Distances of the input, shape (m,).
    gradients : numpy.ndarray
        Gradient of each chain at each distance, shape (chains, m), at most four chains.
    labels : list of str
        A name for each chain, written at its left end.

    Returns
    -------
    matplotlib.figure.Figure
        A line for each chain, the line that none can cross, and a rule at 1.
    """
    figure, axes = panels()
    for row, label in zip(gradients, labels, strict=True):
        (line,) = axes.loglog(distance, row)
        axes.text(1.3 * distance[0], 1.4 * row[0], label, color=line.get_color())
    axes.loglog(distance, 1 / (2 * distance), "-", color=INK, linewidth=1)
    axes.text(2e-6, 5e5, "$1/(2r)$", color=INK)
    axes.axhline(1, color=INK, linestyle=":", linewidth=1)
    axes.set(xlabel="distance $r$ of the input from its centre", ylabel="gradient")
    axes.set(xlim=distance[[0, -1]], ylim=(1e-3, 1e7))
    return figure


def windows(layers: Floats, widths: Floats, bound: float) -> Picture:
    """Widths of the steep windows of many chains, by depth, under the bound for all.

    Parameters
    ----------
    layers : numpy.ndarray
        Depths, shape (k,).
    widths : numpy.ndarray
        Widths of the windows found at each depth, shape (k, chains).
    bound : float
        The width that none exceeds.

    Returns
    -------
    matplotlib.figure.Figure
        A column of dots for each depth, and a rule.
    """
    figure, axes = panels()
    shifts = np.linspace(-0.35, 0.35, widths.shape[1])
    for n, row in zip(layers, widths, strict=True):
        axes.plot(n + shifts, row, ".", color=BLUE, ms=2)
    axes.axhline(bound, color=VERMILLION, linestyle="--", linewidth=1.5)
    right = layers[-1] + 0.5
    axes.text(right, 1.01 * bound, f"{bound:.4f}", color=VERMILLION, ha="right", va="bottom")
    axes.set(xlabel="depth $n$", ylabel="width of the steep window", xticks=layers)
    axes.set(xlim=(layers[0] - 0.5, right), ylim=(-0.01, 0.5))
    axes.grid(axis="x", visible=False)
    return figure


def region(w: Floats, a: Floats, steep: Floats, low: Floats, high: Floats) -> Picture:
    """The steep inputs of all weights as a map, and ends that somebody claims for them.

    Parameters
    ----------
    w, a : numpy.ndarray
        Weights, shape (m,), and inputs, shape (k,), evenly spaced.
    steep : numpy.ndarray
        Whether the neuron is steep, shape (k, m).
    low, high : numpy.ndarray
        The ends to be compared, shape (m,), NaN where there are none.

    Returns
    -------
    matplotlib.figure.Figure
        The map, and two lines on it.
    """
    figure, axes = panels()
    axes.contourf(w, a, np.asarray(steep, dtype=float), [0.5, 1.5], colors=[SKY])
    for ends in (low, high):
        axes.plot(w, ends, "--", color=VERMILLION)
    axes.set(xlabel="weight $w$", ylabel="input $a$", xlim=w[[0, -1]], ylim=a[[0, -1]])
    return figure
