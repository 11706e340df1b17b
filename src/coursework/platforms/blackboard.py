"""Blackboard: *Assignment File Download*, and *Work Offline* in the grade center.

Files are called ``assignment_username_attempt_2026-11-20-22-10-03_name``, and beside
them lies a text for each attempt without a name at the end. So says
https://github.com/terr-steak/bb-file-cleanup, and the tool
https://github.com/vangef/BBGradebookOrganiser reads them so.
The table is matched by the *Username*; a column keeps its place by the number at the end of its
header, ``Slopes [Total Pts: 20 Score] |4711``, and each cell stands between quotation marks
(https://und.teamdynamix.com/TDClient/2048/IT/KB/ArticleDet?ID=59084). It takes no archive of
feedback.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from coursework.marks import Marks, cell, number
from coursework.platforms.origin import Origin, first_match
from coursework.platforms.platform import Platform
from coursework.roster import Kind

NAME = "Blackboard"
COLUMNS = ("Last Name", "First Name", "Username")
PATTERN = re.compile(
    r"(?P<before>.+)_attempt_(?P<time>\d{4}(?:-\d\d){2,5})(?:_.+|\.txt)?", re.I | re.S
)


def _origin(found: re.Match[str]) -> Origin:
    words = found["before"].split("_")
    ends = ["_".join(words[cut:]) for cut in range(len(words) - 1, 0, -1)]
    account, *longer = ends or words  # the name of the assignment may have a _ , as may an id
    return Origin(NAME, account, others=tuple(longer), time=_time(found["time"]))


def _time(text: str) -> datetime | None:
    try:
        return datetime(*map(int, text.split("-")))  # type: ignore[arg-type]
    except ValueError:
        return None


def _grades(marks: Marks) -> Sequence[Sequence[str]]:
    rows = marks.roster.by_id if marks.roster.kind is Kind.BLACKBOARD else {}
    column = marks.column(COLUMNS) if rows else ""
    table = [[*COLUMNS, column or f"{marks.title} [Total Pts: {number(marks.out_of)} Score]"]]
    for mark in marks.marks:
        first, _, last = mark.name.rpartition(" ")
        row = rows.get(mark.student) or dict(zip(COLUMNS, (last, first, mark.student), strict=True))
        table.append([*(row[name] for name in COLUMNS), cell(mark.points)])
    return table


BLACKBOARD = Platform(
    NAME,
    first_match(PATTERN, _origin),
    grades=_grades,
    quoted=True,
    grades_go="the grade center: Work Offline, Upload",
)
