"""How soon does an explorable answer, on a page and in a kernel, and what does it weigh?"""

# ruff: noqa: E402
import contextlib
import gzip
import io
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
ROOT = Path(__file__).parents[1]
sys.path[:1] = str(ROOT / "tests"), str(ROOT / "web")  # this folder has an `explore`, too

import ipywidgets

from explore.chapters import explorables, listed
from explore.compare import settings
from explore.conftest import document
from slopes.explore.controls import Slider
from slopes.explore.page.html import html
from slopes.explore.page.template import Template
from slopes.explore.widget import live

KEYS, EVENTS, BUILDS = 60, 20, 3
BOUNDS = (
    "bounds: 12 KB (heat maps 30), build 300 ms, frame 16.7 and 33 ms, drawing 4 ms, kernel 10 ms"
)

# from a key to the end of the frame that shows what it did
LISTEN = """() => {
    window.times = [];
    window.addEventListener("keydown", ({ timeStamp }) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => times.push(performance.now() - timeStamp);
        port2.postMessage(0);
    }), true);
}"""

# the script's own share: replaying the tape and setting what changed
DRAW = """(settings) => {
    const { give, redraw } = document.querySelector(".explorable").explorable;
    return settings.map((numbers) => {
        for (const name in numbers) give(name, numbers[name]);
        const start = performance.now();
        redraw();
        return performance.now() - start;
    });
}"""


def milliseconds(work, times):
    """The middle of some times that `work` takes the processor, whatever else it has to do."""
    return statistics.median(_once(work, number) for number in range(times))


def _once(work, number):
    start = time.process_time()
    work(number)
    return 1000 * (time.process_time() - start)


def frames(page, explorable):
    """From a key on the first slider to the painted frame, and the drawing alone: lists in ms."""
    file = Path(tempfile.mkdtemp()) / "page.html"
    file.write_text(document(explorable), encoding="utf-8")
    page.goto(file.as_uri())
    tried = [numbers for numbers, _ in settings(explorable, KEYS)][-KEYS:]
    drawing = page.evaluate(DRAW, tried)
    page.evaluate(LISTEN)
    page.locator("input[type=range]").first.focus()
    page.keyboard.press("Home")
    for number in range(KEYS):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(30 + 7 * (number % 5))  # at any moment between two frames
    return page.evaluate("times.slice(1)"), drawing


def events(explorable):
    """A slider's event in a kernel: with this package, and with `interact` and a new picture."""
    steps = [numbers for numbers, _ in settings(explorable, EVENTS)][-EVENTS:]
    inputs = live(explorable).children[2:-1]
    names = list(explorable.controls)

    def event(number):
        for name, value in steps[number].items():
            inputs[names.index(name)].value = value

    def picture(**values):
        explorable.update(**values)
        explorable.figure.savefig(io.BytesIO(), format="png")

    sliders = {
        name: ipywidgets.FloatSlider(control.value, min=control.low, max=control.high)
        if isinstance(control, Slider)
        else ipywidgets.Dropdown(options=list(zip(control.labels, control.options, strict=True)))
        for name, control in explorable.controls.items()
    }
    widget = ipywidgets.interactive(picture, **sliders)

    def interact(number):
        name, value = next(iter(steps[number].items()))
        sliders[name].value = value

    assert widget.children
    # the first moves all sliders, an event for each; the second moves one
    return milliseconds(event, EVENTS) / len(steps[0]), milliseconds(interact, EVENTS)


def has_slider(explorable):
    """Whether there is one to move; an explorable may have choices alone."""
    return any(isinstance(control, Slider) for control in explorable.controls.values())


def row(page, chapter, figure):
    explorable = explorables(chapter)[figure]
    weight = len(gzip.compress(html(explorable).encode(), 9)) / 1024
    trace = milliseconds(lambda _: html(explorable), BUILDS)
    draw = milliseconds(
        lambda _: Template(explorable.figure, explorable.template.artists, explorable.prefix),
        BUILDS,
    )
    painted, drawing = frames(page, explorable)
    late = statistics.quantiles(painted, n=20)[-1]
    with contextlib.redirect_stdout(io.StringIO()):  # interact clears the screen
        kernel, redrawn = events(explorable)
    numbers = (weight, trace, draw, statistics.median(painted), late, statistics.median(drawing))
    return (figure, *numbers, kernel, redrawn)


def main():
    from playwright.sync_api import sync_playwright

    print(__doc__, BOUNDS, sep="\n")
    heads = ("", "KB gzip", "trace", "picture", "frame", "95 %", "drawing", "kernel", "interact")
    print(f"{heads[0]:24}" + "".join(f"{head:>9}" for head in heads[1:]))
    named = os.environ.get("CHROMIUM") or next(iter(Path("/usr/bin").glob("chromium*")), None)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=named, args=["--no-sandbox"])
        for chapter, figure in listed():
            if not has_slider(explorables(chapter)[figure]):
                continue
            page = browser.new_page()
            name, *numbers = row(page, chapter, figure)
            print(f"{name:24}" + "".join(f"{number:9.1f}" for number in numbers), flush=True)
            page.close()
        browser.close()
    print(
        "times in ms, those of Python of the processor; "
        "'picture' is matplotlib's drawing, which a still figure costs as well"
    )


if __name__ == "__main__":
    main()
