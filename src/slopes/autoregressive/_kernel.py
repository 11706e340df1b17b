"""A kernel's reach, and the doors for what describes a network that draws."""

from typing import Literal, NamedTuple

from slopes._arguments import whole

Mask = Literal["A", "B"]


class Reach(NamedTuple):
    """How many pixels a kernel sees above, to the left and to the right of its own."""

    up: int
    left: int
    right: int


def reach(k: int) -> Reach:
    """The reach of a kernel of `k` by `k` taps; an even one has its odd tap above and left."""
    k = whole("k", k, minimum=1)
    return Reach(up=k // 2, left=k // 2, right=k - 1 - k // 2)


def sizes(**numbers: int) -> list[int]:
    """Whole numbers from 1 up, as Python ints, so that no count can overflow."""
    return [whole(name, number, minimum=1) for name, number in numbers.items()]


def one_of(name: str, value: str, *options: str) -> str:
    """`value`, which has to be one of the options."""
    if not isinstance(value, str) or value not in options:
        named = " or ".join(repr(option) for option in options)
        raise ValueError(f"{name} is {value!r}; give {named}")
    return value
