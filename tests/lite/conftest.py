"""The built site, served below a base path, and a browser that notes what it asks of others."""

import re
import threading

import pytest

from lite.notebook import PATIENCE


@pytest.fixture(scope="session")
def address(site, tmp_path_factory):
    """The address of the site, below a base path; it ends in no slash."""
    from serve import server

    top = tmp_path_factory.mktemp("host")
    (top / "some").mkdir()
    (top / "some" / "where").symlink_to(site)
    with server(top) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_port}/some/where"
        serving.shutdown()


@pytest.fixture
def page(browser):
    """A page in a fresh profile, with lists of requests that left and of errors that were told."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.elsewhere, page.errors = [], []

    def note(request):
        if not re.match(r"http://127\.0\.0\.1|data:|blob:", request.url):
            page.elsewhere.append(request.url)

    def listen(message):
        if message.type == "error":
            page.errors.append(f"{message.text} {message.location.get('url')}")

    context.on("request", note)
    page.on("console", listen)
    yield page
    context.close()
