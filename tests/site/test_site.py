"""Every page of the built site, as a reader meets it."""

import re
import urllib.parse

import pytest

import book
import checks

KILOBYTE = 1024


def left_light(page):
    """The theme of a page that did not follow when its reader had come to prefer the dark."""
    theme = page.evaluate("document.documentElement.dataset.theme")
    return [theme] if theme != "dark" else []


LOOKS = (
    checks.unrendered,
    checks.undescribed,
    checks.sticking_out_on_a_phone,
    checks.out_of_reach,  # still on the phone
    checks.cut_in_print,
    checks.inaccessible,
    left_light,
)


@pytest.fixture(scope="module")
def every_page(site):
    """All pages of the book, without the notebook app beside them."""
    found = [*site.glob("*.html"), *site.glob("chapters/*.html"), *site.glob("_modules/**/*.html")]
    return [page for page in sorted(found) if 'http-equiv="Refresh"' not in page.read_text()]


@pytest.fixture(scope="module")
def pages(every_page):
    """The pages to open: of the listings of source code, which are alike, the longest two."""
    sources = sorted((page for page in every_page if "_modules" in page.parts), key=_length)
    return [page for page in every_page if page not in sources[:-2]]


def _length(page):
    return page.stat().st_size


@pytest.fixture(scope="module")
def visits(site, address, browser, pages):
    """One visit to each page, by its name, for all that is to be seen there."""
    names = [page.relative_to(site).as_posix() for page in pages]
    return {name: checks.Visit(browser, address + name, *LOOKS) for name in names}


@pytest.fixture(scope="module")
def chapters(site):
    """The pages of the reading order."""
    return [site / "chapters" / f"{page.stem}.html" for page in book.pages()]


def faults(visits, find):
    """Faults of all visits that have any, by page."""
    found = {name: find(visit) for name, visit in visits.items()}
    return {name: each for name, each in found.items() if each}


def seen(check):
    """What a check found on a visit."""
    return lambda visit: visit.found[check.__name__]


def test_every_page_of_the_reading_order_is_built(chapters):
    assert [page for page in chapters if not page.is_file()] == []


def test_no_page_asks_for_anything_outside_the_site(visits):
    assert faults(visits, checks.Visit.third_parties) == {}


def test_no_page_complains_in_the_console(visits):
    assert faults(visits, checks.Visit.complaints) == {}


def test_every_formula_is_drawn(visits):
    assert faults(visits, seen(checks.unrendered)) == {}


def test_mathml_is_what_its_schema_asks_for(every_page):
    found = {page.name: checks.malformed(page.read_text(encoding="utf-8")) for page in every_page}
    assert {name: each for name, each in found.items() if each} == {}


def test_every_picture_has_words_a_size_and_a_caption(visits):
    assert faults(visits, seen(checks.undescribed)) == {}


def test_axe_finds_nothing_in_light_and_in_dark(visits):
    assert faults(visits, seen(checks.inaccessible)) == {}
    assert faults(visits, seen(left_light)) == {}


def test_nothing_scrolls_sideways_on_a_phone(visits):
    assert faults(visits, seen(checks.sticking_out_on_a_phone)) == {}


def test_what_scrolls_sideways_can_be_reached_by_the_keyboard(visits):
    assert faults(visits, seen(checks.out_of_reach)) == {}


def test_print_keeps_long_lines(visits):
    assert faults(visits, seen(checks.cut_in_print)) == {}


def test_no_page_weighs_more_than_300_kilobytes(visits):
    heavy = {name: visit.weight for name, visit in visits.items()}
    assert {name: size for name, size in heavy.items() if size > 300 * KILOBYTE} == {}


def test_nothing_jumps_while_a_page_loads(visits):
    shifts = {name: visit.shift for name, visit in visits.items()}
    assert {name: shift for name, shift in shifts.items() if shift > 0.1} == {}


def test_every_link_leads_somewhere(site, every_page):
    assert checks.broken_links(site, every_page) == []


def test_every_chapter_describes_itself(site, chapters):
    found = {page.name: checks.previews(site, page) for page in chapters}
    assert {name: each for name, each in found.items() if each} == {}
    described = [re.search(r'name="description" content="(.*?)"', p.read_text()) for p in chapters]
    assert len({each[1] for each in described}) == len(chapters)


