"""Hand back: a page for each student, a table for the teacher, and what platforms take back."""

import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from coursework.book import book_at
from coursework.course import Course, CourseError, write
from coursework.feedback import Feedback, Status, read_feedback
from coursework.marks import Mark, Marks, cell, number
from coursework.names import clean
from coursework.page import page
from coursework.platforms import PLATFORMS, Platform
from coursework.questions import Question, read_questions
from coursework.receipt import read_receipt
from coursework.roster import Roster
from coursework.safe_csv import as_csv
from coursework.students import names, remember
from coursework.students import roster as kept_roster
from coursework.submitted import handed_in

COLUMNS = ("id", "name", "status", "points", "out of", "handed in", "late")
EPOCH = (1980, 1, 1, 0, 0, 0)  # of files in a zip, so that the same pages make the same zip
MAIN = re.compile(r"<main>(.*)</main>", re.S)
HIDDEN = re.compile(r"<(\w+)[^>]*\shidden\b[^>]*>.*?</\1>", re.S)


@dataclass(frozen=True)
class Returned:
    """What was written: pages, and files with words on what they are for."""

    feedback: Sequence[Feedback]
    marks: Marks
    files: Mapping[Path, str]


def hand_back(course: Course, sheet: str, roster: Roster | None = None) -> Returned:
    """Write pages, tables and archives of a sheet.

    Parameters
    ----------
    course : Course
    sheet : str
    roster : Roster, optional
        By default the one with which the sheet was collected.
    """
    course.require(sheet)
    questions, title = read_questions(course.source(sheet))
    all_feedback = list(read_feedback(course, sheet, questions))
    if not all_feedback:
        raise CourseError(_nothing_marked(course, sheet))
    book = book_at(course.root.resolve().parent)
    pages = {feedback.student: page(feedback, title, book) for feedback in all_feedback}
    for student, text in pages.items():
        write(course.feedback(student, sheet), text)
    roster = _fitting(course, sheet, roster, pages)
    marks = _marks(course, sheet, title, all_feedback, roster)
    by_student = {feedback.student: feedback for feedback in all_feedback}
    text = _table(marks, by_student, questions)
    write(table_path(course, sheet), text.encode("utf-8-sig"))
    files = {table_path(course, sheet): "your table, with a column for each question"}
    files |= _for_platforms(course, marks, pages)
    return Returned(all_feedback, marks, files)


def _nothing_marked(course: Course, sheet: str) -> str:
    """Why there is nothing to return: marking has not begun, or did not come to its end."""
    begun = len(list(course.results(sheet).glob("*.json")))
    if begun:
        return f"marking of {sheet} was interrupted after {begun}: mark it again, these stay"
    return f"nothing was marked of {sheet}: mark it first"


def _fitting(course: Course, sheet: str, roster: Roster | None, students: Iterable[str]) -> Roster:
    """The roster that was given, kept for the next time, or the one that was kept."""
    if roster is None:
        return kept_roster(course, sheet)
    if not roster.by_id.keys() & set(students):
        words = f"by the column {roster.id_column!r}, nobody who was marked is on this roster"
        raise CourseError(f"{words}: collect with it first, or name another column with ID='...'")
    remember(course, sheet, {}, roster)
    return roster


def table_path(course: Course, sheet: str) -> Path:
    """Where the teacher's table of a sheet lies."""
    return course.returned(sheet) / "table.csv"


def summary(marks: Iterable[Mark]) -> list[str]:
    """Who has no final points and why, in lines: a status each, and who could not be read."""
    by_status: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_status[mark.status].append(mark)
    lines = []
    for status, those in by_status.items():
        if status == Status.UNREADABLE:
            lines += [f"  {mark.student}: {mark.words}" for mark in those]
        elif status != Status.MARKED:
            lines.append(f"  {status}: {', '.join(mark.student for mark in those)}")
    return lines


def _marks(
    course: Course, sheet: str, title: str, all_feedback: Sequence[Feedback], roster: Roster
) -> Marks:
    """Everybody who is on the roster, handed something in, or was marked."""
    by_student = {feedback.student: feedback for feedback in all_feedback}
    here = {student: problem for student, _, problem in handed_in(course, sheet)}
    others = sorted((by_student.keys() | here.keys()) - roster.by_id.keys())
    known = names(course) | roster.names
    marks = []
    for student in [*roster.by_id, *others]:
        feedback = by_student.get(student)
        is_final = feedback is not None and feedback.status is Status.MARKED
        receipt = read_receipt(course, student, sheet)
        points = feedback.points if feedback and is_final else None
        status = _status(feedback, here.get(student))
        problem = feedback.problem if feedback else here.get(student) or ""
        name = known.get(student, "")
        marks.append(Mark(student, name, points, status, problem, receipt))
    return Marks(marks, sheet, title, all_feedback[0].out_of, roster)


