"""The book's Sphinx extension, part by part, and the server that shows the book."""

import io
import os
import re
from configparser import ConfigParser
from importlib.resources import files
from types import SimpleNamespace

import pytest
import quickjs
from docutils import nodes
from fontTools.ttLib import TTFont
from pages import (
    accessible,
    address,
    code,
    figures,
    mathematics,
    references,
    scripts,
    styles,
    summary,
)
from pygments.token import Name, Number, Punctuation
from serve import server
from sphinx.errors import ExtensionError

import checks
from slopes.figures._house import BUILD, panels
from slopes.figures._svg import light


def test_a_formula_becomes_html_with_its_tex_beside():
    drawn = mathematics.render(r"w\,\sigma'(z)")
    assert 'class="katex"' in drawn and "<math" in drawn and r"\sigma" in drawn


@pytest.mark.parametrize(
    "tex",
    [
        r"\sigma_{\max}",
        r"\sigma_{\min}^{\max}",
        r"\frac{\max}{\operatorname{arcosh}}",
        r"\max_{|u|=1} |Ju|",
        r"\lim_{t\to\infty} \max x^{\log}",
        r"\begin{aligned}a &= \sqrt[3]{\exp} \\ b &= \overline{\sin}\end{aligned}",
    ],
)
@pytest.mark.parametrize("display", [False, True])
def test_mathml_has_the_children_that_its_schema_asks_for(tex, display):
    drawn = mathematics.render(tex, display)
    assert checks.malformed(drawn) == [] and "\u2061" in drawn


@pytest.mark.parametrize(
    "html",
    [
        "<math><msub><mi>s</mi><mi>max</mi><mo>\u2061</mo></msub></math>",
        "<math><mfrac><mn>1</mn></mfrac></math>",
        '<math><mtable columnspacing=""><mtr/></mtable></math>',
    ],
)
def test_malformed_mathml_is_found(html):
    assert len(checks.malformed(f"<p>{html}, {html}</p>")) == 2


@pytest.mark.parametrize("tex", [r"\frac{1", r"\nosuchcommand", "w^2^3", "é"])
def test_a_bad_formula_is_refused(tex):
    with pytest.raises(quickjs.JSException):
        mathematics.render(tex, display=True)


def test_displayed_lines_are_aligned():
    assert mathematics.aligned("a = b") == "a = b"
    assert mathematics.aligned(r"a &= b \\ &= c") == r"\begin{split}a &= b \\ &= c\end{split}"
    both = mathematics.aligned("a = b\n\nc = d")
    assert both == r"\begin{aligned}&a = b\\&c = d\end{aligned}"
    for tex in (r"a &= b \\ &= c", "a = b\n\nc = d"):
        mathematics.render(mathematics.aligned(tex), display=True)


def test_environments_do_not_number_their_lines():
    tex = mathematics.unnumbered(r"\begin{align}a &= b\end{align}")
    assert tex == r"\begin{align*}a &= b\end{align*}"
    assert "eqn-num" not in mathematics.render(tex, display=True)


def test_pictures_load_late_in_a_space_of_their_own():
    body = '<p><img alt="A" src="../_images/a.svg" /></p><img alt="B" src="b.png" />'
    late = figures.lazy(body, lambda name: {"a.svg": [(614, 346)]}[name])
    assert 'src="../_images/a.svg" width="614" height="346" loading="lazy"' in late
    assert '<img alt="B" src="b.png" />' in late and "<picture" not in late
    assert figures.lazy(late, None) == late


def test_a_picture_with_two_drawings_serves_the_narrow_one_on_narrow_screens():
    body = '<img alt="A" src="../_images/a.svg" />'
    late = figures.lazy(body, lambda name: [(614, 346), (336, 276)])
    source, image = re.fullmatch(r"<picture>(<source .*?>)(<img .*>)</picture>", late).groups()
    assert 'srcset="../_images/a.narrow.svg" width="336" height="276"' in source
    assert 'media="screen and (max-width: 600px)"' in source
    assert 'src="../_images/a.svg" width="614" height="346" loading="lazy"' in image


