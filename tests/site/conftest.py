"""The built site and a server for it; ``SITE=folder`` takes a site that is built already."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "web"))


@pytest.fixture(scope="session")
def site():
    """Folder of the built site."""
    if "SITE" in os.environ:
        return Path(os.environ["SITE"]).resolve()
    done = subprocess.run(["make", "site"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return ROOT / "_build" / "html"


def serving(folder):
    """A running server of `folder`."""
    from serve import server

    running = server(folder)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    return running


@pytest.fixture(scope="session")
def address(site):
    """Address of the built site, ending in a slash."""
    running = serving(site)
    yield f"http://127.0.0.1:{running.server_port}/"
    running.shutdown()
    running.server_close()


@pytest.fixture
def open_page(browser):
    """Open an address in a fresh profile: ``open_page(address, width=390, theme="dark")``."""
    contexts = []

    def open_page(address, width=1280, height=900, theme="light", **options):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        page.wait_for_load_state("networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()
