"""The drawing of a figure as SVG with slots, which the moving artists fill."""

import itertools
import re
from xml.etree import ElementTree

_SVG, _LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_OPEN, _CLOSE = "\ue000", "\ue001"  # private characters: no text of a figure has them
_SLOT = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_NUMBER = re.compile(r"-?\d+\.\d+")

_LENGTHS = {"d", "x", "y", "width", "height"}


class Template:
    """The SVG of `figure`, in which each of `artists` draws itself anew.

    Ids begin with `prefix`, so that several pictures can share a page.
    """

    def __init__(self, figure, artists, prefix):
        self.artists = artists
        root = ElementTree.fromstring(_drawn(figure, artists))
        groups = _tidy(root, prefix)
        count = itertools.count()
        for artist in artists:
            own = [group for gid, group in groups if gid.partition("[")[0] == artist.name]
            for group in own:
                group.set("data-artist", artist.name)
            artist.open_slots(own, (f"{_OPEN}{n}{_CLOSE}" for n in count))
        _unwrap(root)
        _drop_unused(root, [artist.mark for artist in artists if artist.mark])
        text = ElementTree.tostring(root, encoding="unicode")
        parts = _SLOT.split(text)
        self.pieces, self.order = parts[::2], [int(number) for number in parts[1::2]]

    def svg(self, values):
        """The picture with the artists at `values`, a dictionary by name."""
        texts = [text for artist in self.artists for text in artist.draw(values[artist.name])]
        in_order = [texts[number] for number in self.order]
        pairs = itertools.zip_longest(self.pieces, in_order, fillvalue="")
        return "".join(itertools.chain.from_iterable(pairs))


def _drawn(figure, artists):
    restore = [artist.set_placeholder() for artist in artists]
    try:
        text = figure.svg()
        for artist in artists:
            artist.lay_out(figure)
    finally:
        for undo in restore:
            undo()
    return text


def _tidy(root, prefix):
    """Strip what the page does not need and make ids its own; the groups of the artists by gid."""
    groups = [(each.get("id"), each) for each in root.iter(f"{_SVG}g") if each.get("id")]
    shared = ElementTree.Element("defs")
    for each in list(root.iter()):
        each.tag = each.tag.removeprefix(_SVG)
        each.text = each.tail = None
        each.attrib = {key.removeprefix(_LINK): _short(key, text) for key, text in each.items()}
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "defs":
                shared.extend(item for item in child if item.tag != "style")
            if child.tag in ("defs", "metadata"):
                parent.remove(child)
    root.insert(0, shared)
    names = {item.get("id"): f"{prefix}-{n}" for n, item in enumerate(shared)}
    for each in root.iter():
        if each.tag == "g":
            each.attrib.pop("id", None)
        for key, text in each.items():
            each.set(key, names.get(text, text) if key == "id" else _renamed(text, names))
    box = root.get("viewBox")
    root.attrib = {"xmlns": _SVG[1:-1], "viewBox": box, "role": "img", "aria-label": ""}
    root.set("style", "stroke-linejoin:round;stroke-linecap:butt")
    return groups


def _short(key, text):
    """An attribute with its numbers rounded to a hundredth of a pixel and its blanks dropped."""
    if key == "style":
        return text.replace("; ", ";").replace(": ", ":")
    if key == "d":
        text = re.sub(r"\s+", " ", text).strip()
        text = re.sub(r" ?([A-Za-z]) ?", r"\1", text)
    if key == "transform":
        return re.sub(r"translate\(.*?\)", lambda found: _NUMBER.sub(_hundredths, found[0]), text)
    return _NUMBER.sub(_hundredths, text) if key in _LENGTHS else text


def _hundredths(found):
    return f"{float(found[0]) + 0.0:.2f}".rstrip("0").rstrip(".")


def _renamed(text, names):
    return re.sub(r"#([^)]+)", lambda found: "#" + names.get(found[1], found[1]), text)


def _unwrap(element):
    """Replace each group that says nothing by what it holds."""
    for child in list(element):
        _unwrap(child)
    held = []
    for child in element:
        held.extend(child if child.tag == "g" and not child.attrib else [child])
    element[:] = held


def _drop_unused(root, marks):
    text = ElementTree.tostring(root, encoding="unicode") + " ".join(marks)
    used = set(re.findall(r"#([^\s)\"]+)", text))
    root[0][:] = [item for item in root[0] if item.get("id") in used]
