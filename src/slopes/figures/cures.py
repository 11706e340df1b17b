"""Pictures of what made deep networks trainable, and of what that has to do with slopes."""

import numpy as np

from slopes.figures._house import (
    BLUE,
    GREEN,
    INK,
    LINES,
    PURPLE,
    VERMILLION,
    panels,
)
from slopes.figures.meanfield import phases, plane, variance_maps  # noqa: F401  one chapter

_COLOURS = (BLUE, VERMILLION, GREEN, PURPLE)
_MARKERS = ("o", "s", "^", "D")


def first_layer(labels, ratios):
    """How fast the first hidden layer learns, next to the last, before training.

    Parameters
    ----------
    labels : list of str
        A name for each network, shape (m,).
    ratios : array_like
        Speed of the first hidden layer over that of the last, shape (m,).

    Returns
    -------
    matplotlib.figure.Figure
        A bar for each, on a logarithmic axis around 1; coloured where it is beyond 100.
    """
    figure, axes = panels(figsize=(6.4, 0.7 + 0.33 * len(labels)))
    decades = np.log10(ratios)
    rows = np.arange(len(labels))[::-1]
    axes.barh(rows, decades, color=np.where(np.abs(decades) > 2, VERMILLION, BLUE), height=0.7)
    for row, each, label in zip(rows, decades, labels, strict=True):
        left = each >= 0
        axes.text(-0.15 if left else 0.15, row, label, ha="right" if left else "left", va="center")
    axes.axvline(0, color=INK, linewidth=1)
    axes.set(yticks=[], xlim=(decades.min() - 0.5, max(5.5, decades.max() + 0.5)))
    axes.set_xlabel(r"$\log_{10}$ of first layer's speed over last layer's")
    axes.grid(False, axis="y")
    axes.set_axisbelow(True)
    return figure


def accuracies(depths, groups, chance=0.1):
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
        for (label, rows), colour, marker in zip(group.items(), _COLOURS, _MARKERS, strict=False):
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


def memory(steps, half=0.5):
    """What a gate hands on of a gradient, against the number of steps.

    Parameters
    ----------
    steps : numpy.ndarray
        Numbers of steps, shape (m,).
    half : float
        Share at which a rule is drawn.

    Returns
    -------
    matplotlib.figure.Figure
        Artist ``kept`` (a line of shape (m,)) can be moved.
    """
    figure, axes = panels()
    axes.axhline(half, color=INK, linewidth=1, linestyle=":")
    axes.text(steps[-1], half - 0.01, "half ", color=INK, ha="right", va="top")
    axes.plot(steps, np.ones(steps.size), "-", color=BLUE, gid="kept")
    axes.set(xlabel="steps", ylabel="share of the gradient", xlim=(0, steps[-1]), ylim=(0, 1.02))
    return figure


def cliff(b, cost, tracks, costs, labels):
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


def slopes_along(x, rows, labels):
    """Slopes of some networks along their input, each in units of its own root mean square.

    Parameters
    ----------
    x : numpy.ndarray
        Inputs, shape (m,).
    rows : list of numpy.ndarray
        Slope of each network, shape (m,).
    labels : list of str
        A name for each.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each, one below the other.
    """
    figure, axes = panels(len(rows), 1, sharex=True, figsize=(6.4, 1.3 * len(rows) + 0.6))
    for panel, row, label, colour in zip(axes, rows, labels, _COLOURS, strict=False):
        panel.plot(x, row / np.sqrt(np.mean(row**2)), "-", color=colour, linewidth=1.3)
        panel.text(0.01, 1.0, label, transform=panel.transAxes, va="bottom")
        panel.axhline(0, color=INK, linewidth=0.8)
        panel.set_ylim(-3, 3)
    axes[-1].set(xlabel="input $x$", xlim=(x[0], x[-1]))
    figure.supylabel("slope", fontsize=11)
    return figure


def autocorrelations(depths, measured, predicted, labels):
    """Autocorrelation of the slope against depth: measured, and predicted for wide layers.

    Parameters
    ----------
    depths : numpy.ndarray
        Numbers of hidden layers, shape (m,).
    measured : list of numpy.ndarray
        For each kind of network an array of shape (m, seeds).
    predicted : list of numpy.ndarray or None
        For each kind the prediction after 1, 2, … layers, or None.
    labels : list of str
        A name for each kind.

    Returns
    -------
    matplotlib.figure.Figure
        Means of the seeds with two standard errors, and the predictions as thin lines.
    """
    figure, axes = panels()
    for rows, line, label, colour, marker in zip(
        measured, predicted, labels, _COLOURS, _MARKERS, strict=False
    ):
        error = 2 * np.std(rows, axis=1, ddof=1) / np.sqrt(rows.shape[1])
        axes.errorbar(
            depths, np.mean(rows, axis=1), error, fmt=marker, color=colour, ms=5, label=label
        )
        if line is not None:
            axes.plot(np.arange(1, len(line) + 1), line, "-", color=colour, linewidth=1.2)
    axes.set(xscale="log", xlabel="hidden layers", ylim=(0, 1))
    axes.set_xticks(depths, labels=[str(depth) for depth in depths])
    axes.minorticks_off()
    axes.set_ylabel("autocorrelation at 0.25")
    figure.legend(loc="outside upper center", ncols=2, frameon=False)
    return figure
