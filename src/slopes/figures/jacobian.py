"""Pictures of how far Jacobians stretch, alone and multiplied."""

from collections.abc import Sequence

import numpy as np

from slopes._arguments import Floats
from slopes.figures._house import BLUE, COLOURS, GREEN, INK, LINES, SKY, VERMILLION, Picture, panels


def ellipse(circle: Floats, reach: float) -> Picture:
    """What a matrix of two neurons makes of all inputs of length 1.

    Parameters
    ----------
    circle : numpy.ndarray
        Points of the unit circle, shape (2, m).
    reach : float
        How far the first axis reaches from the origin.

    Returns
    -------
    matplotlib.figure.Figure
        The circle, dotted. Artists ``image`` (a line of shape (m,)), and
        ``longest`` and ``shortest`` (lines of 2 points) can be moved.
    """
    figure, axes = panels()
    axes.plot(*circle, ":", color=INK, linewidth=1.5, label="inputs")
    axes.plot(*circle, "-", color=BLUE, label="their images", gid="image")
    axes.plot([0, 1], [0, 0], "--", color=VERMILLION, label="longest", gid="longest")
    axes.plot([0, 0], [0, 1], "-.", color=GREEN, label="shortest", gid="shortest")
    axes.set(xlim=(-reach, reach), ylim=(-0.4 * reach, 0.4 * reach), aspect="equal")
    axes.set(xlabel="first neuron", ylabel="second neuron")
    figure.legend(loc="outside upper center", ncols=4, frameon=False)
    return figure


def powers(steps: Floats, log_rows: Floats, labels: Sequence[str]) -> Picture:
    """Largest singular value of the powers of some matrices.

    Parameters
    ----------
    steps : numpy.ndarray
        Exponents, shape (T,).
    log_rows : numpy.ndarray
        Natural logarithms, a row for each matrix, shape (at most 4, T).
    labels : list of str
        A name for each matrix.

    Returns
    -------
    matplotlib.figure.Figure
        A line for each matrix, and a rule at 1.
    """
    figure, axes = panels()
    axes.axhline(1, color=INK, linewidth=1)
    for row, label in zip(log_rows, labels, strict=True):
        axes.semilogy(steps, np.exp(row), label=label)
    axes.set(xlabel="steps $t$", ylabel=r"$\sigma_{\max}(W^t)$", xlim=(steps[0], steps[-1]))
    axes.legend(frameon=False)
    return figure


def spectrum(depths: Floats, multiplied: Floats, graded: Floats, expected: Floats) -> Picture:
    """Singular values of a product against depth: multiplied out, in logarithms, expected.

    Parameters
    ----------
    depths : numpy.ndarray
        Depths, shape (m,).
    multiplied, graded, expected : numpy.ndarray
        Decimal logarithms, shape (m, n).

    Returns
    -------
    matplotlib.figure.Figure
        Dots for the multiplied product, lines for the other two.
    """
    figure, axes = panels()
    rows = axes.plot(depths, graded, "-", color=BLUE, linewidth=1.5)
    lines = axes.plot(depths, expected, ":", color=INK, linewidth=1)
    dots = axes.plot(depths, multiplied, "x", color=VERMILLION, ms=4)
    axes.legend(
        [dots[0], rows[0], lines[0]],
        ["multiplied out, then decomposed", "kept as logarithms", "expected"],
        frameon=False,
        loc="lower left",
    )
    axes.set(xlabel="layers multiplied", ylabel=r"$\log_{10}$ of the singular values")
    axes.set(xlim=(depths[0], depths[-1]))
    return figure


def exponents(gains: Floats, measured: Floats, predicted: Floats, critical: float) -> Picture:
    """Largest Lyapunov exponent of a recurrent network against its gain.

    Parameters
    ----------
    gains, measured, predicted : numpy.ndarray
        Gain, exponent per step, and exponent at the origin, shape (m,).
    critical : float
        Gain at which the exponent at the origin is 0.

    Returns
    -------
    matplotlib.figure.Figure
        Dots for what was measured, a line for the prediction, a rule at the critical gain.
    """
    figure, axes = panels()
    axes.axhline(0, color=INK, linewidth=1)
    axes.axvline(critical, color=INK, linestyle=":", linewidth=1.5)
    axes.plot(gains, predicted, "--", color=VERMILLION)
    axes.plot(gains, measured, "o", color=BLUE, ms=5)
    axes.text(
        gains[-1], predicted[-1], r"$\ln(g\,\rho)$ ", color=VERMILLION, ha="right", va="bottom"
    )
    axes.text(critical, axes.get_ylim()[0], r" $g = 1/\rho$", color=INK, va="bottom")
    axes.text(gains[-1], measured[-1] - 0.08, "measured", color=BLUE, ha="right", va="top")
    axes.set(xlabel="gain $g$", ylabel="largest exponent per step")
    return figure


