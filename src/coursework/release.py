"""Release: the sheets as students get them, without solutions and hidden tests."""

import json
import logging
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from coursework.course import Course, CourseError, find_alembic, write

if TYPE_CHECKING:
    from traitlets.config import Config

KEPT = {"kernelspec", "language_info"}  # of the metadata of a notebook
MARKS = ("### BEGIN SOLUTION", "### BEGIN HIDDEN TESTS", "### END SOLUTION", "### END HIDDEN TESTS")


def release(course: Course, sheet: str) -> bool:
    """Make the released notebook of a sheet anew; whether it changed."""
    return write(course.released(sheet), generate(course, sheet, course.database))


def is_current(course: Course, sheet: str) -> bool:
    """Whether the released notebook is what its source makes today."""
    fresh = generate(course, sheet)
    path = course.released(sheet)
    return path.exists() and path.read_bytes() == fresh


def generate(course: Course, sheet: str, database: str | None = None) -> bytes:
    """The released notebook as bytes; tells the gradebook, if any, which cells are worth what.

    Raises
    ------
    CourseError
        If nbgrader refuses the sheet, or a solution would be handed out.
    """
    course.require(sheet)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        shutil.copytree(course.source(sheet).parent, root / "source" / sheet)
        _run_nbgrader(course, root, sheet, database)
        data = (root / "release" / sheet / f"{sheet}.ipynb").read_bytes()
    data = _without_remains(data)
    _refuse_leaks(sheet, data)
    return data


def _without_remains(data: bytes) -> bytes:
    """The notebook without what belongs to a solution and lies outside its text.

    nbgrader empties the text of a solution. Pictures attached to it stay, and so
    does what widgets of the solution left in the notebook's metadata.
    """
    notebook = json.loads(data)
    notebook["metadata"] = {
        key: notebook["metadata"][key] for key in KEPT & notebook["metadata"].keys()
    }
    for cell in notebook["cells"]:
        shown = unquote("".join(cell["source"]))
        attached = cell.pop("attachments", {})
        kept = {name: attached[name] for name in attached if f"attachment:{unquote(name)}" in shown}
        if kept:
            cell["attachments"] = kept
    return (json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _run_nbgrader(course: Course, root: Path, sheet: str, database: str | None) -> None:
    from nbgrader.converters.base import NbGraderException
    from nbgrader.converters.generate_assignment import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory

    find_alembic()
    config = _configuration(course)
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.assignment_id = sheet
    config.CourseDirectory.db_url = database or "sqlite://"
    converter = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
    if database is None:
        converter.no_database = True
        steps = converter.preprocessors
        converter.preprocessors = [step for step in steps if step.__name__ != "SaveCells"]
    log = _Words()
    converter.log = log.logger
    try:
        converter.start()
    except NbGraderException as error:
        raise CourseError(f"{sheet}: {log.last or error}") from None


def _configuration(course: Course) -> "Config":
    from traitlets.config import Config
    from traitlets.config.loader import PyFileConfigLoader

    path = course.root / "nbgrader_config.py"
    if not path.exists():
        return Config()
    return PyFileConfigLoader(path.name, path=str(path.parent)).load_config()


class _Words(logging.Handler):
    """Keeps nbgrader's log to itself, but for the last line of what went wrong."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.last = ""
        self.logger = logging.Logger("nbgrader")
        self.logger.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        lines = [line for line in record.getMessage().splitlines() if line.strip()]
        if lines and not lines[-1].startswith(("Please see", "There was an error")):
            self.last = re.sub(r"^[\w.]+(Error|Exception): ", "", lines[-1])


def _refuse_leaks(sheet: str, data: bytes) -> None:
    for cell in json.loads(data)["cells"]:
        for mark in MARKS:
            if mark in "".join(cell["source"]):
                raise CourseError(f"{sheet}: {mark!r} without its end, so nothing is handed out")
