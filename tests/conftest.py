"""What all tests share: the verified facts, and the marker that names the claim a test checks."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

_FACTS = json.loads((Path(__file__).parent / "facts.json").read_text())


def pytest_configure(config):
    config.addinivalue_line(
        "markers", "claim(label): the test checks the book's equation or theorem of that label"
    )


@pytest.fixture
def fact():
    """Look up a verified number by its id: ``fact("width_8").value``, ``.rtol``, ``.inputs``."""
    return lambda id: SimpleNamespace(id=id, **_FACTS[id])
