"""Mark: what was collected of a sheet, into results and nbgrader's gradebook."""

from collections.abc import Sequence

from coursework.adopt import adopt_all
from coursework.course import Course, CourseError
from coursework.gradebook import by_hand, record
from coursework.release import generate
from coursework.submitted import handed_in
from marking import SandboxError, SheetError, command
from marking.submissions import Folder, Submission

OTHER_IDS = """\
Most students typed another id than the one they were collected under, so that answers which are
plain numbers look wrong. A roster knows both: collect again with --roster (ROSTER=class.csv), and
mark again; nobody is listed twice."""


def mark(course: Course, sheet: str, options: Sequence[str] = ()) -> tuple[str, int]:
    """Mark a sheet's submissions and enter the marks: words on what became of it, and the status.

    Parameters
    ----------
    course : Course
    sheet : str
    options : sequence of str
        Those of `marking.command`, such as ``--jobs 4``.
    """
    course.require(sheet)
    found = [Submission(*entry) for entry in handed_in(course, sheet)]
    if not found:
        raise CourseError(f"nothing was collected of {sheet}: collect it first")
    paths = [str(course.root / "submitted"), str(course.source(sheet))]
    how = command.arguments([*paths, "--results", str(course.results(sheet)), *options])
    generate(course, sheet, course.database)  # the gradebook knows the sheet as it is marked
    try:
        outcome, _ = command.mark_folder(how, lambda folder, name: Folder(found))
    except (SheetError, SandboxError, OSError) as error:
        raise CourseError(str(error)) from error
    files = {entry.student: entry.path for entry in found}
    adopt_all(course, sheet, files)
    record(course, sheet, outcome.results, files)
    words = command.summary(outcome, [], course.results(sheet))
    if 2 * sum(bool(result.notes) for result in outcome.results.values()) > len(outcome.results):
        words += "\n" + OTHER_IDS
    points, _ = by_hand(course, sheet)
    again = sorted(s for s in points if any(each.is_outdated for each in points[s].values()))
    if again:
        words += f"\n{len(again)} handed in again after you marked by hand, look again: "
        words += ", ".join(again)
    return words, 1 if outcome.failures else 0
