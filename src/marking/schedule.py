"""In what order a submission is marked: its own cells, and the sheet's between them.

The student's cells run in the order in which they stand. The tests run right
after the cell that answers them, and after the student's own cells that
follow it. What students do to a sheet costs no marks by itself:

- a *moved* cell is run where it stands now;
- of a *duplicated* answer the last copy counts, as it does in the notebook;
- a *renamed* or *deleted* answer is looked for by place: its tests run before
  the next cell of the sheet that is still there, or at the end, against
  whatever the notebook defines by then;
- *locked* cells and tests are taken from the sheet, whatever became of their
  copies; a copy that was changed, by an import or an answer written into it,
  is run like a cell of the student's own.

What stands after the last test is not run: no mark can depend on it. So a
picture at the end of a sheet, which a person marks, is not drawn again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from marking.sheet import Cell, Role, Sheet, released


class Action(Enum):
    """What is done with a cell."""

    RUN = auto()
    """A cell of the student is run."""
    RUN_COPY = auto()
    """A copy of a cell of the sheet, changed by the student, is run: it may fail."""
    SET_UP = auto()
    """A locked cell of the sheet is run on both sides."""
    TEST = auto()


@dataclass(frozen=True)
class Step:
    """One thing to do with a cell of the student or of the sheet.

    Parameters
    ----------
    do : Action
    cell : Cell
    found : bool
        Whether the submission has the answer to the test.
    answer : str
        Name of the cell that answers the test.
    """

    do: Action
    cell: Cell
    found: bool = True
    answer: str = ""


def schedule(sheet: Sheet, cells: Sequence[Cell]) -> list[Step]:
    """The steps that mark a submission.

    Parameters
    ----------
    sheet : Sheet
    cells : list of Cell
        Those of the submission.

    Returns
    -------
    list of Step
    """
    order = {cell.name: number for number, cell in enumerate(sheet.cells)}
    words = _locked_words(sheet)
    known = [order.get(cell.name, words.get(cell.source.strip())) for cell in cells]
    theirs = {place for place, number in enumerate(known) if _is_theirs(sheet, number)}
    changed = {
        place
        for place, number in enumerate(known)
        if number is not None and place not in theirs and _differs(cells[place], sheet, number)
    }
    slots: list[list[Step]] = [[] for _ in range(len(cells) + 1)]  # slot p: before cell p
    for number, cell in enumerate(sheet.cells):
        if cell.role is Role.SETUP:
            place = _first(known, number)
            if place in changed:
                slots[place].append(Step(Action.RUN_COPY, cells[place]))
            slots[place].append(Step(Action.SET_UP, cell))
        elif cell.role is Role.TEST:
            place, found, answer = _place_of_test(sheet, known, changed, number)
            slots[place].append(Step(Action.TEST, cell, found, answer))
    steps: list[Step] = []
    for place, slot in enumerate(slots):
        steps += slot
        if place < len(cells) and cells[place].kind == "code":
            steps += _own(cells[place], known[place], place in theirs, place in changed, sheet)
    while steps and steps[-1].do in (Action.RUN, Action.RUN_COPY):
        steps.pop()
    return steps


def _locked_words(sheet: Sheet) -> dict[str, int]:
    """The words that stand in one locked cell or test only: so it is known without its name."""
    locked = [n for n, cell in enumerate(sheet.cells) if cell.role in (Role.SETUP, Role.TEST)]
    words = [released(sheet.cells[number]).strip() for number in locked]
    return {
        text: n for text, n in zip(words, locked, strict=True) if words.count(text) == 1 and text
    }


def _is_theirs(sheet: Sheet, number: int | None) -> bool:
    """Whether a cell is the student's to write."""
    return number is None or sheet.cells[number].role not in (Role.TEST, Role.SETUP)


def _differs(cell: Cell, sheet: Sheet, number: int) -> bool:
    """Whether the copy of a locked cell or of a test is not what was handed out."""
    lines = released(sheet.cells[number]).split()
    return cell.source.split() not in (lines, sheet.cells[number].source.split())


def _own(
    cell: Cell, number: int | None, is_theirs: bool, is_changed: bool, sheet: Sheet
) -> list[Step]:
    """What is to be done with a code cell of the submission where it stands."""
    if is_theirs:
        return [Step(Action.RUN, cell)]
    if is_changed and number is not None and sheet.cells[number].role is Role.TEST:
        return [Step(Action.RUN_COPY, cell)]
    return []


def _first(known: list[int | None], number: int) -> int:
    """Where a cell of the sheet stands, or else the first cell that follows it in the sheet."""
    if number in known:
        return known.index(number)
    later = [place for place, other in enumerate(known) if other is not None and other > number]
    return min(later, default=len(known))


def _place_of_test(
    sheet: Sheet, known: list[int | None], changed: set[int], number: int
) -> tuple[int, bool, str]:
    """Before which cell a test runs, whether its answer is there, and the answer's name."""
    theirs = (Role.ANSWER, Role.BY_HAND)
    answers = [n for n in range(number) if sheet.cells[n].role in theirs]
    if not answers:
        return _first(known, number), True, ""
    answer, name = answers[-1], sheet.cells[answers[-1]].name
    if answer not in known:
        return _first(known, number), False, name
    place = len(known) - known[::-1].index(answer)
    while place < len(known) and (known[place] is None or place in changed):
        place += 1
    return place, True, name
