"""A page that a browser has saved: what was alive is alive again, and nothing is doubled."""

import pytest

COUNT = """() => Object.fromEntries(
    [".copybtn", ".toggle-button", ".enlarge", ".explorable-handle", ".explorable canvas",
     ".explorable.alive", ".veiled"].map((each) => [each, document.querySelectorAll(each).length])
)"""


def drawing(page, place):
    return page.locator(".explorable").nth(place).locator(".explorable-wide").first


# a heat map, points that can be dragged, and questions
@pytest.mark.parametrize("chapter", ["sigmoid_bounds", "universality"])
def test_a_saved_page_is_alive_and_nothing_is_doubled(chapter, address, open_page):
    first = open_page(f"{address}chapters/{chapter}.html")
    first.wait_for_function("document.querySelector('.explorable.alive')")
    counted, saved = first.evaluate(COUNT), first.content()
    again = open_page(address)
    again.route("**/saved.html", lambda route: route.fulfill(body=saved, content_type="text/html"))
    again.goto(f"{address}chapters/saved.html")
    again.wait_for_load_state("networkidle")
    assert again.evaluate(COUNT) == counted and counted[".explorable.alive"] > 0
    before = drawing(again, 0).inner_html()
    again.locator(".explorable input[type=range]").first.focus()
    again.keyboard.press("Home")
    again.wait_for_timeout(300)
    assert drawing(again, 0).inner_html() != before
