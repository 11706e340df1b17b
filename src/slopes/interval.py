"""Where a sigmoid neuron hands the gradient on undiminished: an interval, its ends, its width."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from slopes._arguments import Floats, inside, overridable, real, together
from slopes._values import by_value

_BLOCK = 1 << 13  # numbers of which the processor's cache holds all that is made of them


@by_value
class Interval(NamedTuple):
    """The inputs from `low` to `high`; both are NaN where there are none."""

    low: Floats
    high: Floats


def steep_interval(w: ArrayLike, b: ArrayLike = 0, threshold: ArrayLike = 1) -> Interval:
    """Ends of the set of inputs ``a`` where ``|w σ'(wa + b)| >= 1`` (:eq:`steep-interval`).

    The set is one interval around ``-b/w``, for a weight of either sign. It is
    a single point at ``|w| = 4`` and empty below.

    Parameters
    ----------
    w, b : array_like
        Weight and bias of the neuron, of shapes that broadcast.
    threshold : array_like
        The gain that has to be reached, above 1e-300, if it is not 1.

    Returns
    -------
    Interval
        Two arrays ``low`` and ``high`` of the common shape, in units of the
        input ``a``, both NaN where no input is steep enough.

    Examples
    --------
    >>> low, high = steep_interval([8, -8, 3], 3)
    >>> low.round(4), high.round(4)
    (array([-0.5953,  0.1547,     nan]), array([-0.1547,  0.5953,     nan]))
    """
    w, b, threshold = real("w", w), real("b", b), _positive(threshold)
    together(w=w, b=b, threshold=threshold)
    size = np.where(np.abs(w) / 4 >= threshold, np.abs(w), np.nan)
    centre, reach = 0 - np.sign(w) * b, _reach(w, threshold)
    with np.errstate(over="ignore"):
        return Interval((centre - reach) / size, (centre + reach) / size)


def interval_width(w: ArrayLike, threshold: ArrayLike = 1) -> Floats:
    """Width of the set of inputs ``a`` where ``|w σ'(wa + b)| >= 1``.

    The bias moves the set without stretching it, so the width depends on the
    weight alone (:eq:`interval-width`). It is zero up to ``|w| = 4``, greatest,
    0.4477, at ``|w| = 6.8942``, and right to 4 units in the last digit for
    every weight, also where the textbook's logarithm is not.

    Parameters
    ----------
    w : array_like
        Weight of the neuron, any shape, in 1/(unit of the input).
    threshold : array_like
        The gain that has to be reached, above 1e-300, if it is not 1.

    Returns
    -------
    numpy.ndarray
        Width in units of the input ``a``, of the common shape.

    Examples
    --------
    >>> interval_width([3, 4, 6.9, -6.9]).round(4)
    array([0.    , 0.    , 0.4477, 0.4477])
    """
    w, threshold = real("w", w), _positive(threshold)
    size = math.prod(together(w=w, threshold=threshold))
    return _width(w, threshold) if size <= 2 * _BLOCK else _in_blocks(w, threshold)


def widest_interval() -> tuple[float, float]:
    """The weight with the widest interval, and that width (:eq:`widest-interval`).

    With ``|w| = 4 cosh² t`` the width is ``t sech² t``, greatest where
    ``2t tanh t = 1``. Newton's method finds that ``t``, to all digits in five steps.

    Returns
    -------
    w : float
        The weight, 6.8942; its negative does as well.
    width : float
        The greatest width, 0.4477, in units of the input.

    Examples
    --------
    >>> w, width = widest_interval()
    >>> round(w, 6), round(width, 6)
    (6.894151, 0.447743)
    """
    t = 0.75
    for _ in range(5):
        excess = 2 * t * math.tanh(t) - 1
        t -= excess / (2 * math.tanh(t) + 2 * t / math.cosh(t) ** 2)
    return 4 * math.cosh(t) ** 2, t / math.cosh(t) ** 2


def steep_region(
    w: ArrayLike, a: ArrayLike, b: ArrayLike = 0, threshold: ArrayLike = 1
) -> NDArray[np.bool_]:
    """Whether ``|w σ'(wa + b)| >= 1``, element by element (:eq:`steep-region`).

    A map of the plane of weights and inputs, for instance. The weighted input
    is compared with the farthest one that is steep enough, so that no slope
    is computed and none can underflow.

    Parameters
    ----------
    w, a, b : array_like
        Weight, input and bias, of shapes that broadcast.
    threshold : array_like
        The gain that has to be reached, above 1e-300, if it is not 1.

    Returns
    -------
    numpy.ndarray
        Booleans of the common shape.

    Examples
    --------
    >>> steep_region([8, -8, 3], 0.4, [-3, 3, -1.2])
    array([ True,  True, False])
    """
    w, a, b, threshold = real("w", w), real("a", a), real("b", b), _positive(threshold)
    together(w=w, a=a, b=b, threshold=threshold)
    farthest = np.where(np.abs(w) / 4 >= threshold, _reach(w, threshold), -1.0)
    with np.errstate(over="ignore"):
        return np.abs(w * a + b) <= farthest


def _positive(threshold: ArrayLike) -> Floats:
    return inside("threshold", threshold, 1e-300, np.inf)  # below, a quotient could overflow


def _reach(w: Floats, threshold: Floats) -> Floats:
    """The greatest ``|z|`` with ``|w| σ'(z) >= threshold``, and 0 where there is none."""
    return 2 * _half_reach(_steepest(w, threshold), threshold)


def _steepest(w: Floats, threshold: Floats) -> Floats:
    """The greatest ``|w| σ'(z)``, and the threshold where that is more."""
    return np.maximum(np.abs(w) / 4, threshold)


def _half_reach(steepest: Floats, threshold: Floats) -> Floats:
    return np.arcsinh(np.sqrt(steepest - threshold) / np.sqrt(threshold))


def _width(w: Floats, threshold: Floats) -> Floats:
    steepest = _steepest(w, threshold)
    return _half_reach(steepest, threshold) / steepest


@overridable
def _in_blocks(w: Floats, threshold: Floats) -> Floats:
    """The widths of many neurons, some at a time: faster, and in less memory."""
    pieces = np.nditer(
        [w, threshold, None],
        flags=["external_loop", "buffered"],
        op_flags=[["readonly"], ["readonly"], ["writeonly", "allocate"]],
        buffersize=_BLOCK,
    )
    with pieces:
        for some_w, some_threshold, width in pieces:
            width[...] = _width(some_w, some_threshold)
        return pieces.operands[2]
