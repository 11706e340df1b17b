"""The notebook that formgrader shows: the student's cells, the teacher's tests, and what they said.

It is opened in the teacher's browser with her rights, and was written by a
stranger. So it is built anew: pictures and plain text are kept, anything that a
browser could run is not.
"""

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from marking.result import Result
from marking.sheet import Cell, UnreadableNotebook, loaded, parse

Json = dict[str, Any]  # a cell, an output or a notebook, as it is in the file
Named = tuple[str, Json]  # a cell with nbgrader's name of it, "" for the student's own

NOTE = "This cell is not in the notebook that was handed in."
PICTURES = {"image/png": b"\x89PNG", "image/jpeg": b"\xff\xd8\xff"}
LONGEST_TEXT = 20_000
LARGEST_PICTURE = 2 << 20
OUTPUTS = 20


def autograded(data: bytes, sheet: Json, result: Result, digest: str) -> str:
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
    """
    cells = _merge(_theirs(data), _named(sheet), result)
    if not result.could_be_read:
        cells.insert(0, _text(f"**This file could not be read:** {_tame(result.problem)}."))
    notebook = {
        "cells": [{"id": f"cell-{number}", **cell} for number, cell in enumerate(cells)],
        "metadata": {
            "kernelspec": sheet["metadata"].get("kernelspec", {}),
            "language_info": {"name": "python"},
            "submission": digest,
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


def _theirs(data: bytes) -> list[Named]:
    """The student's cells, tame, with nbgrader's names where they have them."""
    try:
        parsed = parse(data)
    except UnreadableNotebook:
        return []
    raw = loaded(data)["cells"]
    return [(cell.name, _tame_cell(cell, raw[n])) for n, cell in enumerate(parsed)]


def _tame_cell(cell: Cell, raw: Json) -> Json:
    if cell.kind == "markdown":
        return _text(_tame(cell.source)) | _attachments(raw)
    outputs = raw.get("outputs")
    outputs = outputs[:OUTPUTS] if isinstance(outputs, list) else []
    return _code(cell.source, [tame for tame in map(_tame_output, outputs) if tame])


def _text(source: str) -> Json:
    return {"cell_type": "markdown", "metadata": {}, "source": source[:LONGEST_TEXT]}


def _code(source: str, outputs: Sequence[Json]) -> Json:
    source = source[:LONGEST_TEXT]
    entries: Json = {"cell_type": "code", "execution_count": None, "metadata": {}}
    return entries | {"outputs": outputs, "source": source}


def _tame(source: str) -> str:
    """Markdown without HTML and without links that run something."""
    source = re.sub(r"<(?=[A-Za-z/!?])", "< ", source)
    return re.sub(r"(javascript|vbscript|data)(\s*:|&)", r"\1 \2", source, flags=re.I)


def _attachments(raw: Json) -> Json:
    kept = {}
    attachments = raw.get("attachments")
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        if _pictures(bundle) and re.fullmatch(r"[\w .-]+", name):
            kept[name] = _pictures(bundle)
    return {"attachments": kept} if kept else {}


def _pictures(bundle: Any) -> dict[str, str]:
    """The entries of a MIME bundle that are whole pictures."""
    pictures = {}
    for kind, start in PICTURES.items():
        try:
            text = "".join(bundle[kind]).replace("\n", "")
            whole = base64.b64decode(text, validate=True)
        except (KeyError, TypeError, ValueError, binascii.Error):
            continue
        if whole.startswith(start) and len(whole) <= LARGEST_PICTURE:
            pictures[kind] = text
    return pictures


def _tame_output(output: Any) -> Json | None:
    """An output as plain text or picture; None where nothing is left of it."""
    if not isinstance(output, dict):
        return None
    if output.get("output_type") == "stream":
        return _stream(output.get("text"))
    bundle = output.get("data")
    if not isinstance(bundle, dict):
        return None
    kept = _pictures(bundle)
    if not kept:
        return _stream(bundle.get("text/plain"))
    return {"output_type": "display_data", "data": kept, "metadata": {}}


def _stream(text: Any) -> Json | None:
    try:
        text = "".join(text)[:LONGEST_TEXT]
    except TypeError:
        return None
    return {"output_type": "stream", "name": "stdout", "text": text} if text else None


def _named(sheet: Json) -> dict[str, Json]:
    """The cells of the sheet that nbgrader knows, by name, in order."""
    named = {}
    for cell in sheet["cells"]:
        metadata = cell["metadata"].get("nbgrader")
        if metadata:
            named[metadata["grade_id"]] = cell
    return named


def _merge(theirs: Sequence[Named], named: Mapping[str, Json], result: Result) -> list[Json]:
    """The student's cells in their order, with those of the sheet in place of their copies."""
    last = {name: place for place, (name, _) in enumerate(theirs)}
    merged: list[Json] = []
    done: list[str] = []
    for place, (name, cell) in enumerate(theirs):
        is_copy = name in named and last[name] != place
        if name in named and not is_copy:
            merged.append(_of_sheet(named[name], cell, result))
            done.append(name)
        elif not is_copy or named[name]["metadata"]["nbgrader"]["solution"]:
            merged.append(cell)
            done.append("")
    for place, name in enumerate(named):
        if name not in done:
            before = [n for n in list(named)[:place] if n in done]
            at = done.index(before[-1]) + 1 if before else 0
            merged.insert(at, _of_sheet(named[name], None, result))
            done.insert(at, name)
    return merged


def _of_sheet(cell: Json, theirs: Json | None, result: Result) -> Json:
    """A named cell: an answer is the student's, everything else the teacher's."""
    source, metadata = "".join(cell["source"]), cell["metadata"]["nbgrader"]
    if metadata["solution"]:
        made = theirs or (_code(f"# {NOTE}", []) if cell["cell_type"] == "code" else _text(NOTE))
        made = _of_kind(made, cell["cell_type"])
    elif cell["cell_type"] == "code":
        made = _code(source, _said(metadata["grade_id"], result))
    else:
        made = _text(source)
    return made | {"metadata": {"nbgrader": metadata}}


def _of_kind(cell: Json, kind: str) -> Json:
    if cell["cell_type"] == kind:
        return cell
    return _text(_tame(cell["source"])) if kind == "markdown" else _code(cell["source"], [])


def _said(name: str, result: Result) -> list[Json]:
    """What marking said of a test, as the output of its cell."""
    for question in result.questions:
        if question.name == name and question.status != "passed":
            words = question.message
            error = {"output_type": "error", "ename": "Check", "evalue": words}
            return [error | {"traceback": [words]}]
    return []
