"""Pictures of mean-field theory: maps of a variance, and the plane of two standard deviations."""

from collections.abc import Sequence

from slopes._arguments import Floats
from slopes.figures._house import BLUE, INK, SKY, VERMILLION, Picture, panels
from slopes.figures._narrow import when_narrow
from slopes.meanfield import CriticalLine


def variance_maps(
    q: Floats, rows: Sequence[Floats], fixed: Sequence[float] | Floats, labels: Sequence[str]
) -> Picture:
    """The variance of the next layer against that of this one, and where they are equal.

    Parameters
    ----------
    q : numpy.ndarray
        Variances of a layer, shape (m,).
    rows : list of numpy.ndarray
        Variances of the next layer, shape (m,), for at most four laws.
    fixed : array_like
        Fixed point of each; NaN for none.
    labels : list of str
        A name for each.

    Returns
    -------
    matplotlib.figure.Figure
        A line for each law, a dot on its fixed point, and the diagonal.
    """
    figure, axes = panels()
    axes.plot(q, q, "-", color=INK, linewidth=1)
    axes.text(q[-1], q[-1], "unchanged ", color=INK, ha="right", va="bottom")
    for row, point, label in zip(rows, fixed, labels, strict=True):
        (line,) = axes.plot(q, row, label=label)
        axes.plot([point], [point], "o", color=line.get_color(), ms=8)
    axes.set(xlabel="variance $q$ of a layer", ylabel="variance of the next", xlim=(0, q[-1]))
    axes.set_ylim(0, 1.05 * q[-1])
    axes.legend(loc="upper left", frameon=False)
    return figure


def phases(
    w: Sequence[Floats],
    b: Sequence[Floats],
    scales: Sequence[Floats],
    lines: Sequence[CriticalLine],
    labels: Sequence[str],
) -> Picture:
    """Depth scales over the plane of standard deviations, one panel for each activation.

    Parameters
    ----------
    w, b : list of numpy.ndarray
        Ends of the axes of each panel, shape (2,).
    scales : list of numpy.ndarray
        Decimal logarithm of the depth scale on an even grid, a row for each `b`.
    lines : list of CriticalLine
        Critical line of each panel.
    labels : list of str
        A name for each panel.

    Returns
    -------
    matplotlib.figure.Figure
        A heat map and the critical line for each activation, and a colour bar.
    """
    figure, axes = panels(1, len(scales), figsize=(6.4, 3.2))
    for panel, across, up, scale, line, label in zip(
        axes, w, b, scales, lines, labels, strict=True
    ):
        image = panel.imshow(
            scale,
            origin="lower",
            extent=(*across, *up),
            aspect="auto",
            cmap="cividis",
            vmin=-0.5,
            vmax=2,
            interpolation="nearest",
        )
        panel.plot(line.w_std, line.b_std, "--", color="#ffffff", linewidth=2)
        panel.set(xlim=across, ylim=up, xlabel=r"spread of the weights $\sigma_w$")
        panel.set_title(label, fontsize=11)
        panel.grid(False)
        when_narrow(panel, ylabel=r"spread of the biases $\sigma_b$")
    axes[0].set_ylabel(r"spread of the biases $\sigma_b$")
    bar = figure.colorbar(image, ax=axes, label="layers until a factor of e")
    bar.set_ticks([0, 1, 2], labels=["1", "10", "≥ 100"])
    return figure


def plane(layers: Floats, reach: float = 1) -> Picture:
    """A network in the plane of `w_std` and `b_std`, and what its layers make of a gradient.

    Parameters
    ----------
    layers : numpy.ndarray
        How many layers the gradient has come back through, shape (m,).
    reach : float
        Decades of change that still count as surviving.

    Returns
    -------
    matplotlib.figure.Figure
        Artists ``critical`` (a line of any length), ``network`` (a dot) and
        ``gradient`` (a line of shape (m,), in decades) can be moved.
    """
    figure, (left, right) = panels(1, 2)
    left.plot([0], [0], "--", color=VERMILLION, gid="critical")
    left.plot([1], [1], "o", color=BLUE, ms=9, gid="network")
    left.set(xlim=(0, 12), ylim=(0, 6), xlabel=r"weights $\sigma_w$", ylabel=r"biases $\sigma_b$")
    left.set(xticks=[0, 4, 8, 12], yticks=[0, 2, 4, 6])
    right.axhspan(-reach, reach, color=SKY, alpha=0.35, linewidth=0)
    right.axhline(0, color=INK, linewidth=1)
    right.plot(layers, 0 * layers, "-", color=BLUE, gid="gradient")
    right.set(xlim=(0, layers[-1]), ylim=(-20, 10), xlabel="layers", ylabel="gradient, in decades")
    right.set(xticks=[0, 50, 100], yticks=[-20, -10, 0, 10])
    return figure
