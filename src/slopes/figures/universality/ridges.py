"""The picture of a sum of ridges."""

import numpy as np

from slopes._arguments import Floats
from slopes.figures._house import INK, SIGNED, VERMILLION, Picture, heat_map, panels


def ridge_workbench(x: Floats, inner: float) -> Picture:
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
    image = heat_map(plan, x, x, np.zeros((x.size, x.size)), SIGNED, low=-1, gid="ridges")
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
