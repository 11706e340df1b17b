"""What a person has to read: looked for wherever a student may have written it.

An answer to be marked by hand belongs into its cell. It is found as well

- in cells of the student's own around that cell, or in the place where it stood;
- where there is none of these, in any text of the student's own: a cell of
  prose, a cell of comments, prose that was added to the text of a question,
  or a picture.

Cells of the sheet that have lost their names are known by their words.
"""

from collections.abc import Sequence
from itertools import takewhile

from marking.sheet import Cell, Role, Sheet, released

ADDED = 20  # letters more than the sheet's own text: a misprint that was mended is no answer


def written(cell: Cell, sheet: Sheet, cells: Sequence[Cell]) -> list[Cell]:
    """What a student wrote in answer to a cell that is marked by hand, in order.

    Parameters
    ----------
    cell : Cell
        That of the sheet.
    sheet : Sheet
    cells : sequence of Cell
        Those of the submission.
    """
    number = sheet.notebook.index(cell)
    places = places_in(sheet, cells)
    here = {place for place, known in enumerate(places) if known == number}
    near = _around(here, places) if here else _instead(number, places)
    found = [place for place in sorted(here | near) if _says(cells[place], cell)]
    if not found:
        given = {released(ours).strip() for ours in sheet.notebook}
        found = [
            place
            for place, known in enumerate(places)
            if cells[place].picture or cells[place].source.strip() not in given
            if _is_text(cells[place], None if known is None else sheet.notebook[known])
        ]
    return [cells[place] for place in found]


def places_in(sheet: Sheet, cells: Sequence[Cell]) -> list[int | None]:
    """Which cell of the sheet each cell of a submission is, by its name or else by its words."""
    names = {cell.name: number for number, cell in enumerate(sheet.notebook)}
    words: dict[str, int | None] = {}
    for number, cell in enumerate(sheet.notebook):
        text = released(cell).strip()
        words[text] = None if text in words or cell.role is Role.ANSWER else number
    words.pop("", None)
    return [
        names[cell.name] if cell.name in names else words.get(cell.source.strip()) for cell in cells
    ]


def _around(here: set[int], places: list[int | None]) -> set[int]:
    """The student's own cells that touch the cells at these places."""
    found: set[int] = set()
    for place in here:
        after, before = range(place + 1, len(places)), range(place - 1, -1, -1)
        for way in (after, before):
            found.update(takewhile(lambda at: places[at] is None, way))
    return found


def _instead(number: int, places: list[int | None]) -> set[int]:
    """The student's own cells after the last cell that stands before this one in the sheet."""
    earlier = [place for place, known in enumerate(places) if known is not None and known < number]
    start = max(earlier, default=-1) + 1
    return set(takewhile(lambda at: places[at] is None, range(start, len(places))))


def _says(theirs: Cell, ours: Cell) -> bool:
    """Whether a cell holds more than what was handed out."""
    return theirs.picture or theirs.source.strip() not in ("", released(ours).strip())


def _is_text(theirs: Cell, ours: Cell | None) -> bool:
    """Whether a cell, far from where it belongs, is prose or a picture of the student's own."""
    text = theirs.source.strip()
    if ours is not None and ours.role is Role.PROSE:
        return len(text) >= len(ours.source.strip()) + ADDED
    if ours is not None and ours.role is Role.BY_HAND:
        return False  # another answer
    if ours is not None and theirs.kind == ours.kind:
        return False
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if theirs.kind == "code":
        is_prose = all(line.startswith("#") for line in lines) or text.startswith(('"""', "'''"))
        return theirs.picture or (bool(lines) and is_prose)
    return theirs.picture or bool(text)
