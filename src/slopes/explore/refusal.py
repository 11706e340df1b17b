"""What a trace says when `update` does something that cannot be replayed."""

import linecache
import sys
from pathlib import Path

import numpy as np

_OWN = (str(Path(__file__).parent), str(Path(np.__file__).parent))

INSTEAD = {
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


def refuse(what, instead):
    """Raise the error that names the operation, the line of the chapter, and what to write."""
    raise Untraceable(f"{_place()}{what} cannot be replayed on the page; {instead}")


def refuse_function(name):
    """Refuse NumPy's function `name`, with the advice that fits it."""
    known = [advice for word, advice in INSTEAD.items() if word in name]
    fallback = "compute it outside update, or write it with arithmetic, np.where, sums and indexing"
    refuse(name, known[0] if known else fallback)


def _place():
    """The line outside this package and NumPy that asked for the operation, as text."""
    frame = sys._getframe(1)
    lines = []
    while frame:
        code = frame.f_code
        if not code.co_filename.startswith(_OWN):
            lines.append((code.co_name, frame.f_lineno, _source(frame)))
        elif code.co_name == "run_update":
            break
        frame = frame.f_back
    if not lines:
        return ""
    (name, number, source), (first, asked, _) = lines[0], lines[-1]
    where = f"line {number} of {name}" + (f" ({source})" if source else "")
    called = "" if len(lines) == 1 else f", called from line {asked} of {first}"
    return f"{where}{called}: "


def _source(frame):
    return linecache.getline(frame.f_code.co_filename, frame.f_lineno).strip()
