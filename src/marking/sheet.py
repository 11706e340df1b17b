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
from typing import Any

LARGEST = 10 << 20
CELLS = 2000
SOLUTION = re.compile(r"^([ \t]*)### BEGIN SOLUTION.*?### END SOLUTION[^\n]*$", re.M | re.S)
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
    """The student's own, or prose of the sheet."""


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
    """

    kind: str
    source: str
    name: str = ""
    role: Role = Role.OWN
    points: float = 0.0


@dataclass(frozen=True)
class Sheet:
    """The named cells of a sheet, in order."""

    cells: tuple[Cell, ...]

    @property
    def out_of(self) -> float:
        """The points that the sheet is worth."""
        return sum(cell.points for cell in self.cells)


def released(cell: Cell) -> str:
    """What a student finds in a cell of a sheet, as nbgrader hands it out."""
    if any(stub in cell.source for stub in STUBS.values()):
        return cell.source  # the sheet is the released one
    lines = STUBS["code" if cell.kind == "code" else "markdown"].splitlines()
    if not SOLUTION.search(cell.source):
        return "\n".join(lines)
    return SOLUTION.sub(lambda found: "\n".join(found[1] + line for line in lines), cell.source)


def read_sheet(path: str | os.PathLike[str]) -> Sheet:
    """The sheet in the file at `path`; `SheetError` where it cannot mark anything."""
    try:
        return sheet_from(read_bytes(path))
    except UnreadableNotebook as error:
        raise SheetError(f"the sheet {path} cannot be read: {error}") from None


def sheet_from(data: bytes) -> Sheet:
    """The sheet in the bytes of a notebook."""
    cells = tuple(cell for cell in parse(data) if cell.name and cell.role)
    names = [cell.name for cell in cells]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SheetError(f"two cells of the sheet are called {twice[0]!r}: rename one")
    if not any(cell.points for cell in cells):
        raise SheetError("no cell of the sheet has points: is it an nbgrader sheet?")
    return Sheet(cells)


def read_cells(path: str | os.PathLike[str]) -> list[Cell]:
    """The cells of the notebook at `path`.

    Raises
    ------
    UnreadableNotebook
        If there is no regular file, it is larger than 10 MB, or no notebook.
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


def parse(data: bytes) -> list[Cell]:
    """The cells of a notebook given as bytes."""
    if not data.strip():
        raise UnreadableNotebook("the file is empty")
    try:
        cells = [_cell(cell) for cell in json.loads(data.decode("utf-8-sig"))["cells"]]
    except UnicodeDecodeError:
        raise UnreadableNotebook("not a notebook: not written in UTF-8") from None
    except json.JSONDecodeError:
        raise UnreadableNotebook("not a notebook: broken off or damaged") from None
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
        raise UnreadableNotebook("not a notebook: no list of cells") from None
    if len(cells) > CELLS:
        raise UnreadableNotebook(f"more than {CELLS} cells")
    return cells


def _cell(cell: Any) -> Cell:
    source, kind = cell["source"], str(cell["cell_type"])
    metadata = cell.get("metadata", {}).get("nbgrader", {})
    role = _role(metadata, kind)
    return Cell(
        kind=kind,
        source=source if isinstance(source, str) else "".join(source),
        name=str(metadata.get("grade_id", "")),
        role=role,
        points=_points(metadata.get("points", 0)) if role in (Role.TEST, Role.BY_HAND) else 0.0,
    )


def _role(metadata: dict[str, Any], kind: str) -> Role:
    grade, solution = bool(metadata.get("grade")), bool(metadata.get("solution"))
    if metadata.get("task") or (grade and solution):
        return Role.BY_HAND
    if solution:
        return Role.ANSWER
    if grade:
        return Role.TEST
    return Role.SETUP if metadata.get("locked") and kind == "code" else Role.OWN


def _points(points: Any) -> float:
    return float(points or 0)
