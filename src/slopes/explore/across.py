"""Artists that cross the whole axes one way: rules and spans."""

from slopes.explore.artists import Artist, box, free, inside
from slopes.explore.drawing import path


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
        middle = inside(self.axes.xaxis if self.vertical else self.axes.yaxis)[0]
        place = ([middle] * 2, kept[1]) if self.vertical else (kept[0], [middle] * 2)
        self.artist.set_data(*place)
        return lambda: self.artist.set_data(*kept)


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
            return [box(low, high, frame.bottom, frame.top)]
        return [box(frame.left, frame.right, low, high)]

    def stand_in(self):
        bar, kept = self.artist, self.artist.get_bbox().bounds
        low, high = inside(self.axes.xaxis if self.vertical else self.axes.yaxis)
        if self.vertical:
            bar.set_bounds(low, kept[1], high - low, kept[3])
        else:
            bar.set_bounds(kept[0], low, kept[2], high - low)
        return lambda: bar.set_bounds(*kept)
