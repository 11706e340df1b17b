"""What may cross between the student's process and the examiner's: plain data, as JSON.

Numbers, strings, lists, tuples, dictionaries and numeric arrays are written as
text on one side and built anew on the other. Nothing is unpickled or
evaluated, so whatever an object pretends to be, it arrives as data.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDEST = {"b": "|b1", "i": "<i8", "u": "<u8", "f": "<f8", "c": "<c16"}
DEPTH = 50
DIGITS = 1000
MOST = 10**6  # elements of a list: more hardly fit into an answer
GARBLED = "the answer arrived garbled"
PLAIN = "numbers, strings, lists, dictionaries or arrays"


class BorderError(ValueError):
    """A value that cannot cross: the message says why."""


def pack(value: object) -> str:
    """`value` as one line of JSON; `BorderError` where it is not plain data."""
    try:
        return json.dumps(_plain(value, DEPTH))
    except BorderError:
        raise
    except Exception:  # an object may raise whatever it likes when it is looked at
        raise BorderError(f"it cannot be read as {PLAIN}") from None


def unpack(text: str) -> Any:
    """The value that `pack` wrote; refuses everything that `pack` does not write."""
    try:
        return _built(json.loads(text), DEPTH)
    except BorderError:
        raise
    except (ValueError, ArithmeticError, TypeError, LookupError, AttributeError):
        raise BorderError(GARBLED) from None
    except (RecursionError, MemoryError):
        raise BorderError("the answer is too large") from None


def _plain(value: Any, depth: int) -> Any:
    if depth == 0:
        raise BorderError(f"it is nested more than {DEPTH} levels deep")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return _plain_int(int(value))
    if isinstance(value, float):
        return {"float": _plain_float(float(value))}
    if isinstance(value, complex):
        return {"complex": [_plain_float(value.real), _plain_float(value.imag)]}
    if isinstance(value, list | tuple | set | frozenset | range):
        kind = "list" if isinstance(value, list) else "tuple"
        return {kind: [_plain(item, depth - 1) for item in _few(value)]}
    if isinstance(value, dict):
        pairs = _few(value.items())
        return {"dict": [[_plain(k, depth - 1), _plain(v, depth - 1)] for k, v in pairs]}
    if hasattr(value, "dtype") and hasattr(value, "tobytes"):
        return _plain_array(value, depth)
    if hasattr(type(value), "__float__"):  # fractions, decimals, and other kinds of numbers
        return {"float": _plain_float(float(value))}
    raise BorderError(f"it is of type {type(value).__name__[:40]}; only {PLAIN} can be marked")


def _few(items: Iterable[Any]) -> Iterator[Any]:
    """The items one by one; how many they are shows on the way, whatever they pretend."""
    for number, item in enumerate(items):
        if number == MOST:
            raise BorderError(f"it has more than {MOST:,} elements")
        yield item


def _plain_int(value: int) -> dict[str, str]:
    if value.bit_length() > DIGITS * 3:
        raise BorderError(f"it is an integer of more than {DIGITS} digits")
    return {"int": str(value)}


def _plain_float(value: float) -> str:
    return value.hex() if math.isfinite(value) else str(value)


def _plain_array(value: Any, depth: int) -> Any:
    if value.ndim == 0:
        return _plain(value.item(), depth - 1)
    if value.dtype.kind == "O":
        value = _numbers(value)
    if value.dtype.kind not in WIDEST:
        raise BorderError(f"it is an array of {str(value.dtype)[:40]}; only numbers can be marked")
    value = value.astype(WIDEST[value.dtype.kind])
    data = base64.b64encode(value.tobytes()).decode()
    return {"array": [WIDEST[value.dtype.kind], list(value.shape), data]}


def _numbers(value: Any) -> Any:
    """An array of objects as numbers, where they are some."""
    try:
        return value.astype(float)
    except (TypeError, ValueError):
        return value


def _built(plain: Any, depth: int) -> Any:
    if depth == 0:
        raise BorderError(f"it is nested more than {DEPTH} levels deep")
    if isinstance(plain, str):  # words as in code: the same word is the same object
        return sys.intern(plain) if plain.replace("_", "a").isalnum() else plain
    if plain is None or isinstance(plain, bool):
        return plain
    ((kind, content),) = plain.items()
    if kind == "int":
        return _built_int(content)
    if kind == "float":
        return _built_float(content)
    if kind == "complex":
        real, imaginary = content
        return complex(_built_float(real), _built_float(imaginary))
    if kind in ("list", "tuple"):
        items = [_built(item, depth - 1) for item in content]
        return items if kind == "list" else tuple(items)
    if kind == "dict":
        return {_built(k, depth - 1): _built(v, depth - 1) for k, v in content}
    if kind == "array":
        return _built_array(*content)
    raise BorderError(GARBLED)


def _built_int(digits: str) -> int:
    if len(digits) > DIGITS + 1:
        raise BorderError(f"it is an integer of more than {DIGITS} digits")
    return int(digits)


def _built_float(text: str) -> float:
    return float(text) if text in ("nan", "inf", "-inf") else float.fromhex(text)


def _built_array(kind: str, shape: list[int], data: str) -> NDArray[Any]:
    import numpy as np  # most answers need none, and it takes long to load

    if kind not in WIDEST.values():
        raise BorderError(GARBLED)
    try:
        return np.frombuffer(base64.b64decode(data, validate=True), kind).reshape(shape).copy()
    except binascii.Error:
        raise BorderError(GARBLED) from None
