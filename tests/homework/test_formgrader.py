"""nbgrader's formgrader, in a real browser, on a marked class: a person reads and gives points."""

import base64
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from nbconvert import HTMLExporter
from nbgrader.server_extensions.formgrader import handlers
from PIL import Image
from playwright.sync_api import expect

from coursework.autograded import autograded
from coursework.collect import collect
from coursework.handed_in import models_of
from coursework.mark import mark
from marking.mark import mark_cells
from marking.result import Result

from .conftest import ANSWERS, PROOF, answered, cell, jupyterlab, notebook, sheet
from .payloads import MARKDOWN, METADATA, NAMES, OUTPUTS, PAGE
from .test_mark import by_hand, cells

BIN = Path(sys.executable).parent
CONFIG = Path(__file__).parents[2] / "homework" / "nbgrader_config.py"
RUBRIC = "### BEGIN SOLUTION\nDouble it.\n\n**Rubric.** One point for a *reason*.\n### END SOLUTION"


@pytest.fixture
def configured(marked):
    """The marked class with the settings of this project's course."""
    (marked.root / CONFIG.name).write_text(CONFIG.read_text())
    return marked


@pytest.fixture
def server(configured, tmp_path):
    """The address of a Jupyter server in the course's folder, as `make byhand` starts one."""
    with jupyterlab(configured.root, tmp_path) as address:
        yield address


def submission(course, student):
    with course.gradebook() as gradebook:
        return gradebook.find_submission_notebook("sums", "sums", student).id


def handed_in(course, student, data, folder):
    """Collect and mark one more file."""
    (folder / student).mkdir(exist_ok=True)
    (folder / student / "sums.ipynb").write_bytes(data)
    collect(course, "sums", [folder / student / "sums.ipynb"])
    mark(course, "sums", ["--jobs", "1"])


def test_a_person_gives_points_and_nothing_of_a_student_runs(marked, server, browser):
    page = browser.new_page()
    page.set_default_timeout(90_000)
    page.goto(f"{server}/formgrader/submissions/{submission(marked, '5')}/")
    page.wait_for_selector("#proof.score:not([disabled])")
    assert page.title() == "sums" and "<script>" in page.inner_text("body")
    for name, points in (("double-hidden", "2"), ("third-hidden", "0")):
        score = page.locator(f"#{name}.score")
        expect(score).to_have_attribute("placeholder", points, timeout=90_000)
    assert not page.get_attribute("#proof.score", "placeholder")
    with page.expect_response(lambda reply: "/api/grade/" in reply.url and reply.ok):
        page.fill("#proof.score", "2.5")
        page.press("#proof.score", "Tab")
    with page.expect_response(lambda reply: "/api/comment/" in reply.url and reply.ok):
        page.fill("#proof-comment", "Why?")
        page.press("#proof-comment", "Tab")
    page.close()
    with marked.gradebook() as gradebook:
        grade = gradebook.find_grade("proof", "sums", "sums", "5")
        assert grade.manual_score == 2.5 and not grade.needs_manual_grade
        assert gradebook.find_comment("proof", "sums", "sums", "5").comment == "Why?"


def hostile(released):
    """A notebook with every payload there is, each in cells of its own."""
    made = json.loads(answered(released, **ANSWERS | {"proof": "\n\n".join(MARKDOWN.values())}))
    pixel = {"image/png": base64.b64encode(picture("PNG")).decode()}
    proof = made["cells"][-1]
    proof["attachments"] = {name: pixel for name in NAMES.values()}
    proof["source"] += "".join(f"\n\n![x](attachment:{name})" for name in NAMES.values())
    proof["metadata"] |= METADATA
    own = [cell("markdown", text) for text in MARKDOWN.values()]
    own += [cell("code", text) for text in MARKDOWN.values()]
    own += [{"cell_type": "raw", "metadata": METADATA, "source": PAGE}]
    outputs = [
        {"output_type": "display_data", "data": data, "metadata": {kind: METADATA for kind in data}}
        for data in OUTPUTS.values()
    ]
    outputs += [{"output_type": "stream", "name": PAGE, "text": PAGE}]
    outputs += [{"output_type": "error", "ename": PAGE, "evalue": PAGE, "traceback": [PAGE]}]
    own += [cell("code", "1") | {"outputs": [output]} for output in outputs]
    made["cells"] += [each | {"metadata": dict(METADATA)} for each in own]
    made["metadata"] |= {"title": PAGE, "widgets": {PAGE: PAGE}, "kernelspec": {"name": PAGE}}
    return json.dumps(made).encode()


