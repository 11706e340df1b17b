"""Scripts that wait for the page and do not search all of it, without those no page asks for."""

import re
from pathlib import Path

from sphinx.errors import ExtensionError

from pages.bundle import bundle

_READING = Path(__file__).parents[1] / "static" / "reading.js"
_THEME, _BOOK_THEME = "scripts/pydata-sphinx-theme.js", "scripts/sphinx-book-theme.js"
_START = re.compile(
    r',"complete"===document\.readyState\?(\w+)\(\):window\.addEventListener\("load",\1\)'
)
_MARGINS = re.compile(
    r'document\.querySelectorAll\((\w)\.join\(", "\)\)\.forEach\(\((\w)=>{\w\.observe\(\2\)}\)\),'
)


def patient(theme):
    """The theme's script without its search for boxes that scroll, which reading.js finds in time.

    The theme measures every box of the page, one after the other, as soon as it has loaded.
    """
    start = _START.search(theme)
    if not start or f"function {start[1]}(){{const e=()=>{{document.querySelectorAll(" not in theme:
        raise _other(_THEME, "measures every box when a page has loaded")
    return theme[: start.start()] + theme[start.end() :]


def marginless(theme):
    """The book theme's script without its search for margin notes, of which the book has none."""
    search = _MARGINS.search(theme)
    if not search or '["marginnote",' not in theme[: search.start()]:
        raise _other(_BOOK_THEME, "searches a page for margin notes")
    return theme[: search.start()] + theme[search.end() :]


def _other(script, what):
    return ExtensionError(
        f"{script} is not what it was: see whether it still {what}, and mend pages/scripts.py"
    )


def _write(app, exception):
    static = Path(app.outdir) / "_static"
    if exception or app.builder.format != "html" or not (static / "styles").exists():
        return  # no page was written again
    for unused in (*static.rglob("*.map"), *static.rglob("fontawesome.js*")):
        unused.unlink(missing_ok=True)
    for name, mended in ((_THEME, patient), (_BOOK_THEME, marginless)):
        script = static / name
        script.write_text(mended(script.read_text(encoding="utf-8")), encoding="utf-8")
    (static / _READING.name).write_text(bundle(_READING), encoding="utf-8")


def _page(app, pagename, templatename, context, doctree):
    scripts = [script for script in context["script_files"] if not _is_widget_state(script)]
    context["script_files"] = scripts
    for script in scripts:
        name = str(getattr(script, "filename", None) or "")
        if name and not name.endswith("documentation_options.js"):
            script.attributes["defer"] = "defer"
            if pagename == "search":  # its own scripts, in the middle of the page, need these
                del script.attributes["defer"]


def _is_widget_state(script):
    """Whether a script holds the state of widgets, which only a live kernel could use."""
    return "widget-state" in getattr(script, "attributes", {}).get("type", "")


def setup(app):
    app.connect("html-page-context", _page, priority=990)
    app.connect("build-finished", _write, priority=980)  # before the styles look at the scripts
