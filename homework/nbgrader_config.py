"""nbgrader's settings for this course; its commands and its formgrader read them in this folder."""

from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.converters.base import NbGraderException

NOT_HERE = """\
Not here: nbgrader would run students' code with your rights,
and its pages would show them the hidden checks. Use `make mark` and
`make return`, or `python -m coursework`."""


def refuse(converter):
    """Stands in the place of nbgrader's own marking and feedback, before they touch a file."""
    converter.log.error(NOT_HERE)
    raise NbGraderException(NOT_HERE)


Autograde.start = GenerateFeedback.start = refuse

c = get_config()  # noqa: F821  nbgrader provides it

c.HTMLExporter.sanitize_html = True  # what students wrote is shown in the teacher's browser
