"""Areas between two curves."""

from typing import Any

import numpy as np
from matplotlib.collections import FillBetweenPolyCollection

from slopes.explore.artists.artist import Artist, Undo, Value, within_limits
from slopes.explore.artists.geometry import path, runs


class Band(Artist[FillBetweenPolyCollection]):
    """The area between two curves: ``(low, high)``, or ``(x, low, high)``."""

    kind = "band"

    def __init__(self, name: str, artist: FillBetweenPolyCollection):
        super().__init__(name, artist)
        outlines = [np.asarray(each.vertices) for each in artist.get_paths()]
        self._pieces = len(outlines)
        self.x = outlines[0][1 : (len(outlines[0]) - 1) // 2, 0] if self._pieces == 1 else None

    def take(self, value: Any) -> Value:
        parts = self._parts(value, "(low, high), or (x, low, high)", (2, 3))
        if len(parts) == 3:
            shape = np.broadcast_shapes(*(np.shape(part) for part in parts))[:1]
            x = self._numbers("x", parts[0], shape)
        elif self.x is None:
            raise ValueError(
                f"{self.name!r} was drawn in {self._pieces} pieces; draw it with "
                "finite heights first, or give (x, low, high)"
            )
        else:
            x = self.x
        low, high = (self._numbers("heights", part, x.shape) for part in parts[-2:])
        return x, low, high

    def positions(self, value: Value) -> Value:
        return self.frame.x(value[0]), self.frame.y(value[1]), self.frame.y(value[2])

    def draw(self, value: Value) -> list[str]:
        x, low, high = self.positions(value)
        whole = np.isfinite(x) & np.isfinite(low) & np.isfinite(high)
        areas = (
            path(np.r_[x[run], x[run][::-1]], np.r_[low[run], high[run][::-1]]) + "z"
            for run in runs(whole)
        )
        return ["".join(areas)]

    def spec(self) -> dict[str, Any]:
        return {"x": self.frame.x.spec(), "y": self.frame.y.spec()}

    def set_placeholder(self) -> Undo:
        kept = [outline.vertices for outline in self.artist.get_paths()]
        x, y = within_limits(self.axes.xaxis), within_limits(self.axes.yaxis)
        self.artist.set_verts([np.column_stack(([*x, x[0]], [*y, y[1]]))])
        return lambda: self.artist.set_verts(kept, closed=False)