def harm(page, address):
    """A list of what goes wrong on a page from now on: questions, windows, calls to elsewhere."""
    found = []

    def called(request):
        if not request.url.startswith((f"{address}/", "data:")):
            found.append(request.url)

    page.on("dialog", lambda dialog: (found.append(dialog.message), dialog.dismiss()))
    page.on("popup", lambda popup: found.append(popup.url))
    page.on("request", called)
    return found


CLICK = """() => {
  for (const each of document.querySelectorAll(".text *, .output *, .code *"))
    each.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
}"""
COVERED = """() => [...document.querySelectorAll("nav a, .score, .full-credit")].slice(0, 12)
  .filter(function (each) {
    each.scrollIntoView({block: "center"});
    const box = each.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return top !== each;
  }).map(each => each.outerHTML)"""


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["page", "without its policy"])
def test_no_payload_runs_or_calls_home_or_covers_the_page(
    marked, released, server, browser, tmp_path, bypass_csp
):
    handed_in(marked, "7", hostile(released), tmp_path)
    context = browser.new_context(bypass_csp=bypass_csp)
    page = context.new_page()
    page.set_default_timeout(90_000)
    wrong = harm(page, server)
    page.goto(f"{server}/formgrader/submissions/{submission(marked, '7')}/")
    expect(page.locator("#double-hidden.score")).to_have_attribute("placeholder", "2")
    address = page.url
    assert len(page.query_selector_all(".text")) > 2 * len(MARKDOWN)
    assert not page.query_selector_all(".text a, .text [style], .text [class], .text [id]")
    assert not page.query_selector_all(":is(.text, .output) :is(script, iframe, form, svg, input)")
    page.evaluate(CLICK)
    page.wait_for_timeout(1000)
    assert page.evaluate(COVERED) == []
    assert page.evaluate("[window.owned, document.title]") == [None, "sums"]
    assert page.url == address and wrong == [] and len(context.pages) == 1
    assert len(page.query_selector_all("#proof")) == 1
    context.close()


def test_the_file_alone_is_harmless_in_nbgraders_own_page(released, browser, tmp_path):
    made = autograded(hostile(released), sheet("Sums"), Result("7"), "")
    (tmp_path / "sums.ipynb").write_text(made)
    exporter = HTMLExporter(
        template_name="formgrade", extra_template_basedirs=[handlers.template_path]
    )
    resources = {"index": 0, "total": 1, "base_url": "", "submission_id": "1", "student": "7"}
    html, _ = exporter.from_filename(str(tmp_path / "sums.ipynb"), resources=resources)
    (tmp_path / "sums.html").write_text(html)
    page = browser.new_page()
    wrong = []
    ours = ("cdnjs.cloudflare.com/ajax/libs/mathjax", "/formgrader/static/")
    page.on("request", lambda request: wrong.append(request.url))
    page.goto(f"file://{tmp_path}/sums.html")
    page.evaluate(CLICK.replace(".text *", ".text_cell *"))
    page.wait_for_timeout(500)
    assert page.evaluate("window.owned") is None
    calls = [url for url in wrong if not url.startswith("data:") and "sums.html" not in url]
    assert not [url for url in calls if not any(each in url for each in ours)]
    page.close()


def picture(kind, size=(40, 30)):
    file = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(file, kind)
    return file.getvalue()


KINDS = ("PNG", "JPEG", "GIF", "WEBP", "HEIF")
PHOTO = picture("JPEG", (4000, 3000)) + b"\0" * 12_000_000
FIGURE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="9"/></svg>'


