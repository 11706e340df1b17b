"""The pages on a telephone: letters to read, nothing that sticks out, figures that open."""

import pytest

import book
from checks import sticking_out
from explore.chapters import listed

LETTERS = """async () => {
  // letters are drawn as outlines a hundred units high, which the drawing scales
  const outline = (use) => use.ownerDocument.querySelector(use.getAttribute("href"));
  const letter = (use) => outline(use)?.getAttribute("transform")?.startsWith("scale(0.0156");
  const high = (each) => {
    const { a, b } = each.getScreenCTM();
    return Math.hypot(a, b);
  };
  const sizes = (svg) => [
    // a sign that is scaled to what it encloses, such as a root, is as high as that
    ...[...svg.querySelectorAll("use")].filter(letter).map(
      (use) => Math.max(100 * high(use), use.getBoundingClientRect().height)),
    ...[...svg.querySelectorAll("text")].map(
      (text) => parseFloat(getComputedStyle(text).fontSize) * high(text)),
  ];
  const found = {};
  const keep = (figure, svg) => { (found[figure.id] ??= []).push(...sizes(svg)); };
  for (const figure of document.querySelectorAll(".bd-article figure[id]")) {
    for (const image of figure.querySelectorAll("img")) {
      image.loading = "eager";
      await image.decode();
      const box = document.createElement("iframe");
      Object.assign(box.style, { width: `${image.clientWidth}px`, border: 0 });
      document.body.append(box);
      box.contentDocument.body.style.margin = 0;
      box.contentDocument.body.innerHTML = await (await fetch(image.currentSrc)).text();
      box.contentDocument.querySelector("svg").style.width = "100%";
      keep(figure, box.contentDocument.querySelector("svg"));
      box.remove();
    }
    for (const svg of figure.querySelectorAll(".explorable-picture svg"))
      if (svg.checkVisibility()) keep(figure, svg);
  }
  return found;
}"""
WORDS = """() => {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = {};
  const silent = "svg, script, style, noscript, .katex-mathml, .sr-only, .visually-hidden";
  while (words.nextNode()) {
    const element = words.currentNode.parentElement;
    if (!words.currentNode.data.replace("\u200b", "").trim() || element.closest(silent)) continue;
    if (!element.checkVisibility()) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size && size < (element.closest(".katex, sub, sup") ? 11 : 13.99))
      found[`${size} px: ${words.currentNode.data.trim().slice(0, 30)}`] = element.className;
  }
  return found;
}"""
HINTS = """() => [...document.querySelectorAll(".bd-article *")]
  .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth
    && ["auto", "scroll"].includes(getComputedStyle(each).overflowX)
    && !getComputedStyle(each).backgroundImage.includes("gradient"))
  .map((each) => each.outerHTML.slice(0, 100))"""
UNFOLDED = """() => [...document.querySelectorAll(".cell pre")]
  .filter((code) => /^(def update|explore)\\(/m.test(code.textContent) && code.checkVisibility())
  .map((code) => code.textContent.slice(0, 80))"""
LAID_OUT = """async () => {
  for (const each of document.querySelectorAll(".bd-article *")) {
    const { contentVisibility } = getComputedStyle(each);
    if (contentVisibility === "auto") each.style.contentVisibility = "visible";
  }
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


@pytest.fixture(scope="module")
def names(site):
    """All pages of the book, and of those that list source code the longest."""
    sources = sorted(site.glob("_modules/**/*.html"), key=lambda page: page.stat().st_size)
    found = [*site.glob("chapters/*.html"), *site.glob("*.html"), *sources[-1:]]
    return [
        page.relative_to(site).as_posix()
        for page in sorted(found)
        if 'http-equiv="Refresh"' not in page.read_text()
    ]


@pytest.fixture(scope="module")
def phone(browser, address, names):
    """What is seen on each page of the book on a telephone, by the name of the page."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    seen = {}
    for name in names:
        page = context.new_page()
        page.goto(address + name)
        page.evaluate(LAID_OUT)
        seen[name] = {
            "letters": page.evaluate(LETTERS),
            "words": page.evaluate(WORDS),
            "hints": page.evaluate(HINTS),
            "unfolded": page.evaluate(UNFOLDED),
        }
        page.set_viewport_size({"width": 320, "height": 600})
        seen[name]["sideways"] = sticking_out(page)
        page.close()
    context.close()
    return seen


