"""Pictures of networks beside the function that they follow, and of their errors."""

from collections.abc import Sequence

import numpy as np

from slopes._arguments import Floats
from slopes.figures._house import INK, TARGET, VERMILLION, Picture, draw_lines, panels


def beside_target(
    x: Floats, target: Floats, rows: Sequence[Floats], labels: Sequence[str]
) -> Picture:
    """Networks beside the function that they follow.

    Parameters
    ----------
    x, target : numpy.ndarray
        Inputs and the function to follow, of one shape.
    rows : sequence of numpy.ndarray
        Outputs of each network, of the same shape, at most four networks.
    labels : sequence of str
        A name for each network.

    Returns
    -------
    matplotlib.figure.Figure
        The target as a broad grey line, and one line for each network.
    """
    figure, axes = panels()
    axes.plot(x, target, **TARGET, label="target")
    draw_lines(axes, x, rows, labels)
    axes.set(xlabel="input $x$", ylabel="output", xlim=(x[0], x[-1]), ylim=(-0.05, 1.05))
    axes.legend(loc="upper left")
    return figure


def network_and_error(x: Floats, target: Floats, largest: float = 0.5) -> Picture:
    """A target and a network that follows it, and below them their difference.

    Parameters
    ----------
    x, target : numpy.ndarray
        Inputs and the function to follow, of one shape.
    largest : float
        Where the axis of the error ends, on either side of 0.

    Returns
    -------
    matplotlib.figure.Figure
        Artists ``network`` and ``error``, lines over `x`, can be moved.
    """
    figure, (above, below) = panels(2, 1, sharex=True, height_ratios=(2, 1))
    above.plot(x, target, **TARGET)
    above.plot(x, np.zeros(x.size), "-", color=VERMILLION, gid="network")
    above.set(ylabel="output", xlim=(x[0], x[-1]), ylim=(0, 1))
    below.plot(x, np.zeros(x.size), "-", color=VERMILLION, gid="error")
    below.axhline(0, color=INK, linestyle="-", linewidth=0.8)
    below.set(xlabel="input $x$", ylabel="error", ylim=(-largest, largest))
    return figure


def curves(
    x: Floats,
    rows: Sequence[Floats],
    labels: Sequence[str],
    name: str,
    value: str,
    target: Floats | None = None,
) -> Picture:
    """Functions of one variable, with a line at 0.

    Parameters
    ----------
    x : numpy.ndarray
        Along the horizontal axis, shape (m,).
    rows : sequence of numpy.ndarray
        Values of each function, shape (m,), at most four functions.
    labels : sequence of str
        A name for each function.
    name, value : str
        What the two axes show.
    target : numpy.ndarray, optional
        What the functions should be, shape (m,).

    Returns
    -------
    matplotlib.figure.Figure
        One line for each function, the target as a broad grey line.
    """
    figure, axes = panels()
    axes.axhline(0, color=INK, linestyle="-", linewidth=0.8)
    if target is not None:
        axes.plot(x, target, **TARGET, label="target")
    for row, label in zip(rows, labels, strict=True):
        axes.plot(x, row, label=label)
    axes.set(xlabel=name, ylabel=value, xlim=(x[0], x[-1]))
    axes.legend(loc="best")
    return figure


def errors(amount: Floats, rows: Sequence[Floats], labels: Sequence[str], name: str) -> Picture:
    """Largest errors of networks on logarithmic axes.

    Parameters
    ----------
    amount : numpy.ndarray
        What varies along the horizontal axis, above 0, shape (m,).
    rows : sequence of numpy.ndarray
        Errors, above 0, shape (m,), at most four rows.
    labels : sequence of str
        A name for each row.
    name : str
        What `amount` is, for the axis.

    Returns
    -------
    matplotlib.figure.Figure
        One line for each row.
    """
    figure, axes = panels()
    draw_lines(axes, amount, rows, labels)
    axes.set(xscale="log", yscale="log", xlabel=name, ylabel="largest error")
    axes.set(xlim=(amount[0], amount[-1]))
    axes.legend(loc="best")
    return figure


def marked_errors(
    amount: Floats,
    rows: Sequence[Floats],
    labels: Sequence[str],
    name: str,
    value: str = "largest error",
    scale: str = "log",
) -> Picture:
    """Errors against what they cost, the errors on a logarithmic axis.

    Parameters
    ----------
    amount : numpy.ndarray
        What varies along the horizontal axis, shape (m,).
    rows : sequence of numpy.ndarray
        Errors, above 0, shape (m,), at most four rows.
    labels : sequence of str
        A name for each row.
    name, value : str
        What the two axes show.
    scale : str
        Scale of the horizontal axis, as for matplotlib.

    Returns
    -------
    matplotlib.figure.Figure
        One line for each row.
    """
    figure, axes = panels()
    for row, label in zip(rows, labels, strict=True):
        axes.plot(amount, row, marker="o", markersize=5, label=label)
    axes.set(xscale=scale, yscale="log", xlabel=name, ylabel=value)
    axes.legend(loc="best")
    return figure


def promises(
    amount: Floats,
    rows: Sequence[Floats],
    bounds: Sequence[Floats],
    labels: Sequence[str],
    name: str,
    value: str,
) -> Picture:
    """Measured errors as marks, each with its bound as a line of the same colour.

    Parameters
    ----------
    amount : numpy.ndarray
        What varies along the horizontal axis, above 0, shape (m,).
    rows, bounds : sequence of numpy.ndarray
        Errors and bounds, above 0, shape (m,), at most four of each.
    labels : sequence of str
        A name for each pair.
    name, value : str
        What the two axes show.

    Returns
    -------
    matplotlib.figure.Figure
        Marks and a line for each pair.
    """
    figure, axes = panels()
    for row, bound, label, mark in zip(rows, bounds, labels, "osD^"[: len(rows)], strict=True):
        (line,) = axes.plot(amount, bound, linewidth=1.5)
        axes.plot(amount, row, mark, color=line.get_color(), linestyle="none", label=label)
    axes.set(xscale="log", yscale="log", xlabel=name, ylabel=value)
    axes.legend(loc="lower left")
    return figure
