"""The artists of a figure that can move: what each takes, and how it is drawn as SVG.

Each class stands for one kind. It is made from the artist of the figure,
checks the values an `update` returns for it (`take`), and writes them as the
texts of its slots in the drawing (`draw`). `page.js` draws the same way.
"""

import re

import numpy as np
from matplotlib.patches import Rectangle

from slopes._arguments import Traced
from slopes.explore.drawing import FAR, Frame, path, runs

_BAR = re.compile(r"(.+)\[(\d+)\]")


class Artist:
    """What the kinds share: a name, the artist of the figure, and a frame once it is drawn."""

    mark = None  # where the shape of a line's markers lies in the drawing

    def __init__(self, name, artist):
        self.name, self.artist, self.axes = name, artist, artist.axes

    def lay_out(self, figure):
        """Remember where the axes lie, after the figure has been drawn."""
        self.frame = Frame(self.axes, figure)

    def agrees(self, value, other):
        """Whether two values of the artist are drawn alike, to a hundredth of a pixel."""
        pairs = zip(self.places(value), self.places(other), strict=True)
        return all(np.allclose(a, b, rtol=0, atol=0.01, equal_nan=True) for a, b in pairs)

    def _numbers(self, what, values, shape):
        array = values if isinstance(values, Traced) else np.asarray(values)
        if array.dtype.kind not in "buif":
            raise TypeError(f"{self.name!r} is given {what} of type {array.dtype}; give numbers")
        if array.shape != shape and array.shape != ():
            raise ValueError(
                f"{self.name!r} is given {what} of shape {array.shape}; give shape {shape}, "
                "as it was drawn"
            )
        return np.broadcast_to(array.astype(float), shape)

    def adopt(self, groups, slots):
        """Turn what the figure drew into slots: here, the one path of each group."""
        for group in groups:
            group.find("path").set("d", next(slots))

    def _parts(self, value, names, counts):
        """`value` as a tuple, which must have as many parts as one of `counts`."""
        if not isinstance(value, tuple) or len(value) not in counts:
            raise ValueError(f"{self.name!r} is given {brief(value)}; give {names}")
        return value


class Line(Artist):
    """A line, markers or both: new heights ``y``, or ``(x, y)``."""

    kind = "line"

    def __init__(self, name, artist):
        super().__init__(name, artist)
        if artist.get_drawstyle() != "default":
            raise ValueError(f"{name!r} is drawn in steps; repeat its points with numpy.repeat")
        if artist.get_markevery() is not None:
            raise ValueError(f"{name!r} has markevery; draw the markers as a line of their own")
        self.x = np.asarray(artist.get_xdata(orig=False), dtype=float)
        self.has_line = artist.get_linestyle() not in ("None", "none", " ", "")
        self.has_markers = artist.get_marker() not in ("None", "none", " ", "", None)

    def take(self, value):
        if not isinstance(value, tuple):
            return self.x, self._numbers("heights", value, self.x.shape)
        x, y = self._parts(value, "y, or (x, y)", (2,))
        y = np.atleast_1d(y)
        y = self._numbers("heights", y, y.shape[:1])
        return self._numbers("places", x, y.shape), y

    def places(self, value):
        return self.frame.x(value[0]), self.frame.y(value[1])

    def draw(self, value):
        x, y = self.places(value)
        line = [path(x, y)] if self.has_line else []
        return [*line, self._marks(x, y)] if self.has_markers else line

    def adopt(self, groups, slots):
        (group,) = groups
        if self.has_line:
            group.find("path").set("d", next(slots))
        if self.has_markers:
            marks = next(each for each in group.iter("g") if each.find("use") is not None)
            use = marks.find("use")
            self.mark = use.get("href")
            marks.set("style", use.get("style"))
            for each in list(marks):
                marks.remove(each)
            marks.text = next(slots)

    def _marks(self, x, y):
        seen = np.isfinite(x) & np.isfinite(y)
        places = zip(np.where(seen, x, -FAR), np.where(seen, y, -FAR), strict=True)
        return "".join(f'<use href="{self.mark}" x="{a:.2f}" y="{b:.2f}"/>' for a, b in places)

    def spec(self):
        frame = self.frame
        return {
            "x": frame.x.spec(),
            "y": frame.y.spec(),
            "line": self.has_line,
            "mark": self.has_markers,
        }

    def stand_in(self):
        kept = self.artist.get_data(orig=True)
        self.artist.set_data(inside(self.axes.xaxis), inside(self.axes.yaxis))
        return lambda: self.artist.set_data(*kept)


