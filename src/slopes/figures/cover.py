"""The picture on the landing page."""

from slopes.figures._house import BLUE, GRID, TARGET, VERMILLION, panels


def two_faces(layer, x, target):
    """A gradient through layers in a row, beside a function drawn by neurons side by side.

    Parameters
    ----------
    layer : numpy.ndarray
        Numbers of the layers, from 0, shape (n + 1,).
    x, target : numpy.ndarray
        Inputs and the function to draw, of one shape.

    Returns
    -------
    matplotlib.figure.Figure
        Artists ``gradient`` and ``drawing`` can be moved.
    """
    figure, (left, right) = panels(1, 2)
    left.axhline(1, color=GRID, linewidth=4)
    left.semilogy(layer, layer * 0 + 1.0, "-", marker=".", markersize=5, color=BLUE, gid="gradient")
    left.set(xlim=(0, 30.5), ylim=(1e-20, 1e50), xlabel="layers in a row", ylabel="gradient")
    left.text(0.5, 0.93, "explodes", transform=left.transAxes, ha="center", color="#767676")
    left.text(0.5, 0.04, "vanishes", transform=left.transAxes, ha="center", color="#767676")
    right.plot(x, target, **TARGET)
    right.plot(x, target, "--", color=VERMILLION, gid="drawing")
    right.set(xlim=(0, 1), ylim=(-0.1, 1.1), xlabel="input $x$", ylabel="output")
    return figure
