"""Rows of bars."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist as MatplotlibArtist
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from slopes.explore.artists.artist import Artist, Undo, Value, within_limits
from slopes.explore.artists.geometry import box

_GID = re.compile(r"(.+)\[(\d+)\]")


def row_name(bar: MatplotlibArtist) -> str | None:
    """The name of the row that a bar belongs to, by its gid; None if it has no such gid."""
    found = _GID.fullmatch(bar.get_gid() or "")
    return found[1] if found else None


def index(bar: MatplotlibArtist) -> int:
    """The index of a bar in its row."""
    return int(_GID.sub(r"\2", bar.get_gid() or ""))


class Bars(Artist[Rectangle]):
    """A row of upright bars: their heights."""

    kind = "bars"

    def __init__(self, name: str, bars: Sequence[Rectangle]):
        super().__init__(name, bars[0])
        self.bars = sorted(bars, key=index)
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
        kept = np.array([bar.get_height() for bar in self.bars])
        self._set_heights(within_limits(self.axes.yaxis)[0] - self.base)
        return lambda: self._set_heights(kept)

    def _set_heights(self, heights: NDArray[np.float64]) -> None:
        for bar, height in zip(self.bars, heights.tolist(), strict=True):
            bar.set_height(height)
