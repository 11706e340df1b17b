"""Feedback: what each student gets back, and the page that says it.

A page holds points and words only. What the words could give away, the paths
of this machine, is taken out of them; no cell of the sheet is ever in a page.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from pathlib import Path
from string import Template

from coursework.course import Course
from coursework.gradebook import Decision, by_hand
from coursework.marks import number
from coursework.questions import Question
from coursework.students import names
from marking.result import Question as MarkedQuestion
from marking.result import Result

PAGE = Template(Path(__file__).with_name("page.html").read_text(encoding="utf-8"))
PLACE = re.compile(r"(?<![\w./])(?:[A-Za-z]:\\|~?/)[^\s'\"()<>,:;]*[/\\][^\s'\"()<>,:;]*")
CODE = re.compile(r"`([^`\n]+)`")
LONGEST = 600
OTHER_ID = "tell your teacher if an answer that is a plain number looks right to you."


class Status(StrEnum):
    """What a student's sheet has come to."""

    MARKED = "marked"
    WAITING = "waits for marking by hand"
    AGAIN = "handed in again: waits for a new look"
    UNREADABLE = "could not be read"
    UNMARKED = "not marked yet"
    MISSING = "nothing handed in"


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
    is_outdated: bool = False  # whether a person decided on what was handed in before

    @property
    def status(self) -> Status:
        """Marked, waiting for a person, or not to be read at all."""
        if self.problem:
            return Status.UNREADABLE
        if self.is_outdated:
            return Status.AGAIN
        is_open = any(line.points is None for line in self.lines)
        return Status.WAITING if is_open else Status.MARKED

    @property
    def points(self) -> float | None:
        """The points so far; None where the file could not be read."""
        return None if self.problem else sum(line.points or 0 for line in self.lines)

    @property
    def out_of(self) -> float:
        """What the sheet is worth."""
        return sum(line.out_of for line in self.lines)


def read_feedback(course: Course, sheet: str, questions: Sequence[Question]) -> Iterator[Feedback]:
    """The feedback of each student: the results of marking, and what a person decided since."""
    points, comments = by_hand(course, sheet)
    worth, known = _worth(course, sheet), names(course)
    for student in sorted(points):
        result = _result_of(course, sheet, student)
        if result is None:
            continue  # not marked, or not whole: others are not kept waiting
        theirs = (result, points[student], comments.get(student, {}))
        lines = [_line(question, worth, *theirs) for question in questions]
        rescued = any(decision.by_hand for decision in points[student].values())
        problem = "" if rescued else result.problem
        is_outdated = any(decision.is_outdated for decision in points[student].values())
        name = known.get(student, "")
        yield Feedback(student, name, tuple(lines), problem, result.notes, is_outdated)


def _result_of(course: Course, sheet: str, student: str) -> Result | None:
    try:
        return Result.from_json((course.results(sheet) / f"{student}.json").read_text())
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _worth(course: Course, sheet: str) -> dict[str, float]:
    with course.gradebook() as gradebook:
        notebook = gradebook.find_notebook(sheet, sheet)
        return {cell.name: cell.max_score for cell in [*notebook.grade_cells, *notebook.task_cells]}


def _line(
    question: Question,
    worth: dict[str, float],
    result: Result,
    points: dict[str, Decision],
    comments: dict[str, str | None],
) -> Line:
    """What a question came to: points of all its cells, words of those that were not passed."""
    scores = [points[cell] for cell in question.cells]
    is_open = any(score.is_open for score in scores)
    words = [
        q.message for q in result.questions if q.name in question.cells and _is_lost(q, points)
    ]
    words += [comments.get(cell) or "" for cell in dict.fromkeys(question.answers + question.cells)]
    return Line(
        question.title,
        None if is_open else sum(score.points for score in scores),
        sum(worth[cell] for cell in question.cells),
        tuple(dict.fromkeys(tame(each) for each in words if each)),
    )


def _is_lost(question: MarkedQuestion, points: dict[str, Decision]) -> bool:
    """Whether marking took points for this that no person gave back."""
    return question.points is not None and points[question.name].points < question.out_of


def tame(words: str) -> str:
    """Words without the paths of the machine that marked, and of bounded length."""
    words = PLACE.sub("…", words.strip())
    return words if len(words) <= LONGEST else words[:LONGEST] + " …"


def page(feedback: Feedback, title: str) -> str:
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


def _result(feedback: Feedback) -> str:
    if feedback.problem:
        return (
            f"Your file could not be read, so it was not marked: {tame(feedback.problem)}. "
            "Please ask your teacher how to hand it in again."
        )
    words = f"{number(feedback.points or 0)} of {number(feedback.out_of)} points"
    if feedback.status in (Status.WAITING, Status.AGAIN):
        words += " so far; some answers are still being read"
    return words


def _row(line: Line) -> str:
    if line.points is None:
        mark = "–"
        words: tuple[str, ...] = ("A person reads this answer; the points will follow.",)
    else:
        mark, words = number(line.points), line.words
        if not words and line.points >= line.out_of:
            words = ("Full points.",)
    said = "".join(f"<p>{_typeset(each)}</p>" for each in words)
    return (
        f"<tr><th scope=row>{escape(line.title)}</th>"
        f"<td class=points>{mark} of {number(line.out_of)}</td><td>{said}</td></tr>\n"
    )


def _typeset(words: str) -> str:
    """Words as HTML, what stands between backticks as code."""
    return CODE.sub(r"<code>\1</code>", escape(words))
