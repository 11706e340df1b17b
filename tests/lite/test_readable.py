"""Notebooks read like the pages: plain Markdown, in which nothing of the chapters is lost."""

import html
import re
from collections import Counter
from functools import cache

import nbformat
import pytest
from notebooks.copies import copy, renew
from notebooks.labels import Book
from notebooks.markdown import plain
from playwright.sync_api import expect

from book import ROOT, handed_out, notebooks, prose, sheets
from lite.notebook import opened

MYST = re.compile(r"\{[a-z:]+\}`|`{3,}\{|^:[a-z]+: |\$\$ ?\([a-z-]+\)", re.M)
every_chapter = pytest.mark.parametrize("chapter", notebooks(), ids=lambda chapter: chapter.stem)


@pytest.fixture(scope="module")
def known():
    return Book(ROOT, "/")


@cache
def read(page):
    return page.read_text(encoding="utf-8")


def words(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


@every_chapter
def test_code_and_outputs_are_those_of_the_chapter(known, chapter):
    made = [cell for cell in copy(chapter, known).cells if cell.cell_type == "code"]
    assert made == handed_out(chapter)


@every_chapter
def test_no_myst_is_left_and_no_word_is_lost(known, chapter):
    text = words(copy(chapter, known))
    assert MYST.search(prose(chapter)) and not MYST.search(text)
    kept = re.sub(
        r"^`{3,}\{[^\n]*\n|^:\w+:[^\n]*\n|\{[\w:-]+\}`[^`]*`", "", prose(chapter), flags=re.M
    )
    kept = re.sub(r"\$\$ \([\w-]+\)", "$$", kept)
    assert not Counter(re.findall(r"[\w\\]+", kept)) - Counter(re.findall(r"[\w\\]+", text))


@every_chapter
def test_the_figures_have_their_captions(known, chapter):
    made = copy(chapter, known).cells
    drawn = [n for n, cell in enumerate(made) if "figure" in cell.metadata.get("mystnb", {})]
    captions = [made[n + 1].source for n in drawn]
    numbers = [int(re.match(r"\*\*Figure (\d+)\.\*\* \S", caption)[1]) for caption in captions]
    assert drawn and numbers == list(range(numbers[0], numbers[0] + len(drawn)))


@every_chapter
def test_every_reference_has_the_number_and_the_place_of_the_page(known, chapter, site):
    links = re.findall(
        r"\[([^\]]+)\]\(/(chapters/[^#)]+)(?:#([^)]+))?\)", words(copy(chapter, known))
    )
    assert links
    for text, name, anchor in links:
        page = read(site / name)
        places = [each.end() for each in re.finditer(rf' id="{re.escape(anchor)}"', page)]
        assert places or not anchor, (text, name, anchor)
        if re.fullmatch(r"\(\d+\)|[A-Z][a-z]+ \d+", text):
            number = re.compile(r'class="(?:caption-number|eqno)">([^<]*)')
            assert text in [number.search(page, place)[1].strip() for place in places]


@every_chapter
def test_the_citations_are_those_of_the_page(known, chapter, site):
    page = read(site / "chapters" / f"{chapter.stem}.html")
    page = re.sub(r"<(?!/?span)[^>]*>", "", page)
    shown = re.findall(r'<span class="bibtex-citation" id="id\d+">(\[[^<]*\])</span>', page)
    shown = Counter(html.unescape(each).replace("\xa0", " ") for each in shown)
    link = r"\[([^\]]*)\]\(/chapters/bibliography\.html\)"
    text = re.sub(link, r"\1", words(copy(chapter, known)))
    assert shown and shown == {each: text.count(each) for each in shown}


@every_chapter
def test_hints_and_solutions_are_folded(known, chapter):
    text = words(copy(chapter, known))
    exercises = len(re.findall(r"\{exercise\}", prose(chapter)))
    folded = re.findall(r"<details>\n<summary>([^<]*)</summary>\n\n.+?\n\n</details>", text, re.S)
    assert Counter(each.split()[0] for each in folded) == (
        {"Hint": 3 * exercises, "Solution": exercises} if exercises else {}
    )


@pytest.mark.parametrize("text", ["```{margin}\nwords\n```", "{abbr}`x`"])
def test_what_cannot_be_shown_is_refused(known, text):
    with pytest.raises(ValueError, match="does not know how to show it"):
        plain(text, known)


def test_code_that_looks_like_myst_stays(known):
    text = "`` {cite}`Nielsen2015` `` and\n\n```python\n'{eq}`gains`'\n```\n"
    assert plain(text, known) == text


def test_without_an_address_only_chapters_are_linked():
    text = "{doc}`chain_rule`, {eq}`gains`, {numref}`fig-links`, {py:func}`~slopes.chain.gains`"
    title = "[The chain rule, link by link](chain_rule.ipynb)"
    assert plain(text, Book(ROOT)) == f"{title}, (2), Figure 2, `gains()`"


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.stem)
def test_sheets_of_homework_are_plain_markdown(sheet):
    for path in (sheet, ROOT / "homework" / "source" / sheet.stem / sheet.name):
        assert prose(path) and not MYST.search(prose(path))


def test_a_copy_that_somebody_edited_is_not_lost(tmp_path):
    book = Book(ROOT)
    assert renew(tmp_path, book) == []
    first, second = (tmp_path / chapter.name for chapter in notebooks()[:2])
    mine = nbformat.read(first, as_version=4)
    mine.cells[1].source += "\nx = 2"
    nbformat.write(mine, first)
    second.write_text(second.read_text().replace('"outputs": [', '"outputs":  ['))
    fresh, written = first.read_bytes(), second.read_bytes()
    assert renew(tmp_path, book) == [first]
    assert first.read_bytes() == fresh and second.read_bytes() != written


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chapter_reads_like_its_page_in_the_browser(browser, address, theme):
    page = browser.new_page(color_scheme=theme, viewport={"width": 1280, "height": 30_000})
    page.goto(f"{address}/lite/notebooks/index.html?path=interval_width.ipynb")
    opened(page)
    solution = page.locator("details", has_text="Solution to Exercise 17").first
    expect(solution).to_be_visible()
    within = solution.locator("p").first
    expect(within).not_to_be_visible()
    solution.locator("summary").click()
    expect(within).to_be_visible()
    expect(solution.locator("mjx-container").first).to_be_visible()
    link = page.get_by_role("link", name="Theorem 6").first
    assert link.get_attribute("href").endswith(
        "/chapters/interval_width.html#widest-steep-interval"
    )
    expect(page.locator("blockquote", has_text="Theorem 6").first).to_be_visible()
    assert page.locator("mjx-merror").count() == 0
    shown = page.locator(".jp-MarkdownOutput").all_inner_texts()
    assert len(shown) > 30 and not any(MYST.search(text) for text in shown)
    page.close()
