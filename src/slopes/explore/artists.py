"""The artists of a figure that can move: what each takes, and how it is drawn as SVG.

Each class stands for one kind. It is made from the artist of the figure,
checks the values an `update` returns for it (`take`), and writes them as the
texts of its slots in the drawing (`draw`). `page.js` draws the same way.
"""

import re
import string
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import numpy as np
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from slopes._arguments import Traced
from slopes.explore.drawing import FAR, Frame, path, runs
from slopes.explore.written import formatted, plain

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
            raise ValueError(f"{self.name!r} is given {_brief(value)}; give {names}")
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
        self.artist.set_data(_inside(self.axes.xaxis), _inside(self.axes.yaxis))
        return lambda: self.artist.set_data(*kept)


class Across(Artist):
    """What rules and spans share: they cross the whole axes one way."""

    def __init__(self, name, artist):
        super().__init__(name, artist)
        self.vertical = free(artist)[0]

    def along(self):
        """The scale along which the artist moves."""
        return self.frame.x if self.vertical else self.frame.y

    def spec(self):
        frame = self.frame
        across = [frame.bottom, frame.top] if self.vertical else [frame.left, frame.right]
        return {"vertical": self.vertical, "along": self.along().spec(), "across": across}


class Rule(Across):
    """A vertical or horizontal rule across the axes: its place."""

    kind = "rule"

    def take(self, value):
        return (self._numbers("its place", value, ()),)

    def places(self, value):
        return (self.along()(value[0]),)

    def draw(self, value):
        frame, (place,) = self.frame, self.places(value)
        if self.vertical:
            return [path([place, place], [frame.bottom, frame.top])]
        return [path([frame.left, frame.right], [place, place])]

    def stand_in(self):
        kept = self.artist.get_data(orig=True)
        middle = _inside(self.axes.xaxis if self.vertical else self.axes.yaxis)[0]
        place = ([middle] * 2, kept[1]) if self.vertical else (kept[0], [middle] * 2)
        self.artist.set_data(*place)
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
        kept = [path.vertices for path in self.artist.get_paths()]
        x, y = _inside(self.axes.xaxis), _inside(self.axes.yaxis)
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
        return [_box(*sides) for sides in zip(left, right, base, top, strict=True)]

    def spec(self):
        left, right = self.frame.x(self.left), self.frame.x(self.right)
        return {
            "y": self.frame.y.spec(),
            "bars": np.column_stack([left.round(3), right.round(3), self.base]).tolist(),
        }

    def stand_in(self):
        kept = [bar.get_height() for bar in self.bars]
        for bar in self.bars:
            bar.set_height(_inside(self.axes.yaxis)[0] - bar.get_y())
        return lambda: [bar.set_height(h) for bar, h in zip(self.bars, kept, strict=True)]


class Span(Across):
    """A vertical or horizontal strip across the axes: ``(low, high)``."""

    kind = "span"

    def take(self, value):
        ends = self._parts(value, "(low, high)", (2,))
        return tuple(self._numbers("an end", end, ()) for end in ends)

    def places(self, value):
        return self.along()(value[0]), self.along()(value[1])

    def draw(self, value):
        frame, (low, high) = self.frame, self.places(value)
        if self.vertical:
            return [_box(low, high, frame.bottom, frame.top)]
        return [_box(frame.left, frame.right, low, high)]

    def stand_in(self):
        bar, kept = self.artist, self.artist.get_bbox().bounds
        low, high = _inside(self.axes.xaxis if self.vertical else self.axes.yaxis)
        if self.vertical:
            bar.set_bounds(low, kept[1], high - low, kept[3])
        else:
            bar.set_bounds(kept[0], low, kept[2], high - low)
        return lambda: bar.set_bounds(*kept)


