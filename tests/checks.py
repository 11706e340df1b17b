"""What is wrong with a page: each check returns a list of faults, empty when all is well."""

import gzip
import html
import re
import urllib.error
import urllib.request
from functools import cache
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

from axe_playwright_python.sync_playwright import Axe

_SHIFTS = """
window.__shift = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => {
  if (!entry.hadRecentInput) window.__shift += entry.value;
})).observe({type: "layout-shift", buffered: true});
"""
_SCROLL = """async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += 600) {
    scrollTo(0, y);
    await new Promise(done => setTimeout(done, 20));
  }
  await Promise.all([...document.images].map(image => {
    image.loading = "eager";
    return image.decode().catch(() => {});
  }));
}"""


class Visit:
    """One visit to a page from top to bottom: what was requested, what was said, what is wrong.

    Each of `checks` looks at the page in turn, and `found` holds its faults by its name; a
    check may change what comes after it, so the last may take the page apart.
    """

    def __init__(self, browser, address, *checks, **options):
        self.address, self.requests, self.said = address, [], []
        context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
        page = context.new_page()
        page.add_init_script(_SHIFTS)
        page.on("request", lambda request: self.requests.append(request))
        page.on("console", lambda message: self.said.append((message.type, message.text)))
        page.on("pageerror", lambda error: self.said.append(("error", str(error))))
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.evaluate(_SCROLL)
        page.wait_for_load_state("networkidle")
        self.shift = page.evaluate("window.__shift")
        read = {request.url for request in self.requests}  # a narrower window asks for others
        self.found = {check.__name__: check(page) for check in checks}
        context.close()
        self.weight = sum(compressed(url) for url in read if not url.startswith("data:"))

    def third_parties(self):
        """Requests that leave the site."""
        host = urlsplit(self.address).netloc
        urls = {request.url for request in self.requests}
        return sorted(
            url for url in urls if not url.startswith("data:") and urlsplit(url).netloc != host
        )

    def complaints(self):
        """Errors and warnings in the console, and requests that failed."""
        said = [text for kind, text in self.said if kind in ("error", "warning")]
        # a window that a check widens again gives up the drawings for narrow ones that were coming
        given_up = (None, "net::ERR_ABORTED")
        failed = [request.url for request in self.requests if request.failure not in given_up]
        return said + failed


@cache
def compressed(address):
    """Bytes of a file of the site as a server sends it, compressed; fonts and pictures as well."""
    try:
        with urllib.request.urlopen(address) as response:
            return len(gzip.compress(response.read()))
    except urllib.error.URLError:
        return 0


def unrendered(page):
    """Formulas that are not drawn, and TeX that shows as text."""
    return page.evaluate(
        r"""() => {
        const faults = [...document.querySelectorAll(".math")]
            .filter(each => !each.querySelector(".katex")).map(each => each.textContent);
        faults.push(...[...document.querySelectorAll(".katex-error, mjx-container, merror")]
            .map(each => each.textContent));
        const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const silent = "script, style, pre, code, annotation, textarea, noscript";
        while (words.nextNode()) {
            const text = words.currentNode;
            if (!text.parentElement.closest(silent)
                && /\\[a-zA-Z]{2,}|\\[([]|\$[^$\s][^$]*\$|\$\$/.test(text.data))
                faults.push(text.data.trim().slice(0, 80));
        }
        return faults;
    }"""
    )


