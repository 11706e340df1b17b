"""Which artists of a figure can move, and as which kind."""

from matplotlib.artist import Artist as MatplotlibArtist
from matplotlib.collections import FillBetweenPolyCollection, QuadMesh
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation, Text

from slopes.explore.artists.artist import Artist, in_data_coordinates
from slopes.explore.artists.band import Band
from slopes.explore.artists.bars import GID, Bars
from slopes.explore.artists.heatmap import Heat
from slopes.explore.artists.line import Line
from slopes.explore.artists.spans import Rule, Span
from slopes.explore.artists.text import MovingText

Named = MatplotlibArtist | list[MatplotlibArtist]


def named_artists(figure: Figure) -> dict[str, Named]:
    """The artists of `figure` that have a gid, by name; a row of bars is one list.

    Raises
    ------
    ValueError
        If two artists have the same gid.
    """
    found: dict[str, Named] = {}
    for artist in figure.findobj(lambda artist: artist.get_gid() is not None):
        gid = artist.get_gid()
        bar = GID.fullmatch(gid)
        if bar:
            found.setdefault(bar[1], []).append(artist)
        elif gid in found:
            raise ValueError(f"two artists of the figure have the gid {gid!r}; rename one")
        else:
            found[gid] = artist
    return found


def moving_artist(name: str, artist: Named) -> Artist:
    """The artist called `name`, as one of the kinds that can move.

    Raises
    ------
    TypeError
        If it is of no such kind.
    ValueError
        If it is drawn in a way that the page cannot repeat.
    """
    return _kind(name, artist)(name, artist)


def _kind(name: str, artist: Named) -> type[Artist]:
    if isinstance(artist, list):
        return Bars
    if isinstance(artist, FillBetweenPolyCollection):
        return Band
    if isinstance(artist, QuadMesh | AxesImage):
        return Heat
    if isinstance(artist, Text) and not isinstance(artist, Annotation):
        return MovingText
    if isinstance(artist, Line2D | Rectangle) and artist.axes is not None:
        line, (x, y) = isinstance(artist, Line2D), in_data_coordinates(artist)
        if x != y:
            return Rule if line else Span
        if line and x:
            return Line
    raise TypeError(
        f"{name!r} is a {type(artist).__name__} that cannot move; draw it with plot, fill_between, "
        "axvline, axhline, axvspan, axhspan, text, pcolormesh, imshow, or bar with name_bars"
    )