def test_every_picture_reaches_the_person_who_reads(marked, released, server, browser, tmp_path):
    """Whatever its kind, its size and its name; what is missing is named, and nothing fails."""
    pictures = {f"my photo ({kind}) [1].{kind.lower()}": picture(kind) for kind in KINDS}
    pictures |= {"photo.jpg": PHOTO, "figure.svg": FIGURE.encode()}
    made = json.loads(answered(released, **ANSWERS))
    proof = made["cells"][-1]
    proof["source"] = "".join(f"![x](attachment:{name})\n\n" for name in pictures)
    proof["source"] += "![x](attachment:gone (2).png) ![y](attachment:broken.png)"
    proof["attachments"] = {
        name: {"image/x": base64.b64encode(data).decode()} for name, data in pictures.items()
    } | {"broken.png": {"image/png": "iVBORw0KGgo="}}
    data = {"image/svg+xml": FIGURE, "text/plain": "<Figure size 640x480 with 1 Axes>"}
    made["cells"].append(
        cell("code", "plot()") | {"outputs": [{"output_type": "display_data", "data": data}]}
    )
    handed_in(marked, "7", json.dumps(made).encode(), tmp_path)
    page = browser.new_page()
    reply = page.goto(f"{server}/formgrader/submissions/{submission(marked, '7')}/")
    assert reply.status == 200 and len(reply.body()) < 3_000_000
    sizes = page.evaluate(
        "Promise.all([...document.images].map(i => i.decode().then(() => i.naturalWidth)))"
    )
    assert sizes == [40] * len(KINDS) + [2000, 40, 40]
    words = page.inner_text("main")
    assert "gone (2).png" in words and "broken.png (damaged)" in words and "<Figure" not in words
    page.close()


def test_the_page_opens_at_what_waits_with_all_that_a_person_needs(
    marked, server, browser, tmp_path
):
    models = sheet("Sums")
    models["cells"][2]["source"] += "\nmy_factor = 10 + len(student)"
    models["cells"][-2]["source"] += "\n\nLet it be `my_factor` times."
    models["cells"][-1]["source"] = RUBRIC
    data = answered(models, proof="Because it is so.")
    path = marked.autograded("5", "sums")
    path.write_text(autograded(data, models, Result("12345"), ""))
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{server}/formgrader/submissions/{submission(marked, '5')}/")
    expect(page.locator("#proof.score")).to_be_focused()
    for words in ("Because it is so.", "One point for a", "Let it be", "my_factor", "15"):
        box = page.get_by_text(words).first.bounding_box()
        assert 0 < box["y"] and box["y"] + box["height"] < 800, words
    answer = page.locator(".answers").bounding_box()
    assert page.locator(".rubric").bounding_box()["x"] > answer["x"] + answer["width"]
    assert not page.get_by_text("Double it.").is_visible()
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()


def test_could_not_be_read_is_not_0_in_formgraders_lists(marked, server, browser):
    page = browser.new_page()
    page.set_default_timeout(90_000)
    for place in ("gradebook/sums/sums", "manage_submissions/sums"):
        page.goto(f"{server}/formgrader/{place}")
        expect(page.locator("td.score")).to_have_count(5)
        scores = page.locator("td.score").all_inner_texts()
        assert scores.count("could not be read") == 1
        assert sorted(scores)[:2] == ["0 / 8", "3 / 8"]
    page.goto(f"{server}/formgrader/submissions/{submission(marked, '4')}/")
    assert "This file could not be read" in page.inner_text("main .notice")
    expect(page.locator("#double-hidden.score")).to_have_class("score tabbable needs_manual_grade")
    assert not page.get_attribute("#double-hidden.score", "placeholder")
    page.close()
    by_hand(marked, "4", 0)
    by_hand(marked, "4", 1, name="double-hidden")
    page = browser.new_page()
    page.goto(f"{server}/formgrader/gradebook/sums/sums")
    expect(page.locator("td.score").get_by_text("1 / 8")).to_have_count(1)
    page.close()


