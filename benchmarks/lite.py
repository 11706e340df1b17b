"""How long from the click on Run to the first output in the browser, and how much is fetched?

``python benchmarks/lite.py [SITE]`` measures the smoke notebook of a built site beside the
empty notebook of a JupyterLite that was built with no settings, with the same Python.
"""

import gzip
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from functools import cache
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "web"))
from serve import Quiet, server  # noqa: E402

ROUNDS = 3
PATIENCE = 300_000  # milliseconds
CDN = "https://cdn.jsdelivr.net/**"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
EMPTY = {
    "cells": [
        {
            "cell_type": "code",
            "id": "one",
            "source": "1 + 1",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        }
    ],
    "metadata": {"kernelspec": {"name": "python", "display_name": "Python", "language": "python"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}


def build_peer(folder, site):
    """JupyterLite as it comes, with an empty notebook and the Python of the site."""
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "empty.ipynb").write_text(json.dumps(EMPTY))
    shutil.copytree(site / "lite" / "static" / "pyodide", folder / "static" / "pyodide")
    command = [sys.executable, "-m", "jupyterlite_core.app", "build", "--lite-dir", folder]
    command += ["--contents", folder / "files", "--output-dir", folder / "output"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "output"


@cache
def compressed(path):
    return len(gzip.compress(Path(path).read_bytes(), 6))


class Host:
    """A server of a folder that notes which files it sent."""

    def __init__(self, folder):
        self.sent = []
        self.serving = server(folder)
        self.address = f"http://127.0.0.1:{self.serving.server_port}/"

        class Counting(Quiet):
            def copyfile(handler, source, target):
                self.sent.append(getattr(source, "name", None))
                super().copyfile(source, target)

        wrapped = self.serving.RequestHandlerClass
        self.serving.RequestHandlerClass = lambda *given: Counting(*given, **wrapped.keywords)
        threading.Thread(target=self.serving.serve_forever, daemon=True).start()

    def megabytes(self):
        """What was sent since the last question, as it is and compressed."""
        files = [path for path in self.sent if isinstance(path, str)]
        self.sent.clear()
        plain = sum(Path(path).stat().st_size for path in files)
        return plain / 1e6, sum(map(compressed, files)) / 1e6


def first_output(context, address):
    """Seconds from opening the address to the first output, all cells run at once."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.route(CDN, lambda route: route.fulfill(headers={"Access-Control-Allow-Origin": "*"}))
    start = time.perf_counter()
    page.goto(address)
    kernel = page.locator(".jp-Toolbar-kernelName")
    expect(kernel).to_have_text("Python (Pyodide)", timeout=PATIENCE)
    page.get_by_text("Run", exact=True).first.click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.locator(".jp-OutputArea-output").first.wait_for()
    seconds = time.perf_counter() - start
    page.close()
    return seconds


def measure(browser, host, path):
    """Seconds cold and warm, and megabytes fetched for the cold start and for the warm one."""
    context = browser.new_context()
    cold = first_output(context, host.address + path)
    fetched = host.megabytes()
    warm = first_output(context, host.address + path)
    again = host.megabytes()
    context.close()
    return cold, warm, *fetched, *again


def parts(site):
    """Megabytes of the site by part."""
    lite, python = site / "lite", site / "lite" / "static" / "pyodide"
    wheels = [path for path in python.glob("*.whl") if "emscripten" not in path.name]
    vendored = [path for path in python.glob("*.whl") if path not in wheels]
    sizes = {
        "book": size(site.rglob("*")) - size(lite.rglob("*")),
        "JupyterLite": size(lite.rglob("*")) - size(python.rglob("*")),
        "Python": size(python.rglob("*")) - size(wheels) - size(vendored),
        "wheels": size(wheels),
        "compiled wheels": size(vendored),
    }
    return sizes | {"together": sum(sizes.values())}


def size(paths):
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6


def main(site):
    if not (site / "lite" / "inputs.sha256").is_file():
        sys.exit(f"no site in {site}: `make site` builds one")
    named = next(filter(None, map(shutil.which, BROWSERS)), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        hosts = {
            "smoke notebook of this site": (Host(site), "run/index.html?chapter=smoke"),
            "empty notebook of JupyterLite": (
                Host(build_peer(Path(folder), site)),
                "notebooks/index.html?path=empty.ipynb",
            ),
        }
        browser = play.chromium.launch(executable_path=named, args=["--no-sandbox"])
        runs = {name: [] for name in hosts}
        for _ in range(ROUNDS):
            for name, (host, path) in hosts.items():
                runs[name].append(measure(browser, host, path))
        browser.close()
    print(__doc__)
    print(f"{'':31}{'s cold':>8}{'s warm':>8}{'MB cold':>9}{'gzipped':>9}{'MB warm':>9}")
    best = {}  # of several rounds: what else the computer did made the others slower
    for name, found in runs.items():
        best[name] = [min(column) for column in zip(*found, strict=True)]
        cold, warm, plain, zipped, again, _ = best[name]
        print(f"{name:31}{cold:8.1f}{warm:8.1f}{plain:9.1f}{zipped:9.1f}{again:9.1f}")
    ours, peer = best.values()
    print(f"{'ratio (goal: at most 1.2)':31}{ours[0] / peer[0]:8.2f}{ours[1] / peer[1]:8.2f}\n")
    for name, megabytes in parts(site).items():
        print(f"{name:31}{megabytes:8.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "_build" / "html").resolve())
