"""Rows of bars."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.patches import Rectangle

from slopes.explore.artists.artist import Artist, Undo, Value, within_limits
from slopes.explore.artists.geometry import box

GID = re.compile(r"(.+)\[(\d+)\]")  # the name of the row, and the number of the bar


class Bars(Artist):
    """A row of upright bars: their heights."""

    kind = "bars"

    def __init__(self, name: str, bars: Sequence[Rectangle]):
        super().__init__(name, bars[0])
        self.bars = sorted(bars, key=lambda bar: int(GID.fullmatch(bar.get_gid())[2]))
        self.left = np.array([bar.get_x() for bar in self.bars])
        self.right = self.left + [bar.get_width() for bar in self.bars]
        self.base = np.array([bar.get_y() for bar in self.bars], dtype=float)

    def take(self, value: Any) -> Value:
        return (self._numbers("heights", value, self.left.shape),)

    def positions(self, value: Value) -> Value:
        return (self.frame.y(self.base + value[0]),)

    def draw(self, value: Value) -> list[str]:
        left, right = self.frame.x(self.left), self.frame.x(self.right)
        base, (top,) = self.frame.y(self.base), self.positions(value)
        return [box(*sides) for sides in zip(left, right, base, top, strict=True)]

    def spec(self) -> dict[str, Any]:
        left, right = self.frame.x(self.left), self.frame.x(self.right)
        return {
            "y": self.frame.y.spec(),
            "bars": np.column_stack([left.round(3), right.round(3), self.base]).tolist(),
        }

    def set_placeholder(self) -> Undo:
        kept = [bar.get_height() for bar in self.bars]
        for bar in self.bars:
            bar.set_height(within_limits(self.axes.yaxis)[0] - bar.get_y())
        return lambda: [bar.set_height(h) for bar, h in zip(self.bars, kept, strict=True)]
