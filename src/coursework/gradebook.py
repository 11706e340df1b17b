"""nbgrader's gradebook: marks go in from one process, what a person decided stays."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from coursework.autograded import autograded, digest_of
from coursework.course import Course, write
from coursework.students import names
from marking.result import Result
from marking.sheet import UnreadableNotebook, read_bytes

if TYPE_CHECKING:
    from nbgrader.api import Gradebook, SubmittedAssignment

TOGETHER = 50  # students between two writes to the disk


class Decision(NamedTuple):
    """What the gradebook holds of a cell.

    Parameters
    ----------
    points : float
        So far, by the marker or by a person.
    needs_look : bool
        Whether a person still has to look.
    by_hand : bool
        Whether a person has decided.
    """

    points: float
    needs_look: bool
    by_hand: bool

    @property
    def is_open(self) -> bool:
        """Whether the points are still to come."""
        return self.needs_look

    @property
    def is_outdated(self) -> bool:
        """Whether a person decided on something that was handed in before."""
        return self.needs_look and self.by_hand


def record(
    course: Course, sheet: str, results: Mapping[str, Result], files: Mapping[str, Path]
) -> None:
    """Write the results of a sheet into the gradebook, and the notebooks that formgrader shows.

    Points, comments and extra points given by hand are never touched. Where a
    student handed in something else since, they are put up for a new look.

    Parameters
    ----------
    course : Course
    sheet : str
    results : dict of str to marking.result.Result
    files : dict of str to pathlib.Path
    """
    known, source = names(course), json.loads(course.source(sheet).read_bytes())
    students = list(results)
    with course.gradebook() as gradebook:
        cells = _cells(gradebook, sheet)
        for start in range(0, len(students), TOGETHER):
            written = {}
            for student in students[start : start + TOGETHER]:
                result, path = results[student], course.autograded(student, sheet)
                data = content(files[student])
                fingerprint = digest(data, result.problem)
                submission = submission_of(gradebook, sheet, student, known.get(student))
                submission.timestamp = _timestamp(files[student])
                _enter(submission, result, cells, is_new=digest_of(path) != fingerprint)
                earlier = _points_before(submission, cells)
                written[path] = _shown(data, source, result, fingerprint, earlier)
            gradebook.db.commit()
            gradebook.db.expunge_all()
            for path, text in written.items():  # once the marks are in
                write(path, text)


def _shown(
    data: bytes,
    source: dict[str, Any],
    result: Result,
    digest: str,
    earlier: Mapping[str, float],
) -> str:
    """The notebook for formgrader; what cannot be shown costs nobody else's marks."""
    try:
        return autograded(data, source, result, digest, earlier)
    except Exception:  # written by a stranger: whatever it is, the class goes on
        return autograded(b"", source, result, digest, earlier)


def digest(data: bytes, problem: str = "") -> str:
    """The fingerprint of what was handed in."""
    return hashlib.sha256(data + problem.encode()).hexdigest()


def submission_of(
    gradebook: "Gradebook", sheet: str, student: str, name: str | None
) -> "SubmittedAssignment":
    """What the gradebook holds of a student, made where there is nothing."""
    from nbgrader.api import MissingEntry, Student

    known = gradebook.db.get(Student, student)
    if known is None:
        known = Student(id=student, first_name="")  # formgrader writes None for none
        gradebook.db.add(known)
    known.last_name = name or known.last_name
    gradebook.db.flush()
    try:
        return gradebook.find_submission(sheet, student)
    except MissingEntry:
        with gradebook.db.no_autoflush:
            return gradebook.add_submission(sheet, student)


def content(path: Path) -> bytes:
    """What was handed in; empty where it cannot be read."""
    try:
        return read_bytes(path)
    except UnreadableNotebook:
        return b""


def _timestamp(path: Path) -> datetime | None:
    try:
        words = path.with_name("timestamp.txt").read_text().strip()
        return datetime.strptime(words, "%Y-%m-%d %H:%M:%S UTC")
    except (OSError, ValueError):
        return None


def _cells(gradebook: "Gradebook", sheet: str) -> dict[str, str]:
    """The names of a sheet's cells by nbgrader's ids for them."""
    notebook = gradebook.find_notebook(sheet, sheet)
    cells = [*notebook.grade_cells, *notebook.solution_cells, *notebook.task_cells]
    return {cell.id: cell.name for cell in cells}


def _enter(
    submission: "SubmittedAssignment", result: Result, cells: Mapping[str, str], is_new: bool
) -> None:
    questions = {question.name: question for question in result.questions}
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            question = questions.get(cells[grade.cell_id])
            grade.auto_score = question.points if question else None
            decided = grade.manual_score is not None
            if decided:
                grade.needs_manual_grade = grade.needs_manual_grade or is_new
            else:
                grade.needs_manual_grade = grade.auto_score is None
        for comment in notebook.comments:
            question = questions.get(cells[comment.cell_id])
            empty = question is not None and question.status == "unanswered"
            comment.auto_comment = "No response." if empty else None


def _points_before(submission: "SubmittedAssignment", cells: Mapping[str, str]) -> dict[str, float]:
    """What a person gave to cells that were handed in anew since, by name."""
    return {
        cells[grade.cell_id]: grade.manual_score
        for notebook in submission.notebooks
        for grade in notebook.grades
        if grade.needs_manual_grade and grade.manual_score is not None
    }


def by_hand(
    course: Course, sheet: str
) -> tuple[dict[str, dict[str, Decision]], dict[str, dict[str, str | None]]]:
    """What the gradebook says today of a sheet: decisions and comments, by student and cell."""
    from nbgrader import api

    points: dict[str, dict[str, Decision]] = {}
    comments: dict[str, dict[str, str | None]] = {}
    is_by_hand = api.Grade.manual_score.is_not(None)
    grade = (api.Grade.score, api.Grade.needs_manual_grade, is_by_hand)
    with course.gradebook() as gradebook:
        for student, cell, *decision in _rows(gradebook, sheet, api.Grade, *grade):
            points.setdefault(student, {})[cell] = Decision(*decision)
        for student, cell, comment in _rows(
            gradebook, sheet, api.Comment, api.Comment.manual_comment
        ):
            comments.setdefault(student, {})[cell] = comment
    return points, comments


def _rows(gradebook: "Gradebook", sheet: str, table: Any, *columns: Any) -> Iterator[Any]:
    """Student, cell and columns of a table of the gradebook, for one sheet."""
    from nbgrader import api

    query = (
        gradebook.db.query(api.Student.id, api.BaseCell.name, *columns)
        .select_from(table)
        .join(api.BaseCell, api.BaseCell.id == table.cell_id)
        .join(api.SubmittedNotebook, api.SubmittedNotebook.id == table.notebook_id)
        .join(api.SubmittedAssignment)
        .join(api.Assignment)
        .join(api.Student)
        .filter(api.Assignment.name == sheet)
    )
    yield from query
