"""No integers of a chapter, a sheet or the package need more than 32 bits, as a browser has."""

import subprocess
import sys

import nbformat
import pytest

from book import ROOT, notebooks
from sheets import NAMES, SOURCE

SHEETS = [SOURCE / name / f"{name}.ipynb" for name in NAMES]


def run(notebook):
    command = [sys.executable, ROOT / "tests" / "integers.py", notebook]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


@pytest.mark.parametrize("notebook", notebooks() + SHEETS, ids=lambda notebook: notebook.stem)
def test_integers_fit_into_32_bits(notebook):
    done = run(notebook)
    assert done.returncode == 0, done.stderr


def one_cell(folder, *lines, words=""):
    cells = [nbformat.v4.new_code_cell("\n".join(["import numpy as np", *lines]))]
    cells += [nbformat.v4.new_markdown_cell(words)] if words else []
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "one.ipynb")
    return folder / "one.ipynb"


@pytest.mark.parametrize(
    "line",
    [
        "(np.array([3, 31]) ** 3 * 1000 * 1000 * 10 / 7).round()",
        "np.arange(1, 20).prod()",
        "np.cumsum(np.full(3, 2_000_000_000))",
        "np.divmod(np.array([3_000_000_000]), 7)",
        "x = np.array([2, 3]); x[0] -= 3_000_000_000",
        "def f(n): return n * n\nf(np.int64(50_000))",
        "import slopes.chain; slopes.chain.np.square(np.array([50_000]))",
    ],
)
def test_integers_that_need_more_are_refused(tmp_path, line):
    done = run(one_cell(tmp_path, line))
    assert "OverflowError: one.ipynb, piece 1, line " in done.stderr
    assert "needs more than 32 bits; make it of floats" in done.stderr


def test_integers_of_a_solution_are_looked_at(tmp_path):
    words = "```python\nnp.array([2**16]) ** 2\n```"
    assert "one.ipynb, piece 2, line 1: " in run(one_cell(tmp_path, words=words)).stderr


def test_integers_of_the_package_are_looked_at(tmp_path):
    lines = ["import slopes.chain", "'__fits__' in slopes.chain.forward.__code__.co_names or 1 / 0"]
    done = run(one_cell(tmp_path, *lines))
    assert done.returncode == 0, done.stderr


def test_floats_and_small_integers_pass(tmp_path):
    done = run(
        one_cell(tmp_path, "2**40, np.array([3.0, 31]) ** 9, np.arange(40) ** 5, np.array([])")
    )
    assert done.returncode == 0, done.stderr
