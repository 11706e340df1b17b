"""SVG figures that strangers handed in, with what draws in them and nothing else.

A page shows them as pictures (``<img>``), where no script runs and nothing is
loaded; so this is the second wall, and the one against figures that never end.
"""

import re
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

LARGEST = 4 << 20  # bytes
MOST_DRAWN = 200_000  # elements, those drawn again by <use> included
SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
DRAWING = frozenset(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan title desc "
    "clipPath linearGradient radialGradient stop marker image style".split()
)
HREF = ("href", f"{{{XLINK}}}href")
PICTURE = re.compile(r"data:image/(png|jpeg);base64,[\w+/=\s]*")
LOADS = re.compile(r"@import|image-set|src\(|url\(\s*(?!['\"]?#)|\\|expression", re.I)


def safe_svg(data: bytes) -> bytes | None:
    """An SVG without anything that runs or loads; None where there is nothing to draw."""
    try:
        root = fromstring(data) if len(data) <= LARGEST else None
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        return None
    if root is None or _name(root) != "svg":
        return None
    try:
        _strip(root)
        return tostring(root) if 1 < _drawn(root) <= MOST_DRAWN else None
    except RecursionError:
        return None


def _name(element: Element) -> str:
    """The name of an element that draws, or ``""``."""
    space, _, name = str(element.tag).rpartition("}")
    return name if space in ("", f"{{{SVG}") and name in DRAWING else ""


def _strip(element: Element) -> None:
    """Take out, all the way down, the elements that do not draw and what could load something."""
    for name, value in list(element.attrib.items()):
        if not _is_harmless(element, name, value):
            del element.attrib[name]
    if _name(element) == "style" and LOADS.search(element.text or ""):
        element.text = ""
    for child in list(element):
        if _name(child):
            _strip(child)
        else:
            element.remove(child)


def _is_harmless(element: Element, name: str, value: str) -> bool:
    if name in HREF:
        is_picture = _name(element) == "image" and PICTURE.fullmatch(value)
        return value.startswith("#") or bool(is_picture)
    return not name.lower().startswith("on") and not LOADS.search(value)


def _drawn(root: Element) -> int:
    """How many elements are drawn, what <use> repeats counted each time."""
    parts = {element.get("id"): element for element in root.iter() if element.get("id")}
    known: dict[Element, int] = {}

    def drawn(element: Element, depth: int) -> int:
        if depth > 200:
            return MOST_DRAWN + 1  # it draws itself, or is built to exhaust
        if element not in known:
            used = next((parts.get(element.get(h, "")[1:]) for h in HREF if element.get(h)), None)
            below = [*element] if used is None else [*element, used]
            known[element] = 1 + sum(drawn(child, depth + 1) for child in below)
        return known[element]

    return drawn(root, 0)
