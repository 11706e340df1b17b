"""Notebooks as files: the sheet with its tests, and submissions by strangers.

A sheet is a notebook in nbgrader's format. By the metadata of its cells:

- an *answer* (``solution``) is the student's to write;
- a *test* (``grade``) is run against the student's names, all or nothing;
- a cell *by hand* (``grade`` and ``solution``, or ``task``) is for a person to mark;
- a *setup* cell (``locked`` code without points) is run on both sides, with
  the student's id in the name ``student``: imports, and parameters drawn from the id.
"""

import json
import os
import re
import stat
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from marking.mistakes import NAME, Mistake, read_mistakes

LARGEST = 64 << 20  # a few photos as phones make them, each of 12 MB
CELLS = 2000
SOLUTION = re.compile(r"^([ \t]*)### BEGIN SOLUTION.*?### END SOLUTION[^\n]*$", re.M | re.S)
HIDDEN = re.compile(r"^[ \t]*### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS[^\n]*$\n?", re.M | re.S)
ANY_HIDDEN = re.compile(r"###\s*(BEGIN|END)\s+HIDDEN", re.I)
OTHERS = {  # how a file begins that is something else
    b"<": "a web page: download the notebook itself",
    b"PK": "a zip archive or an office document",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a compressed file",
}
STUBS = {
    "code": "# YOUR CODE HERE\nraise NotImplementedError()",
    "markdown": "YOUR ANSWER HERE",
}


class Role(StrEnum):
    """What a cell is for."""

    ANSWER = "answer"
    TEST = "test"
    BY_HAND = "by hand"
    SETUP = "setup"
    OWN = ""
    """The student's own."""
    PROSE = "prose"
    """Text of the sheet, locked."""


class UnreadableNotebook(ValueError):
    """A file that is no notebook: the message says why."""


class SheetError(ValueError):
    """A sheet that cannot mark anything: the message says why."""


@dataclass(frozen=True)
class Cell:
    """A cell of a notebook.

    Parameters
    ----------
    kind : str
        ``"code"``, ``"markdown"`` or ``"raw"``.
    source : str
    name : str
        nbgrader's name of the cell, ``""`` for the student's own.
    role : Role
    points : float
        What a test or a cell marked by hand is worth.
    picture : bool
        Whether a picture is attached to it, or is its output.
    """

    kind: str
    source: str
    name: str = ""
    role: Role = Role.OWN
    points: float = 0.0
    picture: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet, in order.

    Parameters
    ----------
    cells : tuple of Cell
        The cells that marking does something with.
    notebook : tuple of Cell
        These and the prose between them.
    mistakes : tuple of Mistake
        Known ones.
    """

    cells: tuple[Cell, ...]
    notebook: tuple[Cell, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    @property
    def out_of(self) -> float:
        """The points that the sheet is worth."""
        return sum(cell.points for cell in self.cells)


def released(cell: Cell) -> str:
    """What a student finds in a cell of a sheet, as nbgrader hands it out."""
    if cell.role is Role.TEST:
        left = HIDDEN.sub("", cell.source)
        return "" if ANY_HIDDEN.search(left) else left  # a region without its end hides all
    if cell.role not in (Role.ANSWER, Role.BY_HAND):
        return cell.source
    if any(stub in cell.source for stub in STUBS.values()):
        return cell.source  # the sheet is the released one
    lines = STUBS["code" if cell.kind == "code" else "markdown"].splitlines()
    if not SOLUTION.search(cell.source):
        return "\n".join(lines)
    return SOLUTION.sub(lambda found: "\n".join(found[1] + line for line in lines), cell.source)


def read_sheet(path: str | os.PathLike[str]) -> Sheet:
    """The sheet in the file at `path`; `SheetError` where it cannot mark anything."""
    try:
        return sheet_from(read_bytes(path), read_mistakes(Path(path).with_name(NAME)))
    except UnreadableNotebook as error:
        raise SheetError(f"the sheet {path} cannot be read: {error}") from None
    except ValueError as error:
        raise SheetError(str(error)) from None


def sheet_from(data: bytes, mistakes: tuple[Mistake, ...] = ()) -> Sheet:
    """The sheet in the bytes of a notebook."""
    notebook = tuple(cell for cell in parse(data) if cell.role is not Role.OWN)
    cells = tuple(cell for cell in notebook if cell.role is not Role.PROSE)
    names = [cell.name for cell in cells]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SheetError(f"two cells of the sheet are called {twice[0]!r}: rename one")
    if not any(cell.points for cell in cells):
        raise SheetError("no cell of the sheet has points: is it an nbgrader sheet?")
    return Sheet(cells, notebook, mistakes)


def read_cells(path: str | os.PathLike[str]) -> list[Cell]:
    """The cells of the notebook at `path`.

    Raises
    ------
    UnreadableNotebook
        If there is no regular file, it is larger than 64 MB, or no notebook.
    """
    return parse(read_bytes(path))


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """The content of a regular file of bounded size; follows no link and waits for no pipe."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise UnreadableNotebook("not a regular file")
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise UnreadableNotebook("there is no such file") from None
    except OSError as error:
        raise UnreadableNotebook(f"the file cannot be opened ({type(error).__name__})") from None
    if len(data) > LARGEST:
        raise UnreadableNotebook(f"larger than {LARGEST >> 20} MB")
    return data