def _status(feedback: Feedback | None, problem: str | None) -> str:
    """What became of a student's sheet; `problem` is None where nothing was collected."""
    if feedback is not None:
        return feedback.status
    return Status.MISSING if problem is None else Status.UNMARKED


def _table(marks: Marks, by_student: Mapping[str, Feedback], questions: Sequence[Question]) -> str:
    """The table of a sheet: one row for each student, one column for each question."""
    rows = [[*COLUMNS, *(question.title for question in questions)]]
    for mark in marks.marks:
        feedback = by_student.get(mark.student)
        points = feedback.points if feedback else None
        is_read = feedback is not None and not feedback.problem
        lines = (
            [cell(line.points) if is_read else "" for line in feedback.lines] if feedback else []
        )
        when = mark.receipt.time if mark.receipt else None
        late = "late" if mark.receipt and mark.receipt.is_late else ""
        who = [mark.student, mark.name, mark.status, cell(points), number(marks.out_of)]
        rows.append([*who, _moment(when), late, *(lines or [""] * len(questions))])
    return as_csv(rows)


def _moment(seconds: float | None) -> str:
    """A time as a spreadsheet reads it, in UTC."""
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S}" if seconds else ""
    except (ValueError, OverflowError, OSError):
        return ""


def _for_platforms(course: Course, marks: Marks, pages: Mapping[str, str]) -> dict[Path, str]:
    """Write what each platform takes back; the files, and where a teacher uploads them."""
    by_platform: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks.marks:
        by_platform[mark.receipt.platform if mark.receipt else ""].append(mark)
    files: dict[Path, str] = {}
    left = {mark.student: mark for mark in marks.marks if mark.student in pages}
    folder = course.returned(marks.sheet)
    for platform in PLATFORMS:
        those = by_platform.get(platform.name, [])
        if those or platform.name == marks.roster.kind:
            files |= _for_one(platform, folder, marks, those, pages)
        for mark in those:
            if _place(platform, mark, marks.sheet):
                left.pop(mark.student, None)
    if left:
        path = folder / "pages.zip"
        write(path, _zip({_for_a_person(mark): pages[mark.student] for mark in left.values()}))
        files[path] = "pages that no platform takes back: send them yourself"
    return files


def _for_one(
    platform: Platform, folder: Path, marks: Marks, those: Sequence[Mark], pages: Mapping[str, str]
) -> dict[Path, str]:
    """Write the table and the zip that one platform takes back."""
    files: dict[Path, str] = {}
    placed = _placed(platform, those, pages, marks.sheet)
    table = as_csv(platform.grades(marks), platform.quoted) if platform.grades else ""
    if platform.table_in_zip and placed:
        *above, _, _, _ = min(placed).split("/")  # the student's folder, one in it, the page
        placed["/".join([*above, "grades.csv"])] = table
    elif table:
        path = folder / f"{platform.slug}-grades.csv"
        write(path, table.encode())
        files[path] = f"{platform.name}, {platform.grades_go}"
    if placed:
        path = folder / f"{platform.slug}-feedback.zip"
        write(path, _zip(placed))
        files[path] = f"{platform.name}, {platform.pages_go}"
    return files


def _placed(
    platform: Platform, marks: Iterable[Mark], pages: Mapping[str, str], sheet: str
) -> dict[str, str]:
    """The pages by the places where the platform looks for them."""
    placed = {}
    for mark in marks:
        place = _place(platform, mark, sheet)
        if place and mark.student in pages:
            text = pages[mark.student]
            placed[place] = _as_notebook(text) if platform.as_notebook else text
    return placed


def _place(platform: Platform, mark: Mark, sheet: str) -> str:
    if platform.feedback is None or mark.receipt is None:
        return ""
    return platform.feedback(mark.receipt, f"{sheet}.html")


def _for_a_person(mark: Mark) -> str:
    """A file's name by which a person knows whose page it is."""
    name = clean(mark.name)
    return f"{name} ({mark.student}).html" if name else f"{mark.student}.html"


def _as_notebook(text: str) -> str:
    """A page as a notebook with one cell."""
    found = MAIN.search(text)
    lines = HIDDEN.sub("", found[1] if found else text).splitlines()
    source = "\n".join(line for line in lines if line.strip())  # HTML ends at an empty line
    cell = {"cell_type": "markdown", "id": "feedback", "metadata": {}, "source": source}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _zip(files: Mapping[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(files.items()):
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, text.encode("utf-8", "replace"))
    return data.getvalue()
