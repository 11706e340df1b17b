"""Pictures of steep neurons, which are nearly steps."""

from slopes.figures._house import INK, draw_lines, panels


def steps(x, rows, labels):
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
