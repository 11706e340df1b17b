"""In what order a submission is marked: its own cells, and the sheet's between them.

The student's cells run in the order in which they stand. The tests run right
after the cell that answers them, and after the student's own cells that
follow it. What students do to a sheet costs no marks by itself:

- a *moved* cell is run where it stands now;
- of a *duplicated* answer the last copy counts, as it does in the notebook;
- a *renamed* or *deleted* answer is looked for by place: its tests run before
  the next cell of the sheet that is still there, or at the end, against
  whatever the notebook defines by then;
- *locked* cells and tests are taken from the sheet, whatever became of their copies.

What stands after the last test is not run: no mark can depend on it. So a
picture at the end of a sheet, which a person marks, is not drawn again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from marking.sheet import Cell, Role, Sheet


class Action(Enum):
    """What is done with a cell."""

    RUN = auto()
    """A cell of the student is run."""
    SET_UP = auto()
    """A locked cell of the sheet is run on both sides."""
    TEST = auto()
    BY_HAND = auto()
    """An answer is put before a person."""


@dataclass(frozen=True)
class Step:
    """One thing to do with a cell of the student or of the sheet."""

    do: Action
    cell: Cell
    found: bool = True  # whether the submission has the cell, or the answer to the test


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
    known = [order.get(cell.name) if cell.name else None for cell in cells]
    slots: list[list[Step]] = [
        [] for _ in range(len(cells) + 1)
    ]  # slot p is what happens before cell p
    for number, cell in enumerate(sheet.cells):
        if cell.role is Role.SETUP:
            slots[_first(known, number)].append(Step(Action.SET_UP, cell))
        elif cell.role is Role.TEST:
            place, found = _place_of_test(sheet, known, number)
            slots[place].append(Step(Action.TEST, cell, found))
    steps: list[Step] = []
    for place, slot in enumerate(slots):
        steps += slot
        if place < len(cells) and cells[place].kind == "code":
            ours = known[place]
            if ours is None or sheet.cells[ours].role not in (Role.TEST, Role.SETUP):
                steps.append(Step(Action.RUN, cells[place]))
    while steps and steps[-1].do is Action.RUN:
        steps.pop()
    return steps + [_by_hand(cell, cells) for cell in sheet.cells if cell.role is Role.BY_HAND]


def _first(known: list[int | None], number: int) -> int:
    """Where a cell of the sheet stands, or else the first cell that follows it in the sheet."""
    if number in known:
        return known.index(number)
    later = [place for place, other in enumerate(known) if other is not None and other > number]
    return min(later, default=len(known))


def _place_of_test(sheet: Sheet, known: list[int | None], number: int) -> tuple[int, bool]:
    theirs = (Role.ANSWER, Role.BY_HAND)
    answers = [n for n in range(number) if sheet.cells[n].role in theirs]
    if not answers:
        return _first(known, number), True
    answer = answers[-1]
    if answer not in known:
        return _first(known, number), False
    place = len(known) - known[::-1].index(answer)
    while place < len(known) and known[place] is None:
        place += 1
    return place, True


def _by_hand(cell: Cell, cells: Sequence[Cell]) -> Step:
    copies = [other for other in cells if other.name == cell.name]
    theirs = replace(cell, source=copies[-1].source) if copies else cell
    return Step(Action.BY_HAND, theirs, bool(copies))