def faults(phone, what):
    return {name: each[what] for name, each in phone.items() if each[what]}


def test_every_letter_of_a_figure_is_at_least_eleven_pixels_high(phone):
    sizes = {
        (page, figure): sizes
        for page, seen in phone.items()
        for figure, sizes in seen["letters"].items()
    }
    assert len(sizes) > 90 and all(len(each) > 5 for each in sizes.values())
    small = {figure: round(min(each), 1) for figure, each in sizes.items() if min(each) < 10.99}
    assert small == {}


def test_words_are_at_least_fourteen_pixels_high_and_scripts_eleven(phone):
    assert faults(phone, "words") == {}


def test_what_scrolls_sideways_shows_that_it_goes_on(phone):
    assert faults(phone, "hints") == {}


def test_code_that_moves_a_figure_is_folded(phone):
    assert faults(phone, "unfolded") == {}


def test_nothing_scrolls_sideways_on_a_small_telephone(phone):
    assert faults(phone, "sideways") == {}


def test_folded_code_opens(address, open_page):
    chapter, figure = listed()[0]
    page = open_page(f"{address}chapters/{chapter}.html", width=390)
    cell = page.locator(".cell", has=page.locator(f"#{figure}"))
    code = cell.locator("pre").first
    assert code.is_hidden()
    cell.locator("summary").focus()
    page.keyboard.press("Enter")
    code.wait_for(state="visible")
    assert "explore(" in code.inner_text()


FIGURES = {
    "picture": ("chain_rule", "fig-depth"),
    "explorable": ("sigmoid_bounds", "fig-steep-map"),
}


@pytest.mark.parametrize(("chapter", "figure"), FIGURES.values(), ids=FIGURES)
def test_a_figure_opens_by_touch_and_by_keys_and_closes(chapter, figure, address, open_page):
    page = open_page(f"{address}chapters/{chapter}.html#{figure}", width=390, has_touch=True)
    shown = page.locator(f"#{figure} :is(img, .explorable-narrow svg)").first
    shown.scroll_into_view_if_needed()
    shown.tap()
    dialog = page.get_by_role("dialog")
    large = dialog.locator(".enlarged-picture > *")
    assert large.bounding_box()["width"] >= 2 * shown.bounding_box()["width"]
    dialog.get_by_role("button", name="Close").tap()
    assert dialog.count() == 0
    button = page.locator(f"#{figure}").get_by_role("button", name="Enlarge Figure")
    button.focus()
    page.keyboard.press("Enter")
    assert large.is_visible()
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    page.keyboard.press("Escape")
    assert dialog.count() == 0
    assert button.evaluate("(each) => each === document.activeElement")


def test_an_enlarged_explorable_shows_what_it_showed(address, open_page):
    page = open_page(f"{address}chapters/sigmoid_bounds.html", width=390)
    root = page.locator("#fig-steep-map")
    root.locator("input[name=w]").evaluate("(each) => each.scrollIntoView()")
    root.locator("input[name=w]").focus()
    page.keyboard.press("Home")
    page.wait_for_timeout(100)
    root.get_by_role("button", name="Enlarge").click()
    pixels = """(each) => {
        const { data } = each.getContext("2d").getImageData(0, 0, each.width, each.height);
        return [...data].join();
    }"""
    copied = page.locator("dialog canvas").evaluate(pixels)
    assert copied == root.locator(".explorable-wide canvas").evaluate(pixels)
    assert len(set(copied.split(","))) > 3
    assert page.evaluate("""() => [...document.querySelectorAll("dialog.enlarged [id]")]
        .every(({ id }) => document.querySelectorAll(`[id="${id}"]`).length === 1)""")


@pytest.mark.parametrize("chapter", [page.stem for page in book.notebooks()[:1]])
def test_on_a_wide_screen_figures_do_not_open(chapter, address, open_page):
    page = open_page(f"{address}chapters/{chapter}.html", width=1280)
    assert page.locator("button.enlarge").first.is_hidden()
    page.locator(".bd-article figure img").first.click()
    assert page.get_by_role("dialog").count() == 0
