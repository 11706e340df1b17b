"""A student's evening with a released sheet, in a real JupyterLab, and what it is worth."""

import json
import shutil

import pytest
from playwright.sync_api import expect

from cluster import wait_for
from marking import mark
from sheets import SOURCE, solutions

from .conftest import answered, jupyterlab

RELEASED = SOURCE.parent / "release" / "slopes" / "slopes.ipynb"
WRONG = "def slope(z, height, steepness):\n    return 0.25 * height * steepness * np.ones_like(z)"
ID, NUMBERS, ANSWER, CHECK = 1, 2, 4, 5  # places of the first cells in the sheet
PATIENCE = 90_000


@pytest.fixture
def begun(tmp_path):
    """A sheet in which all is answered but the first question, and no id is typed."""
    others = {name: text for name, text in solutions("slopes").items() if name != "slope"}
    path = tmp_path / "evening" / RELEASED.name
    path.parent.mkdir()
    path.write_bytes(answered(json.loads(RELEASED.read_bytes()), **others))
    return path


def code_cells(path):
    return [cell for cell in json.loads(path.read_bytes())["cells"] if cell["cell_type"] == "code"]


def test_a_sheet_is_solved_in_jupyterlab_and_gets_its_points(begun, tmp_path, browser):
    with jupyterlab(begun.parent, tmp_path) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 2000})
        page.set_default_timeout(PATIENCE)
        page.goto(f"{address}/lab/tree/{begun.name}?reset")

        def cell(place):
            return page.locator(f".jp-Notebook .jp-Cell[data-windowed-list-index='{place}']")

        def write(place, text):
            cell(place).locator(".cm-content").click()
            page.keyboard.press("Control+a")
            page.keyboard.insert_text(text)

        def run(place):
            expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible(timeout=PATIENCE)
            cell(place).locator(".cm-content").click()
            page.keyboard.press("Control+Enter")
            return expect(cell(place).locator(".jp-Cell-outputWrapper"))

        run(NUMBERS).to_contain_text("your id is missing", timeout=PATIENCE)
        write(ID, 'student = "ada"')
        run(ID)
        run(NUMBERS).to_contain_text("'my_weight': -10.1", timeout=PATIENCE)
        run(ANSWER)
        run(CHECK).to_contain_text("NotImplementedError", timeout=PATIENCE)
        write(ANSWER, WRONG)
        run(ANSWER)
        run(CHECK).to_contain_text("came back as [1.1875 ", timeout=PATIENCE)
        write(ANSWER, solutions("slopes")["slope"])
        page.get_by_text("Kernel", exact=True).first.click()
        page.get_by_text("Restart Kernel and Run All Cells…").click()
        page.get_by_role("button", name="Confirm Kernel Restart").click()

        def is_saved():
            page.keyboard.press("Control+s")
            page.wait_for_timeout(500)
            counts = [cell["execution_count"] for cell in code_cells(begun)]
            return counts == list(range(1, len(counts) + 1))

        wait_for(is_saved, PATIENCE / 1000)
        page.close()
    outputs = [output for cell in code_cells(begun) for output in cell["outputs"]]
    assert [output["output_type"] for output in outputs] == ["execute_result"]  # the numbers
    if shutil.which("bwrap") is None:
        pytest.skip("bubblewrap is not installed")
    result = mark(begun, SOURCE / "slopes" / "slopes.ipynb", "ada")
    assert (result.points, result.pending, result.notes) == (17, 3, ())
