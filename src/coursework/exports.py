"""What platforms would export of a class: for rehearsals and tests, from names and files."""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coursework.safe_csv import as_csv


@dataclass(frozen=True)
class Attempt:
    """A file that a student hands in, when, and whether that is late."""

    name: str
    data: bytes
    time: datetime
    is_late: bool = False


@dataclass(frozen=True)
class Student:
    """A student of a class, and what she hands in.

    Parameters
    ----------
    id, first, last : str
    number : int
        By which a platform knows her.
    attempts : sequence of Attempt
        In order; none where she hands in nothing.
    """

    id: str
    first: str
    last: str
    number: int
    attempts: Sequence[Attempt] = ()

    @property
    def name(self) -> str:
        """First name, last name."""
        return f"{self.first} {self.last}"


Named = Iterator[tuple[str, Attempt]]  # the files of an export with their names
Table = list[list[str]]


@dataclass(frozen=True)
class Example:
    """How a platform exports a class.

    Parameters
    ----------
    files : callable
        Given the class and the sheet's title, the files that students handed in.
    table : callable
        Likewise, the platform's table of students.
    more : callable, optional
        Likewise, the files that the platform adds.
    """

    files: Callable[[Sequence[Student], str], Named]
    table: Callable[[Sequence[Student], str], Table]
    more: Callable[[Sequence[Student], str], Mapping[str, str]] = lambda students, title: {}

    def zip(self, students: Sequence[Student], title: str) -> bytes:
        """The export as a zip."""
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, attempt in self.files(students, title):
                info = zipfile.ZipInfo(name, attempt.time.timetuple()[:6])
                archive.writestr(info, attempt.data, zipfile.ZIP_DEFLATED)
            for name, text in self.more(students, title).items():
                archive.writestr(name, text)
        return data.getvalue()

    def csv(self, students: Sequence[Student], title: str) -> str:
        """The table of students as CSV."""
        return as_csv(self.table(students, title))


def _last(students: Sequence[Student]) -> Iterator[tuple[Student, Attempt]]:
    """Each student's last attempt, as platforms hand out that keep one only."""
    return ((student, student.attempts[-1]) for student in students if student.attempts)


def _all(students: Sequence[Student]) -> Iterator[tuple[Student, Attempt]]:
    return ((student, attempt) for student in students for attempt in student.attempts)


def _plain_table(students: Sequence[Student], title: str) -> Table:
    rows = [[student.id, student.name, f"{student.id}@school.example"] for student in students]
    return [["id", "name", "email"], *rows]


def _moodle(students: Sequence[Student], title: str) -> Named:
    for student, attempt in _last(students):
        yield f"{student.name}_{student.number}_assignsubmission_file_/{attempt.name}", attempt


def _moodle_flat(students: Sequence[Student], title: str) -> Named:
    for student, attempt in _last(students):
        yield f"{student.name}_{student.number}_assignsubmission_file_{attempt.name}", attempt


def _moodle_table(students: Sequence[Student], title: str) -> Table:
    header = ["Identifier", "Full name", "ID number", "Email address", "Status", "Grade"]
    header += ["Maximum grade", "Grade can be changed", "Last modified (submission)"]
    header += ["Last modified (grade)", "Feedback comments"]
    unmarked = ["", "", "20", "Yes", "-", "-", ""]
    rows = [
        [f"Participant {s.number}", s.name, s.id, f"{s.id}@school.example", *unmarked]
        for s in students
    ]
    return [header, *rows]


def _canvas(students: Sequence[Student], title: str) -> Named:
    for student, attempt in _last(students):
        name = f"{student.last}{student.first}".lower().replace(" ", "").replace("'", "")
        late, again = "_LATE" * attempt.is_late, len(student.attempts) - 1
        file = attempt.name.replace(".ipynb", f"-{again}.ipynb") if again else attempt.name
        yield f"{name}{late}_{student.number}_{student.number + 50_000}_{file}", attempt


def _canvas_table(students: Sequence[Student], title: str) -> Table:
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", f"{title} (4711)"]
    above = ["    Points Possible", "", "", "", "", "20"]
    rows = [
        [f"{s.last}, {s.first}", str(s.number), f"sis-{s.number}", s.id, "Section 1", ""]
        for s in students
    ]
    return [header, above, *rows]


def _blackboard(students: Sequence[Student], title: str) -> Named:
    for student, attempt in _all(students):
        yield f"{_blackboard_start(student, attempt, title)}_{attempt.name}", attempt