class Band(Artist):
    """The area between two curves: ``(low, high)``, or ``(x, low, high)``."""

    kind = "band"

    def __init__(self, name, artist):
        super().__init__(name, artist)
        paths = artist.get_paths()
        if len(paths) == 1:
            count = (len(paths[0].vertices) - 3) // 2
            self.x = np.array(paths[0].vertices[1 : count + 1, 0])
        else:
            self.x = None

    def take(self, value):
        parts = self._parts(value, "(low, high), or (x, low, high)", (2, 3))
        if len(parts) == 3:
            shape = np.broadcast_shapes(*(np.shape(part) for part in parts))[:1]
            x = self._numbers("places", parts[0], shape)
        elif self.x is None:
            raise ValueError(
                f"{self.name!r} was drawn in {len(self.artist.get_paths())} pieces; draw it with "
                "finite heights first, or give (x, low, high)"
            )
        else:
            x = self.x
        low, high = (self._numbers("heights", part, x.shape) for part in parts[-2:])
        return x, low, high

    def places(self, value):
        return self.frame.x(value[0]), self.frame.y(value[1]), self.frame.y(value[2])

    def draw(self, value):
        x, low, high = self.places(value)
        whole = np.isfinite(x) & np.isfinite(low) & np.isfinite(high)
        areas = (
            path(np.r_[x[run], x[run][::-1]], np.r_[low[run], high[run][::-1]]) + "z"
            for run in runs(whole)
        )
        return ["".join(areas)]

    def spec(self):
        return {"x": self.frame.x.spec(), "y": self.frame.y.spec()}

    def stand_in(self):
        kept = [outline.vertices for outline in self.artist.get_paths()]
        x, y = inside(self.axes.xaxis), inside(self.axes.yaxis)
        self.artist.set_verts([np.column_stack(([*x, x[0]], [*y, y[1]]))])
        return lambda: self.artist.set_verts(kept, closed=False)


class Bars(Artist):
    """A row of upright bars: their heights."""

    kind = "bars"

    def __init__(self, name, bars):
        super().__init__(name, bars[0])
        self.bars = sorted(bars, key=lambda bar: int(_BAR.fullmatch(bar.get_gid())[2]))
        self.left = np.array([bar.get_x() for bar in self.bars])
        self.right = self.left + [bar.get_width() for bar in self.bars]
        self.base = np.array([bar.get_y() for bar in self.bars], dtype=float)

    def take(self, value):
        return (self._numbers("heights", value, self.left.shape),)

    def places(self, value):
        return (self.frame.y(self.base + value[0]),)

    def draw(self, value):
        left, right = self.frame.x(self.left), self.frame.x(self.right)
        base, (top,) = self.frame.y(self.base), self.places(value)
        return [box(*sides) for sides in zip(left, right, base, top, strict=True)]

    def spec(self):
        left, right = self.frame.x(self.left), self.frame.x(self.right)
        return {
            "y": self.frame.y.spec(),
            "bars": np.column_stack([left.round(3), right.round(3), self.base]).tolist(),
        }

    def stand_in(self):
        kept = [bar.get_height() for bar in self.bars]
        for bar in self.bars:
            bar.set_height(inside(self.axes.yaxis)[0] - bar.get_y())
        return lambda: [bar.set_height(h) for bar, h in zip(self.bars, kept, strict=True)]


def free(artist):
    """Which of its two coordinates an artist takes from the data."""
    patch = isinstance(artist, Rectangle)
    transform = artist.get_data_transform() if patch else artist.get_transform()
    return transform.contains_branch_seperately(artist.axes.transData)


def inside(axis):
    """Two numbers inside the limits of an axis: where an artist stands while it is drawn."""
    low, high = axis.get_view_interval()
    middle = np.sqrt(low * high) if axis.get_scale() == "log" else (low + high) / 2
    return [middle, (middle + high) / 2]


def box(left, right, bottom, top):
    """The path around a rectangle, empty where a side of it is a gap."""
    if not seen(left, right, bottom, top):
        return ""
    return path([left, left, right, right], [bottom, top, top, bottom]) + "z"


def seen(*places):
    """Whether places in the drawing are numbers, not gaps."""
    return all(np.isfinite(place) for place in places)


def brief(value):
    """What a value is like, for a message."""
    if isinstance(value, tuple):
        return f"a tuple of {len(value)}"
    return f"an array of shape {np.shape(value)}"
