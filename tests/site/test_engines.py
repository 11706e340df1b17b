"""The site in Firefox and in WebKit too: clean pages, figures that agree, links that land."""

import re
from urllib.parse import urlsplit

import pytest

import book
import engines
from explore.chapters import explorables
from explore.compare import assert_page_agrees

CHAPTERS = [page.stem for page in book.notebooks()]
PAGES = [page.stem for page in book.pages()]
ANCHOR = re.compile(
    r'<(?:h[1-6]|section|figure|div|dt|tr|span|li|p|table|aside)\b[^>]*\bid="([^"]+)"'
)
FAULTS = """() => {
    const broken = [...document.images].filter((each) => each.complete && !each.naturalWidth);
    const faces = [...document.fonts].filter((each) => each.status === "error");
    const alive = document.querySelectorAll(".explorable.alive").length;
    return {
        broken: broken.map((each) => each.src),
        faces: faces.map((each) => each.family),
        still: document.querySelectorAll(".explorable").length - alive,
        asked: performance.getEntriesByType("resource").map((each) => each.name),
    };
}"""
# how far below its place an anchor lies once its link has been followed; near the page's end
# nothing can be scrolled to its place, and what is seen has landed
MISSED = """(ids) => ids.map((id) => {
    location.hash = "#" + id;
    const target = document.getElementById(id), root = document.documentElement;
    const margin = parseFloat(getComputedStyle(root).scrollPaddingTop) || 0;
    const own = parseFloat(getComputedStyle(target).scrollMarginTop) || 0;
    const top = target.getBoundingClientRect().top;
    const atEnd = scrollY + innerHeight >= root.scrollHeight - 2;
    const off = atEnd && top >= 0 && top < innerHeight ? 0 : top - margin - own;
    return [id, off];
}).filter(([, off]) => Math.abs(off) >= 100)"""
LANDED = """(id) => document.getElementById(id).getBoundingClientRect().top"""


@pytest.fixture(scope="module", params=["chromium", "firefox", "webkit"])
def engine(request, tmp_path_factory):
    """A page with the verbs ``goto`` and ``evaluate`` in each of the three."""
    if request.param == "chromium":
        page = request.getfixturevalue("browser").new_page(viewport={"width": 1280, "height": 900})
        yield page
        page.close()
        return
    driven = engines.start(request.param, tmp_path_factory.mktemp(request.param))
    yield driven
    driven.quit()


def anchors(path):
    """The ids of a page that a link may name; those that controls use are their own."""
    article = path.read_text(encoding="utf-8").partition('<article class="bd-article"')[2]
    ids = ANCHOR.findall(article.partition("</article>")[0])
    return [
        each
        for each in ids
        if not re.match(r"(explorable|question|cell-input|solution-content)", each)
    ]


@pytest.mark.parametrize("name", PAGES)
def test_every_anchor_is_where_its_link_leads(name, engine, site, address):
    ids = anchors(site / "chapters" / f"{name}.html")
    engine.goto(f"{address}chapters/{name}.html")
    assert engine.evaluate(MISSED, ids) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_fresh_page_opens_at_its_anchor(name, engine, site, address):
    """What loads above an anchor, once it has been found, does not push it away."""
    ids = anchors(site / "chapters" / f"{name}.html")
    for id in ids[:: max(1, len(ids) // 4)]:
        engine.goto(f"{address}chapters/{name}.html?{id}#{id}")
        assert engine.evaluate(MISSED, [id]) == []
        assert -100 < engine.evaluate(LANDED, id) < 900, id


@pytest.mark.parametrize("name", PAGES)
def test_every_page_loads_clean(name, engine, address):
    engine.goto(f"{address}chapters/{name}.html")
    found = engine.evaluate(FAULTS)
    hosts = {urlsplit(each).netloc for each in found.pop("asked") if not each.startswith("data:")}
    assert hosts <= {urlsplit(address).netloc}
    assert found == {"broken": [], "faces": [], "still": 0}


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_figure_agrees_with_numpy(name, engine, address):
    engine.goto(f"{address}chapters/{name}.html")
    for place, explorable in enumerate(explorables(name).values()):
        assert_page_agrees(engine, explorable, place, tries=20)
