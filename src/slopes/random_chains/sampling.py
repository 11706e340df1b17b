"""The same rates by drawing chains: means, with the error that a sample of this size has."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats, inside, instance, whole
from slopes.chain import Chain
from slopes.random_chains.law import log_gradient_paths


class Estimate(NamedTuple):
    """A value found by drawing, and its standard error."""

    value: float
    error: float


def sampled_exponent(chain: Chain, x: ArrayLike = 0.5, skip: int = 5) -> Estimate:
    """Lyapunov exponent of a law, from chains drawn from it.

    The mean log-gain of the layers behind the first `skip`, by which time a
    random chain has forgotten its input (:eq:`lyapunov-exponent`).

    Parameters
    ----------
    chain : Chain
        Independent chains, shape (chains, layers).
    x : array_like
        Input, one for all chains or one for each.
    skip : int
        How many layers at the start are left out.

    Returns
    -------
    Estimate
        Mean over the chains, and its standard error.

    Raises
    ------
    ValueError
        If there are fewer than two chains, or no layer is left.

    Examples
    --------
    >>> from slopes.random_chains import draw_chains
    >>> chains = draw_chains(np.random.default_rng(1), 1000, 55)
    >>> value, error = sampled_exponent(chains)
    >>> round(value, 2), round(error, 3)
    (-2.31, 0.005)
    """
    instance("chain", chain, Chain, "Chain([1, 1], 0)")
    paths = _paths(chain, x)
    layers = paths.shape[1] - 1 - whole("skip", skip)
    if layers < 1:
        raise ValueError(f"skip is {skip} of {paths.shape[1] - 1} layers; leave at least one")
    if np.isneginf(paths[:, -1]).any():
        return Estimate(-np.inf, np.nan)
    return _mean((paths[:, -1] - paths[:, skip]) / layers)


def sampled_moment_rate(chain: Chain, power: float, x: ArrayLike = 0.5) -> Estimate:
    """Factor by which the last layer changes ``E|∂a_i/∂a_0|^power``, from drawn chains.

    The quotient of two means over the same chains (:eq:`moment-rate`). Its
    error is told right only while the means are: for chains of few layers.

    Parameters
    ----------
    chain : Chain
        Independent chains of at least two layers, shape (chains, layers).
    power : float
        Power of the gradient, above -1/2, so that the error is finite.
    x : array_like
        Input, one for all chains or one for each.

    Returns
    -------
    Estimate
        The factor, and its standard error.

    Raises
    ------
    ValueError
        If there are fewer than two chains, or the power is not above -1/2.

    Examples
    --------
    >>> from slopes.random_chains import draw_chains
    >>> chains = draw_chains(np.random.default_rng(1), 100_000, 5)
    >>> value, error = sampled_moment_rate(chains, 1)
    >>> round(value, 3), round(error, 4)
    (0.152, 0.001)
    """
    instance("chain", chain, Chain, "Chain([1, 1], 0)")
    power = float(inside("power", power, -0.5, np.inf))
    before, after = _moderate_powers(power, _paths(chain, x)[:, -2:].T)
    rate = np.mean(after) / np.mean(before)
    return Estimate(float(rate), _mean((after - rate * before) / np.mean(before)).error)


def _moderate_powers(power: float, logs: Floats) -> Floats:
    """Powers of the last two gradients, divided by the largest where that leaves the floats."""
    if np.isneginf(logs[0]).all() or (power <= 0 and np.isneginf(logs).any()):
        raise ValueError(
            "gradients are exactly 0; give chains whose slopes are not, or a power > 0"
        )
    logs = power * logs if power else np.zeros(logs.shape)
    largest = np.max(logs)
    with np.errstate(under="ignore"):
        return np.exp(logs - (largest if abs(largest) > 300 else 0))


def _paths(chain: Chain, x: ArrayLike) -> Floats:
    paths = log_gradient_paths(chain, x)
    if paths.ndim != 2 or paths.shape[0] < 2:
        raise ValueError(f"the chain has weights of shape {chain.w.shape}; give (chains, layers)")
    return paths


def _mean(values: Floats) -> Estimate:
    error = np.std(values, ddof=1) / np.sqrt(values.size)
    return Estimate(float(np.mean(values)), float(error))
