"""When two values are equal: if all their parts are, number by number."""

from typing import Any, TypeVar

import numpy as np

Value = TypeVar("Value", bound=type)


def by_value(kind: Value) -> Value:
    """The tuple type `kind`, equal by its parts where these are arrays.

    What holds arrays that can be written to has no hash, as a list has none.
    """

    def equal(self: Any, other: object) -> bool:
        return type(other) in (kind, tuple) and alike(self, other)

    def unequal(self: Any, other: object) -> bool:
        return not equal(self, other)

    setattr(kind, "__eq__", equal)  # noqa: B010
    setattr(kind, "__ne__", unequal)  # noqa: B010
    setattr(kind, "__hash__", None)  # noqa: B010
    return kind


def alike(one: Any, other: Any) -> bool:
    """Whether two arrays, or tuples of them, agree in shape and in every number; NaN equals NaN."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(alike(a, b) for a, b in pairs)
    if isinstance(one, np.ndarray | np.floating) or isinstance(other, np.ndarray | np.floating):
        return _numbers_alike(one, other)
    return bool(one == other)


def _numbers_alike(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is other
    return np.array_equal(one, other, equal_nan=True)
