"""What networks of steps share: tables of a function, and sums of many steps in little memory."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from slopes._arguments import Floats, overridable, positive, real

REACH = 37.5  # in float64 the sigmoid is exactly 1 from 36.74 up, and below 1e-16 at -36.74
ROWS = 1 << 12  # points looked at together
BLOCK = 1 << 17  # steps evaluated at once


def one_number(name: str, value: ArrayLike) -> Floats:
    """`value` as one number above 0, the same for the whole network."""
    number = positive(name, value)
    if number.shape != ():
        raise ValueError(f"{name} has shape {number.shape}; give one number for the whole network")
    return number


def tabulate(f: Callable[..., ArrayLike], *points: Floats) -> Floats:
    """Values of `f` at the coordinates `points`, refused where they are not finite real numbers."""
    try:
        values = np.asarray(f(*points))
    except (TypeError, ValueError) as error:
        raise TypeError(
            f"f fails on an array of points ({error}); if it takes one number at a time, "
            "give np.vectorize(f)"
        ) from error
    if values.shape != points[0].shape:
        raise ValueError(
            f"f returns shape {values.shape} for points of shape {points[0].shape}; "
            "give a function that works element by element"
        )
    if values.dtype.kind not in "buif":
        raise TypeError(f"f returns {values.dtype} values; give a function with real values")
    bad = ~np.isfinite(values)
    if bad.any():
        place = ", ".join(str(coordinate[bad][0]) for coordinate in points)
        raise ValueError(f"f({place}) is {values[bad][0]}; give a function that is finite there")
    return values.astype(np.float64)


def blocks(size: int, length: int) -> Iterator[slice]:
    """Slices of at most `length` that cover ``range(size)``."""
    return (slice(start, start + length) for start in range(0, size, length))


@overridable
def staircase(x: Floats, at: Floats, levels: Floats, w: Floats) -> Floats:
    """Steps at the sorted `at` that lead from ``levels[0]`` through each level to the last.

    Far from a step its neuron is saturated, so at each point only the steps
    within ``REACH/w`` are evaluated, and the level behind them is looked up.
    """
    points, total = x.ravel(), np.empty(x.size)
    with np.errstate(over="ignore"):
        jumps = real(
            "the difference of two neighbouring levels", np.diff(levels, append=levels[-1:])
        )
        at = np.append(at, np.inf)  # one more step, never reached, of height 0
        for rows in blocks(x.size, ROWS):
            total[rows] = _levels_near(points[rows], at, levels, jumps, w)
    return total.reshape(x.shape)


def band(x: Floats, at: Floats, w: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """For each point the first of the sorted steps `at` still on the move, and how many are."""
    with np.errstate(over="ignore"):
        first = np.searchsorted(at, x - REACH / w)
        return first, np.searchsorted(at, x + REACH / w) - first


def _levels_near(x: Floats, at: Floats, levels: Floats, jumps: Floats, w: Floats) -> Floats:
    first, moving = band(x, at[:-1], w)
    total = levels[first]
    if np.all(first == first[0]):
        first = first[:1]  # soft steps: one row of them serves all points
    for columns in blocks(moving.max(), max(1, BLOCK // x.size)):
        offsets = np.arange(moving.max())[columns]
        near = np.minimum(first[:, None] + offsets, at.size - 1)
        total += np.sum(jumps[near] / (1 + np.exp(w * (at[near] - x[:, None]))), axis=1)
    return total
