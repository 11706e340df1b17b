"""Functions that put elements elsewhere: NumPy itself moves their indices."""

from collections.abc import Callable
from typing import Any

import numpy as np

from slopes.explore.trace.registry import implements
from slopes.explore.trace.tracer import Tracer, lift

_MOVE: list[Callable[..., Any]] = [
    np.reshape, np.ravel, np.transpose, np.moveaxis, np.expand_dims, np.atleast_1d,
    np.broadcast_to, np.flip, np.repeat,
]  # fmt: skip
_JOIN: list[Callable[..., Any]] = [np.concatenate, np.stack, np.vstack, np.hstack]


def _moves(function):
    """Let `function` move the indices of the elements."""

    @implements(function)
    def move(tape, array, *arguments, **options):
        array = lift(tape, array)
        return array.gather(function(array.indices(), *arguments, **options))


def _joins(function):
    """Let `function` put the indices of several arrays together."""

    @implements(function)
    def join(tape, arrays, *arguments, **options):
        arrays = [lift(tape, each) for each in arrays]
        starts = np.cumsum([0, *(each.size for each in arrays)])
        indices = [each.indices() + start for each, start in zip(arrays, starts, strict=False)]
        return _row(tape, arrays).gather(function(indices, *arguments, **options))


def _row(tape, arrays):
    """All elements of some arrays in one row."""
    size = sum(each.size for each in arrays)
    node = tape.add("join", tuple(each.node for each in arrays), size=size)
    return Tracer(tape, node, (size,), np.result_type(*(each.dtype for each in arrays)))


for _function in _MOVE:
    _moves(_function)
for _function in _JOIN:
    _joins(_function)


@implements(np.append)
def _append(tape, array, values, axis=None):
    array, values = lift(tape, array), lift(tape, values)
    parts = [array.ravel(), values.ravel()] if axis is None else [array, values]
    return np.concatenate(parts, axis=axis or 0)
