"""Where training starts: laws from which the weights and biases of a layer are drawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats, generator, nonnegative, whole


class Initialisation(NamedTuple):
    """A law for the weights and biases of a layer.

    Attributes
    ----------
    name : str
        Its name.
    weights : callable
        ``weights(rng, outputs, inputs)`` draws a matrix of shape (outputs, inputs).
    b_std : float
        Standard deviation of the biases, which are normal with mean 0.
    """

    name: str
    weights: Callable[["np.random.Generator", int, int], Floats]
    b_std: float

    def __repr__(self) -> str:
        return self.name.upper()


def scaled(w_std: float = 1.0, b_std: float = 0.0, name: str = "scaled") -> Initialisation:
    """Normal weights of standard deviation ``w_std/√inputs``, normal biases.

    These are the ``σ_w`` and ``σ_b`` of mean-field theory: weighted inputs
    keep their size however many neurons a layer has.

    Parameters
    ----------
    w_std, b_std : float
        Standard deviation of ``√inputs`` times a weight, and of a bias; from 0 up.
    name : str
        A name for the law.

    Returns
    -------
    Initialisation
        The law.

    Examples
    --------
    >>> law = scaled(2, 0.1)
    >>> law.weights(np.random.default_rng(0), 1000, 400).std().round(3)
    np.float64(0.1)
    """
    w_std, b_std = _std("w_std", w_std), _std("b_std", b_std)
    return Initialisation(name, _Scaled(w_std), b_std)


def orthogonal(w_std: float = 1.0, b_std: float = 0.0, name: str = "orthogonal") -> Initialisation:
    """Random matrices with orthonormal rows or columns, times `w_std`; normal biases.

    All singular values are `w_std`. A matrix that is not square has
    orthonormal rows or columns, whichever are fewer (Saxe et al. 2014).

    Parameters
    ----------
    w_std, b_std : float
        Every singular value of the weights, and standard deviation of a bias; from 0 up.
    name : str
        A name for the law.

    Returns
    -------
    Initialisation
        The law.

    Examples
    --------
    >>> W = orthogonal().weights(np.random.default_rng(0), 2, 3)
    >>> np.allclose(W @ W.T, np.eye(2))
    True
    """
    w_std, b_std = _std("w_std", w_std), _std("b_std", b_std)
    return Initialisation(name, _Orthogonal(w_std), b_std)


def draw(
    initialisation: Initialisation, sizes: Sequence[int], rng: "np.random.Generator"
) -> tuple[tuple[Floats, ...], tuple[Floats, ...]]:
    """Weights and biases for every layer of a network, drawn from one law.

    Parameters
    ----------
    initialisation : Initialisation
        The law.
    sizes : sequence of int
        Number of inputs, then of neurons in each layer, at least two numbers.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    weights : tuple of numpy.ndarray
        Matrices of shapes (sizes[1], sizes[0]), (sizes[2], sizes[1]), ….
    biases : tuple of numpy.ndarray
        Vectors of shapes (sizes[1],), (sizes[2],), ….

    Examples
    --------
    >>> weights, biases = draw(GLOROT, [3, 2], np.random.default_rng(0))
    >>> weights[0].shape, biases[0]
    ((2, 3), array([0., 0.]))
    """
    if not isinstance(initialisation, Initialisation):
        raise TypeError(f"initialisation is {initialisation!r}; give one, such as GLOROT")
    sizes = [whole(f"sizes[{i}]", size, 1) for i, size in enumerate(sizes)]
    if len(sizes) < 2:
        raise ValueError(f"sizes has {len(sizes)} numbers; give the inputs and a layer at least")
    generator(rng)
    pairs = list(zip(sizes[1:], sizes[:-1], strict=True))
    weights = tuple(initialisation.weights(rng, m, n) for m, n in pairs)
    return weights, tuple(rng.normal(0, initialisation.b_std, m) for m, _ in pairs)


# classes where a function in a function would do: they can be pickled, and compared
@dataclass(frozen=True)
class _Scaled:
    w_std: float

    def __call__(self, rng: "np.random.Generator", m: int, n: int) -> Floats:
        return rng.normal(0, self.w_std / np.sqrt(n), (m, n))


@dataclass(frozen=True)
class _Orthogonal:
    w_std: float

    def __call__(self, rng: "np.random.Generator", m: int, n: int) -> Floats:
        return self.w_std * _orthonormal(rng, m, n)


def _standard(rng: "np.random.Generator", m: int, n: int) -> Floats:
    return rng.normal(size=(m, n))


def _glorot(rng: "np.random.Generator", m: int, n: int) -> Floats:
    return rng.normal(0, np.sqrt(2 / (m + n)), (m, n))


def _std(name: str, value: ArrayLike) -> float:
    return float(nonnegative(name, value))


def _orthonormal(rng: "np.random.Generator", m: int, n: int) -> Floats:
    Q, R = np.linalg.qr(rng.normal(size=(max(m, n), min(m, n))))
    Q = Q * np.sign(np.diagonal(R))  # makes the law uniform, and the same for every LAPACK
    return Q if m >= n else Q.T


NIELSEN = scaled(1, 1, "nielsen")
STANDARD = Initialisation("standard", _standard, 1.0)
GLOROT = Initialisation("glorot", _glorot, 0.0)
HE = scaled(np.sqrt(2), 0, "he")
ORTHOGONAL = orthogonal()
