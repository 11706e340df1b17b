"""Pictures of what networks of many layers compute: their slope along the input."""

from collections.abc import Sequence

import numpy as np

from slopes._arguments import Floats
from slopes.figures._house import COLOURS, INK, MARKERS, Picture, panels


def slopes_along(x: Floats, rows: Sequence[Floats], labels: Sequence[str]) -> Picture:
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
    for panel, row, label, colour in zip(axes, rows, labels, COLOURS, strict=False):
        panel.plot(x, row / np.sqrt(np.mean(row**2)), "-", color=colour, linewidth=1.3)
        panel.text(0.01, 1.0, label, transform=panel.transAxes, va="bottom")
        panel.axhline(0, color=INK, linewidth=0.8)
        panel.set_ylim(-3, 3)
    axes[-1].set(xlabel="input $x$", xlim=(x[0], x[-1]))
    figure.supylabel("slope", fontsize=11)
    return figure


def autocorrelations(
    depths: Floats,
    measured: Sequence[Floats],
    predicted: Sequence[Floats | None],
    labels: Sequence[str],
) -> Picture:
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
        measured, predicted, labels, COLOURS, MARKERS, strict=False
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
