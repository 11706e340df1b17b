"""The list of students, as a spreadsheet or a learning platform saves it.

Any table will do that has a column with the ids that students type into their
sheets. The other columns may hold what the platform writes into names of files: a
name, a number, an address. Best is the platform's own table of grades, since it is
what the platform takes back.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from coursework.course import CourseError
from coursework.names import clean, first_name_first, orders, plain

Row = dict[str, str]

SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx, ods and numbers are zips; xls is not
ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.I)
IDS = (
    "id",
    "studentid",
    "idnumber",
    "studentnumber",
    "username",
    "userid",
    "login",
    "loginid",
    "user",
    "netid",
    "uid",
    "matriculationnumber",
    "matrikelnummer",
    "matrnr",
    "matricule",
    "kennung",
    "benutzername",
    "identifiant",
    "usuario",
)
NAMES = ("name", "fullname", "student", "studentname", "vollständigername", "nom", "nombre")
FIRST = ("firstname", "vorname", "prénom", "nombre", "givenname")
LAST = ("lastname", "surname", "nachname", "nom", "apellidos", "familyname")
ASK = """\
which column of {path} holds the id that students type into their sheets? Say it with \
ID='...' (--id-column): {columns}"""


class Kind(StrEnum):
    """Whose table it is."""

    CANVAS = "Canvas"
    MOODLE = "Moodle"
    BRIGHTSPACE = "Brightspace"
    BLACKBOARD = "Blackboard"
    PLAIN = ""


# columns by which a table is known, and where the students' ids are in it, the likeliest first
KNOWN = {
    Kind.CANVAS: (("Student", "ID", "Section"), ("SIS Login ID", "SIS User ID", "ID")),
    Kind.MOODLE: (("Identifier", "Grade"), ("ID number", "Username")),
    Kind.BRIGHTSPACE: (("End-of-Line Indicator",), ("OrgDefinedId", "Username")),
    Kind.BLACKBOARD: (("Last Name", "First Name", "Username"), ("Username",)),
}


@dataclass(frozen=True)
class Roster:
    """The students of a class, and by what else than their ids they are known.

    Parameters
    ----------
    rows : tuple of dict
        The table, a row for each student.
    id_column : str
    kind : Kind
    extra : tuple of dict
        Rows of the platform that are no student's.
    """

    rows: tuple[Row, ...] = ()
    id_column: str = "id"
    kind: Kind = Kind.PLAIN
    extra: tuple[Row, ...] = field(default=())

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(self.rows[0]) if self.rows else ()

    @cached_property
    def by_id(self) -> dict[str, Row]:
        """The rows by the students' ids."""
        return {self.id_of(row): row for row in self.rows}

    def id_of(self, row: Mapping[str, str]) -> str:
        """The id in a row, as a folder may be called; Brightspace puts a ``#`` before it."""
        id = row[self.id_column].strip().removeprefix("#")
        return clean(id) or id

    @cached_property
    def names(self) -> dict[str, str]:
        """The students' names by their ids, as far as they are told."""
        return {id: _name(row) for id, row in self.by_id.items()}

    def find(self, words: Iterable[str]) -> str | None:
        """The id of the student whom the first fitting word names, or None."""
        return next(
            (self._known[plain(word)] for word in words if plain(word) in self._known), None
        )

    @cached_property
    def _known(self) -> dict[str, str]:
        """Ids by all that names one student and no other."""
        owners: dict[str, set[str]] = {}
        for id, row in self.by_id.items():
            for word in _words(row, self.kind):
                owners.setdefault(plain(word), set()).add(id)
        known = {word: min(ids) for word, ids in owners.items() if len(ids) == 1 and word}
        return known | {plain(id): id for id in self.by_id}


def read_roster(path: Path, id_column: str = "") -> Roster:
    """The list of students in a file of comma-, semicolon- or tab-separated values.

    Raises
    ------
    CourseError
        If the file is no such table, or it is not clear which column holds the ids.
    """
    header, *lines = _table(path)
    columns = [name or f"column {place}" for place, name in enumerate(header, 1)]
    rows = [dict(zip(columns, [*line, *[""] * len(columns)], strict=False)) for line in lines]
    kind = next((k for k, (known, _) in KNOWN.items() if set(known) <= set(columns)), Kind.PLAIN)
    extra = [row for row in rows if _is_extra(row, kind)]
    rows = [row for row in rows if row not in extra]
    column = _id_column(path, columns, rows, kind, id_column)
    students = [row for row in rows if row[column].strip()]
    roster = Roster(tuple(students), column, kind, tuple(extra))
    _refuse_doubtful(path, roster)
    return roster


