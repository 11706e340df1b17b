"""Pictures of networks that were built, beside networks that were trained."""

from collections.abc import Sequence

from slopes._arguments import Floats
from slopes.figures._house import (
    BLUE,
    COLOURS,
    INK,
    MARKERS,
    TARGET,
    VERMILLION,
    Picture,
    panels,
)


def drawings(x: Floats, target: Floats, rows: Sequence[Floats], names: Sequence[str]) -> Picture:
    """Networks beside the function that they should draw.

    Parameters
    ----------
    x, target : numpy.ndarray
        Inputs and the function, shape (m,).
    rows : list of numpy.ndarray
        What each network draws, shape (m,), at most four.
    names : list of str
        A name for each network.

    Returns
    -------
    matplotlib.figure.Figure
        The target as a broad grey line, and a line for each network.
    """
    figure, axes = panels()
    axes.plot(x, target, **TARGET)
    for row, name in zip(rows, names, strict=True):
        axes.plot(x, row, label=name)
    axes.legend(loc="upper left")
    axes.set(xlabel="input $x$", ylabel="output", xlim=(0, 1), ylim=(-0.02, 1.02))
    return figure


def parts(epochs: Floats, shares: Floats, names: Sequence[str]) -> Picture:
    """How much of each part of the target a network has found, over its training.

    Parameters
    ----------
    epochs : numpy.ndarray
        Numbers of epochs, shape (k,); the first one is 0.
    shares : numpy.ndarray
        Share of each part that has been found, shape (k, parts), at most four parts.
    names : list of str
        A name for each part.

    Returns
    -------
    matplotlib.figure.Figure
        A line for each part; 0 is nothing, 1 the whole.
    """
    figure, axes = panels()
    for level in (0, 1):
        axes.axhline(level, color=INK, linewidth=1)
    for row, name in zip(shares.T, names, strict=True):
        axes.plot(epochs, row, marker="o", label=name)
    axes.legend(loc="upper right")
    axes.set(xscale="symlog", xlabel="epochs", ylabel="share of the part found")
    axes.set(xlim=(0, epochs[-1] * 1.1), ylim=(-1.2, 4.2))
    return figure


def refitted(
    w: Floats, errors: Sequence[Floats], jumps: Sequence[Floats], names: Sequence[str]
) -> Picture:
    """Errors of rows of steps, and beside them their greatest jumps, against the steepness.

    Parameters
    ----------
    w : numpy.ndarray
        Weights of the steps, shape (m,).
    errors, jumps : sequence of numpy.ndarray
        Mean error and greatest jump for each way to choose the heights, shape (m,).
    names : sequence of str
        A name for each way.

    Returns
    -------
    matplotlib.figure.Figure
        Two panels on logarithmic axes.
    """
    figure, panel = panels(1, 2)
    for axes, rows, label in zip(
        panel, (errors, jumps), ("mean error", "greatest jump"), strict=True
    ):
        for row, name, marker in zip(rows, names, MARKERS, strict=False):
            axes.loglog(w, row, marker=marker, markersize=4, label=name)
        axes.set(xlabel="weight $w$", ylabel=label)
    panel[0].legend(loc="lower right")
    return figure


def found(epochs: Floats, shares: Floats, law: Floats, names: Sequence[str]) -> Picture:
    """Shares of two waves that descent has found, beside the law for them.

    Parameters
    ----------
    epochs : numpy.ndarray
        Numbers of epochs, shape (k,).
    shares, law : numpy.ndarray
        Measured and predicted shares, shape (rows, 2, k).
    names : sequence of str
        A name for each row of steps.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each wave: points for what was measured, dashed lines for the law.
    """
    figure, panel = panels(1, 2, sharey=True)
    for axes, wave in zip(panel, (0, 1), strict=True):
        for i, name in enumerate(names):
            look = {"color": COLOURS[i], "linestyle": "--"}
            axes.semilogx(epochs, law[i, wave], **look, linewidth=1.5)
            axes.plot(epochs, shares[i, wave], MARKERS[i], color=COLOURS[i], label=name)
        axes.set(xlabel="epochs", ylim=(-0.1, 1.1))
    panel[0].set(ylabel="share of the wave found")
    panel[1].legend(loc="upper left")
    return figure


def heights(x: Floats, target: Floats, at: Floats) -> Picture:
    """A drawing, and beside it the jumps that make it, each at its edge.

    Parameters
    ----------
    x, target : numpy.ndarray
        Inputs and the function to draw, shape (m,).
    at : numpy.ndarray
        Edges, shape (k,).

    Returns
    -------
    matplotlib.figure.Figure
        Artists ``drawing`` (a line of shape (m,)) and ``jumps`` (markers, shape
        (k,)) can be moved.
    """
    figure, (left, right) = panels(1, 2)
    left.plot(x, target, **TARGET)
    left.plot(x, target, "--", color=VERMILLION, gid="drawing")
    left.set(xlabel="input $x$", ylabel="output", xlim=(0, 1), ylim=(-0.1, 1.1))
    right.plot(at, 0 * at, "o", color=BLUE, markersize=4, gid="jumps")
    right.set(xlabel="edge", ylabel="jump", ylim=(-2.2, 2.2))
    return figure


def methods(errors: Sequence[Floats], starts: Sequence[str], names: Sequence[str]) -> Picture:
    """Errors that methods of training reach, a line for each start.

    Parameters
    ----------
    errors : sequence of numpy.ndarray
        For each start an error for each method, at most four starts.
    starts, names : sequence of str
        Names of the starts and of the methods.

    Returns
    -------
    matplotlib.figure.Figure
        Points joined by lines, on a logarithmic axis.
    """
    figure, axes = panels()
    for row, start, marker in zip(errors, starts, MARKERS, strict=False):
        axes.semilogy(row, marker=marker, label=start)
    axes.set_xticks(range(len(names)), names)
    axes.set(ylabel="mean error", xlim=(-0.2, len(names) - 0.8))
    axes.legend(loc="lower left")
    return figure


def travel(w: Floats, moved: Floats, bound: Floats) -> Picture:
    """How far one step of descent moves an edge, against the steepness of the neuron.

    Parameters
    ----------
    w, moved, bound : numpy.ndarray
        Weights, the distance for each, and its bound, shape (m,).

    Returns
    -------
    matplotlib.figure.Figure
        Points and a line on logarithmic axes.
    """
    figure, axes = panels()
    axes.loglog(w, bound, "--", color=VERMILLION, label="bound")
    axes.loglog(w, moved, "o", color=BLUE, label="measured")
    axes.legend()
    axes.set(xlabel="weight $w$", ylabel="distance moved / learning rate")
    return figure


def loss(ratio: Floats, rows: Sequence[Floats], names: Sequence[str]) -> Picture:
    """How much gradient a drawing of the identity costs, against the steepness of its steps.

    Parameters
    ----------
    ratio : numpy.ndarray
        Steepness per cell ``w/N``, shape (m,).
    rows : list of numpy.ndarray
        Losses of log-gradient, and errors, all above 0, shape (m,), at most four.
    names : list of str
        A name for each.

    Returns
    -------
    matplotlib.figure.Figure
        Lines on logarithmic axes.
    """
    figure, axes = panels()
    for row, name in zip(rows, names, strict=True):
        axes.loglog(ratio, row, label=name)
    axes.legend(loc="lower right")
    axes.set(xlabel="steepness per cell $r = w/N$", ylabel="loss of log-gradient, or error")
    axes.set(xlim=ratio[[0, -1]], ylim=(1e-7, 1e2))
    return figure
