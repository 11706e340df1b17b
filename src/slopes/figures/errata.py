"""The picture of the errata: a printed interval beside the true one."""

from slopes.figures._house import BLUE, INK, SKY, VERMILLION, panels


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
        ``left`` and ``right`` (dashed rules) can be moved. A line at 1 stays.
    """
    figure, axes = panels()
    axes.axvspan(0, 0, color=SKY, alpha=0.35, linewidth=0, gid="interval")
    axes.axhline(1, color=INK, linewidth=1)
    for name in ("left", "right"):
        axes.axvline(0, color=VERMILLION, linestyle="--", linewidth=1.5, gid=name)
    axes.plot(a, 0 * a, "-", color=BLUE, gid="gain")
    axes.set(xlabel="input $a$", ylabel=r"size of the gain $|w\,\sigma'(wa+b)|$")
    axes.set(xlim=(a[0], a[-1]), ylim=(0, 3.2))
    axes.text(0.02, 0.94, "shaded: steep inputs", transform=axes.transAxes)
    axes.text(0.02, 0.87, "dashed: the printed ends", transform=axes.transAxes, color=VERMILLION)
    return figure