def _table(path: Path) -> list[list[str]]:
    """The lines of a table that hold something; the first one names the columns."""
    text = _text(path)
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r"sep=(.)\s*", first)  # for Excel
    separator = told[1] if told else _separator(text)
    rows = csv.reader(io.StringIO(rest if told else text, newline=""), delimiter=separator)
    try:
        lines = [[cell.strip() for cell in row] for row in rows if any(map(str.strip, row))]
    except csv.Error as error:
        raise CourseError(f"{path} cannot be read as a table: {error}") from None
    while lines and sum(map(bool, lines[0])) == 1 < max(map(len, lines)):
        del lines[0]  # a title above the table, as Numbers writes it
    if len(lines) < 2:
        raise CourseError(
            f"{path} holds no table of students: a line of names, and a line for each"
        )
    return lines


def _text(path: Path) -> str:
    """What a spreadsheet saved, whatever the letters are written in."""
    data = path.read_bytes()
    if data.startswith(SPREADSHEETS):
        raise CourseError(f"{path} is a spreadsheet: save it as CSV first, and give that file")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if data[1:2] == b"\0":  # Windows writes UTF-16 without its mark, too
        return data.decode("utf-16-le", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")  # Latin-1, and what Excel adds to it


def _separator(text: str) -> str:
    """What splits most of the first lines, and into as many parts each."""
    lines = [line for line in text.splitlines() if line.strip()][:10]

    def parts(separator: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=separator)]
        common = max(set(counts), key=counts.count, default=1)
        return (counts.count(common) if common > 1 else 0, common)

    return max(",;\t|", key=parts)


def _is_extra(row: Row, kind: Kind) -> bool:
    """Canvas writes the points of each assignment, and who posts them, above the students."""
    first = next(iter(row.values())).strip()
    return kind is Kind.CANVAS and (
        first.startswith("Points Possible") or (not first and not row["ID"].strip())
    )


def _id_column(
    path: Path, columns: Sequence[str], rows: Sequence[Row], kind: Kind, wanted: str
) -> str:
    if wanted:
        found = [name for name in columns if plain(name) == plain(wanted)]
        if not found:
            raise CourseError(f"{path} has no column {wanted!r}: it has {', '.join(columns)}")
        return found[0]
    if kind is not Kind.PLAIN:
        likely = [name for name in KNOWN[kind][1] if name in columns]
    else:
        likely = sorted(
            (name for name in columns if plain(name) in IDS),
            key=lambda name: IDS.index(plain(name)),
        )
        if len(likely) > 1 and plain(likely[0]) != "id":
            likely = []  # two that might be it
    full = [name for name in likely if all(row[name].strip() for row in rows)]
    if not full and not likely:
        examples = "; ".join(f"{name} (as {rows[0][name]!r})" for name in columns)
        raise CourseError(ASK.format(path=path, columns=examples))
    return (full or likely)[0]


def _refuse_doubtful(path: Path, roster: Roster) -> None:
    ids = [roster.id_of(row) for row in roster.rows]
    twice = sorted({id for id in ids if [plain(i) for i in ids].count(plain(id)) > 1})
    written = [row[roster.id_column].strip() for row in roster.rows]
    rounded = [id for id in written if ROUNDED.fullmatch(id)]
    if not ids:
        raise CourseError(f"the column {roster.id_column!r} of {path} is empty")
    if twice:
        raise CourseError(f"{path} lists {twice[0]!r} twice in its column {roster.id_column!r}")
    if rounded:
        raise CourseError(
            f"{path} holds {rounded[0]!r} in place of an id: the spreadsheet rounded it. "
            "Format that column as text there, and save it again"
        )


def _words(row: Row, kind: Kind) -> Iterable[str]:
    """All that may name the student of a row."""
    for value in (*row.values(), _name(row)):
        yield from orders(value)
        if "@" in value:
            yield value.partition("@")[0]
    if kind is Kind.MOODLE:
        yield re.sub(r".*?(\d+)$", r"\1", row["Identifier"])  # Participant 4021


def _name(row: Row) -> str:
    """The student's name, from one column or from two."""
    named = {plain(column): value.strip() for column, value in row.items()}
    whole = next((named[name] for name in map(plain, NAMES) if named.get(name)), "")
    first = next((named[name] for name in map(plain, FIRST) if named.get(name)), "")
    last = next((named[name] for name in map(plain, LAST) if named.get(name)), "")
    if first and last and first != last:
        return f"{first} {last}"
    if first and plain(first) not in plain(whole):
        return f"{first} {whole}".strip()  # as where the column of last names is called Name
    return first_name_first(whole)
