"""The picture of the errata: a printed interval beside the true one."""

from slopes.figures._house import INK
from slopes.figures.interval import steep_inputs


def printed_interval(a):
    """The size of a neuron's gain, its steep inputs, and the ends that were printed for them.

    Parameters
    ----------
    a : numpy.ndarray
        Inputs, shape (m,).

    Returns
    -------
    matplotlib.figure.Figure
        Artists ``gain`` (a line of shape (m,)), ``interval`` (a shaded span),
        ``left`` and ``right`` (dash-dotted rules) can be moved. A line at 1 stays.
    """
    figure = steep_inputs(a)
    (axes,) = figure.axes
    for name in ("left", "right"):
        axes.axvline(0, color=INK, linestyle="-.", linewidth=1.5, gid=name)
    axes.text(0.02, 0.94, "shaded: steep inputs", transform=axes.transAxes)
    axes.text(0.02, 0.87, "dash-dotted: the printed ends", transform=axes.transAxes)
    return figure
