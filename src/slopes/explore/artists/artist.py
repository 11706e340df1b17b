"""What all artists share: a name, the check of new values, and the way into the drawing.

Each kind of artist is a class. It is made from an artist of the figure, checks
the values that an `update` returns for it (`take`), and writes them as the
texts of its slots in the drawing (`draw`). The script of the page draws the
same way.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar, Generic, TypeVar
from xml.etree.ElementTree import Element

import numpy as np
from matplotlib.artist import Artist as MatplotlibArtist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from slopes._arguments import Traced
from slopes.explore.artists.geometry import Frame

Value = tuple[NDArray[np.float64], ...]  # what `take` makes of a value: checked arrays
Groups = Sequence[Element]  # of the drawing, each with what the figure drew for the artist
Slots = Iterator[str]  # fresh marks, where the template puts the texts of `draw`
Undo = Callable[[], object]
Drawn = TypeVar("Drawn", bound=MatplotlibArtist)


class Artist(ABC, Generic[Drawn]):
    """What moves in a drawing, made from an artist of the figure."""

    kind: ClassVar[str]
    tolerance: ClassVar = {"rtol": 0, "atol": 0.01}  # of positions that look alike
    mark: str | None = None  # where the drawing defines the shape of a line's markers

    def __init__(self, name: str, artist: Drawn):
        self.name, self.artist = name, artist

    @property
    def axes(self) -> Axes:
        """The axes in which the artist lies."""
        axes = self.artist.axes
        if not isinstance(axes, Axes):
            raise TypeError(f"{self.name!r} is in no axes; draw it in one")
        return axes

    @abstractmethod
    def take(self, value: Any) -> Value:
        """What an `update` gives as the artist's value, checked, as a tuple of arrays.

        Raises
        ------
        TypeError
            If the value does not hold numbers.
        ValueError
            If it does not have the shape the artist was drawn with.
        """

    @abstractmethod
    def draw(self, value: Value) -> list[str]:
        """The texts of the artist's slots."""

    @abstractmethod
    def positions(self, value: Value) -> Value:
        """Where the value lies, in pixels of the drawing or on the scale of colours."""

    @abstractmethod
    def spec(self) -> dict[str, Any]:
        """What the script of the page needs to know in order to draw the artist."""

    @abstractmethod
    def set_placeholder(self) -> Undo:
        """Give the artist of the figure a value within the axes; returns how to undo it."""

    def stand_for(self, other: "Artist[Drawn]") -> None:
        """Draw what `other` takes, the same artist in another drawing of the figure."""

    def lay_out(self, figure: Figure) -> None:
        """Remember where the axes lie, after the figure has been drawn."""
        self.frame = Frame(self.axes, figure)

    def open_slots(self, groups: Groups, slots: Slots) -> None:
        """Turn what the figure drew into slots: here, the one path of each group."""
        for group in groups:
            child(group, "path").set("d", next(slots))

    def agrees(self, value: Value, other: Value) -> bool:
        """Whether two values of the artist are drawn alike."""
        pairs = zip(self.positions(value), self.positions(other), strict=True)
        return all(np.allclose(a, b, **self.tolerance, equal_nan=True) for a, b in pairs)

    def _numbers(self, what: str, values: ArrayLike, shape: tuple[int, ...]) -> Any:
        """`values` as floats of `shape`; one number serves all."""
        array = values if isinstance(values, Traced) else np.asarray(values)
        if array.dtype.kind not in "buif":
            raise TypeError(f"{self.name!r} is given {what} of type {array.dtype}; give numbers")
        if array.shape != shape and array.shape != ():
            raise ValueError(
                f"{self.name!r} is given {what} of shape {array.shape}; give shape {shape}, "
                "as it was drawn"
            )
        return np.broadcast_to(array.astype(float), shape)

    def _parts(self, value: Any, names: str, counts: Sequence[int]) -> tuple[Any, ...]:
        """`value` as a tuple, which must have as many parts as one of `counts`."""
        if not isinstance(value, tuple) or len(value) not in counts:
            raise ValueError(f"{self.name!r} is given {_brief(value)}; give {names}")
        return value


def _brief(value: Any) -> str:
    """What a value is like, for a message."""
    if isinstance(value, tuple):
        return f"a tuple of {len(value)}"
    return f"an array of shape {np.shape(value)}"


def child(element: Element, tag: str) -> Element:
    """The first child of `element` that has the tag."""
    return next(each for each in element if each.tag == tag)


def in_data_coordinates(artist: Any, axes: Axes) -> tuple[bool, bool]:
    """Which of its two coordinates, x and y, an artist takes from the data of the axes."""
    of_patch = isinstance(artist, Rectangle)
    transform = artist.get_data_transform() if of_patch else artist.get_transform()
    x, y = transform.contains_branch_seperately(axes.transData)
    return x, y


def within_limits(axis: Axis) -> list[float]:
    """Two numbers within the limits of an axis, for a placeholder."""
    low, high = axis.get_view_interval()
    middle = np.sqrt(low * high) if axis.get_scale() == "log" else (low + high) / 2
    return [middle, (middle + high) / 2]
