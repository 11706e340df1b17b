"""Explorables on a page of their own, opened in the browser."""

from importlib.resources import files

import pytest
from pages.bundle import bundle

from slopes.explore.page.html import html

FOLDER = files("slopes.explore.page")
SCRIPT = bundle(FOLDER / "script" / "start.js")
STYLE = (FOLDER / "style.css").read_text("utf-8")
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Explorables</title>
<style>{style}</style><body>{body}<script>{script}</script></body></html>"""


def document(*explorables):
    """A page with explorables, each in a figure of its own, the way the site shows them."""
    figures = (f'<figure id="fig-{n}">{html(each)}</figure>' for n, each in enumerate(explorables))
    return PAGE.format(style=STYLE, script=SCRIPT, body="".join(figures))


@pytest.fixture
def show(browser, tmp_path):
    """Show explorables on a page of their own; a fault of the script fails the test."""
    contexts, faults = [], []

    def show(*explorables, query="", **options):
        file = tmp_path / f"page{len(contexts)}.html"
        file.write_text(document(*explorables), encoding="utf-8")
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.route("http*://**", lambda route: faults.append(route.request.url))
        page.goto(file.as_uri() + query)
        return page

    yield show
    for context in contexts:
        context.close()
    assert not faults
