"""What the name of a file says of whose it is, whatever platform gave it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from coursework.export import Entry, Parts


@dataclass(frozen=True)
class Origin:
    """Whose a file is, as far as its name tells.

    Parameters
    ----------
    platform : str
        The platform whose way of naming it is.
    account : str
        By what the platform knows the student: a number, an id, else the name.
    name : str
        The student's name, where it is told.
    others : tuple of str
        What else a roster may know the student by.
    time : datetime.datetime, optional
        When it was handed in, where that is told.
    is_late : bool
        Whether the platform says that it was late.
    attempt : int
        The greater, the later, where no time is told.
    place : str
        Where the platform looks for feedback: a folder, or the name of a file.
    is_number : bool
        Whether the account is a number of the platform's own, which students do not know.
    """

    platform: str
    account: str
    name: str = ""
    others: tuple[str, ...] = ()
    time: datetime | None = None
    is_late: bool = False
    attempt: int = 0
    place: str = ""
    is_number: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """By what a roster may know the student, the surest first."""
        own = (self.name, self.account) if self.is_number else (self.account, self.name)
        return tuple(word for word in (*own, *self.others) if word)


Reader = Callable[[Parts], Sequence[Origin]]  # whose a file is; nobody's where no name tells
ReaderOf = Callable[[Sequence[Entry], str], Reader]  # for the files of an export and a sheet


def is_flat(files: Sequence[Entry]) -> bool:
    """Whether all files of an export lie in one folder."""
    return len({file.parts[:-1] for file in files}) == 1


def first_match(pattern: re.Pattern[str], origin: Callable[[re.Match[str]], Origin]) -> ReaderOf:
    """A reader that knows the student by the first folder or name that fits a pattern."""

    def read(parts: Parts) -> Sequence[Origin]:
        found = next((found for found in map(pattern.fullmatch, parts) if found), None)
        return [origin(found)] if found else []

    return lambda files, sheet: read
