"""Costs, each with the output layer that belongs to it, as functions of its weighted input."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from slopes._arguments import Floats, instance
from slopes.activation import LINEAR, SIGMOID, Activation


class Cost(NamedTuple):
    """A cost, and what the output neurons compute.

    The callables are bare formulas for float arrays. They take the weighted
    inputs ``z`` of the output layer, not its activations, so that no logarithm
    meets an activation that has been rounded to 0 or 1.

    Attributes
    ----------
    name : str
        Its name.
    output : callable
        ``output(z)``: the activations of the output layer, shape (..., k) as `z`.
    value : callable
        ``value(z, y)``: the cost of each example, shape (...).
    slope : callable
        ``slope(z, y)``: its derivative ``∂C/∂z``, shape (..., k).
    """

    name: str
    output: Callable[[Floats], Floats]
    value: Callable[[Floats, Floats], Floats]
    slope: Callable[[Floats, Floats], Floats]

    def __repr__(self) -> str:
        return self.name.upper().replace(" ", "_")


def squared_error(activation: Activation = LINEAR) -> Cost:
    """Half the squared distance from the target, ``½|a − y|²`` with ``a = σ(z)``.

    Parameters
    ----------
    activation : Activation
        The output neurons' activation function.

    Returns
    -------
    Cost
        The cost.

    Examples
    --------
    >>> float(squared_error().value(np.array([1.0, 3.0]), np.array([1.0, 1.0])))
    2.0
    """
    instance("activation", activation, Activation, "SIGMOID")
    linear = activation == LINEAR
    return Cost(
        "squared error" if linear else f"squared error of {activation.name}",
        activation.value,
        _SquaredError(activation),
        _SquaredErrorSlope(activation),
    )


# classes where a function in a function would do: what is trained can be pickled, and compared
@dataclass(frozen=True)
class _SquaredError:
    activation: Activation

    def __call__(self, z: Floats, y: Floats) -> Floats:
        return np.sum((self.activation.value(z) - y) ** 2, axis=-1) / 2


@dataclass(frozen=True)
class _SquaredErrorSlope:
    activation: Activation

    def __call__(self, z: Floats, y: Floats) -> Floats:
        return (self.activation.value(z) - y) * self.activation.slope(z)


def _cross_entropy_slope(z: Floats, y: Floats) -> Floats:
    return SIGMOID.value(z) - y


def _cross_entropy(z: Floats, y: Floats) -> Floats:
    # -y ln σ(z) - (1-y) ln(1-σ(z)), without the sigmoid
    return np.sum(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))), axis=-1)


def _softmax(z: Floats) -> Floats:
    powers = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)


def _softmax_cross_entropy(z: Floats, y: Floats) -> Floats:
    top = np.max(z, axis=-1, keepdims=True)
    total = top + np.log(np.sum(np.exp(z - top), axis=-1, keepdims=True))
    return np.sum(y * (total - z), axis=-1)


def _softmax_slope(z: Floats, y: Floats) -> Floats:
    return _softmax(z) * np.sum(y, axis=-1, keepdims=True) - y


CROSS_ENTROPY = Cost("cross entropy", SIGMOID.value, _cross_entropy, _cross_entropy_slope)
SOFTMAX_CROSS_ENTROPY = Cost(
    "softmax cross entropy", _softmax, _softmax_cross_entropy, _softmax_slope
)
SQUARED_ERROR = squared_error()
