"""Networks of steps as networks that can be trained: how much of them a gradient reaches."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats, inside, instance, nonzero, positive
from slopes.activation import SIGMOID
from slopes.network import SQUARED_ERROR, Network, Parameters
from slopes.universality import Steps
from slopes.universality.steps import checked

_SMALL, _LARGE = 1e-3, 1e3  # ratios beyond which the limits are exact


def network_of(steps: Steps) -> Network:
    """The network of steps as a `Network` with the squared error as cost (:eq:`built-network`).

    Every step becomes a hidden neuron with the weight ``w`` and the bias
    ``-w·at``; its jump becomes the weight of the linear output neuron.

    Parameters
    ----------
    steps : slopes.universality.Steps
        One hidden layer of m steps.

    Returns
    -------
    Network
        Of sizes (1, m, 1), ready for training.

    Raises
    ------
    ValueError
        If `at` and `jumps` differ in length.

    Examples
    --------
    >>> from slopes.universality import Steps
    >>> network_of(Steps(at=[0.2, 0.6], jumps=[1, -3], offset=1, w=100)).sizes
    (1, 2, 1)
    """
    at, jumps, offset, w = checked(instance("steps", steps, Steps, "what fit_steps returns"))
    weights = np.full((at.size, 1), w), jumps[None]
    biases = -w * at, offset[None]
    return Network(Parameters(weights, biases), cost=SQUARED_ERROR)


def places(network: Network) -> Floats:
    """Where the hidden neurons of a network with one input are half on, ``-b/w`` (:eq:`step`).

    Parameters
    ----------
    network : Network
        A network with one input and at least one hidden layer.

    Returns
    -------
    numpy.ndarray
        One place for each neuron of the first layer, in units of the input.

    Raises
    ------
    ValueError
        If a weight is 0, so that its neuron stands nowhere.

    Examples
    --------
    >>> from slopes.universality import Steps
    >>> places(network_of(Steps(at=[0.2, 0.6], jumps=[1, -3], offset=1, w=100)))
    array([0.2, 0.6])
    """
    network = instance("network", network, Network, "what network_of returns")
    if network.sizes[0] != 1:
        raise ValueError(f"the network has {network.sizes[0]} inputs; give one with a single input")
    W, b = network.parameters.weights[0], network.parameters.biases[0]
    return -b / nonzero("a weight", W[:, 0], "a constant neuron stands nowhere")


def awake_share(w: ArrayLike, threshold: ArrayLike = 0.01) -> Floats:
    """Share of an interval of length 1 on which a neuron has the slope ``σ'(z) >= threshold``.

    An error comes back through a neuron multiplied by this slope. The slope
    depends on the weighted input, of which a steep neuron runs through more,
    so the share falls like ``1/|w|`` (:eq:`awake-share`).

    Parameters
    ----------
    w : array_like
        Weight of the neuron, other than 0, in 1/(length of the interval), any shape.
    threshold : array_like
        The slope to be reached, above 0 and below 1/4.

    Returns
    -------
    numpy.ndarray
        From 0 to 1, of the common shape, for a neuron that stands well inside the interval.

    Examples
    --------
    >>> awake_share([1, 10, 100, 1000]).round(4)
    array([1.    , 0.917 , 0.0917, 0.0092])
    """
    w = nonzero("w", w, "a constant neuron has no steep place")
    threshold = inside("threshold", threshold, 0, 0.25)
    with np.errstate(over="ignore"):
        return np.minimum(1.0, 4 * np.arccosh(0.5 / np.sqrt(threshold)) / np.abs(w))


def row_exponent(ratio: ArrayLike) -> Floats:
    """Mean of ``ln g'`` for an endless row of steps g that draws ``g(x) = x`` (:eq:`row-exponent`).

    What the network typically adds to the logarithm of a gradient that comes
    back through it, if its inputs are spread evenly.

    Parameters
    ----------
    ratio : array_like
        Weight of the steps times the length of a cell, ``r = w/N``, above 0, any shape.

    Returns
    -------
    numpy.ndarray
        Natural logarithm, at most 0 up to rounding, same shape as `ratio`;
        about ``ln r - r/4`` where the steps are steep.

    Examples
    --------
    >>> row_exponent([10, 100]).round(4)
    array([ -0.4398, -20.4195])
    """
    return _for_each(_mean_log_slope, ratio)


def stack_exponent(ratio: ArrayLike) -> Floats:
    """What one of many equal rows in a stack adds to the log-gradient (:eq:`stack-exponent`).

    The steps send their inputs towards the middles of the cells, where the
    next row is least steep. This is the logarithm of the slope there.

    Parameters
    ----------
    ratio : array_like
        Weight of the steps times the length of a cell, ``r = w/N``, above 0, any shape.

    Returns
    -------
    numpy.ndarray
        Natural logarithm, at most 0 up to rounding, same shape as `ratio`;
        about ``ln 2r - r/2`` where the steps are steep.

    Examples
    --------
    >>> stack_exponent([10, 100]).round(4)
    array([ -2.0177, -44.7017])
    """
    return _for_each(_log_slope_midway, ratio)


def _for_each(formula: Callable[[float], float], ratio: ArrayLike) -> Floats:
    ratio = positive("ratio", ratio)
    return np.array([formula(r) for r in ratio.ravel().tolist()]).reshape(ratio.shape)


def _mean_log_slope(ratio: float) -> float:
    if ratio < _SMALL:
        return 0.0  # the slopes overlap to a constant 1, up to e^(-2π²/ratio)
    if ratio > _LARGE:
        return np.log(ratio) - ratio / 4 - np.pi**2 / (4 * ratio)  # two neighbours are left
    points = int(64 + 40 * ratio)
    return float(np.mean(_log_slope(np.arange(points) / points, ratio)))


def _log_slope_midway(ratio: float) -> float:
    return 0.0 if ratio < _SMALL else _log_slope(np.array([0.5]), ratio)[0]


def _log_slope(x: Floats, ratio: float) -> Floats:
    """``ln Σ_k r σ'(r(x - k))`` for x between 0 and 1."""
    reach = int(np.ceil(40 / ratio)) + 1
    with np.errstate(over="ignore"):
        logs = SIGMOID.log_slope(ratio * (x - np.arange(-reach, reach + 2)[:, None]))
    largest = np.max(logs, axis=0)  # so that nothing underflows between two steep steps
    return np.log(ratio) + largest + np.log(np.sum(np.exp(logs - largest), axis=0))
