"""Each check of a page finds the fault it is there for, on a page made to have it."""

import pytest

import checks

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<link rel="icon" href="data:,">{head}</head>
<body><main class="bd-article"><h1>A page</h1>{body}</main></body></html>"""
WORDS = "One line falls from 1 to 0.2247"
FIGURE = '<figure><div class="cell_output">{}</div><figcaption>Figure 1 A</figcaption></figure>'
PICTURE = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"


@pytest.fixture
def folder(tmp_path):
    """A folder that holds one page, ``page.html``, with the given body and head."""

    def make(body, head=""):
        text = PAGE.format(body=body, head=head)
        (tmp_path / "page.html").write_text(text, encoding="utf-8")
        return tmp_path

    return make


@pytest.fixture
def visited(folder, serve, browser):
    """A visit to a page with the given body and head."""
    looks = checks.unrendered, checks.undescribed
    return lambda body, head="": checks.Visit(
        browser, serve(folder(body, head)) + "page.html", *looks
    )


@pytest.fixture
def opened(folder, serve, open_page):
    """A page with the given body, open in the browser."""
    return lambda body, **options: open_page(serve(folder(body)) + "page.html", **options)


def test_a_good_page_has_no_fault(visited):
    image = f'<img src="{PICTURE}" alt="{WORDS}" width="100" height="50">'
    visit = visited(f"<p>Prose, with $5 and \\n.</p>{FIGURE.format(image)}")
    assert visit.third_parties() == visit.complaints() == []
    assert visit.found == {"unrendered": [], "undescribed": []}
    assert visit.shift < 0.1


def test_a_request_to_another_host_is_found(visited):
    visit = visited('<img src="http://127.0.0.2:9/a.png" alt="">')
    assert visit.third_parties() == ["http://127.0.0.2:9/a.png"]


@pytest.mark.parametrize(
    "body",
    [
        "<script>console.error('bad')</script>",
        "<script>throw new Error('bad')</script>",
        '<script src="missing.js"></script>',
    ],
)
def test_a_complaint_is_found(visited, body):
    assert visited(body).complaints() != []


@pytest.mark.parametrize(
    "body",
    [
        r"<p>Here $w\sigma'(z)$ stands.</p>",
        r"<p>Here \(w\) stands.</p>",
        r"<p>A lonely \sigma.</p>",
        '<span class="math">w</span>',
        '<span class="katex-error">w</span>',
    ],
)
def test_a_formula_that_is_not_drawn_is_found(opened, body):
    assert len(checks.unrendered(opened(body))) == 1


@pytest.mark.parametrize(
    ("picture", "fault"),
    [
        (f'<img src="{PICTURE}" alt="" width="9" height="9">', "no alt text"),
        (f'<img src="{PICTURE}" alt="0a1b2c3d4e5f60718293a4b5c6" width="9" height="9">', "no alt"),
        (f'<img src="{PICTURE}" alt="{WORDS}">', "no size"),
        (f'<img src="gone.svg" alt="{WORDS}" width="9" height="9">', "not loaded"),
        ('<div class="explorable"><svg role="img" aria-label="A line"></svg></div>', "no name"),
        ('<div class="explorable"><svg></svg></div>', "no drawing"),
    ],
)
def test_a_picture_without_words_is_found(opened, picture, fault):
    faults = checks.undescribed(opened(FIGURE.format(picture)))
    assert any(each.startswith(fault) for each in faults)


def test_a_picture_without_a_caption_is_found(opened):
    body = f'<div class="cell_output"><img src="{PICTURE}" alt="{WORDS}"></div>'
    faults = checks.undescribed(opened(body))
    assert any(each.startswith("no numbered caption") for each in faults)


def test_what_a_page_weighs_is_what_its_files_weigh(visited, tmp_path):
    (tmp_path / "noise.js").write_bytes(b"//" + bytes(range(33, 127)) * 2)
    light = visited("").weight
    heavy = visited('<script src="noise.js"></script>').weight
    assert 100 < light < 1000 and light + 60 < heavy < light + 300


JUMP = """<p></p><h2 style="height: 500px">Moved</h2><script>
  let jumped = false;
  const frame = () => new Promise(requestAnimationFrame);
  new PerformanceObserver(async () => {
    await frame();
    document.querySelector("p").style.height = "700px";
    await frame().then(frame);
    jumped = true;
  }).observe({type: "paint", buffered: true});
  const busy = setInterval(() => jumped ? clearInterval(busy) : fetch("page.html"), 50);
