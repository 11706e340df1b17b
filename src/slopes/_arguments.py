"""The one door through which arguments enter: they become float arrays, or are refused.

Every public function passes what it is given through one of these functions
first. What comes back is a finite float64 array, so that no formula behind
the door needs to check anything. A value that is being traced (see
`slopes.explore`) passes as it is: this is the only module that knows of them.
"""

import numbers
from collections.abc import Callable
from decimal import Decimal
from functools import wraps
from operator import index
from reprlib import repr as shorten
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Algorithm = TypeVar("Algorithm", bound=Callable[..., Any])
Kind = TypeVar("Kind")

_MOST = 1 << 33  # numbers, 64 GB of them


class Traced:
    """Base class of the stand-ins that record what is done to an array."""


def overridable(algorithm: Algorithm) -> Algorithm:
    """`algorithm`, which an argument that is traced may replace by a formula.

    For what no tape can hold: a sort, a search, a loop until nothing changes.
    The argument's ``__array_function__`` decides, as it does for the functions
    of NumPy. Arguments are given by position.
    """

    @wraps(algorithm)
    def asking(*arguments: Any) -> Any:
        traced: Any = next((each for each in arguments if isinstance(each, Traced)), None)
        if traced is None:
            return algorithm(*arguments)
        return traced.__array_function__(asking, (type(traced),), arguments, {})

    return cast(Algorithm, asking)


def real(name: str, value: Any) -> Floats:
    """`value` as a float64 array of finite numbers, any shape."""
    value = _gathered(value)
    if isinstance(value, Traced):
        return cast(Floats, value)
    return _require(name, _as_floats(name, value), np.isfinite, "give finite numbers")


def positive(name: str, value: Any) -> Floats:
    """`value` as an array of finite numbers above 0."""
    return _require(name, real(name, value), lambda x: x > 0, "give numbers above 0")


def nonnegative(name: str, value: Any) -> Floats:
    """`value` as an array of finite numbers, none below 0."""
    return _require(name, real(name, value), lambda x: x >= 0, "give numbers from 0 up")


def nonzero(name: str, value: Any, why: str) -> Floats:
    """`value` as an array of finite numbers other than 0; `why` says what divides by it."""
    remedy = f"give numbers other than 0: {why}"
    return _require(name, real(name, value), lambda x: x != 0, remedy)


def inside(name: str, value: Any, low: float, high: float) -> Floats:
    """`value` as an array of numbers strictly between `low` and `high`."""
    remedy = f"give numbers strictly between {low} and {high}"
    return _require(name, real(name, value), lambda x: (x > low) & (x < high), remedy)


def between(name: str, value: Any, low: float, high: float) -> Floats:
    """`value` as an array of numbers from `low` to `high`, the ends included."""
    remedy = f"give numbers from {low} to {high}"
    return _require(name, real(name, value), lambda x: (x >= low) & (x <= high), remedy)


def ensure(holds: Callable[[Floats], Any], result: Floats, complaint: str) -> Floats:
    """`result`, refused with `complaint` where `holds` fails for one of its elements."""
    if not isinstance(result, Traced) and not holds(result).all():
        raise ValueError(complaint)
    return result


def repaired(
    result: Floats, broken: Callable[[Floats], Any], repair: Callable[[], Floats]
) -> Floats:
    """`result`, with what `repair` finds in its place where it is `broken`.

    For a formula that serves all but the farthest numbers, and the one that
    serves those. What is traced keeps the first.
    """
    if isinstance(result, Traced) or not (places := broken(result)).any():
        return result
    return np.where(places, repair(), result)


def frozen(array: Floats) -> Floats:
    """A copy of `array` that nobody can write to."""
    if not isinstance(array, Traced):
        array = np.array(array, dtype=np.float64)
        array.flags.writeable = False
    return array


def single(name: str, value: Any) -> Floats:
    """`value` as one finite number."""
    number = real(name, value)
    if number.shape != ():
        raise ValueError(f"{name} has shape {number.shape}; give one number")
    return number


def instance(name: str, value: Any, kind: type[Kind], example: str) -> Kind:
    """`value`, if it is of the `kind` that is asked for; `example` says how to get one."""
    if not isinstance(value, kind):
        article = "an" if kind.__name__[0] in "AEIO" else "a"
        raise TypeError(
            f"{name} is {shorten(value)}; give {article} {kind.__name__}, such as {example}"
        )
    return value


def room(numbers: int, **sizes: int) -> None:
    """Refuses `sizes` that ask for more `numbers` than a machine's memory holds."""
    if numbers > _MOST:
        asked = ", ".join(f"{name} = {size}" for name, size in sizes.items())
        raise ValueError(f"{asked} ask for {numbers} numbers; give smaller sizes")


