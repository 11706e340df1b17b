"""Folding: a tent in every layer doubles the teeth, and the pieces are counted exactly."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats, instance, real, repaired, together, vector, whole

Exact = int | Fraction


class BrokenLine(NamedTuple):
    """Broken line on an interval: exact places of its corners, in order, and its values there."""

    at: tuple[Exact, ...]
    values: tuple[Exact, ...]


TENT = BrokenLine(
    (Fraction(0), Fraction(1, 2), Fraction(1)), (Fraction(0), Fraction(1), Fraction(0))
)


def tent(x: ArrayLike, peak: ArrayLike = 1) -> Floats:
    """Two rectified neurons that fold the interval [0, 1] in the middle (:eq:`tent`).

    ``2p max(0, x) - 4p max(0, x - 1/2)``: up to `peak` at 1/2, and down again.

    Parameters
    ----------
    x : array_like
        Input, any shape.
    peak : array_like
        Height in the middle.

    Returns
    -------
    numpy.ndarray
        Values, of the common shape; below 0 right of 1.

    Examples
    --------
    >>> tent([0, 0.25, 0.5, 0.75, 1])
    array([0. , 0.5, 1. , 0.5, 0. ])
    """
    x, peak = real("x", x), real("peak", peak)
    together(x=x, peak=peak)
    return _tent(x, peak)


def sawtooth(x: ArrayLike, k: int, peak: ArrayLike = 1) -> Floats:
    """`k` tents, each fed into the next (:eq:`sawtooth`).

    With peaks of 1, ``2^(k-1)`` teeth on [0, 1], with slopes of ``±2^k``: from
    ``2k`` neurons in `k` layers.

    Parameters
    ----------
    x : array_like
        Input, any shape.
    k : int
        Number of layers, at least 1.
    peak : array_like
        Height of each tent in its middle.

    Returns
    -------
    numpy.ndarray
        Values, of the common shape of `x` and `peak`.

    Examples
    --------
    >>> sawtooth([0, 0.125, 0.25, 0.375, 0.5], k=3)
    array([0., 1., 0., 1., 0.])
    """
    folded, peak = real("x", x), real("peak", peak)
    together(x=folded, peak=peak)
    for _ in range(whole("k", k, minimum=1)):
        folded = _tent(folded, peak)
    return folded


def _tent(x: Floats, peak: Floats) -> Floats:
    with np.errstate(over="ignore", invalid="ignore"):
        line = 2 * peak * np.maximum(x, 0) - 4 * peak * np.maximum(x - 0.5, 0)
        return repaired(line, np.isnan, lambda: 2 * peak * (1 - x))


def compose(outer: BrokenLine, inner: BrokenLine) -> BrokenLine:
    """The broken line `outer` after `inner`, exactly.

    Its corners are those of `inner`, and the places where `inner` passes a
    corner of `outer`.

    Parameters
    ----------
    outer, inner : BrokenLine
        The values of `inner` must lie in the interval of `outer`.

    Returns
    -------
    BrokenLine
        On the interval of `inner`.

    Raises
    ------
    ValueError
        If a value of `inner` lies outside the interval of `outer`.

    Examples
    --------
    >>> [str(place) for place in compose(TENT, TENT).at]
    ['0', '1/4', '1/2', '3/4', '1']
    """
    outer = instance("outer", outer, BrokenLine, "TENT")
    inner = instance("inner", inner, BrokenLine, "TENT")
    places = {inner.at[0], inner.at[-1]}
    for (a, p), (c, q) in pairwise(zip(*inner, strict=True)):
        crossed = (y for y in outer.at if min(p, q) < y < max(p, q))
        places |= {a, c} | {a + (c - a) * Fraction(y - p) / (q - p) for y in crossed}
    at = tuple(sorted(places))
    return BrokenLine(at, tuple(_value(outer, _value(inner, x)) for x in at))


def count_pieces(line: BrokenLine) -> int:
    """Number of straight pieces of a broken line, the longest possible, counted exactly.

    Parameters
    ----------
    line : BrokenLine
        Corners where the slope does not change are no corners.

    Returns
    -------
    int
        At least 1.

    Examples
    --------
    >>> count_pieces(TENT), count_pieces(compose(TENT, TENT))
    (2, 4)
    """
    line = instance("line", line, BrokenLine, "TENT")
    corners = pairwise(zip(*line, strict=True))
    slopes = [Fraction(q - p) / (c - a) for (a, p), (c, q) in corners]
    return 1 + sum(before != after for before, after in pairwise(slopes))


def one_layer_line(
    w: Sequence[Exact | float], b: Sequence[Exact | float], v: Sequence[Exact | float]
) -> BrokenLine:
    """Broken line on [0, 1] of one hidden layer of rectified neurons, exactly (:eq:`one-layer`).

    Parameters
    ----------
    w, b, v : sequence
        Weight, bias and output weight of each neuron: whole numbers, fractions
        or floats, which are taken for the fractions that they are.

    Returns
    -------
    BrokenLine
        A corner at most for each neuron, and the two ends.

    Examples
    --------
    >>> count_pieces(one_layer_line([1, 1], [0, Fraction(-1, 2)], [2, -4]))
    2
    """
    sizes = {vector(name, row).shape[0] for name, row in (("w", w), ("b", b), ("v", v))}
    if len(sizes) > 1:
        raise ValueError(f"w, b and v have {len(w)}, {len(b)} and {len(v)} elements; give as many")
    neurons = [[_exact(each) for each in neuron] for neuron in zip(w, b, v, strict=True)]
    kinks = {-b / w for w, b, _ in neurons if w != 0}
    at = tuple(sorted({Fraction(0), Fraction(1)} | {x for x in kinks if 0 < x < 1}))
    return BrokenLine(
        at, tuple(sum(v * max(w * x + b, Fraction(0)) for w, b, v in neurons) for x in at)
    )


def _exact(number: Exact | float) -> Fraction:
    return Fraction(number if isinstance(number, int | Fraction) else float(number))


def _value(line: BrokenLine, x: Exact) -> Exact:
    if not line.at[0] <= x <= line.at[-1]:
        raise ValueError(f"{x} is outside the interval from {line.at[0]} to {line.at[-1]}")
    pieces = pairwise(zip(*line, strict=True))
    (a, p), (c, q) = next(piece for piece in pieces if x <= piece[1][0])
    return p + (q - p) * Fraction(x - a) / (c - a)
