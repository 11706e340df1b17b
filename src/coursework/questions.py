"""The questions of a sheet, as students know them: a heading, and the cells marked below it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coursework.course import CourseError
from marking.sheet import Cell, UnreadableNotebook, read_cells

HEADING = re.compile(r"^#{1,4}\s+(.+?)\s*#*$", re.M)
Section = tuple[str, tuple[str, ...], tuple[str, ...]]  # title, marked cells, answers
POINTS = re.compile(r"\s*[([]\s*[\d./]+\s*(points?|pts?|marks?)\b.*?[)\]]\s*$", re.I)


@dataclass(frozen=True)
class Question:
    """A question of a sheet.

    Parameters
    ----------
    title : str
        Its heading, without the points.
    cells : tuple of str
        nbgrader's names of the cells that carry its points.
    answers : tuple of str
        The names of the cells that students write.
    """

    title: str
    cells: tuple[str, ...]
    answers: tuple[str, ...]


def read_questions(path: Path) -> tuple[list[Question], str]:
    """The questions of the sheet at `path`, in order, and the sheet's own title."""
    try:
        cells = read_cells(path)
    except UnreadableNotebook as error:
        raise CourseError(f"{path}: {error}") from None
    sections = _sections(cells)
    titles = [_title(cell) for cell in cells if _title(cell)]
    questions = [Question(*section) for section in sections if section[1]]
    return _distinct(questions), titles[0] if titles else path.stem


def _title(cell: Cell) -> str:
    found = HEADING.search(cell.source) if cell.kind == "markdown" and not cell.points else None
    return POINTS.sub("", found[1]) if found else ""


def _sections(cells: Sequence[Cell]) -> list[Section]:
    """Title, marked cells and answers between one heading and the next."""
    sections: list[Section] = [("", (), ())]
    for cell in cells:
        title, marked, answers = sections[-1]
        if _title(cell) and cell.role != "answer":
            sections.append((_title(cell), (), ()))
            continue
        if cell.role in ("test", "by hand"):
            marked += (cell.name,)
        if cell.role in ("answer", "by hand"):
            answers += (cell.name,)
        sections[-1] = (title or cell.name, marked, answers)
    return sections


def _distinct(questions: Sequence[Question]) -> list[Question]:
    """Two questions under the same heading get numbers."""
    titles = [question.title for question in questions]
    return [
        Question(f"{q.title} ({n + 1})", q.cells, q.answers) if titles.count(q.title) > 1 else q
        for n, q in enumerate(questions)
    ]
