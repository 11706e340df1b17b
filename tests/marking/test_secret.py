"""Cases that nobody can look up: drawn from a secret, the same at every run."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import classroom
from coursework.__main__ import main
from marking import Limits, command, mark, mark_cells, secret
from marking.sheet import sheet_from

CELLS = [
    classroom.answer("def double(x): return 2 * x", "double"),
    classroom.test_cell(
        "w = rng.uniform(1, 2)\nassert double(w) == 2 * w and 0, f'{w}'", "double-hidden", 1
    ),
]
DATA = json.dumps(classroom.notebook(CELLS)).encode()


def drawn(student="ada", key=b"", **options):
    """What the check drew, which it tells."""
    result = mark_cells(DATA, sheet_from(DATA), student, Limits(), secret=key, **options)
    return float(result.questions[0].message)


def test_the_same_student_is_asked_the_same_at_every_run(sandbox):
    assert (
        drawn(key=b"k") == drawn(key=b"k") == drawn(" ADA ", b"k") == drawn(key=b"k", trusted=True)
    )
    assert len({drawn("eve", b"k"), drawn(key=b"k"), drawn(key=b"other"), drawn()}) == 4
    assert drawn() == drawn()


def test_two_checks_draw_other_cases():
    assert secret.seed(b"k", "ada", "a") != secret.seed(b"k", "ada", "b")
    assert len(secret.seed(b"", "\udcff", "a")) == 64


def test_a_secret_is_made_once_and_for_its_owner_alone(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    place = secret.default_place()
    assert secret.read_secret(place) == b""
    assert main(["secret"]) == 0
    first = secret.read_secret(place)
    assert len(first) == 64 and stat.S_IMODE(place.stat().st_mode) == 0o600
    assert main(["secret"]) == 0
    assert secret.read_secret(place) == first
    shown = capsys.readouterr().out.splitlines()
    assert "made" in shown[0] and "it stays" in shown[1] and first.decode() not in "".join(shown)


@pytest.fixture
def inbox(tmp_path, sheet):
    classroom.write(sheet, CELLS)
    classroom.write(tmp_path / "inbox" / "ada.ipynb", CELLS)
    return [str(tmp_path / "inbox"), str(sheet), "--results", str(tmp_path / "marks")]


def test_make_secret_says_where_it_lies_and_nothing_else(tmp_path):
    makefile = (Path(__file__).parents[2] / "Makefile").read_text()
    recipe = re.search(r"^secret:.*\n\t(.+)", makefile, re.MULTILINE)[1]
    shell = recipe.replace("$(BIN)/python", sys.executable)
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path)}
    done = subprocess.run(shell, shell=True, env=environment, capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout == f"{tmp_path / 'marking' / 'secret'}: made; keep a copy\n"


def test_without_a_secret_marking_says_so(sandbox, inbox, tmp_path, capsys):
    place = tmp_path / "secret"
    arguments = [*inbox, "--secret", str(place)]
    assert command.main(arguments) == 0
    assert "no secret: the hidden checks drew their cases in public" in capsys.readouterr().err
    public = json.loads((tmp_path / "marks" / "ada.json").read_text())
    assert secret.make_secret(place)
    assert command.main(arguments) == 0
    assert "no secret" not in capsys.readouterr().err
    private = json.loads((tmp_path / "marks" / "ada.json").read_text())
    assert private["questions"] != public["questions"]  # another secret: marked anew
    assert place.read_text().strip() not in json.dumps(private)


def test_a_secret_that_students_could_read_is_refused(sandbox, inbox, capsys):
    assert command.main([*inbox, "--secret", "/usr/share/secret"]) == 2
    assert "move it elsewhere" in capsys.readouterr().err


def test_one_file_is_marked_with_a_secret_too(sandbox, tmp_path):
    path = classroom.write(tmp_path / "ada.ipynb", CELLS)
    sheet = classroom.write(tmp_path / "sheet" / "s.ipynb", CELLS)
    assert float(mark(path, sheet, secret=b"k").questions[0].message) == drawn(key=b"k")
