"""A student's cells, told apart: the answers to the sheet, and what is the student's own.

A cell of the sheet that reads otherwise is shown as the sheet has it, and once
more as the student left it: somebody may have answered in it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coursework.shown import Json, theirs
from marking.by_hand import places_in, written
from marking.sheet import (
    Cell,
    Role,
    Sheet,
    UnreadableNotebook,
    loaded,
    parse,
    released,
    sheet_from,
)


@dataclass(frozen=True)
class Model:
    """A cell of the sheet, as its author wrote it and as nbgrader knows it."""

    cell: Cell
    metadata: Json

    @property
    def is_answer(self) -> bool:
        """Whether the student writes it."""
        return self.cell.role in (Role.ANSWER, Role.BY_HAND)


@dataclass(frozen=True)
class HandedIn:
    """A cell that was handed in.

    Parameters
    ----------
    name : str
        Its name in the sheet, ``""`` where it is the student's own.
    shown : dict
        As the teacher sees it.
    home : str
        The name of the answer that it is read with, if it stands outside its cell.
    """

    name: str
    shown: Json
    home: str = ""


def models_of(sheet: Json) -> tuple[Sheet, dict[str, Model]]:
    """A sheet as marking reads it, and its cells by name, in order."""
    read = sheet_from(json.dumps(sheet).encode())
    about = (cell["metadata"].get("nbgrader") for cell in sheet["cells"])
    metadata = {each["grade_id"]: each for each in about if each}
    return read, {cell.name: Model(cell, metadata[cell.name]) for cell in read.notebook}


def handed_in(data: bytes, sheet: Sheet) -> list[HandedIn]:
    """The cells of a notebook in their order; none where it cannot be read."""
    try:
        cells = parse(data)
    except UnreadableNotebook:
        return []
    names = _names(sheet, cells)
    homes = _homes(sheet, cells, names)
    models = {cell.name: cell for cell in sheet.notebook}
    found: list[HandedIn] = []
    for place, (cell, raw) in enumerate(zip(cells, loaded(data)["cells"], strict=True)):
        shown, name = theirs(cell, raw), names[place]
        if name:
            found.append(HandedIn(name, shown))
        if not name or _is_changed(cell, models[name]):
            found.append(HandedIn("", shown, homes.get(place, "")))
    return found


def _names(sheet: Sheet, cells: Sequence[Cell]) -> list[str]:
    """The name of each cell; of copies the last one has it."""
    places = places_in(sheet, cells)
    return [
        "" if known is None or known in places[at + 1 :] else sheet.notebook[known].name
        for at, known in enumerate(places)
    ]


def _homes(sheet: Sheet, cells: Sequence[Cell], names: Sequence[str]) -> Mapping[int, str]:
    """With which answer a cell is read that stands outside of it, by its place."""
    at = {id(cell): place for place, cell in enumerate(cells)}
    homes: dict[int, str] = {}
    for model in sheet.cells:
        if model.role is Role.BY_HAND:
            places = [at[id(cell)] for cell in written(model, sheet, cells)]
            for place in places:
                if names[place] != model.name:
                    homes.setdefault(place, model.name)
    return homes


def _is_changed(theirs: Cell, ours: Cell) -> bool:
    """Whether a student wrote in a cell that is no answer."""
    is_answer = ours.role in (Role.ANSWER, Role.BY_HAND)
    return not is_answer and theirs.source.split() != released(ours).split()
