"""Functions that work element by element, and choices between elements."""

from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from slopes.explore.trace.errors import refuse, refuse_function
from slopes.explore.trace.operations import ELEMENTWISE
from slopes.explore.trace.registry import implements
from slopes.explore.trace.tape import Tape
from slopes.explore.trace.tracer import Tracer, lift

_OF_CONDITIONS = {
    "bitwise_and": "logical_and",
    "bitwise_or": "logical_or",
    "bitwise_xor": "not_equal",
    "invert": "logical_not",
}
_WITH_CONDITIONS = {
    "add": "logical_or",
    "multiply": "logical_and",
    "maximum": "logical_or",
    "minimum": "logical_and",
}


def apply(tape: Tape, name: str, inputs: list[Tracer], dtype: DTypeLike = float) -> Tracer:
    """The result of the elementwise operation `name` of the tape on arrays that broadcast."""
    if name not in ELEMENTWISE:
        refuse_function(f"numpy.{name}")
    shape = np.broadcast_shapes(*(each.shape for each in inputs))
    nodes = tuple(_broadcast(each, shape) for each in inputs)
    return Tracer(tape, tape.add(name, nodes, size=prod(shape)), shape, dtype)


def _broadcast(array: Tracer, shape: tuple[int, ...]) -> int:
    """The node of `array` in `shape`; one number serves all elements as it is."""
    if array.size in (1, prod(shape)):
        return array.node
    return array.gather(np.broadcast_to(array.indices(), shape)).node


@implements("__call__")
def _ufunc(tape: Tape, ufunc: np.ufunc, *inputs: ArrayLike) -> Tracer:
    arrays = [lift(tape, each) for each in inputs]
    if ufunc is np.positive:
        return arrays[0]
    if ufunc.nout > 1:
        refuse_function(f"numpy.{ufunc.__name__}")
    dtype = ufunc.resolve_dtypes((*(each.dtype for each in arrays), None))[-1]
    name, arrays = _operation(ufunc, arrays, dtype)
    return apply(tape, name, arrays, dtype)


def _operation(
    ufunc: np.ufunc, inputs: list[Tracer], dtype: np.dtype[Any]
) -> tuple[str, list[Tracer]]:
    """The operation of the tape for a ufunc, and what it works on."""
    name = ufunc.__name__
    if name == "power" and _is_constant(inputs[1], 2):
        return "square", inputs[:1]
    if name in _OF_CONDITIONS:
        if any(each.dtype.kind != "b" for each in inputs):
            refuse(f"{name} of numbers", "use it on conditions only")
        return _OF_CONDITIONS[name], inputs
    return (_WITH_CONDITIONS.get(name, name) if dtype.kind == "b" else name), inputs


def _is_constant(array: Tracer, number: float) -> bool:
    data = array.tape.nodes[array.node].data
    return data is not None and data.size == 1 and data[0] == number


@implements("outer")
def _outer(tape: Tape, ufunc: np.ufunc, first: ArrayLike, second: ArrayLike) -> Tracer:
    first, second = lift(tape, first), lift(tape, second)
    return ufunc(first[(..., *[None] * second.ndim)], second)


@implements(np.where)
def _where(tape: Tape, condition: ArrayLike, *values: ArrayLike) -> Tracer:
    if len(values) != 2:
        refuse("np.where with one argument", "give the values for yes and for no")
    condition, yes, no = (lift(tape, each) for each in (condition, *values))
    return apply(tape, "where", [condition, yes, no], np.result_type(yes.dtype, no.dtype))


@implements(np.clip)
def _clip(
    tape: Tape,
    array: ArrayLike,
    a_min: ArrayLike | None = None,
    a_max: ArrayLike | None = None,
    *,
    min: ArrayLike | None = None,
    max: ArrayLike | None = None,
) -> Tracer:
    array = lift(tape, array)
    low, high = a_min if min is None else min, a_max if max is None else max
    array = array if low is None else np.maximum(array, low)
    return lift(tape, array if high is None else np.minimum(array, high))


@implements(np.round, np.around)
def _round(tape: Tape, array: ArrayLike, decimals: int = 0) -> Tracer:
    array, power = lift(tape, array), 10.0**decimals
    return lift(tape, np.rint(array * power) / power if decimals else np.rint(array))


@implements(np.interp)
def _interp(tape: Tape, x: ArrayLike, xp: ArrayLike, fp: ArrayLike) -> Tracer:
    x, xp, fp = (lift(tape, each) for each in (x, xp, fp))
    node = tape.add("interp", (x.node, xp.node, fp.node), size=x.size)
    return Tracer(tape, node, x.shape)
