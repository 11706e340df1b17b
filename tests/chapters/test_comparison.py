"""The comparison of chapters with their stored outputs can fail, and keeps only what passed."""

import os
import re
import shutil
import subprocess
import sys
from types import SimpleNamespace

import nbformat
import pytest
from pages import execution

from book import ROOT
from explore.examples import UNTRACEABLE
from slopes.explore.explorable import BUILD


@pytest.fixture
def project(tmp_path):
    """A copy of the project with no chapter, sharing the package and the extension."""
    for name in ("src", "web", "requirements.txt", "pyproject.toml"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "chapters").mkdir()
    shutil.copy(ROOT / "chapters" / "conftest.py", tmp_path / "chapters")
    return tmp_path


def small_chapter(**changes):
    """A chapter of two cells, as `make outputs` stores it."""
    shown = {"text/plain": "0.4477"}
    result = nbformat.v4.new_output("execute_result", data=shown, execution_count=2)
    cells = [
        nbformat.v4.new_code_cell("width = 0.44774", id="cell-000", execution_count=1),
        nbformat.v4.new_code_cell(
            "round(width, 4)", id="cell-001", execution_count=2, outputs=[result]
        ),
    ]
    cells[1].update(changes)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def compare(project, notebook):
    """Compare `notebook` in `project`: whether it passed, what was said, and what was kept."""
    path = project / "chapters" / "chapter.ipynb"
    nbformat.write(notebook, path)
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", path]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True)
    kept = list(project.glob("_build/executed/*/executed/*/base.ipynb"))
    return done.returncode == 0, done.stdout, kept


def test_a_chapter_that_agrees_passes_and_is_kept(project):
    passed, said, kept = compare(project, small_chapter())
    assert passed, said
    (stored,) = kept
    assert nbformat.read(stored, as_version=4).cells[1].outputs[0].data["text/plain"] == "0.4477"


def test_a_changed_digit_fails_and_is_not_kept(project):
    chapter = small_chapter()
    chapter.cells[1].outputs[0].data["text/plain"] = "0.4478"
    passed, said, kept = compare(project, chapter)
    assert not passed and "Cell outputs differ" in said
    assert kept == []


def test_an_output_that_was_never_stored_fails(project):
    passed, said, kept = compare(project, small_chapter(execution_count=None, outputs=[]))
    assert not passed and "has never been run" in said
    assert kept == []


def test_an_output_that_is_missing_fails(project):
    passed, said, kept = compare(project, small_chapter(outputs=[]))
    assert not passed and "Cell outputs differ" in said
    assert kept == []


def test_an_explorable_that_could_not_move_on_its_page_fails(project):
    """In a live kernel it is a widget with a note, as the tests of explorables show."""
    chapter = small_chapter()
    chapter.cells[1].source = UNTRACEABLE
    chapter.cells[1].outputs[0].data["text/plain"] = "Explorable(w=0.5)"
    passed, said, kept = compare(project, chapter)
    assert not passed and "numpy.sort cannot be replayed on the page" in said
    assert kept == []


def test_the_site_is_as_strict(monkeypatch):
    monkeypatch.setenv(BUILD, "")
    execution.setup(SimpleNamespace(connect=lambda *_: None))
    assert os.environ[BUILD] == "1"


def test_a_changed_digit_in_a_real_chapter_fails(project):
    """The chapter ends there, so that nothing is run in vain."""
    chapter = nbformat.read(ROOT / "chapters" / "interval_width.ipynb", as_version=4)
    shown = [
        (end, output.data)
        for end, cell in enumerate(chapter.cells, start=1)
        for output in cell.get("outputs", [])
    ]
    end, data = next(each for each in shown if re.search(r"\.\d*7", each[1]["text/plain"]))
    data["text/plain"] = re.sub(r"(\.\d*)7", r"\g<1>8", data["text/plain"], count=1)
    chapter.cells = chapter.cells[:end]
    passed, said, kept = compare(project, chapter)
    assert not passed and "1 failed" in said
    assert kept == []


def test_another_package_or_other_pins_mean_another_cache(project):
    (project / "requirements.txt").unlink()
    (project / "requirements.txt").write_text("other pins")
    where = "import sys; sys.path.append('web'); from pages import execution as e; "
    where += "print(e.cache_path())"
    paths = {
        subprocess.run([sys.executable, "-c", where], cwd=folder, capture_output=True, text=True)
        .stdout.strip()
        .rsplit("/", 1)[-1]
        for folder in (project, ROOT)
    }
    assert len(paths) == 2 and "" not in paths