def undescribed(page):
    """Pictures without words, size or caption, and explorables whose drawing has no name."""
    return page.evaluate(
        r"""() => {
        const faults = [];
        const report = (element, what) =>
            faults.push(what + ": " + element.outerHTML.slice(0, 120));
        for (const image of document.querySelectorAll(".bd-article img")) {
            if (!/\s/.test(image.alt) || image.alt.length < 20) report(image, "no alt text");
            if (!image.getAttribute("width") || !image.getAttribute("height"))
                report(image, "no size");
            if (!image.naturalWidth) report(image, "not loaded");
        }
        for (const drawing of document.querySelectorAll(".explorable svg[role=img]"))
            if ((drawing.getAttribute("aria-label") || "").length < 20)
                report(drawing, "no name");
        for (const each of document.querySelectorAll(".explorable"))
            if (!each.querySelector("svg[role=img]")) report(each, "no drawing");
        for (const picture of document.querySelectorAll(".cell_output img, .explorable")) {
            const caption = picture.closest("figure")?.querySelector("figcaption");
            if (!/^Figure \d+\s*\S/.test(caption?.innerText.trim() || ""))
                report(picture, "no numbered caption");
        }
        return faults;
    }"""
    )


def sticking_out_on_a_phone(page):
    """What sticks out when the window is as narrow as a phone's."""
    page.set_viewport_size({"width": 390, "height": 844})
    return sticking_out(page)


def sticking_out(page):
    """Elements that reach beyond the width of the window, apart from code and wide formulas."""
    return page.evaluate(
        """() => {
        const width = document.documentElement.clientWidth;
        const faults = [];
        if (document.documentElement.scrollWidth > width) faults.push(
            `the page is ${document.documentElement.scrollWidth} px wide in ${width} px`);
        const own = "pre, .katex-display, .katex-mathml, table, .sr-only, .visually-hidden";
        for (const each of document.querySelectorAll(".bd-article *")) {
            const box = each.getBoundingClientRect();
            if (box.width && box.height && box.right > width + 1
                && !each.closest(own) && !each.closest("svg, [hidden], dialog:not([open])"))
                faults.push(`${Math.round(box.right)} px: ` + each.outerHTML.slice(0, 100));
        }
        return faults;
    }"""
    )


# how many children an element of MathML has, where its schema says so
CHILDREN = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2}
CHILDREN |= {"msubsup": 3, "munderover": 3}


def malformed(text):
    """Elements of the MathML in a text that have too many children, too few, or empty lengths."""
    faults = []
    for formula in re.findall(r"<math.*?</math>", text, re.S):
        for each in ElementTree.fromstring(formula).iter():
            tag = each.tag.rpartition("}")[2]
            if CHILDREN.get(tag, len(each)) != len(each) or "" in each.attrib.values():
                faults.append(ElementTree.tostring(each, "unicode"))
    return faults


def out_of_reach(page):
    """What scrolls sideways and cannot be reached by the keyboard, of all that is laid out."""
    return page.evaluate(
        """async () => {
        await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
        return [...document.querySelectorAll(".bd-article *")]
            .filter(each => each.scrollWidth > each.clientWidth + 1 && each.clientWidth
                && ["auto", "scroll"].includes(getComputedStyle(each).overflowX)
                && each.checkVisibility({ contentVisibilityAuto: true }) && each.tabIndex !== 0)
            .map(each => each.outerHTML.slice(0, 100));
    }"""
    )


