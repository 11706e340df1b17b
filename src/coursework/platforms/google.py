"""Google Classroom: the folder of an assignment in Drive.

A copy made for each student is called ``Ada Lovelace - slopes.ipynb``, and what
somebody copied before handing in, ``Copy of slopes.ipynb``. How files travel between
students and teachers: https://support.google.com/edu/assignments/answer/9433485
"""

import re
from collections.abc import Sequence

from coursework.export import Entry, Parts
from coursework.names import plain, stem
from coursework.platforms.origin import Origin, Reader, is_flat
from coursework.platforms.platform import Platform

NAME = "Google Classroom"
PATTERN = re.compile(r"(?P<name>.+?) - (?P<title>.+)", re.S)


def _reader(files: Sequence[Entry], sheet: str) -> Reader:
    """Reads the name before the name of the sheet, where no folder tells the student."""
    flat = is_flat(files)

    def read(parts: Parts) -> Sequence[Origin]:
        found = PATTERN.fullmatch(stem(parts[-1]))
        if not flat or not found or plain(found["name"]) == plain(sheet):
            return []
        name, title = found["name"], plain(found["title"])
        return [Origin(NAME, name, name)] if plain(sheet) in title else []

    return read


GOOGLE = Platform(NAME, _reader)
