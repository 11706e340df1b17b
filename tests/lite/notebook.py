"""What a reader does with a notebook in the browser: open it, run it, and keep what came out."""

import json
import time

from playwright.sync_api import expect

CDN = "https://cdn.jsdelivr.net/"
PATIENCE = 120_000  # milliseconds; a kernel that dies at boot says nothing

# the notebook as the page keeps it in its own store, or null
_KEPT = """async (name) => {
    const known = await indexedDB.databases();
    const database = known.map(({name}) => name).find((each) => each.startsWith("JupyterLite"));
    if (!database) return null;
    return new Promise((resolve) => {
        indexedDB.open(database).onsuccess = ({target: {result}}) => {
            if (!result.objectStoreNames.contains("files")) { result.close(); resolve(null); }
            const kept = result.transaction("files").objectStore("files").get(name);
            kept.onsuccess = () => { result.close(); resolve(kept.result?.content ?? null); };
        };
    });
}"""


def opened(page):
    """The cells of the notebook, once all are there and a kernel is chosen for them."""
    kernel = page.locator(".jp-Toolbar-kernelName")
    expect(kernel).to_have_text("Python (Pyodide)", timeout=PATIENCE)
    return page.locator(".jp-Notebook .jp-Cell")


def choose(page, menu, entry):
    page.get_by_text(menu, exact=True).first.click()
    page.get_by_text(entry, exact=True).click()


def run_all(page):
    opened(page)
    choose(page, "Run", "Run All Cells")


def kept(page, name, condition, seconds):
    """The code cells of a notebook, saved again and again until they meet the condition."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        page.keyboard.press("Control+s")
        page.wait_for_timeout(1000)
        content = page.evaluate(_KEPT, name)
        content = json.loads(content) if isinstance(content, str) else content
        cells = [each for each in (content or {}).get("cells", []) if each["cell_type"] == "code"]
        if cells and condition(cells):
            return cells
    raise TimeoutError(f"{name} is not done after {seconds} s; the page says {page.errors}")


def run_whole(page, name, seconds):
    """Run an open notebook from the first cell to the last, and return its code cells.

    The published outputs are cleared first, so that none is taken for one of this run.
    """
    opened(page)
    choose(page, "Edit", "Clear Outputs of All Cells")
    kept(page, name, lambda cells: not any(map(_touched, cells)), 2 * 60)
    choose(page, "Run", "Run All Cells")
    return kept(
        page, name, lambda cells: all(map(_done, cells)) or any(map(_failed, cells)), seconds
    )


def _touched(cell):
    return cell["outputs"] or cell["execution_count"] is not None


def _done(cell):
    return cell["execution_count"] is not None


def _failed(cell):
    return any(output["output_type"] == "error" for output in cell["outputs"])


def told(cell):
    """What a cell says in words: its text outputs in order, and errors."""
    words = []
    for output in cell["outputs"]:
        text = output.get("text", output.get("data", {}).get("text/plain", output.get("evalue")))
        if text is not None:
            words.append("".join(text))
    return words
