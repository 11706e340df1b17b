"""Tracers: arrays of known shape and unknown numbers, which hand over what is done to them."""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from math import prod
from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from slopes._arguments import Traced
from slopes.explore.trace.constants import constant
from slopes.explore.trace.errors import refuse, refuse_function
from slopes.explore.trace.registry import IMPLEMENTATIONS
from slopes.explore.trace.tape import Tape

Function = Callable[..., Any]
Axes = int | tuple[int, ...] | None  # one, several, or all of them

_METHODS = "sum prod mean std var max min any all cumsum cumprod clip round dot repeat".split()


class Tracer(Traced, np.lib.mixins.NDArrayOperatorsMixin):
    """An array of known shape and unknown numbers, at one node of a tape."""

    def __init__(
        self, tape: Tape, node: int, shape: tuple[int, ...] = (), dtype: DTypeLike = float
    ):
        self.tape, self.node, self.shape, self.dtype = tape, node, shape, np.dtype(dtype)

    @property
    def ndim(self) -> int:
        return len(self.shape)

    @property
    def size(self) -> int:
        return prod(self.shape)

    @property
    def T(self) -> "Tracer":
        return self.transpose()

    def __repr__(self) -> str:
        return f"<traced array of shape {self.shape}>"

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError("len() of a single number")
        return self.shape[0]

    def __iter__(self) -> Iterator["Tracer"]:
        return (self[i] for i in range(len(self)))

    def __array_ufunc__(
        self, ufunc: np.ufunc, method: str, *inputs: Any, out: Any = None, **options: Any
    ) -> Any:
        name = f"numpy.{ufunc.__name__}"
        if out is not None:
            refuse(f"{name} into an existing array", "write x = x + 1 in place of x += 1")
        if method != "__call__":
            return _dispatch(self.tape, method, f"{name}.{method}", (ufunc, *inputs), options)
        if ufunc in IMPLEMENTATIONS:
            return _dispatch(self.tape, ufunc, name, inputs, options)
        return _dispatch(self.tape, method, name, (ufunc, *inputs), options)

    def __array_function__(
        self,
        function: Function,
        types: Any,
        arguments: Sequence[Any],
        options: Mapping[str, Any],
    ) -> Any:
        name = f"{function.__module__}.{function.__name__}"
        return _dispatch(self.tape, function, name, arguments, options)

    def indices(self) -> NDArray[np.int_]:
        """The index of each element in the flat row, in the array's shape."""
        return np.arange(self.size).reshape(self.shape)

    def gather(self, indices: ArrayLike) -> "Tracer":
        """The array of the elements at `indices` in the flat row, in their shape."""
        indices = np.asarray(indices)
        return Tracer(self.tape, self.tape.gather(self.node, indices), indices.shape, self.dtype)

    def __getitem__(self, key: Any) -> "Tracer":
        parts = key if isinstance(key, tuple) else (key,)
        if any(isinstance(part, Traced) for part in parts):
            refuse("indexing by what the controls decide", "use np.where, or a sum with a mask")
        return self.gather(self.indices()[key])

    def reshape(self, *shape: Any) -> "Tracer":
        return self.gather(self.indices().reshape(*shape))

    def transpose(self, *axes: Any) -> "Tracer":
        return self.gather(self.indices().transpose(*axes))

    def moveaxis(self, source: int, destination: int) -> "Tracer":
        """The array with one axis elsewhere."""
        return self.gather(np.moveaxis(self.indices(), source, destination))

    def ravel(self) -> "Tracer":
        return self.reshape(-1)

    flatten = ravel

    def copy(self) -> "Tracer":
        return self

    def astype(self, dtype: DTypeLike, **_: Any) -> "Tracer":
        """The same numbers as another type."""
        kind = np.dtype(dtype).kind
        if kind == "b":
            return self if self.dtype.kind == "b" else self != 0
        if kind == "i" and self.dtype.kind == "f":
            refuse("cutting off decimals", "use np.floor")
        if kind not in "if":
            refuse(f"a number as {np.dtype(dtype)}", "keep to float64")
        return Tracer(self.tape, self.node, self.shape, dtype)

    def __setitem__(self, key: Any, value: Any) -> NoReturn:
        refuse("writing into an array", "build it with np.where, np.stack or np.concatenate")

    def __array__(self, *_: Any, **__: Any) -> NoReturn:
        refuse(
            "making a plain array of what the controls decide",
            "use np.stack([…]) in place of np.array([…]), and a mask for a place in an array",
        )

    def __bool__(self) -> NoReturn:
        refuse(
            "deciding a branch by what the controls say (if, while, and, or, not, min, max)",
            "use np.where, np.minimum, np.maximum, & and |",
        )

    def __float__(self) -> NoReturn:
        refuse("float(…), or a function of math,", "drop it, or use NumPy's function")

    def __int__(self) -> NoReturn:
        refuse("int(…)", "use np.floor, or make the control a choice")

    def __index__(self) -> NoReturn:
        refuse(
            "a size or place that the controls decide", "make the control a choice, or use a mask"
        )

    def __round__(self, digits: int = 0) -> Any:
        return np.round(self, digits)

    def __format__(self, format_spec: str) -> NoReturn:
        refuse("a number in a text", "give the number to a text artist or a read-out")

    def item(self, *_: Any) -> NoReturn:
        refuse("item()", "drop it: the number itself will do")

    def tolist(self) -> NoReturn:
        refuse("tolist()", "keep the array")


def _method(name: str) -> Function:
    def method(self: Tracer, *arguments: Any, **options: Any) -> Any:
        return getattr(np, name)(self, *arguments, **options)

    method.__name__ = name
    return method


for _name in _METHODS:
    setattr(Tracer, _name, _method(_name))


_signature = cache(inspect.signature)


def _dispatch(
    tape: Tape,
    target: Function | str,
    name: str,
    arguments: Sequence[Any],
    options: Mapping[str, Any],
) -> Any:
    """What the registry has for `target`, of which errors say `name`."""
    if target not in IMPLEMENTATIONS:
        refuse_function(name)
    implementation = IMPLEMENTATIONS[target]
    try:
        _signature(implementation).bind(tape, *arguments, **options)
    except TypeError:
        refuse_function(f"{name} with {', '.join(options) or 'so many arguments'}")
    return implementation(tape, *arguments, **options)


def lift(tape: Tape, value: Any) -> Tracer:
    """`value` as a tracer: what enters from outside is a constant of the tape."""
    if isinstance(value, Tracer):
        if value.tape is not tape:
            refuse("a number kept from an earlier run of update", "compute it anew each time")
        return value
    array = _joined(value) if isinstance(value, list | tuple) else np.asarray(value)
    if isinstance(array, Tracer):
        return array
    if array.dtype.kind == "O":
        return lift(tape, np.stack([lift(tape, each) for each in array.flat])).reshape(array.shape)
    if array.dtype.kind not in "buif":
        refuse(f"a value of type {array.dtype}", "use real numbers")
    return Tracer(tape, constant(tape, array), array.shape, array.dtype)


def _joined(rows: Sequence[Any]) -> Any:
    """A list of arrays, of which one may be traced, as one array."""
    rows = [_joined(row) if isinstance(row, list | tuple) else row for row in rows]
    return np.stack(rows) if any(isinstance(row, Traced) for row in rows) else np.asarray(rows)
