"""The notebooks open and compute in a browser, as far as that goes without the outside world."""

import ast
import shutil
import sys
from importlib.metadata import version

import nbformat
import pytest
from playwright.sync_api import expect

from book import ROOT, cells, notebooks, sheets
from lite.notebook import CDN, PATIENCE, kept, opened, run_all, run_whole, told
from marking import mark
from sheets import SOURCE, solutions


def test_smoke_notebook_computes_and_moves_a_slider(page, address):
    page.goto(f"{address}/lite/notebooks/index.html?path=smoke.ipynb")
    ran = run_whole(page, "smoke.ipynb", 300)
    assert told(ran[1]) == [f"'{version('slopes')}'"]
    page.locator(".noUi-handle").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("seven times 7 is 49")).to_be_visible()
    assert page.elsewhere == []
    assert page.errors == []


FIRST, ANSWERED = notebooks()[0], "slopes"  # opened below: one is run, the other is answered


@pytest.mark.parametrize(
    "notebook",
    [each for each in notebooks() + sheets() if each != FIRST and each.stem != ANSWERED],
    ids=lambda notebook: notebook.stem,
)
def test_button_opens_a_notebook(page, address, notebook):
    opened(press(page, address, notebook))
    assert all(url.startswith(CDN) for url in page.elsewhere)


def test_notebooks_ask_for_the_compiled_wheels_alone(page, address):
    tab = press(page, address, FIRST)
    run_all(tab)
    assert_numpy_is_missed(page, tab)

    every = {line: None for notebook in notebooks() + sheets() for line in imports(notebook)}
    every |= dict.fromkeys(needed_by_the_package())  # numpy is missed first, and would hide them
    tries = [f"try:\n    {line}\nexcept ImportError as e:\n    lost.add(e.name)" for line in every]
    tab.locator(".jp-CodeCell .cm-content").first.click()
    tab.keyboard.press("Control+a")
    tab.keyboard.insert_text("\n".join(["lost = set()", *tries, "print('lost', *sorted(lost))"]))
    tab.keyboard.press("Shift+Enter")
    said = tab.locator(".jp-OutputArea-output", has_text="lost").first
    expect(said).to_have_text("lost matplotlib numpy", timeout=PATIENCE)
    assert_asked_for_the_compiled_wheels_alone(page)


def imports(notebook):
    """The imports of a notebook, each on a line of its own, whichever cell they are in."""
    code = [cell.source for cell in cells(notebook) if cell.cell_type == "code"]
    nodes = [node for source in code for node in ast.walk(ast.parse(source))]
    return [ast.unparse(node) for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]


