"""Formulas in place of the algorithms of slopes that sort, search, or go on until they settle.

An algorithm says that it is `slopes._arguments.overridable`; what a traced
argument answers for it stands here, and nowhere else.
"""

from collections.abc import Callable

import numpy as np

from slopes import chain, interval
from slopes._arguments import Floats
from slopes.activation import Activation
from slopes.explore.trace.registry import implements
from slopes.explore.trace.tape import Tape
from slopes.jacobian import depth, singular_values
from slopes.meanfield import correlation, variance
from slopes.universality import _tables, bump, hats, steps, towers

STEPS = 11  # Newton's method has settled for what the sliders of the book reach


@implements(interval._in_blocks)
def _at_once(tape: Tape, w: Floats, threshold: Floats) -> Floats:
    return interval._width(w, threshold)


@implements(chain._side_by_side)
def _layer_by_layer(
    tape: Tape, w: Floats, b: Floats, x: Floats, value: Callable[[Floats], Floats]
) -> None:
    return None  # no guess can be checked


@implements(depth.log_extremes)
def _log_extremes_of_two(tape: Tape, jacobians: Floats) -> tuple[Floats, Floats]:
    largest = depth.log_largest(jacobians)
    return np.cumsum(np.log(np.abs(np.linalg.det(jacobians)))) - largest, largest


@implements(singular_values.within_squares)
def _as_they_are(tape: Tape, J: Floats) -> Floats:
    return J  # the sliders of the book stay far from the ends of the floats


@implements(variance.iterated)
def _some_steps(tape: Tape, q: Floats, w: Floats, b: Floats, activation: Activation) -> Floats:
    for _ in range(STEPS):
        q, _ = variance.newton_step(q, w, b, activation)
    return q


@implements(correlation.mean_of_product)
def _on_even_steps(
    tape: Tape, function: Callable[[Floats], Floats], q: Floats, c: Floats
) -> Floats:
    return correlation.even_product(function, q, c)


@implements(_tables.staircase)
def _every_step(tape: Tape, x: Floats, at: Floats, levels: Floats, w: Floats) -> Floats:
    rises = 1 / (1 + np.exp(w * (at - x[..., None])))
    return levels[0] + np.sum((levels[1:] - levels[:-1]) * rises, axis=-1)


@implements(steps.in_order)
def _in_any_order(tape: Tape, at: Floats, jumps: Floats) -> tuple[Floats, Floats]:
    return at, jumps  # a sum over all of them needs none


@implements(steps.cells_to_saturate)
def _all_cells(tape: Tape, w: Floats, cell: Floats, count: int) -> int:
    return count


@implements(towers.sum_of_towers)
def _every_tower(
    tape: Tape,
    x: Floats,
    y: Floats,
    x_edges: Floats,
    y_edges: Floats,
    heights: Floats,
    w: Floats,
    h: Floats,
) -> Floats:
    across = bump(x[..., None], x_edges[:-1], x_edges[1:], w)
    along = bump(y[..., None], y_edges[:-1], y_edges[1:], w)
    every = towers.thresholded(across[..., :, None] + along[..., None, :], h)
    return np.sum(heights * every, axis=(-2, -1))


@implements(hats.broken_line)
def _every_neuron(tape: Tape, x: Floats, at: Floats, bends: Floats, offset: Floats) -> Floats:
    return offset + np.sum(bends * np.maximum(x[..., None] - at, 0), axis=-1)
