"""Every verified fact that belongs to a module of the package is named by a test."""

import ast
import json
from pathlib import Path

TESTS = Path(__file__).parent
LATER = set()  # topics of chapters that the book does not have yet
LATER_FACTS = set()


def strings_in(path):
    tree = ast.parse(path.read_text())
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}


def test_every_fact_is_named_by_a_test():
    facts = json.loads((TESTS / "facts.json").read_text())
    due = {id for id, fact in facts.items() if fact["topic"] not in LATER} - LATER_FACTS
    tests = [path for path in TESTS.rglob("test_*.py") if path.name != "test_facts.py"]
    named = set().union(*(strings_in(path) for path in tests))
    assert due - named == set()