def depth(layers: Floats, factor: float, reach: float, ceiling: str) -> Picture:
    """Smallest and largest singular value after each layer, and a band around 1.

    Parameters
    ----------
    layers : numpy.ndarray
        Numbers of the layers, shape (T,).
    factor : float
        The band reaches from one over this factor to the factor.
    reach : float
        Decades that the axis shows on either side of 1.
    ceiling : str
        What the ceiling is called.

    Returns
    -------
    matplotlib.figure.Figure
        Artists ``largest``, ``smallest`` and ``ceiling``, lines of shape (T,)
        in decades, can be moved.
    """
    figure, axes = panels()
    band = np.log10(factor)
    axes.axhspan(-band, band, color=SKY, alpha=0.35, linewidth=0)
    axes.text(layers[-1], band, f"within a factor {factor:g} ", color=INK, ha="right", va="bottom")
    zero = np.zeros(layers.size)
    axes.plot(layers, zero, ":", color=INK, label=ceiling, gid="ceiling")
    axes.plot(layers, zero, "-", color=BLUE, label=r"$\sigma_{\max}$", gid="largest")
    axes.plot(layers, zero, "--", color=VERMILLION, label=r"$\sigma_{\min}$", gid="smallest")
    axes.set(xlabel="layer", ylabel=r"decades, $\log_{10}$")
    axes.set(xlim=(layers[0], layers[-1]), ylim=(-reach, reach))
    axes.legend(loc="lower left", frameon=False)
    return figure


def branches(layers: Floats, smallest: Floats, largest: Floats, labels: Sequence[str]) -> Picture:
    """Range of the singular values of residual networks against depth.

    Parameters
    ----------
    layers : numpy.ndarray
        Numbers of the layers, shape (T,).
    smallest, largest : numpy.ndarray
        Decimal logarithms, a row for each network, shape (at most 4, T).
    labels : list of str
        A name for each network.

    Returns
    -------
    matplotlib.figure.Figure
        Two lines for each network, with the band between them filled.
    """
    figure, axes = panels()
    names = zip(smallest, largest, labels, COLOURS, LINES, strict=False)
    for low, high, label, colour, dash in names:
        axes.fill_between(layers, low, high, color=colour, alpha=0.12, linewidth=0)
        axes.plot(layers, low, dash, color=colour, label=label)
        axes.plot(layers, high, dash, color=colour)
    axes.set(xlabel="layer", ylabel=r"$\log_{10}$ of $\sigma_{\min}$ and $\sigma_{\max}$")
    axes.set(xlim=(layers[0], layers[-1]))
    axes.legend(loc="upper left", frameon=False)
    return figure


def windows(
    gains: Floats, rows: Floats, factor: float, labels: Sequence[str], titles: Sequence[str]
) -> Picture:
    """How far networks lie from keeping a length, against the gain of their weights.

    Parameters
    ----------
    gains : numpy.ndarray
        Gains, shape (m,).
    rows : numpy.ndarray
        Decades from 1, above 0, shape (panels, networks, m), for at most four networks.
    factor : float
        The shaded band is what lies within this factor of 1.
    labels : list of str
        A name for each network.
    titles : list of str
        What stands above each panel.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each title, a line for each network, on a common logarithmic axis.
    """
    figure, axes = panels(1, len(titles), sharey=True)
    for panel, lines, title in zip(axes, rows, titles, strict=True):
        panel.axhspan(rows.min() / 2, np.log10(factor), color=SKY, alpha=0.35, linewidth=0)
        for row, label, colour, dash in zip(lines, labels, COLOURS, LINES, strict=False):
            panel.plot(gains, row, dash, color=colour, label=label)
        panel.set_title(title, fontsize=11)
        panel.set(xlabel="gain", yscale="log", ylim=(rows.min() / 2, 2 * rows.max()))
        panel.set_xlim(gains[0], gains[-1])
    axes[0].set_ylabel("decades from 1")
    figure.legend(
        *axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3, frameon=False
    )
    return figure
