"""Pictures of bumps, and of a row of them to be set by hand."""

from collections.abc import Sequence

import numpy as np

from slopes._arguments import Floats
from slopes.figures._house import INK, SKY, TARGET, VERMILLION, Picture, draw_lines, panels


def bumps(
    x: Floats, rows: Sequence[Floats], labels: Sequence[str], left: float, right: float
) -> Picture:
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
    draw_lines(axes, x, rows, labels)
    axes.set(xlabel="input $x$", ylabel="output", xlim=(x[0], x[-1]), ylim=(-0.05, 1.1))
    axes.legend(loc="upper left")
    return figure


def draggable_bumps(x: Floats, target: Floats, middles: Floats) -> Picture:
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
