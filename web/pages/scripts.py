"""Scripts that wait for the page and do not search all of it, without those no page asks for."""

import re
from pathlib import Path

from sphinx.errors import ExtensionError

from pages.bundle import bundle

_READING = Path(__file__).parents[1] / "static" / "reading.js"
_THEME = "scripts/pydata-sphinx-theme.js"
_START = re.compile(
    r',"complete"===document\.readyState\?(\w+)\(\):window\.addEventListener\("load",\1\)'
)


def patient(theme):
    """The theme's script without its search for boxes that scroll, which reading.js finds in time.

    The theme measures every box of the page as soon as it has loaded, and again whenever a slider
    has changed a number. On a phone that takes 0.1 to 0.2 s of a chapter each time.
    """
    start = _START.search(theme)
    if not start or f"function {start[1]}(){{const e=()=>{{document.querySelectorAll(" not in theme:
        raise ExtensionError(
            f"{_THEME} is not what it was: see whether it still measures every box when a page has "
            "loaded, and mend pages/scripts.py"
        )
    return theme[: start.start()] + theme[start.end() :]


def _write(app, exception):
    static = Path(app.outdir) / "_static"
    if exception or app.builder.format != "html" or not (static / "styles").exists():
        return  # no page was written again
    for unused in (*static.rglob("*.map"), *static.rglob("fontawesome.js*")):
        unused.unlink(missing_ok=True)
    theme = static / _THEME
    theme.write_text(patient(theme.read_text(encoding="utf-8")), encoding="utf-8")
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
