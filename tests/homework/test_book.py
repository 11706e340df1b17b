"""The sections of the book to which a student is sent: they are there, under these addresses."""

import json
from pathlib import Path

import pytest
from docutils.nodes import make_id

from coursework.book import Book, anchor_of, book_at
from marking.mistakes import NAME, read_mistakes
from sheets import NAMES, SOURCE

ROOT = Path(__file__).parents[2]
MISTAKES = [mistake for name in NAMES for mistake in read_mistakes(SOURCE / name / NAME)]


def headings(chapter):
    cells = json.loads((ROOT / "chapters" / f"{chapter}.ipynb").read_text())["cells"]
    lines = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    return [line.lstrip("# ") for line in lines.splitlines() if line.startswith("#")]


@pytest.mark.parametrize("section", sorted({mistake.section for mistake in MISTAKES}))
def test_every_section_that_a_mistake_names_is_in_the_book(section):
    file, _, anchor = section.partition("#")
    heading, chapter = book_at(ROOT).names(section)
    title, *found = headings(file.removesuffix(".html"))
    assert chapter == title and heading in found
    assert [make_id(each) for each in found].count(anchor) == 1
    assert make_id(heading) == anchor_of(heading) == anchor


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.key)
def test_every_mistake_comes_with_words_a_hint_and_a_section(mistake):
    assert mistake.words.endswith(".") and mistake.hint and mistake.section


@pytest.fixture
def repository(tmp_path):
    (tmp_path / "_config.yml").write_text('html:\n  baseurl: ""\n')
    return tmp_path


@pytest.mark.parametrize(
    "remote",
    ["https://github.com/Ada/slopes.git", "git@github.com:Ada/slopes.git"],
)
def test_the_address_is_that_of_the_published_pages(repository, monkeypatch, remote):
    git = repository / ".git"
    git.mkdir()
    for folder in ("objects", "refs"):
        (git / folder).mkdir()
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    (git / "config").write_text(f'[core]\n\tbare = false\n[remote "origin"]\n\turl = {remote}\n')
    monkeypatch.delenv("SITE_URL", raising=False)
    book_at.cache_clear()
    assert book_at(repository).address == "https://ada.github.io/slopes/"
    (repository / "_config.yml").write_text('html:\n  baseurl: "https://slopes.example/"\n')
    book_at.cache_clear()
    assert book_at(repository).address == "https://slopes.example/"
    monkeypatch.setenv("SITE_URL", "https://other.example")
    book_at.cache_clear()
    assert book_at(repository).address == "https://other.example"
    book_at.cache_clear()


def test_a_book_whose_address_is_not_known_has_names_and_no_links():
    assert Book("").link("a_b.html#c-d") == ""
    assert Book("").names("a_b.html#c-d") == ("c d", "a b")
