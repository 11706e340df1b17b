"""A server for the built site, and pages of it."""

import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "web"))


@pytest.fixture(scope="session")
def serve():
    """Serve a folder: its address, ending in a slash."""
    from serve import server

    running = []

    def serve(folder):
        running.append(server(folder))
        threading.Thread(target=running[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{running[-1].server_port}/"

    yield serve
    for each in running:
        each.shutdown()
        each.server_close()


@pytest.fixture(scope="session")
def address(site, serve):
    """Address of the built site."""
    return serve(site)


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
