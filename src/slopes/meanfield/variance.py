"""Variance of the weighted inputs of deep layers, and what that makes of gradients."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats, instance, overridable, positive
from slopes._values import by_value
from slopes.activation import SIGMOID, TANH, Activation, same
from slopes.meanfield._normal import NODES, from_zero, inputs, kept, mean, mean_square


@by_value
class CriticalLine(NamedTuple):
    """Standard deviations of the weights, times √n, and of the biases, on the critical line."""

    w_std: Floats
    b_std: Floats


def variance_map(
    q: ArrayLike, w_std: ArrayLike = 1, b_std: ArrayLike = 0, activation: Activation = TANH
) -> Floats:
    """Variance of the weighted inputs one layer further on (:eq:`variance-map`).

    It is ``w_std² E φ(√q ξ)² + b_std²`` over a standard normal ξ.

    Parameters
    ----------
    q : array_like
        Variance of a layer's weighted inputs, at least 0.
    w_std, b_std : array_like
        Standard deviations of the weights (times √n) and of the biases, at least 0.
    activation : Activation
        The neurons' activation function φ.

    Returns
    -------
    numpy.ndarray
        Variance, of the common shape; to 14 digits for q up to 10⁶.

    References
    ----------
    Poole et al. (2016), equation 3.

    Examples
    --------
    >>> from slopes.activation import SIGMOID
    >>> variance_map([0, 1, 1.3021], 1, 1, SIGMOID).round(4)
    array([1.25  , 1.2934, 1.3021])
    """
    instance("activation", activation, Activation, "TANH")
    q, w, b = from_zero(q=q, w_std=w_std, b_std=b_std)
    return next_variance(q, w, b, activation)


def fixed_variance(w_std: ArrayLike, b_std: ArrayLike = 0, activation: Activation = TANH) -> Floats:
    """Variance q* that deep layers settle to (:eq:`fixed-variance`).

    For sigmoid and tanh it does not depend on where the layers start. Those
    that stretch, ReLU and linear, are started at 1: at their critical standard
    deviation with no biases they stay there, and beyond it the answer is infinite.

    Parameters
    ----------
    w_std, b_std : array_like
        Standard deviations of the weights (times √n) and of the biases, at least 0.
    activation : Activation
        The neurons' activation function: sigmoid, tanh, ReLU or linear. For another
        one repeat `variance_map`.

    Returns
    -------
    numpy.ndarray
        The fixed point of `variance_map`, of the common shape.

    Raises
    ------
    ValueError
        For any other activation function.

    Examples
    --------
    >>> from slopes.activation import SIGMOID
    >>> fixed_variance(1, 1, SIGMOID).round(4)
    np.float64(1.3021)
    """
    instance("activation", activation, Activation, "TANH")
    w, b = from_zero(w_std=w_std, b_std=b_std)
    if (share := kept(activation)) is not None:
        return _stretched(share * w**2, b)
    return _settled(w, b, activation)


def mean_square_gain(
    w_std: ArrayLike,
    b_std: ArrayLike = 0,
    activation: Activation = TANH,
    q: ArrayLike | None = None,
) -> Floats:
    """Factor χ by which a layer scales the mean square of a gradient (:eq:`mean-square-gain`).

    It is ``w_std² E φ'(√q ξ)²``: the square of a gain, averaged over the
    neurons. Below 1 gradients vanish with depth, above 1 they explode.

    Parameters
    ----------
    w_std, b_std : array_like
        Standard deviations of the weights (times √n) and of the biases, at least 0.
    activation : Activation
        The neurons' activation function.
    q : array_like, optional
        Variance of the weighted inputs; that of deep layers if not given.

    Returns
    -------
    numpy.ndarray
        The factor, of the common shape. A gradient's *length* changes by √χ.

    Raises
    ------
    ValueError
        Without `q`, as `fixed_variance`.

    References
    ----------
    Schoenholz et al. (2017), equation 5.

    Examples
    --------
    >>> from slopes.activation import SIGMOID
    >>> chi = mean_square_gain(1, 1, SIGMOID)
    >>> chi.round(5), (1 / chi**0.5).round(3)
    (np.float64(0.04196), np.float64(4.882))
    """
    instance("activation", activation, Activation, "TANH")
    w, b, *given = from_zero(w_std=w_std, b_std=b_std, **({} if q is None else {"q": q}))
    if (share := kept(activation)) is not None:
        return share * w**2 + 0 * b
    variance = given[0] if given else _settled(w, b, activation)
    return w**2 * mean_square(activation.slope, variance)


def depth_scale(chi: ArrayLike) -> Floats:
    """Number of layers over which a factor per layer grows or shrinks by e (:eq:`depth-scale`).

    Parameters
    ----------
    chi : array_like
        Factor per layer, above 0.

    Returns
    -------
    numpy.ndarray
        ``1/|ln χ|``, same shape as `chi`; infinite where χ is 1.

    Examples
    --------
    >>> depth_scale([0.042, 0.9, 1]).round(2)
    array([0.32, 9.49,  inf])
    """
    with np.errstate(divide="ignore"):
        return 1 / np.abs(np.log(positive("chi", chi)))


def critical_line(q: ArrayLike, activation: Activation = TANH) -> CriticalLine:
    """Where deep layers settle to variance `q` and χ is exactly 1 (:eq:`critical-line`).

    Run through by `q`, this is the border between vanishing and exploding.

    Parameters
    ----------
    q : array_like
        Variance of deep layers, at least 0.
    activation : Activation
        The neurons' activation function.

    Returns
    -------
    CriticalLine
        Two arrays ``w_std`` and ``b_std``, same shape as `q`; ``b_std`` is NaN
        where no bias, however small, would do.

    Examples
    --------
    >>> w_std, b_std = critical_line([0, 0.5, 1])
    >>> w_std.round(3), b_std.round(3)
    (array([1.   , 1.299, 1.467]), array([0.   , 0.195, 0.389]))
    """
    instance("activation", activation, Activation, "TANH")
    (q,) = from_zero(q=q)
    if (share := kept(activation)) is not None:
        return CriticalLine(share**-0.5 + 0 * q, 0 * q)
    z = inputs(q)
    w = 1 / np.sqrt(mean_square(activation.slope, q))
    left = q - w**2 * mean(activation.value(z) ** 2)
    return CriticalLine(w, np.sqrt(np.where(left >= 0, left, np.nan)))


def next_variance(q: Floats, w: Floats, b: Floats, activation: Activation) -> Floats:
    return w**2 * mean_square(activation.value, q) + b**2


def _stretched(kept: Floats, b: Floats) -> Floats:
    """Where ``q <- kept·q + b²`` leads from 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        limit = np.where(kept < 1, b**2 / np.abs(1 - kept), np.inf)
    return np.where((kept == 1) & (b == 0), 1, limit)


