"""Texts with a number in them."""

import re
import string
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import numpy as np
from matplotlib.colors import to_hex

from slopes.explore.artists import Artist, free, seen
from slopes.explore.written import formatted, plain


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
        if not seen(x, y):
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
