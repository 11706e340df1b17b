"""Return: a page for each student, and a table for the teacher.

A page holds points and words only. What the words could give away, the paths
of this machine, is taken out of them; no cell of the sheet is ever in a page.
"""

import csv
import io
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template

from coursework.course import CourseError, write
from coursework.gradebook import by_hand
from coursework.questions import read_questions
from marking.result import Result

PAGE = Template(Path(__file__).with_name("page.html").read_text(encoding="utf-8"))
PLACE = re.compile(r"(?<![\w./])(?:[A-Za-z]:\\|~?/)[^\s'\"()<>,:;]*[/\\][^\s'\"()<>,:;]*")
CODE = re.compile(r"`([^`\n]+)`")
LONGEST = 600
OTHER_ID = "tell your teacher if an answer that is a plain number looks right to you."
MARKED, WAITING, UNREADABLE = "marked", "waits for marking by hand", "could not be read"


@dataclass(frozen=True)
class Line:
    """What one question came to: points, None where it is open, and words for the student."""

    title: str
    points: float | None
    out_of: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Feedback:
    """What a student gets back for a sheet, and what the teacher's table says of it."""

    student: str
    name: str
    lines: tuple[Line, ...]
    problem: str = ""
    notes: tuple[str, ...] = ()

    @property
    def status(self):
        """Marked, waiting for a person, or not to be read at all."""
        if self.problem:
            return UNREADABLE
        return WAITING if any(line.points is None for line in self.lines) else MARKED

    @property
    def points(self):
        """The points so far; None where the file could not be read."""
        return None if self.problem else sum(line.points or 0 for line in self.lines)

    @property
    def out_of(self):
        """What the sheet is worth."""
        return sum(line.out_of for line in self.lines)


def give_back(course, sheet):
    """Write the pages and the table of a sheet; what was written, by student."""
    course.require(sheet)
    questions, title = read_questions(course.source(sheet))
    all_feedback = list(read_feedback(course, sheet, questions))
    if not all_feedback:
        raise CourseError(f"nothing was marked of {sheet}: mark it first")
    for feedback in all_feedback:
        write(course.feedback(feedback.student, sheet), page(feedback, title))
    text = table(all_feedback, questions)
    write(table_path(course, sheet), text.encode("utf-8-sig"))
    return all_feedback


def table_path(course, sheet):
    """Where the table of a sheet lies."""
    return course.root / "feedback" / f"{sheet}.csv"


def read_feedback(course, sheet, questions):
    """The feedback of each student: the results of marking, and what a person decided since."""
    points, comments = by_hand(course, sheet)
    worth, names = _worth(course, sheet), course.names()
    for student in sorted(points):
        path = course.results(sheet) / f"{student}.json"
        if not path.exists():
            raise CourseError(f"the result of {student} is missing: mark {sheet} again")
        result = Result.from_json(path.read_text())
        theirs = (result, points[student], comments.get(student, {}))
        lines = [_line(question, worth, *theirs) for question in questions]
        rescued = any(manual for _, _, manual in points[student].values())
        problem = "" if rescued else result.problem
        yield Feedback(student, names.get(student, ""), tuple(lines), problem, result.notes)


def _worth(course, sheet):
    with course.gradebook() as gradebook:
        notebook = gradebook.find_notebook(sheet, sheet)
        return {cell.name: cell.max_score for cell in [*notebook.grade_cells, *notebook.task_cells]}


def _line(question, worth, result, points, comments):
    """What a question came to: points of all its cells, words of those that were not passed."""
    scores = [points[cell] for cell in question.cells]
    is_open = any(needs and not manual for _, needs, manual in scores)
    words = [
        q.message for q in result.questions if q.name in question.cells and _is_lost(q, points)
    ]
    words += [comments.get(cell) or "" for cell in dict.fromkeys(question.answers + question.cells)]
    return Line(
        question.title,
        None if is_open else sum(score for score, _, _ in scores),
        sum(worth[cell] for cell in question.cells),
        tuple(dict.fromkeys(tame(each) for each in words if each)),
    )


def _is_lost(question, points):
    """Whether marking took points for this that no person gave back."""
    return question.points is not None and points[question.name][0] < question.out_of


def tame(words):
    """Words without the paths of the machine that marked, and of bounded length."""
    words = PLACE.sub("…", words.strip())
    return words if len(words) <= LONGEST else words[:LONGEST] + " …"


def page(feedback, title):
    """The page of a student, complete in itself."""
    rows = "".join(_row(line) for line in feedback.lines) if not feedback.problem else ""
    return PAGE.substitute(
        title=escape(title),
        student=escape(f"{feedback.name} ({feedback.student})".removeprefix(" ").strip())
        if feedback.name
        else escape(feedback.student),
        result=escape(_result(feedback)),
        notes="".join(
            f"<p>{escape(tame(note[:1].upper() + note[1:]))}: {OTHER_ID}</p>\n"
            for note in feedback.notes
        ),
        rows=rows,
        hidden="hidden" if feedback.problem else "",
    )


def _result(feedback):
    if feedback.problem:
        return (
            f"Your file could not be read, so it was not marked: {tame(feedback.problem)}. "
            "Please ask your teacher how to hand it in again."
        )
    words = f"{number(feedback.points)} of {number(feedback.out_of)} points"
    if feedback.status == WAITING:
        words += " so far; some answers are still being read"
    return words


def _row(line):
    if line.points is None:
        mark, words = "–", ("A person reads this answer; the points will follow.",)
    else:
        mark, words = number(line.points), line.words
    if not words:
        words = ("Full points.",) if line.points >= line.out_of else ()
    said = "".join(f"<p>{_typeset(each)}</p>" for each in words)
    return (
        f"<tr><th scope=row>{escape(line.title)}</th>"
        f"<td class=points>{mark} of {number(line.out_of)}</td><td>{said}</td></tr>\n"
    )


def _typeset(words):
    """Words as HTML, what stands between backticks as code."""
    return CODE.sub(r"<code>\1</code>", escape(words))


def number(value):
    """A number of points without needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def table(all_feedback, questions):
    """The table of a sheet as CSV: one row for each student, one column for each question."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["id", "name", "status", "points", "out of", *(q.title for q in questions)])
    for feedback in all_feedback:
        points = ["" if feedback.problem else _cell(line.points) for line in feedback.lines]
        who = [_harmless(feedback.student), _harmless(feedback.name)]
        totals = [_cell(feedback.points), number(feedback.out_of)]
        rows.writerow([*who, feedback.status, *totals, *points])
    return text.getvalue()


def _cell(points):
    return "" if points is None else number(points)


def _harmless(text):
    """A text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") else text
