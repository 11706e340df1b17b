"""The SVG of a picture, as light as it can be: short numbers, and nothing that does not show."""

import re
from collections.abc import Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element, fromstring, tostring

SPACE, _LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_NUMBER = re.compile(r"-?\d+\.\d+")
_KNOWN = re.compile(r"M[-MLQCz\d. ]*")  # paths with absolute lines and curves alone
_COMMAND = re.compile(r"([MLQCz])([^MLQCz]*)")
_PLACE = re.compile(r"-?[\d.]+")
_POINTS = {"M": 0, "z": 0, "L": 1, "Q": 2, "C": 3}  # for each part of a path
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
        return _steps(text) if _KNOWN.fullmatch(text) else _hundredths(text)
    return _hundredths(text) if key in _LENGTHS else text


def _hundredths(text: str) -> str:
    return _NUMBER.sub(lambda found: f"{float(found[0]) + 0.0:.2f}".rstrip("0").rstrip("."), text)


def _steps(path: str) -> str:
    """A path of which each point but the first of a line is told by its step from where it is."""
    text, here, before = "", (0, 0), ""
    for letter, numbers in _COMMAND.findall(path):
        places = [round(100 * float(number)) for number in _PLACE.findall(numbers)]
        points = list(zip(places[::2], places[1::2], strict=True))
        count = _POINTS[letter] or len(points) or 1
        parts = [points[i : i + count] for i in range(0, len(points), count)]
        if letter in "Mz":
            text += letter + " ".join(map(_pairs, parts))
            here = points[-1] if points else here
        else:
            text += " " if letter == before else letter.lower()
            steps = []
            for part in parts:
                steps += [(x - here[0], y - here[1]) for x, y in part]
                here = part[-1]
            text += _pairs(steps)
        before = letter
    return text.replace(" -", "-")


def _pairs(pairs: Sequence[tuple[int, int]]) -> str:
    text = " ".join(_bare(number) for pair in pairs for number in pair)
    return text.replace(" -", "-")


def _bare(hundredths: int) -> str:
    """A number of hundredths as the shortest decimal."""
    text = f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")
    return re.sub(r"^(-?)0\.", r"\1.", text)


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
