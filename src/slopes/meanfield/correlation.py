"""Correlation of two inputs, and of their gradients, one layer further on."""

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats, between, positive, together
from slopes.activation import RELU, TANH, Activation
from slopes.meanfield._normal import from_zero, inputs, mean
from slopes.meanfield.variance import next_variance

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
    c, q = between("c", c, -1, 1), positive("q", q)
    w, b = from_zero(w_std=w_std, b_std=b_std)
    together(c=c, q=q, w_std=w, b_std=b)
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
    c, q = between("c", c, -1, 1), positive("q", q)
    together(c=c, q=q)
    product = _mean_product(activation, activation.slope, q, c)
    return product / mean(activation.slope(inputs(q)) ** 2)


def _mean_product(activation, function, q, c):
    """Mean of ``function(u) function(v)`` over normal u and v, by closed form for ReLU."""
    if activation.name == RELU.name:
        angle = np.arccos(c)
        if function is activation.slope:
            return (np.pi - angle) / (2 * np.pi) + 0 * q
        return q * (np.sin(angle) + (np.pi - angle) * c) / (2 * np.pi)
    q, c = q[..., None, None], c[..., None, None]
    first = _EVEN[:, None]
    second = c * first + np.sqrt(1 - c**2) * _EVEN
    product = function(np.sqrt(q) * first) * function(np.sqrt(q) * second)
    return np.sum(np.sum(product * _EVEN_WEIGHTS, axis=-1) * _EVEN_WEIGHTS, axis=-1)
