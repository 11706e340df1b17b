"""Whose file is it? Ids of students from the names that learning platforms give to files."""

import csv
import re
import unicodedata
from dataclasses import dataclass, field

from coursework.course import CourseError

MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_", re.I)
CANVAS = re.compile(r"(?P<name>[^_]+)(?:_late)?_(?P<id>\d+)_\d+_.", re.I)
BLACKBOARD = re.compile(r".+_(?P<id>[^_]+)_attempt_\d{4}(?:-\d\d){2,5}", re.I)
COPY = re.compile(r"(?: ?\((\d+)\)|-copy(\d*))$", re.I)
LONGEST = 100


@dataclass(frozen=True)
class Student:
    """A student as a file name tells: the id, and the name where it is told."""

    id: str
    name: str = ""


@dataclass(frozen=True)
class Roster:
    """Which id goes with which name, number or address; empty where there is no list."""

    ids: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def find(self, words):
        """The student whom the first fitting word names, or None."""
        for word in words:
            id = self.ids.get(plain(word))
            if id is not None:
                return Student(id, self.names.get(id, ""))
        return None


def read_roster(path):
    """The list of students in a CSV file: a column ``id``, and others that name the same student.

    Any other column may hold what the platform writes into its file names:
    a name, a number, an address. What two students share names neither.
    """
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    if not rows or "id" not in rows[0]:
        raise CourseError(f"{path} has no column 'id' in its first line")
    words = {}
    for row in rows:
        for value in [value for value in row.values() if isinstance(value, str) and plain(value)]:
            for word in _orders(value):
                words.setdefault(plain(word), set()).add(row["id"].strip())
    ids = {word: min(who) for word, who in words.items() if len(who) == 1}
    ids |= {plain(row["id"]): row["id"].strip() for row in rows}
    return Roster(ids, {row["id"].strip(): (row.get("name") or "").strip() for row in rows})


def _orders(name):
    """A name with its words in every rotation: a platform may put the last one first."""
    words = re.split(r"[\s,]+", name.strip())
    return [" ".join(words[cut:] + words[:cut]) for cut in range(len(words))]


def plain(text):
    """A name without case, accents, spaces and signs: what two spellings of it share."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in letters if letter.isalnum())


def identify(parts, root, sheet, roster):
    """The student to whom a file belongs, or None where its name does not tell.

    Parameters
    ----------
    parts : tuple of str
        Folders and name of the file, from where the files of the export part ways.
    root : str
        The folder above that, ``""`` where there is none.
    sheet : str
    roster : Roster
    """
    student = _by_platform((root, *parts))
    student = student or _by_folder(parts[:-1], sheet) or _by_file(parts[-1], sheet)
    if student is None and root and plain(root) != plain(sheet):
        student = Student(root)
    words = [student.id, student.name] if student else []
    listed = roster.find([*words, *reversed(parts[:-1]), stem(parts[-1])])
    if listed or student is None:
        return listed
    return Student(clean(student.id), student.name)


def _by_platform(parts):
    for part in reversed(parts):
        for pattern in (MOODLE, CANVAS, BLACKBOARD):
            found = pattern.match(part)
            if found:
                return Student(found["id"], found.groupdict().get("name") or "")
    return None


def _by_folder(folders, sheet):
    others = [folder for folder in folders if plain(folder) != plain(sheet)]
    return Student(others[0]) if others else None


def _by_file(name, sheet):
    rest = stem(name)
    low, title = rest.casefold(), sheet.casefold()
    if low.startswith(title):
        rest = rest[len(title) :]
    elif low.endswith(title):
        rest = rest[: -len(title)]
    rest = rest.strip("_-. ")
    return Student(rest) if rest else None


def stem(name):
    """A file name without its ending and the number of a copy."""
    name = re.sub(r"\.ipynb(\.(txt|json))?$", "", name, flags=re.I)
    return COPY.sub("", name).strip()


def copy_number(name):
    """2 for ``slopes (2).ipynb``, 0 for ``slopes.ipynb``."""
    found = COPY.search(re.sub(r"\.ipynb(\.(txt|json))?$", "", name, flags=re.I))
    return int(found[1] or found[2] or 1) if found else 0


def clean(id):
    """An id as the name of a folder, with ``_`` for what could lead elsewhere; "" for no id.

    Letters of every script, digits, spaces and ``. _ @ ' -`` stay as they are.
    """
    id = unicodedata.normalize("NFC", id)
    id = re.sub(r"[^\w .@'-]", "_", id).strip(" .")
    return id if len(id.encode()) <= LONGEST else ""
