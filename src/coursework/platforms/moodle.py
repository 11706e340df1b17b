"""Moodle: *Download all submissions*, *Upload multiple feedback files*, the grading worksheet.

A student's folder is ``fullname_participant_assignsubmission_file``, with one more
``_`` before Moodle 4.1; without folders the file's own name follows. A page of feedback is
known by the same four parts of its folder's name (mod/assign/classes/downloader.php and
mod/assign/feedback/file/importziplib.php in https://github.com/moodle/moodle). The
worksheet needs *Identifier*, which is ``Participant`` and the number, *Grade* and *Last
modified (grade)*; an empty grade changes nothing (importgradeslib.php and locallib.php in
mod/assign/feedback/offline).
"""

import re
from collections.abc import Sequence
from datetime import datetime

from coursework.marks import Mark, Marks, cell, number
from coursework.platforms.moments import read_moment
from coursework.platforms.origin import Origin, first_match
from coursework.platforms.platform import Platform, into_folder
from coursework.roster import Kind, Roster, Row

NAME = "Moodle"
COLUMNS = (
    "Identifier",
    "Full name",
    "Grade",
    "Maximum grade",
    "Last modified (grade)",
    "Feedback comments",
)
PATTERN = re.compile(
    r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)(?:_.*)?", re.I | re.S
)


def _origin(found: re.Match[str]) -> Origin:
    number, name = found["id"], found["name"]
    return Origin(
        NAME,
        number,
        "" if name.casefold() == "participant" else name,  # marked without names
        others=(f"Participant {number}",),
        place=f"{name.replace('_', ' ')}_{number}_assignsubmission_file_",
        is_number=True,
    )


def told_by_worksheet(roster: Roster, student: str) -> tuple[datetime | None, bool]:
    """When a student handed in, and whether Moodle calls that late; the zip does not say.

    Files in the zip have the time of the download. The worksheet is read as an English Moodle
    writes it.
    """
    row = roster.by_id.get(student, {}) if roster.kind is Kind.MOODLE else {}
    is_late = bool(re.search(r"\blate\b", row.get("Status", "")))
    return read_moment(row.get("Last modified (submission)", "")), is_late


def _grades(marks: Marks) -> Sequence[Sequence[str]]:
    """The worksheet that was given as the roster, with grades in it, or a new one."""
    by_id = marks.roster.by_id if marks.roster.kind is Kind.MOODLE else {}
    columns = marks.roster.columns if by_id else COLUMNS
    rows = [_row(mark, by_id.get(mark.student, {}), marks.out_of) for mark in marks.marks]
    return [columns, *([row.get(column, "") for column in columns] for row in rows)]


def _row(mark: Mark, row: Row, out_of: float) -> Row:
    is_known = mark.receipt and mark.receipt.platform == NAME
    new = {
        "Identifier": f"Participant {mark.receipt.account}" if mark.receipt and is_known else "",
        "Full name": mark.name or mark.student,
        "Maximum grade": number(out_of),
        "Last modified (grade)": "-",
    }
    return new | row | {"Grade": cell(mark.points), "Feedback comments": mark.words}


MOODLE = Platform(
    NAME,
    first_match(PATTERN, _origin),
    feedback=into_folder,
    grades=_grades,
    pages_go="the assignment's submissions: Upload multiple feedback files in a zip",
    grades_go="the assignment's submissions: Upload grading worksheet",
)
