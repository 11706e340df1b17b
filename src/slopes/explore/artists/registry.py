"""Which artists of a figure can move, and as which kind."""

from collections.abc import Sequence
from typing import Any, cast

from matplotlib.artist import Artist as MatplotlibArtist
from matplotlib.axes import Axes
from matplotlib.collections import FillBetweenPolyCollection, QuadMesh
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation, Text

from slopes.explore.artists.artist import Artist, in_data_coordinates
from slopes.explore.artists.band import Band
from slopes.explore.artists.bars import Bars, row_name
from slopes.explore.artists.heatmap import HeatMap
from slopes.explore.artists.line import Line
from slopes.explore.artists.spans import Rule, Span
from slopes.explore.artists.text import MovingText


def named_artists(figure: Figure) -> dict[str, list[MatplotlibArtist]]:
    """The artists of `figure` that have a gid, by name: one for each, or the bars of a row.

    Raises
    ------
    ValueError
        If two artists have the same name.
    """
    found: dict[str, list[MatplotlibArtist]] = {}
    for artist in figure.findobj(lambda artist: artist.get_gid() is not None):
        found.setdefault(row_name(artist) or str(artist.get_gid()), []).append(artist)
    for name, artists in found.items():
        if len(artists) > 1 and not all(row_name(each) for each in artists):
            raise ValueError(f"two artists of the figure have the gid {name!r}; rename one")
    return found


def moving_artist(name: str, artists: Sequence[MatplotlibArtist]) -> Artist[Any]:
    """What has that name in a figure, as one of the kinds that can move.

    Raises
    ------
    TypeError
        If it is of no such kind.
    ValueError
        If it is drawn in a way that the page cannot repeat.
    """
    artist = artists[0]
    if row_name(artist):
        return Bars(name, cast(Sequence[Rectangle], artists))
    if isinstance(artist, FillBetweenPolyCollection):
        return Band(name, artist)
    if isinstance(artist, QuadMesh | AxesImage):
        return HeatMap(name, artist)
    if isinstance(artist, Text) and not isinstance(artist, Annotation):
        return MovingText(name, artist)
    if isinstance(artist, Line2D | Rectangle) and isinstance(artist.axes, Axes):
        x, y = in_data_coordinates(artist, artist.axes)
        if x != y:
            return Rule(name, artist) if isinstance(artist, Line2D) else Span(name, artist)
        if x and isinstance(artist, Line2D):
            return Line(name, artist)
    raise TypeError(
        f"{name!r} is a {type(artist).__name__} that cannot move; draw it with plot, fill_between, "
        "axvline, axhline, axvspan, axhspan, text, pcolormesh, imshow, or bar with name_bars"
    )
