"""Pictures of towers, and of other functions of two inputs."""

from collections.abc import Sequence

import numpy as np

from slopes._arguments import Floats
from slopes.figures._house import VERMILLION, Picture, heat_map, panels


def tower(x: Floats, y: Floats, level: float) -> Picture:
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


def maps(x: Floats, y: Floats, tables: Sequence[Floats], labels: Sequence[str]) -> Picture:
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
