"""Feedback: what each student gets back, in points and words.

What the words could give away, the paths of the machine that marked, is taken
out of them; no cell of the sheet is ever in them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coursework.course import Course
from coursework.gradebook import Decision, by_hand
from coursework.questions import Question
from coursework.students import names
from marking.mistakes import NAME, Mistake, read_mistakes
from marking.result import Question as MarkedQuestion
from marking.result import Result

PLACE = re.compile(r"(?<![\w./])(?:[A-Za-z]:\\|~?/)[^\s'\"()<>,:;]*[/\\][^\s'\"()<>,:;]*")
LONGEST = 600


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
    """What one question came to.

    Parameters
    ----------
    title : str
    points : float or None
        None where a person has still to read it.
    out_of : float
    words : tuple of str
        Of the checks that were not passed: what was asked, and what came back.
    mistake : Mistake, optional
        One that gives just these answers.
    section : str
        Of the book, to be read again where points were lost.
    comments : tuple of str
        A teacher's, in Markdown.
    is_outdated : bool
        Whether a person read what was handed in before.
    """

    title: str
    points: float | None
    out_of: float
    words: tuple[str, ...] = ()
    mistake: Mistake | None = None
    section: str = ""
    comments: tuple[str, ...] = ()
    is_outdated: bool = False


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
    mistakes = read_mistakes(course.source(sheet).with_name(NAME))
    for student in sorted(points):
        result = _result_of(course, sheet, student)
        if result is None:
            continue  # not marked, or not whole: others are not kept waiting
        theirs = (result, points[student], comments.get(student, {}))
        lines = [_line(question, worth, mistakes, *theirs) for question in questions]
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
    known: Sequence[Mistake],
    result: Result,
    points: dict[str, Decision],
    comments: dict[str, str | None],
) -> Line:
    """What a question came to: points of all its cells, words of those that were not passed."""
    scores = [points[cell] for cell in question.cells]
    lost = [q for q in result.questions if q.name in question.cells and _is_lost(q, points)]
    key = next((q.mistake for q in lost if q.mistake), "")
    its = [mistake for mistake in known if mistake.answer in question.answers]
    said = [comments.get(cell) or "" for cell in question.answers + question.cells]
    return Line(
        question.title,
        None if any(score.is_open for score in scores) else sum(score.points for score in scores),
        sum(worth[cell] for cell in question.cells),
        _distinct(_words(q) for q in lost),
        next((mistake for mistake in its if mistake.key == key), None),
        its[0].section if its and lost else "",
        _distinct(said),
        any(score.is_outdated for score in scores),
    )


def _words(question: MarkedQuestion) -> str:
    """What was asked and what came back, in the words of the check where it says so."""
    words = question.message
    if question.asked and question.got and "came back" not in words:
        words += f"; `{question.asked}` came back as {question.got}"
    return tame(words)


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    """No line twice, and none that another one holds already."""
    lines = [each.strip() for each in dict.fromkeys(words) if each.strip()]
    return tuple(a for a in lines if not any(a != b and a in b for b in lines))


def _is_lost(question: MarkedQuestion, points: dict[str, Decision]) -> bool:
    """Whether marking took points for this that no person gave back."""
    return question.points is not None and points[question.name].points < question.out_of


def tame(words: str) -> str:
    """Words without the paths of the machine that marked, and of bounded length."""
    words = PLACE.sub("…", words.strip())
    return words if len(words) <= LONGEST else words[:LONGEST] + " …"
