"""Sakai: *Download All* and *Upload All*.

A student's folder is ``Lovelace, Ada(alove1)`` within one of the assignment's name, with
``Submission attachment(s)`` in it, ``timestamp.txt``, and empty places for feedback; beside
the folders lies ``grades.csv``. The same zip goes back, with pages and grades in it
(https://support.apu.edu/hc/en-us/articles/221900888-Assignments-How-to-Grade-Assignments-in-Bulk).
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from coursework.export import Entry, Parts, UnreadableEntry
from coursework.marks import Marks, cell
from coursework.names import first_name_first
from coursework.platforms.origin import Origin, Reader
from coursework.platforms.platform import Platform
from coursework.receipt import Receipt

NAME = "Sakai"
ATTACHMENTS = "Submission attachment(s)"
FURNITURE = re.compile(
    r"grades\.(?:csv|xlsx?)|(?:timestamp|comments)\.txt|feedbackText\.html", re.I
)
PATTERN = re.compile(r"(?P<name>[^()]*)\((?P<id>[^()]+)\)(?P<file>_Submission attachment\(s\)_.+)?")


def _reader(files: Sequence[Entry], sheet: str) -> Reader:
    """Reads ids in brackets where the other names are Sakai's."""
    stamps = {file.parts[:-1]: file for file in files if file.parts[-1] == "timestamp.txt"}

    def read(parts: Parts) -> Sequence[Origin]:
        for depth, part in enumerate(parts, 1):
            found = PATTERN.fullmatch(part)
            folder = parts[:depth]
            if found and (found["file"] or ATTACHMENTS in parts[depth:] or folder in stamps):
                return [_origin(found, folder, stamps.get(folder))]
        return []

    return read


def _origin(found: re.Match[str], folder: Parts, stamp: Entry | None) -> Origin:
    name = first_name_first(found["name"])
    place = "" if found["file"] else "/".join(folder)
    return Origin(NAME, found["id"].strip(), name, time=_time(stamp), place=place)


def _time(stamp: Entry | None) -> datetime | None:
    """The time in ``timestamp.txt``: ``20261120221003000``, in UTC."""
    try:
        digits = stamp.content()[:14].decode("ascii") if stamp else ""
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except (UnreadableEntry, ValueError):
        return None


def _feedback(receipt: Receipt, page: str) -> str:
    return f"{receipt.place}/Feedback Attachment(s)/{page}" if receipt.place else ""


def _grades(marks: Marks) -> Sequence[Sequence[str]]:
    table = [[marks.title, "Points"], [], ["Display ID", "ID", "Last Name", "First Name", "grade"]]
    for mark in marks.marks:
        is_sakai = mark.receipt and mark.receipt.platform == NAME
        account = mark.receipt.account if mark.receipt and is_sakai else mark.student
        first, _, last = mark.name.rpartition(" ")
        table.append([account, account, last, first, cell(mark.points)])
    return table


SAKAI = Platform(
    NAME,
    _reader,
    FURNITURE,
    feedback=_feedback,
    grades=_grades,
    table_in_zip=True,
    pages_go="the assignment's submissions: Upload All, with the grades in it",
)
