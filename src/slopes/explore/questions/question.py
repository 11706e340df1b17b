"""Questions of a page: what is asked, what is right, and what an answer is told."""

import math
from dataclasses import dataclass
from typing import Any

from slopes.explore.explorable import Explorable
from slopes.explore.page.format import format_number
from slopes.explore.questions.asked import Asked
from slopes.explore.questions.distance import distance
from slopes.explore.questions.html import html
from slopes.explore.questions.widget import view


class Question:
    """Shows itself as a widget, and on the page without a kernel."""

    def _repr_mimebundle_(self: Asked, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/plain": repr(self), "text/html": html(self), **view(self)}


@dataclass(frozen=True)
class Guess(Question):
    """A question whose answer is a number; made by `guess`, which says what the fields are."""

    question: str
    truth: float
    mistakes: tuple[tuple[float, str], ...]
    ratio: bool
    veils: int
    figure: Explorable | None
    options = ()

    def __repr__(self) -> str:
        return f"Guess({self.question!r}, {self.shown})"

    @property
    def shown(self) -> str:
        """The truth as the reader sees it."""
        return format_number(self.truth)

    def reply(self, number: float) -> str:
        """What a reader learns who has guessed `number`."""
        apart = distance(number, self.truth, self.ratio)
        said = f"You said {format_number(number)}; it is {self.shown}. Your guess is {apart}."
        near = [words for value, words in self.mistakes if self._takes(number, value)]
        return " ".join([said, *near[:1]])

    def _takes(self, number: float, mistake: float) -> bool:
        """Whether a guess lies so near a mistake that it was probably made."""
        if self.ratio and min(number * mistake, mistake * self.truth) > 0:
            logs = [math.log(abs(each)) for each in (number, mistake, self.truth)]
        else:
            logs = [number, mistake, self.truth]
        guessed, wrong, right = logs
        return abs(guessed - wrong) <= abs(wrong - right) / 10

    def spec(self) -> dict[str, Any]:
        """What the page's script needs."""
        return {"truth": self.truth, "ratio": self.ratio, "mistakes": self.mistakes}


@dataclass(frozen=True)
class Choose(Question):
    """A question with a few answers; made by `choose`, which says what the fields are."""

    question: str
    replies: dict[str, str]
    right: str
    veils: int
    figure: Explorable | None

    def __repr__(self) -> str:
        return f"Choose({self.question!r}, {self.right!r})"

    @property
    def options(self) -> tuple[str, ...]:
        """What the reader can choose."""
        return tuple(self.replies)

    @property
    def shown(self) -> str:
        """The right answer and its reason as the reader sees them."""
        return f"{self.right}. {self.replies[self.right]}"

    def reply(self, option: str) -> str:
        """What a reader learns who has chosen `option`."""
        return f"{'Right' if option == self.right else 'No'}. {self.replies[option]}"

    def spec(self) -> dict[str, Any]:
        """What the page's script needs."""
        replies = [self.reply(option) for option in self.options]
        return {"right": self.options.index(self.right), "replies": replies}
