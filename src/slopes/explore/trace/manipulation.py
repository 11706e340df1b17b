"""Functions that put elements elsewhere: NumPy itself moves their indices."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from slopes.explore.trace.registry import implements
from slopes.explore.trace.tape import Tape
from slopes.explore.trace.tracer import Function, Tracer, lift

_MOVE: list[Function] = [
    np.reshape, np.ravel, np.transpose, np.moveaxis, np.expand_dims, np.atleast_1d,
    np.broadcast_to, np.flip, np.repeat,
]  # fmt: skip
_JOIN: list[Function] = [np.concatenate, np.stack, np.vstack, np.hstack]


def _moves(function: Function) -> None:
    """Let `function` move the indices of the elements."""

    @implements(function)
    def move(tape: Tape, array: ArrayLike, *arguments: Any, **options: Any) -> Tracer:
        array = lift(tape, array)
        return array.gather(function(array.indices(), *arguments, **options))


def _joins(function: Function) -> None:
    """Let `function` put the indices of several arrays together."""

    @implements(function)
    def join(tape: Tape, arrays: Sequence[ArrayLike], *arguments: Any, **options: Any) -> Tracer:
        parts = [lift(tape, each) for each in arrays]
        starts = np.cumsum([0, *(each.size for each in parts)])
        indices = [each.indices() + start for each, start in zip(parts, starts, strict=False)]
        return _row(tape, parts).gather(function(indices, *arguments, **options))


def _row(tape: Tape, arrays: Sequence[Tracer]) -> Tracer:
    """All elements of some arrays in one row."""
    size = sum(each.size for each in arrays)
    node = tape.add("join", tuple(each.node for each in arrays), size=size)
    return Tracer(tape, node, (size,), np.result_type(*(each.dtype for each in arrays)))


for _function in _MOVE:
    _moves(_function)
for _function in _JOIN:
    _joins(_function)


@implements(np.append)
def _append(tape: Tape, array: ArrayLike, values: ArrayLike, axis: int | None = None) -> Tracer:
    array, values = lift(tape, array), lift(tape, values)
    parts = [array.ravel(), values.ravel()] if axis is None else [array, values]
    return lift(tape, np.concatenate(parts, axis=axis or 0))