STACKED = '<source media="x" srcset="a" width="336" height="400"><img>'
ALONE = '<source media="x" srcset="a" width="336" height="276"><img>'
MOVING = '<div class="a explorable-narrow" hidden><svg role="img" viewBox="0 0 252 302.4"></svg>'


@pytest.mark.parametrize(
    ("picture", "caption", "tells"),
    [
        (STACKED, "Left: a line. Right: bars.", True),
        (STACKED, "A line (left) and <em>bars</em> (right).", True),
        (MOVING, "Left, the width.", True),
        (STACKED, "Its left end is the start.", False),
        (ALONE, "Left: it rises.", False),
        ("<img>", "Left: it rises.", False),
    ],
)
def test_a_caption_tells_where_left_is_when_panels_are_stacked(picture, caption, tells):
    other = "<figure>" + ALONE + "<figcaption><p>Other.</p></figcaption></figure>"
    figure = f"<figure>{picture}<figcaption><p>{caption}</p>\n</figcaption></figure>"
    html = figures.noted(other + figure + other)
    assert html.count(figures.NOTE) == tells
    assert html.replace(figures.NOTE, "") == other + figure + other
    assert not tells or f"{caption}{figures.NOTE}</p>" in html


def test_a_file_with_two_drawings_is_parted(tmp_path, monkeypatch):
    figure, axes = panels()
    axes.plot([0, 1], [0, 1])
    file = tmp_path / "a.svg"
    monkeypatch.delenv(BUILD, raising=False)
    assert figure._repr_mimebundle_()["image/svg+xml"] == figure.svg()
    monkeypatch.setenv(BUILD, "1")
    file.write_text(figure._repr_mimebundle_()["image/svg+xml"])
    assert figures.sizes_of(file.read_text()) == [(614, 346), (336, 276)]
    for _ in range(2):  # the second time there is nothing to part
        figures.part(file)
        wide, narrow = file.read_text(), (tmp_path / "a.narrow.svg").read_text()
        assert wide == light(figure.svg()) and narrow == light(figure.narrow_svg())
    assert figures.sizes_of(wide) == [(614, 346)] and figures.sizes_of(narrow) == [(336, 276)]


def test_size_of_a_picture_is_told_in_pixels():
    svg = '<?xml version="1.0"?><svg width="460.8pt" viewBox="0 0 460.8 259.2">'
    assert figures.sizes_of(svg) == [(614, 346)]


def test_alt_text_of_an_explorable_is_escaped():
    html = '<svg role="img" aria-label="" viewBox="0 0 2 2"><g/></svg>' * 2
    named = figures.describe(html, 'a < b & "c"')
    assert named.count('aria-label="a &lt; b &amp; &quot;c&quot;"') == 2
    assert named.count("role=") == named.count("aria-label=") == 2 and "<g/></svg>" in named


def test_alt_text_comes_from_the_cell():
    cell = nodes.container(cell_metadata={"mystnb": {"image": {"alt": "Two lines"}}})
    output = nodes.raw("", "<div></div>", format="html")
    cell += nodes.container("", output)
    assert figures.alternative(output) == "Two lines"
    assert figures.alternative(nodes.raw("", "", format="html")) == ""


def test_code_has_boxes_round_what_is_coloured_alone():
    tokens = [(Name, "area"), (Punctuation, "("), (Number, "2"), (Punctuation, ")")]
    written = io.StringIO()
    code.CodeFormatter(nowrap=True).format(tokens, written)
    assert written.getvalue() == 'area(<span class="m">2</span>)\n'


def test_the_styles_of_code_are_those_of_the_theme():
    theme = ConfigParser()
    theme.read(files("pydata_sphinx_theme") / "theme" / "pydata_sphinx_theme" / "theme.conf")
    options = theme["options"]
    assert (options["pygments_light_style"], options["pygments_dark_style"]) == code.STYLES


