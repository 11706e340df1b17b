"""Letters that can be read on a narrow screen, and the room that they take."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.text import Text

LETTERS, SCRIPTS = 9.5, 11.0  # points: of plain text, and where a script is 0.7 of it

_SCRIPT = re.compile(r"\$[^$]*(?:[_^']|frac)[^$]*\$")
_BLANK = re.compile(r" (?=(?:[^$]*\$[^$]*\$)*[^$]*$)")  # outside of formulas

Undo = Callable[..., Any]  # keeps what will be called, with its arguments


def fit_numbers(axis: Any, undo: Undo) -> None:
    """Make what stands at the ticks of an axis as large as it must be, and words slant."""
    for which in ("major", "minor"):
        texts = axis.get_ticklabels(which == "minor")
        words = [text.get_text() for text in texts]
        if any(words):
            undo(axis.set_tick_params, which, labelsize=texts[0].get_fontsize(), labelrotation=0)
            written = "".join(words)
            long = axis.axis_name == "x" and len(written) > 36 and "$" not in written
            size = max(_size(text, LETTERS) for text in words)
            axis.set_tick_params(which, labelsize=size, labelrotation=30 if long else 0)


def fit_label(axis: Any, undo: Undo) -> None:
    """Break a label that is longer than its axis in two, at the blank nearest the middle."""
    words, side = axis.get_label_text(), "width" if axis.axis_name == "x" else "height"
    taken, given = axis.label.get_window_extent(), axis.axes.bbox
    blanks = [blank.start() for blank in _BLANK.finditer(words)]
    if getattr(taken, side) > getattr(given, side) and blanks:
        middle = min(blanks, key=lambda place: abs(place - len(words) / 2))
        undo(axis.set_label_text, words)
        axis.set_label_text(f"{words[:middle]}\n{words[middle + 1 :]}")


def fit_texts(artist: Figure | Legend, undo: Undo | None = None) -> None:
    """Make all texts as large as they must be, apart from those at ticks."""
    every = artist.axes if isinstance(artist, Figure) else []
    ticks = {id(tick) for axes in every for tick in _tick_texts(axes)}
    for text in artist.findobj(Text):
        if isinstance(text, Text) and id(text) not in ticks:
            size = float(text.get_fontsize())
            if undo:
                undo(text.set_fontsize, size)
            text.set_fontsize(_size(text.get_text(), size))


def _tick_texts(axes: Axes) -> Iterator[Text]:
    for axis in (axes.xaxis, axes.yaxis):
        yield from axis.get_ticklabels(which="both")


def _size(words: str, size: float) -> float:
    """Points in which `words` can be read: larger where one of them has a script."""
    return SCRIPTS if _SCRIPT.search(words) else max(LETTERS, 0.75 * size)
