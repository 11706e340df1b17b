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


def test_the_gradient_survives_near_four_alone(update):
    at = [update(place, "sampled") for place in (0.5, 0.6, 0.7)]
    assert [each["weight"] for each in at] == pytest.approx([3.2, 4, 5], abs=0.05)
    after = [each["gradient_after_30_layers"] for each in at]
    assert after == [
        pytest.approx(0.0009, abs=5e-5),
        pytest.approx(0.9, abs=0.05),
        pytest.approx(900, rel=0.04),
    ]


def test_sampled_heights_want_steep_steps(update):
    errors = [update(place, "sampled")["mean_error_of_the_drawing"] for place in (0.6, 1.6, 2.2)]
    assert errors[0] > errors[1] > errors[2] == pytest.approx(0.006, abs=5e-4)
    assert not any(update(place / 10, "sampled")["goal"] for place in range(5, 23))


def test_fitted_heights_want_soft_ones(update):
    best = update(1.6, "fitted")
    assert best["weight"] == pytest.approx(40, abs=0.5) and best["goal"]
    assert best["mean_error_of_the_drawing"] == pytest.approx(2.2e-6, abs=5e-7)
    assert update(2.2, "sampled")["mean_error_of_the_drawing"] > 1000 * 2e-6
    softer = [update(place, "fitted")["greatest_output_weight"] for place in (0.6, 1.0, 1.2)]
    assert min(softer) > 10 > 1 > best["greatest_output_weight"]
    assert best["gradient_after_30_layers"] > 1e29


def test_an_address_between_the_steps_shows_a_weight_of_the_slider(update):
    assert update(1.63, "fitted")["weight"] == update(1.6, "fitted")["weight"]
