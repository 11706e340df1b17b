"""Pictures of steps, bumps and towers, and of networks of them beside their target."""

import numpy as np

from slopes.figures._house import INK, SKY, TARGET, VERMILLION, heat_map, panels


def steps(x, rows, labels):
    """Steep neurons side by side.

    Parameters
    ----------
    x : numpy.ndarray
        Inputs, shape (m,).
    rows : sequence of numpy.ndarray
        Activations of each neuron, shape (m,), at most four neurons.
    labels : sequence of str
        A name for each neuron.

    Returns
    -------
    matplotlib.figure.Figure
        One line for each neuron.
    """
    figure, axes = panels()
    _lines(axes, x, rows, labels)
    axes.axhline(0.5, color=INK, linestyle="-", linewidth=0.8)
    axes.set(xlabel="input $x$", ylabel="activation", xlim=(x[0], x[-1]), ylim=(-0.05, 1.05))
    axes.legend(loc="lower right")
    return figure


def bumps(x, rows, labels, left, right):
    """Bumps of several weights over the block that they stand for.

    Parameters
    ----------
    x : numpy.ndarray
        Inputs, shape (m,).
    rows : sequence of numpy.ndarray
        Values of each bump, shape (m,), at most four bumps.
    labels : sequence of str
        A name for each bump.
    left, right : float
        Edges of the block.

    Returns
    -------
    matplotlib.figure.Figure
        One line for each bump, and the block filled.
    """
    figure, axes = panels()
    axes.fill_between([left, right], 0, 1, color=SKY, alpha=0.3, linewidth=0)
    axes.text((left + right) / 2, 0.4, "block", ha="center")
    _lines(axes, x, rows, labels)
    axes.set(xlabel="input $x$", ylabel="output", xlim=(x[0], x[-1]), ylim=(-0.05, 1.1))
    axes.legend(loc="upper left")
    return figure


def draggable_bumps(x, target, middles):
    """A target, a row of bumps to fit to it, and a handle on top of each bump.

    Parameters
    ----------
    x, target : numpy.ndarray
        Inputs and the function to follow, of one shape.
    middles : numpy.ndarray
        Places of the handles, one for each bump.

    Returns
    -------
    matplotlib.figure.Figure
        Artists ``network`` (a line over `x`) and ``tops`` (the handles) can be moved.
    """
    figure, axes = panels()
    axes.plot(x, target, **TARGET)
    axes.plot(x, np.zeros(x.size), "-", color=VERMILLION, gid="network")
    handles = {"markersize": 11, "markerfacecolor": SKY, "markeredgecolor": INK}
    axes.plot(middles, np.zeros(middles.size), "o", **handles, gid="tops")
    axes.set(xlabel="input $x$", ylabel="output", xlim=(x[0], x[-1]), ylim=(-0.05, 1.05))
    return figure


def beside_target(x, target, rows, labels):
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
    _lines(axes, x, rows, labels)
    axes.set(xlabel="input $x$", ylabel="output", xlim=(x[0], x[-1]), ylim=(-0.05, 1.05))
    axes.legend(loc="upper left")
    return figure


def errors(amount, rows, labels, name):
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
    _lines(axes, amount, rows, labels)
    axes.set(xscale="log", yscale="log", xlabel=name, ylabel="largest error")
    axes.set(xlim=(amount[0], amount[-1]))
    axes.legend(loc="best")
    return figure


def network_and_error(x, target, largest=0.5):
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


def tower(x, y, level):
    """A tower seen from above, and in profile along a horizontal cut.

    Parameters
    ----------
    x, y : numpy.ndarray
        Inputs, evenly spaced, shapes (m,) and (k,).
    level : float
        The value of `y` at which the cut runs.

    Returns
    -------
    matplotlib.figure.Figure
        Artists ``height`` (a table of shape (k, m)) and ``profile`` (a line
        over `x`) can be moved.
    """
    figure, (plan, side) = panels(1, 2, width_ratios=(1.15, 1))
    image = heat_map(plan, x, y, np.zeros((y.size, x.size)), gid="height")
    figure.colorbar(image, ax=plan)
    plan.set(xlabel="input $x$", ylabel="input $y$")
    plan.axhline(level, color=VERMILLION, linestyle="--", linewidth=1.5)
    side.plot(x, np.zeros(x.size), "--", color=VERMILLION, gid="profile")
    side.set(xlabel="input $x$", ylabel="height")
    side.set(xlim=(x[0], x[-1]), ylim=(-0.03, 1.03))
    return figure


def maps(x, y, tables, labels):
    """Functions of two inputs side by side, in the same colours.

    Parameters
    ----------
    x, y : numpy.ndarray
        Inputs, evenly spaced, shapes (m,) and (k,).
    tables : sequence of numpy.ndarray
        Values from 0 to 1, shape (k, m), one table for each function.
    labels : sequence of str
        A name for each function.

    Returns
    -------
    matplotlib.figure.Figure
        One map for each function.
    """
    height = 2.25 if len(tables) > 2 else 3.6
    figure, axes = panels(1, len(tables), sharey=True, figsize=(6.4, height))
    for each, table, label in zip(axes, tables, labels, strict=True):
        image = heat_map(each, x, y, table)
        each.set(xlabel="input $x$")
        each.text(0.5, 1.03, label, transform=each.transAxes, ha="center")
    axes[0].set(ylabel="input $y$")
    figure.colorbar(image, ax=axes)
    return figure


def _lines(axes, x, rows, labels):
    for row, label in zip(rows, labels, strict=True):
        axes.plot(x, row, label=label)
