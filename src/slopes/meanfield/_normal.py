"""Means over a standard normal variable, and the door for numbers from 0 up."""

from collections.abc import Callable, ValuesView

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats, nonnegative, repaired, together
from slopes.activation import LINEAR, RELU, Activation, same

# activations that only stretch: φ(cz) = cφ(z) for c > 0, by the share of a variance they keep
_KEPT = ((RELU, 0.5), (LINEAR, 1.0))


def kept(activation: Activation) -> float | None:
    """The share of a variance that `activation` keeps, if that is the same for all of them."""
    return next((share for known, share in _KEPT if same(activation, known)), None)


def from_zero(**named: ArrayLike) -> ValuesView[Floats]:
    """The named arguments as arrays that broadcast, none of them below 0."""
    arrays = {name: nonnegative(name, value) for name, value in named.items()}
    together(**arrays)
    return arrays.values()


def normal_nodes(
    closest: float = 1e-3, step: float = 0.12, reach: float = 9.5
) -> tuple[Floats, Floats]:
    """Nodes and weights of a mean over a standard normal variable.

    The trapezoidal rule in t, where ξ = closest·sinh t. Its nodes crowd at 0,
    where a steep activation bends: 166 of them are exact to rounding where
    100 of Gauss and Hermite keep three digits. None lies at 0, ReLU's kink.
    """
    count = int(np.ceil(np.arcsinh(reach / closest) / step))
    t = (np.arange(-count, count) + 0.5) * step
    nodes = closest * np.sinh(t)
    weights = closest * np.cosh(t) * np.exp(-(nodes**2) / 2)
    return nodes, weights / weights.sum()


NODES, WEIGHTS = normal_nodes()


def inputs(q: Floats) -> Floats:
    return np.sqrt(q)[..., None] * NODES


def mean(values: Floats) -> Floats:
    return np.sum(values * WEIGHTS, axis=-1)


def mean_square(function: Callable[[Floats], Floats], q: Floats) -> Floats:
    """``E[f(z)²]`` for z of variance `q`; beyond 10⁶ on a grid that is finer near 0."""
    return repaired(mean(function(inputs(q)) ** 2), lambda _: q > 1e6, lambda: _fine(function, q))


def _fine(function: Callable[[Floats], Floats], q: Floats) -> Floats:
    nodes, weights = normal_nodes(1 / np.sqrt(q.max()))
    return np.sum(function(np.sqrt(q)[..., None] * nodes) ** 2 * weights, axis=-1)
