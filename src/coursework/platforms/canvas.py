"""Canvas: *Download Submissions*, *Upload Submissions*, and the import of the gradebook.

All files lie in one folder and are called ``lastfirst_user_attachment_name``, with
``LATE`` before the user's number where they were late, and ``anon_`` and a code in place of
the name where marking is anonymous; text typed into Canvas comes as
``lastfirst_user_text.html`` (lib/content_zipper.rb in https://github.com/instructure/canvas-lms).
Going back, user and attachment are the first two numbers between underscores, and the student
sees the page under the name of her own file (``generate_comments_from_files`` in
app/models/abstract_assignment.rb): so the page goes back as a notebook.
The table needs *Student*, *ID*, *SIS User ID*, *SIS Login ID* and *Section* in this order, then a
column for the assignment; an empty score changes nothing (lib/gradebook_importer.rb).
"""

import re
from collections.abc import Sequence

from coursework.export import Entry, Parts
from coursework.marks import Mark, Marks, cell, number
from coursework.platforms.origin import Origin, Reader, is_flat
from coursework.platforms.platform import Platform
from coursework.receipt import Receipt
from coursework.roster import Kind, Row

COLUMNS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
NAME = "Canvas"
PATTERN = re.compile(
    r"(?:(?P<name>[^\W\d_].*?)_)??(?P<late>late_)?(?P<id>\d+|anon_[a-z0-9]+)_"
    r"(?:(?P<file>\d+)_.+|(?:text|link)\.html)",
    re.I | re.S,
)


def _reader(files: Sequence[Entry], sheet: str) -> Reader:
    """Reads names in an export without folders; in folders students may call a file anything."""
    flat = is_flat(files)

    def read(parts: Parts) -> Sequence[Origin]:
        found = PATTERN.fullmatch(parts[-1]) if flat else None
        return [_origin(found)] if found else []

    return read


def _origin(found: re.Match[str]) -> Origin:
    return Origin(
        NAME,
        found["id"].removeprefix("anon_"),
        found["name"] or "",
        is_late=bool(found["late"]),
        attempt=int(found["file"] or 0),
        place=found[0] if found["file"] else "",
        is_number=True,
    )


def _feedback(receipt: Receipt, page: str) -> str:
    return receipt.place


def _grades(marks: Marks) -> Sequence[Sequence[str]]:
    is_canvas = marks.roster.kind is Kind.CANVAS
    rows = marks.roster.by_id if is_canvas else {}
    column = marks.column(COLUMNS) if is_canvas else ""
    points = next((row[column] for row in marks.roster.extra if row.get(column)), "")
    above = ["    Points Possible", "", "", "", "", points or number(marks.out_of)]
    table = [_row(mark, rows.get(mark.student), bool(marks.roster.rows)) for mark in marks.marks]
    return [[*COLUMNS, column or marks.title], above, *table]


def _row(mark: Mark, row: Row | None, is_listed: bool) -> Sequence[str]:
    if row:
        who = [row.get(column, "") for column in COLUMNS]
    else:
        is_known = mark.receipt and mark.receipt.platform == NAME
        number = mark.receipt.account if mark.receipt and is_known else ""
        who = [mark.name or mark.student, number, "", mark.student if is_listed else "", ""]
    return [*who, cell(mark.points)]


CANVAS = Platform(
    NAME,
    _reader,
    feedback=_feedback,
    as_notebook=True,
    grades=_grades,
    pages_go="the assignment: Upload Submissions",
    grades_go="the Gradebook: Import",
)
