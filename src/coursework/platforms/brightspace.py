"""Brightspace: *Download* on the page of an assignment, *Add Feedback Files*, *Import* of grades.

Each attempt has a folder ``1234-56789 - Ada Lovelace - 20 November, 2026 1010 PM``, or a
file whose name goes on so; the date is written as the organisation writes dates. Files of
feedback go back in the same folders
(https://carleton.ca/brightspace/instructors/grading-assignments-and-providing-feedback/).
The table needs *OrgDefinedId* or *Username*, the item's name with ``Points Grade``, and
*End-of-Line Indicator* (https://community.d2l.com/brightspace/kb/articles/3538-importing-grades).
"""

import re
from collections.abc import Sequence

from coursework.marks import Marks, cell
from coursework.platforms.moments import read_moment
from coursework.platforms.origin import Origin, first_match
from coursework.platforms.platform import Platform, into_folder
from coursework.roster import Kind

NAME = "Brightspace"
KEYS = ("OrgDefinedId", "Username")
END = "End-of-Line Indicator"
PATTERN = re.compile(
    r"(?P<place>(?P<id>\d+-\d+) ?- ?(?P<name>.+?) ?- ?"
    r"(?P<date>[^-]*?\d{4}),? (?P<clock>\d{3,4}(?: ?[AP]M)?))(?: ?- ?.+)?",
    re.I | re.S,
)


def _origin(found: re.Match[str]) -> Origin:
    return Origin(
        NAME,
        found["id"],
        found["name"],
        others=tuple(found["id"].split("-")),
        time=read_moment(f"{found['date']} {found['clock']}"),
        place=found["place"],
        is_number=True,
    )


def _grades(marks: Marks) -> Sequence[Sequence[str]]:
    is_brightspace = marks.roster.kind is Kind.BRIGHTSPACE
    rows = marks.roster.by_id if is_brightspace else {}
    keys = [key for key in KEYS if key in marks.roster.columns] if rows else ["Username"]
    column = marks.column((*KEYS, END)) if rows else ""
    table = [[*keys, column or f"{marks.title} Points Grade", END]]
    for mark in marks.marks:
        row = rows.get(mark.student) or dict.fromkeys(keys, mark.student)
        table.append([*(row[key] for key in keys), cell(mark.points), "#"])
    return table


BRIGHTSPACE = Platform(
    NAME,
    first_match(PATTERN, _origin),
    furniture=re.compile(r"index\.html", re.I),
    feedback=into_folder,
    grades=_grades,
    pages_go="the assignment: Add Feedback Files",
    grades_go="Grades: Enter Grades, Import",
)
