"""The notebooks open and compute in a browser, as far as that goes without the outside world."""

import re

import pytest
from playwright.sync_api import expect

from book import ROOT, cells, notebooks
from lite.notebook import CDN, PATIENCE, kept, opened, run_all


def test_smoke_notebook_computes_and_moves_a_slider(page, address):
    page.goto(f"{address}/lite/notebooks/index.html?path=smoke.ipynb")
    run_all(page)
    handle = page.locator(".noUi-handle")
    handle.wait_for(timeout=PATIENCE)
    expect(page.locator(".jp-OutputArea-output").first).to_have_text(re.compile(r"'\d+\.\d+\.\d+'"))
    handle.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("seven times 7 is 49")).to_be_visible()
    assert page.elsewhere == []
    assert page.errors == []


@pytest.mark.parametrize("chapter", notebooks(), ids=lambda chapter: chapter.stem)
def test_chapter_asks_for_nothing_but_the_compiled_wheels(page, address, chapter):
    page.route(f"{CDN}**", lambda route: route.abort())
    page.goto(f"{address}/lite/notebooks/index.html?path={chapter.name}")
    run_all(page)
    failure = page.locator(".jp-OutputArea-output", has_text="ModuleNotFoundError").first
    failure.wait_for(timeout=PATIENCE)
    expect(failure).to_contain_text("numpy")
    assert page.elsewhere and all(url.startswith(CDN) for url in page.elsewhere)
    wheels = {url.rsplit("/", 1)[1].split("-")[0] for url in page.elsewhere}
    assert wheels <= {"numpy", "matplotlib", "contourpy", "kiwisolver", "pillow"}


def launch(page, address, chapter):
    page.goto(f"{address}/run/index.html?chapter={chapter}")
    return page.locator("#status")


def test_launch_page_says_that_a_chapter_does_not_exist(page, address):
    status = launch(page, address, "no_such")
    expect(status).to_have_text("There is no chapter called “no_such” here.")


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
