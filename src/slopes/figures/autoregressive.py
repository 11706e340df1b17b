"""Pictures of networks that draw: their masks, their wavefronts, and gradients between pixels."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, ListedColormap
from matplotlib.image import AxesImage

from slopes._arguments import Floats
from slopes.figures._house import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    PURPLE,
    SIGNED,
    SKY,
    VERMILLION,
    Picture,
    panels,
)

_WAITING, _NOW, _DONE = "#eeeeee", ORANGE, BLUE
_LOOKS = ((BLUE, "-"), (VERMILLION, "--"), (GREEN, "-."), (PURPLE, ":"))


def masks(tables: Sequence[Floats], labels: Sequence[str]) -> Picture:
    """Kernels side by side, the taps that are used in colour, the pixel itself outlined.

    Parameters
    ----------
    tables : sequence of numpy.ndarray
        Ones and zeros, shape (k, k) each.
    labels : sequence of str
        A name for each kernel.

    Returns
    -------
    matplotlib.figure.Figure
        One grid for each kernel, with its ones and zeros written in it.
    """
    figure, axes = panels(1, len(tables), figsize=(6.4, 2.6))
    for each, table, label in zip(axes, tables, labels, strict=True):
        middle = len(table) // 2
        _grid(each, table, ListedColormap([_WAITING, SKY]), -0.5, 1.5)
        _write(each, table, 11)
        _outline(each, middle, middle)
        each.set_xlabel(label)
        each.tick_params(length=0, labelbottom=False, labelleft=False)
    axes[0].set_ylabel("row")
    return figure


def schedules(tables: Sequence[Floats], labels: Sequence[str]) -> Picture:
    """When each pixel is done, for several networks, with the steps written into the pixels.

    Parameters
    ----------
    tables : sequence of numpy.ndarray
        Numbers of steps, shape (H, W) each.
    labels : sequence of str
        A name for each network.

    Returns
    -------
    matplotlib.figure.Figure
        One picture for each network, darker where it is done later.
    """
    figure, axes = panels(len(tables), 1, figsize=(6.4, 1.8 * len(tables)), sharex=True)
    last = max(np.max(table) for table in tables)
    for each, table, label in zip(axes, tables, labels, strict=True):
        _grid(each, table, "Blues", 0, 1.6 * last)
        _write(each, table, 9)
        each.set_ylabel("row $i$")
        each.text(1.02, 0.5, label, transform=each.transAxes, va="center")
    axes[-1].set_xlabel("column $j$")
    return figure


def counted(k: Floats, shares: Sequence[Floats], labels: Sequence[str]) -> Picture:
    """Exact counts of connections as shares of a rough one, against the size of the kernel.

    Parameters
    ----------
    k : numpy.ndarray
        Sizes of the kernel, shape (m,).
    shares : sequence of numpy.ndarray
        Exact counts over rough ones, shape (m,) each, at most four.
    labels : sequence of str
        A name for each, written at its end.

    Returns
    -------
    matplotlib.figure.Figure
        One line for each, and a rule at one half.
    """
    figure, axes = panels()
    for row, label, marker in zip(shares, labels, "os^d", strict=False):
        axes.plot(k, row, marker=marker, markersize=4)
        axes.text(1.03 * k[-1], row[-1], label, color=INK, va="center")
    axes.axhline(0.5, color=INK, linestyle="-", linewidth=1)
    axes.set(xlabel="size $k$ of the kernel", ylabel="connections, as a share of $HWk^2$")
    axes.set(xlim=(0, k[-1]), ylim=(0, 0.56))
    return figure


def wavefront(H: int, W: int, steps: Floats) -> Picture:
    """A picture that is being drawn, and how many of its pixels are done after each step.

    Parameters
    ----------
    H, W : int
        Numbers of rows and of columns of the picture.
    steps : numpy.ndarray
        Numbers of steps, shape (m,), from 0 up.

    Returns
    -------
    matplotlib.figure.Figure
        A picture in which all waits. Artists ``pixels`` (a table of shape
        (H, W): 0 waits, 1 is being computed, 2 is done), ``progress`` (pixels
        done, shape (m,)) and ``now`` (a rule at the present step) can be moved.
    """
    figure, (plan, side) = panels(1, 2, width_ratios=(1.25, 1))
    waits = np.zeros((H, W))
    _grid(plan, waits, ListedColormap([_WAITING, _NOW, _DONE]), -0.5, 2.5, gid="pixels")
    plan.set(xlabel="column $j$", ylabel="row $i$")
    for place, (colour, name) in zip(
        (0, 0.36, 0.64), ((_WAITING, "waiting"), (_NOW, "now"), (_DONE, "done")), strict=True
    ):
        plan.plot(
            [place], [1.09], "s", color=colour, mec=INK, transform=plan.transAxes, clip_on=False
        )
        plan.text(place + 0.04, 1.09, name, transform=plan.transAxes, va="center")
    side.axvline(0, color=VERMILLION, linestyle="--", linewidth=1.5, gid="now")
    side.plot(steps, 0 * steps, color=BLUE, linestyle="-", gid="progress")
    side.set(xlabel="step", ylabel="pixels done", xlim=(0, steps[-1]), ylim=(0, 1.04 * H * W))
    return figure


def step_counts(
    size: Floats, rows: Sequence[Floats], labels: Sequence[str], level: float, name: str
) -> Picture:
    """Numbers of steps against the size of a square picture, on logarithmic axes.

    Parameters
    ----------
    size : numpy.ndarray
        Numbers of rows, as many as columns, shape (m,).
    rows : sequence of numpy.ndarray
        Numbers of steps, shape (m,) each, at most four.
    labels : sequence of str
        A name for each, written at its end.
    level : float
        A number of steps that does not depend on the size.
    name : str
        What takes that many steps.

    Returns
    -------
    matplotlib.figure.Figure
        One line for each, and one level line.
    """
    figure, axes = panels()
    sides = ("center", "bottom", "top", "center")
    for row, label, (colour, style), side in zip(rows, labels, _LOOKS, sides, strict=False):
        axes.loglog(size, row, color=colour, linestyle=style)
        axes.text(1.06 * size[-1], row[-1], label, color=INK, va=side)
    axes.axhline(level, color=INK, linewidth=1)
    axes.text(1.06 * size[-1], level, name, color=INK, va="center")
    axes.set(xlabel="rows and columns $H = W$", ylabel="steps", xlim=(size[0], size[-1]))
    ticks = [2**i for i in range(20) if size[0] <= 2**i <= size[-1]]
    axes.set_xticks(ticks, labels=ticks)
    axes.minorticks_off()
    axes.set_ylim(bottom=level / 2)
    return figure


def between_pixels(H: int, W: int, distance: Floats) -> Picture:
    """Gradients of the last pixel, as a map and against the distance.

    Parameters
    ----------
    H, W : int
        Numbers of rows and of columns of the picture.
    distance : numpy.ndarray
        Numbers of steps up or to the left, shape (m,).

    Returns
    -------
    matplotlib.figure.Figure
        Artists ``gradient`` (a table of shape (H, W), decimal logarithms) and
        the lines ``total`` and ``row`` (decimal logarithms, shape (m,)) can be
        moved.
    """
    figure, (plan, side) = panels(1, 2, width_ratios=(1.25, 1))
    image = _grid(plan, np.zeros((H, W)), SIGNED, -6, 6, gid="gradient", lines=False)
    plan.set(xlabel="column $j$", ylabel="row $i$")
    bar = figure.colorbar(image, ax=plan, extend="both", location="top")
    bar.set_label(r"$\log_{10}$ of the last pixel's gradient")
    side.axhline(0, color=INK, linewidth=1)
    flat = 0 * distance
    side.plot(distance, flat, "-", color=BLUE, label="the diagonal in all", gid="total")
    side.plot(distance, flat, "--", color=VERMILLION, label="along the row", gid="row")
    side.set(xlabel="distance $s$", ylabel=r"$\log_{10}$ of the gradient")
    side.set(xlim=(0, distance[-1]), ylim=(-12, 12))
    side.legend(loc="upper left")
    return figure


def fields(tables: Sequence[Floats], labels: Sequence[str]) -> Picture:
    """What a stack of masked layers sees around its pixel, which is outlined.

    Parameters
    ----------
    tables : sequence of numpy.ndarray
        Whether a pixel is seen, shape (rows, columns): the last row is the
        pixel's own, and it stands in the middle of it.
    labels : sequence of str
        A name for each stack.

    Returns
    -------
    matplotlib.figure.Figure
        One map for each: seen, earlier but not seen, and later.
    """
    figure, axes = panels(1, len(tables), figsize=(6.4, 2.5))
    for each, seen, label in zip(axes, tables, labels, strict=True):
        rows, columns = seen.shape
        order = np.arange(rows * columns).reshape(rows, columns)
        later = order >= order[-1, columns // 2]
        shade = np.where(seen, 2, np.where(later, 0, 1))
        _grid(each, shade, ListedColormap([_WAITING, _NOW, _DONE]), -0.5, 2.5)
        _outline(each, columns // 2, rows - 1)
        each.set(xlabel=label, xticks=[], yticks=[])
    axes[0].text(0.35, 0.42, "seen", transform=axes[0].transAxes, color="white")
    axes[0].text(0.98, 0.2, "blind", transform=axes[0].transAxes, ha="right")
    return figure


def _grid(
    axes: Axes,
    table: Floats,
    colours: str | Colormap,
    low: float,
    high: float,
    gid: str | None = None,
    lines: bool = True,
) -> AxesImage:
    rows, columns = table.shape
    extent = (-0.5, columns - 0.5, rows - 0.5, -0.5)
    look: dict[str, Any] = {
        "cmap": colours,
        "vmin": low,
        "vmax": high,
        "extent": extent,
        "gid": gid,
    }
    image = axes.imshow(table, aspect="auto", interpolation="nearest", **look)
    axes.grid(False)
    axes.set(xlim=extent[:2], ylim=extent[2:])
    if lines:
        for edge in np.arange(rows - 1) + 0.5:
            axes.axhline(edge, color="white", linewidth=0.8)
        for edge in np.arange(columns - 1) + 0.5:
            axes.axvline(edge, color="white", linewidth=0.8)
    return image


def _write(axes: Axes, table: Floats, size: float) -> None:
    for (i, j), number in np.ndenumerate(table):
        axes.text(j, i, f"{number:g}", ha="center", va="center", fontsize=size)


def _outline(axes: Axes, column: int, row: int) -> None:
    sides = np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5], [-0.5, -0.5]])
    x, y = (sides + np.array([column, row])).T
    axes.plot(x, y, "-", color=VERMILLION, linewidth=2, clip_on=False)
