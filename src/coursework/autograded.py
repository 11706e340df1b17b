"""The notebook that formgrader shows: first what a person reads, then all that was handed in.

It is opened in the teacher's browser with her rights, and was written by a
stranger. So it is built anew: words, pictures and cleaned HTML are kept,
anything that a browser could run or fetch is not.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from coursework.handed_in import HandedIn, Model, handed_in, models_of
from coursework.rendered import rendered
from coursework.rubric import question, rubric
from coursework.shown import Json, as_text, code, text
from marking.result import Result, Status
from marking.sheet import Role

NOT_HERE = "This cell is not in the notebook that was handed in."
ELSEWHERE = "Written in another cell of the notebook:"
THE_REST = "All that was handed in, with what the program said of it"
IS_TEXT = "This answer is a text: it stands below."
AGAIN = "Handed in again: the points that stand here are for the version before"


def autograded(
    data: bytes,
    sheet: Json,
    result: Result,
    digest: str,
    earlier: Mapping[str, float] | None = None,
) -> str:
    """The notebook to be marked by hand, as text.

    Parameters
    ----------
    data : bytes
        What was handed in; empty where it could not be read.
    sheet : dict
        The source notebook.
    result : marking.result.Result
    digest : str
        Fingerprint of what was handed in, kept in the metadata.
    earlier : mapping of str to float, optional
        The points that a person gave to an earlier version of a cell, by its name.
    """
    read, models = models_of(sheet)
    theirs = handed_in(data, read)
    waiting = _for_a_person(theirs, models, result.student, earlier or {})
    rest = _everything(theirs, models, result)
    cells = [*_notices(result), *waiting, text(f"<h2>{THE_REST}</h2>", coursework="rest"), *rest]
    notebook = {
        "cells": [{"id": f"cell-{number}", **cell} for number, cell in enumerate(cells)],
        "metadata": {
            "kernelspec": sheet["metadata"].get("kernelspec", {}),
            "language_info": {"name": "python"},
            "submission": digest,
            "unreadable": not result.could_be_read,
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def digest_of(path: Path) -> str:
    """The fingerprint of the submission that the notebook at `path` was made of, or ``""``."""
    try:
        return str(json.loads(path.read_bytes())["metadata"]["submission"])
    except (OSError, ValueError, LookupError, TypeError):
        return ""


def _notices(result: Result) -> Iterator[Json]:
    """What the teacher should know before she reads."""
    words = [f"{note[:1].upper()}{note[1:]}." for note in result.notes]
    if not result.could_be_read:
        words.append(
            f"This file could not be read: {result.problem}. It has no points, not even 0."
        )
    for each in words:
        yield text(f"<p><strong>{escape(each)}</strong></p>", coursework="notice")


def _for_a_person(
    theirs: Sequence[HandedIn],
    models: Mapping[str, Model],
    student: str,
    earlier: Mapping[str, float],
) -> Iterator[Json]:
    """Each answer that a person marks, with what she needs beside it and what belongs to it."""
    for name, model in models.items():
        if model.cell.role is not Role.BY_HAND:
            continue
        yield text(question(models, name, student), coursework="question")
        if name in earlier:
            words = f"{AGAIN} ({earlier[name]:g} of {model.cell.points:g})."
            yield text(f"<p><strong>{words}</strong></p>", coursework="notice")
        answer = next((each for each in theirs if each.name == name), None)
        yield _named(model, answer.shown if answer else None, coursework="answer")
        more = [each for each in theirs if each.home == name]
        if answer and answer.shown["cell_type"] != model.cell.kind:
            more.insert(0, answer)
        for each in more:
            yield text(f"<p>{ELSEWHERE}</p>", coursework="elsewhere")
            yield each.shown | {"metadata": {"coursework": "elsewhere"}}
        yield text(rubric(model.cell), coursework="rubric")


def _everything(
    theirs: Sequence[HandedIn], models: Mapping[str, Model], result: Result
) -> list[Json]:
    """The other cells in the student's order, with those of the sheet in place of their copies."""
    placed: list[tuple[str, Json]] = []
    for each in theirs:
        if not each.home:
            cell = _of_sheet(models[each.name], each, result) if each.name else each.shown
            placed.append((each.name, cell))
    for name, model in models.items():
        if name not in [done for done, _ in placed]:
            _insert(placed, name, _of_sheet(model, None, result), list(models))
    return [cell for name, cell in placed if not name or models[name].cell.role is not Role.BY_HAND]


def _insert(placed: list[tuple[str, Json]], name: str, cell: Json, order: list[str]) -> None:
    """Put a cell that the notebook lacks behind those that come before it in the sheet."""
    before = set(order[: order.index(name)])
    places = [place for place, (done, _) in enumerate(placed) if done in before]
    placed.insert(max(places, default=-1) + 1, (name, cell))


def _of_sheet(model: Model, theirs: HandedIn | None, result: Result) -> Json:
    """A named cell: an answer is the student's, everything else the teacher's."""
    if model.is_answer:
        return _named(model, theirs.shown if theirs else None)
    if model.cell.kind == "code":
        return _named(model, code(model.cell.source, _said(model.cell.name, result)))
    return _named(model, text(rendered(model.cell.source)))


def _named(model: Model, shown: Json | None, **metadata: str) -> Json:
    """An answer, or words on why there is none, under nbgrader's name."""
    is_text = model.cell.kind == "markdown"
    if shown is None:
        shown = text(f"<p>{NOT_HERE}</p>") if is_text else code(f"# {NOT_HERE}")
    elif shown["cell_type"] != model.cell.kind:
        shown = as_text(shown) if is_text else code(f"# {IS_TEXT}")
    return shown | {"metadata": {"nbgrader": model.metadata, **metadata}}


def _said(name: str, result: Result) -> list[Json]:
    """What marking said of a test, as the output of its cell."""
    for marked in result.questions:
        if marked.name == name and marked.status is not Status.PASSED:
            words = marked.message
            error = {"output_type": "error", "ename": "Check", "evalue": words}
            return [error | {"traceback": [words]}]
    return []
