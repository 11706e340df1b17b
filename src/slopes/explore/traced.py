"""Stand-ins for arrays that write down on a tape what is done to them."""

from math import prod

import numpy as np

from slopes._arguments import Traced
from slopes.explore.constants import constant
from slopes.explore.refusal import refuse, refuse_function
from slopes.explore.tape import ELEMENTWISE, FOLDS

_BITWISE = {
    "bitwise_and": "logical_and",
    "bitwise_or": "logical_or",
    "bitwise_xor": "logical_xor",
    "invert": "logical_not",
}
_BOOLEAN = {"add": "logical_or", "multiply": "logical_and"} | {
    "maximum": "logical_or",
    "minimum": "logical_and",
}


class Tracer(Traced, np.lib.mixins.NDArrayOperatorsMixin):
    """An array of known shape and unknown numbers, at one node of a tape."""

    def __init__(self, tape, node, shape=(), dtype=float):
        self.tape, self.node, self.shape, self.dtype = tape, node, shape, np.dtype(dtype)

    ndim = property(lambda self: len(self.shape))
    size = property(lambda self: prod(self.shape))
    T = property(lambda self: self.transpose())

    def __repr__(self):
        return f"<traced array of shape {self.shape}>"

    def __len__(self):
        if not self.shape:
            raise TypeError("len() of a single number")
        return self.shape[0]

    def __iter__(self):
        return (self[i] for i in range(len(self)))

    def __getitem__(self, key):
        parts = key if isinstance(key, tuple) else (key,)
        if any(isinstance(part, Traced) for part in parts):
            refuse("indexing by what the controls decide", "use np.where, or a sum with a mask")
        return self.rearranged(self.places()[key])

    def __setitem__(self, key, value):
        refuse("writing into an array", "build it with np.where, np.stack or np.concatenate")

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        tape = self.tape
        if options.pop("out", None) is not None:
            refuse(f"{ufunc.__name__} into an existing array", "write x = x + 1 in place of x += 1")
        if method == "__call__" and ufunc in (np.matmul, np.vecdot, np.matvec, np.vecmat):
            return self.__array_function__(ufunc, (), inputs, options)
        if method == "__call__" and not options:
            return elementwise(tape, ufunc, *inputs)
        if method == "reduce" and set(options) <= {"axis", "keepdims", "dtype"}:
            return fold(tape, ufunc.__name__, inputs[0], **{"axis": 0, **options})
        if method == "accumulate" and set(options) <= {"axis", "dtype"}:
            return scan(tape, ufunc.__name__, inputs[0], **options)
        if method == "outer" and not options:
            first, second = (lift(tape, each) for each in inputs)
            return elementwise(tape, ufunc, first[(..., *[None] * second.ndim)], second)
        return refuse_function(f"{ufunc.__name__}.{method} with {', '.join(options) or 'this'}")

    def __array_function__(self, function, types, arguments, options):
        from slopes.explore.functions import FUNCTIONS

        if function not in FUNCTIONS:
            refuse_function(f"{function.__module__}.{function.__name__}")
        return FUNCTIONS[function](self.tape, *arguments, **options)

    def places(self):
        """The places of the elements in the flat row, in the array's shape."""
        return np.arange(self.size).reshape(self.shape)

    def rearranged(self, places):
        """The array of the elements at `places`, an array of any shape."""
        places = np.asarray(places)
        return Tracer(self.tape, self.tape.gather(self.node, places), places.shape, self.dtype)

    def astype(self, dtype, **_):
        """The same numbers as another type."""
        kind = np.dtype(dtype).kind
        if kind == "b":
            return self != 0
        if kind == "i" and self.dtype.kind == "f":
            whole = np.trunc(self)
            return Tracer(self.tape, whole.node, self.shape, int)
        if kind not in "if":
            refuse(f"a number as {np.dtype(dtype)}", "keep to float64")
        return Tracer(self.tape, self.node, self.shape, dtype)

    def reshape(self, *shape):
        return self.rearranged(self.places().reshape(*shape))

    def transpose(self, *axes):
        return self.rearranged(self.places().transpose(*axes))

    def ravel(self):
        return self.reshape(-1)

    def copy(self):
        return self

    flatten = ravel

    def __array__(self, *_, **__):
        refuse(
            "making a plain array of what the controls decide",
            "use np.stack([…]) in place of np.array([…]), and a mask for a place in an array",
        )

    def __bool__(self):
        refuse(
            "deciding a branch by what the controls say (if, while, and, or, not, min, max)",
            "use np.where, np.minimum, np.maximum, & and |",
        )

    def __float__(self):
        refuse("float(…), or a function of math,", "drop it, or use NumPy's function")

    def __int__(self):
        refuse("int(…)", "use np.floor, or make the control a choice")

    def __index__(self):
        refuse(
            "a size or place that the controls decide", "make the control a choice, or use a mask"
        )

    def __round__(self, digits=0):
        return np.round(self, digits)

    def __format__(self, spec):
        return refuse("a number in a text", "give the number to a text artist or a read-out")

    def item(self, *_):
        return refuse("item()", "drop it: the number itself will do")

    def tolist(self):
        return refuse("tolist()", "keep the array")