@pytest.mark.parametrize(
    ("source", "folds"),
    [
        ("x = 1\n\ndef update(w):\n    pass", True),
        ("explore(figure, update)", True),
        ("x = 1", False),
    ],
)
def test_code_that_moves_a_figure_is_folded(source, folds):
    assert figures.moves(nodes.literal_block(source, source)) == folds
    assert not figures.moves(None)


def test_roles_that_do_not_belong_are_dropped():
    body = '<div role="list" class="citation-list"><div role="doc-biblioentry">A</div></div>'
    assert accessible.mended(body) == '<div class="citation-list"><div>A</div></div>'


def test_inner_lists_belong_to_items():
    body = "<ul><li>a</li>\n<ul><li>b</li></ul><li>c</li></ul>"
    assert accessible.nested(body) == "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"


THEME = 'function I(){const e=()=>{document.querySelectorAll(["pre"])}}e(()=>{})%s})();'
START = ',"complete"===document.readyState?%s():window.addEventListener("load",%s)'


def test_the_theme_does_not_measure_every_box():
    assert scripts.patient(THEME % (START % ("I", "I"))) == THEME % ""


@pytest.mark.parametrize("start", ["", START % ("I", "J"), START % ("J", "J")])
def test_a_theme_that_starts_otherwise_is_refused(start):
    with pytest.raises(ExtensionError, match=r"mend pages/scripts\.py"):
        scripts.patient(THEME % start)


def test_rules_that_nothing_asks_for_are_dropped():
    css = (
        "@charset 'utf-8';a{b:c}.kept,.gone{d:e}.kept .gone{f:g}#here>p{h:i}"
        "@media print{.gone{j:k}.kept{l:m}}@media screen{.gone{n:o}}"
        "@font-face{font-family:X;src:url(x.woff2)}.kept:not(.gone){p:q}.kept::before{content:'}'}"
        ".a\\:b,.kept .\\32 c{q:r}.kept:is(.gone,.kept),[x='.y,z'].kept{s:t/* ; */}@import 'u';"
    )
    expected = (
        "a{b:c}.kept{d:e}#here>p{h:i}@media print{.kept{l:m}}"
        '@font-face{font-family:X;src:url(x.woff2)}.kept:not(.gone){p:q}.kept::before{content:"}"}'
        '.a\\:b{q:r}.kept:is(.gone,.kept),[x=".y,z"].kept{s:t}@import "u";'
    )
    assert styles.needed(css, {"kept", "here", "a:b"}) == expected


def test_a_style_sheet_that_cannot_be_read_is_refused():
    with pytest.raises(ExtensionError, match="cannot be read"):
        styles.needed("a{b:c} .d", {"d"})


def test_names_come_from_pages_and_scripts():
    names = styles.names_used(['<p class="a b" id="c">'], ["each.classList.add('shown-now')"])
    assert {"a", "b", "c", "shown-now"} <= names


def test_addresses_stay_right_when_sheets_are_joined(tmp_path):
    (tmp_path / "styles").mkdir()
    (tmp_path / "first.css").write_text("a{}")
    sheet = tmp_path / "styles" / "theme.css"
    sheet.write_text('@import "../first.css";b{c:url("../font/x.woff2?v=1")}d{e:url(data:x)}')
    texts = "".join(styles.imported(sheet, tmp_path))
    assert texts == "a{}b{c:url(font/x.woff2)}d{e:url(data:x)}"


@pytest.mark.parametrize(("written", "outdated"), [(None, []), (0, ["intro"]), (2**40, [])])
def test_a_newer_style_or_script_of_ours_calls_for_a_build(tmp_path, written, outdated):
    if written is not None:
        sheet = tmp_path / "_static" / "book.css"
        sheet.parent.mkdir()
        sheet.touch()
        os.utime(sheet, (written, written))
    app = SimpleNamespace(outdir=tmp_path, config=SimpleNamespace(root_doc="intro"))
    assert styles._outdated(app, None, set(), set(), set()) == outdated


