"""Correlation of two inputs, and of their gradients, one layer further on."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats, between, ensure, instance, overridable, positive, together
from slopes.activation import RELU, TANH, Activation, same
from slopes.meanfield._normal import from_zero, mean_square, normal_nodes
from slopes.meanfield.variance import next_variance

_SPREAD = 16.0  # the variance up to which steps of 1/16 resolve tanh and the sigmoid
_EVEN = np.linspace(-9, 9, 289)  # for two variables, where bends lie across the plane
_EVEN_WEIGHTS = np.exp(-(_EVEN**2) / 2) / np.exp(-(_EVEN**2) / 2).sum()


def correlation_map(
    c: ArrayLike,
    q: ArrayLike,
    w_std: ArrayLike = 1,
    b_std: ArrayLike = 0,
    activation: Activation = TANH,
) -> Floats:
    """Correlation of two inputs' weighted inputs one layer further on (:eq:`correlation-map`).

    Two inputs of a network whose weighted inputs have variance `q` each and
    correlation `c` in one layer; how alike are they in the next?

    Parameters
    ----------
    c : array_like
        Correlation, from -1 to 1.
    q : array_like
        Variance of the weighted inputs for each of the two, above 0.
    w_std, b_std : array_like
        Standard deviations of the weights (times √n) and of the biases, at least 0,
        not both 0.
    activation : Activation
        The neurons' activation function.

    Returns
    -------
    numpy.ndarray
        Correlation, of the common shape; for sigmoid and tanh to 10 digits for q up to 25.

    References
    ----------
    Poole et al. (2016), equation 5; for ReLU Cho and Saul (2009).

    Examples
    --------
    >>> correlation_map([0, 0.5, 1], 1, 2**0.5, 0, RELU).round(4)
    array([0.3183, 0.609 , 1.    ])
    """
    instance("activation", activation, Activation, "TANH")
    c, q = between("c", c, -1, 1), positive("q", q)
    w, b = from_zero(w_std=w_std, b_std=b_std)
    together(c=c, q=q, w_std=w, b_std=b)
    ensure(lambda std: std > 0, w + b, "w_std and b_std are both 0; give one of them above 0")
    shared = w**2 * _mean_product(activation, activation.value, q, c) + b**2
    correlation = shared / next_variance(q, w, b, activation)
    return np.clip(correlation, -1, 1)  # rounding may exceed the bound


def gradient_correlation(c: ArrayLike, q: ArrayLike, activation: Activation = TANH) -> Floats:
    """Factor by which a layer reduces two gradients' correlation (:eq:`gradient-correlation`).

    It is ``E φ'φ'/E φ'²``: how alike the layer's slopes are for two inputs.

    Parameters
    ----------
    c : array_like
        Correlation of the weighted inputs, from -1 to 1.
    q : array_like
        Variance of the weighted inputs for each of the two, above 0.
    activation : Activation
        The neurons' activation function.

    Returns
    -------
    numpy.ndarray
        The factor, of the common shape, at most 1.

    Examples
    --------
    >>> gradient_correlation([-1, 0, 0.5, 1], 1, RELU).round(4)
    array([0.    , 0.5   , 0.6667, 1.    ])
    """
    instance("activation", activation, Activation, "TANH")
    c, q = between("c", c, -1, 1), positive("q", q)
    together(c=c, q=q)
    product = _mean_product(activation, activation.slope, q, c)
    return product / mean_square(activation.slope, q)


def _mean_product(
    activation: Activation, function: Callable[[Floats], Floats], q: Floats, c: Floats
) -> Floats:
    """Mean of ``function(u) function(v)`` over normal u and v, by closed form for ReLU."""
    if same(activation, RELU):
        angle = np.arccos(c)
        if function is activation.slope:
            return (np.pi - angle) / (2 * np.pi) + 0 * q
        return q * (np.sin(angle) + (np.pi - angle) * c) / (2 * np.pi)
    return mean_of_product(function, q, c)


@overridable
def mean_of_product(function: Callable[[Floats], Floats], q: Floats, c: Floats) -> Floats:
    """``E[f(u) f(v)]`` for u and v of variance `q` and correlation `c`."""
    far = q > _SPREAD
    if not far.any():
        return even_product(function, q, c)
    q, c = np.broadcast_arrays(q, c)
    near = even_product(function, np.minimum(q, _SPREAD), c)
    return np.where(far, _graded_product(function, np.maximum(q, _SPREAD), c), near)


def even_product(function: Callable[[Floats], Floats], q: Floats, c: Floats) -> Floats:
    """``E[f(u) f(v)]`` on a grid of even steps, which resolves what bends over 1/4 and more."""
    q, c = q[..., None, None], c[..., None, None]
    first = _EVEN[:, None]
    second = c * first + np.sqrt(1 - c**2) * _EVEN
    product = function(np.sqrt(q) * first) * function(np.sqrt(q) * second)
    return np.sum(np.sum(product * _EVEN_WEIGHTS, axis=-1) * _EVEN_WEIGHTS, axis=-1)


def _graded_product(function: Callable[[Floats], Floats], q: Floats, c: Floats) -> Floats:
    """``E[f(u) f(v)]`` on grids that are fine where `function` bends, which is near 0.

    Given u, v is normal around cu; its grid is densest where v passes 0.
    """
    q, c = q[..., None], c[..., None]
    closest = min(1e-3, 1 / np.sqrt(q.max()))
    nodes, weights = normal_nodes(closest)
    first = np.sqrt(q) * nodes
    rest = np.sqrt(q * (1 - c**2))
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = np.where(rest > 0, -c * first / rest, 0)
    crossing = np.clip(np.nan_to_num(crossing), -12, 12)
    second = crossing[..., None] + closest * np.sinh(_even_steps(24 / closest))
    chances = np.exp(-(second**2) / 2) * np.cosh(_even_steps(24 / closest))
    chances = chances / chances.sum(axis=-1, keepdims=True)
    values = function((c * first)[..., None] + rest[..., None] * second)
    return np.sum(function(first) * weights * np.sum(values * chances, axis=-1), axis=-1)


def _even_steps(reach: float, step: float = 0.06) -> Floats:
    count = int(np.ceil(np.arcsinh(reach) / step))
    return (np.arange(-count, count, dtype=float) + 0.5) * step
