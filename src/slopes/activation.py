"""Activation functions and their slopes, exact to the last digits for every finite input."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats, inside, instance, real, repaired, together


class Activation(NamedTuple):
    """An activation function with its slope.

    The three callables are bare formulas for float arrays: they check nothing,
    and take infinities, where they return their limits.
    """

    name: str
    value: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]
    log_slope: Callable[[Floats], Floats]
    steepest: float

    def __repr__(self) -> str:
        return self.name.upper()


def same(one: Activation, other: Activation) -> bool:
    """Whether two activations are made of the same functions, whatever they are called."""
    instance("one", one, Activation, "SIGMOID")
    instance("other", other, Activation, "SIGMOID")
    return one[1:] == other[1:]


def sigmoid(z: ArrayLike) -> Floats:
    """Activation of a sigmoid neuron, ``σ(z) = 1/(1 + e^-z)`` (:eq:`sigmoid`).

    Parameters
    ----------
    z : array_like
        Weighted input, any shape.

    Returns
    -------
    numpy.ndarray
        Values from 0 to 1, same shape as `z`.

    Examples
    --------
    >>> sigmoid([-1000, 0, 1000])
    array([0. , 0.5, 1. ])
    """
    return _sigmoid(real("z", z))


def sigmoid_slope(z: ArrayLike) -> Floats:
    """Slope of the sigmoid, ``σ'(z) = e^-z/(1 + e^-z)²`` (:eq:`sigmoid-slope`).

    At most 1/4, at ``z = 0``. The equal formula ``σ(z)(1 - σ(z))`` loses all
    its digits as ``σ(z)`` rounds to 1, from ``z = 36.8`` up; this one keeps
    them until the slope itself is too small for a float.

    Parameters
    ----------
    z : array_like
        Weighted input, any shape.

    Returns
    -------
    numpy.ndarray
        Values from 0 to 1/4, same shape as `z`.

    Examples
    --------
    >>> sigmoid_slope([0, 0.5, 40])
    array([2.50000000e-01, 2.35003712e-01, 4.24835426e-18])
    """
    return _sigmoid_slope(real("z", z))


def log_sigmoid_slope(z: ArrayLike) -> Floats:
    """Natural logarithm of the sigmoid's slope, ``ln σ'(z)`` (:eq:`log-sigmoid-slope`).

    Finite for every finite `z`, also where the slope itself is 0 in floating point.

    Parameters
    ----------
    z : array_like
        Weighted input, any shape.

    Returns
    -------
    numpy.ndarray
        Values up to ``-ln 4``, same shape as `z`.

    Examples
    --------
    >>> log_sigmoid_slope([0, 1000]).round(4)
    array([   -1.3863, -1000.    ])
    """
    return _log_sigmoid_slope(real("z", z))


def logit(y: ArrayLike) -> Floats:
    """Weighted input at which a sigmoid neuron answers `y` (:eq:`logit`).

    Parameters
    ----------
    y : array_like
        Activation strictly between 0 and 1, any shape.

    Returns
    -------
    numpy.ndarray
        ``ln(y/(1 - y))``, same shape as `y`.

    Examples
    --------
    >>> logit([0.1, 0.5]).round(4)
    array([-2.1972,  0.    ])
    """
    y = inside("y", y, 0, 1)
    # the quotient cannot tell y from 1/2 when they are close; its distance from 1 can
    upper = np.maximum(y, 0.25)
    return np.where(y < 0.25, np.log(y / (1 - y)), np.log1p((2 * upper - 1) / (1 - upper)))


def _sigmoid(z: Floats) -> Floats:
    decay = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, decay) / (1 + decay)


def _sigmoid_slope(z: Floats) -> Floats:
    decay = np.exp(-np.abs(z))
    return np.minimum(decay / (1 + decay) ** 2, 0.25)  # rounding may exceed the bound


def _log_sigmoid_slope(z: Floats) -> Floats:
    return -np.abs(z) - 2 * np.log1p(np.exp(-np.abs(z)))


def _tanh_slope(z: Floats) -> Floats:
    decay = np.exp(-np.abs(z))
    return (2 * decay / (1 + decay**2)) ** 2


def _log_tanh_slope(z: Floats) -> Floats:
    size = np.abs(z)
    near = np.log1p(-(np.tanh(np.minimum(size, 1)) ** 2))  # keeps its digits towards z = 0
    with np.errstate(over="ignore"):
        far = -2 * (size - np.log(2) + np.log1p(np.exp(-2 * size)))
    return np.where(size < 1, near, far)


def _relu(z: Floats) -> Floats:
    return np.maximum(z, 0)


def _relu_slope(z: Floats) -> Floats:
    return np.where(z > 0, 1.0, 0.0)


def _log_relu_slope(z: Floats) -> Floats:
    return np.where(z > 0, 0.0, -np.inf)


SIGMOID = Activation("sigmoid", _sigmoid, _sigmoid_slope, _log_sigmoid_slope, 0.25)
TANH = Activation("tanh", np.tanh, _tanh_slope, _log_tanh_slope, 1.0)
RELU = Activation("relu", _relu, _relu_slope, _log_relu_slope, 1.0)
LINEAR = Activation("linear", np.positive, np.ones_like, np.zeros_like, 1.0)


def gain(w: ArrayLike, a: ArrayLike, b: ArrayLike = 0, activation: Activation = SIGMOID) -> Floats:
    """Slope of one neuron from its input to its output, ``w σ'(wa + b)`` (:eq:`gain`).

    The factor by which the neuron scales a small change of its input going
    forward, and an error coming back.

    Parameters
    ----------
    w, a, b : array_like
        Weight, input and bias, of shapes that broadcast.
    activation : Activation
        The neuron's activation function.

    Returns
    -------
    numpy.ndarray
        The gain, in units of the output per unit of the input, of the
        common shape.

    Examples
    --------
    >>> gain(100, [0.5, 0.6, 1], -50).round(4)
    array([2.5e+01, 4.5e-03, 0.0e+00])
    """
    w, a, b = real("w", w), real("a", a), real("b", b)
    together(w=w, a=a, b=b)
    with np.errstate(over="ignore"):
        return gain_at(w, w * a + b, activation)


def gain_at(w: Floats, z: Floats, activation: Activation) -> Floats:
    """Gains ``w σ'(z)``, also where the slope alone is too small for a float."""
    slope = instance("activation", activation, Activation, "SIGMOID").slope(z)
    return repaired(
        w * slope,
        lambda _: (slope >= 0) & (slope < np.finfo(float).tiny) & (np.abs(w) > 1),
        lambda: _through_roots(w, activation.log_slope(z)),
    )


def _through_roots(w: Floats, log: Floats) -> Floats:
    with np.errstate(under="ignore"):
        root = np.exp(log / 4)
        return w * root * root * root * root