</script>"""


def test_a_page_that_jumps_is_found(visited):
    assert visited(JUMP).shift > 0.1


@pytest.mark.parametrize(
    "body",
    [
        '<p style="width: 500px">wide</p>',
        "<p>" + "w" * 200 + "</p>",
        '<div style="overflow: hidden"><p style="width: 500px">cut</p></div>',
    ],
)
def test_what_sticks_out_is_found(opened, body):
    assert checks.sticking_out_on_a_phone(opened(body)) != []


def test_code_may_be_wide(opened):
    body = '<pre style="overflow: auto">' + "w" * 200 + "</pre>"
    assert checks.sticking_out_on_a_phone(opened(body)) == []


def test_what_the_keyboard_cannot_scroll_is_found(opened):
    wide = '<pre style="overflow: auto"{}>' + "w" * 500 + "</pre>"
    assert checks.out_of_reach(opened(wide.format(' tabindex="0"') + "<pre>narrow</pre>")) == []
    (found,) = checks.out_of_reach(opened(wide.format("")))
    assert found.startswith("<pre")


def test_code_that_is_cut_in_print_is_found(opened):
    body = "<pre>" + "w" * 200 + "</pre>"
    (cut,) = checks.cut_in_print(opened(body))
    assert cut == "w" * 80
    wrap = "<style>@media print { pre { white-space: pre-wrap; word-break: break-all } }</style>"
    assert checks.cut_in_print(opened(wrap + body)) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_faint_text_is_found_in_either_theme(opened, theme):
    faint = f"@media (prefers-color-scheme: {theme}) {{ .faint {{ color: #777 }} }}"
    body = f"<style>p {{ background: #888; color: black }} {faint}</style>"
    body += "<p>One</p><p class='faint'>Two</p>"
    (found,) = checks.inaccessible(opened(body))
    assert found.startswith("color-contrast") and "faint" in found


def test_a_link_that_looks_like_its_text_is_found(opened):
    body = "<style>a { color: #222; text-decoration: none } p { color: #000 }</style>"
    body += "<p>Words before <a href='#'>the link</a> and many more words after it.</p>"
    (found,) = checks.inaccessible(opened(body))
    assert found.startswith("link-in-text-block")
    above = "<p style='color: #500'>Other words before <a href='#'>a link</a>.</p>"
    both = checks.inaccessible(opened(body.replace("<p>", f"{above}<p>")))
    assert [found.split(":")[0] for found in both] == ["link-in-text-block"] * 2


def test_a_control_without_a_name_is_found(opened):
    (found,) = checks.inaccessible(opened("<button></button>"))
    assert found.startswith("button-name")


@pytest.mark.parametrize(
    ("link", "fault"), [("gone.html", "no such file"), ("#gone", "no such place")]
)
def test_a_broken_link_is_found(folder, link, fault):
    site = folder(f'<a href="{link}">there</a> <a href="#here" id="here">here</a>')
    (found,) = checks.broken_links(site, [site / "page.html"])
    assert link in found and fault in found


@pytest.mark.parametrize(
    "description", ["", "short", r"The slope \(\sigma'(z)\) of a neuron, shown"]
)
def test_a_poor_description_is_found(folder, description):
    head = (
        f'<meta name="description" content="{description}"><meta property="og:title" content="A">'
    )
    site = folder("", head)
    assert "no og:image" in checks.previews(site, site / "page.html")
    assert any("description" in each for each in checks.previews(site, site / "page.html"))
