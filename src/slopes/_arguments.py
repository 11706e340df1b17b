"""The one door through which arguments enter: they become float arrays, or are refused.

Every public function passes what it is given through one of these functions
first. What comes back is a finite float64 array, so that no formula behind
the door needs to check anything. A value that is being traced (see
`slopes.explore`) passes as it is: this is the only module that knows of them.
"""

import numbers
from decimal import Decimal
from operator import index
from reprlib import repr as shorten

import numpy as np


class Traced:
    """Base class of the stand-ins that record what is done to an array."""


def real(name, value):
    """`value` as a float64 array of finite numbers, any shape."""
    value = _gathered(value)
    if isinstance(value, Traced):
        return value
    array = _as_floats(name, value)
    _refuse(name, array, ~np.isfinite(array), "give finite numbers")
    return array


def positive(name, value):
    """`value` as an array of finite numbers above 0."""
    array = real(name, value)
    if not isinstance(array, Traced):
        _refuse(name, array, array <= 0, "give numbers above 0")
    return array


def nonzero(name, value, why):
    """`value` as an array of finite numbers other than 0; `why` says what divides by it."""
    array = real(name, value)
    if not isinstance(array, Traced):
        _refuse(name, array, array == 0, f"give numbers other than 0: {why}")
    return array


def inside(name, value, low, high):
    """`value` as an array of numbers strictly between `low` and `high`."""
    array = real(name, value)
    if not isinstance(array, Traced):
        outside = (array <= low) | (array >= high)
        _refuse(name, array, outside, f"give numbers strictly between {low} and {high}")
    return array


def vector(name, value, least=1):
    """`value` as an array of one dimension with at least `least` elements."""
    array = real(name, value)
    if array.ndim != 1:
        raise ValueError(f"{name} has shape {array.shape}; give one row of numbers")
    if array.shape[0] < least:
        raise ValueError(f"{name} has {array.shape[0]} elements; give at least {least}")
    return array


def increasing(name, value, least=2):
    """`value` as a vector of strictly increasing numbers."""
    array = vector(name, value, least)
    if not isinstance(array, Traced):
        (falls,) = np.nonzero(array[1:] <= array[:-1])
        if falls.size:
            i = int(falls[0])
            raise ValueError(
                f"{name}[{i + 1}] = {array[i + 1]} does not exceed {name}[{i}] = {array[i]}; "
                "sort the numbers and drop repeated ones"
            )
    return array


def matrix(name, value):
    """`value` as an array of at least two dimensions, none of length 0: a stack of matrices."""
    array = real(name, value)
    if array.ndim < 2 or 0 in array.shape:
        raise ValueError(f"{name} has shape {array.shape}; give a matrix, or a stack of them")
    return array


def square(name, value):
    """`value` as a stack of square matrices."""
    array = matrix(name, value)
    if array.shape[-1] != array.shape[-2]:
        raise ValueError(f"{name} has shape {array.shape}; its last two lengths must be equal")
    return array


def whole(name, value, least=0):
    """`value` as a Python int, at least `least`."""
    try:
        number = index(value)
    except TypeError:
        raise TypeError(f"{name} is {value!r}; give a whole number") from None
    if number < least:
        raise ValueError(f"{name} is {number}; give a whole number from {least} up")
    return number


def together(**arrays):
    """The common shape of named arrays; refuses those that do not broadcast."""
    try:
        return np.broadcast_shapes(*(array.shape for array in arrays.values()))
    except ValueError:
        shapes = ", ".join(f"{name} has shape {array.shape}" for name, array in arrays.items())
        raise ValueError(f"{shapes}; give shapes that broadcast together") from None


def _gathered(value):
    """A list of which a part is traced as one traced array; anything else as it is."""
    if not isinstance(value, list | tuple):
        return value
    parts = [_gathered(part) for part in value]
    return np.stack(parts) if any(isinstance(part, Traced) for part in parts) else value


def _as_floats(name, value):
    if _is_masked(value):
        raise TypeError(f"{name} has masked elements; fill or drop them first")
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} has rows of unequal length; give a full array") from None
    if array.dtype.kind not in "buif":
        array = _unboxed(name, np.asarray(value, dtype=object))
    with np.errstate(over="ignore"):
        return array.astype(np.float64, copy=False)


def _is_masked(value):
    items = value if isinstance(value, (list, tuple)) else [value]
    return any(isinstance(item, np.ma.MaskedArray) and np.ma.is_masked(item) for item in items)


def _unboxed(name, objects):
    """An array of Python objects as floats; the first that is no real number is refused."""
    floats = np.empty(objects.shape)
    for place, item in np.ndenumerate(objects):
        if not isinstance(item, (numbers.Real, Decimal, np.bool_)):
            kind = type(item).__name__
            raise TypeError(
                f"{_element(name, place)} is {shorten(item)}, of type {kind}; give real numbers"
            )
        try:
            floats[place] = item
        except OverflowError:
            raise ValueError(
                f"{_element(name, place)} is beyond the largest float, 1.8e308; scale it down"
            ) from None
    return floats


def _refuse(name, array, bad, remedy):
    if bad.any():
        place = tuple(int(i) for i in np.argwhere(bad)[0])
        raise ValueError(f"{_element(name, place)} is {array[place]}; {remedy}")


def _element(name, place):
    return f"{name}[{', '.join(map(str, place))}]" if place else name