def test_search_finds_vanishing(address, open_page):
    page = open_page(address + "search.html?q=vanishing")
    result = page.locator("#search-results li a").first
    with page.expect_navigation():
        result.click()
    assert "/chapters/" in page.url
    page.mouse.move(9, 9)
    page.wait_for_function("document.querySelector('main').innerText.match(/vanish/i)")


def test_keyboard_reaches_content_search_and_theme(address, open_page, chapters):
    page = open_page(f"{address}chapters/{chapters[1].name}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main-content"
    page.keyboard.press("Control+k")
    page.keyboard.type("vanishing")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=vanishing")
    page.goto(f"{address}chapters/{chapters[1].name}")
    page.wait_for_load_state("networkidle")
    before = page.evaluate("document.documentElement.dataset.mode")
    page.locator("article ~ *, .theme-switch-button").first.wait_for(state="attached")
    page.locator(".theme-switch-button:visible").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.dataset.mode") != before


DENIED = """Object.defineProperty(window, "localStorage", { configurable: true,
    get() { throw new DOMException("Access is denied", "SecurityError"); } })"""


def test_theme_and_search_work_where_storage_is_denied(address, open_page, chapters):
    page = open_page("about:blank")
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.add_init_script(DENIED)
    page.goto(f"{address}chapters/{chapters[1].name}")
    page.wait_for_load_state("networkidle")
    modes = set()
    for _ in range(3):
        modes.add(page.evaluate("document.documentElement.dataset.mode"))
        page.locator(".theme-switch-button:visible").first.click()
    assert modes == {"auto", "light", "dark"}
    page.keyboard.press("Control+k")
    page.keyboard.type("vanishing")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=vanishing")
    assert complaints == []


def test_every_control_shows_where_the_focus_is(address, open_page, chapters):
    page = open_page(f"{address}chapters/{chapters[1].name}")
    unseen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
            const style = getComputedStyle(document.activeElement);
            return style.outlineStyle !== "none" || style.boxShadow !== "none"
                || style.textDecorationLine.includes("underline");
        }"""
        )
        if not seen:
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    assert unseen == []


def test_next_leads_through_the_book_in_order(address, open_page, chapters):
    page = open_page(f"{address}chapters/{chapters[0].name}")
    for expected in chapters[1:]:
        with page.expect_navigation():
            page.click("a.right-next")
        assert urllib.parse.urlsplit(page.url).path == f"/chapters/{expected.name}"
    with page.expect_navigation():
        page.click("a.left-prev")
    assert page.url.endswith(chapters[-2].name)


def test_the_link_to_the_next_page_stays_where_it_was_found(address, open_page, chapters):
    """Nothing above it may change its height while a reader is about to press it."""
    for chapter in chapters[1::4]:
        page = open_page(f"{address}chapters/{chapter.name}")
        places = page.evaluate("""async () => {
            const link = document.querySelector("a.right-next"), places = [];
            scrollTo(0, document.documentElement.scrollHeight);
            for (const end = performance.now() + 2000; performance.now() < end;) {
                await new Promise(requestAnimationFrame);
                places.push(link.getBoundingClientRect().y);
            }
            return places;
        }""")
        assert len(places) > 2 and max(places) - min(places) < 4, chapter.name


def test_arrow_keys_turn_the_page(address, open_page, chapters):
    page = open_page(f"{address}chapters/{chapters[1].name}")
    with page.expect_navigation():
        page.keyboard.press("ArrowRight")
    assert page.url.endswith(chapters[2].name)


def test_arrow_keys_scroll_wide_code_and_stay_on_the_page(address, open_page, chapters):
    page = open_page(f"{address}chapters/{chapters[1].name}", width=390)
    code = page.locator("pre[tabindex='0']").first
    code.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
    assert page.url.endswith(chapters[1].name)


def test_no_page_has_margin_notes_for_which_no_script_searches_any_more(every_page):
    kinds = "marginnote|sidenote|margin|margin.caption|full.width|sidebar|popout"
    noted = re.compile(rf'class="(?:[^"]* )?(?:tag_)?(?:{kinds})[ "]')
    assert [page.name for page in every_page if noted.search(page.read_text("utf-8"))] == []


def test_front_address_opens_the_book(address, open_page, chapters):
    page = open_page(address)
    page.wait_for_url(f"**/{chapters[0].name}")


def test_copy_button_copies_the_code(address, open_page):
    chapter = book.notebooks()[0]
    page = open_page(
        f"{address}chapters/{chapter.stem}.html",
        permissions=["clipboard-read", "clipboard-write"],
    )
    cell = page.locator(".cell_input").first
    cell.hover()
    cell.locator("button.copybtn").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    first = next(cell for cell in book.cells(chapter) if cell.cell_type == "code")
    assert copied.strip() == first.source.strip()


def test_every_notebook_can_be_downloaded(site, chapters):
    for notebook in book.notebooks():
        page = site / "chapters" / f"{notebook.stem}.html"
        (link,) = set(re.findall(r'href="([^"]*\.ipynb)"', page.read_text(encoding="utf-8")))
        file = (page.parent / link).resolve()
        assert code(file) == book.handed_out(notebook)
        assert file.read_bytes() == (site / "lite" / "files" / notebook.name).read_bytes()


def code(notebook):
    """The code cells of a notebook, with all that is stored in them."""
    return [cell for cell in book.cells(notebook) if cell.cell_type == "code"]


def test_hints_and_solutions_are_folded_and_open_by_keyboard(address, open_page):
    page = open_page(f"{address}chapters/{book.notebooks()[0].stem}.html")
    hint = page.locator("details.sd-dropdown").first
    assert hint.get_attribute("open") is None
    hint.locator("summary").focus()
    page.keyboard.press("Enter")
    assert hint.get_attribute("open") is not None
    solution = page.locator(".solution.dropdown").first
    content = solution.locator(".section, .solution-content, section").first
    assert not content.is_visible()
    solution.locator("button.toggle-button").focus()
    page.keyboard.press("Enter")
    assert content.is_visible()


def test_a_page_can_be_printed(address, open_page):
    page = open_page(f"{address}chapters/{book.notebooks()[0].stem}.html")
    assert page.pdf(format="A4")[:5] == b"%PDF-"


def test_paper_has_the_title_and_the_solutions_that_were_opened(address, open_page):
    page = open_page(f"{address}chapters/{book.notebooks()[0].stem}.html")
    page.locator(".solution.dropdown button.toggle-button").first.press("Enter")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("h1").first.is_visible()
    assert page.locator("button:visible").count() == 0
    solutions = page.locator(".solution.dropdown").all()
    opened = [each.locator("p:not(.admonition-title)").first.is_visible() for each in solutions]
    assert len(opened) > 1 and opened == [True] + [False] * (len(opened) - 1)


def test_formulas_and_figures_are_there_without_a_script(address, open_page):
    page = open_page(
        f"{address}chapters/{book.notebooks()[0].stem}.html", java_script_enabled=False
    )
    assert page.locator(".math .katex-html").count() > 20
    assert page.locator("figure img, figure svg[role=img]").count() > 0


def place(page, address, id):
    """How far below the top of the window a link to `id` leads, once the page is quiet."""
    page.goto(f"{address}?{id}#{id}")
    page.wait_for_load_state("networkidle")
    return page.evaluate("id => document.getElementById(id).getBoundingClientRect().y", id)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_link_to_an_equation_leads_to_it(site, address, open_page, width):
    name = f"chapters/{book.notebooks()[0].stem}.html"
    equations = re.findall(r'id="(equation-[\w-]+)"', (site / name).read_text(encoding="utf-8"))
    page = open_page(address, width=width)
    for equation in equations:
        assert 0 <= place(page, address + name, equation) < 300, equation


@pytest.mark.parametrize("width", [390, 1280])
def test_a_link_to_a_function_leads_to_it(site, address, open_page, width):
    name = "chapters/reference.html"
    text = (site / name).read_text(encoding="utf-8")
    functions = re.findall(r'<dt class="sig[^"]*" id="([^"]+)"', text)
    page = open_page(address, width=width)
    for function in functions[::60]:
        assert 0 <= place(page, address + name, function) < 300, function


def test_icon_of_the_tab_is_there(site, chapters):
    (link,) = re.findall(r'<link rel="icon" href="([^"]+)"', chapters[0].read_text())
    assert (chapters[0].parent / link).resolve().is_file()
