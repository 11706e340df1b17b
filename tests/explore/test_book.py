"""Every explorable of the book: right, light, with a goal within reach, and alive on the site."""

import gzip
import json
import re
from html import unescape

import numpy as np
import pytest

from book import notebooks
from explore.chapters import explorables, listed
from explore.compare import assert_page_agrees, drawn
from explore.conftest import SCRIPT, STYLE
from slopes.explore.controls import Slider
from slopes.explore.page.html import html

BOOK = listed()

# settings at which each goal is reached, by the name of the figure
REACHED = {
    "fig-two-faces": {"log10_weight": 1.6, "output_weights": "fitted"},
    "fig-links-live": {"x": 0.5, "w": 4.6, "b": -2.4},
    "fig-balance": {"w": 4.1, "b": -2.0, "activation": "sigmoid"},
    "fig-steep-map": {"w": 9.0, "b": -9.5},
    "fig-against-bound": {"w": 1, "b": 0, "x": 0, "activation": "tanh"},
    "fig-steep-inputs": {"w": 6.9, "b": -4.2},
    "fig-width-and-interval": {"w": 4.43},
    "fig-identity-workbench": {"w1": 0.2, "slope": 1, "output_bias": "yes"},
    "fig-heights": {"w": "90", "heights": "fitted"},
    "fig-living-fan": {"w_std": 1.4, "b_std": 0.03, "activation": "tanh"},
    "fig-ellipse": {"gain": 0.93, "angle": 1.06, "skew": 4.32},
    "fig-rnn-depth": {"gain": 1.0, "skew": 5.75, "angle": 1.22},
    "fig-resnet-depth": {"weights": "own", "gain": 2.0, "scale": 0.14},
    "fig-plane": {"weights": 1.0, "biases": 0.0, "activation": "tanh"},
    "fig-gate": {"bias": 5.0},
    "fig-backwards": {"weights": 10, "biases": 1},
    "fig-moment": {"hidden": "2", "epoch": 70},
    "fig-five": {"w": 100, "h1": 0.22, "h2": 0.19, "h3": 0.45, "h4": 0.2, "h5": 0.82},
    "fig-many": {"N": "50", "log10_w": 2.4},
    "fig-tower": {"w": 130, "h": 11.5},
    "fig-carve": {"directions": "12", "wing": 0.88, "size": 1},
    "fig-teeth": {"layers": "6", "peak": 0.99},
    "fig-wavefront": {"network": "recurrent network", "step": 38},
    "fig-between": {"up": 0.7, "left": 0.3},
    "fig-printed-interval": {"w": -8, "b": 3},
}

LAY_OUT = """async () => {
  await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  await document.fonts.ready;
}"""
NUMBERS, GOAL = ".explorable-numbers", ".explorable-goal"
TAPE = re.compile(r'<script type="application/json">(.*?)</script>', re.S)
NARROW = re.compile(r'<div class="explorable-picture explorable-narrow".*?</div>', re.S)
GIVE = """([name, value]) => document.querySelector(".explorable").explorable.give(name, value)"""


def test_the_book_has_at_least_twelve_and_one_in_each_chapter():
    assert len(BOOK) >= 12
    assert {chapter for chapter, _ in BOOK} == {page.stem for page in notebooks()} | {"intro"}
    assert len({figure for _, figure in BOOK}) == len(BOOK) and None not in dict(BOOK).values()


@pytest.mark.parametrize("chapter", dict(BOOK))
def test_a_cell_that_calls_explore_shows_an_explorable(chapter):
    assert set(explorables(chapter)) == {figure for each, figure in BOOK if each == chapter}


@pytest.mark.parametrize(("chapter", "figure"), BOOK, ids=[figure for _, figure in BOOK])
def test_the_page_agrees_with_numpy(chapter, figure, show):
    explorable = explorables(chapter)[figure]
    assert_page_agrees(show(explorable), explorable, tries=50)


@pytest.mark.parametrize(("chapter", "figure"), BOOK, ids=[figure for _, figure in BOOK])
def test_it_is_light(chapter, figure):
    explorable = explorables(chapter)[figure]
    heat = any(artist.kind == "heat" for artist in explorable.template.artists)
    text = html(explorable)
    narrow = NARROW.search(text)[0]
    size, without = (
        len(gzip.compress(each.encode(), 9)) for each in (text, text.replace(narrow, ""))
    )
    stored = figure == "fig-two-faces"  # carries 18 curves, fitted while the page was built
    assert without <= (30 if heat else 14 if stored else 12) * 1024
    assert size - without <= 2.5 * 1024  # of the drawing for narrow screens


@pytest.mark.parametrize(("chapter", "figure"), BOOK, ids=[figure for _, figure in BOOK])
def test_the_colours_of_a_map_go_from_dark_to_light_or_back(chapter, figure):
    """So that they can be told apart without hues."""
    for artist in explorables(chapter)[figure].template.artists:
        if artist.kind == "heat":
            lightness = artist.colours[:-1, :3] @ [0.2126, 0.7152, 0.0722]
            steps = np.diff(lightness)
            assert (steps >= -0.5).all() or (steps <= 0.5).all()
            assert abs(lightness[-1] - lightness[0]) > 80


@pytest.mark.parametrize(("chapter", "figure"), BOOK, ids=[figure for _, figure in BOOK])
def test_there_is_a_number_to_read_beside_a_goal(chapter, figure):
    explorable = explorables(chapter)[figure]
    assert explorable.goal and explorable.state(**explorable.defaults).numbers


