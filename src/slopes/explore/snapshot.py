"""A function that keeps to the names it knew when an explorable was made of it."""

from collections.abc import Callable
from types import FunctionType
from typing import Any, TypeVar

T = TypeVar("T")


def snapshot(function: Callable[..., T]) -> Callable[..., T]:
    """`function` with the names around it bound to what they are bound to now.

    A notebook binds ``x`` or ``a`` anew in a later cell; a slider of an
    earlier one must not draw with the later values.
    """
    if not isinstance(function, FunctionType):
        return function
    around, space = function.__globals__, dict(function.__globals__)
    for name, value in around.items():
        if isinstance(value, FunctionType) and value.__globals__ is around:
            space[name] = _rebound(value, space)
    return _rebound(function, space)


def _rebound(function: FunctionType, space: dict[str, Any]) -> FunctionType:
    parts = function.__code__, space, function.__name__, function.__defaults__
    copy = FunctionType(*parts, function.__closure__)
    copy.__kwdefaults__, copy.__doc__ = function.__kwdefaults__, function.__doc__
    return copy
