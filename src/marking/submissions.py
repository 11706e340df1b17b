"""A folder of submissions, and a folder of results that remembers what was marked.

The student's id is the name of the file, ``ada.ipynb``, or of the folder that
holds it, ``ada/sheet.ipynb``, however deep. A result is written in one go, so
that a run killed at any moment leaves whole results only, and carries a key
made of all that it depends on, so that what has not changed is not marked again.
"""

import fcntl
import hashlib
import json
import os
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import TracebackType

from marking.result import Result
from marking.sandbox import Limits
from marking.secret import seed
from marking.sheet import Sheet

LONGEST = 200


@dataclass(frozen=True)
class Submission:
    """What one student handed in: a file, or words on why there is none to read."""

    student: str
    path: Path
    problem: str = ""


@dataclass(frozen=True)
class Folder:
    """The submissions in a folder, and the files in it that are none."""

    submissions: list[Submission] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def find(folder: str | os.PathLike[str], sheet_name: str) -> Folder:
    """The submissions in a folder, ordered by student.

    Parameters
    ----------
    folder : path_like
    sheet_name : str
        File name of the sheet: of several notebooks in a student's folder, it is taken.
    """
    found = Folder()
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        path = Path(entry.path)
        if entry.name.startswith((".", "__MACOSX")):
            if entry.name.lower().endswith(".ipynb") and not entry.is_dir():
                found.others.append(entry.name)  # hidden by its name, perhaps not on purpose
        elif is_notebook(path):
            found.submissions.append(Submission(path.stem, path))
        elif entry.is_symlink():
            found.submissions.append(Submission(entry.name, path, "not a folder but a link"))
        elif entry.is_dir():
            found.submissions.append(_in_folder(path, sheet_name))
        else:
            found.others.append(entry.name)
    return Folder(_handed_in_once(found.submissions), found.others)


def is_notebook(path: Path) -> bool:
    return path.suffix.lower() == ".ipynb" and (path.is_symlink() or not path.is_dir())


def _in_folder(folder: Path, sheet_name: str) -> Submission:
    paths = [
        Path(place, name)
        for place, folders, names in os.walk(folder)
        for name in names
        if is_notebook(Path(place, name)) and ".ipynb_checkpoints" not in place
    ]
    right = [path for path in paths if path.name == sheet_name] or paths
    if len(right) == 1:
        return Submission(folder.name, right[0])
    words = f"{len(right)} notebooks, and it is not clear which" if right else "no notebook in it"
    return Submission(folder.name, folder, words)


def _handed_in_once(submissions: list[Submission]) -> list[Submission]:
    names = [submission.student for submission in submissions]
    words = "handed in twice under this name"
    return [
        Submission(s.student, s.path, words) if names.count(s.student) > 1 else s
        for s in {submission.student: submission for submission in submissions}.values()
    ]


@cache
def marker_version() -> str:
    """A fingerprint of the marker itself: other code may give other marks."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def key(
    submission: Submission,
    data: bytes,
    sheet: Sheet,
    limits: Limits,
    trusted: bool = False,
    secret: bytes = b"",
) -> str:
    """A fingerprint of all that a result depends on."""
    depends: list[str | bool] = [
        marker_version(),
        submission.student,
        submission.problem,
        repr(sheet),
    ]
    depends += [repr(limits), trusted, seed(secret, "", ""), hashlib.sha256(data).hexdigest()]
    return hashlib.sha256(json.dumps(depends).encode()).hexdigest()


class Results:
    """The results in a folder, one file for each student.

    Parameters
    ----------
    folder : path_like
        Made where it does not exist; locked against a second marker.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = open(self.folder / ".lock", "w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            raise BlockingIOError(f"another mark is at work in {folder}") from None
        for left_over in self.folder.glob(".new-*"):
            left_over.unlink()

    def __enter__(self) -> "Results":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._lock.close()

    def load(self, student: str, key: str) -> Result | None:
        """The kept result, or None where there is none with this key."""
        try:
            text = self._file(student).read_text()
            return Result.from_json(text) if json.loads(text)["key"] == key else None
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def save(self, result: Result, key: str, path: Path) -> None:
        """Write a result, whole or not at all."""
        with tempfile.NamedTemporaryFile(
            "w", dir=self.folder, prefix=".new-", delete=False
        ) as file:
            file.write(result.to_json(key=key, file=str(path)))
            file.flush()
            os.fsync(file.fileno())
        os.replace(file.name, self._file(result.student))

    def _file(self, student: str) -> Path:
        name = os.fsencode(f"{student}.json")
        if len(name) > LONGEST:  # a file's name has 255 bytes
            name = name[: LONGEST - 64] + hashlib.sha256(name).hexdigest().encode() + b".json"
        return self.folder / os.fsdecode(name)
