"""What was asked, what came back, and which known mistake would have said the same."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from . import border

LONGEST = 200
CLOSE = 1e-6


@dataclass
class Answer:
    """One answer of the student, packed: of a function to arguments, or the value of a name.

    Parameters
    ----------
    name : str
    arguments : str
        Empty for a value.
    value : str
        Empty where nothing came back.
    """

    name: str
    arguments: str = ""
    value: str = ""


def likely(
    answers: Sequence[Answer], mistakes: Iterable[Sequence[str]], names: dict[str, Any]
) -> dict[str, str]:
    """What a check asked last, what it got, and the key of the mistake that it looks like.

    Where a check called a function, that is its last call; else all the values
    that it read.

    Parameters
    ----------
    answers : sequence of Answer
    mistakes : iterable of pairs of str
        Keys, and cells that make the mistake.
    names : dict
        Those of the locked cells.
    """
    calls = [answer for answer in answers if answer.arguments]
    last = calls[-1:] or answers
    if not last:
        return {}
    reply = {"asked": ", ".join(map(_asked, last)), "got": ""}
    if all(answer.value for answer in last):
        reply["got"] = ", ".join(_shown(border.unpack(answer.value)) for answer in last)
        found = (key for key, code in mistakes if _makes(code, last, names))
        reply["mistake"] = next(found, "")
    return {entry: words[: 2 * LONGEST] for entry, words in reply.items()}


def _asked(answer: Answer) -> str:
    if not answer.arguments:
        return answer.name
    arguments, options = border.unpack(answer.arguments)
    words = [_shown(value) for value in arguments]
    words += [f"{name}={_shown(value)}" for name, value in options.items()]
    return f"{answer.name}({', '.join(words)})"


def _shown(value: Any) -> str:
    """A value as one would write it, shortened."""
    if hasattr(value, "tolist"):
        value = value.ravel()[:LONGEST].tolist() if value.size > LONGEST else value.tolist()
    words = repr(value)
    return words if len(words) <= LONGEST else words[:LONGEST] + "…"


def _makes(code: str, answers: Sequence[Answer], names: dict[str, Any]) -> bool:
    """Whether a cell would have given these answers."""
    scope = dict(names)
    with suppress(Exception):
        exec(compile(code, "<mistake>", "exec"), scope)
        return all(_same(_given(answer, scope), border.unpack(answer.value)) for answer in answers)
    return False


def _given(answer: Answer, scope: dict[str, Any]) -> Any:
    value = scope[answer.name]
    if answer.arguments:
        arguments, options = border.unpack(answer.arguments)
        value = value(*arguments, **options)
    return border.unpack(border.pack(value))


def _same(one: Any, other: Any) -> bool:
    """Whether two answers agree to as many digits as a mistake is known by."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    import numpy as np

    one, other = np.asarray(one, float), np.asarray(other, float)
    return one.shape == other.shape and np.allclose(one, other, CLOSE, 0, equal_nan=True)
