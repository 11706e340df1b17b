"""What all tests share: the verified facts, and the marker that names the claim a test checks."""

import fcntl
import gc
import json
import os
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import settings

# small matrices gain nothing from threads, and tests run side by side; numpy reads this once
for library in ("OMP", "OPENBLAS"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

# a busy machine must not fail a property, and two runs on one commit must agree
settings.register_profile("book", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("book")

ROOT = Path(__file__).parents[1]
_FACTS = json.loads((ROOT / "tests" / "facts.json").read_text())
sys.path.append(str(ROOT / "web"))

# these, and all in a browser, run whole chapters, sites and classes; counting their lines would
# cost a third of the time
_WHOLE = ("chapters", "explore/test_book.py", "homework", "lite", "site")


def pytest_addoption(parser):
    told = "run every chapter in the browser, with the compiled wheels from their address"
    parser.addoption("--online", action="store_true", help=told)


def pytest_configure(config):
    config.addinivalue_line(
        "markers", "claim(label): the test checks the book's equation or theorem of that label"
    )
    config.addinivalue_line("markers", "browser: the test drives a browser (set by itself)")
    counter = _counter(config)
    if counter and hasattr(config, "workerinput"):
        # a worker begins to count twice, and the first count would go on where the second rests
        counter.pause()


def _counter(config):
    """What counts the lines that run in this process, if anything does."""
    return getattr(config.pluginmanager.getplugin("_cov"), "cov_controller", None)


def pytest_collection_modifyitems(items):
    """Build the site as soon as the chapters have run; what needs no site is tested meanwhile."""
    tests = ROOT / "tests"
    items.sort(key=lambda item: (tests in item.path.parents, item.path.name != "test_site.py"))
    for item in items:
        in_browser = "browser" in getattr(item, "fixturenames", ())
        if in_browser:
            item.add_marker("browser")
        if in_browser or any(item.path.is_relative_to(tests / each) for each in _WHOLE):
            item.add_marker("no_cover")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    """What is made for a test in which no lines are counted is made without counting them."""
    counter = _counter(item.config)
    rests = counter and item.get_closest_marker("no_cover")
    if rests:
        counter.pause()
    try:
        return (yield)
    finally:
        if rests:
            counter.resume()


def pytest_collection_finish():
    """Spare the search for garbage what was read so far, which all stays to the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def fact():
    """Look up a verified number by its id: ``fact("width_8").value``, ``.rtol``, ``.inputs``."""
    return lambda id: SimpleNamespace(id=id, **_FACTS[id])


BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = (
    "NO CHROMIUM WAS FOUND, so nothing was checked in a browser. Install it (Debian and Ubuntu: "
    "apt install chromium; elsewhere: .venv/bin/playwright install chromium), or name it in "
    "the environment: CHROMIUM=/path/to/it"
)


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium; one for the whole run, because Playwright allows no two at once.

    Where there is none the tests that need it are skipped, and fail in CI.
    """
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)  # milliseconds, as for all else: a busy machine is slow
    named = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as play:
        path = named or play.chromium.executable_path
        if not Path(path).exists():
            (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_BROWSER)
        # the popups of an address bar that nobody sees are a third of the work of a page
        popups = "WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup"
        arguments = ["--no-sandbox", "--disable-gpu", f"--disable-features={popups}"]
        browser = play.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory, worker_id):
    """Folder of the built site; ``SITE=folder`` takes one that is built already."""
    if "SITE" in os.environ:
        return Path(os.environ["SITE"]).resolve()
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent  # the first process builds for all
    with open(shared / "site.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "site.built").exists():
            done = subprocess.run(["make", "site"], cwd=ROOT, capture_output=True, text=True)
            assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
            (shared / "site.built").touch()
    return ROOT / "_build" / "html"


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
    with ThreadPoolExecutor() as pool:  # each takes half a second to hear of it
        list(pool.map(lambda each: each.shutdown(), running))
    for each in running:
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


OFFLINE = (
    "NO CHAPTER WAS RUN IN THE BROWSER, for which five compiled wheels are needed: "
    "--online takes them from their address, SLOPES_WASM_WHEELS=folder from a folder"
)


def pytest_terminal_summary(terminalreporter):
    """Say it loudly, at the end, where the browser was missing."""
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    found = [text for text in (NO_BROWSER, OFFLINE) if any(text in reason for reason in skipped)]
    if found:
        terminalreporter.section("attention", red=True, bold=True)
    for text in found:
        terminalreporter.line(text, red=True, bold=True)