def _settled(w: Floats, b: Floats, activation: Activation) -> Floats:
    """Where the variances of a bounded activation lead: Newton's method from above.

    The map is concave in q, so the steps come down to the fixed point without
    passing it. Without biases tanh has the fixed point 0 for w up to 1.
    """
    if not any(same(activation, known) for known in (SIGMOID, TANH)):
        raise ValueError(
            f"where layers of {activation.name!r} settle is not known here; "
            "repeat variance_map until q stays"
        )
    q = w**2 + b**2
    if same(activation, TANH):
        q = np.where((b == 0) & (w <= 1), 0, q)
    return iterated(q, w, b, activation)


@overridable
def iterated(q: Floats, w: Floats, b: Floats, activation: Activation) -> Floats:
    """`q` after as many steps of Newton's method as it takes to come to rest."""
    for _ in range(40):
        q, step = newton_step(q, w, b, activation)
        if np.all(step <= 1e-13 * q):
            break
    return q


def newton_step(q: Floats, w: Floats, b: Floats, activation: Activation) -> tuple[Floats, Floats]:
    """The variance after one step towards the fixed point, and how far that went."""
    root = np.sqrt(np.maximum(q, 1e-300))
    value, slope = activation.value(inputs(q)), activation.slope(inputs(q))
    excess = w**2 * mean(value**2) + b**2 - q
    tilt = w**2 * mean(value * slope * NODES) / root - 1
    step = np.maximum(excess / np.minimum(tilt, -1e-8), 0)  # rounding may point back
    return np.maximum(q - step, 0), step
