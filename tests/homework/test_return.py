"""What students get back: points and words, and nothing that gives the tests away."""

import csv
import io
import json
import re

import pytest
from PIL import Image

from coursework.__main__ import main
from coursework.book import book_at
from coursework.collect import collect
from coursework.course import CourseError, write
from coursework.feedback import tame
from coursework.handback import hand_back, table_path
from coursework.mark import mark
from coursework.marks import number
from coursework.questions import read_questions

from .conftest import ANSWERS, answered, pack
from .payloads import MARKDOWN
from .test_mark import by_hand

TITLES = ["1. Twice", "2. A third", "3. A proof"]


def rows(course):
    with open(table_path(course, "sums"), newline="", encoding="utf-8-sig") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def text(course, student):
    """A page without its tags."""
    return re.sub(r"<[^>]*>", " ", course.feedback(student, "sums").read_text())


def test_questions_are_named_by_their_headings(course):
    questions, title = read_questions(course.source("sums"))
    assert title == "Sums"
    assert [question.title for question in questions] == TITLES
    assert [question.cells for question in questions] == [
        ("dv", "double-hidden"),
        ("third-hidden",),
        ("proof",),
    ]


def test_the_table_has_a_column_for_each_question(marked):
    hand_back(marked, "sums")
    found = rows(marked)
    assert [[found[s][title] for title in TITLES] for s in "1235"] == [
        ["3", "2", ""],
        ["1", "2", ""],
        ["0", "0", "0"],
        ["3", "0", ""],
    ]
    assert found["1"]["name"] == "Ada Lovelace" and found["1"]["out of"] == "8"


def test_unreadable_is_told_apart_from_zero_and_from_waiting(marked):
    hand_back(marked, "sums")
    found = rows(marked)
    assert {s: found[s]["status"] for s in "134"} == {
        "1": "waits for marking by hand",
        "3": "marked",
        "4": "could not be read",
    }
    assert found["4"]["points"] == "" and {found["4"][title] for title in TITLES} == {""}
    assert found["3"]["points"] == "0"
    assert "could not be read" in text(marked, "4") and "of 8 points" not in text(marked, "4")


def test_a_page_says_what_was_found(marked):
    hand_back(marked, "sums")
    assert "5 of 8 points so far" in text(marked, "1")
    assert "1 of 3" in text(marked, "2") and "at 7 it is off" in text(marked, "2")
    assert "Full points." in text(marked, "2")


def test_names_of_functions_stand_in_type(marked):
    hand_back(marked, "sums")
    page = marked.feedback("3", "sums").read_text()
    assert "<code>double</code> is not defined in your notebook" in page and "`" not in page


def test_who_typed_another_id_is_told_so(marked):
    path = marked.results("sums") / "1.json"
    result = json.loads(path.read_text())
    path.write_text(json.dumps(result | {"notes": ["solved with the id '<b>', marked with '1'"]}))
    hand_back(marked, "sums")
    page = marked.feedback("1", "sums").read_text()
    assert "Solved with the id &#x27;&lt;b&gt;&#x27;" in page and "tell your teacher" in page
    assert "tell your teacher" not in text(marked, "2")


def test_what_a_person_decided_is_in_the_page(marked):
    by_hand(marked, "1", 2.5, "Nearly: why may you <swap> them?")
    by_hand(marked, "2", 2, name="double-hidden")
    hand_back(marked, "sums")
    assert "7.5 of 8 points" in text(marked, "1") and "so far" not in text(marked, "1")
    assert "why may you &lt;swap&gt; them?" in text(marked, "1")
    assert (
        rows(marked)["1"] | {"status": "marked", "points": "7.5", "3. A proof": "2.5"}
        == rows(marked)["1"]
    )
    assert "at 7 it is off" not in text(marked, "2") and "3 of 3" in text(marked, "2")


def test_a_proof_that_was_handed_in_anew_is_not_marked_until_somebody_looked(
    marked, released, tmp_path
):
    by_hand(marked, "1", 2.5)
    other = answered(released, **ANSWERS | {"proof": "Something else."})
    name = "Ada Lovelace_1_assignsubmission_file_/sums.ipynb"
    collect(marked, "sums", [pack(tmp_path / "x.zip", {name: other})])
    words, _ = mark(marked, "sums", ["--jobs", "1"])
    assert "1 handed in again after you marked by hand, look again: 1" in words
    hand_back(marked, "sums")
    row = rows(marked)["1"]
    assert (row["status"], row["3. A proof"]) == ("handed in again: waits for a new look", "")
    assert "5 of 8 points so far" in text(marked, "1")
    by_hand(marked, "1", 1)
    words, _ = mark(marked, "sums", ["--jobs", "1"])
    hand_back(marked, "sums")
    assert "look again" not in words and rows(marked)["1"]["points"] == "6"


