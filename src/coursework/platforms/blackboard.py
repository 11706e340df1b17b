"""Blackboard: *Assignment File Download*.

Files are called ``assignment_username_attempt_2026-11-20-22-10-03_name``, and beside
them lies a text for each attempt without a name at the end. So says
https://github.com/terr-steak/bb-file-cleanup, and the tool
https://github.com/vangef/BBGradebookOrganiser reads them so.
"""

import re
from datetime import datetime

from coursework.platforms.origin import Origin, first_match

NAME = "Blackboard"
FURNITURE = re.compile(r".+_attempt_[\d-]+\.txt", re.I)
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


reader = first_match(PATTERN, _origin)
