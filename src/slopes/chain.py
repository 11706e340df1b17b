"""Chains of neurons, one per layer: what they compute, and the gradients that come back."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats, ensure, frozen, instance, overridable, real, together
from slopes._values import alike, by_value
from slopes.activation import SIGMOID, Activation, gain_at


@dataclass(frozen=True, eq=False)
class Chain:
    """A network with one neuron in each of n layers (:eq:`chain-forward`).

    Layer i computes ``z_i = w_i a_{i-1} + b_i`` and hands on ``a_i = σ(z_i)``.
    Leading axes of the weights and biases make many chains at once.

    Parameters
    ----------
    w, b : array_like
        Weights and biases, of shapes that broadcast to (..., n). One bias may
        serve all layers.
    activation : Activation
        The activation function of every neuron.

    Examples
    --------
    >>> Chain([1, 2, 3], 0).b
    array([0., 0., 0.])
    """

    w: Floats
    b: Floats
    activation: Activation = SIGMOID

    def __init__(self, w: ArrayLike, b: ArrayLike, activation: Activation = SIGMOID) -> None:
        if not isinstance(activation, Activation):
            raise TypeError(
                f"activation is {activation!r}; give an Activation, such as SIGMOID or TANH"
            )
        w, b = real("w", w), real("b", b)
        shape = together(w=w, b=b)
        if not shape or not shape[-1]:
            raise ValueError(f"w and b have shape {shape}; give a row of one number per layer")
        object.__setattr__(self, "w", frozen(w + np.zeros(shape)))
        object.__setattr__(self, "b", frozen(b + np.zeros(shape)))
        object.__setattr__(self, "activation", activation)

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return Chain, (self.w, self.b, self.activation)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Chain) and alike(self.__reduce__()[1], other.__reduce__()[1])

    def __hash__(self) -> int:
        return hash((self.w.shape, self.activation))


@by_value
class Pass(NamedTuple):
    """What a forward pass leaves behind in n layers.

    Attributes
    ----------
    z : numpy.ndarray
        Weighted inputs ``z_1 … z_n``, shape (..., n).
    a : numpy.ndarray
        Activations ``a_0 … a_n``, shape (..., n + 1): the input comes first,
        so that ``a[..., i]`` is the activation of layer i, and ``a[..., -1]``
        the output.
    """

    z: Floats
    a: Floats


def forward(chain: Chain, x: ArrayLike) -> Pass:
    """Weighted inputs and activations of every layer (:eq:`chain-forward`).

    Parameters
    ----------
    chain : Chain
        Chains of n layers; leading axes (...) broadcast with `x`.
    x : array_like
        Input ``a_0``, shape (...).

    Returns
    -------
    Pass
        ``z`` of shape (..., n) and ``a`` of shape (..., n + 1), ``a_0`` included.

    Raises
    ------
    ValueError
        If activations without a ceiling grow beyond the floats and meet a weight 0.

    Examples
    --------
    >>> forward(Chain([1, 2, 3, 4], 0), 0.5).a.round(4)
    array([0.5   , 0.6225, 0.7764, 0.9113, 0.9745])
    """
    instance("chain", chain, Chain, "Chain([1, 1], 0)")
    x, w, b = real("x", x), chain.w, chain.b
    x = x + np.zeros(together(("x", x), ("the chain", w[..., 0])))
    value, long = chain.activation.value, w.shape[-1] >= 1000 > x.size
    with np.errstate(over="ignore", invalid="ignore"):
        joined = _side_by_side(w, b, x, value) if long else None
        z, a = joined or _layer_by_layer(w, b, x, value)
    complaint = "activations overflow and meet a weight 0; give smaller weights"
    return Pass(ensure(lambda z: ~np.isnan(z), z, complaint), a)


def gains(chain: Chain, x: ArrayLike) -> Floats:
    """Gain of every layer, ``g_i = w_i σ'(z_i)`` (:eq:`gains`).

    The factor by which layer i scales a small change going forward, and an
    error coming back.

    Parameters
    ----------
    chain : Chain
        Chains of n layers; leading axes (...) broadcast with `x`.
    x : array_like
        Input, shape (...).

    Returns
    -------
    numpy.ndarray
        Gains of layers 1 to n, shape (..., n).

    Raises
    ------
    ValueError
        As `forward`.

    Examples
    --------
    >>> gains(Chain([100] * 4, -50), 0.5)
    array([25., 25., 25., 25.])
    """
    instance("chain", chain, Chain, "Chain([1, 1], 0)")
    return gain_at(chain.w, forward(chain, x).z, chain.activation)


def log_gains(chain: Chain, x: ArrayLike) -> tuple[Floats, Floats]:
    """Sign and natural logarithm of every layer's gain (:eq:`gains`), at any depth of saturation.

    Parameters
    ----------
    chain : Chain
        Chains of n layers; leading axes (...) broadcast with `x`.
    x : array_like
        Input, shape (...).

    Returns
    -------
    sign : numpy.ndarray
        -1, 0 or 1, shape (..., n).
    log : numpy.ndarray
        ``ln|g_i|``, shape (..., n); ``-inf`` where a gain is exactly 0.

    Raises
    ------
    ValueError
        As `forward`.

    Examples
    --------
    >>> sign, log = log_gains(Chain([-1, 1], 0), 1000)
    >>> log.round(2)  # the first gain is -e^-1000, which no float can hold
    array([-1000.  ,    -1.39])
    """
    instance("chain", chain, Chain, "Chain([1, 1], 0)")
    return _log_gains(chain, forward(chain, x).z)


def gradient(chain: Chain, x: ArrayLike) -> Floats:
    """Slope of the output with respect to the input, ``∂a_n/∂a_0`` (:eq:`gradient`).

    The product of the gains. It is 0 or infinite only where the answer itself
    is too small or too large for a float; there, ask `log_gradient`.

    Parameters
    ----------
    chain : Chain
        Chains of n layers; leading axes (...) broadcast with `x`.
    x : array_like
        Input, shape (...).

    Returns
    -------
    numpy.ndarray
        The gradient, shape (...), in units of the output per unit of the input.

    Raises
    ------
    ValueError
        As `forward`.

    Examples
    --------
    >>> gradient(Chain([100] * 4, -50), 0.5)
    array(390625.)
    """
    instance("chain", chain, Chain, "Chain([1, 1], 0)")
    z = forward(chain, x).z
    sign, log = _log_gains(chain, z)
    with np.errstate(over="ignore", invalid="ignore"):
        product = np.prod(gain_at(chain.w, z, chain.activation), axis=-1)
    in_range = np.sum(np.abs(log), axis=-1) < 700  # no order of factors leaves the floats
    return np.where(in_range, product, _power(np.prod(sign, axis=-1), np.sum(log, axis=-1)))


def log_gradient(chain: Chain, x: ArrayLike) -> tuple[Floats, Floats]:
    """Sign and natural logarithm of the gradient ``∂a_n/∂a_0`` (:eq:`log-gradient`).

    A sum where the gradient is a product, so it is right at any depth, also
    where the product underflows to 0 or overflows.

    Parameters
    ----------
    chain : Chain
        Chains of n layers; leading axes (...) broadcast with `x`.
    x : array_like
        Input, shape (...).

    Returns
    -------
    sign : numpy.ndarray
        -1, 0 or 1, shape (...).
    log : numpy.ndarray
        ``ln|∂a_n/∂a_0|``, shape (...); ``-inf`` where the gradient is exactly 0.

    Raises
    ------
    ValueError
        As `forward`.

    Examples
    --------
    >>> sign, log = log_gradient(Chain([1] * 1000, 0), 0.5)
    >>> (log / np.log(10)).round(2)  # the gradient is 10 to this power
    np.float64(-648.36)
    """
    instance("chain", chain, Chain, "Chain([1, 1], 0)")
    sign, log = log_gains(chain, x)
    return np.prod(sign, axis=-1) + 0.0, np.sum(log, axis=-1)


def bias_gradients(chain: Chain, x: ArrayLike, cost_slope: ArrayLike = 1) -> Floats:
    """Slopes ``∂a_n/∂b_i`` of the output, or ``∂C/∂b_i`` of a cost (:eq:`bias-gradients`).

    The slope at the layer's own neuron, ``σ'(z_i)``, times the gains of all
    layers behind it. Logarithms carry the product, so that a gain 0 or an
    overflow on the way spoils nothing.

    Parameters
    ----------
    chain : Chain
        Chains of n layers; leading axes (...) broadcast with `x`.
    x : array_like
        Input, shape (...).
    cost_slope : array_like
        ``∂C/∂a_n``, shape (...); 1, where the output itself is asked about.

    Returns
    -------
    numpy.ndarray
        One slope for each layer, shape (..., n).

    Raises
    ------
    ValueError
        As `forward`.

    Examples
    --------
    >>> bias_gradients(Chain([1, 1, 1], 0), 0).round(4)
    array([0.0134, 0.0534, 0.2273])
    """
    return _power(*log_bias_gradients(chain, x, cost_slope))


def log_bias_gradients(
    chain: Chain, x: ArrayLike, cost_slope: ArrayLike = 1
) -> tuple[Floats, Floats]:
    """Signs and natural logarithms of the slopes ``∂C/∂b_i`` (:eq:`bias-gradients`).

    Right at any depth, also where `bias_gradients` underflows to 0 or overflows.

    Parameters
    ----------
    chain : Chain
        Chains of n layers; leading axes (...) broadcast with `x`.
    x : array_like
        Input, shape (...).
    cost_slope : array_like
        ``∂C/∂a_n``, shape (...); 1, where the output itself is asked about.

    Returns
    -------
    sign : numpy.ndarray
        -1, 0 or 1 for each layer, shape (..., n).
    log : numpy.ndarray
        ``ln|∂C/∂b_i|``, shape (..., n); ``-inf`` where a slope is exactly 0.

    Raises
    ------
    ValueError
        As `forward`.

    Examples
    --------
    >>> sign, log = log_bias_gradients(Chain([1] * 1000, 0), 0.5)
    >>> (log[0] / np.log(10)).round(2)  # the slope is 10 to this power
    np.float64(-648.36)
    """
    instance("chain", chain, Chain, "Chain([1, 1], 0)")
    return _log_errors(chain, forward(chain, x).z, cost_slope)


def weight_gradients(chain: Chain, x: ArrayLike, cost_slope: ArrayLike = 1) -> Floats:
    """Slopes ``∂a_n/∂w_i`` of the output, or ``∂C/∂w_i`` of a cost (:eq:`weight-gradients`).

    The slope for the bias times what the weight multiplies, ``a_{i-1}``.

    Parameters
    ----------
    chain : Chain
        Chains of n layers; leading axes (...) broadcast with `x`.
    x : array_like
        Input, shape (...).
    cost_slope : array_like
        ``∂C/∂a_n``, shape (...); 1, where the output itself is asked about.

    Returns
    -------
    numpy.ndarray
        One slope for each layer, shape (..., n).

    Raises
    ------
    ValueError
        As `forward`.

    Examples
    --------
    >>> weight_gradients(Chain([1, 1, 1], 0), 0).round(4)
    array([0.    , 0.0267, 0.1415])
    """
    return _power(*log_weight_gradients(chain, x, cost_slope))


def log_weight_gradients(
    chain: Chain, x: ArrayLike, cost_slope: ArrayLike = 1
) -> tuple[Floats, Floats]:
    """Signs and natural logarithms of the slopes ``∂C/∂w_i`` (:eq:`weight-gradients`).

    Right at any depth, also where `weight_gradients` underflows to 0 or overflows.

    Parameters
    ----------
    chain : Chain
        Chains of n layers; leading axes (...) broadcast with `x`.
    x : array_like
        Input, shape (...).
    cost_slope : array_like
        ``∂C/∂a_n``, shape (...); 1, where the output itself is asked about.

    Returns
    -------
    sign : numpy.ndarray
        -1, 0 or 1 for each layer, shape (..., n).
    log : numpy.ndarray
        ``ln|∂C/∂w_i|``, shape (..., n); ``-inf`` where a slope is exactly 0.

    Raises
    ------
    ValueError
        As `forward`.

    Examples
    --------
    >>> sign, log = log_weight_gradients(Chain([1] * 1000, 0), 0.5)
    >>> (log[0] / np.log(10)).round(2)  # the slope is 10 to this power
    np.float64(-648.66)
    """
    instance("chain", chain, Chain, "Chain([1, 1], 0)")
    z, a = forward(chain, x)
    sign, log = _log_errors(chain, z, cost_slope)
    return sign * np.sign(a[..., :-1]) + 0.0, log + _log_size(a[..., :-1])


def gradient_bound(chain: Chain) -> Floats:
    """Upper bound of ``|∂a_n/∂a_0|``, over all inputs and biases (:eq:`gradient-bound`).

    Every slope ``σ'(z_i)`` is replaced by the steepest there is: ``∏|w_i|/4^n``
    for sigmoids.

    Parameters
    ----------
    chain : Chain
        Chains of n layers.

    Returns
    -------
    numpy.ndarray
        The bound, shape (...); 0 or infinite where it is too small or too
        large for a float, see `log_gradient_bound`.

    Examples
    --------
    >>> gradient_bound(Chain([1, 2, 3, 4], 0))
    array(0.09375)
    """
    instance("chain", chain, Chain, "Chain([1, 1], 0)")
    log = _log_size(chain.w * chain.activation.steepest)
    with np.errstate(over="ignore", invalid="ignore"):
        product = np.prod(np.abs(chain.w) * chain.activation.steepest, axis=-1)
    in_range = np.sum(np.abs(log), axis=-1) < 700
    return np.where(in_range, product, _power(1, np.sum(log, axis=-1)))


def log_gradient_bound(chain: Chain) -> Floats:
    """Natural logarithm of the bound of ``|∂a_n/∂a_0|`` (:eq:`gradient-bound`), at any depth.

    Parameters
    ----------
    chain : Chain
        Chains of n layers.

    Returns
    -------
    numpy.ndarray
        The logarithm, shape (...); ``-inf`` where a weight is 0.

    Examples
    --------
    >>> (log_gradient_bound(Chain([1] * 1000, 0)) / np.log(10)).round(2)
    np.float64(-602.06)
    """
    instance("chain", chain, Chain, "Chain([1, 1], 0)")
    return np.sum(_log_size(chain.w) + np.log(chain.activation.steepest), axis=-1)


def gradient_shortfall(chain: Chain, x: ArrayLike) -> Floats:
    """How far the gradient stays below its bound: ``ln(bound/|∂a_n/∂a_0|)``.

    The weights cancel: what remains is ``Σ ln(steepest slope/σ'(z_i))``, 0 when
    every neuron sits where it is steepest.

    Parameters
    ----------
    chain : Chain
        Chains of n layers; leading axes (...) broadcast with `x`.
    x : array_like
        Input, shape (...).

    Returns
    -------
    numpy.ndarray
        Natural logarithm of the factor, at least 0, shape (...).

    Raises
    ------
    ValueError
        As `forward`.

    Examples
    --------
    >>> gradient_shortfall(Chain([100] * 4, -50), [0.5, 1]).round(1)
    array([  0. , 194.5])
    """
    instance("chain", chain, Chain, "Chain([1, 1], 0)")
    log_slopes = chain.activation.log_slope(forward(chain, x).z)
    return np.sum(np.log(chain.activation.steepest) - log_slopes, axis=-1)


def _layer_by_layer(
    w: Floats, b: Floats, x: Floats, value: Callable[[Floats], Floats]
) -> tuple[Floats, Floats]:
    z, a = [], [x]
    for i in range(w.shape[-1]):
        z.append(w[..., i] * a[-1] + b[..., i])
        a.append(value(z[-1]))
    return np.stack(z, axis=-1), np.stack(a, axis=-1)


@overridable
def _side_by_side(
    w: Floats, b: Floats, x: Floats, value: Callable[[Floats], Floats]
) -> tuple[Floats, Floats] | None:
    """The forward pass of long chains, cut into blocks that run at the same time, or None.

    Most chains forget their start within a few layers, so a block's start can
    be guessed from the last layers before it. Once every block ends, bit for
    bit, where the next one started, this is the pass from layer to layer: the
    first block is, and each hands the truth on to the next.
    """
    n, lead = w.shape[-1], x.shape
    w, b = _blocks(w, isqrt(n)), _blocks(b, isqrt(n))
    starts = x[..., None] + np.zeros(w.shape[-2])
    ends = _layer_by_layer(w[..., -64:], b[..., -64:], starts, value)[1][..., -1]
    for _ in range(4):
        starts = np.concatenate([x[..., None], ends[..., :-1]], axis=-1)
        z, a = _layer_by_layer(w, b, starts, value)
        ends = a[..., -1]
        if np.array_equal(starts[..., 1:], ends[..., :-1]):
            a = np.concatenate([x[..., None], a[..., 1:].reshape(*lead, -1)], axis=-1)
            return z.reshape(*lead, -1)[..., :n], a[..., : n + 1]
    return None


def _blocks(v: Floats, length: int) -> Floats:
    """`v` cut into blocks of `length` layers; neurons of one layer lie side by side in memory."""
    rest = [(0, 0)] * (v.ndim - 1) + [(0, -v.shape[-1] % length)]
    blocks = np.pad(v, rest).reshape(*v.shape[:-1], -1, length)
    return np.moveaxis(np.ascontiguousarray(np.moveaxis(blocks, -1, 0)), 0, -1)


def _log_gains(chain: Chain, z: Floats) -> tuple[Floats, Floats]:
    log = _log_size(chain.w) + chain.activation.log_slope(z)
    return np.where(log > -np.inf, np.sign(chain.w), 0.0), log


def _log_errors(chain: Chain, z: Floats, cost_slope: ArrayLike) -> tuple[Floats, Floats]:
    """Sign and logarithm of ``∂C/∂z_i``: the cost's slope, the gains behind layer i, its slope."""
    cost_slope = real("cost_slope", cost_slope)
    together(("cost_slope", cost_slope), ("the output", z[..., 0]))
    sign, log = _log_gains(chain, z)
    log_slope = chain.activation.log_slope(z)
    signs = _behind(np.cumprod, sign, 1.0) * np.sign(cost_slope)[..., None]
    logs = _behind(np.cumsum, log, 0.0) + _log_size(cost_slope)[..., None]
    return np.where(log_slope > -np.inf, signs, 0.0), logs + log_slope


def _behind(accumulate: Callable[..., Floats], values: Floats, empty: float) -> Floats:
    """For each layer the accumulated values of the layers behind it, `empty` for the last."""
    last = np.full((*values.shape[:-1], 1), empty)
    values = np.concatenate([values[..., 1:], last], axis=-1)
    return accumulate(values[..., ::-1], axis=-1)[..., ::-1]


def _log_size(value: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        return np.log(np.abs(value))


def _power(sign: Floats | float, log: Floats) -> Floats:
    """``sign e^log``; infinite where that is beyond the floats."""
    with np.errstate(over="ignore"):
        return sign * np.exp(log) + 0.0  # no zero with a minus sign
