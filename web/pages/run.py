"""Buttons that open a chapter as a live notebook: here, and on Binder and Colab.

Those two need the repository's address; while ``repository.url`` in _config.yml
is empty, or leads elsewhere than to GitHub, they are not shown.
"""

import re
from importlib.metadata import version
from pathlib import Path

import nbformat
from notebooks.copies import copy, written
from notebooks.labels import Book

BRANCH = "gh-pages"  # where `make publish` puts the built site
COPIES = "_build/notebooks"  # where postBuild writes them on Binder
WHEEL = f"lite/static/pyodide/slopes-{version('slopes')}-py3-none-any.whl"


def repository(url):
    """Owner and name of a repository on GitHub, as ``owner/name``; nothing for other addresses."""
    match = re.fullmatch(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?", url or "")
    return match and match[1]


def here(chapter, pathto):
    """The button that runs a chapter in the browser."""
    return {
        "type": "link",
        "url": f"{pathto('run/index.html', 1)}?chapter={chapter}",
        "text": "Run",
        "tooltip": "Run this chapter in the browser",
        "icon": "fas fa-play",
        "label": "run-button",
    }


def elsewhere(chapter, repository):
    """The buttons that open a chapter on other people's machines."""
    addresses = {
        "Binder": f"https://mybinder.org/v2/gh/{repository}/HEAD"
        f"?urlpath=lab/tree/{COPIES}/{chapter}.ipynb",
        "Colab": f"https://colab.research.google.com/github/{repository}"
        f"/blob/{BRANCH}/colab/{chapter}.ipynb",
    }
    return {
        "type": "group",
        "tooltip": "Run this chapter elsewhere",
        "icon": "fas fa-rocket",
        "label": "elsewhere-buttons",
        "buttons": [
            {"type": "link", "url": url, "text": name, "tooltip": f"Open in {name}"}
            for name, url in addresses.items()
        ],
    }


def colab_copy(notebook, repository):
    """A copy of a chapter with one more cell before the others, which installs the package."""
    wheel = f"https://raw.githubusercontent.com/{repository}/{BRANCH}/{WHEEL}"
    source = (
        f'%pip install --quiet "slopes[explore] @ {wheel}"\n'
        "# should a restart be asked for: grant it, and go on with the next cell"
    )
    notebook.cells.insert(0, nbformat.v4.new_code_cell(source, id="install"))
    return notebook


def _chapter(app, pagename):
    """The notebook behind a page, or nothing."""
    if pagename not in app.env.found_docs:
        return None
    path = Path(app.env.doc2path(pagename))
    return path if path.suffix == ".ipynb" else None


def _repository(app):
    return repository(app.config.html_theme_options.get("repository_url"))


def _page(app, pagename, templatename, context, doctree):
    chapter, known = _chapter(app, pagename), _repository(app)
    if chapter:
        buttons = [here(chapter.stem, context["pathto"])]
        buttons += [elsewhere(chapter.stem, known)] if known else []
        context["header_buttons"] = buttons + context["header_buttons"]


def _write_copies(app, exception):
    """Put copies for readers where the page's download has the source, and where Colab finds them.

    A site whose address nobody tells is taken to lie at the root of its host.
    """
    if exception or app.builder.format != "html":
        return
    out, known = Path(app.outdir), _repository(app)
    book = Book(Path(app.srcdir), app.config.html_baseurl or "/")
    for name in app.env.found_docs:
        chapter = _chapter(app, name)
        if chapter:
            notebook = copy(chapter, book)
            _write(out / "_sources" / f"{name}.ipynb", notebook)
            if known:
                _write(out / "colab" / chapter.name, colab_copy(notebook, known))


def _write(path, notebook):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(notebook), encoding="utf-8")


def setup(app):
    app.connect("html-page-context", _page, priority=502)  # after the theme's own buttons
    app.connect("build-finished", _write_copies)
