"""Every claim of the book is checked by a test that names it, and no test names another."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from book import cells, claims, pages, prose

TESTS = Path(__file__).parents[1]
LABEL = re.compile(r"^:label: ((?:ex|sol)-[\w-]+)$", re.M)


def claims_of_tests():
    """The labels in ``@pytest.mark.claim("label")`` over all tests."""
    for path in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.claim":
                yield from (label.value for label in node.args)


def test_claims_of_the_book_and_of_the_tests_are_the_same():
    stated = {label for page in pages() for label in claims(page)}
    checked = set(claims_of_tests())
    assert stated - checked == set(), "claims that no test checks"
    assert checked - stated == set(), "tests of claims that the book does not state"


def test_labels_are_unique():
    counts = Counter(label for page in pages() for label in claims(page))
    assert [label for label, count in counts.items() if count > 1] == []


def test_names_of_figures_and_labels_of_exercises_are_unique():
    counts = Counter(label for page in pages() for label in re.findall(LABEL, prose(page)))
    shown = [cell.metadata.get("mystnb", {}) for page in pages() for cell in cells(page)]
    counts += Counter(look["figure"]["name"] for look in shown if "figure" in look)
    assert [label for label, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_every_theorem_has_a_label(page):
    text = prose(page)
    heads = text.count("{prf:") - text.count("{prf:proof}") - text.count("{prf:ref}")
    assert len(claims(page)) >= heads
    assert heads == sum(text.count(f":label: {label}\n") for label in claims(page))
