"""Numbers and words beside a figure."""

import pytest

from slopes.explore.page.format import format_number, without_tex


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.447743, "0.4477"),
        (-0.0000123456, "−1.235×10⁻⁵"),
        (123456.0, "1.235×10⁵"),
        (30, "30"),
        (0.0, "0"),
        (-0.0, "0"),
        (float("nan"), "none"),
        (float("inf"), "∞"),
        (float("-inf"), "−∞"),
        (True, "yes"),
        (False, "no"),
    ],
)
def test_numbers_are_written_for_readers(number, text):
    assert format_number(number) == text


@pytest.mark.parametrize(
    ("number", "spec", "text"),
    [
        (0.5, ".3f", "0.500"),
        (-0.0001, ".2f", "0.00"),
        (-1.25, "+.1f", "−1.2"),
        (1.25, "+.1f", "+1.2"),
        (12345.678, ".2e", "1.23×10⁴"),
        (float("nan"), ".2f", "none"),
    ],
)
def test_labels_follow_their_format(number, spec, text):
    assert format_number(number, spec) == text


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
