"""Pictures of networks that were built, beside networks that were trained."""

from collections.abc import Sequence

from slopes._arguments import Floats
from slopes.figures._house import BLUE, INK, TARGET, VERMILLION, Picture, heat_map, panels


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


def awake(x: Floats, target: Floats, places: Floats) -> Picture:
    """A drawing, and beside it the slope of each neuron that draws, over all inputs.

    Parameters
    ----------
    x, target : numpy.ndarray
        Inputs, evenly spaced, and the function to draw, shape (m,).
    places : numpy.ndarray
        Where the neurons stand, evenly spaced, shape (k,).

    Returns
    -------
    matplotlib.figure.Figure
        Artists ``drawing`` (a line of shape (m,)) and ``slope`` (a heat map of
        shape (k, m), from 0 to ¼) can be moved.
    """
    figure, (left, right) = panels(1, 2)
    left.plot(x, target, **TARGET)
    left.plot(x, target, "--", color=VERMILLION, gid="drawing")
    left.set(xlabel="input $x$", ylabel="output", xlim=(0, 1), ylim=(-0.1, 1.1))
    asleep = [[0.0] * len(x)] * len(places)
    image = heat_map(right, x, places, asleep, high=0.25, gid="slope")
    right.set(xlabel="input $x$", ylabel="place of the neuron")
    figure.colorbar(image, ax=right, label=r"slope $\sigma'(z)$")
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
