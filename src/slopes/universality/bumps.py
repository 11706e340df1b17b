"""Two steps make a bump, and a row of bumps follows a function."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from slopes._arguments import Floats, increasing, inside, instance, positive, real, together, vector
from slopes._values import by_value
from slopes.activation import logit
from slopes.universality._tables import one_number, staircase, tabulate
from slopes.universality.steps import step


@by_value
class Bumps(NamedTuple):
    """One hidden layer of bumps: ``heights[k]`` from ``edges[k]`` to ``edges[k + 1]``.

    A pair of steps of input weight `w` each, of which neighbours share an edge.
    """

    edges: Floats
    heights: Floats
    w: float | Floats


def bump(
    x: ArrayLike, left: ArrayLike, right: ArrayLike, w: ArrayLike, height: ArrayLike = 1
) -> Floats:
    """Step up at `left` and down again at `right`, ``h(σ(w(x - l)) - σ(w(x - r)))`` (:eq:`bump`).

    Where `right` is below `left`, or `w` is negative, the bump is a hole.

    Parameters
    ----------
    x, left, right : array_like
        Input and the places of the two steps.
    w : array_like
        Weight of both neurons, in 1/(unit of `x`).
    height : array_like
        Output weight: what the bump would reach with infinitely steep steps.

    Returns
    -------
    numpy.ndarray
        The bump, in units of `height`, of the common shape of all arguments.

    Examples
    --------
    >>> bump([0, 0.5, 0.7, 1], 0.3, 0.7, w=100, height=2).round(4)
    array([0., 2., 1., 0.])
    """
    height = real("height", height)
    x, left, right, w = real("x", x), real("left", left), real("right", right), real("w", w)
    together(x=x, left=left, right=right, w=w, height=height)
    rise, fall = step(x, left, w), step(x, right, w)
    with np.errstate(under="ignore"):
        return height * (rise - fall)


def bump_peak(w: ArrayLike, gap: ArrayLike) -> Floats:
    """Highest value of a bump of height 1, ``tanh(wg/4)`` (:eq:`bump-peak`).

    Reached midway between its steps; below the height for every finite weight.

    Parameters
    ----------
    w, gap : array_like
        Weight of both steps and the distance between them, both above 0.

    Returns
    -------
    numpy.ndarray
        Values from 0 to 1, of the common shape.

    Examples
    --------
    >>> bump_peak([5, 20, 100], 0.4).round(4)
    array([0.4621, 0.964 , 1.    ])
    """
    return np.tanh(_span(w, gap) / 4)


def bump_worst_error(w: ArrayLike, gap: ArrayLike) -> Floats:
    """Largest distance between a bump and the block it stands for (:eq:`bump-worst-error`).

    ``1 - tanh(wg/2)/2``, next to an edge. It exceeds 1/2 for every weight: a
    continuous curve cannot stay near both sides of a jump.

    Parameters
    ----------
    w, gap : array_like
        Weight of both steps and the distance between them, both above 0.

    Returns
    -------
    numpy.ndarray
        Values from 1/2 to 1 for a bump of height 1, of the common shape.

    Examples
    --------
    >>> bump_worst_error([5, 20, 100], 0.4).round(4)
    array([0.6192, 0.5003, 0.5   ])
    """
    return 1 - np.tanh(_span(w, gap) / 2) / 2


def bump_total_error(w: ArrayLike, gap: ArrayLike) -> Floats:
    """Area between a bump and the block it stands for (:eq:`bump-total-error`).

    ``(4/w) ln(2/(1 + e^-wg))``, for height 1: it shrinks like ``1/w``, though
    the largest distance does not shrink.

    Parameters
    ----------
    w, gap : array_like
        Weight of both steps and the distance between them, both above 0.

    Returns
    -------
    numpy.ndarray
        Area in units of `gap`, of the common shape.

    Examples
    --------
    >>> bump_total_error([5, 20, 100], 0.4).round(4)
    array([0.453 , 0.1386, 0.0277])
    """
    return -4 / positive("w", w) * np.log1p(np.expm1(-_span(w, gap)) / 2)


def fit_bumps(f: Callable[[Floats], ArrayLike], edges: ArrayLike, w: float | Floats) -> Bumps:
    """Row of bumps, each as high as `f` at the middle between its edges.

    Parameters
    ----------
    f : callable
        Takes an array of points and returns an array of values.
    edges : array_like
        Places of the steps, strictly increasing, at least 2.
    w : float
        Weight of every step, above 0, in 1/(unit of `x`).

    Returns
    -------
    Bumps
        One bump fewer than there are edges.

    Raises
    ------
    ValueError
        If `f` returns another shape, NaN or infinity.
    TypeError
        If `f` does not take arrays.

    Examples
    --------
    >>> fit_bumps(np.square, [0, 0.2, 0.6, 1], w=100).heights.round(4)
    array([0.01, 0.16, 0.64])
    """
    w, edges = one_number("w", w), increasing("edges", edges)
    return Bumps(edges.copy(), tabulate(f, edges[:-1] / 2 + edges[1:] / 2), w)


def bump_network(bumps: Bumps, x: ArrayLike) -> Floats:
    """Output of a row of bumps, the sum of all of them (:eq:`bump-network`).

    Neighbours share an edge, so that two steps melt into one: N bumps cost
    N + 1 neurons. Memory and time as for `step_network`.

    Parameters
    ----------
    bumps : Bumps
        The network, for instance from `fit_bumps`.
    x : array_like
        Input, any shape.

    Returns
    -------
    numpy.ndarray
        The output, same shape as `x`, to about ``1e-16`` times the sum of the
        jumps between neighbouring heights.

    Examples
    --------
    >>> bumps = Bumps(edges=[0, 0.5, 1], heights=[0.3, 0.8], w=1000)
    >>> bump_network(bumps, [0, 0.25, 0.75, 2]).round(4)
    array([0.15, 0.3 , 0.8 , 0.  ])
    """
    edges, heights, w = _checked(bumps)
    ends = np.zeros(1)
    return staircase(real("x", x), edges, np.concatenate([ends, heights, ends]), w)


def through_sigmoid(bumps: Bumps) -> Bumps:
    """Bumps whose sum must pass through one more sigmoid to have these heights (:eq:`logit`).

    A sigmoid output neuron answers ``σ(sum)``, so each bump carries the
    logit of its height: ``sigmoid(bump_network(through_sigmoid(bumps), x))``.

    Parameters
    ----------
    bumps : Bumps
        Row of bumps with heights strictly between 0 and 1.

    Returns
    -------
    Bumps
        The same edges and weight, with the logits of the heights.

    Examples
    --------
    >>> through_sigmoid(Bumps([0, 0.5, 1], [0.5, 0.9], w=1000)).heights.round(4)
    array([0.    , 2.1972])
    """
    edges, heights, w = _checked(bumps)
    return Bumps(edges.copy(), logit(inside("heights", heights, 0, 1)), w)


def _checked(bumps: Bumps) -> tuple[Floats, Floats, Floats]:
    bumps = instance("bumps", bumps, Bumps, "what fit_bumps returns")
    edges, heights = increasing("edges", bumps.edges), vector("heights", bumps.heights)
    if heights.shape[0] != edges.shape[0] - 1:
        raise ValueError(
            f"there are {heights.shape[0]} heights for {edges.shape[0]} edges; "
            "give one height between each two edges"
        )
    return edges, heights, one_number("w", bumps.w)


def _span(w: ArrayLike, gap: ArrayLike) -> Floats:
    w, gap = positive("w", w), positive("gap", gap)
    together(w=w, gap=gap)
    with np.errstate(over="ignore"):
        return w * gap