def ends(low: Any, high: Any) -> tuple[Floats, Floats]:
    """Ends of intervals, as two arrays of the common shape with `low` below `high`."""
    low, high = real("low", low), real("high", high)
    shape = together(low=low, high=high)
    low, high = low + np.zeros(shape), high + np.zeros(shape)
    if not isinstance(low, Traced) and not isinstance(high, Traced) and (low >= high).any():
        place = tuple(np.argwhere(low >= high)[0])
        raise ValueError(f"high is {high[place]} where low is {low[place]}; give low < high")
    return low, high


def vector(name: str, value: Any, minimum: int = 1) -> Floats:
    """`value` as an array of one dimension with at least `minimum` elements."""
    array = real(name, value)
    if array.ndim != 1:
        raise ValueError(f"{name} has shape {array.shape}; give one row of numbers")
    if array.shape[0] < minimum:
        raise ValueError(f"{name} has {array.shape[0]} elements; give at least {minimum}")
    return array


def increasing(name: str, value: Any, minimum: int = 2) -> Floats:
    """`value` as a vector of strictly increasing numbers."""
    array = vector(name, value, minimum)
    if isinstance(array, Traced):
        return array
    (falls,) = np.nonzero(array[1:] <= array[:-1])
    if falls.size:
        i = int(falls[0])
        raise ValueError(
            f"{name}[{i + 1}] = {array[i + 1]} does not exceed {name}[{i}] = {array[i]}; "
            "sort the numbers and drop repeated ones"
        )
    return array


def matrix(name: str, value: Any) -> Floats:
    """`value` as an array of at least two dimensions, none of length 0: a stack of matrices."""
    array = real(name, value)
    if array.ndim < 2 or 0 in array.shape:
        raise ValueError(f"{name} has shape {array.shape}; give a matrix, or a stack of them")
    return array


def square(name: str, value: Any) -> Floats:
    """`value` as a stack of square matrices."""
    array = matrix(name, value)
    if array.shape[-1] != array.shape[-2]:
        raise ValueError(f"{name} has shape {array.shape}; its last two lengths must be equal")
    return array


def whole(name: str, value: Any, minimum: int = 0) -> int:
    """`value` as a Python int, at least `minimum`."""
    try:
        if isinstance(value, bool | np.bool_):
            raise TypeError
        number = index(value)
    except TypeError:
        raise TypeError(f"{name} is {value!r}; give a whole number") from None
    if number < minimum:
        raise ValueError(f"{name} is {number}; give a whole number from {minimum} up")
    return number


def generator(rng: Any) -> "np.random.Generator":
    """`rng`, if it is a Generator of numpy."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng is {rng!r}; give a Generator, such as numpy.random.default_rng(1)")
    return rng


def together(*pairs: tuple[str, Floats], **named: Floats) -> tuple[int, ...]:
    """The common shape of named arrays; refuses those that do not broadcast."""
    arrays = dict(pairs, **named)
    try:
        return np.broadcast_shapes(*(array.shape for array in arrays.values()))
    except ValueError:
        shapes = ", ".join(f"{name} has shape {array.shape}" for name, array in arrays.items())
        raise ValueError(f"{shapes}; give shapes that broadcast together") from None


def _gathered(value: Any) -> Any:
    """A list of which a part is traced as one traced array; anything else as it is."""
    if not isinstance(value, list | tuple):
        return value
    parts = [_gathered(part) for part in value]
    return np.stack(parts) if any(isinstance(part, Traced) for part in parts) else value


def _as_floats(name: str, value: Any) -> Floats:
    if _is_masked(value):
        raise TypeError(f"{name} has masked elements; fill or drop them first")
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} has rows of unequal length; give a full array") from None
    except RuntimeError as error:
        raise TypeError(f"{name} cannot become an array: {error}") from error
    if array.dtype.kind in "mM":
        first = _element(name, (0,) * array.ndim)
        shown = ", ".join(map(str, array.ravel()[:1]))
        raise TypeError(f"{first} is {shown}, of type {array.dtype}; give real numbers")
    if array.dtype.kind not in "buif":
        array = _unboxed(name, np.asarray(value, dtype=object))
    with np.errstate(over="ignore"):
        return array.astype(np.float64, copy=False)


def _is_masked(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(_is_masked(item) for item in value)
    return isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value)


def _unboxed(name: str, objects: NDArray[np.object_]) -> Floats:
    """An array of Python objects as floats; the first that is no real number is refused."""
    floats = np.empty(objects.shape)
    for place, item in np.ndenumerate(objects):
        time = isinstance(item, np.timedelta64)  # NumPy counts it among the integers
        if time or not isinstance(item, (numbers.Real, Decimal, np.bool_)):
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


def _require(name: str, array: Floats, rule: Callable[[Floats], Any], remedy: str) -> Floats:
    """`array`, if `rule` holds for each of its numbers; what is traced is taken at its word."""
    if isinstance(array, Traced) or (held := rule(array)).all():
        return array
    place = tuple(int(i) for i in np.argwhere(~held)[0])
    raise ValueError(f"{_element(name, place)} is {array[place]}; {remedy}")


def _element(name: str, place: tuple[int, ...]) -> str:
    return f"{name}[{', '.join(map(str, place))}]" if place else name
