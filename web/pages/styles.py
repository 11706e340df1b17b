"""One style sheet for the site, of the rules its pages use, with fonts of the letters they use.

The theme brings 400 KB of rules and 400 KB of icon and formula fonts; a page
needs a tenth. What stays is read off the built pages, never listed by hand.
"""

import html
import io
import logging
import os
import re
import shutil
from itertools import pairwise
from pathlib import Path

import tinycss2
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from sphinx.errors import ExtensionError

PRELOADED = ["fonts/KaTeX_Main-Regular.woff2", "fonts/KaTeX_Math-Italic.woff2"]
logging.getLogger("fontTools").setLevel(logging.WARNING)

_WEB = Path(__file__).resolve().parents[1]
_WHOLE = {"font-face", "keyframes", "-webkit-keyframes", "page", "property"}


def needed(css, names):
    """The part of a style sheet whose selectors ask for no class or id outside `names`."""
    return _kept(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), names)


def _kept(rules, names):
    return "".join(_kept_rule(rule, names) for rule in rules)


def _kept_rule(rule, names):
    if rule.type == "error":
        raise ExtensionError(f"a style sheet cannot be read: {rule.message}")
    if rule.type == "qualified-rule":
        selectors = [each for each in _split(rule.prelude) if _may_match(each, names)]
        return f"{','.join(map(_text, selectors))}{{{_text(rule.content)}}}" if selectors else ""
    if rule.lower_at_keyword == "charset":
        return ""
    opening = f"@{rule.at_keyword} {_text(rule.prelude)}".strip()
    if rule.content is None:
        return f"{opening};"
    if rule.lower_at_keyword in _WHOLE:
        return f"{opening}{{{_text(rule.content)}}}"
    inner = _kept(tinycss2.parse_rule_list(rule.content, True, True), names)
    return f"{opening}{{{inner}}}" if inner else ""


def _text(tokens):
    return tinycss2.serialize([token for token in tokens if token.type != "comment"]).strip()


def _split(prelude):
    """The selectors of a list; what is inside brackets is one token."""
    commas = [i for i, token in enumerate(prelude) if token == ","]
    return [prelude[start + 1 : end] for start, end in pairwise([-1, *commas, len(prelude)])]


def _may_match(selector, names):
    """Whether the classes and ids of a selector, outside brackets, are all among the names."""
    classes = (
        name.value for dot, name in pairwise(selector) if dot == "." and name.type == "ident"
    )
    ids = (token.value for token in selector if token.type == "hash")
    return all(name in names or name.startswith("bs-") for name in (*classes, *ids))


def names_used(pages, scripts):
    """Classes and ids of the pages, and every word of the scripts that may add some."""
    attributes = (m for page in pages for m in re.findall(r'(?:class|id)="([^"]*)"', page))
    names = {name for value in attributes for name in value.split()}
    return names.union(*(re.findall(r"-?[A-Za-z_][\w-]*", script) for script in scripts))


def resolved(css, folder, static):
    """A style sheet whose addresses are relative to `static` instead of `folder`."""

    def replace(match):
        address = match[1].strip("\"'")
        if address.startswith(("data:", "#")):
            return match[0]
        path = (folder / address.split("?")[0].split("#")[0]).resolve()
        return f"url({Path(os.path.relpath(path, static.resolve())).as_posix()})"

    return re.sub(r"url\(\s*(\"[^\"]*\"|'[^']*'|[^)]*?)\s*\)", replace, css)


def imported(sheet, static):
    """Texts of a style sheet and of those that it imports, which come before it."""
    css = sheet.read_text(encoding="utf-8")
    statement = r"""@import\s+(?:url\()?["']?([^"')]+)["']?\)?\s*;"""
    for address in re.findall(statement, css):
        yield from imported((sheet.parent / address).resolve(), static)
    yield resolved(re.sub(statement, "", css), sheet.parent, static)


def without_old_formats(css):
    """Font faces that offer woff2 only."""
    css = re.sub(r",\s*url\([^)]*\.(?:woff|ttf)\)\s*format\([^)]*\)", "", css)
    return css.replace("font-display:block", "font-display:swap")


def shrink(font, letters):
    """The bytes of a woff2 `font` with the glyphs of `letters` alone."""
    options = Options(flavor="woff2", layout_features=["*"], notdef_outline=True, hinting=False)
    options.drop_tables += ["FFTM"]
    loaded = TTFont(font)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted(letters))
    subsetter.subset(loaded)
    data = io.BytesIO()
    loaded.flavor = "woff2"
    loaded.save(data)
    return data.getvalue()


def letters_of(texts):
    """Code points of all texts, and of the icons that a style sheet writes as escapes."""
    letters = set()
    for text in texts:
        letters.update(map(ord, html.unescape(text)))
        letters.update(int(code, 16) for code in re.findall(r"\\([0-9a-fA-F]{2,6})", text))
    return letters


def bundle(static, sheets, pages, scripts):
    """Write ``book.css`` and its fonts into `static`, from `sheets` in their order."""
    names = names_used(pages, scripts)
    texts = (text for sheet in sheets for text in imported(sheet, static))
    css = without_old_formats("".join(needed(text, names) for text in texts))
    letters = letters_of([css, *pages])
    for address in sorted(set(re.findall(r"url\(([^)]*\.woff2)\)", css))):
        source = static / address
        target = static / "fonts" / source.name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(shrink(source, letters))
        css = css.replace(f"url({address})", f"url(fonts/{source.name})")
    (static / "book.css").write_text(css, encoding="utf-8")


def _write(app, exception):
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    static = out / "_static"
    if not (static / "styles").exists():  # no page was written again
        return
    found = [
        *out.glob("*.html"),
        *(out / "chapters").rglob("*.html"),
        *out.glob("_modules/**/*.html"),
    ]
    pages = [page.read_text(encoding="utf-8") for page in found]
    scripts = [script.read_text(encoding="utf-8") for script in static.rglob("*.js")]
    bundle(static, _sheets(app, static), pages, scripts)
    for source in ("styles", "katex", "vendor", "locales"):  # no page asks for them now
        shutil.rmtree(static / source)


def _sheets(app, static):
    """All style sheets a page would load, in the order it would load them."""
    theme = [static / "styles" / "theme.css", static / "styles" / "pydata-sphinx-theme.css"]
    listed = sorted(app.builder._css_files, key=lambda sheet: sheet.priority)
    return theme + [
        Path(app.outdir) / str(sheet.filename)
        for sheet in listed
        if not str(sheet.filename).startswith("http")
    ]


def _page(app, pagename, templatename, context, doctree):
    context["preloaded_fonts"] = PRELOADED


def _add_folder(app, config):
    config.templates_path.insert(0, str(_WEB / "templates"))
    config.html_static_path.append(str(_WEB / "static"))


def _outdated(app, env, added, changed, removed):
    """The first page, where a style or a script of ours is newer than the site; else none."""
    written = Path(app.outdir) / "_static" / "book.css"
    ours = [path.stat().st_mtime for path in (_WEB / "static").rglob("*")]
    return [app.config.root_doc] if written.exists() and max(ours) > written.stat().st_mtime else []


def setup(app):
    app.connect("config-inited", _add_folder)
    app.connect("env-get-outdated", _outdated)
    app.connect("html-page-context", _page, priority=990)
    app.connect("build-finished", _write, priority=990)  # after the others have copied theirs
    app.add_css_file("katex/katex.min.css", priority=800)
    app.add_css_file("slopes.css", priority=900)
