"""Mark one submission: a plain function of two files."""

import os
from pathlib import Path

from marking.bwrap import refuse_visible
from marking.result import Question, Result, Status
from marking.sandbox import Limits
from marking.schedule import Action, Step, schedule
from marking.session import Session, Trouble
from marking.sheet import (
    Cell,
    Role,
    Sheet,
    UnreadableNotebook,
    parse,
    read_bytes,
    read_sheet,
    released,
)

LONGEST_ANSWER = 20_000


def mark(
    path: str | os.PathLike[str],
    sheet: str | os.PathLike[str],
    student: str | None = None,
    limits: Limits | None = None,
    trusted: bool = False,
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
    return mark_cells(data, the_sheet, student, limits, trusted)


def mark_cells(
    data: bytes,
    sheet: Sheet,
    student: str,
    limits: Limits | None = None,
    trusted: bool = False,
) -> Result:
    """The marks of a submission given as bytes, by a sheet that was read before; see `mark`."""
    try:
        steps = schedule(sheet, parse(data))
    except UnreadableNotebook as error:
        return Result(student, problem=str(error))
    with Session(student, limits or Limits(), trusted) as session:
        questions, notes = _follow(steps, sheet, session)
    names = [cell.name for cell in sheet.cells]
    questions.sort(key=lambda question: names.index(question.name))
    return Result(student, tuple(questions), notes=tuple(notes))


def _follow(steps: list[Step], sheet: Sheet, session: Session) -> tuple[list[Question], list[str]]:
    """Do the steps; the questions that they mark, and notes for the teacher."""
    questions: list[Question] = []
    notes: list[str] = []
    set_up: list[str] = []
    problem: Trouble | None = None
    session.name_student("examiner")
    for number, step in enumerate(steps):
        if step.do is Action.RUN:
            trouble = session.run(step.cell.source)
            problem = problem or trouble
        elif step.do is Action.SET_UP:
            if not any(earlier.do is Action.SET_UP for earlier in steps[:number]):
                notes += _other_student(session)
            session.set_up(step.cell, "student")
        elif step.do is Action.TEST:
            _set_up_examiner(session, sheet, step.cell, set_up)
            questions.append(_tested(step, session.test(step.cell.source), problem))
            if not _same_answer_next(steps, number):
                problem = None
        else:
            questions.append(_by_hand(step, sheet))
    return questions, notes


def _same_answer_next(steps: list[Step], number: int) -> bool:
    return number + 1 < len(steps) and steps[number + 1].do is Action.TEST


def _set_up_examiner(session: Session, sheet: Sheet, test: Cell, done: list[str]) -> None:
    """Run the locked cells before a test, in the order of the sheet, each one once."""
    for cell in sheet.cells[: sheet.cells.index(test)]:
        if cell.role is Role.SETUP and cell.name not in done:
            session.set_up(cell, "examiner")
            done.append(cell.name)


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
    status, words = found
    if problem and status is not Status.ENDED:
        status = problem.status
    elif status is Status.FAILED and not step.found:
        status = Status.MISSING
    if problem:
        words = f"{problem.words}; {words}"
    if not step.found:
        words = f"the cell of this answer was not found in your notebook; {words}"
    return Question(cell.name, 0.0, cell.points, status, _printable(words))


def _printable(words: str) -> str:
    return "".join(c if c.isprintable() or c == "\n" else " " for c in words)


def _by_hand(step: Step, sheet: Sheet) -> Question:
    """A question that waits for a person, unless there is nothing to read."""
    cell = step.cell
    if not step.found:
        words = "the cell of this answer was not found in your notebook"
        return Question(cell.name, 0.0, cell.points, Status.MISSING, words)
    original = next(other for other in sheet.cells if other.name == cell.name)
    if cell.source.strip() in ("", released(original).strip()):
        return Question(cell.name, 0.0, cell.points, Status.UNANSWERED, "not answered yet")
    answer = cell.source[:LONGEST_ANSWER]
    return Question(cell.name, None, cell.points, Status.PENDING, answer=answer)
