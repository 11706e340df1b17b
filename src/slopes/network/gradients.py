"""Gradients of the cost for every parameter of a network, and the speed of its layers."""

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats, instance, positive
from slopes.network.layers import Network, Parameters, Trace, branch_factor, examples, run


def average_cost(network: Network, x: ArrayLike, y: ArrayLike) -> float:
    """Cost of the network, averaged over the examples.

    Parameters
    ----------
    network : Network
        A network with n inputs and k outputs.
    x : array_like
        Examples, one a row, shape (m, n).
    y : array_like
        Targets, one a row, shape (m, k).

    Returns
    -------
    float
        The mean cost.

    Examples
    --------
    >>> from slopes.network import Network, Parameters
    >>> network = Network(Parameters(([[0]],), ([0],)))
    >>> average_cost(network, [[1], [2]], [[0], [1]]).round(4)
    np.float64(0.6931)
    """
    instance("network", network, Network, "what build returns")
    x, y = pairs(network, x, y)
    return cast(float, np.mean(network.cost.value(run(network, network.parameters, x)[1], y)))


def gradients(network: Network, x: ArrayLike, y: ArrayLike) -> Parameters:
    """Gradient of the average cost with respect to every parameter.

    The error ``δ = ∂C/∂z`` of a layer is what the layer behind it sends back,
    times its slope (:eq:`network-errors`); its mean over the examples is the
    gradient of the biases. No loop runs over examples.

    Parameters
    ----------
    network : Network
        A network with n inputs and k outputs.
    x, y : array_like
        Examples and targets, one a row, shapes (m, n) and (m, k).

    Returns
    -------
    Parameters
        Arrays of the same shapes as the parameters.

    Examples
    --------
    >>> from slopes.network import Network, Parameters
    >>> network = Network(Parameters(([[0]],), ([0],)))
    >>> gradients(network, [[1], [2]], [[0], [1]]).weights[0]
    array([[-0.25]])
    """
    instance("network", network, Network, "what build returns")
    x, y = pairs(network, x, y)
    return cost_and_gradients(network, network.parameters, x, y)[1]


def learning_speeds(network: Network, x: ArrayLike, y: ArrayLike) -> Floats:
    """Length of the gradient of the biases of every layer (:eq:`learning-speeds`).

    Nielsen's measure of how fast a layer learns: the mean of ``∂C/∂b`` over the
    examples comes first, its Euclidean norm second.

    Parameters
    ----------
    network : Network
        A network with n inputs and k outputs.
    x, y : array_like
        Examples and targets, one a row, shapes (m, n) and (m, k).

    Returns
    -------
    numpy.ndarray
        One number for each layer, the output layer last.

    Examples
    --------
    >>> from slopes.network import build
    >>> network = build([2, 3, 3, 1], np.random.default_rng(0))
    >>> learning_speeds(network, [[0, 1], [1, 0]], [[1], [1]]).round(4)
    array([0.0068, 0.0303, 0.3986])
    """
    instance("network", network, Network, "what build returns")
    return speeds_of(gradients(network, x, y))


def speeds_of(gradient: Parameters) -> Floats:
    """Norms of the biases' gradients, one for each layer.

    Parameters
    ----------
    gradient : Parameters
        As `gradients` returns it.

    Returns
    -------
    numpy.ndarray
        One number for each layer, the output layer last.

    Examples
    --------
    >>> from slopes.network import Parameters
    >>> speeds_of(Parameters(([[0], [0]],), (np.array([3, 4]),)))
    array([5.])
    """
    instance("gradient", gradient, Parameters, "what gradients returns")
    return np.stack([np.sqrt(b @ b) for b in gradient.biases])


def clipped(gradient: Parameters, max_norm: float) -> Parameters:
    """The gradient, shortened to the length `max_norm` if it is longer.

    All its numbers are divided by the same one, so that its direction stays
    (Pascanu, Mikolov and Bengio 2013).

    Parameters
    ----------
    gradient : Parameters
        As `gradients` returns it.
    max_norm : float
        Greatest length, above 0; the length is the root of the sum of all squares.

    Returns
    -------
    Parameters
        The same direction, no longer than that.

    Examples
    --------
    >>> from slopes.network import Parameters
    >>> clipped(Parameters((np.array([[3.0]]),), (np.array([4.0]),)), 1).biases[0]
    array([0.8])
    """
    instance("gradient", gradient, Parameters, "what gradients returns")
    limit, length = positive("max_norm", max_norm), length_of(gradient)
    return tree_map(
        lambda array: array * np.minimum(1, limit / np.maximum(length, limit)), gradient
    )


def pairs(network: Network, x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    """Examples and targets as arrays, if there is one target for each example."""
    x = examples("x", x, network.sizes[0])
    y = examples("y", y, network.sizes[-1])
    if len(x) != len(y):
        raise ValueError(f"x has {len(x)} rows and y has {len(y)}; give a target for each example")
    return x, y


def length_of(gradient: Parameters) -> float:
    """Euclidean length of all parts of a gradient together."""
    return np.sqrt(sum(np.vdot(array, array) for group in gradient for array in group))


def cost_and_gradients(
    network: Network, parameters: Parameters, x: Floats, y: Floats
) -> tuple[float, Parameters]:
    """Average cost at these parameters, and its gradient."""
    traces, z, last = run(network, parameters, x)
    delta = network.cost.slope(z, y) / len(x)
    weights, biases, scales = [delta.T @ last], [np.sum(delta, axis=0)], []
    back = delta @ parameters.weights[-1]
    for l in reversed(range(len(traces))):  # noqa: E741
        W, trace = parameters.weights[l], traces[l]
        branch = branch_factor(network, W)
        delta = (back if branch is None else branch * back) * trace.slope
        biases.append(np.sum(delta, axis=0))
        if trace.normal is not None:
            scales.append(np.sum(delta * trace.normal, axis=0))
            delta = _through_normalisation(
                delta * parameters.scales[l], trace, network.normalisation.axis
            )
        weights.append(delta.T @ trace.h)
        if l:
            back = delta @ W if branch is None else delta @ W + back
    cost = cast(float, np.mean(network.cost.value(z, y)))
    return cost, Parameters(*(tuple(group[::-1]) for group in (weights, biases, scales)))


def _through_normalisation(delta: Floats, trace: Trace, axis: int | None) -> Floats:
    """The errors before the normalisation: it takes out their mean and their part along it."""
    normal, std = cast(Floats, trace.normal), cast(Floats, trace.std)
    along = np.mean(delta * normal, axis=axis, keepdims=True)
    return (delta - np.mean(delta, axis=axis, keepdims=True) - normal * along) / std


def tree_map(change: Callable[..., Any], *groups: Parameters) -> Parameters:
    """A gradient or parameters with every array changed, alone or with those of its rank."""
    return Parameters(
        *(
            tuple(change(*arrays) for arrays in zip(*parts, strict=True))
            for parts in zip(*groups, strict=True)
        )
    )
