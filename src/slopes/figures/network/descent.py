"""Pictures of where gradient descent leads: accuracies, and a cliff on the way."""

from collections.abc import Mapping, Sequence

import numpy as np

from slopes._arguments import Floats
from slopes.figures._house import BLUE, COLOURS, INK, LINES, MARKERS, VERMILLION, Picture, panels


def accuracies(depths: Floats, rows: Floats, labels: Sequence[str], his: Floats) -> Picture:
    """Test accuracy against the number of hidden layers, seed by seed.

    Parameters
    ----------
    depths : numpy.ndarray
        Numbers of hidden layers, shape (m,).
    rows : numpy.ndarray
        Accuracies from 0 to 1, shape (recipes, m, seeds), at most three recipes.
    labels : sequence of str
        A name for each recipe.
    his : numpy.ndarray
        One accuracy for each depth from another experiment, shape (m,).

    Returns
    -------
    matplotlib.figure.Figure
        A line through the means of each recipe, and a dot for each seed.
    """
    figure, axes = panels()
    for i, (row, label) in enumerate(zip(rows, labels, strict=True)):
        look = {"color": COLOURS[i], "linestyle": LINES[i]}
        axes.plot(depths, 100 * row.mean(axis=1), label=label, **look)
        shift = 0.04 * (i - 1.5)
        for depth, seeds in zip(depths, row, strict=True):
            axes.plot(depth + shift + 0 * seeds, 100 * seeds, ".", color=COLOURS[i], ms=6)
    axes.plot(depths, 100 * his, "x", color=INK, ms=8, mew=2, label="Nielsen's, on MNIST")
    axes.set(xlabel="hidden layers", ylabel="digits read correctly (%)", ylim=(0, 103))
    axes.set(xticks=depths)
    axes.legend(loc="lower left", frameon=False)
    return figure


def grouped_accuracies(
    depths: Floats, groups: Sequence[Mapping[str, Floats]], chance: float = 0.1
) -> Picture:
    """Accuracy on unseen digits against depth, for many remedies.

    Parameters
    ----------
    depths : numpy.ndarray
        Numbers of hidden layers, shape (m,).
    groups : list of dict
        At most four groups of at most four remedies, each label → accuracies of
        shape (m, seeds). Groups differ in the style of their lines.
    chance : float
        Accuracy of guessing.

    Returns
    -------
    matplotlib.figure.Figure
        A line through the means of each remedy, with the range of its seeds.
    """
    figure, axes = panels(figsize=(6.4, 5.2))
    axes.axhline(100 * chance, color=INK, linewidth=1)
    axes.text(depths[0], 100 * chance - 1, "guessing", color=INK, va="top", fontsize=9)
    count = 0
    for group, style in zip(groups, LINES, strict=False):
        for (label, rows), colour, marker in zip(group.items(), COLOURS, MARKERS, strict=False):
            shift = depths * 2 ** (0.02 * (count - 5.5))  # points would hide one another
            mean = 100 * np.mean(rows, axis=1)
            low, high = 100 * np.min(rows, axis=1), 100 * np.max(rows, axis=1)
            axes.vlines(shift, low, high, color=colour, linewidth=1)
            axes.plot(shift, mean, style, color=colour, marker=marker, ms=5, label=label)
            count += 1
    axes.set_xscale("log", base=2)
    axes.set_xticks(depths, labels=[str(depth) for depth in depths])
    axes.set(xlabel="hidden layers", ylabel="unseen digits read correctly, %", ylim=(0, 100))
    figure.legend(
        loc="outside lower center",
        ncols=len(groups),
        fontsize=8.5,
        columnspacing=1,
        handlelength=3,  # shows the styles, by which groups differ
        frameon=False,
    )
    return figure


def patience(
    products: Floats, shares: Floats, rates: Sequence[float], marks: Mapping[int, str]
) -> Picture:
    """Test accuracy against rate × updates, for some rates.

    Parameters
    ----------
    products : numpy.ndarray
        Rate times number of updates, shape (m,).
    shares : numpy.ndarray
        Accuracies from 0 to 1, shape (rates, runs, m), for at most four rates.
    rates : sequence of float
        The rates.
    marks : dict
        Product → what is written there.

    Returns
    -------
    matplotlib.figure.Figure
        A line through the means of each rate, a dot for each run, and a rule for each mark;
        the axis of products is logarithmic.
    """
    figure, axes = panels()
    for row, rate, colour, style in zip(100 * shares, rates, COLOURS, LINES, strict=False):
        axes.plot(products, row.mean(axis=0), style, color=colour, label=f"rate {rate}")
        axes.plot(products, row.T, ".", color=colour, ms=5)
    for place, words in marks.items():
        axes.axvline(place, color=INK, linestyle="--", linewidth=1.2)
        axes.text(place, 103, words, ha="center", va="bottom")
    axes.set(xscale="log", xlabel="rate × updates", ylabel="digits read correctly (%)")
    axes.set(ylim=(0, 102))
    axes.legend(loc="upper left", frameon=False)
    return figure


def cliff(
    b: Floats,
    cost: Floats,
    tracks: Sequence[Floats],
    costs: Sequence[Floats],
    labels: Sequence[str],
) -> Picture:
    """A cost with a cliff, and the way that descent takes on it.

    Parameters
    ----------
    b, cost : numpy.ndarray
        Bias, and the cost there, shape (m,).
    tracks, costs : list of numpy.ndarray
        Biases that two descents visit, and the cost at each.
    labels : list of str
        A name for each descent.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each descent, with the cost and the points visited.
    """
    figure, axes = panels(1, len(tracks), sharey=True)
    for panel, track, height, label, colour in zip(
        axes, tracks, costs, labels, (VERMILLION, BLUE), strict=True
    ):
        panel.plot(b, cost, "-", color=INK, linewidth=1.2)
        panel.plot(track, height, ":", color=colour, marker="o", ms=4, linewidth=1)
        panel.plot(track[-1:], height[-1:], "X", color=colour, ms=11)
        panel.set_title(label, fontsize=11)
        panel.set(xlabel="bias $b$", xlim=(b[0], b[-1]))
    axes[0].set_ylabel("cost")
    return figure
