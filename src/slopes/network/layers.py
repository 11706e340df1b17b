"""Networks of fully connected layers: what they compute."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats, frozen, instance, matrix, real, vector
from slopes._values import alike, by_value
from slopes.activation import RELU, SIGMOID, TANH, Activation, same
from slopes.network.costs import CROSS_ENTROPY, Cost
from slopes.network.initial import NIELSEN, Initialisation, draw


class Normalisation(NamedTuple):
    """What weighted inputs are measured against: mean and standard deviation along one axis."""

    name: str
    axis: int | None

    def __repr__(self) -> str:
        return self.name.upper()


PLAIN = Normalisation("plain", None)
BATCH = Normalisation("batch", 0)
LAYER = Normalisation("layer", 1)
_FLOOR = 1e-5  # added to the variance, so that neurons that do not vary divide by something
Statistics = tuple[tuple[Floats, Floats], ...]  # mean and standard deviation, for each layer


@by_value
class Parameters(NamedTuple):
    """All that training changes, or the gradient of the cost with respect to it.

    Attributes
    ----------
    weights : tuple of numpy.ndarray
        A matrix for each layer, shape (neurons, inputs).
    biases : tuple of numpy.ndarray
        A vector for each layer, shape (neurons,).
    scales : tuple of numpy.ndarray
        With normalisation a vector for each hidden layer, the factors that
        its normalised inputs are multiplied by; else empty.
    """

    weights: tuple[Floats, ...]
    biases: tuple[Floats, ...]
    scales: tuple[Floats, ...] = ()


@dataclass(frozen=True, eq=False)
class Network:
    """Fully connected layers, the last of which is the output.

    Hidden layer l computes ``z = W h + b`` and hands on ``σ(z)`` (:eq:`network-layer`).
    With normalisation, ``Wh`` is first shifted and divided to mean 0 and
    variance 1, over the examples or over the neurons, and multiplied by a
    trained scale. With ``skip``, a layer that has as many neurons as
    inputs hands on ``h + skip·σ(z)`` instead.

    Parameters
    ----------
    parameters : Parameters
        Weights, biases and scales.
    activation : Activation
        Activation function of the hidden neurons.
    cost : Cost
        The cost, and with it the output neurons' activation.
    normalisation : Normalisation
        `PLAIN`, `BATCH` or `LAYER`.
    skip : float or None
        Factor of the branches beside the skip connections; None for no skip connections.
    statistics : tuple or None
        With batch normalisation, mean and standard deviation of the weighted inputs of
        every hidden layer, for `predict`; None takes them from the examples themselves.

    Examples
    --------
    >>> network = Network(Parameters(([[1, 2]],), ([0.5],)))
    >>> network.sizes
    (2, 1)
    """

    parameters: Parameters
    activation: Activation = SIGMOID
    cost: Cost = CROSS_ENTROPY
    normalisation: Normalisation = PLAIN
    skip: float | None = None
    statistics: Statistics | None = None

    def __post_init__(self) -> None:
        kinds = {"activation": Activation, "cost": Cost, "normalisation": Normalisation}
        for name, kind in kinds.items():
            if not isinstance(getattr(self, name), kind):
                raise TypeError(f"{name} is {getattr(self, name)!r}; give a {kind.__name__}")
        if self.skip is not None:
            real("skip", self.skip)
        instance("parameters", self.parameters, Parameters, "what gradients returns")
        weights, biases, scales = self.parameters
        weights = tuple(frozen(matrix(f"weights[{i}]", W)) for i, W in enumerate(weights))
        biases = tuple(frozen(vector(f"biases[{i}]", b)) for i, b in enumerate(biases))
        scales = tuple(frozen(vector(f"scales[{i}]", s)) for i, s in enumerate(scales))
        object.__setattr__(self, "parameters", Parameters(weights, biases, scales))
        if self.statistics is not None:
            kept = tuple((frozen(mean), frozen(std)) for mean, std in self.statistics)
            object.__setattr__(self, "statistics", kept)
        _fit(self)

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return Network, tuple(getattr(self, field.name) for field in fields(self))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Network) and alike(self.__reduce__()[1], other.__reduce__()[1])

    def __hash__(self) -> int:
        return hash((self.sizes, self.activation, self.cost, self.normalisation, self.skip))

    def __repr__(self) -> str:
        kinds = ("activation", "cost", "normalisation", "skip")
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in kinds)
        return f"Network(sizes={self.sizes}, {shown})"

    @property
    def sizes(self) -> tuple[int, ...]:
        """Number of inputs, then of neurons in every layer."""
        weights = self.parameters.weights
        return (weights[0].shape[1], *(W.shape[0] for W in weights))

    @property
    def depth(self) -> int:
        """Number of hidden layers."""
        return len(self.parameters.weights) - 1


def build(
    sizes: Sequence[int],
    rng: "np.random.Generator",
    initialisation: Initialisation = NIELSEN,
    activation: Activation = SIGMOID,
    cost: Cost = CROSS_ENTROPY,
    normalisation: Normalisation = PLAIN,
    skip: float | None = None,
) -> Network:
    """A network with random weights and biases.

    Parameters
    ----------
    sizes : sequence of int
        Number of inputs, then of neurons in each layer, the output last.
    rng : numpy.random.Generator
        Source of randomness.
    initialisation : Initialisation
        Law of the weights and biases. Scales start at 1.
    activation, cost, normalisation, skip
        As in `Network`.

    Returns
    -------
    Network
        The network before training.

    Examples
    --------
    >>> build([64, 30, 30, 10], np.random.default_rng(1)).depth
    2
    """
    instance("activation", activation, Activation, "SIGMOID")
    instance("cost", cost, Cost, "CROSS_ENTROPY")
    instance("initialisation", initialisation, Initialisation, "GLOROT")
    instance("normalisation", normalisation, Normalisation, "PLAIN")
    weights, biases = draw(initialisation, sizes, rng)
    normal = isinstance(normalisation, Normalisation) and normalisation.axis is not None
    scales = tuple(np.ones(len(b)) for b in biases[:-1]) if normal else ()
    parameters = Parameters(weights, biases, scales)
    return Network(parameters, activation, cost, normalisation, skip)


@by_value
class Pass(NamedTuple):
    """What a forward pass leaves behind.

    Attributes
    ----------
    z : tuple of numpy.ndarray
        Weighted inputs of every layer, the output last, shapes (m, neurons).
    h : tuple of numpy.ndarray
        What every layer is given: the input, then what each hidden layer hands on.
    """

    z: tuple[Floats, ...]
    h: tuple[Floats, ...]


def forward(network: Network, x: ArrayLike) -> Pass:
    """Weighted inputs and states of every layer, for many examples at once.

    Parameters
    ----------
    network : Network
        A network with n inputs.
    x : array_like
        Examples, one a row, shape (m, n).

    Returns
    -------
    Pass
        ``z`` and ``h``, tuples of arrays with m rows. Batch normalisation takes
        mean and variance from the examples.

    Examples
    --------
    >>> network = build([2, 3, 1], np.random.default_rng(0))
    >>> [z.shape for z in forward(network, [[0, 0], [0, 1], [1, 1]]).z]
    [(3, 3), (3, 1)]
    """
    instance("network", network, Network, "what build returns")
    x = examples("x", x, network.sizes[0])
    traces, z, h = run(network, network.parameters, x)
    return Pass((*(trace.z for trace in traces), z), (*(trace.h for trace in traces), h))


def predict(network: Network, x: ArrayLike) -> Floats:
    """Activations of the output neurons.

    Parameters
    ----------
    network : Network
        A network with n inputs and k outputs.
    x : array_like
        Examples, one a row, shape (m, n).

    Returns
    -------
    numpy.ndarray
        Shape (m, k). Batch normalisation uses the network's `statistics` if it has them.

    Examples
    --------
    >>> network = Network(Parameters(([[1, 2]],), ([-3],)))
    >>> predict(network, [[1, 1], [0, 0]]).round(4)
    array([[0.5   ],
           [0.0474]])
    """
    instance("network", network, Network, "what build returns")
    x = examples("x", x, network.sizes[0])
    return network.cost.output(run(network, network.parameters, x, network.statistics)[1])


def settle(network: Network, x: ArrayLike) -> Network:
    """The network with the statistics of batch normalisation taken from these examples.

    Without them a prediction would depend on the company an example is in.

    Parameters
    ----------
    network : Network
        A network; returned as it is unless it normalises over the batch.
    x : array_like
        Examples, usually all those it was trained on, shape (m, n).

    Returns
    -------
    Network
        The same network, with `statistics`.
    """
    instance("network", network, Network, "what build returns")
    x = examples("x", x, network.sizes[0])
    if network.normalisation.axis != 0:
        return network
    traces, _, _ = run(network, network.parameters, x)
    statistics = tuple((trace.mean, trace.std) for trace in traces)
    return replace(network, statistics=cast(Statistics, statistics))


def examples(name: str, x: ArrayLike, inputs: int) -> Floats:
    """`x` as an array with one example a row, each of that many numbers."""
    x = matrix(name, x)
    if x.ndim != 2 or x.shape[1] != inputs:
        raise ValueError(f"{name} has shape {x.shape}; give examples as rows of {inputs} numbers")
    return x


class Trace(NamedTuple):
    """What one hidden layer must remember for the way back."""

    h: Floats  # what it is given
    z: Floats
    slope: Floats
    normal: Floats | None  # normalised inputs, before the scale
    mean: Floats | None
    std: Floats | None


def run(
    network: Network, parameters: Parameters, h: Floats, statistics: Statistics | None = None
) -> tuple[list[Trace], Floats, Floats]:
    """Traces of the hidden layers, weighted inputs of the output, and what it is given."""
    traces = []
    for l in range(len(parameters.weights) - 1):  # noqa: E741
        W, b = parameters.weights[l], parameters.biases[l]
        z, normal, mean, std = h @ W.T, None, None, None
        if network.normalisation.axis is not None:
            known = statistics[l] if statistics else None
            normal, mean, std = _normalise(z, network.normalisation.axis, known)
            z = parameters.scales[l] * normal
        z = z + b
        a, slope = _value_and_slope(network.activation, z)
        traces.append(Trace(h, z, slope, normal, mean, std))
        branch = branch_factor(network, W)
        h = a if branch is None else h + branch * a
    return traces, h @ parameters.weights[-1].T + parameters.biases[-1], h


def branch_factor(network: Network, W: Floats) -> float | None:
    """Factor of a layer beside its skip connection; None if there is none beside these weights."""
    return network.skip if W.shape[0] == W.shape[1] else None


def _normalise(
    z: Floats, axis: int, known: tuple[Floats, Floats] | None
) -> tuple[Floats, Floats, Floats]:
    if known is None:
        mean = np.mean(z, axis=axis, keepdims=True)
        std = np.sqrt(np.mean((z - mean) ** 2, axis=axis, keepdims=True) + _FLOOR)
    else:
        mean, std = known
    return (z - mean) / std, mean, std


def _value_and_slope(activation: Activation, z: Floats) -> tuple[Floats, Floats]:
    """Both from one transcendental function; the slope may be off by 1e-16, absolutely."""
    if same(activation, SIGMOID):
        with np.errstate(over="ignore"):
            a = 1 / (1 + np.exp(-z))
        return a, a * (1 - a)
    if same(activation, TANH):
        a = np.tanh(z)
        return a, 1 - a * a
    if same(activation, RELU):
        return np.maximum(z, 0), (z > 0).astype(float)
    return activation.value(z), activation.slope(z)


def _fit(network: Network) -> None:
    weights, biases, scales = network.parameters
    if not weights or len(weights) != len(biases):
        raise ValueError(
            f"there are {len(weights)} weight matrices and {len(biases)} bias vectors; "
            "give one of each for every layer"
        )
    for i, (W, b) in enumerate(zip(weights, biases, strict=True)):
        inputs = weights[i - 1].shape[0] if i else W.shape[-1]
        if W.shape != (len(b), inputs):
            raise ValueError(
                f"weights[{i}] has shape {W.shape}; give {(len(b), inputs)}, "
                "a row for each bias and a column for each input"
            )
    hidden = [len(b) for b in biases[:-1]] if network.normalisation.axis is not None else []
    if [len(s) for s in scales] != hidden:
        raise ValueError(
            f"scales have lengths {[len(s) for s in scales]}; give {hidden}: "
            "with normalisation one number for each hidden neuron, else none"
        )
