"""Singular values and eigenvalues of single Jacobians, and the bounds they give."""

from typing import NamedTuple, cast

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats, instance, overridable, square, whole
from slopes._values import by_value
from slopes.activation import TANH, Activation


@by_value
class Extremes(NamedTuple):
    """The least and the most that a Jacobian stretches a vector: two singular values.

    Attributes
    ----------
    smallest, largest : numpy.ndarray
        Shape (...), one number for each Jacobian.
    """

    smallest: Floats
    largest: Floats


def extreme_singular_values(J: ArrayLike) -> Extremes:
    """Smallest and largest singular value of a Jacobian (:eq:`extreme-singular-values`).

    No vector of length 1 becomes shorter than the first or longer than the
    second, in the Euclidean norm, and both lengths occur. Gradients pass
    through the transpose, which has the same singular values.

    Parameters
    ----------
    J : array_like
        Shape (..., n, n).

    Returns
    -------
    Extremes
        ``smallest`` and ``largest``, each of shape (...).

    Examples
    --------
    >>> smallest, largest = extreme_singular_values([[0, 10], [0, 0]])
    >>> float(smallest), float(largest)
    (0.0, 10.0)
    """
    values = cast(Floats, np.linalg.svd(square("J", J), compute_uv=False))
    return Extremes(values[..., -1], values[..., 0])


def extreme_singular_vectors(J: ArrayLike) -> Extremes:
    """Inputs of length 1 that a Jacobian stretches least and most.

    They are the axes that J turns into the axes of the ellipse of
    :eq:`extreme-singular-values`. Their signs are free.

    Parameters
    ----------
    J : array_like
        As in `extreme_singular_values`.

    Returns
    -------
    Extremes
        The two inputs, each of shape (..., n).

    Examples
    --------
    >>> smallest, largest = extreme_singular_vectors([[0, 10], [1, 0]])
    >>> abs(smallest).round(4).tolist(), abs(largest).round(4).tolist()
    ([1.0, 0.0], [0.0, 1.0])
    """
    J = square("J", J)
    if J.shape[-1] == 2:
        return _directions_of_two(J)  # in closed form, with the same signs everywhere
    axes = np.linalg.svd(J).Vh
    return Extremes(axes[..., -1, :], axes[..., 0, :])


def spectral_radius(W: ArrayLike) -> Floats:
    """Greatest absolute value of an eigenvalue, ``ρ(W)`` (:eq:`spectral-radius`).

    Never above ``σ_max(W)``. It rules the powers of W in the long run,
    ``σ_max(W^n)^(1/n) → ρ(W)``, and says nothing about the first of them.

    Parameters
    ----------
    W : array_like
        Shape (..., n, n).

    Returns
    -------
    numpy.ndarray
        Shape (...).

    Examples
    --------
    >>> float(spectral_radius([[0, 10], [0, 0]]))
    0.0
    """
    return np.abs(np.linalg.eigvals(square("W", W))).max(axis=-1)


def rnn_bound(W: ArrayLike, steps: int, activation: Activation = TANH) -> Floats:
    """Ceiling on the largest singular value of ``∂h_n/∂h_1`` in a recurrent network.

    ``(s σ_max(W))^(n-1)`` with the activation's steepest slope s
    (:eq:`rnn-bound`): from state 1 to state n there are n - 1 steps, and as
    many factors. It is reached where every neuron is at its steepest and W a
    multiple of a rotation.

    Parameters
    ----------
    W : array_like
        Recurrent weights, shape (..., n, n).
    steps : int
        Number of steps, one less than the number of states; 0 or above.
    activation : Activation
        The neurons' activation function.

    Returns
    -------
    numpy.ndarray
        Shape (...).

    Examples
    --------
    >>> float(rnn_bound([[0.5, 0], [0, 0.5]], 9))
    0.001953125
    """
    instance("activation", activation, Activation, "TANH")
    largest, steps = extreme_singular_values(W).largest, whole("steps", steps)
    with np.errstate(over="ignore", under="ignore"):
        return (activation.steepest * largest) ** steps


def residual_bounds(G: ArrayLike) -> Extremes:
    """Floor and ceiling for the singular values of ``I + G`` (:eq:`residual-bounds`).

    ``max(1 - σ_max(G), σ_min(G) - 1, 0)`` and ``1 + σ_max(G)``. Where the
    singular values of G lie on both sides of 1 the floor is 0, and nothing is
    promised.

    Parameters
    ----------
    G : array_like
        Jacobians of the branches, their scale included, shape (..., n, n).

    Returns
    -------
    Extremes
        Bounds ``smallest`` and ``largest``, each of shape (...).

    Examples
    --------
    >>> smallest, largest = residual_bounds([[0.1, 0], [0, -0.1]])
    >>> float(smallest), float(largest)
    (0.9, 1.1)
    """
    smallest, largest = extreme_singular_values(G)
    floor = np.maximum(np.maximum(1 - largest, smallest - 1), 0)
    return Extremes(floor, 1 + largest)


def _directions_of_two(J: Floats) -> Extremes:
    J = within_squares(J)
    a, b, c, d = J[..., 0, 0], J[..., 0, 1], J[..., 1, 0], J[..., 1, 1]
    angle = np.arctan2(2 * (a * b + c * d), a**2 + c**2 - b**2 - d**2) / 2
    cos, sin = np.cos(angle), np.sin(angle)
    return Extremes(np.stack([-sin, cos], axis=-1), np.stack([cos, sin], axis=-1))


@overridable
def within_squares(J: Floats) -> Floats:
    """Matrices divided by the power of 2 that is next to their largest entry."""
    _, powers = np.frexp(np.abs(J).max(axis=(-2, -1)))
    return np.ldexp(J, -powers[..., None, None])
