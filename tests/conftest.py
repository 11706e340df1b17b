"""What all tests share: the verified facts, and the marker that names the claim a test checks."""

import json
import os
import shutil
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


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium; one for the whole run, because Playwright allows no two at once."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome")
    installed = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=installed, args=["--no-sandbox"])
        yield browser
        browser.close()