def test_a_result_that_was_lost_is_no_obstacle_to_the_others(marked):
    (marked.results("sums") / "1.json").unlink()
    (marked.results("sums") / "2.json").write_text("{")
    hand_back(marked, "sums")
    found = rows(marked)
    assert {found[s]["status"] for s in "12"} == {"not marked yet"}
    assert found["3"]["status"] == "marked" and found["1"]["points"] == ""


def test_nothing_gives_the_tests_or_the_machine_away(marked):
    hand_back(marked, "sums")
    secrets = ["wanted", "secret_factor", "14", "3 * third", "HIDDEN", "assert", "Traceback"]
    secrets += [ANSWERS["double"], str(marked.root), "/tmp", "/home", "site-packages", ".py"]
    for path in marked.root.glob("feedback/**/*.html"):
        shown = re.sub(r"(?s)<style>.*?</style>", "", path.read_text())
        assert not [secret for secret in secrets if secret in shown], path


DOUBLED = """
[[double]]
key = "no-factor"
words = "The factor `2` is missing."
hint = "What is <twice> 1?"
section = "sums_and_more.html#twice-more"
code = '''
def double(x):
    return {value}
'''
"""


@pytest.fixture
def advised(marked, monkeypatch):
    """The class marked with a table of known mistakes, beside a book that is published."""
    monkeypatch.setenv("SITE_URL", "https://slopes.example")
    book_at.cache_clear()
    chapters = marked.root.parent / "chapters"
    chapters.mkdir()
    cells = [{"cell_type": "markdown", "source": ["# Sums\n", "## Twice & more"]}]
    (chapters / "sums_and_more.ipynb").write_text(json.dumps({"cells": cells}))
    table = marked.source("sums").with_name("mistakes.toml")
    table.write_text(DOUBLED.format(value="2 if x == 1 else 0"))
    yield marked
    book_at.cache_clear()


def test_a_page_says_the_likely_mistake_a_hint_and_where_to_read(advised):
    mark(advised, "sums", ["--jobs", "1", "--again"])
    hand_back(advised, "sums")
    page = advised.feedback("2", "sums").read_text()
    row = page[page.index("1. Twice") : page.index("2. A third")]
    assert "at 7 it is off; <code>double(7)</code> came back as 0" in row
    assert "The factor <code>2</code> is missing." in row and "What is &lt;twice&gt; 1?" in row
    link = (
        '<a href="https://slopes.example/chapters/sums_and_more.html#twice-more" rel="noreferrer">'
    )
    assert link + "“Twice &amp; more” in <cite>Sums</cite></a>" in row
    lines = re.findall(r"<p[^>]*>(.*?)</p>", row)
    assert len(lines) == len(set(lines)) == 4
    assert "Likely" not in advised.feedback("1", "sums").read_text()


def test_a_mistake_that_nobody_knows_is_sent_to_the_book_all_the_same(advised):
    advised.source("sums").with_name("mistakes.toml").write_text(DOUBLED.format(value="17"))
    mark(advised, "sums", ["--jobs", "1", "--again"])
    hand_back(advised, "sums")
    page = advised.feedback("2", "sums").read_text()
    assert "Read again" in page and "Likely" not in page and "The factor" not in page


COMMENT = """See https://example.org/a//b, or [here](https://example.org/c).
It is $\\frac12$ of <it>: ![x](http://example.org/pixel.png) [no](javascript:x())"""


