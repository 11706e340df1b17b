"""What marking a submission comes to: points and words for each question, to and from JSON."""

import json
from dataclasses import asdict, dataclass

STATUSES = {
    "passed": "right: full points",
    "failed": "wrong: no points, and words on why",
    "unanswered": "left as it was handed out: no points",
    "missing": "the answer's cell is not in the notebook: no points",
    "ended": "the student's code ran too long or ended its process: no points",
    "pending": "waits for a person: points is None",
}


@dataclass(frozen=True)
class Question:
    """One marked cell of the sheet.

    Parameters
    ----------
    name : str
        nbgrader's name of the cell.
    points : float or None
        None as long as a person has to mark it.
    out_of : float
    status : str
        A key of `STATUSES`.
    message : str
        Words for the student.
    answer : str
        What is to be marked by hand, as it was handed in.
    """

    name: str
    points: float | None
    out_of: float
    status: str
    message: str = ""
    answer: str = ""


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
    def could_be_read(self):
        """Whether there are marks at all: no marks are not the same as 0."""
        return not self.problem

    @property
    def points(self):
        """The points so far, None where the file could not be read."""
        return sum(q.points or 0 for q in self.questions) if self.could_be_read else None

    @property
    def out_of(self):
        """What the sheet is worth, with the questions that wait for a person."""
        return sum(question.out_of for question in self.questions)

    @property
    def pending(self):
        """The points that a person still has to decide on."""
        return sum(q.out_of for q in self.questions if q.status == "pending")

    def to_json(self, **more):
        """The result as text, with `more` entries beside it."""
        totals = {"points": self.points, "out_of": self.out_of, "pending": self.pending}
        return json.dumps({**asdict(self), **totals, **more}, indent=1)

    @classmethod
    def from_json(cls, text):
        """The result that `to_json` wrote."""
        data = json.loads(text)
        questions = tuple(Question(**question) for question in data["questions"])
        return cls(data["student"], questions, data["problem"], tuple(data["notes"]))
