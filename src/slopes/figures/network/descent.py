"""Pictures of where gradient descent leads: accuracies, and a cliff on the way."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

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


class Runs(NamedTuple):
    """Accuracies of one kind of network at some depths.

    Attributes
    ----------
    depths : numpy.ndarray
        Numbers of hidden layers, shape (m,).
    shares : numpy.ndarray
        Accuracies from 0 to 1, NaN where training diverged, shape (m, seeds).
    frozen : tuple of numpy.ndarray or None
        The same two arrays with hidden layers that were not trained, or none.
    wide : tuple of numpy.ndarray or None
        The same two arrays for wider layers, or none.
    """

    depths: Floats
    shares: Floats
    frozen: tuple[Floats, Floats] | None = None
    wide: tuple[Floats, Floats] | None = None


def remedies(
    groups: Mapping[str, Mapping[str, Runs]], chance: float = 0.1, columns: int = 2
) -> Picture:
    """Accuracy on what was not seen against depth: remedies, frozen layers and divergence.

    Parameters
    ----------
    groups : dict
        Title of a panel → label → `Runs`, at most four in a panel.
    chance : float
        Accuracy of guessing.
    columns : int
        How many panels stand beside each other.

    Returns
    -------
    matplotlib.figure.Figure
        In each panel a line through the means of the runs that did not diverge with the
        range of their seeds, a thin dotted line for frozen layers, hollow diamonds for wide
        ones, and a cross on a strip below 0 where a run diverged.
    """
    rows = -(-len(groups) // columns)
    figure, axes = panels(
        rows, columns, sharex=True, sharey=True, figsize=(6.4, 0.6 + 2.7 * rows), squeeze=False
    )
    for panel, (title, group) in zip(axes.flat, groups.items(), strict=True):
        panel.axhline(100 * chance, color=INK, linewidth=1)
        for (label, runs), look in zip(group.items(), _looks(), strict=False):
            _draw_runs(panel, label, runs, look)
        panel.set_title(title, fontsize=11)
        panel.set_xscale("log", base=2)
        panel.legend(loc="best", fontsize=9, frameon=False)
    _, shown = next(iter(groups.items()))
    depths = next(iter(shown.values())).depths
    for panel in axes[-1]:
        panel.set_xticks(depths, labels=[str(depth) for depth in depths])
        panel.set_xlabel("hidden layers")
    for panel in axes[:, 0]:
        panel.set(ylabel="read correctly (%)", ylim=(DIVERGED - 6, 103))
        panel.set_yticks([DIVERGED, 0, 25, 50, 75, 100], ["diverged", 0, 25, 50, 75, 100])
    return figure


DIVERGED = -10  # where the strip lies, on the axis of accuracies


def _looks() -> list[dict[str, Any]]:
    zipped = zip(COLOURS, LINES, MARKERS, strict=True)
    return [{"color": c, "linestyle": s, "marker": m, "ms": 5} for c, s, m in zipped]


def _draw_runs(panel: Any, label: str, runs: Runs, look: dict[str, Any]) -> None:
    """One remedy: its line and ranges, its frozen and wide versions, and what diverged."""
    colour = look["color"]
    _draw_means(panel, runs.depths, runs.shares, label=label, **look)
    if runs.frozen is not None:
        _draw_means(panel, *runs.frozen, color=colour, linestyle=":", linewidth=1.2)
    if runs.wide is not None:
        wide: dict[str, Any] = {"marker": "D", "ms": 9, "mfc": "none", "linestyle": "none"}
        _draw_means(panel, *runs.wide, color=colour, **wide)


def _draw_means(panel: Any, depths: Floats, shares: Floats, **look: Any) -> None:
    alive = np.ma.masked_invalid(100 * shares)
    low, high = alive.min(axis=1).filled(np.nan), alive.max(axis=1).filled(np.nan)
    panel.vlines(depths, low, high, color=look["color"], linewidth=1)
    panel.plot(depths, alive.mean(axis=1).filled(np.nan), **look)
    lost = depths[np.isnan(shares).any(axis=1)]
    panel.plot(lost, np.full(len(lost), DIVERGED), "X", color=look["color"], ms=8)


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
    wall: tuple[float, float],
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
    wall : tuple of float
        Ends of the biases that an inset shows larger.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each descent, with the cost and the points visited, and an inset of the wall.
    """
    figure, axes = panels(1, len(tracks), sharey=True, figsize=(6.4, 4.2))
    for panel, track, height, label, colour in zip(
        axes, tracks, costs, labels, (VERMILLION, BLUE), strict=True
    ):
        inset = panel.inset_axes((0.12, 0.52, 0.5, 0.4))
        for place in (panel, inset):
            place.plot(b, cost, "-", color=INK, linewidth=1.2)
            place.plot(track, height, ":", color=colour, marker="o", ms=4, linewidth=1)
            place.plot(track[-1:], height[-1:], "X", color=colour, ms=11)
        inset.set(xlim=wall, ylim=panel.get_ylim(), xticks=wall, yticks=[])
        panel.indicate_inset_zoom(inset, edgecolor=INK)
        panel.set_title(label, fontsize=11)
        panel.set(xlabel="bias $b$", xlim=(b[0], b[-1]), ylim=(-0.02, 0.7))
    axes[0].set_ylabel("cost")
    return figure
