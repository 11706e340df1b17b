"""What marking a submission comes to: points and words for each question, to and from JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum


class Status(StrEnum):
    """What became of a question."""

    PASSED = "passed"
    """Right: full points."""
    FAILED = "failed"
    """Wrong: no points, and words on why."""
    UNANSWERED = "unanswered"
    """Left as it was handed out: no points."""
    MISSING = "missing"
    """The answer's cell is not in the notebook: no points."""
    ENDED = "ended"
    """The student's code ran too long or ended its process: no points."""
    PENDING = "pending"
    """Waits for a person: points is None."""


@dataclass(frozen=True)
class Question:
    """One marked cell of the sheet.

    Nothing here holds what was expected, or a line of a hidden check.

    Parameters
    ----------
    name : str
        nbgrader's name of the cell.
    points : float or None
        None as long as a person has to mark it.
    out_of : float
    status : Status
    message : str
        Words for the student: those of the check, or what stopped it.
    answer : str
        What is to be marked by hand, as it was handed in, wherever it stands.
    asked : str
        What a check that failed asked last, as one would write it: the call
        ``settled_gain(2.1)``, or the name ``balance``. Empty where nothing was asked.
    got : str
        What came back of that, as Python writes it, shortened; empty where
        nothing came back (`message` says why).
    mistake : str
        The key of the known mistake that gives this very answer, from the
        table beside the sheet (`marking.mistakes`); empty where none does.
    """

    name: str
    points: float | None
    out_of: float
    status: Status
    message: str = ""
    answer: str = ""
    asked: str = ""
    got: str = ""
    mistake: str = ""


@dataclass(frozen=True)
class Result:
    """The marks of one submission, or why it could not be read.

    Parameters
    ----------
    student : str
        The id that the marks belong to.
    questions : tuple of Question
        In the order of the sheet; empty where the file could not be read.
    problem : str
        Why the file could not be read; empty where it was.
    notes : tuple of str
        What the teacher should know.
    """

    student: str
    questions: tuple[Question, ...] = ()
    problem: str = ""
    notes: tuple[str, ...] = ()

    @property
    def could_be_read(self) -> bool:
        """Whether there are marks at all: no marks are not the same as 0."""
        return not self.problem

    @property
    def points(self) -> float | None:
        """The points so far, None where the file could not be read."""
        return sum(q.points or 0 for q in self.questions) if self.could_be_read else None

    @property
    def out_of(self) -> float:
        """What the sheet is worth, with the questions that wait for a person."""
        return sum(question.out_of for question in self.questions)

    @property
    def pending(self) -> float:
        """The points that a person still has to decide on."""
        return sum(q.out_of for q in self.questions if q.status == Status.PENDING)

    def to_json(self, **more: str) -> str:
        """The result as text, with `more` entries beside it."""
        totals = {"points": self.points, "out_of": self.out_of, "pending": self.pending}
        return json.dumps({**asdict(self), **totals, **more}, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Result:
        """The result that `to_json` wrote."""
        data = json.loads(text)
        questions = tuple(
            Question(**{**question, "status": Status(question["status"])})
            for question in data["questions"]
        )
        return cls(data["student"], questions, data["problem"], tuple(data["notes"]))
