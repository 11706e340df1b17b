"""Sliders and choices: their ends, their steps, and what they refuse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slopes.activation import RELU, SIGMOID
from slopes.explore import choice, slider
from slopes.explore.controls import label, symbols

FINITE = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("low", "high", "value", "step"),
    [
        (-12, 12, 6.9, 0.1),
        (0, 1, 0.5, 0.005),
        (0, 1, 0, 0.005),
        (1, 30, 30, 0.1),
        (-8, 8, -3.4, 0.05),
        (0, 3.141592653589793, 1, 3.141592653589793 / 200),
    ],
)
def test_step_is_the_longest_round_one_that_meets_the_ends_and_the_value(low, high, value, step):
    assert slider(low, high, value).step == pytest.approx(step, rel=1e-12)


@given(low=FINITE, length=st.floats(1e-3, 1e6), share=st.floats(0, 1))
def test_every_slider_has_at_least_200_steps(low, length, share):
    high = low + length
    value = min(max(low + share * length, low), high)
    control = slider(low, high, value)
    assert (control.high - control.low) / control.step >= 200 * (1 - 1e-9)
    assert control.value == value


@pytest.mark.parametrize(
    ("value", "text"), [(6.9, "6.9"), (-3.4, "−3.4"), (6.8942, "6.8942"), (0, "0.0"), (5, "5.0")]
)
def test_values_are_shown_with_the_decimals_of_a_step(value, text):
    assert slider(-12, 12, 0, step=0.1).shown(value) == text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((1, 0, 0.5), "low is 1 and high is 0; give the lower end first"),
        ((0, 1, 2), "value is 2; give a number from 0 to 1"),
        ((0, 1, 0.5, 0), "step is 0; give a number above 0 and at most 1"),
        ((0, 1, 0.5, 2), "step is 2"),
        ((0, float("inf"), 1), "high is inf; give a finite number"),
    ],
)
def test_a_slider_refuses_what_it_cannot_reach(arguments, message):
    with pytest.raises(ValueError, match=message):
        slider(*arguments)


def test_a_slider_refuses_what_is_not_a_number():
    with pytest.raises(TypeError, match="value is '1'; give a number"):
        slider(0, 1, "1")
    with pytest.raises(TypeError, match="low is True; give a number"):
        slider(True, 1, 1)


def test_a_choice_shows_names_and_begins_with_the_first():
    control = choice(SIGMOID, RELU)
    assert control.labels == ("sigmoid", "relu")
    assert control.value is SIGMOID
    assert choice(5, 10).labels == ("5", "10")


def test_a_choice_refuses_fewer_than_two_options_and_equal_names():
    with pytest.raises(ValueError, match="1 option"):
        choice("one")
    with pytest.raises(ValueError, match="not all different"):
        choice(1, "1")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("sigma_max", "σ max", [("σ", "max")]),
        ("w_std", "σ w", [("σ", "w")]),
        ("rho", "ρ", [("ρ", "")]),
        ("chi", "χ", [("χ", "")]),
        ("log10_w", "log₁₀ w", [("log", "10"), ("w", "")]),
        ("h1", "h₁", [("h", "1")]),
        ("epochs_for_cos_50x", "epochs for cos 50x", None),
        ("after 100 steps", "after 100 steps", [("after 100 steps", "")]),
        ("w", "w", [("w", "")]),
    ],
)
def test_names_are_written_in_the_symbols_of_the_book(name, text, words):
    assert label(name) == text
    assert words is None or symbols(name) == words
