"""Questions that are answered before one sees: what is asked, told, refused and shown."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from slopes.explore import choose, explore, guess, slider
from slopes.explore.questions.numeral import read_number
from slopes.explore.questions.widget import live
from slopes.figures._house import panels

HERE = Path(__file__).parent
NUMBERS = json.loads((HERE / "guesses.json").read_text("utf-8"))
REPLIES = json.loads((HERE / "replies.json").read_text("utf-8"))
BULLETS = {"all": "The last one gains.", "the first": "It is farthest from the cost."}


@pytest.mark.parametrize("case", NUMBERS, ids=lambda case: case["typed"])
def test_numbers_are_read_as_people_type_them(case):
    if case["number"] is None:
        with pytest.raises(ValueError, match=r"is no number; type one such as 0\.25"):
            read_number(case["typed"])
    else:
        assert read_number(case["typed"]) == case["number"]


@pytest.mark.parametrize("case", REPLIES, ids=lambda case: f"{case['guess']} for {case['truth']}")
def test_a_guess_is_told_how_far_it_is_and_what_went_wrong(case):
    mistakes = {float(value): text for value, text in case.get("mistakes", {}).items()}
    question = guess("?", case["truth"], mistakes, scale=case.get("scale", "ratio"))
    assert question.reply(case["guess"]) == case["reply"]


def test_a_choice_is_told_why():
    question = choose("Which layers learn slowly?", "the first", BULLETS)
    assert question.reply("all") == "No. The last one gains."
    assert question.reply("the first") == "Right. It is farthest from the cost."
    assert question.shown == "the first. It is farthest from the cost."


def test_text_that_the_notebook_stores_holds_the_truth():
    assert repr(guess("How steep?", np.float64(0.0625))) == "Guess('How steep?', 0.0625)"
    assert repr(choose("Which?", "all", BULLETS)) == "Choose('Which?', 'all')"


def moving():
    figure, axes = panels()
    axes.axhline(0.5, gid="mark")
    return explore(figure, lambda guess: {"mark": guess}, guess=slider(0, 1, 0.5))


@pytest.mark.parametrize(
    ("ask", "complaint"),
    [
        (lambda: guess("?", np.nan), "truth is nan; give finite numbers"),
        (lambda: guess("?", "big"), "truth is 'big', of type str; give real numbers"),
        (lambda: guess("?", 1, {np.inf: ""}), "a mistake is inf; give finite numbers"),
        (lambda: guess("?", 1, {1: ""}), "a mistake is 1.0, the truth itself"),
        (lambda: guess("?", 1, scale="log"), "scale is 'log'; give 'ratio' or 'difference'"),
        (lambda: guess("?", 1, veils=-1), "veils is -1; give a whole number from 0 up"),
        (lambda: guess("?", 1, veils=True), "veils is True; give a whole number"),
        (
            lambda: guess("?", 1, figure=panels()[0]),
            "give an Explorable, such as what explore returns",
        ),
        (lambda: choose("?", "a", {"a": ""}), "there are 1 options; give at least two"),
        (
            lambda: choose("?", "c", BULLETS),
            "right is 'c'; give one of the options: all, the first",
        ),
        (lambda: guess(r"$\frac{1}{2}$", 1), "too much TeX"),
    ],
)
def test_what_cannot_be_asked_is_refused(ask, complaint):
    with pytest.raises((TypeError, ValueError), match=re.escape(complaint)):
        ask()


def test_a_page_shows_all_of_it_where_no_script_runs():
    html = guess("How < steep?", 0.5, figure=moving())._repr_mimebundle_()["text/html"]
    assert "How &lt; steep?" in html
    assert "Answer: 0.5" in html
    assert 'class="explorable"' in html
    assert "veiled" not in html


def test_the_same_question_has_the_same_name_at_every_build():
    first, second = (guess("How steep?", truth)._repr_mimebundle_() for truth in (1, 2))
    names = [re.search(r'id="(question-\w+)"', each["text/html"])[1] for each in (first, second)]
    assert names[0] == names[1]


def press(widget, description):
    """Press a button of a widget, wherever it lies in it."""
    waiting = [widget]
    for each in waiting:
        waiting += getattr(each, "children", ())
        if getattr(each, "description", None) == description and hasattr(each, "click"):
            each.click()


def test_a_kernel_asks_tells_and_draws_the_guess():
    widget = live(guess("How steep?", 0.25, {1: "Without σ′."}, figure=moving()))
    _, answers, said, figure = widget.children
    field = answers.children[0]
    field.value = "steep"
    assert "is no number" in answers.children[2].value
    assert (said.value, figure.children) == ("", ())
    field.value = "0.96"
    assert (
        said.value
        == "You said 0.96; it is 0.25. Your guess is a factor of 3.8 too large. Without σ′."
    )
    (drawn,) = figure.children
    assert drawn.children[2].value == 0.96
    assert answers.children[2].value == ""


def test_a_kernel_shows_the_answer_to_whoever_asks():
    widget = live(choose("Which?", "all", BULLETS))
    press(widget, "the first")
    assert widget.children[2].value == "No. It is farthest from the cost."
    press(widget, "Show me")
    assert widget.children[2].value == "Answer: all. The last one gains."
