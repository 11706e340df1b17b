"""An explorable in JupyterLab: the widget is shown, and a key on its slider moves the picture."""

import os
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest

from explore.test_widget import CODE


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab that serves one notebook with an explorable."""
    folder = tmp_path_factory.mktemp("lab")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CODE)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, folder / "one.ipynb")
    places = ("CONFIG", "DATA", "RUNTIME")
    own = {f"JUPYTER_{place}_DIR": str(folder / place.lower()) for place in places}
    options = [
        *("--no-browser", "--allow-root", "--port=0", f"--ServerApp.root_dir={folder}"),
        *("--ServerApp.token=", "--ServerApp.password=", "--LabApp.news_url=None"),
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *options],
        env={**os.environ, **own},
        stderr=subprocess.PIPE,
        text=True,
    )
    yield _address(server)
    server.terminate()
    server.wait(20)
    server.stderr.close()


def _address(server):
    for line in server.stderr:
        if "http://127.0.0.1:" in line:
            address = "http://127.0.0.1:" + line.split("http://127.0.0.1:")[1].split("/")[0]
            break
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{address}/api", timeout=5)
            return address
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("JupyterLab did not answer")


def test_jupyterlab_shows_the_widget_and_moves_it(lab, browser):
    context = browser.new_context(viewport={"width": 1200, "height": 1000})
    page = context.new_page()
    page.goto(f"{lab}/lab/tree/one.ipynb?reset")
    page.locator(".jp-Cell").first.wait_for(timeout=60_000)
    page.get_by_text("| Idle").wait_for(timeout=60_000)
    page.locator(".jp-Cell .cm-content").first.click()
    page.keyboard.press("Control+Enter")
    line = page.locator('.jp-OutputArea [data-artist="line"] path')
    line.wait_for(state="attached", timeout=60_000)
    assert page.locator(".jp-OutputArea .explorable").count() == 0  # not the page's copy
    before = line.get_attribute("d")
    page.locator(".jp-OutputArea .noUi-handle").focus()
    page.keyboard.press("ArrowUp")
    page.get_by_text("5.05", exact=True).wait_for(timeout=20_000)
    assert line.get_attribute("d") != before
    context.close()
