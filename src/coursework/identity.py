"""Whose is it? One id for each student, whatever names a file goes by."""

import unicodedata

from coursework.course import Course
from coursework.names import clean
from coursework.platforms import Origin
from coursework.receipt import read_receipt
from coursework.roster import Roster
from coursework.submitted import students_in

Account = tuple[str, str]  # a platform, and what it calls the student


class Identities:
    """The ids of a course's students, those that are known and those that come up.

    Parameters
    ----------
    course : Course
    sheet : str
    roster : Roster
    """

    def __init__(self, course: Course, sheet: str, roster: Roster) -> None:
        self.roster = roster
        self.names: dict[str, str] = {}
        self.renamed: dict[str, str] = {}
        self._ids: dict[Account, str] = {}
        self._owners: dict[str, str] = {}  # by an id without case, whose it is
        self._spelt: dict[str, str] = {}  # by an id without case, the id
        for student in students_in(course):
            receipt = read_receipt(course, student, sheet)
            account = receipt.account if receipt else student
            self._owners[student.casefold()] = _spelling(account)
            self._spelt[student.casefold()] = student
            if receipt:
                self._ids[_account(receipt.platform, account)] = student
        for id in roster.by_id:
            self._owners.setdefault(id.casefold(), _spelling(id))

    def is_clear(self, origin: Origin) -> bool:
        """Whether a student can be told from what a name says."""
        return bool(self.roster.find(origin.words) or clean(origin.account))

    def id_of(self, origin: Origin) -> str:
        """The id of the student whose a file is."""
        account = _account(origin.platform, origin.account)
        listed, known = self.roster.find(origin.words), self._ids.get(account)
        if listed and known and known != listed and known not in self.roster.by_id:
            self.renamed[known] = listed
        id = listed or known or self._new(origin.account)
        id = self._spelt.setdefault(id.casefold(), id)
        self._ids[account] = id
        name = (listed and self.roster.names[listed]) or _legible(origin.name)
        if name:
            self.names[id] = name
        return id

    def _new(self, account: str) -> str:
        """An id that nobody else has; what differs only in signs that no folder may have, does."""
        first = clean(account)
        number, id = 1, first
        while self._owners.setdefault(id.casefold(), _spelling(account)) != _spelling(account):
            number += 1
            id = f"{first}-{number}"
        return id


def _account(platform: str, account: str) -> Account:
    return platform, _spelling(account)


def _spelling(account: str) -> str:
    return unicodedata.normalize("NFC", account).casefold().strip()


def _legible(name: str) -> str:
    return "".join(c for c in name.encode("utf-8", "replace").decode() if c.isprintable())