def needed_by_the_package():
    """An import of each package that slopes needs beyond Python's own."""
    trees = [ast.parse(path.read_text("utf-8")) for path in (ROOT / "src/slopes").rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {each.name for node in nodes if isinstance(node, ast.Import) for each in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    tops = {name.partition(".")[0] for name in names}
    return [f"import {name}" for name in sorted(tops - sys.stdlib_module_names - {"slopes"})]


def assert_numpy_is_missed(page, tab):
    failure = tab.locator(".jp-OutputArea-output", has_text="ModuleNotFoundError").first
    failure.wait_for(timeout=PATIENCE)
    expect(failure).to_contain_text("numpy")
    assert_asked_for_the_compiled_wheels_alone(page)


def assert_asked_for_the_compiled_wheels_alone(page):
    assert page.elsewhere and all(url.startswith(CDN) for url in page.elsewhere)
    wheels = {url.rsplit("/", 1)[1].split("-")[0] for url in page.elsewhere}
    assert wheels <= {"numpy", "matplotlib", "contourpy", "kiwisolver", "pillow"}


def press(page, address, notebook):
    """Press the button on the page of a chapter, or the link to a sheet; the tab that it opens.

    The addresses of the compiled wheels cannot be reached, and the reader goes on.
    """
    page.context.route(f"{CDN}**", lambda route: route.abort())
    if notebook in sheets():
        page.goto(f"{address}/chapters/sheets.html")
        page.locator(f'a[href*="/run/index.html?sheet={notebook.stem}"]').click()
        tab = page
    else:
        page.goto(f"{address}/chapters/{notebook.stem}.html")
        with page.context.expect_page() as opening:
            page.locator(f'a[href*="/run/index.html?chapter={notebook.stem}"]').click()
        tab = opening.value
    tab.set_default_timeout(PATIENCE)
    tab.get_by_role("button", name="Open it all the same").click()
    tab.wait_for_url(f"**/lite/notebooks/index.html?path={notebook.name}")
    title = cells(notebook)[0].source.splitlines()[0].removeprefix("# ")
    expect(tab.locator(".jp-Notebook h1")).to_contain_text(title, timeout=PATIENCE)
    return tab


def test_a_sheet_is_answered_in_the_browser_downloaded_and_gets_its_points(page, address, tmp_path):
    name = ANSWERED
    sheet, answers = ROOT / f"homework/release/{name}/{name}.ipynb", solutions(name)
    page.set_viewport_size({"width": 1280, "height": 20_000})  # else cells far away are not there
    press(page, address, sheet)
    opened(page)

    def grade_id(cell):
        return cell.metadata.get("nbgrader", {}).get("grade_id")

    def write(place, text):
        place.locator(".cm-content").click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(text)

    for number, cell in enumerate(cells(sheet)):
        answer = answers.get(grade_id(cell))
        place = page.locator(f".jp-Cell[data-windowed-list-index='{number}']")
        if answer and cell.cell_type == "markdown":
            place.dblclick()
        if answer:
            write(place, answer)
    write(page.locator(".jp-CodeCell").first, "student = 'ada'")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    assert_numpy_is_missed(page, page)
    kept(page, sheet.name, lambda cells: "ada" in cells[0]["source"], 60)
    page.get_by_text("File", exact=True).first.click()
    with page.expect_download() as download:
        page.get_by_text("Download", exact=True).click()
    assert download.value.suggested_filename == sheet.name
    download.value.save_as(tmp_path / sheet.name)
    mine, published = (nbformat.read(path, 4).cells for path in (tmp_path / sheet.name, sheet))
    assert [cell.metadata.get("nbgrader") for cell in mine] == [
        cell.metadata.get("nbgrader") for cell in published
    ]
    assert next(cell for cell in mine if cell.cell_type == "code").source == "student = 'ada'"
    assert {grade_id(cell): cell.source for cell in mine if grade_id(cell) in answers} == answers
    assert all(url.startswith(CDN) for url in page.elsewhere)
    if shutil.which("bwrap"):
        result = mark(tmp_path / sheet.name, SOURCE / name / sheet.name, "ada")
        assert (result.points, result.pending, result.notes) == (17, 3, ())

    status = launch(page, address, sheet.stem, "sheet")
    expect(status).to_have_text("The sheet will not run as it is:")
    page.once("dialog", lambda asked: asked.dismiss())
    page.get_by_role("button", name="Start anew").click()
    page.get_by_role("button", name="Continue with my answers").click()
    opened(page)
    expect(page.locator(".jp-CodeCell .cm-content").first).to_have_text("student = 'ada'")


def launch(page, address, name, kind="chapter"):
    page.goto(f"{address}/run/index.html?{kind}={name}")
    return page.locator("#status")


def test_launch_page_says_that_a_chapter_does_not_exist(page, address):
    status = launch(page, address, "no_such")
    expect(status).to_have_text("There is no chapter called “no_such” here.")


def test_launch_page_leads_back_to_the_page_of_the_sheets(page, address, site):
    status = launch(page, address, "no_such", "sheet")
    expect(status).to_have_text("There is no sheet called “no_such” here.")
    link = page.locator("#back").get_attribute("href")
    assert (site / "run" / link).resolve().is_file()


def test_launch_page_names_the_packages_that_cannot_be_reached(page, address):
    page.route(f"{CDN}**", lambda route: route.abort())
    launch(page, address, "smoke")
    expect(page.locator("#problems li")).to_contain_text("jsdelivr.net, which cannot be reached")
    expect(page.locator("#problems li")).to_contain_text("numpy")


def test_launch_page_says_when_a_package_is_refused(page, address):
    allowed = {"status": 404, "headers": {"Access-Control-Allow-Origin": "*"}}
    page.route(f"{CDN}**", lambda route: route.fulfill(**allowed))
    launch(page, address, "smoke")
    expect(page.locator("#problems li")).to_contain_text("refused these packages")


def test_launch_page_says_when_the_browser_is_too_old(page, address):
    page.add_init_script("delete window.WebAssembly")
    launch(page, address, "smoke")
    expect(page.locator("#problems li").first).to_contain_text("too old")


def test_launch_page_opens_the_chapter_when_all_is_well(page, address):
    allowed = {"status": 200, "headers": {"Access-Control-Allow-Origin": "*"}}
    page.route(f"{CDN}**", lambda route: route.fulfill(**allowed))
    launch(page, address, "smoke")
    page.wait_for_url("**/lite/notebooks/index.html?path=smoke.ipynb")


def test_edits_are_kept_until_the_chapter_is_reset(page, address):
    allowed = {"status": 200, "headers": {"Access-Control-Allow-Origin": "*"}}
    page.route(f"{CDN}**", lambda route: route.fulfill(**allowed))
    launch(page, address, "smoke")
    smoke = cells(ROOT / "web" / "lite" / "smoke.ipynb")
    published, code = len(smoke), sum(cell.cell_type == "code" for cell in smoke)
    cell = opened(page)
    expect(cell).to_have_count(published)
    cell.first.click()
    page.keyboard.press("b")
    expect(cell).to_have_count(published + 1)
    page.keyboard.press("Control+s")
    kept(page, "smoke.ipynb", lambda cells: len(cells) == code + 1, 60)

    status = launch(page, address, "smoke")
    expect(status).to_have_text("You have edited this chapter before.")
    page.get_by_role("button", name="Continue with my version").click()
    expect(opened(page)).to_have_count(published + 1)

    page.evaluate("Object.keys(localStorage).forEach((key) => localStorage.setItem(key, 'older'))")
    status = launch(page, address, "smoke")
    expect(status).to_contain_text("a newer version of it has been published")
    page.get_by_role("button", name="Drop my edits").click()
    expect(opened(page)).to_have_count(published)
