"""Rectified neurons make hats, and hats make every broken line."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import (
    Floats,
    increasing,
    instance,
    nonnegative,
    overridable,
    positive,
    real,
    single,
    together,
    vector,
    whole,
)
from slopes._values import by_value
from slopes.universality._tables import tabulate


@by_value
class Hats(NamedTuple):
    """One hidden layer of rectified neurons, ``offset + Σ bends·max(0, x - at)``.

    A neuron for each place `at` in `at`; its output weight is the change of
    slope there.
    """

    at: Floats
    bends: Floats
    offset: float | Floats


def fit_hats(f: Callable[[Floats], ArrayLike], low: float, high: float, count: int) -> Hats:
    """Broken line through `count` + 1 points of `f`, evenly spaced, as a network.

    It is the sum of `count` + 1 hats, one on each point, as high as `f` there.
    Two neighbouring hats share a kink, so that one neuron for each point is
    enough, and the last point needs none.

    Parameters
    ----------
    f : callable
        Takes an array of points and returns an array of values.
    low, high : float
        Ends of the interval, ``low < high``.
    count : int
        Number of pieces, at least 1.

    Returns
    -------
    Hats
        `count` neurons. Right of `high` the last piece goes on.

    Raises
    ------
    ValueError
        If `f` returns another shape, NaN or infinity.
    TypeError
        If `f` does not take arrays.

    Examples
    --------
    >>> fit_hats(np.square, 0, 1, count=2)
    Hats(at=array([0. , 0.5]), bends=array([0.5, 1. ]), offset=np.float64(0.0))
    """
    low, high = increasing("low, high", [low, high])
    at = increasing("the points", np.linspace(low, high, whole("count", count, minimum=1) + 1))
    values = tabulate(f, at)
    slopes = np.diff(values) / np.diff(at)
    return Hats(at[:-1], np.diff(slopes, prepend=0), values[0])


def hat_network(hats: Hats, x: ArrayLike) -> Floats:
    """Output of a layer of rectified neurons, a broken line (:eq:`hat-network`).

    Each point is asked for its own piece only: memory grows like the number
    of neurons plus the number of points.

    Parameters
    ----------
    hats : Hats
        The network, for instance from `fit_hats`; its places in any order.
    x : array_like
        Input, any shape.

    Returns
    -------
    numpy.ndarray
        The output, same shape as `x`.

    Examples
    --------
    >>> hat_network(Hats(at=[0, 1, 2], bends=[1, -2, 1], offset=0), [-1, 0.5, 1, 2, 5])
    array([0. , 0.5, 1. , 0. , 0. ])
    """
    hats = instance("hats", hats, Hats, "what fit_hats returns")
    x, offset = real("x", x), single("offset", hats.offset)
    at, bends = vector("at", hats.at), vector("bends", hats.bends)
    if at.shape != bends.shape:
        raise ValueError(
            f"at has {at.shape[0]} elements and bends {bends.shape[0]}; give one bend for each"
        )
    return broken_line(x, at, bends, offset)


def hat_error_bound(curvature: ArrayLike, count: ArrayLike, length: ArrayLike = 1) -> Floats:
    """Most by which a broken line misses the function it interpolates (:eq:`hat-error-bound`).

    ``κh²/8`` with pieces of the length ``h = length/count``.

    Parameters
    ----------
    curvature : array_like
        Largest size ``κ`` of the second derivative, 0 or above.
    count : array_like
        Number of pieces, above 0.
    length : array_like
        Length of the interval in units of `x`, above 0.

    Returns
    -------
    numpy.ndarray
        The bound, in units of the function, of the common shape.

    Examples
    --------
    >>> hat_error_bound(2, [1, 2, 10])
    array([0.25  , 0.0625, 0.0025])
    """
    curvature = nonnegative("curvature", curvature)
    count, length = positive("count", count), positive("length", length)
    together(curvature=curvature, count=count, length=length)
    return curvature * (length / count) ** 2 / 8


@overridable
def broken_line(x: Floats, at: Floats, bends: Floats, offset: Floats) -> Floats:
    """The output at `x`, where each point looks up its piece."""
    order = np.argsort(at, kind="stable")
    at, slopes = at[order], np.cumsum(bends[order])
    levels = offset + np.concatenate([[0, 0], np.cumsum(slopes[:-1] * np.diff(at))])
    piece = np.searchsorted(at, x)
    at, slopes = np.append(at[0], at), np.append(0, slopes)
    return levels[piece] + slopes[piece] * (x - at[piece])
