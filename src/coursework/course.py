"""Where a course keeps what: nbgrader's folders, and the results of marking beside them."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbgrader.api import Gradebook


class CourseError(Exception):
    """Something that the teacher has to decide or mend: the message says what."""


@dataclass(frozen=True)
class Course:
    """A folder with ``source/`` in it; every other folder is made from it or handed in.

    Parameters
    ----------
    root : pathlib.Path
    """

    root: Path

    def source(self, sheet: str) -> Path:
        """The hand-written notebook of a sheet, with solutions and hidden tests."""
        return self.root / "source" / sheet / f"{sheet}.ipynb"

    def released(self, sheet: str) -> Path:
        """The notebook that students get."""
        return self.root / "release" / sheet / f"{sheet}.ipynb"

    def submitted(self, student: str, sheet: str) -> Path:
        """The folder of what a student handed in."""
        return self.root / "submitted" / student / sheet

    def autograded(self, student: str, sheet: str) -> Path:
        """The notebook that nbgrader's formgrader shows."""
        return self.root / "autograded" / student / sheet / f"{sheet}.ipynb"

    def results(self, sheet: str) -> Path:
        """The folder of what marking came to."""
        return self.root / "results" / sheet

    def feedback(self, student: str, sheet: str) -> Path:
        """The page that a student gets back."""
        return self.root / "feedback" / student / sheet / f"{sheet}.html"

    def returned(self, sheet: str) -> Path:
        """The folder of what goes back to the platform, and of the teacher's table."""
        return self.root / "returned" / sheet

    @property
    def students_file(self) -> Path:
        """The names that go with the ids, and the lists of students."""
        return self.root / "students.json"

    @property
    def sheets(self) -> list[str]:
        """The names of all sheets."""
        return sorted(path.stem for path in self.root.glob("source/*/*.ipynb") if _is_sheet(path))

    def require(self, sheet: str) -> None:
        """Refuse a sheet that does not exist."""
        if sheet not in self.sheets:
            known = ", ".join(self.sheets) or "none: is this the folder of the course?"
            raise CourseError(f"no sheet {sheet!r} in {self.root / 'source'}; there is {known}")

    @contextmanager
    def gradebook(self) -> Iterator["Gradebook"]:
        """nbgrader's gradebook, made where there is none."""
        from nbgrader.api import Gradebook

        find_alembic()
        with Gradebook(self.database, course_id="") as gradebook:
            yield gradebook

    @property
    def database(self) -> str:
        """The address of the gradebook."""
        return f"sqlite:///{self.root.resolve() / 'gradebook.db'}"


def _is_sheet(path: Path) -> bool:
    return path.stem == path.parent.name


def find_alembic() -> None:
    """Let nbgrader find alembic, which it starts by name, beside this Python."""
    programs = str(Path(sys.executable).parent)
    if programs not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = programs + os.pathsep + os.environ.get("PATH", "")


def write(path: Path, content: str | bytes) -> bool:
    """Write a file whole or not at all, and only where it changes; whether it did."""
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    if path.exists() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as file:
        file.write(data)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)
    return True
