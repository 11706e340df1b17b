"""What a trace says when `update` does what a page cannot replay: the line, and what to write."""

import linecache
import sys
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, FrameType
from typing import NoReturn

import numpy as np

_OWN = (str(Path(__file__).parents[1]), str(Path(np.__file__).parent))

ADVICE = {
    "sort": "sort outside update, or use np.maximum and np.minimum",
    "argsort": "sort outside update",
    "unique": "find what is unique outside update",
    "nonzero": "use np.where with three arguments",
    "random": "draw random numbers outside update",
    "linalg": "write the closed form, or compute it outside update",
    "fft": "write the sum, or compute it outside update",
    "vectorize": "write the formula with NumPy functions of whole arrays",
    "math": "use NumPy's function of that name, as np.exp for math.exp",
}


class Untraceable(TypeError):
    """An `update` does something that the page cannot replay."""


def refuse(what: str, instead: str) -> NoReturn:
    """Raise the error that names the operation, the line of the chapter, and what to write."""
    raise Untraceable(f"{_current_line()}{what} cannot be replayed on the page; {instead}")


def refuse_function(name: str) -> NoReturn:
    """Refuse NumPy's function `name`, with the advice that fits it."""
    fallback = "compute it outside update, or write it with arithmetic, np.where, sums and indexing"
    refuse(name, next((advice for word, advice in ADVICE.items() if word in name), fallback))


def _current_line() -> str:
    """The line outside this package and NumPy that asked for the operation, as text."""
    frames: list[tuple[CodeType, int]] = []
    frame: FrameType | None = sys._getframe(1)
    while frame and frame.f_code.co_name != "run_update":
        frames.append((frame.f_code, frame.f_lineno))
        frame = frame.f_back
    return _told(frames)


def line_of(fault: BaseException) -> str:
    """The line of `update` that led to `fault`, as text."""
    frames: list[tuple[CodeType, int]] = []
    step = fault.__traceback__
    while step:
        frames.insert(0, (step.tb_frame.f_code, step.tb_lineno))
        step = step.tb_next
    return _told(frames)


def _told(frames: Sequence[tuple[CodeType, int]]) -> str:
    """The innermost line of other people's code, and the outermost one that led to it."""
    theirs = [(code, line) for code, line in frames if not code.co_filename.startswith(_OWN)]
    if not theirs:
        return ""
    (code, line), (caller, asked) = theirs[0], theirs[-1]
    source = linecache.getline(code.co_filename, line).strip()
    where = f"line {line} of {code.co_name}" + (f" ({source})" if source else "")
    called = "" if len(theirs) == 1 else f", called from line {asked} of {caller.co_name}"
    return f"{where}{called}: "
