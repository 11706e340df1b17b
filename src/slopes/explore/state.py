"""What an `update` says, and what the rooms below an explorable need of one."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from slopes.explore.controls import Choice, Slider


class State(NamedTuple):
    """The checked values of the artists, the numbers to read, and whether the goal is met.

    While an `update` is traced, tracers take the place of all of them.
    """

    artists: dict[str, Any]
    numbers: dict[str, Any]
    reached: Any = None

    @property
    def read(self) -> dict[str, Any]:
        """The numbers to read, and whether the goal is met among them."""
        return self.numbers if self.reached is None else {**self.numbers, "goal": self.reached}


class Explored(Protocol):
    """An explorable, for those that record it, write its page and show its widget."""

    prefix: str
    goal: str | None
    template: Any

    @property
    def controls(self) -> Mapping[str, Slider | Choice]: ...
    @property
    def defaults(self) -> Mapping[str, Any]: ...
    @property
    def artists(self) -> Mapping[str, Any]: ...
    @property
    def drags(self) -> Mapping[str, tuple[str, ...]]: ...
    @property
    def narrow(self) -> Any: ...

    def state(self, **values: Any) -> State:
        """What the `update` says at `values` of the controls, checked."""
