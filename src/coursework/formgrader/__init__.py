"""nbgrader's formgrader as this course uses it: its own page, and words in the place of a false 0.

The pages show what strangers wrote to a teacher whose browser may do everything.
The notebook behind a page holds cleaned HTML alone (`coursework.autograded`);
the page cleans it once more, and its Content-Security-Policy lets no script run
but its own and lets nothing be fetched from elsewhere.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.server_extensions.formgrader.base import BaseHandler

from coursework.allowlist import clean
from coursework.course import Course
from coursework.shown import held
from marking.result import Result

HERE = Path(__file__).parent
LISTS = (
    "get_notebook_submissions",
    "get_submissions",
    "get_student_submissions",
    "get_student_notebook_submissions",
)
NOT_HERE = """\
Not here: nbgrader would run students' code with your rights,
and its pages would show them the hidden checks. Use `make mark` and
`make return`, or `python -m coursework`."""


def configure(config: Any) -> None:
    """Settings for nbgrader, and the parts of it that have none."""
    config.HTMLExporter.template_file = str(HERE / "page.html.j2")
    config.HTMLExporter.filters = {"cleaned": cleaned}
    Autograde.start = GenerateFeedback.start = refuse
    _tell_what_could_not_be_read()


def cleaned(html: str) -> str:
    """The HTML of a cell, through the allow-list once more: the last thing before the page."""
    return clean(html, held)


def refuse(converter: Any) -> None:
    """Stands in the place of nbgrader's own marking and feedback, before they touch a file."""
    converter.log.error(NOT_HERE)
    raise NbGraderException(NOT_HERE)


@cache
def _tell_what_could_not_be_read() -> None:
    """Mend nbgrader's tables, once: it reads its settings anew for every page."""
    for name in LISTS:
        setattr(NbGraderAPI, name, _telling(getattr(NbGraderAPI, name)))
    BaseHandler.render = _with_script(BaseHandler.render)


def _telling(listed: Callable[..., Any]) -> Callable[..., Any]:
    """A list of submissions that tells which ones could not be read."""

    def told(self: Any, *arguments: Any, **options: Any) -> Any:
        submissions = listed(self, *arguments, **options)
        course = Course(Path(self.coursedir.root))
        return [each | {"unreadable": _is_unreadable(course, each)} for each in submissions]

    return told


def _is_unreadable(course: Course, submission: dict[str, Any]) -> bool:
    """Whether a 0 in nbgrader's list stands for a file that nobody could read."""
    if submission["score"] or not submission["needs_manual_grade"]:
        return False  # a person has marked it
    path = course.results(submission["name"]) / f"{submission['student']}.json"
    try:
        return not Result.from_json(path.read_text()).could_be_read
    except (OSError, ValueError, LookupError, TypeError):
        return False


def _with_script(render: Callable[..., str]) -> Callable[..., str]:
    """Pages whose tables say what could not be read, in the place of points."""
    script = f"<script>\n{(HERE / 'unreadable.js').read_text()}</script>\n</head>"

    def rendered(self: Any, name: str, **values: Any) -> str:
        return render(self, name, **values).replace("</head>", script, 1)

    return rendered
