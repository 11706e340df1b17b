"""Every explorable of the book: right on the page, light enough, and with a goal within reach."""

import gzip

import pytest

from book import notebooks
from explore.chapters import explorables, listed
from explore.compare import assert_page_agrees, drawn
from explore.conftest import FOLDER
from slopes.explore.controls import Slider
from slopes.explore.page import html

BOOK = listed()

# settings at which each goal is reached, by the name of the figure
REACHED = {
    "fig-links-live": {"x": 0.5, "w": 4.6, "b": -2.4},
    "fig-balance": {"w": 4.1, "b": -2.0, "activation": "sigmoid"},
    "fig-steep-map": {"w": 9.0, "b": -9.5},
    "fig-against-bound": {"w": 1, "b": 0, "x": 0, "activation": "tanh"},
    "fig-steep-inputs": {"w": 6.9, "b": -4.2},
    "fig-width-and-interval": {"w": 4.43},
    "fig-identity-workbench": {"w1": 0.2, "slope": 1, "output_bias": "yes"},
    "fig-awake": {"N": "30", "log10_w": 1.9},
    "fig-living-fan": {"w_spread": 1.4, "b_spread": 0.03, "activation": "tanh"},
    "fig-ellipse": {"gain": 0.93, "angle": 1.06, "skew": 4.32},
    "fig-rnn-depth": {"gain": 1.0, "skew": 5.75, "angle": 1.22},
    "fig-resnet-depth": {"gain": 2.1, "scale": 0.04},
    "fig-plane": {"weights": 1.0, "biases": 0.0, "activation": "tanh"},
    "fig-gate": {"bias": 5.0},
    "fig-backwards": {"weights": 12, "biases": 1},
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

GIVE = """([name, value]) => document.querySelector(".explorable").explorable.give(name, value)"""


def test_the_book_has_at_least_twelve_and_one_in_each_chapter():
    assert len(BOOK) >= 12
    assert {chapter for chapter, _ in BOOK} == {page.stem for page in notebooks()}
    assert len({figure for _, figure in BOOK}) == len(BOOK) and None not in dict(BOOK).values()


@pytest.mark.parametrize("chapter", dict(BOOK))
def test_a_cell_that_calls_explore_shows_an_explorable(chapter):
    assert set(explorables(chapter)) == {figure for each, figure in BOOK if each == chapter}


@pytest.mark.parametrize(("chapter", "figure"), BOOK, ids=[figure for _, figure in BOOK])
def test_the_page_agrees_with_numpy(chapter, figure, open_page):
    explorable = explorables(chapter)[figure]
    assert_page_agrees(open_page(explorable), explorable, tries=50)


@pytest.mark.parametrize(("chapter", "figure"), BOOK, ids=[figure for _, figure in BOOK])
def test_it_is_light(chapter, figure):
    explorable = explorables(chapter)[figure]
    heat = any(artist.kind == "heat" for artist in explorable.still.artists)
    size = len(gzip.compress(html(explorable).encode(), 9))
    assert size <= (30 if heat else 12) * 1024


def test_script_and_style_are_light():
    files = [(FOLDER / name).read_bytes() for name in ("page.js", "page.css")]
    assert sum(len(gzip.compress(each, 9)) for each in files) <= 12 * 1024


@pytest.mark.parametrize(("chapter", "figure"), BOOK, ids=[figure for _, figure in BOOK])
def test_the_goal_is_not_met_at_first_and_can_be_reached(chapter, figure, open_page):
    explorable = explorables(chapter)[figure]
    page = open_page(explorable)
    goal = page.locator(".explorable-goal strong")
    assert goal.inner_text() == "Not yet reached"
    for name, value in REACHED[figure].items():
        if isinstance(explorable.controls[name], Slider):
            page.evaluate(GIVE, [name, value])
        else:
            page.locator(f"select[name={name}]").select_option(value)
    drawn(page)
    assert goal.inner_text() == "✓ Reached"
