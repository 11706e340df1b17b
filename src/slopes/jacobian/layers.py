"""Jacobians of single layers, of recurrent networks and of residual ones."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import (
    Floats,
    ensure,
    instance,
    matrix,
    real,
    square,
    together,
    vector,
    whole,
)
from slopes.activation import TANH, Activation, gain_at


def layer_jacobian(W: ArrayLike, z: ArrayLike, activation: Activation = TANH) -> Floats:
    """Jacobian of one layer, ``J = diag(σ'(z)) W`` (:eq:`layer-jacobian`).

    Entry (j, k) is the derivative of output j with respect to input k: the
    gain of the connection from k to j.

    Parameters
    ----------
    W : array_like
        Weight matrix, shape (..., m, n): m neurons with n inputs each.
    z : array_like
        Weighted inputs of the neurons, shape (..., m).
    activation : Activation
        The neurons' activation function.

    Returns
    -------
    numpy.ndarray
        Shape (..., m, n), with the leading axes of `W` and `z` broadcast.

    Examples
    --------
    >>> layer_jacobian([[1, 2], [3, 4]], [0, 1]).round(4)
    array([[1.    , 2.    ],
           [1.2599, 1.6799]])
    """
    instance("activation", activation, Activation, "TANH")
    W, z = matrix("W", W), real("z", z)
    if not z.ndim or z.shape[-1] != W.shape[-2]:
        raise ValueError(
            f"W has shape {W.shape} and z has shape {z.shape}; give z one number per row of W"
        )
    together(W=W, slopes=z[..., None])
    return gain_at(W, z[..., None], activation)


def residual_jacobian(
    W: ArrayLike, z: ArrayLike, activation: Activation = TANH, scale: ArrayLike = 1
) -> Floats:
    """Jacobian of a residual layer, ``I + scale·G`` (:eq:`residual-jacobian`).

    The layer computes ``h + scale·σ(Wh)``: the input comes through unchanged,
    and the branch, with Jacobian ``G = diag(σ'(z)) W``, adds to it.

    Parameters
    ----------
    W : array_like
        Weight matrices, shape (..., n, n).
    z : array_like
        Weighted inputs ``Wh``, shape (..., n).
    activation : Activation
        The neurons' activation function.
    scale : array_like
        Factor of the branch, shape (...).

    Returns
    -------
    numpy.ndarray
        Shape (..., n, n).

    Examples
    --------
    >>> residual_jacobian([[-1, 0], [0, -1]], [0, 0])
    array([[0., 0.],
           [0., 0.]])
    """
    instance("activation", activation, Activation, "TANH")
    W, scale = square("W", W), real("scale", scale)
    branch = layer_jacobian(W, z, activation)
    scale = scale[..., None, None]
    together(scale=scale, W=branch)
    return np.eye(W.shape[-1]) + scale * branch


def rnn_jacobians(W: ArrayLike, h: ArrayLike, steps: int, activation: Activation = TANH) -> Floats:
    """Jacobians of a recurrent network left to itself, ``h ← σ(Wh)`` (:eq:`rnn-jacobians`).

    The product of the first t of them is the derivative of the state after t
    steps with respect to the state at the start.

    Parameters
    ----------
    W : array_like
        Recurrent weights, shape (n, n).
    h : array_like
        State at the start, shape (n,).
    steps : int
        Number T of steps, at least 1.
    activation : Activation
        The neurons' activation function.

    Returns
    -------
    numpy.ndarray
        Shape (T, n, n), the first step first.

    Raises
    ------
    ValueError
        If the state grows beyond the floats.

    Examples
    --------
    >>> rnn_jacobians([[0.5, 0], [0, 0.5]], [0, 0], 3)[2]
    array([[0.5, 0. ],
           [0. , 0.5]])
    """
    instance("activation", activation, Activation, "TANH")
    W, h, steps = square("W", W), vector("h", h), whole("steps", steps, 1)
    _same_size(W, h, dimensions=2)
    z = _weighted_inputs([W] * steps, h, 0, np.ones(steps), activation)
    return layer_jacobian(W, z, activation)


def resnet_jacobians(
    Ws: ArrayLike, h: ArrayLike, scale: ArrayLike = 1, activation: Activation = TANH
) -> Floats:
    """Jacobians of a residual network, ``h ← h + scale·σ(W_l h)`` (:eq:`resnet-jacobians`).

    Parameters
    ----------
    Ws : array_like
        Weights of the T layers, shape (T, n, n), the first layer first.
    h : array_like
        Input, shape (n,).
    scale : array_like
        Factor of the branches, one number or shape (T,).
    activation : Activation
        The neurons' activation function.

    Returns
    -------
    numpy.ndarray
        Shape (T, n, n), the first layer first.

    Raises
    ------
    ValueError
        If the state grows beyond the floats.

    Examples
    --------
    >>> resnet_jacobians([[[1.0]], [[1.0]]], [0]).ravel()
    array([2., 2.])
    """
    instance("activation", activation, Activation, "TANH")
    Ws, h, scale = square("Ws", Ws), vector("h", h), real("scale", scale)
    _same_size(Ws, h, dimensions=3)
    together(scale=scale, layers=Ws[:, 0, 0])
    scales = scale + np.zeros(Ws.shape[0])
    z = _weighted_inputs([Ws[i] for i in range(Ws.shape[0])], h, 1, scales, activation)
    return residual_jacobian(Ws, z, activation, scales)


def _same_size(W: Floats, h: Floats, dimensions: int) -> None:
    if W.ndim != dimensions or W.shape[-1] != h.shape[0]:
        expected = "(n, n)" if dimensions == 2 else "(T, n, n)"
        raise ValueError(
            f"the weights have shape {W.shape} and h has shape {h.shape}; give {expected} and (n,)"
        )


def _weighted_inputs(
    weights: Sequence[Floats], h: Floats, skip: float, scales: Floats, activation: Activation
) -> Floats:
    """Weighted inputs of every layer where ``h ← skip·h + scale·σ(Wh)``."""
    z = []
    with np.errstate(over="ignore", invalid="ignore"):
        for i, W in enumerate(weights):
            z.append(W @ h)
            h = skip * h + scales[i] * activation.value(z[i])
    complaint = "the state grows beyond the floats; give smaller weights or fewer layers"
    return ensure(np.isfinite, np.stack(z), complaint)
