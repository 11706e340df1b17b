"""The house style of the book's pictures: size, colours, lines, and how a picture shows itself."""

import io
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.colors import Colormap, LinearSegmentedColormap
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.rcsetup import cycler
from numpy.typing import ArrayLike

from slopes._arguments import Floats
from slopes.figures._narrow import narrowed

BLUE, VERMILLION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
SKY, ORANGE = "#56B4E9", "#E69F00"  # for fills only
INK, GRID = "#333333", "#dddddd"
COLOURS = (BLUE, VERMILLION, GREEN, PURPLE)
LINES = ("-", "--", "-.", ":")
MARKERS = ("o", "s", "^", "D")
TARGET = {"linestyle": "-", "color": "#999999", "linewidth": 5}  # what a network is to follow

BUILD = "SLOPES_BUILD"  # in the environment while the site is built and the chapters are checked

# from below 0 to above, told apart without colours too: the lighter, the greater
SIGNED = LinearSegmentedColormap.from_list("signed", ["#08305c", "#a6a6a6", "#fff1dc"])

STYLE = {
    "figure.figsize": (6.4, 3.6),
    "figure.constrained_layout.use": True,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.prop_cycle": cycler(color=COLOURS) + cycler(linestyle=LINES),
    "axes.grid": True,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "font.size": 11,
    "legend.frameon": False,
    "lines.linewidth": 2,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.fonttype": "path",
    "svg.hashsalt": "slopes",
}


_SVG = re.compile(r"<svg\b.*</svg>", re.S)
_PATH = re.compile(r' d="[^"]*"')
_PLACE = re.compile(r"-?\d+\.\d{3,}")


LARGE = 100_000  # characters of a picture beyond which a tenth of a point is fine enough


def _rounded(text: str) -> str:
    decimals = 1 if len(text) > LARGE else 2
    near = lambda place: f"{float(place[0]):.{decimals}f}"  # noqa: E731
    return _PATH.sub(lambda path: _PLACE.sub(near, path[0]), text)


class Picture(Figure):
    """A matplotlib figure that shows itself as SVG, the same bytes on every run."""

    def svg(self) -> str:
        """The picture as SVG text; its paths keep two decimals of a point, of large ones one."""
        text = io.StringIO()
        layout: Any = self.get_layout_engine()
        with plt.rc_context(STYLE):
            layout.execute(self)  # here, because `savefig` would draw all once more for it
        with plt.rc_context(STYLE | {"figure.constrained_layout.use": False}):
            self.set_layout_engine(None)
            try:
                self.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
            finally:
                self.set_layout_engine(layout)
        return _rounded(text.getvalue())

    @contextmanager
    def narrow(self) -> Iterator[None]:
        """The picture as a narrow screen shows it, within a block."""
        with plt.rc_context(STYLE), narrowed(self):
            yield

    def narrow_svg(self) -> str:
        """The picture for a narrow screen as SVG text."""
        with self.narrow():
            return self.svg()

    def both_svg(self) -> str:
        """The picture, and in its metadata the one for narrow screens, for the site to part."""
        narrow = _SVG.search(self.narrow_svg())
        held = f'<metadata id="narrow">{narrow[0] if narrow else ""}</metadata></svg>'
        return self.svg().rstrip().removesuffix("</svg>") + held

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        text = self.both_svg() if os.environ.get(BUILD) else self.svg()
        return {"image/svg+xml": text, "text/plain": "<Picture>"}


def panels(rows: int = 1, columns: int = 1, **options: Any) -> tuple[Picture, Any]:
    """A new picture and its axes, in the style of the book.

    What is drawn on the axes with a ``gid`` can be moved by `slopes.explore`.

    Parameters
    ----------
    rows, columns : int
        How many axes, below and beside each other.
    **options
        Passed on to ``matplotlib.pyplot.subplots``.

    Returns
    -------
    figure : Picture
        A matplotlib figure; the cell that returns it shows it as SVG.
    axes : matplotlib.axes.Axes
        The axes, or an array of them if there are several.

    Examples
    --------
    >>> figure, axes = panels()
    >>> _ = axes.plot([0, 1], [0, 2], gid="line")
    >>> figure.svg().startswith("<?xml")
    True
    """
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(rows, columns, FigureClass=Picture, **options)
    plt.close(figure)  # the cell that returns it shows it, once
    FigureCanvasSVG(figure)  # measures text as the SVG will show it
    return figure, axes


def heat_map(
    axes: Axes,
    x: Floats,
    y: Floats,
    table: ArrayLike,
    colours: str | Colormap = "Blues",
    low: float = 0,
    high: float = 1,
    gid: str | None = None,
) -> AxesImage:
    """Colour a cell around each pair of evenly spaced `x` and `y`; the image, for a colour bar."""
    across, up = (x[1] - x[0]) / 2, (y[1] - y[0]) / 2
    extent = (x[0] - across, x[-1] + across, y[0] - up, y[-1] + up)
    look: dict[str, Any] = {"origin": "lower", "aspect": "auto", "interpolation": "nearest"}
    image = axes.imshow(table, colours, extent=extent, vmin=low, vmax=high, gid=gid, **look)
    axes.set(xlim=extent[:2], ylim=extent[2:])
    axes.grid(False)
    return image


def name_bars(bars: BarContainer, name: str) -> BarContainer:
    """Name a row of bars as one artist, so that an explorable can set their heights.

    Parameters
    ----------
    bars : matplotlib.container.BarContainer
        What ``axes.bar`` returns.
    name : str
        Name of the artist, as other artists have it from their ``gid``.

    Returns
    -------
    matplotlib.container.BarContainer
        The same bars.

    Examples
    --------
    >>> _, axes = panels()
    >>> bars = name_bars(axes.bar([1, 2], [0.5, 0.25]), "gains")
    """
    for i, bar in enumerate(bars):
        bar.set_gid(f"{name}[{i}]")
    return bars


def draw_lines(axes: Axes, x: Floats, rows: Sequence[Floats], labels: Sequence[str]) -> None:
    """Draw a labelled line over `x` for each row."""
    for row, label in zip(rows, labels, strict=True):
        axes.plot(x, row, label=label)


def powers_of_ten(axes: Axes) -> None:
    """Mark an axis of logarithms with the powers that they stand for."""
    locator: Any = axes.yaxis.get_major_locator()
    locator.set_params(integer=True)
    axes.yaxis.set_major_formatter(lambda y, _: f"$10^{{{y:.0f}}}$")
