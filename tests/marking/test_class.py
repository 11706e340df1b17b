"""One student's notebook is one student's affair: the others are marked, and it is named."""

import json
import os

import pytest

import classroom
from marking import SheetError, command, mark

LOCKED = """
import hashlib
if not student.strip():
    raise ValueError("your id is missing")
factor = 2 + hashlib.sha256(student.encode()).digest()[0] % 3
if student == "unlucky":
    raise ZeroDivisionError
import numpy as np
"""
LOOP = classroom.code("while True: pass")
LATIN = os.fsdecode("müller".encode("latin-1"))


def cells(**answers):
    """A sheet whose locked cell fails for some ids, as the real ones do."""
    cells = classroom.sheet_cells(**answers)
    return [cells[0], classroom.locked(LOCKED, "setup"), *cells[2:]]


def as_bytes(cells, encoding="utf-8", **more):
    return json.dumps(classroom.notebook(cells) | more, ensure_ascii=False).encode(encoding)


STRANGE = {  # what is handed in, and the words on it; "" where it is marked
    "endless": (as_bytes([*cells()[:2], *[LOOP] * 7, *cells()[2:]]), ""),
    "endless before all": (as_bytes([*[LOOP] * 7, *cells()]), ""),
    "endless everywhere": (as_bytes([c for cell in cells() for c in (LOOP, cell)]), ""),
    " ": (as_bytes(cells()), "no student's id in its name"),
    "\u00a0\t": (as_bytes(cells()), "no student's id in its name"),
    "unlucky": (as_bytes(cells()), "the locked cell 'setup' of the sheet failed: ZeroDivision"),
    LATIN: (as_bytes(cells()), ""),
    "a\nb": (as_bytes(cells()), ""),
    "metadata null": (as_bytes([{**c, "metadata": None} for c in cells()], metadata=None), ""),
    "nbgrader a list": (as_bytes([{**c, "metadata": {"nbgrader": []}} for c in cells()]), ""),
    "utf-16": (as_bytes([*cells(), classroom.code("# ä")], "utf-16"), ""),
    "utf-8 with a mark": (as_bytes(cells(), "utf-8-sig"), ""),
    "latin-1": (as_bytes([*cells(), classroom.code("# ä")], "latin-1"), "not written in UTF-8"),
    "format 3": (b'{"nbformat": 3, "worksheets": [{"cells": []}]}', "the old format 3"),
    "web page": (b"\n<!DOCTYPE html><html></html>", "a web page: download the notebook"),
    "zip": (b"PK\x03\x04\xff\xff", "a zip archive"),
    "pdf": (b"%PDF-1.7\xe2\xe3", "a PDF"),
    "picture": (b"\x89PNG\r\n\x1a\n", "a picture"),
    "cells null": (b'{"cells": null}', "no list of cells"),
    "a cell null": (b'{"cells": [null]}', "no list of cells"),
    "zeros": (b"\0" * 100, "the file is empty"),
}
LONG = "x" * 255


@pytest.fixture(scope="module")
def marked(sandbox, tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    sheet = classroom.write(folder / "sheet.ipynb", cells())
    for name in ("ada", "zoe"):  # before and after the others
        classroom.write(folder / "inbox" / f"{name}.ipynb", cells())
    classroom.write(folder / "inbox" / LONG / "sheet.ipynb", cells())
    for name, (data, _) in STRANGE.items():
        (folder / "inbox" / f"{name}.ipynb").write_bytes(data)
    (folder / "inbox" / ".ipynb").write_bytes(b"")
    (folder / "inbox" / "folder.ipynb").mkdir()
    arguments = [
        str(folder / "inbox"),
        str(sheet),
        "--results",
        str(folder / "marks"),
        "--jobs",
        "2",
    ]
    return folder, [*arguments, "--seconds", "1", "--total", "6"]


@pytest.fixture(scope="module")
def ran(marked):
    return command.main(marked[1])


def results(folder):
    found = (json.loads(path.read_text()) for path in (folder / "marks").glob("*.json"))
    return {result["student"]: result for result in found}


@pytest.mark.parametrize("name", ["ada", "zoe", LONG])
def test_everybody_else_is_marked(marked, ran, name):
    assert results(marked[0])[name]["points"] == classroom.FULL


@pytest.mark.parametrize("name", STRANGE, ids=ascii)
def test_each_is_marked_or_named(marked, ran, name):
    found, words = results(marked[0])[name], STRANGE[name][1]
    if words:
        assert words in found["problem"] and found["points"] is None
    else:
        full = not name.startswith("endless")
        assert (found["problem"], found["points"] == classroom.FULL) == ("", full)


def test_a_second_run_meets_nobody_as_if_new(marked, ran, capsys):
    folder, arguments = marked
    before = {path: path.stat().st_mtime_ns for path in (folder / "marks").glob("*.json")}
    assert command.main(arguments) == ran == 0
    shown = capsys.readouterr().out
    fine = sum(not words for _, words in STRANGE.values()) + 3
    assert shown.startswith(f"{fine} marked ({fine} before)")
    for name, (_, words) in STRANGE.items():
        assert not words or f"  {command.shown(name)}: " in shown
    assert "  folder.ipynb: no notebook in it" in shown and "1 not looked at: .ipynb" in shown
    problems = {path for path in before if json.loads(path.read_text())["problem"]}
    after = {path: path.stat().st_mtime_ns for path in before if path not in problems}
    assert after == {path: before[path] for path in after}


def test_an_id_in_another_encoding_draws_the_numbers_that_its_owner_got(marked, ran):
    assert results(marked[0])[LATIN]["points"] == classroom.FULL


def test_a_sheet_that_fails_for_everybody_stops_the_class(sandbox, tmp_path, capsys):
    broken = [classroom.locked("1 / 0", "setup"), *cells()[2:]]
    sheet = classroom.write(tmp_path / "sheet.ipynb", broken)
    classroom.write(tmp_path / "inbox" / "ada.ipynb", cells())
    arguments = [str(tmp_path / "inbox"), str(sheet), "--results", str(tmp_path / "marks")]
    assert command.main(arguments) == 2
    assert "'setup' of the sheet failed: ZeroDivisionError" in capsys.readouterr().err
    with pytest.raises(SheetError):
        mark(tmp_path / "inbox" / "ada.ipynb", sheet)
