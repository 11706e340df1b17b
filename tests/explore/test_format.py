"""Numbers and words beside a figure."""

import json
from pathlib import Path

import pytest

from slopes.explore.page.format import format_number, without_tex

CASES = json.loads(Path(__file__).with_name("numbers.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['number']}{case.get('format')}")
def test_numbers_are_written_as_on_the_page(case):
    assert format_number(float(case["number"]), case.get("format", "")) == case["text"]


@pytest.mark.parametrize(("number", "text"), [(30, "30"), (0, "0"), (True, "yes"), (False, "no")])
def test_whole_numbers_and_truth_are_written_for_readers(number, text):
    assert format_number(number) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("width ", "width "),
        (r"$\sigma_1 = $", "σ₁ = "),
        (r"$w_{12}$ and $x^2$", "w₁₂ and x²"),
        (r"$|w| \ge 4$", "|w| ≥4"),
        (r"$\sigma'(z)$", "σ′(z)"),
        (r"$\Lambda$, $\lambda$", "Λ, λ"),
    ],
)
def test_tex_in_a_label_becomes_plain_letters(text, shown):
    assert without_tex(text) == shown


@pytest.mark.parametrize("text", [r"$\frac{1}{2}$", r"$\hat w$", r"$x_{out}$"])
def test_tex_that_has_no_plain_form_is_refused(text):
    with pytest.raises(ValueError, match="too much TeX"):
        without_tex(text)