def test_script_and_style_are_light():
    assert sum(len(gzip.compress(each.encode(), 9)) for each in (SCRIPT, STYLE)) <= 12 * 1024


@pytest.mark.parametrize(("chapter", "figure"), BOOK, ids=[figure for _, figure in BOOK])
def test_the_goal_is_not_met_at_first_and_can_be_reached(chapter, figure, show):
    explorable = explorables(chapter)[figure]
    page = show(explorable)
    goal = page.locator(".explorable-goal strong")
    assert goal.inner_text() == "Not yet reached"
    for name, value in REACHED[figure].items():
        if isinstance(explorable.controls[name], Slider):
            page.evaluate(GIVE, [name, value])
        else:
            page.locator(f"select[name={name}]").select_option(value)
    drawn(page)
    assert goal.inner_text() == "✓ Reached"


@pytest.mark.parametrize("chapter", list(dict(BOOK)))
def test_the_built_page_carries_the_tapes_that_were_checked(chapter, site):
    text = (site / "chapters" / f"{chapter}.html").read_text("utf-8")
    built = [json.loads(each) for each in TAPE.findall(text) if '"tape"' in each]
    ours = [json.loads(TAPE.search(html(each))[1]) for each in explorables(chapter).values()]
    assert built == ours  # all of them: none is missed


@pytest.mark.parametrize("chapter", list(dict(BOOK)))
def test_every_explorable_is_named_by_its_alt_text_and_its_figure(chapter, site):
    text = (site / "chapters" / f"{chapter}.html").read_text("utf-8")
    for name in explorables(chapter):
        figure = re.search(rf'<figure[^>]*id="{name}".*?</figure>', text, re.S)[0]
        said = re.search(r'<svg[^>]*aria-label="([^"]*)"', figure)[1]
        assert len(unescape(said)) > 30 and "<figcaption" in figure


@pytest.mark.parametrize("chapter", list(dict(BOOK)))
def test_explorables_work_on_the_site_with_the_network_cut(chapter, address, open_page):
    page = open_page(f"{address}chapters/{chapter}.html")
    page.evaluate(LAY_OUT)  # else a moved slider lets the page do that, which asks for fonts
    faults = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("request", lambda request: faults.append(request.url) if _matters(request) else None)
    page.context.set_offline(True)
    ids = page.locator(".explorable").evaluate_all("(all) => all.map((each) => each.id)")
    assert len(set(ids)) == len(ids)
    for place, explorable in enumerate(explorables(chapter).values()):
        root = page.locator(".explorable").nth(place)
        before = root.locator(".explorable-wide").inner_html()
        move(page, root)
        drawn(page)
        assert root.locator(".explorable-wide").inner_html() != before
        assert_page_agrees(page, explorable, place, tries=2)
    page.wait_for_timeout(500)
    assert not faults
    assert page.url.split("?")[0].endswith(f"{chapter}.html")  # arrows did not turn the page


def move(page, root):
    """Move the first slider of an explorable with keys, or its first choice if it has none."""
    sliders = root.locator("input[type=range]")
    if not sliders.count():
        root.locator("select").first.select_option(index=1)
        return
    sliders.first.focus()
    page.keyboard.press("Home")
    page.keyboard.press("PageUp")


def _matters(request):
    """Pictures further down load as they come near, explorable or not."""
    return not request.url.endswith(".svg")


def test_a_link_to_a_state_leads_to_it(address, open_page):
    chapter, figure = BOOK[0]
    explorable = explorables(chapter)[figure]
    name = next(name for name, each in explorable.controls.items() if hasattr(each, "high"))
    high = explorable.controls[name].high
    page = open_page(f"{address}chapters/{chapter}.html?{figure}.{name}={high}#{figure}")
    shown = page.locator(f"#{figure} input[name={name}]")
    assert float(shown.input_value()) == high
    assert shown.is_visible() and page.url.endswith(f"#{figure}")


def test_the_numbers_stand_close_to_the_goal(address, open_page):
    """The theme has rules of its own for such lists."""
    page = open_page(f"{address}chapters/{BOOK[0][0]}.html")
    page.evaluate(LAY_OUT)
    boxes = "(both) => both.map((each) => document.querySelector(each).getBoundingClientRect())"
    numbers, goal = page.evaluate(boxes, [NUMBERS, GOAL])  # both at one moment
    assert 0 <= goal["top"] - numbers["bottom"] <= 12


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_and_controls_can_be_told_from_the_ground(theme, address, open_page):
    """Contrast of at least 4.5 between the text of an explorable and what lies behind it."""
    page = open_page(f"{address}chapters/{BOOK[0][0]}.html", theme=theme)
    ratios = page.locator(".explorable").first.evaluate("""(root) => {
        const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
        const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
            .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
        const ground = (each) => {
            for (; each; each = each.parentElement) {
                const colour = numbers(getComputedStyle(each).backgroundColor);
                if (colour.length < 4 || colour[3] === 1) return light(colour);
            }
            return 1;
        };
        const words = root.querySelectorAll("dt, dd, label, form span, button, .explorable-goal");
        return [...words].map((each) => {
            const both = [light(numbers(getComputedStyle(each).color)), ground(each)];
            return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
        });
    }""")
    assert len(ratios) > 5 and min(ratios) >= 4.5
