"""The SVG of a picture, as light as it can be: short numbers, and nothing that does not show."""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element, fromstring, tostring

SPACE, _LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_NUMBER = re.compile(r"-?\d+\.\d+")
_POLYLINE = re.compile(r"M-?[\d.]+ -?[\d.]+(?:L-?[\d.]+ -?[\d.]+)+")
_ALONG = re.compile(r"translate\((-?[\d.]+) (-?[\d.]+)\)")
_COLOUR = re.compile(r"#(\w)\1(\w)\2(\w)\3\b")
_LENGTHS = {"d", "x", "y", "width", "height"}


def light(svg: str) -> str:
    """A picture's SVG text without what does not show."""
    root = fromstring(svg)
    tidy(root, "g")
    _share_styles(root)
    unwrap(root)
    drop_unused(root, [])
    return tostring(root, encoding="unicode").replace(" />", "/>")


def tidy(root: Element, prefix: str) -> None:
    """Strip what the page does not need, and make the ids its own."""
    for each in root.iter():
        each.tag = each.tag.removeprefix(SPACE)
        each.text = each.tail = None
        each.attrib = {key.removeprefix(_LINK): _short(key, text) for key, text in each.items()}
        if moved := _ALONG.fullmatch(each.get("transform", "")) if each.tag == "use" else None:
            each.attrib = {"href": each.attrib["href"], "x": moved[1], "y": moved[2]}
            if float(moved[2]) == 0:
                del each.attrib["y"]
    shared = _definitions(root)
    root.insert(0, shared)
    _rename(root, {item.get("id"): f"{prefix}-{n}" for n, item in enumerate(shared)})
    box = root.get("viewBox", "")
    root.attrib = {"xmlns": SPACE[1:-1], "viewBox": box, "role": "img", "aria-label": ""}
    root.set("style", "stroke-linejoin:round;stroke-linecap:butt")


def _share_styles(root: Element) -> None:
    """Say once for a row of markers how they look."""
    for group in root.iter("g"):
        styles = {each.get("style") for each in group}
        if len(group) > 1 and "style" not in group.attrib and len(styles) == 1:
            (style,) = styles
            for each in group:
                each.attrib.pop("style", None)
            group.attrib |= {"style": style} if style else {}


def _short(key: str, text: str) -> str:
    """An attribute with its numbers rounded to a hundredth of a pixel and its blanks dropped."""
    if key == "style":
        text = text.replace("; ", ";").replace(": ", ":").replace("stroke-dashoffset:0;", "")
        return _COLOUR.sub(r"#\1\2\3", text)
    if key == "transform":
        return re.sub(r"translate\(.*?\)", lambda found: _hundredths(found[0]), text)
    if key == "d":
        text = re.sub(r"\s+", " ", text).strip()
        text = re.sub(r" ?([A-Za-z]) ?", r"\1", text)
        return _POLYLINE.sub(_steps, _hundredths(text))
    return _hundredths(text) if key in _LENGTHS else text


def _hundredths(text: str) -> str:
    return _NUMBER.sub(lambda found: f"{float(found[0]) + 0.0:.2f}".rstrip("0").rstrip("."), text)


def _steps(found: re.Match[str]) -> str:
    """A line through points, each by its step from the last."""
    places = [round(100 * float(number)) for number in re.split("[ML ]", found[0])[1:]]
    points = list(zip(places[::2], places[1::2], strict=True))
    steps = [(x - a, y - b) for (a, b), (x, y) in itertools.pairwise(points)]
    return f"M{_pairs(points[:1])}l{_pairs(steps)}"


def _pairs(pairs: Sequence[tuple[int, int]]) -> str:
    text = " ".join(f"{x / 100:g} {y / 100:g}" for x, y in pairs)
    return re.sub(r"\b0\.", ".", text).replace(" -", "-")


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
    """Give ids and references to them their new names; what is not defined once needs none."""
    for each in root.iter():
        if each.get("id") not in names:
            each.attrib.pop("id", None)
        for key, text in each.items():
            each.set(key, names.get(text, text) if key == "id" else _referring(text, names))


def _referring(text: str, names: Mapping[str | None, str]) -> str:
    return re.sub(r"#([^)]+)", lambda found: "#" + names.get(found[1], found[1]), text)


def unwrap(element: Element) -> None:
    """Replace each group that says nothing by what it holds."""
    for child in list(element):
        unwrap(child)
    held: list[Element] = []
    for child in element:
        held.extend(child if child.tag == "g" and not child.attrib else [child])
    element[:] = held


def drop_unused(root: Element, marks: Iterable[str]) -> None:
    """Drop the definitions to which neither the drawing nor a marker refers."""
    text = tostring(root, encoding="unicode") + " ".join(marks)
    used = set(re.findall(r"#([^\s)\"]+)", text))
    root[0][:] = [item for item in root[0] if item.get("id") in used]
