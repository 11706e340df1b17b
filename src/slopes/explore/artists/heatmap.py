"""Heat maps: values become the colours of an image stretched over the axes."""

import base64
import struct
import zlib
from typing import Any

import numpy as np
from matplotlib.collections import QuadMesh
from matplotlib.colors import LogNorm, Normalize
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from slopes.explore.artists.artist import Artist, Groups, Slots, Undo, Value


class HeatMap(Artist[QuadMesh | AxesImage]):
    """A heat map: a table of values, a row for each row of cells."""

    kind = "heat"
    tolerance = {"rtol": 1e-6, "atol": 1e-6}  # noqa: RUF012  declared in the base class

    def __init__(self, name: str, artist: QuadMesh | AxesImage):
        super().__init__(name, artist)
        self.shape = _shape(artist)
        if len(self.shape) != 2:
            raise ValueError(f"{name!r} has shape {self.shape}; give rows and columns of cells")
        self.log, (self.low, self.high) = _range(name, artist.norm)
        middles = (np.arange(artist.cmap.N) + 0.5) / artist.cmap.N
        self.colours = artist.cmap(np.r_[middles, np.nan], bytes=True)

    def lay_out(self, figure: Figure) -> None:
        super().lay_out(figure)
        x_edges, y_edges = _edges(self.artist)
        x, y = self.frame.x(x_edges), self.frame.y(y_edges)
        self._check_cells(x, y)
        self.box = min(x[0], x[-1]), min(y[0], y[-1]), abs(x[-1] - x[0]), abs(y[-1] - y[0])
        self.flips = int(x[0] > x[-1]), int(y[0] > y[-1])

    def _check_cells(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        """Refuse cells that an image within the axes cannot show."""
        if max(np.ptp(np.diff(x)), np.ptp(np.diff(y))) > 0.02:
            raise ValueError(f"{self.name!r} has cells of unequal size in the drawing; even them")
        frame = self.frame
        inner = np.array([min(x), min(y), -max(x), -max(y)])
        if np.any(inner < np.array([frame.left, frame.top, -frame.right, -frame.bottom]) - 0.5):
            raise ValueError(f"{self.name!r} reaches beyond its axes; set the limits to its cells")

    def take(self, value: Any) -> Value:
        return (self._numbers("values", value, self.shape),)

    def positions(self, value: Value) -> Value:
        with np.errstate(all="ignore"):
            values = np.log(value[0]) if self.log else value[0]
            return ((values - self.low) / (self.high - self.low),)

    def levels(self, value: Value) -> NDArray[np.int_]:
        """The index of each cell's colour, of which the last is for a gap."""
        count, (share,) = len(self.colours) - 1, self.positions(value)
        with np.errstate(all="ignore"):
            level = np.clip(np.floor(share * count), 0, count - 1)
        return np.where(np.isfinite(share), level, count).astype(int)

    def open_slots(self, groups: Groups, slots: Slots) -> None:
        (group,) = groups
        (cells,) = group
        for key, number in zip(("x", "y", "width", "height"), self.box, strict=True):
            cells.set(key, f"{number:.2f}")
        cells.tag = "image"
        cells.set("preserveAspectRatio", "none")
        cells.set("style", "image-rendering:pixelated")
        cells.attrib.pop("d")
        cells.set("href", next(slots))

    def draw(self, value: Value) -> list[str]:
        table = self.colours[self.levels(value)]
        mirrored, upturned = self.flips
        return [_png(table[:: 1 - 2 * upturned, :: 1 - 2 * mirrored])]

    def spec(self) -> dict[str, Any]:
        rows, columns = self.shape
        mirrored, upturned = self.flips
        ends = {"log": self.log, "low": self.low, "high": self.high}
        colours = base64.b64encode(self.colours.tobytes()).decode("ascii")
        turned = {"mirrored": mirrored, "upturned": upturned}
        return {"rows": rows, "columns": columns, "colours": colours, **ends, **turned}

    def set_placeholder(self) -> Undo:
        """Hide the cells and put a rectangle in their place, which is all the drawing needs."""
        dummy = Rectangle((0, 0), 1, 1, transform=self.axes.transAxes, gid=self.name)
        dummy.set_zorder(self.artist.get_zorder())
        self.axes.add_artist(dummy)
        self.artist.set_visible(False)

        def restore() -> None:
            dummy.remove()
            self.artist.set_visible(True)

        return restore


def _shape(artist: QuadMesh | AxesImage) -> tuple[int, ...]:
    cells: Any = artist.get_array()
    return np.shape(cells)


def _range(name: str, norm: Normalize) -> tuple[bool, list[float]]:
    """Whether the scale of colours is logarithmic, and the logarithms or numbers at its ends."""
    if type(norm) not in (Normalize, LogNorm):
        raise TypeError(f"{name!r} has a {type(norm).__name__}; use Normalize or LogNorm")
    if norm.vmin is None or norm.vmax is None or not norm.vmin < norm.vmax:
        raise ValueError(f"{name!r} has no range of colours; give vmin and vmax")
    log, ends = isinstance(norm, LogNorm), np.array([norm.vmin, norm.vmax], dtype=float)
    return log, (np.log(ends) if log else ends).tolist()


def _edges(artist: QuadMesh | AxesImage) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where cells begin and end, in the data: along x, and along y."""
    rows, columns = _shape(artist)
    if isinstance(artist, AxesImage):
        left, right, bottom, top = artist.get_extent()
        first, last = (top, bottom) if artist.origin == "upper" else (bottom, top)
        return np.linspace(left, right, columns + 1), np.linspace(first, last, rows + 1)
    corners = np.asarray(artist.get_coordinates())
    if corners.shape[:2] != (rows + 1, columns + 1):
        raise ValueError("a heat map is shaded smoothly; draw it with shading='auto'")
    return corners[0, :, 0], corners[:, 0, 1]


def _png(table: NDArray[np.uint8]) -> str:
    """A table of red, green, blue and opacity as the address of an image."""
    height, width, _ = table.shape
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    rows = b"".join(b"\0" + row.tobytes() for row in table)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    image = b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)
    return "data:image/png;base64," + base64.b64encode(image).decode("ascii")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
