"""Legends that fit a narrow picture and cover as little of it as can be."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.legend import Legend

from slopes.figures._narrow.letters import Undo, fit_texts


def leave_out_legends(figure: Figure, undo: Undo) -> None:
    """Let no legend that may be too wide leave the axes without room."""
    for axes in figure.axes:
        if legend := axes.get_legend():
            undo(legend.set_in_layout, legend.get_in_layout())
            legend.set_in_layout(False)


def fit_legends(figure: Figure, undo: Undo) -> None:
    """Put a legend that is too wide above or below, in columns; others where there is room."""
    for legend in list(figure.legends):
        if _reaches_out(legend, figure):
            figure.legends.remove(legend)
            undo(figure.legends.append, legend)
            above = legend.get_window_extent().y0 > figure.bbox.height / 2
            place = {"loc": f"outside {'upper' if above else 'lower'} center"}
            _in_columns(figure, legend, legend.legend_handles, place, undo)
    for axes in figure.axes:
        if old := axes.get_legend():
            _replace(axes, old, undo)


def _replace(axes: Axes, old: Legend, undo: Undo) -> None:
    undo(setattr, axes, "legend_", old)
    handles: Any = old.legend_handles
    if axes.get_legend_handles_labels()[1] == _labels(old):
        handles = axes.get_legend_handles_labels()[0]
    if _reaches_out(old, axes):
        _in_columns(axes, old, handles, {"loc": "lower center", "bbox_to_anchor": (0.5, 1.0)}, undo)
    elif not _moves(axes):
        undo(_legend(axes, old, handles, {"loc": "best"}).remove)


def _in_columns(
    around: Figure | Axes, old: Legend, handles: Any, place: dict[str, Any], undo: Undo
) -> None:
    """A legend in two columns, or in one where two are too wide."""
    new = _legend(around, old, handles, {**place, "ncols": 2})
    if new.get_window_extent().width > old.figure.bbox.width:
        new.remove()
        new = _legend(around, old, handles, {**place, "ncols": 1})
    undo(new.remove)


def _legend(around: Figure | Axes, old: Legend, handles: Any, place: dict[str, Any]) -> Legend:
    look = {"frameon": old.get_frame_on(), "title": old.get_title().get_text()}
    new = around.legend(handles, _labels(old), **place, **look)
    fit_texts(new)
    return new


def _reaches_out(legend: Legend, around: Figure | Axes) -> bool:
    return legend.get_window_extent().width > around.bbox.width


def _moves(axes: Axes) -> bool:
    """Whether an explorable moves something in the axes, so that room now is none later."""
    return any(artist.get_gid() for artist in axes.get_children())


def _labels(legend: Legend) -> list[str]:
    return [text.get_text() for text in legend.get_texts()]