def test_a_font_keeps_the_letters_that_are_used_and_no_others():
    font = styles.Path(styles.__file__).parents[1] / "static/katex/fonts/KaTeX_Main-Regular.woff2"
    small = styles.shrink(font, styles.letters_of(["abc &lt;", r'a{content:"\2208"}']))
    assert set("abc<∈") <= {chr(code) for code in TTFont(io.BytesIO(small)).getBestCmap()}
    assert ord("Q") not in TTFont(io.BytesIO(small)).getBestCmap()
    assert len(small) < font.stat().st_size / 4


def test_a_summary_is_the_first_paragraph_without_tex():
    text = "How much of an error can one neuron hand back to the neurons before it? "
    first = nodes.paragraph("", "", nodes.math(r"\sigma'(z)", r"\sigma'(z)"), nodes.Text(text))
    second = nodes.paragraph("", "", nodes.Text("The question. " + text * 4))
    doctree = nodes.section("", nodes.paragraph("", "Short."), first, second)
    assert summary.summary(doctree) == (text * 2).strip()
    assert summary.summary(nodes.section()) == ""


def test_a_summary_without_a_full_stop_ends_at_a_word():
    assert summary.shortened("word " * 50, 100) == "word " * 18 + "word…"


class Configuration:
    html_baseurl = ""

    def __init__(self):
        self.html_theme_options = {"repository_url": ""}


class Application:
    def __init__(self):
        self.extensions = []

    def setup_extension(self, name):
        self.extensions.append(name)


def test_the_address_comes_from_the_environment(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://slopes.example/book")
    app, config = Application(), Configuration()
    address._choose(app, config)
    assert config.html_baseurl == config.ogp_site_url == "https://slopes.example/book/"
    assert app.extensions == ["sphinx_sitemap"]


def test_without_an_address_there_is_no_site_map(monkeypatch):
    monkeypatch.delenv("SITE_URL", raising=False)
    app, config = Application(), Configuration()
    address._choose(app, config)
    assert config.html_baseurl == "" and app.extensions == []


@pytest.mark.parametrize("told", ["", "https://github.com/someone/slopes"])
def test_the_repository_may_be_told_by_the_environment(monkeypatch, told):
    monkeypatch.setenv("REPOSITORY_URL", told)
    config = Configuration()
    config.html_theme_options["repository_url"] = "https://github.com/a/b"
    address._choose(Application(), config)
    assert config.html_theme_options["repository_url"] == (told or "https://github.com/a/b")


def test_a_page_is_read_once_however_many_numbers_refer_to_it():
    read = []

    class Env:
        other = 7

        def get_doctree(self, name):
            read.append(name)
            return object()

    env = Env()
    first = references.OnceRead(env).get_doctree("chapter")
    assert references.OnceRead(env).get_doctree("chapter") is first
    assert read == ["chapter"] and references.OnceRead(env).other == 7


def test_a_citation_does_not_search_the_list_of_packages(monkeypatch):
    references.setup(SimpleNamespace(add_domain=lambda domain, override: None))
    monkeypatch.setattr("pybtex.plugin.entry_points", None)
    assert references.find_plugin(*references.PLUGIN).__module__ == "pybtex.backends.plaintext"


@pytest.mark.parametrize(("fault", "told"), [(BrokenPipeError, False), (ValueError, True)])
def test_a_reader_who_leaves_is_no_fault_of_the_server(tmp_path, capsys, fault, told):
    with server(tmp_path) as serving:
        try:
            raise fault
        except fault:
            serving.handle_error(None, ("127.0.0.1", 9))
    assert (fault.__name__ in capsys.readouterr().err) == told
