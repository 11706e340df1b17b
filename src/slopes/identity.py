"""Neurons that copy their input, with and without an output bias; their errors and stacks."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from slopes._arguments import Floats, ends, nonnegative, nonzero, real, together, whole
from slopes._values import by_value
from slopes.activation import SIGMOID, gain_at

_NEWTON_STEPS = 6  # five reach the last digit, from tiny to huge weights


@by_value
class IdentityNeuron(NamedTuple):
    """A sigmoid neuron with an output weight and an output bias, meant to answer x with x.

    It answers ``w2 σ(w1 x + b) + shift`` (:eq:`identity-neuron`). Fields of any
    shapes that broadcast make many neurons at once.
    """

    w1: Floats
    b: Floats
    w2: Floats
    shift: Floats


def identity_neuron(w1: ArrayLike, best: bool = False) -> IdentityNeuron:
    """Neuron with weight `w1` that copies numbers from 0 to 1 (:eq:`identity-neuron`).

    It is centred, ``b = -w1/2``, so that 1/2 is copied exactly. The Taylor
    choice ``w2 = 4/w1`` makes the slope there 1; the worst error is about
    ``w1²/96``, at both ends. The best choice of `w2` is a little steeper and
    has about a quarter of that error, ``w1²/384`` (:eq:`identity-best-gain`).

    Parameters
    ----------
    w1 : array_like
        Weight into the sigmoid, other than 0, any shape, in 1/(unit of the input).
    best : bool
        Whether to take the `w2` with the least worst error over [0, 1].

    Returns
    -------
    IdentityNeuron
        Its four numbers, each of the shape of `w1`.

    Raises
    ------
    ValueError
        If a weight is so close to 0 that ``4/w1`` is infinite.

    Examples
    --------
    >>> [float(number) for number in identity_neuron(0.5)]
    [0.5, -0.25, 8.0, -3.5]
    >>> identity_error(identity_neuron(0.5)).round(6)
    np.float64(0.002588)
    >>> identity_error(identity_neuron(0.5, best=True)).round(6)
    np.float64(0.000649)
    """
    w1 = nonzero("w1", w1, "the output weight is near 4/w1")
    with np.errstate(over="ignore"):
        w2 = real("4/w1", 4 / w1 * (_best_gain(w1) if best else 1))
    return IdentityNeuron(w1.copy(), -w1 / 2, w2, 0.5 - w2 / 2)


def best_identity_neuron_without_bias(low: ArrayLike = 0, high: ArrayLike = 1) -> IdentityNeuron:
    """The neuron ``w2 σ(w1 x + b)`` that copies best (:eq:`best-identity-neuron-without-bias`).

    On [0, 1] the worst error is 0.0560503844411514, at ``w1 = 5.6476435659624458``,
    ``b = -w1/2``, ``w2 = 1``, and no neuron without an output bias does better.
    Away from 0 it works well: on ``[c - h, c + h]`` the error nears ``h³/(12 c²)``.

    Parameters
    ----------
    low, high : array_like
        Ends of the intervals to copy, ``0 <= low < high``, of shapes that broadcast.

    Returns
    -------
    IdentityNeuron
        Its four numbers, each of the common shape; ``shift`` is 0.

    Raises
    ------
    ValueError
        If an interval is so short and near 0 that `w1` is infinite.

    Examples
    --------
    >>> neuron = best_identity_neuron_without_bias()
    >>> neuron.w1.round(12), identity_error(neuron).round(12)
    (np.float64(5.647643565962), np.float64(0.056050384441))
    """
    low, high = ends(nonnegative("low", low), high)
    centre, half = low / 2 + high / 2, high / 2 - low / 2
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        gain = _best_gain_without_bias(half / centre)
        w1 = real("the weight w1 for this interval", 2 * gain / centre)
    return IdentityNeuron(w1, -w1 * centre, 2 * centre, np.zeros_like(w1))


def copy_input(neuron: IdentityNeuron, x: ArrayLike) -> Floats:
    """What the neuron answers to `x` (:eq:`identity-neuron`), without cancellation.

    As it stands the formula subtracts two numbers near ``2/w1``, and loses all
    digits as `w1` shrinks. A centred neuron, with ``b = -w1/2`` and
    ``shift = 1/2 - w2/2``, is evaluated as ``1/2 + (w2/2) tanh(w1(x - 1/2)/2)``
    (:eq:`copy-input`): right to 2e-16 over [0, 1] however small `w1` is.

    Parameters
    ----------
    neuron : IdentityNeuron
        One neuron, or many at once.
    x : array_like
        Input, of a shape that broadcasts with the neuron's numbers.

    Returns
    -------
    numpy.ndarray
        The answers, in units of the input, of the common shape.

    Examples
    --------
    >>> copy_input(identity_neuron(1e-12), [0, 0.3, 1])
    array([0. , 0.3, 1. ])
    """
    neuron, x = _numbers(neuron), real("x", x)
    together(**neuron._asdict(), x=x)
    return _answer(neuron, x)


def copy_slope(neuron: IdentityNeuron, x: ArrayLike) -> Floats:
    """Slope of the neuron's answer at `x`, ``w1 w2 σ'(w1 x + b)`` (:eq:`copy-slope`).

    A perfect copy has slope 1 everywhere. Here it is at most ``w1 w2/4``.

    Parameters
    ----------
    neuron : IdentityNeuron
        One neuron, or many at once.
    x : array_like
        Input, of a shape that broadcasts with the neuron's numbers.

    Returns
    -------
    numpy.ndarray
        The slopes, pure numbers of the common shape.

    Examples
    --------
    >>> copy_slope(identity_neuron(1), [0, 0.5, 1]).round(4)
    array([0.94, 1.  , 0.94])
    """
    neuron, x = _numbers(neuron), real("x", x)
    together(**neuron._asdict(), x=x)
    with np.errstate(over="ignore"):
        return gain_at(neuron.w1 * neuron.w2, neuron.w1 * x + neuron.b, SIGMOID)


def copy_through(neuron: IdentityNeuron, x: ArrayLike, k: int) -> Floats:
    """What `x` becomes on its way through a stack of `k` equal neurons (:eq:`copy-through`).

    Each answer is the next neuron's input. For the Taylor choice of `w2` every
    answer moves towards 1/2, never past it, as slowly as ``1/√k``.

    Parameters
    ----------
    neuron : IdentityNeuron
        The neuron that the stack repeats, or many at once.
    x : array_like
        Input, of a shape that broadcasts with the neuron's numbers.
    k : int
        Number of neurons, from 0 up.

    Returns
    -------
    numpy.ndarray
        The input and the `k` answers, along a new first axis of length ``k + 1``.

    Examples
    --------
    >>> copy_through(identity_neuron(1), [0.5, 1], 3).round(4)
    array([[0.5   , 1.    ],
           [0.5   , 0.9898],
           [0.5   , 0.9803],
           [0.5   , 0.9712]])
    """
    neuron, x, k = _numbers(neuron), real("x", x), whole("k", k)
    shape = together(**neuron._asdict(), x=x)
    answers = [x + np.zeros(shape)]
    for _ in range(k):
        answers.append(_answer(neuron, answers[-1]))
    return np.stack(answers)


def identity_error(neuron: IdentityNeuron, low: ArrayLike = 0, high: ArrayLike = 1) -> Floats:
    """Worst error of the copy, the sup of ``|answer - x|`` over [low, high] (:eq:`identity-error`).

    Exact, not searched for on a grid: the error is greatest at an end, or where
    the slope ``w1 w2 σ'(z)`` is 1, which happens at two inputs at most.

    Parameters
    ----------
    neuron : IdentityNeuron
        One neuron, or many at once.
    low, high : array_like
        Ends of the interval, ``low < high``, of shapes that broadcast with the
        neuron's numbers.

    Returns
    -------
    numpy.ndarray
        The error, in units of the input, of the common shape; right to about
        1e-16, and for a centred neuron with slope 1 to 14 digits.

    Examples
    --------
    >>> identity_error(identity_neuron([1, 0.1, 0.01]))
    array([1.01626752e-02, 1.04140632e-04, 1.04166406e-06])
    """
    neuron, (low, high) = _numbers(neuron), ends(low, high)
    shape = together(**neuron._asdict(), low=low)
    low, high = low + np.zeros(shape), high + np.zeros(shape)
    left, right = _where_slope_is_one(neuron)
    inputs = np.stack([low, _held(left, low, high), _held(right, low, high), high])
    return np.max(np.abs(_error(neuron, inputs)), axis=0)


def _answer(neuron: IdentityNeuron, x: Floats) -> Floats:
    w1, b, w2, shift = neuron
    with np.errstate(over="ignore"):
        centred = 0.5 + w2 / 2 * np.tanh(w1 * (x - 0.5) / 2)
        return np.where(_is_centred(neuron), centred, shift + w2 * SIGMOID.value(w1 * x + b))


def _error(neuron: IdentityNeuron, x: Floats) -> Floats:
    """Answer minus input; where the two nearly cancel, from what sets them apart."""
    w1, _, w2, _ = neuron
    u = w1 * (x - 0.5) / 2
    with np.errstate(over="ignore", invalid="ignore"):
        apart = (w1 * w2 / 4 - 1) * (x - 0.5) - w2 / 2 * _lag(u)
        soft = (np.abs(w1) < 4) & (np.abs(w1 * w2) < 8)
    return np.where(_is_centred(neuron) & soft, apart, _answer(neuron, x) - x)


def _is_centred(neuron: IdentityNeuron) -> NDArray[np.bool_]:
    w1, b, w2, shift = neuron
    return (b == -w1 / 2) & (shift == 0.5 - w2 / 2)


def _where_slope_is_one(neuron: IdentityNeuron) -> tuple[Floats, Floats]:
    """Both inputs where ``w1 w2 σ'(z) = 1``; where there are none, the one of steepest slope."""
    w1, b, w2, _ = neuron
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        z = 2 * np.arcsinh(np.sqrt(np.maximum(w1 * w2 - 4, 0)) / 2)
        return (-z - b) / w1, (z - b) / w1


