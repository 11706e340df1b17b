"""How a picture fits a narrow screen: panels below each other, letters that can be read there."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec

from slopes.figures._narrow.legends import fit_legends, leave_out_legends
from slopes.figures._narrow.letters import Undo, fit_label, fit_numbers, fit_texts

WIDTH = 3.5  # inches, which a phone shows on 366 px
TALL = 0.8  # height of a panel alone, as a share of what it is in a wide picture
PANEL = 2.1  # inches, the height of a panel among others
MANY = 6  # panels that stand in two rows, not one below the other

_CHANGES = "changes_when_narrow"  # attribute of a figure


def when_narrow(artist: Artist, **properties: Any) -> None:
    """Give `artist` other `properties` in the drawing for a narrow screen."""
    figure: Any = artist if isinstance(artist, Figure) else artist.get_figure()
    setattr(figure, _CHANGES, [*getattr(figure, _CHANGES, []), (artist, properties)])


@contextmanager
def narrowed(figure: Figure) -> Iterator[None]:
    """The figure as a narrow screen shows it; afterwards it is what it was."""
    layout: Any = figure.get_layout_engine()
    with ExitStack() as stack:
        undo = stack.callback
        for axes in figure.axes:
            undo(_put_back, axes, axes.get_position(True), axes.get_position())
        _place(figure, undo)
        for artist, properties in getattr(figure, _CHANGES, []):
            undo(artist.set, **{name: getattr(artist, f"get_{name}")() for name in properties})
            artist.set(**properties)
        both: list[Any] = [axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)]
        for axis in both:
            fit_numbers(axis, undo)
        fit_texts(figure, undo)
        leave_out_legends(figure, undo)
        layout.execute(figure)
        for axis in both:
            fit_label(axis, undo)
        fit_legends(figure, undo)
        layout.execute(figure)
        yield


def _put_back(axes: Axes, *boxes: Any) -> None:
    """Put axes where they lay; a layout that starts elsewhere may end a little beside it."""
    for which, box in zip(("original", "active"), boxes, strict=True):
        axes.set_position(box, which)  # type: ignore[arg-type]
    axes.set_in_layout(True)


def _place(figure: Figure, undo: Undo) -> None:
    """Give the figure its size and its panels their places."""
    panels = [axes for axes in figure.axes if axes.get_subplotspec() is not None]
    columns = {place.colspan.start for axes in panels if (place := axes.get_subplotspec())}
    wide, high = figure.get_size_inches()
    undo(figure.set_size_inches, wide, high)
    if len(panels) >= MANY:
        _move(panels, GridSpec(2, -(-len(panels) // 2), figure), undo)
        high *= 2
    elif len(panels) > 1:
        if len(columns) > 1:
            _name_each(panels, undo)
            _move(panels, GridSpec(len(panels), 1, figure), undo)
        high = PANEL * len(panels)
    else:
        high *= TALL
    figure.set_size_inches(WIDTH, high)


def _move(panels: Sequence[Axes], grid: GridSpec, undo: Undo) -> None:
    for number, axes in enumerate(panels):
        undo(axes.set_subplotspec, axes.get_subplotspec())
        axes.set_subplotspec(grid[number])


def _name_each(panels: Sequence[Axes], undo: Undo) -> None:
    """Give panels inside the grid the labels and the numbers that they share with its edge."""
    places: Any = {axes: axes.get_subplotspec() for axes in panels}
    for axes in panels:
        left = next(each for each in panels if places[each].rowspan == places[axes].rowspan)
        below = [each for each in panels if places[each].colspan == places[axes].colspan][-1]
        if axes.get_shared_x_axes().joined(axes, below):
            _name(axes.xaxis, below.xaxis, "labelbottom", undo)
        if axes.get_shared_y_axes().joined(axes, left):
            _name(axes.yaxis, left.yaxis, "labelleft", undo)


def _name(axis: Axis, outer: Axis, side: str, undo: Undo) -> None:
    if axis is outer or axis.get_label_text():
        return
    undo(axis.set_label_text, "")
    undo(axis.set_tick_params, **{side: axis.get_tick_params()[side]})
    axis.set_label_text(outer.get_label_text())
    axis.set_tick_params(**{side: outer.get_tick_params()[side]})
