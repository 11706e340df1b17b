"""Lines and markers."""

from typing import Any
from xml.etree.ElementTree import Element

import numpy as np
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from slopes.explore.artists.artist import Artist, Groups, Slots, Undo, Value, child, within_limits
from slopes.explore.artists.geometry import FAR, path


class Line(Artist[Line2D]):
    """A line, markers or both: new heights ``y``, or ``(x, y)``."""

    kind = "line"

    def __init__(self, name: str, artist: Line2D):
        super().__init__(name, artist)
        if artist.get_drawstyle() != "default":
            raise ValueError(f"{name!r} is drawn in steps; repeat its points with numpy.repeat")
        if artist.get_markevery() is not None:
            raise ValueError(f"{name!r} has markevery; draw the markers as a line of their own")
        self.x = np.asarray(artist.get_xdata(orig=False), dtype=float)
        self.has_line = artist.get_linestyle() not in ("None", "none", " ", "")
        self.has_markers = artist.get_marker() not in ("None", "none", " ", "", None)

    def take(self, value: Any) -> Value:
        if not isinstance(value, tuple):
            return self.x, self._numbers("heights", value, self.x.shape)
        x, y = self._parts(value, "y, or (x, y)", (2,))
        y = np.atleast_1d(y)
        y = self._numbers("heights", y, y.shape[:1])
        return self._numbers("x", x, y.shape), y

    def positions(self, value: Value) -> Value:
        return self.frame.x(value[0]), self.frame.y(value[1])

    def draw(self, value: Value) -> list[str]:
        x, y = self.positions(value)
        line = [path(x, y)] if self.has_line else []
        return [*line, self._marks(x, y)] if self.has_markers else line

    def open_slots(self, groups: Groups, slots: Slots) -> None:
        (group,) = groups
        if self.has_line:
            child(group, "path").set("d", next(slots))
        if self.has_markers:
            self._open_marks(group, next(slots))

    def _open_marks(self, group: Element, slot: str) -> None:
        """One slot for all markers; their shape stays where the drawing defines it."""
        marks = next(each for each in group.iter("g") if each.find("use") is not None)
        use = child(marks, "use")
        self.mark = use.get("href")
        marks.set("style", use.get("style", ""))
        marks[:] = []
        marks.text = slot

    def _marks(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> str:
        seen = np.isfinite(x) & np.isfinite(y)
        points = zip(np.where(seen, x, -FAR), np.where(seen, y, -FAR), strict=True)
        return "".join(f'<use href="{self.mark}" x="{a:.2f}" y="{b:.2f}"/>' for a, b in points)

    def spec(self) -> dict[str, Any]:
        frame = self.frame
        return {
            "x": frame.x.spec(),
            "y": frame.y.spec(),
            "line": self.has_line,
            "mark": self.has_markers,
        }

    def set_placeholder(self) -> Undo:
        kept = self.artist.get_data(orig=True)
        self.artist.set_data(within_limits(self.axes.xaxis), within_limits(self.axes.yaxis))
        return lambda: self.artist.set_data(*kept)
