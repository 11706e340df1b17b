"""Pictures of steep neurons, which are nearly steps."""

from collections.abc import Sequence

from slopes._arguments import Floats
from slopes.figures._house import INK, Picture, draw_lines, panels


def steps(x: Floats, rows: Sequence[Floats], labels: Sequence[str]) -> Picture:
    """Steep neurons side by side.

    Parameters
    ----------
    x : numpy.ndarray
        Inputs, shape (m,).
    rows : sequence of numpy.ndarray
        Activations of each neuron, shape (m,), at most four neurons.
    labels : sequence of str
        A name for each neuron.

    Returns
    -------
    matplotlib.figure.Figure
        One line for each neuron.
    """
    figure, axes = panels()
    draw_lines(axes, x, rows, labels)
    axes.axhline(0.5, color=INK, linestyle="-", linewidth=0.8)
    axes.set(xlabel="input $x$", ylabel="activation", xlim=(x[0], x[-1]), ylim=(-0.05, 1.05))
    axes.legend(loc="lower right")
    return figure
