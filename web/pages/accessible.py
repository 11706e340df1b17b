"""Faults of the theme and of Sphinx that keep readers with a screen reader out, mended narrowly."""

import re


def mended(body):
    """The body of a page without roles that do not belong there."""
    body = body.replace(' role="doc-biblioentry"', "")
    return re.sub(r'(<div) role="list"( class="citation-list">)', r"\1\2", body)


def nested(body):
    """The index of source listings with its inner lists inside items, where they belong."""
    body, count = re.subn(r"</li>\s*<ul>", "<ul>", body)
    return body.replace("</ul>", "</ul></li>", count)


def _page(app, pagename, templatename, context, doctree):
    if "body" in context:
        context["body"] = mended(context["body"])
        if pagename == "_modules/index":
            context["body"] = nested(context["body"])


def setup(app):
    app.connect("html-page-context", _page)
