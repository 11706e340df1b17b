"""Hand back: a page for each student, and a table for the teacher."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from coursework.course import Course, CourseError, write
from coursework.feedback import Feedback, number, page, read_feedback
from coursework.questions import Question, read_questions

COLUMNS = ("id", "name", "status", "points", "out of")


def hand_back(course: Course, sheet: str) -> list[Feedback]:
    """Write the pages and the table of a sheet; what was written, for each student."""
    course.require(sheet)
    questions, title = read_questions(course.source(sheet))
    all_feedback = list(read_feedback(course, sheet, questions))
    if not all_feedback:
        raise CourseError(f"nothing was marked of {sheet}: mark it first")
    for feedback in all_feedback:
        write(course.feedback(feedback.student, sheet), page(feedback, title))
    text = table(all_feedback, questions)
    write(table_path(course, sheet), text.encode("utf-8-sig"))
    return all_feedback


def table_path(course: Course, sheet: str) -> Path:
    """Where the table of a sheet lies."""
    return course.root / "feedback" / f"{sheet}.csv"


def table(all_feedback: Sequence[Feedback], questions: Sequence[Question]) -> str:
    """The table of a sheet as CSV: one row for each student, one column for each question."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow([*COLUMNS, *(question.title for question in questions)])
    for feedback in all_feedback:
        points = ["" if feedback.problem else _cell(line.points) for line in feedback.lines]
        who = [harmless(feedback.student), harmless(feedback.name)]
        totals = [_cell(feedback.points), number(feedback.out_of)]
        rows.writerow([*who, feedback.status, *totals, *points])
    return text.getvalue()


def _cell(points: float | None) -> str:
    return "" if points is None else number(points)


def harmless(text: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") else text
