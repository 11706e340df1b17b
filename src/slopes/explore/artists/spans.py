"""Artists that cross the whole axes one way: rules and spans."""

from typing import Any

from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from slopes.explore.artists.artist import (
    Artist,
    Drawn,
    Undo,
    Value,
    in_data_coordinates,
    within_limits,
)
from slopes.explore.artists.geometry import Scale, box, path


class _Crossing(Artist[Drawn]):
    """What rules and spans share: they move along one scale and cross the other."""

    def __init__(self, name: str, artist: Drawn):
        super().__init__(name, artist)
        self.vertical = in_data_coordinates(artist, self.axes)[0]

    def along(self) -> Scale:
        """The scale along which the artist moves."""
        return self.frame.x if self.vertical else self.frame.y

    def spec(self) -> dict[str, Any]:
        frame = self.frame
        across = [frame.bottom, frame.top] if self.vertical else [frame.left, frame.right]
        return {"vertical": self.vertical, "along": self.along().spec(), "across": across}

    def positions(self, value: Value) -> Value:
        return tuple(self.along()(part) for part in value)

    def _limits(self) -> list[float]:
        return within_limits(self.axes.xaxis if self.vertical else self.axes.yaxis)


class Rule(_Crossing[Line2D]):
    """A vertical or horizontal rule across the axes: its place."""

    kind = "rule"

    def take(self, value: Any) -> Value:
        return (self._numbers("its place", value, ()),)

    def draw(self, value: Value) -> list[str]:
        frame, (position,) = self.frame, map(float, self.positions(value))
        if self.vertical:
            return [path([position, position], [frame.bottom, frame.top])]
        return [path([frame.left, frame.right], [position, position])]

    def set_placeholder(self) -> Undo:
        kept = self.artist.get_data(orig=True)
        middle = [self._limits()[0]] * 2
        self.artist.set_data(*((middle, kept[1]) if self.vertical else (kept[0], middle)))
        return lambda: self.artist.set_data(*kept)


class Span(_Crossing[Rectangle]):
    """A vertical or horizontal strip across the axes: ``(low, high)``."""

    kind = "span"

    def take(self, value: Any) -> Value:
        ends = self._parts(value, "(low, high)", (2,))
        return tuple(self._numbers("an end", end, ()) for end in ends)

    def draw(self, value: Value) -> list[str]:
        frame, (low, high) = self.frame, map(float, self.positions(value))
        if self.vertical:
            return [box(low, high, frame.bottom, frame.top)]
        return [box(frame.left, frame.right, low, high)]

    def set_placeholder(self) -> Undo:
        kept = self.artist.get_bbox().bounds
        low, high = self._limits()
        left, bottom, width, height = kept
        if self.vertical:
            self.artist.set_bounds(low, bottom, high - low, height)
        else:
            self.artist.set_bounds(left, low, width, high - low)
        return lambda: self.artist.set_bounds(*kept)
