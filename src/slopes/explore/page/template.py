"""The drawing of a figure as SVG with slots, which the moving artists fill."""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, fromstring, tostring

from slopes.figures._house import Picture

_SVG, _LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_OPEN, _CLOSE = "\ue000", "\ue001"  # private characters: no text of a figure has them
_SLOT = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_NUMBER = re.compile(r"-?\d+\.\d+")
_LENGTHS = {"d", "x", "y", "width", "height"}


class Template:
    """The SVG of a figure, in which each of the moving artists draws itself anew.

    Parameters
    ----------
    figure : Picture
        Drawn once, by matplotlib, and left as it was.
    artists : sequence of Artist
        Those of its artists that move.
    prefix : str
        What all ids begin with, so that several pictures can share a page.
    """

    def __init__(self, figure: Picture, artists: Sequence[Any], prefix: str):
        self.artists = artists
        root = fromstring(_drawn(figure, artists))
        groups = [(each.get("id", ""), each) for each in root.iter(f"{_SVG}g")]
        _tidy(root, prefix)
        slots = (f"{_OPEN}{number}{_CLOSE}" for number in itertools.count())
        for artist in artists:
            own = [group for gid, group in groups if gid.partition("[")[0] == artist.name]
            for group in own:
                group.set("data-artist", artist.name)
            artist.open_slots(own, slots)
        _unwrap(root)
        _drop_unused(root, [artist.mark for artist in artists if artist.mark])
        parts = _SLOT.split(tostring(root, encoding="unicode"))
        self._pieces, self._order = parts[::2], [int(number) for number in parts[1::2]]

    def svg(self, values: Mapping[str, Any]) -> str:
        """The picture with the artists at `values`, what each of them took, by name."""
        texts = [text for artist in self.artists for text in artist.draw(values[artist.name])]
        in_order = [texts[number] for number in self._order]
        pairs = itertools.zip_longest(self._pieces, in_order, fillvalue="")
        return "".join(itertools.chain.from_iterable(pairs))


def _drawn(figure: Picture, artists: Sequence[Any]) -> str:
    """The figure as matplotlib draws it, each moving artist at a placeholder."""
    restore = [artist.set_placeholder() for artist in artists]
    try:
        text: str = figure.svg()
        for artist in artists:
            artist.lay_out(figure)
    finally:
        for undo in restore:
            undo()
    return text


def _tidy(root: Element, prefix: str) -> None:
    """Strip what the page does not need, and make the ids its own."""
    for each in root.iter():
        each.tag = each.tag.removeprefix(_SVG)
        each.text = each.tail = None
        each.attrib = {key.removeprefix(_LINK): _short(key, text) for key, text in each.items()}
    shared = _definitions(root)
    root.insert(0, shared)
    _rename(root, {item.get("id"): f"{prefix}-{n}" for n, item in enumerate(shared)})
    box = root.get("viewBox", "")
    root.attrib = {"xmlns": _SVG[1:-1], "viewBox": box, "role": "img", "aria-label": ""}
    root.set("style", "stroke-linejoin:round;stroke-linecap:butt")


def _short(key: str, text: str) -> str:
    """An attribute with its numbers rounded to a hundredth of a pixel and its blanks dropped."""
    if key == "style":
        return text.replace("; ", ";").replace(": ", ":")
    if key == "transform":
        return re.sub(r"translate\(.*?\)", lambda found: _hundredths(found[0]), text)
    if key == "d":
        text = re.sub(r"\s+", " ", text).strip()
        text = re.sub(r" ?([A-Za-z]) ?", r"\1", text)
    return _hundredths(text) if key in _LENGTHS else text


def _hundredths(text: str) -> str:
    return _NUMBER.sub(lambda found: f"{float(found[0]) + 0.0:.2f}".rstrip("0").rstrip("."), text)


def _definitions(root: Element) -> Element:
    """All definitions of the drawing in one element, taken from where they stood."""
    shared = Element("defs")
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "defs":
                shared.extend(item for item in child if item.tag != "style")
            if child.tag in ("defs", "metadata"):
                parent.remove(child)
    return shared


def _rename(root: Element, names: Mapping[str | None, str]) -> None:
    """Give ids and references to them their new names; groups need none."""
    for each in root.iter():
        if each.tag == "g":
            each.attrib.pop("id", None)
        for key, text in each.items():
            each.set(key, names.get(text, text) if key == "id" else _referring(text, names))


def _referring(text: str, names: Mapping[str | None, str]) -> str:
    return re.sub(r"#([^)]+)", lambda found: "#" + names.get(found[1], found[1]), text)


def _unwrap(element: Element) -> None:
    """Replace each group that says nothing by what it holds."""
    for child in list(element):
        _unwrap(child)
    held: list[Element] = []
    for child in element:
        held.extend(child if child.tag == "g" and not child.attrib else [child])
    element[:] = held


def _drop_unused(root: Element, marks: Iterable[str]) -> None:
    """Drop the definitions to which neither the drawing nor a marker refers."""
    text = tostring(root, encoding="unicode") + " ".join(marks)
    used = set(re.findall(r"#([^\s)\"]+)", text))
    root[0][:] = [item for item in root[0] if item.get("id") in used]