def _held(x: Floats, low: Floats, high: Floats) -> Floats:
    """`x` where it lies in the interval, else an end; an end too where a flat neuron gives NaN."""
    return np.where((x > low) & (x < high), x, low)


def _best_gain(w1: Floats) -> Floats:
    """Slope ``w1 w2/4`` at the centre for which the worst error over [0, 1] is least.

    It is ``cosh² t`` where the error at ``±t`` balances that at the ends ``±v``:
    ``sinh² t (tanh t + tanh v) = lag(t) + lag(v)``.
    """
    v = np.maximum(np.abs(w1) / 4, 1e-9)  # below it the gain is 1 to the last digit
    t = np.arcsinh(v / 2 / np.sqrt(1 + v / 2))
    for _ in range(_NEWTON_STEPS):
        levels = np.tanh(t) + np.tanh(v)
        excess = np.sinh(t) ** 2 * levels - _lag(t) - _lag(v)
        t = t - excess / (np.sinh(2 * t) * levels)
    return np.cosh(t) ** 2


def _best_gain_without_bias(ratio: Floats) -> Floats:
    """Slope at the centre of the best neuron with shift 0, for ``ratio = half/centre`` up to 1.

    It is ``cosh² t`` where ``tanh t - t sech² t + tanh(r cosh² t) = r``, a sum
    of four small terms once the parts that cancel are taken out.
    """
    t = ratio / 2
    for _ in range(_NEWTON_STEPS):
        v = ratio * np.cosh(t) ** 2
        excess = t * np.tanh(t) ** 2 - _lag(t) + ratio * np.sinh(t) ** 2 - _lag(v)
        slope = 2 * t * np.tanh(t) / np.cosh(t) ** 2 + ratio * np.sinh(2 * t) / np.cosh(v) ** 2
        t = t - excess / slope
    return np.cosh(t) ** 2


def _lag(u: Floats) -> Floats:
    """``u - tanh u`` to all digits, by Lambert's continued fraction of tanh for small `u`."""
    square = np.minimum(np.abs(u), 1) ** 2
    tail: Floats | float = 0.0
    for odd in range(19, 1, -2):
        tail = square / (odd + tail)
    return np.where(np.abs(u) < 1, u * tail / (1 + tail), u - np.tanh(u))


def _numbers(neuron: IdentityNeuron) -> IdentityNeuron:
    if not isinstance(neuron, IdentityNeuron):
        raise TypeError(f"neuron is {neuron!r}; give an IdentityNeuron")
    return IdentityNeuron(*(real(name, value) for name, value in neuron._asdict().items()))