def _blackboard_start(student: Student, attempt: Attempt, title: str) -> str:
    return f"{title}_{student.id}_attempt_{attempt.time:%Y-%m-%d-%H-%M-%S}"


def _blackboard_more(students: Sequence[Student], title: str) -> Mapping[str, str]:
    return {f"{_blackboard_start(*each, title)}.txt": "Name: …" for each in _all(students)}


def _blackboard_table(students: Sequence[Student], title: str) -> Table:
    header = ["Last Name", "First Name", "Username", f"{title} [Total Pts: 20 Score] |4711"]
    return [header, *([s.last, s.first, s.id, ""] for s in students)]


def _brightspace(students: Sequence[Student], title: str) -> Named:
    for student, attempt in _all(students):
        moment = f"{attempt.time.day} {attempt.time:%B, %Y} {attempt.time:%I%M %p}"
        yield f"{student.number}-56789 - {student.name} - {moment}/{attempt.name}", attempt


def _brightspace_table(students: Sequence[Student], title: str) -> Table:
    header = ["OrgDefinedId", "Username", "Last Name", "First Name"]
    header += [f"{title} Points Grade <Numeric MaxPoints:20>", "End-of-Line Indicator"]
    rows = [[f"#{s.id}", f"#{s.id}", s.last, s.first, "", "#"] for s in students]
    return [header, *rows]


def _sakai_folder(student: Student, title: str) -> str:
    return f"{title}/{student.last}, {student.first}({student.id})"


def _sakai(students: Sequence[Student], title: str) -> Named:
    for student, attempt in _last(students):
        folder = _sakai_folder(student, title)
        yield f"{folder}/Submission attachment(s)/{attempt.name}", attempt


def _sakai_more(students: Sequence[Student], title: str) -> Mapping[str, str]:
    files = {f"{title}/grades.csv": as_csv([[title, "Points"]])}
    for student, attempt in _last(students):
        folder = _sakai_folder(student, title)
        files[f"{folder}/timestamp.txt"] = f"{attempt.time:%Y%m%d%H%M%S}000"
        files[f"{folder}/comments.txt"] = ""
    return files


def _google(students: Sequence[Student], title: str) -> Named:
    for student, attempt in _last(students):
        copied = "Copy of " * (len(student.attempts) > 1)
        yield f"{title}/{student.name} - {copied}{attempt.name}", attempt


def _github(students: Sequence[Student], title: str) -> Named:
    for student, attempt in _last(students):
        yield f"{title}-submissions/{title.lower()}-{student.id}/{attempt.name}", attempt


def _github_more(students: Sequence[Student], title: str) -> Mapping[str, str]:
    folders = [f"{title}-submissions/{title.lower()}-{student.id}" for student in students]
    names = (".git/config", ".git/HEAD", ".gitignore", "README.md")
    return {f"{folder}/{name}": "" for folder in folders for name in names}


def _gradescope(students: Sequence[Student], title: str) -> Named:
    for student, attempt in _last(students):
        yield f"assignment_9_export/submission_{student.number}/{attempt.name}", attempt


def _gradescope_more(students: Sequence[Student], title: str) -> Mapping[str, str]:
    lines = ["---"]
    for s, attempt in _last(students):
        lines += [f"submission_{s.number}:", "  :submitters:", f"  - :name: {s.name}"]
        lines += [f"    :sid: '{s.id}'", f"    :email: {s.id}@school.example"]
        lines += [f"  :created_at: {attempt.time:%Y-%m-%d %H:%M:%S} Z"]
    return {"assignment_9_export/submission_metadata.yml": "\n".join(lines) + "\n"}


def _folder(students: Sequence[Student], title: str) -> Named:
    for student, attempt in _last(students):
        yield f"{student.id}/{attempt.name}", attempt


EXAMPLES = {
    "Moodle": Example(_moodle, _moodle_table),
    "Moodle without folders": Example(_moodle_flat, _moodle_table),
    "Canvas": Example(_canvas, _canvas_table),
    "Blackboard": Example(_blackboard, _blackboard_table, _blackboard_more),
    "Brightspace": Example(_brightspace, _brightspace_table),
    "Sakai": Example(_sakai, _plain_table, _sakai_more),
    "Google Classroom": Example(_google, _plain_table),
    "GitHub Classroom": Example(_github, _plain_table, _github_more),
    "Gradescope": Example(_gradescope, _plain_table, _gradescope_more),
    "a plain folder": Example(_folder, _plain_table),
}