def loaded(data: bytes) -> dict[str, Any]:
    """A notebook given as bytes, in any encoding of JSON; its ``cells`` are a list.

    Raises
    ------
    UnreadableNotebook
        If it is none: the message says what it is instead.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableNotebook("the file is empty")
    try:
        found = json.loads(data.decode(json.detect_encoding(data)))
    except UnicodeDecodeError:
        raise UnreadableNotebook(_other(data) or "not a notebook: not written in UTF-8") from None
    except json.JSONDecodeError:
        words = _other(data) or "not a notebook: broken off or damaged"
        raise UnreadableNotebook(words) from None
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict) and isinstance(found.get("worksheets"), list):
        raise UnreadableNotebook("a notebook of the old format 3: open it in Jupyter and save it")
    if not isinstance(found, dict) or not isinstance(found.get("cells"), list):
        raise UnreadableNotebook("not a notebook: no list of cells")
    return found


def _other(data: bytes) -> str:
    """What a file is that is no JSON, in words; "" where that is not known."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:8]
    kinds = (words for mark, words in OTHERS.items() if start.startswith(mark))
    return next((f"not a notebook but {words}" for words in kinds), "")


def parse(data: bytes) -> list[Cell]:
    """The cells of a notebook given as bytes."""
    raw = loaded(data)["cells"]
    if len(raw) > CELLS:
        raise UnreadableNotebook(f"more than {CELLS} cells")
    try:
        return [_cell(cell) for cell in raw]
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
        raise UnreadableNotebook("not a notebook: no list of cells") from None


def _cell(cell: Any) -> Cell:
    source, kind = cell["source"], str(cell["cell_type"])
    metadata = _dict(_dict(cell.get("metadata")).get("nbgrader"))
    role = _role(metadata, kind)
    return Cell(
        kind=kind,
        source=source if isinstance(source, str) else "".join(source),
        name=str(metadata.get("grade_id", "")),
        role=role,
        points=_points(metadata.get("points", 0)) if role in (Role.TEST, Role.BY_HAND) else 0.0,
        picture=_has_picture(cell),
    )


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _has_picture(cell: dict[str, Any]) -> bool:
    outputs = cell.get("outputs")
    data = [_dict(_dict(out).get("data")) for out in outputs] if isinstance(outputs, list) else []
    drawn = any(kind.startswith("image/") for bundle in data for kind in bundle)
    return drawn or bool(_dict(cell.get("attachments")))


def _role(metadata: dict[str, Any], kind: str) -> Role:
    grade, solution = bool(metadata.get("grade")), bool(metadata.get("solution"))
    if not metadata.get("grade_id"):
        return Role.OWN
    if metadata.get("task") or (grade and solution):
        return Role.BY_HAND
    if solution:
        return Role.ANSWER
    if grade:
        return Role.TEST
    if not metadata.get("locked"):
        return Role.OWN
    return Role.SETUP if kind == "code" else Role.PROSE


def _points(points: Any) -> float:
    return float(points or 0)