def cut_in_print(page):
    """Code whose lines are cut off on paper."""
    _drop_drawn_formulas(page)
    page.set_viewport_size({"width": 700, "height": 900})
    page.emulate_media(media="print")
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".bd-article pre")]
        .filter(each => each.scrollWidth > each.clientWidth + 1)
        .map(each => each.textContent.slice(0, 80))"""
    )
    page.emulate_media(media="screen")
    return cut


def _drop_drawn_formulas(page):
    """Keep of each formula only its MathML, so that much less is laid out again."""
    page.evaluate("document.querySelectorAll('.katex-html').forEach(each => each.remove())")


# the first element of each look: its colour and size, all that lies behind it, and for a link
# what tells it from the words around it
_MARK = """() => {
    const grounds = new Map([[null, ""]]);
    const ground = each => {
        if (!grounds.has(each)) {
            const {background, opacity, filter} = getComputedStyle(each);
            grounds.set(each, [background, opacity, filter, ground(each.parentElement)].join());
        }
        return grounds.get(each);
    };
    const looks = new Set(), words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
        const element = words.currentNode.parentElement;
        if (!words.currentNode.data.trim() || !element.checkVisibility()) continue;
        const own = getComputedStyle(element);
        const link = element.closest("a"), around = link && getComputedStyle(link.parentElement);
        const told = link && [getComputedStyle(link).textDecorationLine, around.color];
        const look = [own.color, own.fontSize, own.fontWeight, told, ground(element)].join();
        if (!looks.has(look)) element.setAttribute("data-look", "");
        looks.add(look);
    }
}"""
_MARKED = ' data-look=""'
_KEEP_MARKED = """() => {
    const kept = new Set();
    for (let each of document.querySelectorAll("[data-look]"))
        for (; each && !kept.has(each); each = each.parentElement) kept.add(each);
    for (const each of document.querySelectorAll("body :not(style)"))
        if (!kept.has(each)) each.remove();
}"""


def inaccessible(page):
    """What axe finds in light and in dark, except inside drawn formulas, where MathML is heard.

    Contrast is judged once for each combination of colour, size and grounds, on what is
    left of the page when all else is gone: nothing there lies over a word and hides it from axe.
    Little of the page remains, and it remains dark.
    """
    _drop_drawn_formulas(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate(Axe().axe_script)
    looks = "color-contrast", "link-in-text-block"
    found = _violations(page, rules={rule: {"enabled": False} for rule in looks})
    themes = "light", "dark"
    for theme in themes:
        _show(page, theme)
        page.evaluate(_MARK)
    page.evaluate(_KEEP_MARKED)
    for theme in themes:
        _show(page, theme)
        found += _violations(page, runOnly=looks)
    return list(dict.fromkeys(found))


def _show(page, theme):
    """Show the page as to a reader who prefers light or dark, once the change is complete."""
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.evaluate("() => new Promise(requestAnimationFrame)")


def _violations(page, **options):
    options["resultTypes"] = ["violations"]
    return [
        f"{rule['id']}: {rule['help']}: {node['html'].replace(_MARKED, '')[:160]}"
        for rule in page.evaluate("(options) => axe.run(options)", options)["violations"]
        for node in rule["nodes"]
    ]


def anchors(text):
    """Ids of an HTML text."""
    return set(re.findall(r'\b(?:id|name)="([^"]+)"', text))


def broken_links(site, pages):
    """Links and sources of `pages` that lead to no file or no anchor of the folder `site`."""
    known, faults = {}, []
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for link in set(re.findall(r'\b(?:href|src)="([^"]*)"', text)):
            link = html.unescape(link)
            if urlsplit(link).scheme or link.startswith("//"):
                continue
            target, anchor = urldefrag(urljoin(page.relative_to(site).as_posix(), link))
            path = site / unquote(urlsplit(target).path) if target else page
            if path.is_dir():
                path = path / "index.html"
            if path not in known:
                exists = path.is_file()
                reads = exists and path.suffix == ".html"
                known[path] = anchors(path.read_text(encoding="utf-8")) if reads else exists
            if known[path] is False:
                faults.append(f"{page.name}: {link}: no such file")
            elif anchor and known[path] is not True and unquote(anchor) not in known[path]:
                faults.append(f"{page.name}: {link}: no such place")
    return faults


def previews(site, page):
    """What is missing from the description of a page for search engines and previews."""
    text = page.read_text(encoding="utf-8")
    tags = dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', text))
    faults = [
        f"no {name}"
        for name in ("og:title", "og:description", "og:image", "description")
        if not tags.get(name)
    ]
    if re.search(r"[\\$]", tags.get("description", "")):
        faults.append(f"TeX in the description: {tags['description']}")
    if not 30 <= len(html.unescape(tags.get("description", ""))) <= 200:
        faults.append(f"the description has {len(tags.get('description', ''))} letters")
    image = urlsplit(tags.get("og:image", "")).path
    if not image or not list(site.rglob(image.rsplit("/", 1)[-1])):
        faults.append(f"no picture {image}")
    return faults
