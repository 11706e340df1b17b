"""Which artists of a figure can move, and as what."""

import re

from matplotlib.collections import FillBetweenPolyCollection, QuadMesh
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation, Text

from slopes.explore.across import Rule, Span
from slopes.explore.artists import Band, Bars, Line, free
from slopes.explore.heat import Heat
from slopes.explore.label import Label

_BAR = re.compile(r"(.+)\[(\d+)\]")


def named_artists(figure):
    """The artists of `figure` that have a gid, by name; a row of bars is one list."""
    found = {}
    for artist in figure.findobj(lambda artist: artist.get_gid() is not None):
        gid = artist.get_gid()
        bar = _BAR.fullmatch(gid)
        if bar:
            found.setdefault(bar[1], []).append(artist)
        elif gid in found:
            raise ValueError(f"two artists of the figure have the gid {gid!r}; rename one")
        else:
            found[gid] = artist
    return found


def movable(name, artist):
    """The artist called `name`, as one of the kinds that can move."""
    return _kind(name, artist)(name, artist)


def _kind(name, artist):
    if isinstance(artist, list):
        return Bars
    if isinstance(artist, FillBetweenPolyCollection):
        return Band
    if isinstance(artist, QuadMesh | AxesImage):
        return Heat
    if isinstance(artist, Text) and not isinstance(artist, Annotation):
        return Label
    if isinstance(artist, Line2D | Rectangle) and artist.axes is not None:
        line, (x, y) = isinstance(artist, Line2D), free(artist)
        if x != y:
            return Rule if line else Span
        if line and x:
            return Line
    raise TypeError(
        f"{name!r} is a {type(artist).__name__} that cannot move; draw it with plot, fill_between, "
        "axvline, axhline, axvspan, axhspan, text, pcolormesh, imshow, or bar with name_bars"
    )
