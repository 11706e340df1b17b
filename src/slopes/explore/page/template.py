"""The drawing of a figure as SVG with slots, which the moving artists fill."""

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import fromstring, tostring

from slopes.figures import _svg
from slopes.figures._house import Picture

_OPEN, _CLOSE = "\ue000", "\ue001"  # private characters: no text of a figure has them
_SLOT = re.compile(f"{_OPEN}(\\d+){_CLOSE}")


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
        groups = [(each.get("id", ""), each) for each in root.iter(f"{_svg.SPACE}g")]
        _svg.tidy(root, prefix)
        slots = (f"{_OPEN}{number}{_CLOSE}" for number in itertools.count())
        for artist in artists:
            own = [group for gid, group in groups if gid.partition("[")[0] == artist.name]
            for group in own:
                group.set("data-artist", artist.name)
            artist.open_slots(own, slots)
        _svg.unwrap(root)
        _svg.drop_unused(root, [artist.mark for artist in artists if artist.mark])
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