def _method(name):
    def method(self, *arguments, **options):
        return getattr(np, name)(self, *arguments, **options)

    method.__name__ = name
    return method


for _name in (
    "sum prod mean max min any all argmax argmin cumsum cumprod clip dot round squeeze std var "
    "swapaxes repeat take diagonal trace".split()
):
    setattr(Tracer, _name, _method(_name))


def lift(tape, value):
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


def _joined(rows):
    """A list of arrays, of which one may be traced, as one array."""
    rows = [_joined(row) if isinstance(row, list | tuple) else row for row in rows]
    return np.stack(rows) if any(isinstance(row, Traced) for row in rows) else np.asarray(rows)


def elementwise(tape, ufunc, *inputs):
    """The result of a universal function."""
    if ufunc is np.divmod:
        return np.floor_divide(*inputs), np.remainder(*inputs)
    inputs = [lift(tape, each) for each in inputs]
    name = _BITWISE.get(ufunc.__name__, ufunc.__name__)
    with np.errstate(all="ignore"):
        sample = ufunc(*(np.ones(1, each.dtype) for each in inputs))
    if isinstance(sample, tuple):
        refuse_function(f"numpy.{name}")
    if ufunc is np.positive:
        return inputs[0]
    if ufunc is np.reciprocal:
        return 1 / inputs[0]
    if ufunc is np.power and _is_constant(inputs[1], 2):
        return record(tape, "square", inputs[:1], sample.dtype)
    if name != ufunc.__name__ and any(each.dtype.kind != "b" for each in inputs):
        refuse(f"{ufunc.__name__} of numbers", "use it on conditions only")
    if sample.dtype.kind == "b":
        name = _BOOLEAN.get(name, name)
    return record(tape, name, inputs, sample.dtype)


def _is_constant(tracer, number):
    data = tracer.tape.nodes[tracer.node].data
    return data is not None and data.size == 1 and data[0] == number


def record(tape, name, inputs, dtype=float):
    """A node for an operation element by element."""
    if name not in ELEMENTWISE:
        refuse_function(f"numpy.{name}")
    shape = np.broadcast_shapes(*(each.shape for each in inputs))
    size = prod(shape)
    nodes = tuple(_spread(each, shape, size) for each in inputs)
    return Tracer(tape, tape.add(name, nodes, size=size), shape, dtype)


def _spread(tracer, shape, size):
    """The node of `tracer` broadcast to `shape`; one number serves all elements as it is."""
    if tracer.size in (1, size):
        return tracer.node
    return tracer.rearranged(np.broadcast_to(tracer.places(), shape)).node


def fold(tape, name, array, axis=None, keepdims=False, dtype=None):
    """Elements combined along some axes, all of them if `axis` is None."""
    array = lift(tape, array)
    name, array, kind = _summable(name, array)
    axes, kept = _axes(array, axis)
    moved = array.transpose((*kept, *axes))
    length = prod([array.shape[k] for k in axes])
    shape = tuple(array.shape[k] for k in kept)
    node = moved.tape.add(f"fold {name}", (moved.node,), (length,), prod(shape))
    if keepdims:
        shape = tuple(1 if k in axes else n for k, n in enumerate(array.shape))
    return Tracer(tape, node, shape, kind)


def scan(tape, name, array, axis=0, dtype=None):
    """Elements combined step by step along one axis."""
    array = lift(tape, array)
    if axis is None:
        array, axis = array.ravel(), 0
    name, array, kind = _summable(name, array)
    axis = range(array.ndim)[axis]
    order = [*(k for k in range(array.ndim) if k != axis), axis]
    moved = array.transpose(order)
    node = tape.add(f"scan {name}", (moved.node,), (array.shape[axis],), array.size)
    back = np.argsort(order)
    return Tracer(tape, node, moved.shape, kind).transpose(tuple(int(k) for k in back))


def extreme_place(tape, name, array, axis=None, keepdims=False):
    """Where along an axis the greatest or smallest element lies."""
    array = lift(tape, array)
    axes, kept = _axes(array, axis)
    moved = array.transpose((*kept, *axes))
    length = prod([array.shape[k] for k in axes])
    shape = tuple(array.shape[k] for k in kept)
    node = tape.add(name, (moved.node,), (length,), prod(shape))
    if keepdims:
        shape = tuple(1 if k in axes else n for k, n in enumerate(array.shape))
    return Tracer(tape, node, shape, int)


def _summable(name, array):
    """The operation of a fold or scan, and the type of its result; true counts as 1 in sums."""
    if name not in FOLDS:
        refuse_function(f"numpy.{name} along an axis")
    if name.startswith("logical"):
        return name, array != 0 if array.dtype.kind != "b" else array, bool
    if array.dtype.kind == "b":
        return name, array, int if name in ("add", "multiply") else bool
    return name, array, array.dtype


def _axes(array, axis):
    every = range(array.ndim)
    axes = every if axis is None else [every[k] for k in np.atleast_1d(axis)]
    return tuple(axes), tuple(k for k in every if k not in axes)
