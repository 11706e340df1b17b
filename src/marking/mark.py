"""Mark one submission: a plain function of two files."""

import os
from pathlib import Path

from marking.bwrap import refuse_visible
from marking.by_hand import places_in, written
from marking.result import Question, Result, Status
from marking.sandbox import Limits
from marking.schedule import Action, Step, schedule
from marking.secret import seed
from marking.session import Session, Trouble
from marking.sheet import (
    Cell,
    Role,
    Sheet,
    UnreadableNotebook,
    parse,
    read_bytes,
    read_sheet,
)

LONGEST_ANSWER = 20_000
OTHER_SHEET = "another sheet: its questions are not those of this one"
NO_SHEET = "another notebook: no cell of this sheet is in it"
NOT_FOUND = "the cell of this answer was not found in your notebook"


def mark(
    path: str | os.PathLike[str],
    sheet: str | os.PathLike[str],
    student: str | None = None,
    limits: Limits | None = None,
    trusted: bool = False,
    secret: bytes = b"",
) -> Result:
    """The marks of the submission in a file.

    The student's cells run in a sandbox, the sheet's tests in another one that
    sees the student's names as plain data and as functions to call. What
    takes too long or ends its process costs its own question only.

    Parameters
    ----------
    path : path_like
        Notebook that was handed in.
    sheet : path_like
        Notebook with the tests, in nbgrader's format.
    student : str, optional
        Id of the student, by default the name of the file.
    limits : Limits, optional
    trusted : bool
        Run without the sandbox; for one's own notebooks.
    secret : bytes
        What the hidden checks draw their cases from; where it is empty, the
        cases are public.

    Returns
    -------
    Result
        Where the file is no notebook, its `problem` says why.

    Raises
    ------
    SheetError
        If the sheet cannot be read, or a locked cell of it fails.
    SandboxError
        If the sandbox cannot run here, or would show the sheet to the student.
    """
    if not trusted:
        refuse_visible(path, sheet)
    student = Path(path).stem if student is None else student
    the_sheet = read_sheet(sheet)
    try:
        data = read_bytes(path)
    except UnreadableNotebook as error:
        return Result(student, problem=str(error))
    return mark_cells(data, the_sheet, student, limits, trusted, secret)


def mark_cells(
    data: bytes,
    sheet: Sheet,
    student: str,
    limits: Limits | None = None,
    trusted: bool = False,
    secret: bytes = b"",
) -> Result:
    """The marks of a submission given as bytes, by a sheet that was read before; see `mark`."""
    try:
        cells = parse(data)
    except UnreadableNotebook as error:
        return Result(student, problem=str(error))
    if not student.strip():
        return Result(student, problem="no student's id in its name")
    with Session(student, limits or Limits(), trusted) as session:
        questions, notes = Marking(session, sheet, secret).follow(schedule(sheet, cells))
    if not any(question.points for question in questions):
        other = _other(sheet, cells)
        if other:
            return Result(student, problem=other)
    questions += [_by_hand(c, sheet, cells) for c in sheet.cells if c.role is Role.BY_HAND]
    names = [cell.name for cell in sheet.cells]
    questions.sort(key=lambda question: names.index(question.name))
    return Result(student, tuple(questions), notes=tuple(notes))


class Marking:
    """A submission on its way through the steps that mark it.

    Parameters
    ----------
    session : Session
    sheet : Sheet
    secret : bytes
    """

    def __init__(self, session: Session, sheet: Sheet, secret: bytes) -> None:
        self.session, self.sheet, self.secret = session, sheet, secret
        self.set_up: list[str] = []

    def follow(self, steps: list[Step]) -> tuple[list[Question], list[str]]:
        """Do the steps; the questions that they mark, and notes for the teacher."""
        questions: list[Question] = []
        notes: list[str] = []
        problem: Trouble | None = None
        self.session.name_student("examiner")
        for number, step in enumerate(steps):
            if step.do is Action.RUN:
                trouble = self.session.run(step.cell.source)
                problem = problem or trouble
            elif step.do is Action.RUN_COPY:
                self.session.run(step.cell.source)
            elif step.do is Action.SET_UP:
                if not any(earlier.do is Action.SET_UP for earlier in steps[:number]):
                    notes += _other_student(self.session)
                self.session.set_up(step.cell, "student")
            else:
                questions.append(_tested(step, self._test(step), problem))
                if not _same_answer_next(steps, number):
                    problem = None
        return questions, notes

    def _test(self, step: Step) -> Trouble | None:
        """Run a test, once the locked cells before it have run; each one runs once."""
        place = self.sheet.cells.index(step.cell)
        for cell in self.sheet.cells[:place]:
            if cell.role is Role.SETUP and cell.name not in self.set_up:
                self.session.set_up(cell, "examiner")
                self.set_up.append(cell.name)
        mistakes = [(m.key, m.code) for m in self.sheet.mistakes if m.answer == step.answer]
        digits = seed(self.secret, self.session.student, step.cell.name)
        found = self.session.test(step.cell.source, digits, mistakes)
        self.session.offer(step.cell)
        return found


def _other(sheet: Sheet, cells: list[Cell]) -> str:
    """Why a notebook without a point is not this sheet at all; "" where it is."""
    ours = {cell.name for cell in sheet.notebook}
    theirs = {cell.name for cell in cells if cell.name}
    if len(theirs - ours) > max(2, len(theirs & ours)):
        return OTHER_SHEET
    known = any(place is not None for place in places_in(sheet, cells))
    has_code = any(cell.kind == "code" and cell.source.strip() for cell in cells)
    return NO_SHEET if has_code and not known else ""


def _same_answer_next(steps: list[Step], number: int) -> bool:
    return number + 1 < len(steps) and steps[number + 1].do is Action.TEST


def _other_student(session: Session) -> list[str]:
    typed = session.typed_student()
    if not typed or typed.casefold() == session.student.strip().casefold():
        return []
    return [f"solved with the id {typed!r}, marked with the id {session.student!r}"]


def _tested(step: Step, found: Trouble | None, problem: Trouble | None) -> Question:
    """The question that a test cell decides."""
    cell = step.cell
    if found is None:
        return Question(cell.name, cell.points, cell.points, Status.PASSED)
    status, words = found.status, found.words
    if problem and status is not Status.ENDED:
        status = problem.status
    elif status is Status.FAILED and not step.found:
        status = Status.MISSING
    if problem and problem.status is status is Status.ENDED:
        words = problem.words
    elif problem:
        words = f"{problem.words}; {words}"
    if not step.found:
        words = f"{NOT_FOUND}; {words}"
    about = map(_printable, (words, "", found.asked, found.got, found.mistake))
    return Question(cell.name, 0.0, cell.points, status, *about)


def _printable(words: str) -> str:
    return "".join(c if c.isprintable() or c == "\n" else " " for c in words)


def _by_hand(cell: Cell, sheet: Sheet, cells: list[Cell]) -> Question:
    """A question that waits for a person, unless nothing was written for it anywhere."""
    found = written(cell, sheet, cells)
    is_there = any(other.name == cell.name for other in cells)
    if found:
        answer = "\n\n".join(other.source for other in found)[:LONGEST_ANSWER]
        in_place = is_there and all(other.name == cell.name for other in found)
        words = "" if in_place else "this stands outside the cell of its answer"
        return Question(cell.name, None, cell.points, Status.PENDING, words, answer)
    if is_there:
        return Question(cell.name, 0.0, cell.points, Status.UNANSWERED, "not answered yet")
    return Question(cell.name, 0.0, cell.points, Status.MISSING, NOT_FOUND)