def placed(handed_in, model=None):
    """The cells of a marked notebook, by what part they are."""
    data = json.dumps(notebook(handed_in)).encode()
    made = json.loads(autograded(data, model or sheet("Sums"), Result("ada"), ""))["cells"]
    start = [each["metadata"].get("coursework") for each in made].index("rest")
    return made[:start], made[start:]


PROSE = "Because $2x = x + x$."


@pytest.mark.parametrize(
    "cells",
    [
        [cell("markdown", PROOF, "proof", grade=True, solution=True), cell("markdown", PROSE)],
        [cell("markdown", PROSE)],
        [cell("markdown", PROSE), cell("markdown", "# Sums", "title")],
        [cell("markdown", "# Sums"), cell("markdown", "## 3. A proof (3 points)"),
         cell("markdown", PROSE)],
        [cell("markdown", "## 3. A proof (3 points)\n\n" + PROSE, "proof-question")],
        [{"cell_type": "raw", "metadata": {}, "source": PROSE}],
        [cell("code", "# " + PROSE, "proof", grade=True, solution=True)],
        [cell("markdown", PROOF, "proof", grade=True, solution=True),
         cell("code", "x") | {"outputs": [
             {"output_type": "display_data", "data": {"text/markdown": PROSE}}]}],
    ],
    ids=["below", "replaced", "above", "names taken away", "in the question", "raw", "as code",
         "displayed"],
)  # fmt: skip
def test_a_proof_stands_before_the_teacher_wherever_it_was_written(cells):
    first, _ = placed(cells)
    html = json.dumps(first)
    assert "<mi>x</mi>" in html or "2x = x + x" in html


def test_what_was_shown_with_an_answer_is_not_shown_twice():
    first, rest = placed(
        [
            cell("markdown", "My proof.", "proof", grade=True, solution=True),
            cell("markdown", "And more of it."),
            cell("code", "scratch = 1"),
        ]
    )
    assert json.dumps(first).count("My proof.") == 1 and "And more of it." in json.dumps(first)
    assert "scratch = 1" in json.dumps(first) and "scratch" not in json.dumps(rest)


def test_a_sheet_without_its_names_is_not_shown_twice(released):
    bare = [each | {"metadata": {}} for each in released["cells"]]
    first, rest = placed(bare)
    assert json.dumps(rest).count("2. A third") == 1
    assert not [each for each in first if each["metadata"].get("coursework") == "elsewhere"]
    data, (read, _) = json.dumps(notebook(bare)).encode(), models_of(sheet("Sums"))
    assert mark_cells(data, read, "ada", trusted=True).pending == 0


def test_who_hands_in_anew_is_looked_at_anew_and_the_page_says_so(marked, released, tmp_path):
    by_hand(marked, "1", 2.5)
    for words in ("Another proof.", "A third proof."):
        handed_in(marked, "1", answered(released, **ANSWERS | {"proof": words}), tmp_path)
        notice = [
            each
            for each in cells(marked.autograded("1", "sums"))
            if each["metadata"].get("coursework") == "notice"
        ]
        assert len(notice) == 1 and "2.5 of 3" in notice[0]["source"]
    by_hand(marked, "1", 3)
    mark(marked, "sums", ["--jobs", "1"])
    assert "Handed in again" not in marked.autograded("1", "sums").read_text()


@pytest.mark.parametrize("command", ["autograde", "generate_feedback"])
def test_what_would_run_students_code_or_show_the_checks_is_refused(
    configured, released, tmp_path, command
):
    canary = tmp_path / "canary"
    data = answered(released, double=f"open({str(canary)!r}, 'w').close()")
    (configured.submitted("1", "sums") / "sums.ipynb").write_bytes(data)
    before = {path: path.read_bytes() for path in configured.root.rglob("*") if path.is_file()}
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    shown = subprocess.run(
        [BIN / "nbgrader", command, "sums", "--force"],
        cwd=configured.root,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
    )
    assert shown.returncode == 1 and "make mark" in shown.stderr
    after = {path: path.read_bytes() for path in configured.root.rglob("*") if path.is_file()}
    assert after == before and not canary.exists()
