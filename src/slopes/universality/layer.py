"""One hidden layer with any number of inputs: its output, its best output weights, a random one."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import (
    Floats,
    generator,
    instance,
    matrix,
    positive,
    real,
    single,
    vector,
    whole,
)
from slopes._values import by_value
from slopes.activation import SIGMOID, Activation


@by_value
class OneLayer(NamedTuple):
    """Network ``offset + v·φ(Wx + b)``: a row of `W`, a bias and an output weight per neuron."""

    W: Floats
    b: Floats
    v: Floats
    offset: float | Floats = 0.0


def one_layer(
    network: OneLayer, x: ArrayLike, activation: Activation | Callable[[Floats], Floats] = SIGMOID
) -> Floats:
    """Output of a network with one hidden layer (:eq:`one-layer`).

    Parameters
    ----------
    network : OneLayer
        Weights of shape (n, d), biases and output weights of shape (n,).
    x : array_like
        Inputs, shape (..., d).
    activation : Activation or callable
        What each hidden neuron does to its weighted input.

    Returns
    -------
    numpy.ndarray
        The output, shape (...).

    Examples
    --------
    >>> parabola = OneLayer(W=[[1, 1], [1, -1]], b=[0, 0], v=[0.25, -0.25])
    >>> one_layer(parabola, [[3, 5], [2, -4]], np.square)
    array([15., -8.])
    """
    network = instance("network", network, OneLayer, "what fit_output returns")
    v, offset = vector("v", network.v), single("offset", network.offset)
    hidden = _hidden(network.W, network.b, x, activation)
    if hidden.shape[-1:] != v.shape:
        raise ValueError(
            f"{hidden.shape[-1]} neurons have {v.shape[0]} output weights; give one for each"
        )
    return offset + hidden @ v


def fit_output(
    W: ArrayLike,
    b: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    activation: Activation | Callable[[Floats], Floats] = SIGMOID,
) -> OneLayer:
    """Network with the given hidden neurons and the best output weights, by least squares.

    The hidden neurons stay as they are, for instance random. What is fitted
    enters linearly, so there is one best answer and no descent is needed.

    Parameters
    ----------
    W, b : array_like
        Hidden weights, shape (n, d), and biases, shape (n,).
    x, y : array_like
        Inputs, shape (m, d), and the values to meet there, shape (m,).
    activation : Activation or callable
        What each hidden neuron does to its weighted input.

    Returns
    -------
    OneLayer
        The network, with a fitted offset.

    Examples
    --------
    >>> x = np.linspace(0, 1, 5)[:, None]
    >>> line = fit_output(np.ones((3, 1)), np.arange(3), x, x[:, 0] ** 2, np.positive)
    >>> one_layer(line, x, np.positive).round(3)
    array([-0.125,  0.125,  0.375,  0.625,  0.875])
    """
    hidden, y = _hidden(W, b, matrix("x", x), activation), vector("y", y)
    if hidden.shape[:1] != y.shape:
        raise ValueError(f"x has {hidden.shape[0]} rows and y {y.shape[0]}; give a value for each")
    columns = np.column_stack([hidden, np.ones(y.size)])
    *v, offset = np.linalg.lstsq(columns, y, rcond=None)[0]
    return OneLayer(real("W", W).copy(), real("b", b).copy(), np.array(v), offset)


def sample_hill(rng: "np.random.Generator", n: int, d: int, radius: float | Floats) -> OneLayer:
    """Random network of `n` ideal steps that is ``e^(-|x|²/2)`` on average.

    Each step has a direction and a place drawn at random and an output weight
    that makes its mean right (:eq:`step-mean`); within `radius` the error of
    the network has a root mean square of at most ``radius·√(2d/n)``.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of the random numbers, such as ``np.random.default_rng(1)``.
    n, d : int
        Number of neurons and of inputs, at least 1.
    radius : float
        Largest size of the inputs, above 0.

    Returns
    -------
    OneLayer
        Unit directions, shape (n, d); to be evaluated with an ideal step,
        ``np.heaviside(z, 0.5)``.

    References
    ----------
    A. R. Barron, IEEE Transactions on Information Theory 39 (1993), 930-945.

    Examples
    --------
    >>> sample_hill(np.random.default_rng(0), 1000, 5, radius=2).W.shape
    (1000, 5)
    """
    n, d, radius = whole("n", n, minimum=1), whole("d", d, minimum=1), positive("radius", radius)
    wave = generator(rng).standard_normal((n, d))
    size = np.linalg.norm(wave, axis=1)
    at = rng.uniform(0, radius, n)
    return OneLayer(wave / size[:, None], -at, -2 * radius * size * np.sin(size * at) / n, 1.0)


def _hidden(
    W: ArrayLike, b: ArrayLike, x: ArrayLike, activation: Activation | Callable[[Floats], Floats]
) -> Floats:
    """Activations of the hidden neurons, shape (..., n)."""
    W, b, x = matrix("W", W), vector("b", b), real("x", x)
    if W.shape[:1] != b.shape or x.shape[-1:] != W.shape[1:]:
        raise ValueError(
            f"W has shape {W.shape}, b {b.shape}, x {x.shape}; give shapes (n, d), (n,), (..., d)"
        )
    value = activation.value if isinstance(activation, Activation) else activation
    if not callable(value):
        raise TypeError(f"activation is {value!r}; give an Activation, such as SIGMOID")
    return value(x @ W.T + b)
