"""What was taken of a student, where it came from, and when: kept beside it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from coursework.course import Course, write

FILE = "receipt.json"

Rank = tuple[bool, bool, float, int, int]


@dataclass(frozen=True)
class Receipt:
    """Where a file that counts came from.

    Parameters
    ----------
    platform, account, name, place : str
        As in `coursework.platforms.Origin`.
    path : str
        The file's name in the export.
    time : float or None
        When it was handed in, in seconds since 1970, as far as that is known.
    is_late : bool
        Whether that was after the deadline.
    is_named : bool
        Whether the file is named after the sheet.
    attempt, copy : int
        The greater, the later, where times are the same.
    """

    platform: str = ""
    account: str = ""
    name: str = ""
    place: str = ""
    path: str = ""
    time: float | None = None
    is_late: bool = False
    is_named: bool = False
    attempt: int = 0
    copy: int = 0

    def rank(self, on_time_first: bool) -> Rank:
        """The greater counts: named after the sheet, in time, late in time, a later copy."""
        is_first = on_time_first and not self.is_late
        return self.is_named, is_first, self.time or 0, self.attempt, self.copy


def read_receipt(course: Course, student: str, sheet: str) -> Receipt | None:
    """The receipt of a student's file; None where there is none."""
    try:
        text = _path(course, student, sheet).read_text(encoding="utf-8")
        return Receipt(**json.loads(text))
    except (OSError, ValueError, TypeError):
        return None


def keep_receipt(course: Course, student: str, sheet: str, receipt: Receipt) -> None:
    """Write the receipt beside the file."""
    text = json.dumps(asdict(receipt), indent=1)  # ASCII, also where a name is not in UTF-8
    write(_path(course, student, sheet), text + "\n")


def _path(course: Course, student: str, sheet: str) -> Path:
    return course.submitted(student, sheet) / FILE
