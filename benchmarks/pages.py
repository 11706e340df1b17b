"""How heavy are the pages, and what does Lighthouse say of them on a phone?

``python benchmarks/pages.py [CHAPTER ...]`` needs a built site (`make site`),
which is served compressed, as hosts of pages do. Lighthouse is asked where npm
can run it (npm's `lighthouse`) and a Chromium is found; set CHROMIUM to name
one. Its headless shell is taken first: the browser works on a window that
nobody sees, in the time of the page. Lighthouse takes a phone to be four times
as slow as the processor here, which is meant for one that it rates at 1500 to
2000 (its docs/throttling.md): each row is the median of rounds, with the
rating at their time.
"""

import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "web")]

from serve import Quiet, server  # noqa: E402

import book  # noqa: E402
import checks  # noqa: E402

SITE = Path(os.environ.get("SITE", ROOT / "_build" / "html")).resolve()
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
ROUNDS = 3
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
BROWSER = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


class Compressing(Quiet):
    """Serves files gzipped."""

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            return super().do_GET()
        body = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def weights(address, names):
    """Kilobytes of each page with all that it loads, gzipped, and how far its content jumps."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        visits = {name: checks.Visit(browser, address + name) for name in names}
        browser.close()
    return {name: (visit.weight / 1024, visit.shift) for name, visit in visits.items()}


def lighthouse(url):
    """Scores of a page from 0 to 100 by category, and the rating of the processor.

    None where Lighthouse cannot run.
    """
    npx = shutil.which("npx")
    if not npx:
        return None
    command = [npx, "--yes", "lighthouse@12", url, "--quiet", "--output=json"]
    command += [f"--only-categories={','.join(CATEGORIES)}"]
    command += ["--chrome-flags=--headless --no-sandbox --disable-gpu"]
    environment = os.environ | {"CHROME_PATH": BROWSER}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        return None
    told = json.loads(done.stdout)
    scores = [round(100 * told["categories"][name]["score"]) for name in CATEGORIES]
    return [*scores, round(told["environment"]["benchmarkIndex"])]


def main():
    """Print a table with a row for each page of the reading order."""
    running = server(SITE, handler=Compressing)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{running.server_port}/"
    known = [page.stem for page in book.pages()]
    wanted = sys.argv[1:] or known
    if unknown := sorted({*wanted} - {*known}):
        sys.exit(f"there is no chapter {', '.join(unknown)}; there are {', '.join(known)}")
    names = [f"chapters/{name}.html" for name in wanted]
    print(__doc__.splitlines()[0])
    print(f"{'':<36}{'KB gzipped':>11}{'jumps':>8}   {' / '.join([*CATEGORIES, 'processor'])}")
    for name, (weight, shift) in weights(address, names).items():
        rounds = [lighthouse(address + name) for _ in range(ROUNDS)]
        told = "Lighthouse cannot run here"
        if all(rounds):
            told = " / ".join(str(statistics.median(each)) for each in zip(*rounds, strict=True))
        print(f"{name:<36}{weight:>11.0f}{shift:>8.3f}   {told}")
    running.shutdown()


if __name__ == "__main__":
    main()
