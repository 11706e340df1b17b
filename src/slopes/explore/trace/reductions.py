"""Sums, products, extremes and differences along axes."""

from math import prod

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from slopes.explore.trace.errors import refuse_function
from slopes.explore.trace.operations import REDUCTIONS
from slopes.explore.trace.registry import implements
from slopes.explore.trace.tape import Tape
from slopes.explore.trace.tracer import Axes, Function, Tracer, lift


@implements("reduce")
def _reduce(
    tape: Tape, ufunc: np.ufunc, array: ArrayLike, axis: Axes = 0, keepdims: bool = False
) -> Tracer:
    """Elements combined along some axes, all of them if `axis` is None."""
    array, dtype = _operand(ufunc, lift(tape, array))
    every = range(array.ndim)
    axes = tuple(every if axis is None else (every[k] for k in np.atleast_1d(axis)))
    kept = tuple(k for k in every if k not in axes)
    length, shape = prod(array.shape[k] for k in axes), tuple(array.shape[k] for k in kept)
    node = array.transpose((*kept, *axes)).node
    node = tape.add(f"reduce {ufunc.__name__}", (node,), (length,), prod(shape))
    if keepdims:
        shape = tuple(1 if k in axes else n for k, n in enumerate(array.shape))
    return Tracer(tape, node, shape, dtype)


@implements("accumulate")
def _accumulate(tape: Tape, ufunc: np.ufunc, array: ArrayLike, axis: int = 0) -> Tracer:
    """Elements combined step by step along one axis."""
    array, dtype = _operand(ufunc, lift(tape, array))
    last = array.moveaxis(axis, -1)
    node = tape.add(f"accumulate {ufunc.__name__}", (last.node,), (array.shape[axis],), array.size)
    return Tracer(tape, node, last.shape, dtype).moveaxis(-1, axis)


def _operand(ufunc: np.ufunc, array: Tracer) -> tuple[Tracer, DTypeLike]:
    """What a reduction works on, and the type of its result; in a sum true counts as 1."""
    if ufunc.__name__ not in REDUCTIONS:
        refuse_function(f"numpy.{ufunc.__name__} along an axis")
    if ufunc in (np.logical_and, np.logical_or):
        return array.astype(bool), bool
    if array.dtype.kind == "b" and ufunc in (np.add, np.multiply):
        return array, int
    return array, array.dtype


def _reduces(function: Function, ufunc: np.ufunc) -> None:
    @implements(function)
    def reduction(
        tape: Tape, array: ArrayLike, axis: Axes = None, *, keepdims: bool = False
    ) -> Tracer:
        return ufunc.reduce(lift(tape, array), axis=axis, keepdims=keepdims)


def _accumulates(function: Function, ufunc: np.ufunc) -> None:
    @implements(function)
    def accumulation(tape: Tape, array: ArrayLike, axis: int | None = None) -> Tracer:
        array = lift(tape, array)
        return lift(tape, ufunc.accumulate(*(array.ravel(), 0) if axis is None else (array, axis)))


_reduces(np.sum, np.add)
_reduces(np.prod, np.multiply)
_reduces(np.max, np.maximum)
_reduces(np.min, np.minimum)
_reduces(np.all, np.logical_and)
_reduces(np.any, np.logical_or)
_accumulates(np.cumsum, np.add)
_accumulates(np.cumprod, np.multiply)


@implements(np.mean)
def _mean(tape: Tape, array: ArrayLike, axis: Axes = None, *, keepdims: bool = False) -> Tracer:
    array = lift(tape, array)
    total = lift(tape, np.sum(array, axis=axis, keepdims=keepdims))
    return total / (array.size / total.size)


@implements(np.var)
def _var(
    tape: Tape, array: ArrayLike, axis: Axes = None, *, ddof: float = 0, keepdims: bool = False
) -> Tracer:
    array = lift(tape, array)
    squares = (array - np.mean(array, axis=axis, keepdims=True)) ** 2
    total = lift(tape, np.sum(squares, axis=axis, keepdims=keepdims))
    return total / (array.size / total.size - ddof)


@implements(np.std)
def _std(
    tape: Tape, array: ArrayLike, axis: Axes = None, *, ddof: float = 0, keepdims: bool = False
) -> Tracer:
    return np.sqrt(np.var(lift(tape, array), axis=axis, ddof=ddof, keepdims=keepdims))


@implements(np.diff)
def _diff(
    tape: Tape,
    array: ArrayLike,
    n: int = 1,
    axis: int = -1,
    prepend: ArrayLike | None = None,
    append: ArrayLike | None = None,
) -> Tracer:
    array = lift(tape, array)
    edge = tuple(1 if k == axis % array.ndim else length for k, length in enumerate(array.shape))
    parts = [lift(tape, each) for each in (prepend, array, append) if each is not None]
    whole = np.concatenate(
        [each if each.shape else np.broadcast_to(each, edge) for each in parts], axis
    )
    rows = lift(tape, whole).moveaxis(axis, 0)
    for _ in range(n):
        rows = rows[1:] - rows[:-1]
    return rows.moveaxis(0, axis)
