"""Every chapter runs whole in the browser, and says what is stored in it.

That takes the five compiled wheels: ``--online`` lets the browser fetch them,
``SLOPES_WASM_WHEELS=folder`` gives them from a folder, of files named as in
Pyodide's lock.
"""

import json
import os
import re
from pathlib import Path

import pytest

from book import cells, notebooks, sheets
from conftest import OFFLINE
from lite.notebook import CDN, run_whole, told
from sheets import solutions

MINUTES = 60
GIVE = """
const fetched = window.fetch;
window.fetch = (asked, ...more) => new URL(asked.url ?? asked, location).pathname.endsWith(%s)
    ? Promise.resolve(new Response(%s)) : fetched(asked, ...more);
"""


@pytest.fixture
def wheels(request, page):
    """Let the page have the compiled wheels, or skip the test."""
    folder = os.environ.get("SLOPES_WASM_WHEELS")
    if folder:
        page.route(f"{CDN}**", lambda route: give(route, Path(folder)))
    elif not request.config.getoption("--online"):
        pytest.skip(OFFLINE)


def give(route, folder):
    """Answer a request for a wheel with the file of that name."""
    wheel = folder / route.request.url.rsplit("/", 1)[1]
    allowed = {"Access-Control-Allow-Origin": "*"}
    if wheel.is_file():
        route.fulfill(path=wheel, headers=allowed, content_type="application/zip")
    else:
        route.fulfill(status=404, headers=allowed, body=f"no {wheel.name} in {folder}")


def stored(chapter):
    """What the code cells of a chapter say in words, as stored."""
    return [told(cell) for cell in cells(chapter) if cell.cell_type == "code"]


@pytest.mark.parametrize("chapter", notebooks(), ids=lambda chapter: chapter.stem)
def test_chapter_says_in_the_browser_what_is_stored(wheels, page, address, chapter):
    page.goto(f"{address}/run/index.html?chapter={chapter.stem}")
    page.wait_for_url(re.compile(r"/lite/notebooks/"))
    ran = run_whole(page, chapter.name, 10 * MINUTES)
    assert [told(cell) for cell in ran] == stored(chapter)


def solved(sheet, student="ada"):
    """The text of a sheet with an id in its first cell and the teacher's answers."""
    notebook, answers = json.loads(sheet.read_text()), solutions(sheet.stem)
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = answers.get(name, "".join(cell["source"]))
        if cell["source"] == 'student = ""':
            cell["source"] = f"student = {student!r}"
    return json.dumps(notebook)


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.stem)
def test_checks_of_a_sheet_are_content_with_the_teachers_answers(wheels, page, address, sheet):
    page.add_init_script(GIVE % (json.dumps(f"/files/{sheet.name}"), json.dumps(solved(sheet))))
    page.goto(f"{address}/lite/notebooks/index.html?path={sheet.name}")
    ran = run_whole(page, sheet.name, 10 * MINUTES)
    assert ran[0]["source"] == "student = 'ada'"
    errors = [output for cell in ran for output in cell["outputs"] if "ename" in output]
    assert errors == [] and all(cell["execution_count"] for cell in ran)


def test_wheels_are_given_from_the_folder(page, address, site, tmp_path):
    lock = json.loads((site / "lite" / "static" / "pyodide" / "pyodide-lock.json").read_text())
    name = lock["packages"]["numpy"]["file_name"].removeprefix(CDN).rsplit("/", 1)[1]
    (tmp_path / name).write_bytes(b"a wheel")
    page.route(f"{CDN}**", lambda route: give(route, tmp_path))
    page.goto(f"{address}/run/index.html")
    fetched = (
        "async (url) => { const got = await fetch(url); return [got.status, await got.text()]; }"
    )
    assert page.evaluate(fetched, f"{CDN}some/{name}") == [200, "a wheel"]
    assert page.evaluate(fetched, f"{CDN}some/other.whl")[0] == 404
