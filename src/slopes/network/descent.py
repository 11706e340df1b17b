"""Gradient descent: with all examples at once or in small batches."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from slopes._arguments import Floats, generator, instance, positive, real, vector, whole
from slopes._values import by_value
from slopes.network.gradients import (
    clipped,
    cost_and_gradients,
    length_of,
    pairs,
    speeds_of,
    tree_map,
)
from slopes.network.layers import Network, Normalisation, Parameters, predict, settle


@by_value
class Training(NamedTuple):
    """What a training leaves behind.

    Attributes
    ----------
    network : Network
        The network after the last epoch.
    costs : numpy.ndarray
        Average cost in each epoch, shape (epochs,): the mean over its updates,
        each taken before the update. NaN from the epoch on in which a number
        grew beyond the floats.
    speeds : numpy.ndarray
        Speed of learning of every layer, shape (epochs, layers), the same mean.
    """

    network: Network
    costs: Floats
    speeds: Floats


def step(
    network: Network, gradient: Parameters, rate: ArrayLike, weight_decay: float = 0.0
) -> Network:
    """The network after one step of gradient descent.

    Weights first shrink by the factor ``1 − rate·weight_decay``, biases and
    scales do not; then all move against the gradient (:eq:`descent-step`).

    Parameters
    ----------
    network : Network
        The network before.
    gradient : Parameters
        As `gradients` returns it.
    rate : float or array_like
        Learning rate, above 0: one, or one for each layer, the output layer last.
    weight_decay : float
        Weight decay, from 0 up: Nielsen's ``λ/n``.

    Returns
    -------
    Network
        The network after; the one before is as it was.

    Raises
    ------
    ValueError
        If `weight_decay` is not below 1/rate, or the gradient is that of another network.

    Examples
    --------
    >>> from slopes.network import Parameters
    >>> before = Network(Parameters(([[1]],), ([1],)))
    >>> after = step(before, Parameters(([[1]],), ([1],)), rate=0.1, weight_decay=0.5)
    >>> after.parameters.weights[0].round(4), after.parameters.biases[0]
    (array([[0.85]]), array([0.9]))
    """
    instance("gradient", gradient, Parameters, "what gradients returns")
    instance("network", network, Network, "what build returns")
    gradient = tree_map(np.asarray, gradient)
    if tree_map(np.shape, gradient) != tree_map(np.shape, network.parameters):
        raise ValueError(
            "gradient has other shapes than the parameters; give what gradients returns for network"
        )
    rule = _rule(network, rate, weight_decay)
    return replace(network, parameters=_moved(network.parameters, gradient, rule))


def train(
    network: Network,
    x: ArrayLike,
    y: ArrayLike,
    epochs: int,
    rate: ArrayLike,
    weight_decay: float = 0.0,
    batch: int | None = None,
    rng: "np.random.Generator | None" = None,
    max_norm: float | None = None,
    momentum: float = 0.0,
) -> Training:
    """Train by gradient descent for a number of epochs.

    Parameters
    ----------
    network : Network
        The network before.
    x, y : array_like
        Examples and targets, one a row, shapes (m, n) and (m, k).
    epochs : int
        How often every example is used.
    rate : float or array_like
        Learning rate, above 0: one, or one for each layer, the output layer last.
    weight_decay : float
        Weight decay, from 0 up: Nielsen's ``λ/n``.
    batch : int, optional
        Number of examples for each update; all of them if it is not given.
    rng : numpy.random.Generator, optional
        Source of randomness for small batches, which are drawn anew in each
        epoch; not needed without `batch`.
    max_norm : float, optional
        Greatest length of a gradient; longer ones are `clipped`.
    momentum : float
        Share of the last step that is added to each, from 0 up and below 1.

    Returns
    -------
    Training
        The network after, and costs and speeds of every epoch. If a number
        grows beyond the floats, training stops: the network is the last one
        with finite numbers.

    Raises
    ------
    ValueError
        If `weight_decay` is not below 1/rate, or batch normalisation gets batches of 1.

    Examples
    --------
    >>> from slopes.network import build
    >>> network = build([1, 4, 1], np.random.default_rng(0))
    >>> training = train(network, [[0], [1]], [[1], [0]], epochs=500, rate=2)
    >>> predict(training.network, [[0], [1]]).round(1)
    array([[1.],
           [0.]])
    """
    instance("network", network, Network, "what build returns")
    x, y = pairs(network, x, y)
    epochs, rule = whole("epochs", epochs), _rule(network, rate, weight_decay, max_norm, momentum)
    batches = _batches(len(x), batch, rng, network.normalisation)
    parameters, velocity = network.parameters, tree_map(np.zeros_like, network.parameters)
    records = np.full((epochs, 1 + len(parameters.weights)), np.nan)
    for epoch in range(epochs):
        rows = []
        for some in batches():
            update = _update(network, parameters, velocity, x[some], y[some], rule)
            if update is None:
                return _ended(network, parameters, x, records)
            parameters, velocity, row = update
            rows.append(row)
        records[epoch] = np.mean(rows, axis=0)
    return _ended(network, parameters, x, records)


def accuracy(network: Network, x: ArrayLike, labels: ArrayLike) -> float:
    """Share of the examples for which the right output is the largest.

    Parameters
    ----------
    network : Network
        A network with n inputs.
    x : array_like
        Examples, one a row, shape (m, n).
    labels : array_like
        Index of the right output for each, shape (m,).

    Returns
    -------
    float
        From 0 to 1.

    Examples
    --------
    >>> from slopes.network import Parameters
    >>> network = Network(Parameters(([[1], [-1]],), ([0, 0],)))
    >>> float(accuracy(network, [[3], [-2], [5]], [0, 1, 1]).round(3))
    0.667
    """
    instance("network", network, Network, "what build returns")
    outputs, labels = predict(network, x), vector("labels", labels)
    if len(outputs) != len(labels):
        raise ValueError(
            f"x has {len(outputs)} rows and labels has {len(labels)}; give a label for each example"
        )
    return np.mean(np.argmax(outputs, axis=1) == labels)


def one_hot(labels: ArrayLike, count: int = 10) -> Floats:
    """Targets for classification: a 1 at the place of the label, 0 elsewhere.

    Parameters
    ----------
    labels : array_like
        Whole numbers from 0 up and below `count`, shape (m,).
    count : int
        Number of classes.

    Returns
    -------
    numpy.ndarray
        Shape (m, count).

    Examples
    --------
    >>> one_hot([2, 0], 3)
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    labels, count = vector("labels", labels), whole("count", count, 1)
    strange = labels[~np.isin(labels, np.arange(count))]
    if strange.size:
        raise ValueError(f"labels holds {strange[0]}; give whole numbers from 0 to {count - 1}")
    return np.eye(count)[labels.astype(int)]


