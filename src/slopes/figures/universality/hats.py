"""Pictures of hats of rectified neurons, and of the nearest network of a kind."""

from collections.abc import Sequence

import numpy as np

from slopes._arguments import Floats
from slopes.figures._house import INK, SKY, TARGET, VERMILLION, Picture, panels


def hat(x: Floats, parts: Sequence[Floats], labels: Sequence[str], whole: Floats) -> Picture:
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


def alternation(x: Floats, target: Floats, best: Floats, at: Floats, error: float) -> Picture:
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
