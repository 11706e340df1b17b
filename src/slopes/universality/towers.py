"""Four neurons make a tower over a rectangle, and many towers follow a function of two inputs."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from slopes._arguments import Floats, increasing, instance, matrix, overridable, real, together
from slopes._values import by_value
from slopes.activation import SIGMOID
from slopes.universality._tables import band, one_number, tabulate
from slopes.universality.bumps import bump


@by_value
class Towers(NamedTuple):
    """Towers on a grid: ``heights[i, j]`` over ``x_edges[i:i+2]`` and ``y_edges[j:j+2]``.

    Two hidden layers: steps of weight `w`, then one neuron for each tower,
    with input weights ``±h`` and bias ``-3h/2``.
    """

    x_edges: Floats
    y_edges: Floats
    heights: Floats
    w: float | Floats
    h: float | Floats


def tower(
    x: ArrayLike, y: ArrayLike, x_edges: ArrayLike, y_edges: ArrayLike, w: ArrayLike, h: ArrayLike
) -> Floats:
    """Tower over a rectangle, ``σ(h(bump(x) + bump(y) - 3/2))`` (:eq:`tower`).

    Where both bumps are up the sum is 2, beside the rectangle at most 1; the
    threshold 3/2 tells them apart. With steep steps the top is ``σ(h/2)``, the
    plateaus in line with the rectangle ``σ(-h/2)``, the ground ``σ(-3h/2)``.

    Parameters
    ----------
    x, y : array_like
        Inputs, of shapes that broadcast.
    x_edges, y_edges : array_like
        Lower and upper edge of the rectangle in each direction, two increasing numbers.
    w : array_like
        Weight of the four steps, in 1/(unit of `x` and `y`).
    h : array_like
        Output weight of each bump: the higher, the sharper the threshold.

    Returns
    -------
    numpy.ndarray
        Values between 0 and 1, of the common shape.

    Examples
    --------
    >>> tower([0.5, 0.5, 0.1], [0.5, 0.1, 0.1], [0.4, 0.6], [0.4, 0.6], w=500, h=10).round(4)
    array([0.9933, 0.0067, 0.    ])
    """
    (left, right), (bottom, top) = _pair("x_edges", x_edges), _pair("y_edges", y_edges)
    x, y, w = real("x", x), real("y", y), real("w", w)
    across, along, h = bump(x, left, right, w), bump(y, bottom, top, w), real("h", h)
    together(x=across, y=along, h=h)
    return thresholded(across + along, h)


def fit_towers(
    f: Callable[[Floats, Floats], ArrayLike],
    x_edges: ArrayLike,
    y_edges: ArrayLike,
    w: float | Floats,
    h: float | Floats,
) -> Towers:
    """Grid of towers, each as high as `f` at the middle of its rectangle.

    Parameters
    ----------
    f : callable
        Takes two arrays of one shape and returns an array of that shape.
    x_edges, y_edges : array_like
        Edges of the grid, strictly increasing, at least 2 each.
    w, h : float
        Weight of the steps, and of the bumps under the threshold, above 0.

    Returns
    -------
    Towers
        One tower for each rectangle of the grid.

    Raises
    ------
    ValueError
        If `f` returns another shape, NaN or infinity.
    TypeError
        If `f` does not take arrays.

    Examples
    --------
    >>> fit_towers(np.multiply, [0, 1, 2], [0, 2], w=100, h=10).heights
    array([[0.5],
           [1.5]])
    """
    x_edges, y_edges = increasing("x_edges", x_edges), increasing("y_edges", y_edges)
    w, h = one_number("w", w), one_number("h", h)
    middles = np.meshgrid(*(e[:-1] / 2 + e[1:] / 2 for e in (x_edges, y_edges)), indexing="ij")
    return Towers(x_edges.copy(), y_edges.copy(), tabulate(f, *middles), w, h)


def tower_network(towers: Towers, x: ArrayLike, y: ArrayLike) -> Floats:
    """Output of a grid of towers, the sum of all of them (:eq:`tower-network`).

    A grid of ``m`` by ``n`` towers costs ``m + n + 2`` steps and ``m·n``
    neurons behind them. At each point only the towers around it are
    evaluated one by one: all others are on the ground or on a plateau.

    Parameters
    ----------
    towers : Towers
        The network, for instance from `fit_towers`.
    x, y : array_like
        Inputs, of shapes that broadcast.

    Returns
    -------
    numpy.ndarray
        The output, of the common shape, in units of the heights.

    Examples
    --------
    >>> towers = Towers([0, 1, 2], [0, 1], [[1], [3]], w=500, h=20)
    >>> tower_network(towers, [0.5, 1.5], [0.5, 0.5]).round(4)
    array([1.0001, 2.9999])
    """
    x, y = real("x", x), real("y", y)
    together(x=x, y=y)
    x_edges, y_edges, heights, w, h = _checked(towers)
    return sum_of_towers(x, y, x_edges, y_edges, heights, w, h)


@overridable
def sum_of_towers(
    x: Floats, y: Floats, x_edges: Floats, y_edges: Floats, heights: Floats, w: Floats, h: Floats
) -> Floats:
    """All towers at once; what pairs with one bump down add comes from the sums of rows.

    With u the bump across and v the one along, ``T(u, v)`` is ``T(0, 0)`` plus what u adds,
    what v adds, and a rest that is 0 unless both are up: only there both indices matter.
    """
    ground = thresholded(0.0, h)
    rows, columns = np.pad(heights.sum(axis=1), 1), np.pad(heights.sum(axis=0), 1)
    heights = np.pad(heights, 1)
    total = ground * heights.sum() + np.zeros(np.broadcast_shapes(x.shape, y.shape))
    for i, u in _bumps_near(x, x_edges, w):
        total += (thresholded(u, h) - ground) * rows[i]
    for j, v in _bumps_near(y, y_edges, w):
        total += (thresholded(v, h) - ground) * columns[j]
    for i, u in _bumps_near(x, x_edges, w):
        u_alone = thresholded(u, h) - ground
        for j, v in _bumps_near(y, y_edges, w):
            rest = thresholded(u + v, h) - (u_alone + thresholded(v, h))
            total += heights[i, j] * rest
    return total


def _bumps_near(x: Floats, edges: Floats, w: Floats) -> Iterator[tuple[NDArray[np.intp], Floats]]:
    """Index and value of the bumps that are not down at `x`, one for each point at a time."""
    first, moving = band(x, edges, w)
    edges = np.concatenate([[-np.inf], edges, [np.inf]])
    for offset in range(moving.max(initial=0) + 1):
        i = np.minimum(first + offset, edges.size - 2)
        yield i, _rise(x, edges[i], w) - _rise(x, edges[i + 1], w)


def _rise(x: Floats, at: Floats, w: Floats) -> Floats:
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(w * (at - x)))


def thresholded(bumps: Floats | float, h: Floats) -> Floats:
    with np.errstate(over="ignore"):
        return SIGMOID.value(h * (bumps - 1.5))


def _pair(name: str, edges: ArrayLike) -> Floats:
    edges = increasing(name, edges)
    if edges.shape != (2,):
        raise ValueError(f"{name} has {edges.shape[0]} elements; give the two edges of a rectangle")
    return edges


def _checked(towers: Towers) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    towers = instance("towers", towers, Towers, "what fit_towers returns")
    x_edges, y_edges = increasing("x_edges", towers.x_edges), increasing("y_edges", towers.y_edges)
    heights = matrix("heights", towers.heights)
    grid = (x_edges.shape[0] - 1, y_edges.shape[0] - 1)
    if heights.shape != grid:
        raise ValueError(
            f"heights has shape {heights.shape}; these edges need one for each rectangle, {grid}"
        )
    return x_edges, y_edges, heights, one_number("w", towers.w), one_number("h", towers.h)