class _Rule(NamedTuple):
    rates: tuple[float, ...]  # one for each layer
    weight_decay: float
    max_norm: float
    momentum: float


def _rule(
    network: Network,
    rate: ArrayLike,
    weight_decay: float = 0.0,
    max_norm: float | None = None,
    momentum: float = 0.0,
) -> _Rule:
    layers, rates = len(network.parameters.weights), positive("rate", rate)
    if rates.shape not in ((), (layers,)):
        raise ValueError(f"rate has shape {rates.shape}; give one number, or one for each layer")
    weight_decay = float(real("weight_decay", weight_decay))
    momentum = float(real("momentum", momentum))
    max_norm = np.inf if max_norm is None else float(positive("max_norm", max_norm))
    if weight_decay < 0 or rates.max() * weight_decay >= 1:
        raise ValueError(
            f"weight_decay is {weight_decay}; give a number from 0 up and below 1/rate, "
            f"which is {1 / rates.max()}"
        )
    if not 0 <= momentum < 1:
        raise ValueError(f"momentum is {momentum}; give a number from 0 up and below 1")
    each_rate = tuple(np.broadcast_to(rates, layers).tolist())
    return _Rule(each_rate, weight_decay, max_norm, momentum)


def _batches(
    m: int, size: int | None, rng: "np.random.Generator | None", normalisation: Normalisation
) -> Callable[[], Sequence[slice | NDArray[np.intp]]]:
    """A function that deals out the examples for one epoch, a batch at a time."""
    size = m if size is None else min(whole("batch", size, 1), m)
    if normalisation.axis == 0 and size < 2:
        raise ValueError("batch normalisation has no variance in a batch of 1; give larger batches")
    if size == m:
        return lambda: [slice(None)]
    source = generator(rng)
    # with batch normalisation no batch may be left with a single example
    cuts = [cut for cut in range(size, m, size) if normalisation.axis != 0 or m - cut > 1]
    return lambda: np.split(source.permutation(m), cuts)


def _update(
    network: Network,
    parameters: Parameters,
    velocity: Parameters,
    x: Floats,
    y: Floats,
    rule: _Rule,
) -> tuple[Parameters, Parameters, list[float]] | None:
    """Parameters and velocity after one update, and its costs and speeds; None if not finite."""
    with np.errstate(over="ignore", invalid="ignore"):
        cost, gradient = cost_and_gradients(network, parameters, x, y)
        if not np.isfinite(cost + length_of(gradient)):
            return None
    row = [cost, *speeds_of(gradient)]
    if rule.max_norm < np.inf:
        gradient = clipped(gradient, rule.max_norm)
    if rule.momentum:
        gradient = velocity = tree_map(lambda v, g: rule.momentum * v + g, velocity, gradient)
    return _moved(parameters, gradient, rule), velocity, row


def _moved(parameters: Parameters, gradient: Parameters, rule: _Rule) -> Parameters:
    moved = (
        tuple(p - rate * g for rate, p, g in zip(rule.rates, values, slopes, strict=False))
        for values, slopes in zip(parameters, gradient, strict=True)
    )
    weights, biases, scales = moved
    if rule.weight_decay:
        before = zip(rule.rates, weights, parameters.weights, strict=True)
        weights = tuple(after - rate * rule.weight_decay * W for rate, after, W in before)
    return Parameters(weights, biases, scales)


def _ended(network: Network, parameters: Parameters, x: Floats, records: Floats) -> Training:
    network = settle(replace(network, parameters=parameters), x)
    return Training(network, records[:, 0], records[:, 1:])
