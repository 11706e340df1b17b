"""Ridges: functions of one direction only, which is all that a hidden neuron can be."""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import (
    Floats,
    increasing,
    instance,
    matrix,
    nonnegative,
    positive,
    real,
    together,
    whole,
)
from slopes._values import by_value
from slopes.universality._tables import one_number, tabulate
from slopes.universality.profiles import gaussian_profile

# distances at which the profile is tabulated: between them a line is within 4e-6
FINE = np.concatenate([np.arange(0, 8, 1 / 256), np.geomspace(8, 1e4, 2000)])


def ridge_mean(profile: Callable[[Floats], Floats], x: ArrayLike, y: ArrayLike, M: int) -> Floats:
    """Mean of one ridge in each of `M` directions, evenly spread (:eq:`ridge-mean`).

    A ridge takes the value ``profile(t)`` where ``t = x cos θ + y sin θ``, the
    distance from its crest, and is constant along the crest. The angles are
    ``θ = πk/M``: half a turn is enough for a profile that is even.

    Parameters
    ----------
    profile : callable
        Takes an array of distances and returns an array of that shape.
    x, y : array_like
        Inputs, of shapes that broadcast.
    M : int
        Number of directions, at least 1.

    Returns
    -------
    numpy.ndarray
        The mean, of the common shape.

    Examples
    --------
    >>> ridge_mean(gaussian_profile, [0, 1, 2], 0, M=12).round(4)
    array([1.    , 0.6065, 0.1353])
    """
    x, y, M = real("x", x), real("y", y), whole("M", M, minimum=1)
    total = np.zeros(together(x=x, y=y))
    for angle in np.pi * np.arange(M) / M:
        total = total + profile(x * np.cos(angle) + y * np.sin(angle))
    return total / M


def ridge_bound(M: int, r: ArrayLike) -> Floats:
    """Most by which `M` ridges of `gaussian_profile` miss ``e^(-r²/2)`` (:eq:`ridge-bound`).

    ``2 Σ n!/(2n)! (r²/2)^n`` over ``n = M, 2M, 3M, …``. It holds for all points
    at the distance `r` and grows with `r`, so it holds on the whole disc.

    Parameters
    ----------
    M : int
        Number of directions, at least 1.
    r : array_like
        Distance from the top of the hill, in its widths, 0 or above.

    Returns
    -------
    numpy.ndarray
        The bound, same shape as `r`; infinite where it is beyond the largest float.

    Examples
    --------
    >>> ridge_bound(12, [1, 2, 3])
    array([3.76965271e-19, 6.32442778e-12, 1.06466127e-07])
    """
    r, M = nonnegative("r", r), whole("M", M, minimum=1)
    with np.errstate(divide="ignore", over="ignore"):
        log = 2 * np.log(r) - np.log(2)
        largest = np.exp(log.max(initial=-np.inf))
        counts = range(M, M * (20 + math.ceil(min(3 * largest, 1e5) / M)), M)
        return 2 * sum(
            np.exp(math.lgamma(n + 1) - math.lgamma(2 * n + 1) + n * log) for n in counts
        )


def ridge_tail(r: ArrayLike, R: ArrayLike = 1) -> Floats:
    """Mean over all directions of ridges that are 1 within `R` of their crest and 0 beyond.

    1 up to the radius `R`, and ``(2/π) asin(R/r)`` outside (:eq:`ridge-tail`):
    a mesa with a foot that never ends.

    Parameters
    ----------
    r : array_like
        Distance from the centre, 0 or above.
    R : array_like
        Half the breadth of each ridge, above 0.

    Returns
    -------
    numpy.ndarray
        Values from 0 to 1, of the common shape.

    Examples
    --------
    >>> ridge_tail([0.5, 1, 2, 4]).round(4)
    array([1.    , 1.    , 0.3333, 0.1609])
    """
    r, R = nonnegative("r", r), positive("R", R)
    together(r=r, R=R)
    return 2 / np.pi * np.arcsin(R / np.maximum(r, R))


