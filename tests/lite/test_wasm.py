"""The comparison for WebAssembly, run here: it finds what differs, and refuses an empty folder."""

import json
import subprocess
import sys

import pytest

from book import ROOT
from lite import wasm

ERRATA = ROOT / "chapters" / "errata.ipynb"


def test_a_chapter_agrees_with_what_is_stored():
    count, wrong = wasm.differences(ERRATA)
    assert count > 15 and wrong == []


def test_a_sheet_agrees_with_its_checks():
    count, wrong = wasm.differences(ROOT / "homework/source/slopes/slopes.ipynb")
    assert count > 15 and wrong == []


@pytest.mark.parametrize(
    ("source", "reason"),
    [("1 + 2", "cell 2: ['3'] in place of ['4']"), ("1 / 0", "cell 2: ZeroDivisionError: ")],
)
def test_what_differs_is_told(tmp_path, source, reason):
    output = {"data": {"text/plain": ["4"]}, "output_type": "execute_result"}
    cells = [("x = 1", []), (source, [output])]
    cells = [
        {"cell_type": "code", "source": [text], "outputs": outputs, "metadata": {}}
        for text, outputs in cells
    ]
    (tmp_path / "one.ipynb").write_text(json.dumps({"cells": cells}))
    count, (told,) = wasm.differences(tmp_path / "one.ipynb")
    assert count == 2 and told.startswith(reason)


def test_a_folder_without_pyodide_is_refused(tmp_path):
    node = [sys.executable, ROOT / "web" / "lite" / "node.py", "node"]
    command = [*node, ROOT / "tests" / "lite" / "wasm.mjs", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2 and "no pyodide.mjs in the folder" in done.stderr
