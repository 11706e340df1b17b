"""Texts with a number in them."""

import re
from typing import Any
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

import numpy as np
from matplotlib.colors import to_hex
from matplotlib.text import Text

from slopes.explore.artists.artist import (
    Artist,
    Groups,
    Slots,
    Undo,
    Value,
    in_data_coordinates,
)
from slopes.explore.artists.geometry import Scale
from slopes.explore.page.format import format_number, without_tex

_PLAIN = r"((?:[^{}]|{{|}})*)"
_ONE_NUMBER = re.compile(_PLAIN + r"{(?::(\+?(?:\.\d+)?[efg])?)?}" + _PLAIN)


class MovingText(Artist[Text]):
    """A text with one number in it: the number, or ``(x, y, number)``."""

    kind = "text"

    def __init__(self, name: str, artist: Text):
        super().__init__(name, artist)
        self.point = self.home = artist.get_position()  # apart where it is moved in a drawing
        self.before, self.format_spec, self.after = _split(name, artist.get_text())
        if artist.get_rotation() or artist.get_bbox_patch():
            raise ValueError(f"{name!r} is rotated or in a box; draw it plain")

    def take(self, value: Any) -> Value:
        if not isinstance(value, tuple):
            value = (*self.point, value)
        x, y, number = self._parts(value, "a number, or (x, y, number)", (3,))
        parts = {"its x": x, "its y": y, "its number": number}
        return tuple(self._numbers(what, part, ()) for what, part in parts.items())

    def positions(self, value: Value) -> Value:
        scale_x, scale_y = self._scales()
        return scale_x(value[0]), scale_y(value[1])

    def draw(self, value: Value) -> list[str]:
        x, y = self.positions(value)
        if not np.isfinite([x, y]).all():
            return ["0", "0", ""]
        number = format_number(float(value[2]), self.format_spec)
        return [f"{x:.2f}", f"{y:.2f}", escape(self.before + number + self.after)]

    def agrees(self, value: Value, other: Value) -> bool:
        same = np.allclose(value[2], other[2], rtol=1e-9, atol=1e-12, equal_nan=True)
        return same and super().agrees(value, other)

    def open_slots(self, groups: Groups, slots: Slots) -> None:
        (group,) = groups
        group[:] = [self._element(next(slots), next(slots))]
        group[0].text = next(slots)

    def stand_for(self, other: Artist[Text]) -> None:
        if isinstance(other, MovingText):
            self.home = other.point

    def _element(self, x: str, y: str) -> Element:
        text: Any = self.artist  # matplotlib's types leave out the short names of its methods
        anchor = {"left": "start", "center": "middle", "right": "end"}[text.get_ha()]
        rise = {"bottom": "-0.25em", "center": "0.35em", "top": "0.9em"}.get(text.get_va(), "0")
        style = f"font:{text.get_fontsize():g}px sans-serif;fill:{to_hex(text.get_color())}"
        return Element("text", {"x": x, "y": y, "text-anchor": anchor, "dy": rise, "style": style})

    def _scales(self) -> tuple[Scale, Scale]:
        data_x, data_y = in_data_coordinates(self.artist, self.axes)
        frame = self.frame
        x = frame.x if data_x else frame.share_x
        y = frame.y if data_y else frame.share_y
        across, up = np.subtract(self.point, self.home).tolist()
        return x.moved(across), y.moved(up)

    def spec(self) -> dict[str, Any]:
        x, y = self._scales()
        words = {"before": self.before, "format": self.format_spec, "after": self.after}
        return {"x": x.spec(), "y": y.spec(), **words}

    def set_placeholder(self) -> Undo:
        return lambda: None


def _split(name: str, text: str) -> tuple[str, str, str]:
    """The text before its number, the number's format, and the text after it."""
    found = _ONE_NUMBER.fullmatch(text)
    if not found:
        raise ValueError(
            f"{name!r} has the text {text!r}; give it one number, such as 'width {{:.3f}}'"
        )
    before, format_spec, after = found.groups(default="")
    return without_tex(_unescaped(before)), format_spec, without_tex(_unescaped(after))


def _unescaped(text: str) -> str:
    """Braces as a text shows them: ``{{`` and ``}}`` stand for one."""
    return text.replace("{{", "{").replace("}}", "}")
