"""The numbers on the landing page are those of its figure."""

import re

import pytest

from book import CHAPTERS


@pytest.fixture(scope="module")
def update():
    page = (CHAPTERS / "intro.md").read_text(encoding="utf-8")
    cell = re.search(r"```\{code-cell\} python\n---\n.*?\n---\n(.*?)```", page, re.S)[1]
    names = {}
    exec(cell, names)
    return names["update"]


def test_the_gradient_survives_at_four_alone(update):
    after = [update(weight)["gradient_after_30_layers"] for weight in (3, 4, 5)]
    assert after == [pytest.approx(0.0002, abs=5e-5), 1, pytest.approx(800, rel=0.02)]


def test_a_good_drawing_costs_forty_powers_of_ten(update):
    assert not update(100)["goal"]
    good = update(113)
    assert good["goal"] and good["gradient_after_30_layers"] > 1e40
