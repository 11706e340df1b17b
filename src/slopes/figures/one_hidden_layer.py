"""Pictures of hats, ridges, best approximations, errors and folds."""

import numpy as np

from slopes.figures._house import INK, SKY, TARGET, VERMILLION, heat_map, panels


def curves(x, rows, labels, name, value, target=None):
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


def ridge_workbench(x, inner):
    """A sum of ridges from above; beside it their profile, and a cut through the middle.

    Parameters
    ----------
    x : numpy.ndarray
        Inputs in both directions, evenly spaced, shape (m,).
    inner : float
        Radius of the circle outside of which the sum should be 0.

    Returns
    -------
    matplotlib.figure.Figure
        Artists ``ridges`` (a table of shape (m, m)), ``profile`` and ``cut``
        (lines over `x`) can be moved.
    """
    figure, (plan, side) = panels(1, 2, width_ratios=(1.2, 1), figsize=(6.4, 3.1))
    image = heat_map(plan, x, x, np.zeros((x.size, x.size)), "RdBu", low=-1, gid="ridges")
    figure.colorbar(image, ax=plan)
    angle = np.linspace(0, 2 * np.pi, 181)
    plan.plot(inner * np.cos(angle), inner * np.sin(angle), ":", color=INK, linewidth=1.5)
    plan.set(xlabel="input $x$", ylabel="input $y$")
    side.axhline(0, color=INK, linestyle="-", linewidth=0.8)
    side.plot(x, np.zeros(x.size), "--", color=VERMILLION, gid="profile", label="profile")
    side.plot(x, np.zeros(x.size), "-", gid="cut", label="sum, cut at $y = 0$")
    for edge in (-inner, inner):
        side.axvline(edge, color=INK, linestyle=":", linewidth=1.5)
    side.set(xlabel="input $x$, distance $t$", xlim=(x[0], x[-1]), ylim=(-0.9, 1.6))
    side.legend(loc="upper center")
    return figure


def errors(amount, rows, labels, name, value="largest error", scale="log"):
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


def promises(amount, rows, bounds, labels, name, value):
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


def hat(x, parts, labels, whole):
    """Three rectified neurons, and the hat that is their sum.

    Parameters
    ----------
    x : numpy.ndarray
        Inputs, shape (m,).
    parts : sequence of numpy.ndarray
        The weighted outputs of the neurons, shape (m,).
    labels : sequence of str
        A name for each neuron.
    whole : numpy.ndarray
        Their sum, shape (m,).

    Returns
    -------
    matplotlib.figure.Figure
        The sum filled, the neurons as lines.
    """
    figure, axes = panels()
    axes.fill_between(x, 0, whole, color=SKY, alpha=0.3, linewidth=0, label="their sum")
    axes.plot(x, whole, "-", color=INK, linewidth=3)
    for part, label in zip(parts, labels, strict=True):
        axes.plot(x, part, label=label)
    axes.set(xlabel="input $x$", ylabel="output", xlim=(x[0], x[-1]), ylim=(-2.2, 2.2))
    axes.legend(loc="lower left")
    return figure


def alternation(x, target, best, at, error):
    """A function and the nearest network of a kind, and where they are furthest apart.

    Parameters
    ----------
    x, target, best : numpy.ndarray
        Inputs, the function and the network, shape (m,).
    at : numpy.ndarray
        Where the distance is largest, shape (k,).
    error : float
        That distance.

    Returns
    -------
    matplotlib.figure.Figure
        Both curves above, their difference with its marks below.
    """
    figure, (above, below) = panels(2, 1, sharex=True, height_ratios=(2, 1))
    above.plot(x, target, **TARGET, label="target")
    above.plot(x, best, "--", color=VERMILLION, label="nearest network")
    above.set(ylabel="output", xlim=(x[0] - 0.02, x[-1] + 0.02))
    above.legend(loc="upper center")
    below.plot(x, target - best, "-", color=VERMILLION)
    below.plot(at, np.interp(at, x, target - best), "o", color=INK, clip_on=False)
    for level in (-error, error):
        below.axhline(level, color=INK, linestyle=":", linewidth=1.2)
    below.set(xlabel="input $x$", ylabel="difference", ylim=(-1.5 * error, 1.5 * error))
    return figure


def teeth(x):
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