class Label(Artist):
    """A text with one number in it: the number, or ``(x, y, number)``."""

    kind = "label"

    def __init__(self, name, artist):
        super().__init__(name, artist)
        self.place = artist.get_position()
        self.before, self.format, self.after = _template(name, artist.get_text())
        if artist.get_rotation() or artist.get_bbox_patch():
            raise ValueError(f"{name!r} is rotated or in a box; draw it plain")

    def take(self, value):
        if not isinstance(value, tuple):
            value = (*self.place, value)
        x, y, number = self._parts(value, "a number, or (x, y, number)", (3,))
        parts = {"its x": x, "its y": y, "its number": number}
        return tuple(self._numbers(what, part, ()) for what, part in parts.items())

    def places(self, value):
        across, up = self._scales()
        return across(value[0]), up(value[1])

    def draw(self, value):
        x, y = self.places(value)
        if not _seen(x, y):
            return ["0", "0", ""]
        number = formatted(float(value[2]), self.format)
        return [f"{x:.2f}", f"{y:.2f}", escape(self.before + number + self.after)]

    def adopt(self, groups, slots):
        (group,) = groups
        for each in list(group):
            group.remove(each)
        group.append(self._text_element(next(slots), next(slots)))
        group[0].text = next(slots)

    def _text_element(self, x, y):
        text = self.artist
        anchor = {"left": "start", "center": "middle", "right": "end"}[text.get_ha()]
        rise = {"bottom": "-0.25em", "center": "0.35em", "top": "0.9em"}.get(text.get_va(), "0")
        style = f"font:{text.get_fontsize():g}px sans-serif;fill:{to_hex(text.get_color())}"
        look = {"text-anchor": anchor, "dy": rise, "style": style}
        return ElementTree.Element("text", {"x": x, "y": y, **look})

    def _scales(self):
        free_x, free_y = free(self.artist)
        return (
            self.frame.x if free_x else self.frame.share_x,
            self.frame.y if free_y else self.frame.share_y,
        )

    def spec(self):
        x, y = self._scales()
        words = {"before": self.before, "format": self.format, "after": self.after}
        return {"x": x.spec(), "y": y.spec(), **words}

    def agrees(self, value, other):
        same = np.allclose(value[2], other[2], rtol=1e-9, atol=1e-12, equal_nan=True)
        return same and super().agrees(value, other)

    def stand_in(self):
        return lambda: None


def free(artist):
    """Which of its two coordinates an artist takes from the data."""
    patch = isinstance(artist, Rectangle)
    transform = artist.get_data_transform() if patch else artist.get_transform()
    return transform.contains_branch_seperately(artist.axes.transData)


def _inside(axis):
    """Two numbers inside the limits of an axis: where an artist stands while it is drawn."""
    low, high = axis.get_view_interval()
    middle = np.sqrt(low * high) if axis.get_scale() == "log" else (low + high) / 2
    return [middle, (middle + high) / 2]


def _template(name, text):
    """The text before a label's number, the number's format, and the text after it."""
    pieces = list(string.Formatter().parse(text))
    fields = [piece for piece in pieces if piece[1] is not None]
    if len(fields) != 1 or fields[0][1] or not re.fullmatch(r"([+]?([.]\d+)?[efg])?", fields[0][2]):
        raise ValueError(
            f"{name!r} has the text {text!r}; give it one number, such as 'width {{:.3f}}'"
        )
    at = pieces.index(fields[0])
    before = "".join(piece[0] for piece in pieces[: at + 1])
    after = "".join(piece[0] for piece in pieces[at + 1 :])
    return plain(before), fields[0][2], plain(after)


def _box(left, right, bottom, top):
    if not _seen(left, right, bottom, top):
        return ""
    return path([left, left, right, right], [bottom, top, top, bottom]) + "z"


def _seen(*places):
    return all(np.isfinite(place) for place in places)


def _brief(value):
    if isinstance(value, tuple):
        return f"a tuple of {len(value)}"
    return f"an array of shape {np.shape(value)}"
