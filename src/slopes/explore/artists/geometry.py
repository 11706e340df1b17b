"""Where numbers lie in a drawing, in pixels, and how SVG writes lines through them."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

FAR = 1e6  # pixels: beyond any picture, and still exact to a tenth in a float32


class Scale:
    """The pixel of a number along one axis of the drawing: ``slope f(number) + offset``."""

    def __init__(self, log: bool, slope: float, offset: float):
        self.log, self.slope, self.offset = log, slope, offset

    def __call__(self, values: ArrayLike) -> NDArray[np.float64]:
        values = np.asarray(values, dtype=float)
        with np.errstate(all="ignore"):
            along = np.log(np.where(values > 0, values, 0)) if self.log else values
            pixels = np.clip(self.slope * along + self.offset, -FAR, FAR)
        return np.where(np.isfinite(values), pixels, np.nan)

    def moved(self, by: float) -> "Scale":
        """The scale on which a number lies where `by` more of it lies on this one."""
        return Scale(self.log, self.slope, self.offset + self.slope * by) if by else self

    def spec(self) -> list[float]:
        """The scale as the page is told of it."""
        return [int(self.log), round(self.slope, 9), round(self.offset, 6)]


class Frame:
    """The two scales of an axes once it is laid out, and its box in pixels."""

    def __init__(self, axes: Axes, figure: Figure):
        width, height = figure.get_size_inches() * 72
        box = axes.get_position()
        self.left, self.right = box.x0 * width, box.x1 * width
        self.bottom, self.top = height - box.y0 * height, height - box.y1 * height
        self.x = _scale(axes.xaxis, axes.get_xlim(), self.left, self.right)
        self.y = _scale(axes.yaxis, axes.get_ylim(), self.bottom, self.top)
        self.share_x = Scale(False, self.right - self.left, self.left)
        self.share_y = Scale(False, self.top - self.bottom, self.bottom)


def _scale(axis: Axis, limits: tuple[float, float], start: float, end: float) -> Scale:
    kind = axis.get_scale()
    if kind not in ("linear", "log"):
        raise ValueError(f"an axis has the scale {kind!r}; make it linear or log")
    low, high = np.log(limits) if kind == "log" else limits
    slope = (end - start) / (high - low)
    return Scale(kind == "log", float(slope), float(start - slope * low))


def path(x: ArrayLike, y: ArrayLike) -> str:
    """An SVG path through the points ``(x, y)``, broken where one is not finite."""
    x, y = np.asarray(x), np.asarray(y)
    return "".join(_polyline(x[run], y[run]) for run in runs(np.isfinite(x) & np.isfinite(y)))


def _polyline(x: NDArray[np.float64], y: NDArray[np.float64]) -> str:
    pairs = zip(x.tolist(), y.tolist(), strict=True)
    return "M" + " ".join([f"{a:.2f} {b:.2f}" for a, b in pairs])


def runs(flags: NDArray[np.bool_]) -> list[slice]:
    """The slices over which `flags` hold without a break."""
    edges = np.flatnonzero(np.diff(np.r_[False, flags, False]))
    return [slice(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def box(left: float, right: float, bottom: float, top: float) -> str:
    """The path around a rectangle, empty where a side of it is a gap."""
    if not np.isfinite([left, right, bottom, top]).all():
        return ""
    return path([left, left, right, right], [bottom, top, top, bottom]) + "z"
