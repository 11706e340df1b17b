"""Pictures of neurons that copy their input: the copies, their errors, and stacks of them."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from slopes._arguments import Floats
from slopes.figures._house import (
    BLUE,
    COLOURS,
    INK,
    LINES,
    ORANGE,
    SKY,
    VERMILLION,
    Picture,
    panels,
)


def copies(x: Floats, answers: Sequence[Floats], labels: Sequence[str]) -> Picture:
    """What several neurons answer, beside the line that a perfect copy would be.

    Parameters
    ----------
    x : numpy.ndarray
        Inputs from 0 to 1, shape (m,).
    answers : sequence of numpy.ndarray
        At most four rows of answers, each of shape (m,).
    labels : sequence of str
        The name of each row.

    Returns
    -------
    matplotlib.figure.Figure
        A line for each row, and ``y = x``.
    """
    figure, axes = panels()
    _perfect(axes, x)
    for row, colour, line, label in zip(answers, COLOURS, LINES, labels, strict=False):
        axes.plot(x, row, color=colour, linestyle=line, label=label)
    axes.legend(loc="upper left")
    axes.set(xlabel="input $x$", ylabel="answer", xlim=(0, 1), ylim=(-0.05, 1.05))
    return figure


def errors(x: Floats, rows: Sequence[Floats], labels: Sequence[str]) -> Picture:
    """Errors of several neurons over the input.

    Parameters
    ----------
    x : numpy.ndarray
        Inputs from 0 to 1, shape (m,).
    rows : sequence of numpy.ndarray
        At most four rows of errors, each of shape (m,).
    labels : sequence of str
        The name of each row.

    Returns
    -------
    matplotlib.figure.Figure
        A line for each row.
    """
    figure, axes = panels()
    axes.axhline(0, color=INK, linewidth=1)
    for row, colour, line, label in zip(rows, COLOURS, LINES, labels, strict=False):
        axes.plot(x, row, color=colour, linestyle=line, label=label)
    axes.legend(loc="upper right")
    axes.set(xlabel="input $x$", ylabel="answer − input", xlim=(0, 1))
    return figure


def over_weights(w1: Floats, error: Floats, bound: Floats) -> Picture:
    """Worst errors of neurons without an output bias over the weight, and a bound from below.

    Parameters
    ----------
    w1, error, bound : numpy.ndarray
        Weights, the worst error of each neuron, and what no neuron of that
        weight can get below, shape (m,).

    Returns
    -------
    matplotlib.figure.Figure
        Two lines, and a shaded part below the bound.
    """
    figure, axes = panels()
    axes.plot(w1, error, "-", color=BLUE, label="$w_2 = 1$, centred")
    axes.plot(w1, bound, "--", color=VERMILLION, label=r"bound $\sigma(-w_1)$")
    axes.fill_between(w1, 0, bound, color=ORANGE, alpha=0.3, linewidth=0)
    axes.legend(loc="upper right")
    axes.set(xlabel="weight $w_1$", ylabel="worst error", xlim=(w1[0], w1[-1]), ylim=(0, 0.52))
    return figure


def alternation(
    x: Floats, answer: Floats, error: Floats, touches: Floats, heights: Floats
) -> Picture:
    """A neuron beside the line ``y = x``, and its error with the inputs where it is worst.

    Parameters
    ----------
    x, answer, error : numpy.ndarray
        Inputs, what the neuron answers, and the difference, shape (m,).
    touches, heights : numpy.ndarray
        The four inputs where the error is worst and the errors there, shape
        (4,); between the inner two the right panel is shaded.

    Returns
    -------
    matplotlib.figure.Figure
        Two panels.
    """
    figure, (left, right) = panels(1, 2)
    _perfect(left, x)
    left.plot(x, answer, "-", color=BLUE)
    left.set(xlabel="input $x$", ylabel="answer", xlim=(0, 1), ylim=(-0.05, 1.05))
    right.axvspan(touches[1], touches[2], color=SKY, alpha=0.35, linewidth=0)
    for level in (heights[0], -heights[0]):
        right.axhline(level, color=INK, linestyle=":", linewidth=1)
    right.plot(x, error, "-", color=BLUE)
    right.plot(touches, heights, "o", color=VERMILLION, clip_on=False, zorder=3)
    right.set(xlabel="input $x$", ylabel="answer − input", xlim=(0, 1), ylim=(-0.08, 0.08))
    return figure


def floors(w1: Floats, rows: Sequence[Floats], labels: Sequence[str]) -> Picture:
    """Worst errors over the weight, on logarithmic axes.

    Parameters
    ----------
    w1 : numpy.ndarray
        Weights, shape (m,).
    rows : sequence of numpy.ndarray
        At most four rows of worst errors, each of shape (m,).
    labels : sequence of str
        The name of each row.

    Returns
    -------
    matplotlib.figure.Figure
        A line for each row.
    """
    figure, axes = panels()
    for row, colour, line, label in zip(rows, COLOURS, LINES, labels, strict=False):
        axes.loglog(w1, row, color=colour, linestyle=line, label=label)
    axes.legend(loc="lower right")
    axes.set(xlabel="weight $w_1$", ylabel="worst error", xlim=(w1[0], w1[-1]), ylim=(1e-18, 1))
    return figure


def stacks(depth: Floats, rows: Sequence[Floats], labels: Sequence[str]) -> Picture:
    """Slopes through stacks of neurons over the number of neurons, on logarithmic axes.

    Parameters
    ----------
    depth : numpy.ndarray
        Numbers of neurons, from 1 up, shape (k,).
    rows : sequence of numpy.ndarray
        At most four rows of slopes, each of shape (k,).
    labels : sequence of str
        The name of each row, written at its right end.

    Returns
    -------
    matplotlib.figure.Figure
        A line for each row.
    """
    figure, axes = panels()
    for row, colour, line, label in zip(rows, COLOURS, LINES, labels, strict=False):
        axes.loglog(depth, row, color=colour, linestyle=line, label=label)
    axes.legend(loc="upper left")
    axes.set(xlabel="number of neurons $k$", ylabel="slope through the stack")
    axes.set(xlim=(depth[0], depth[-1]))
    return figure


def workbench(x: Floats, top: float = 0.3) -> Picture:
    """A neuron beside the line ``y = x``, and its error, both to be moved.

    Parameters
    ----------
    x : numpy.ndarray
        Inputs from 0 to 1, shape (m,).
    top : float
        Greatest error that the right panel shows.

    Returns
    -------
    matplotlib.figure.Figure
        An empty picture. Artists ``answer`` and ``error`` (lines of shape (m,))
        and ``worst`` (a level span from low to high) can be moved.
    """
    figure, (left, right) = panels(1, 2)
    _perfect(left, x)
    left.plot(x, x * np.nan, "-", color=BLUE, gid="answer")
    left.set(xlabel="input $x$", ylabel="answer", xlim=(0, 1), ylim=(-0.25, 1.25))
    right.axhspan(0, 0.1, color=SKY, alpha=0.35, linewidth=0, gid="worst")
    right.axhline(0, color=INK, linewidth=1)
    right.plot(x, x * np.nan, "-", color=VERMILLION, gid="error")
    right.set(xlabel="input $x$", ylabel="answer − input", xlim=(0, 1), ylim=(-top, top))
    return figure


def _perfect(axes: Axes, x: Floats) -> None:
    axes.plot(x, x, linestyle=":", color=INK, linewidth=1.5, label="$y = x$")