@by_value
class Ridges(NamedTuple):
    """One ridge in each direction: ``heights[k, i]`` at distance ``at[i]`` in direction ``πk/M``.

    Between the distances each profile is a broken line, made of rectified
    neurons; so all ridges together are one hidden layer.
    """

    at: Floats
    heights: Floats


def fit_ridges(
    f: Callable[[Floats, Floats], ArrayLike],
    low: float,
    high: float,
    width: float | Floats,
    M: int,
    count: int,
) -> Ridges:
    """One hidden layer that follows `f` on a square: narrow round hills, each turned into ridges.

    Hills of the width `width`, one for each cell of a grid that reaches over
    the border, as high as `f` there; beyond the border `f` keeps the value of
    the nearest point of the square. All ridges of one direction add up to one
    profile (:eq:`ridge-network`).

    Parameters
    ----------
    f : callable
        Takes two arrays of one shape and returns an array of that shape.
    low, high : float
        Ends of the square in both directions, ``low < high``.
    width : float
        Width of the hills, above 0: what is narrower than this is smoothed away.
    M : int
        Number of directions, at least 1.
    count : int
        Number of pieces of each profile, at least 1.

    Returns
    -------
    Ridges
        `M` profiles of ``count + 1`` heights each.

    Raises
    ------
    ValueError
        If `f` returns another shape, NaN or infinity.
    TypeError
        If `f` does not take arrays.

    Examples
    --------
    >>> ridges = fit_ridges(np.multiply, -1, 1, width=0.2, M=40, count=80)
    >>> ridge_network(ridges, [0.5, -0.5], [0.5, 0.5]).round(2)
    array([ 0.25, -0.25])
    """
    low, high = increasing("low, high", [low, high])
    width, M, count = float(one_number("width", width)), whole("M", M, 1), whole("count", count, 1)
    places = np.arange(low - 5 * width, high + 5.5 * width, width)
    x, y = (each.ravel() for each in np.meshgrid(places, places))
    heights = tabulate(f, np.clip(x, low, high), np.clip(y, low, high)) / (2 * np.pi)
    reach = np.sqrt(2) * max(abs(low), abs(high))
    at = np.linspace(-reach, reach, count + 1)
    table = gaussian_profile(FINE)
    rows = []
    for angle in np.pi * np.arange(M) / M:
        distance = np.abs(at[:, None] - (x * np.cos(angle) + y * np.sin(angle))) / width
        rows.append(np.interp(distance, FINE, table) @ heights)
    return Ridges(at, np.stack(rows))


def ridge_network(ridges: Ridges, x: ArrayLike, y: ArrayLike) -> Floats:
    """Output of a layer of ridges, the mean of them all (:eq:`ridge-network`).

    Parameters
    ----------
    ridges : Ridges
        The network, for instance from `fit_ridges`.
    x, y : array_like
        Inputs, of shapes that broadcast.

    Returns
    -------
    numpy.ndarray
        The output, of the common shape. Outside the distances of the ridges
        each profile keeps its last value.

    Examples
    --------
    >>> cross = Ridges(at=[-1, 0, 1], heights=[[0, 1, 0], [0, 1, 0]])
    >>> ridge_network(cross, [0, 0.5, 1], 0)
    array([1.  , 0.75, 0.5 ])
    """
    ridges = instance("ridges", ridges, Ridges, "what fit_ridges returns")
    at, heights = increasing("at", ridges.at), matrix("heights", ridges.heights)
    if heights.shape[1:] != at.shape:
        raise ValueError(
            f"heights has shape {heights.shape} for {at.shape[0]} distances; "
            "give each direction one height at each distance"
        )
    profiles = iter(heights)
    return ridge_mean(lambda t: np.interp(t, at, next(profiles)), x, y, heights.shape[0])
