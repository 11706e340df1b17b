"""Pictures of random chains: the fan of their paths, and the rates at which they shrink."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats
from slopes.figures._house import (
    BLUE,
    COLOURS,
    INK,
    LINES,
    ORANGE,
    SKY,
    VERMILLION,
    Picture,
    panels,
)


def fan(paths: Floats, quarter: float) -> Picture:
    """Paths of many chains from layer to layer, and the line of one quarter per layer.

    Parameters
    ----------
    paths : numpy.ndarray
        Logarithm to base 10 of the gradient at layers 0 to n, shape (chains, n + 1).
    quarter : float
        Slope of the line, in decades per layer.

    Returns
    -------
    matplotlib.figure.Figure
        A thin line for each chain, and a dashed one.
    """
    figure, axes = panels()
    layer = np.arange(paths.shape[1])
    axes.plot(layer, paths.T, "-", color=BLUE, linewidth=0.6, alpha=0.5)
    axes.plot(layer, quarter * layer, "--", color=VERMILLION)
    axes.text(20, quarter * 20 + 1, "¼ per layer", color=VERMILLION)
    axes.set(xlabel="layer", ylabel=r"$\log_{10}$ of the gradient", xlim=(0, layer[-1]))
    return figure


def living_fan(layer: Floats, chains: int, lowest: float) -> Picture:
    """The fan, with lines for three ways to say where it is.

    Parameters
    ----------
    layer : numpy.ndarray
        Numbers of the layers, from 0, shape (n + 1,).
    chains : int
        Number of paths.
    lowest : float
        Lower end of the axis, in decades.

    Returns
    -------
    matplotlib.figure.Figure
        Artists ``paths`` (all of them as one line, with a NaN after each:
        ``chains * (n + 2)`` values), ``typical``, ``mean`` and ``rms`` (lines of
        shape (n + 1,)) can be moved.
    """
    figure, axes = panels()
    one = np.append(layer, np.nan)
    every = np.tile(one, chains)
    axes.axhline(0, color=INK, linewidth=1)
    axes.plot(every, every * np.nan, "-", color=SKY, linewidth=0.8, gid="paths")
    names = ("typical", "mean", "rms")
    for name, colour, line in zip(names, COLOURS, LINES, strict=False):
        axes.plot(layer, layer * np.nan, line, color=colour, linewidth=2.5, gid=name, label=name)
    axes.legend(loc="lower left")
    axes.set(xlabel="layer", ylabel=r"$\log_{10}$ of the gradient")
    axes.set(xlim=(0, layer[-1]), ylim=(lowest, 2))
    return figure


def settling(
    z: Floats,
    first: Sequence[Floats],
    later: Sequence[Floats],
    stationary: Floats,
    names: Sequence[str],
) -> Picture:
    """Densities of the weighted input in an early and in a later layer.

    Parameters
    ----------
    z, stationary : numpy.ndarray
        Weighted inputs, and the density deep in the chain, shape (m,).
    first, later : list of numpy.ndarray
        Weighted inputs of many chains in the early and in the later layer, one
        array for each input of the chains.
    names : list of str
        What the two panels are called.

    Returns
    -------
    matplotlib.figure.Figure
        Two panels with outlines of histograms, and the density over them.
    """
    figure, both = panels(1, 2, sharey=True)
    edges = np.linspace(z[0], z[-1], 41)
    for axes, samples, name in zip(both, (first, later), names, strict=True):
        for sample, colour, line in zip(samples, COLOURS[1:], LINES[1:], strict=False):
            heights, _ = np.histogram(sample, edges, density=True)
            axes.stairs(heights, edges, color=colour, linestyle=line, linewidth=1.5)
        axes.plot(z, stationary, "-", color=BLUE, linewidth=1.5)
        axes.text(0.04, 0.92, name, transform=axes.transAxes, color=INK)
        axes.set(xlabel="weighted input $z$", xlim=(z[0], z[-1]))
    both[0].set(ylabel="density", ylim=(0, None))
    return figure


def estimates(counts: ArrayLike, values: ArrayLike, errors: ArrayLike, truth: float) -> Picture:
    """Estimates with their standard errors, around the value by quadrature.

    Parameters
    ----------
    counts, values, errors : array_like
        Numbers of chains drawn, what they gave, and twice the standard error, shape (m,).
    truth : float
        Value by quadrature.

    Returns
    -------
    matplotlib.figure.Figure
        A point with a bar for each estimate, and a rule.
    """
    figure, axes = panels()
    axes.axhline(truth, color=VERMILLION, linestyle="--", linewidth=1.5)
    axes.errorbar(counts, values, errors, fmt="o", color=BLUE, capsize=4, linestyle="none")
    axes.set(xscale="log", xlabel="chains drawn", ylabel=r"estimate of $\lambda$")
    return figure


def bell(values: Floats, z: Floats, normal: Floats) -> Picture:
    """Histogram of standardised values beside the normal density.

    Parameters
    ----------
    values : numpy.ndarray
        Standardised values, shape (m,).
    z, normal : numpy.ndarray
        Places and the normal density there, shape (k,).

    Returns
    -------
    matplotlib.figure.Figure
        Bars and a line.
    """
    figure, axes = panels()
    heights, edges = np.histogram(values, np.linspace(z[0], z[-1], 49), density=True)
    middles = (edges[1:] + edges[:-1]) / 2
    axes.bar(middles, heights, np.diff(edges), color=SKY, edgecolor="none")
    axes.plot(z, normal, "-", color=INK)
    axes.set(xlabel="standard deviations from the typical path", ylabel="density")
    axes.set(xlim=(z[0], z[-1]))
    return figure


def powers(q: Floats, rates: Floats, straight: Floats, layer: Floats, shortfall: Floats) -> Picture:
    """The rate of a mean against its power, and how a sample falls short of the mean.

    Parameters
    ----------
    q, rates, straight : numpy.ndarray
        Powers, the logarithm of the rate that belongs to each, and what a
        log-normal gradient would have, shape (m,).
    layer, shortfall : numpy.ndarray
        Layers, and the sample's mean as a share of the true one for several
        samples, shapes (n,) and (samples, n).

    Returns
    -------
    matplotlib.figure.Figure
        Two panels.
    """
    figure, (left, right) = panels(1, 2)
    left.plot(q, straight, "--", color=VERMILLION, linewidth=1.5)
    left.plot(q, rates, "-", color=BLUE)
    marked = {0: "typical", 1: "mean", 2: "rms"}
    for power, name in marked.items():
        height = np.interp(power, q, rates)
        left.plot([power], [height], "o", color=ORANGE, markeredgecolor=INK, ms=8)
        left.annotate(name, (power, height), (6, -14), textcoords="offset points", color=INK)
    left.set(xlabel="power $q$", ylabel=r"$\frac{1}{q}\,\ln r_q$", xlim=(q[0], q[-1]))
    left.set(ylim=(-2.5, -0.9))
    right.semilogy(layer, shortfall.T, "-", color=BLUE, linewidth=1)
    right.axhline(1, color=INK, linestyle=":", linewidth=1)
    right.set(xlabel="layer", ylabel="sample's mean / true mean", xlim=(0, layer[-1]))
    return figure


def exponents(
    w_std: Floats, rows: Sequence[Floats], names: Sequence[str], critical: float
) -> Picture:
    """Lyapunov exponents against the standard deviation of the weights, for several laws.

    Parameters
    ----------
    w_std : numpy.ndarray
        Standard deviations of the weights, shape (m,).
    rows : list of numpy.ndarray
        The exponent for each, one row for each law, at most four.
    names : list of str
        A name for each law.
    critical : float
        Standard deviation at which the weights alone would keep the gradient level.

    Returns
    -------
    matplotlib.figure.Figure
        A line for each law, and a rule at 0.
    """
    figure, axes = panels()
    axes.axhline(0, color=INK, linewidth=1)
    axes.axvline(critical, color=INK, linestyle=":", linewidth=1)
    for row, name in zip(rows, names, strict=True):
        axes.plot(w_std, row, label=name)
    axes.legend(loc="upper right", bbox_to_anchor=(1, 0.91), ncols=2)
    axes.set(xlabel=r"spread of the weights $\sigma_w$", ylabel=r"exponent $\lambda$")
    axes.set(xlim=(0, w_std[-1]), ylim=(-4, 0.4))
    return figure


def widths(
    width: ArrayLike, growth: ArrayLike, counts: ArrayLike, drawn: ArrayLike, errors: ArrayLike
) -> Picture:
    """Mean log-growth of a layer of rectified neurons against its width.

    Parameters
    ----------
    width, growth : array_like
        Neurons per layer, and the exact growth, shape (m,).
    counts, drawn, errors : array_like
        Neurons per layer of drawn layers, their mean growth, and twice its
        standard error, shape (k,).

    Returns
    -------
    matplotlib.figure.Figure
        A line, and points with bars on a logarithmic axis of widths.
    """
    figure, axes = panels()
    axes.axhline(0, color=INK, linewidth=1)
    axes.plot(width, growth, "-", color=BLUE)
    axes.errorbar(counts, drawn, errors, fmt="o", color=VERMILLION, capsize=4, linestyle="none")
    axes.set(xscale="log", xlabel="neurons in a layer", ylabel="log-growth per layer")
    return figure