def test_a_comment_comes_back_whole_and_does_nothing(marked):
    by_hand(marked, "1", 2.5, COMMENT)
    hand_back(marked, "sums")
    page = marked.feedback("1", "sums").read_text()
    assert "See https://example.org/a//b, or" in page and "&lt;it&gt;" in page
    assert '<a href="https://example.org/c" rel="noopener noreferrer">here</a>' in page
    assert "<mfrac><mn>1</mn><mn>2</mn></mfrac>" in page
    assert "<img" not in page and not re.search(r"href=.javascript", page)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_can_be_read_on_a_phone_and_in_the_dark(marked, open_page, width, theme):
    by_hand(marked, "1", 2.5, "$" + "x+" * 60 + "x$ and " + "w" * 300)
    hand_back(marked, "sums")
    page = open_page(f"file://{marked.feedback('1', 'sums')}", width=width, theme=theme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.get_by_text("2.5 of 3").is_visible()
    dark = page.evaluate("getComputedStyle(document.documentElement).colorScheme")
    shade = page.screenshot(clip={"x": 1, "y": 1, "width": 1, "height": 1})
    assert dark == "light dark"
    assert (Image.open(io.BytesIO(shade)).convert("L").getpixel((0, 0)) < 128) == (theme == "dark")


def test_nothing_in_a_comment_acts_in_the_students_browser(marked, open_page):
    by_hand(marked, "1", 2.5, "\n\n".join(MARKDOWN.values()))
    hand_back(marked, "sums")
    page = open_page(f"file://{marked.feedback('1', 'sums')}", bypass_csp=True)
    calls = []
    page.on("request", lambda request: calls.append(request.url))
    assert not page.query_selector_all("script, img, form, iframe, svg, [style], [onerror]")
    hrefs = page.eval_on_selector_all("a[href]", "all => all.map(each => each.protocol)")
    assert set(hrefs) <= {"http:", "https:", "mailto:"}
    page.reload()
    assert page.evaluate("window.owned") is None
    assert [url for url in calls if not url.startswith("file:")] == []


def test_a_page_needs_nothing_and_runs_nothing(marked):
    hand_back(marked, "sums")
    for path in marked.root.glob("feedback/**/*.html"):
        page = path.read_text()
        assert "default-src 'none'" in page
        assert not re.search(r"<script|<link|<img|src=|href=|url\(", page)


def test_returning_twice_changes_nothing(marked):
    hand_back(marked, "sums")
    files = {path: path.stat().st_mtime_ns for path in marked.root.glob("feedback/**/*.*")}
    hand_back(marked, "sums")
    assert {path: path.stat().st_mtime_ns for path in files} == files


def test_a_name_is_no_formula_in_the_table(marked):
    names = marked.students_file
    names.write_text(names.read_text().replace("Ada Lovelace", "=1+1"))
    hand_back(marked, "sums")
    assert rows(marked)["1"]["name"] == "'=1+1"


def test_the_command_says_who_waits(marked, capsys):
    assert main(["return", "sums", "--course", str(marked.root)]) == 0
    out = capsys.readouterr().out
    assert "5 pages" in out and "4: could not be read" in out and "  3:" not in out


def test_a_roster_of_others_is_refused_when_returning(marked, tmp_path, capsys):
    path = tmp_path / "class.csv"
    path.write_text("id,number\nx1,1\nx2,2\n")
    command = ["return", "sums", "--course", str(marked.root), "--roster", str(path)]
    assert (
        main(command) == 2 and "nobody who was marked is on this roster" in capsys.readouterr().err
    )
    assert main([*command, "--id-column", "number"]) == 0
    assert main(command[:4]) == 0 and list(rows(marked))[:2] == ["1", "2"]  # it is kept


def test_a_folder_in_the_place_of_a_roster_is_no_traceback(marked, tmp_path, capsys):
    command = ["return", "sums", "--course", str(marked.root), "--roster", str(tmp_path)]
    assert main(command) == 2 and "directory" in capsys.readouterr().err


def test_returning_what_was_not_marked_is_refused(course):
    with pytest.raises(CourseError, match="mark it first"):
        hand_back(course, "sums")


def test_returning_after_an_interruption_says_how_far_marking_came(course):
    write(course.results("sums") / "ada.json", b"{}")
    with pytest.raises(CourseError, match="interrupted after 1: mark it again, these stay"):
        hand_back(course, "sums")


@pytest.mark.parametrize(
    "words, tamed",
    [
        ("see /home/ada/x.py, line 3", "see …, line 3"),
        ("File '/usr/lib/python3/a.py'", "File '…'"),
        ("C:\\Users\\ada\\x.py failed", "… failed"),
        ("~/course/x.py", "…"),
        ("1/2/3 and w/b stay, 0.5/2 too", "1/2/3 and w/b stay, 0.5/2 too"),
        ("half / third", "half / third"),
    ],
)
def test_paths_are_taken_out_and_fractions_stay(words, tamed):
    assert tame(words) == tamed


def test_long_words_end():
    assert len(tame("x" * 10_000)) < 700


def test_points_are_written_without_needless_zeros():
    assert [number(value) for value in (0, 2.0, 2.5, 1 / 3, 10)] == ["0", "2", "2.5", "0.33", "10"]
