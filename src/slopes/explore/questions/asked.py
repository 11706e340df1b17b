"""What the page and the widget of a question need of it."""

from typing import Any, Protocol

from slopes.explore.explorable import Explorable


class Asked(Protocol):
    """A question; its answer is a number where it has no options."""

    @property
    def question(self) -> str: ...
    @property
    def options(self) -> tuple[str, ...]: ...
    @property
    def shown(self) -> str: ...
    @property
    def veils(self) -> int: ...
    @property
    def figure(self) -> Explorable | None: ...

    def reply(self, answer: Any) -> str:
        """What a reader learns who has answered so."""

    def spec(self) -> dict[str, Any]:
        """What the page's script needs."""
