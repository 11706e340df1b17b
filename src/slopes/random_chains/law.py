"""How the weights and biases of a random chain are drawn."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import (
    Floats,
    generator,
    instance,
    nonnegative,
    positive,
    real,
    room,
    together,
    whole,
)
from slopes.activation import SIGMOID, Activation
from slopes.chain import Chain, log_gains


@dataclass(frozen=True)
class Law:
    """Normal weights and biases of mean 0, drawn anew for every layer.

    Parameters
    ----------
    w_std, b_std : float
        Standard deviations of weights and biases; 1 if not given. Above 0 for
        the weights, at least 0 for the biases.
    activation : Activation
        The activation function of every neuron.

    Examples
    --------
    >>> Law(b_std=0.5)
    Law(w_std=1.0, b_std=0.5, activation=SIGMOID)
    """

    w_std: float = 1.0
    b_std: float = 1.0
    activation: Activation = SIGMOID

    def __post_init__(self) -> None:
        if not isinstance(self.activation, Activation):
            raise TypeError(
                f"activation is {self.activation!r}; give an Activation, such as SIGMOID or TANH"
            )
        for name in ("w_std", "b_std"):
            std = nonnegative(name, getattr(self, name))
            if std.ndim:
                raise ValueError(f"{name} has shape {std.shape}; give one number")
            object.__setattr__(self, name, float(std))
        positive("w_std", self.w_std)


STANDARD = Law()


def draw_chains(rng: "np.random.Generator", chains: int, layers: int, law: Law = STANDARD) -> Chain:
    """Random chains of `layers` neurons, all weights and biases independent (:eq:`draw-chains`).

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of the random numbers, such as ``np.random.default_rng(1)``.
    chains, layers : int
        How many chains, and how many layers each of them has; at least 1.
    law : Law
        The law of weights and biases; standard normal with sigmoids if not given.

    Returns
    -------
    Chain
        Weights and biases of shape (chains, layers).

    Examples
    --------
    >>> draw_chains(np.random.default_rng(1), chains=3, layers=5).w.shape
    (3, 5)
    """
    shape = whole("chains", chains, 1), whole("layers", layers, 1)
    room(shape[0] * shape[1], chains=chains, layers=layers)
    law = instance("law", law, Law, "STANDARD")
    w, b = generator(rng).standard_normal((2, *shape))
    return Chain(law.w_std * w, law.b_std * b, law.activation)


def log_gradient_paths(chain: Chain, x: ArrayLike = 0.5) -> Floats:
    """``ln|∂a_i/∂a_0|`` for ``i = 0 … n``, the path of the random walk (:eq:`random-walk`).

    Parameters
    ----------
    chain : Chain
        Chains of n layers; leading axes (...) broadcast with `x`.
    x : array_like
        Input, shape (...).

    Returns
    -------
    numpy.ndarray
        Natural logarithms, shape (..., n + 1), with 0 in front; ``-inf`` from
        the first layer whose gain is exactly 0.

    Examples
    --------
    >>> log_gradient_paths(Chain([4, 4], -2)).round(4)
    array([0., 0., 0.])
    """
    instance("chain", chain, Chain, "Chain([1, 1], 0)")
    x = real("x", x)
    together(("x", x), ("the chain", chain.w[..., 0]))
    log = log_gains(chain, x)[1]
    start = np.zeros((*log.shape[:-1], 1))
    return np.concatenate([start, np.cumsum(log, axis=-1)], axis=-1)
