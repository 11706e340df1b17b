"""Numbers and statements of the prose cannot change unless a check changes with them."""

import json

import pytest

import prose
from book import CHAPTERS, cells, notebooks, pages

NUMBERS = [
    ("interval_width", "wider than $0.447743", "wider than $0.457743"),
    ("identity_neuron", "E = 0.0560503844", "E = 0.0460503844"),
    ("random_chains", r"$\lambda = -2.3075847909\ldots$", r"$\lambda = -2.4075847909\ldots$"),
    ("random_chains", "r_1 = 0.15217950796", "r_1 = 0.16217950796"),
    ("learning_speed", r"= 4.881\ldots", r"= 5.881\ldots"),
    ("interval_width", "at a distance of 9.3e-6", "at a distance of 8.3e-6"),
    ("sigmoid_bounds", r"$0.0134306288$", r"$0.0134506288$"),
    ("chain_rule", "a factor of 3.59 for", "a factor of 3.19 for"),
    ("universality", "0.0031 at $w = 100N$", "0.0051 at $w = 100N$"),
    ("autoregressive", "PixelCNN 2850", "PixelCNN 2650"),
]
FORMULAS = [
    ("universality", r"\frac{1}{2N} + \frac{2\ln 2}{w}", r"\frac{1}{3N} + \frac{\ln 2}{w}"),
    ("sigmoid_bounds", r"C(x)\,n^{-3/2},", r"C(x)\,n^{-5/2},"),
    ("autoregressive", r"(\min(r, W-1) + 1)(H-1)", r"(\min(r, W-1) + 2)(H-1)"),
    ("recurrent_residual", r"\sigma_{\max}(W)\bigr)^{n-1}\!.", r"\sigma_{\max}(W)\bigr)^{n}\!."),
    ("random_chains", r"\int_0^1 \ln\left|", r"\int_0^1 2\ln\left|"),
    ("chain_rule", r"\frac{h^2}{6}\max|f'''| +", r"\frac{h^2}{3}\max|f'''| +"),
    ("interval_width", "within 4 units of the last place", "within 2 units of the last place"),
    ("identity_neuron", r"at least $\sigma(-|w_1|)$", r"at least $\sigma(-2|w_1|)$"),
    ("one_hidden_layer", r"at most $R\,\sqrt{2d/n}$", r"at most $R\,\sqrt{d/n}$"),
]


def said(name):
    return "\n\n".join(prose.texts(CHAPTERS / f"{name}.ipynb"))


COVERED = [page for page in notebooks() if page.stem not in ("learning_speed", "cures")]


@pytest.mark.parametrize("page", COVERED, ids=lambda page: page.stem)
def test_every_number_of_the_prose_comes_out_of_a_check(page):
    assert [number.text for number in prose.uncovered(page)] == []


def test_every_statement_is_the_one_that_was_checked():
    marks = json.loads(prose.STATEMENTS.read_text())
    stated = {
        label: prose.digest(text)
        for page in pages()
        for label, text in prose.statements(page).items()
    }
    changed = {label for label in stated if stated[label] != marks.get(label)}
    assert changed == set(), "read their tests again, then: python tests/prose.py LABEL…"
    assert set(marks) == set(stated)


@pytest.mark.parametrize(("name", "true", "false"), NUMBERS)
def test_a_wrong_number_is_noticed(name, true, false):
    page, text = CHAPTERS / f"{name}.ipynb", said(name)
    assert true in text
    before, after = (prose.uncovered(page, [each]) for each in (text, text.replace(true, false)))
    assert len(after) > len(before)


@pytest.mark.parametrize(("name", "true", "false"), FORMULAS)
def test_a_wrong_formula_is_noticed(name, true, false):
    page = CHAPTERS / f"{name}.ipynb"
    before = prose.statements(page)
    changed = cells(page)
    for cell in changed:
        cell.source = cell.source.replace(true, false)
    after = prose.statements(page, changed)
    assert any(prose.digest(before[label]) != prose.digest(after[label]) for label in before)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (r"about $3.7\cdot10^{-42}$ of 390,625", [3.7e-42, 390625]),
        (r"$390{,}625$, 12.5 % and $0.447743\ldots$", [390625, 12.5, 0.447743]),
        ("2e-14, 10⁻⁶ and 10 to the power −19.4", [2e-14, 6, 19.4]),
        ("Is it 0.5? In 2015, two of 12 layers, `0.3`, {cite}`X2016`", []),
        (r"$x_{17}^{31}$ of equation (113), section 2.3.1", []),
    ],
)
def test_numbers_are_read_as_they_are_meant(text, values):
    assert [number.value for number in prose.numbers(text)] == pytest.approx(values)
