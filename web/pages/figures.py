"""Figures on the page: pictures that load late and move nothing, explorables with alt text."""

import re
import shutil
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from pages.bundle import bundle

PAGE = Path(__file__).parents[2] / "src" / "slopes" / "explore" / "page"

_IMAGE = re.compile(
    r'<img\b(?![^>]*\bloading=)([^>]*\bsrc="[^"]*_images/([^"/]+\.svg)"[^>]*?)\s*/?>'
)
_SIZE = re.compile(r'<svg\b[^>]*\bviewBox="\S+ \S+ (\S+) (\S+)"')
_POINT = 96 / 72  # px


class DescribeExplorables(SphinxPostTransform):
    """Give the drawing of an explorable the alt text of its cell, as pictures have theirs."""

    default_priority = 10  # after MyST-NB has chosen HTML among the outputs of a cell
    formats = ("html",)

    def run(self, **kwargs):
        for output in list(self.document.findall(nodes.raw)):
            if 'class="explorable' in output.astext():
                described = describe(output.astext(), alternative(output))
                output.replace_self(nodes.raw(described, described, **output.attributes))


def alternative(output):
    """Alt text in the metadata of the cell that made `output`."""
    node = output
    while node is not None:
        if "cell_metadata" in getattr(node, "attributes", {}):
            return node["cell_metadata"].get("mystnb", {}).get("image", {}).get("alt", "")
        node = node.parent
    return ""


def describe(html, text):
    """The HTML of an explorable whose drawing has `text` as its name."""
    opening = re.search(r"<svg\b[^>]*>", html)
    bare = re.sub(r'\s(?:role|aria-label)="[^"]*"', "", opening[0][:-1])
    named = f'{bare} role="img" aria-label="{escape(text)}">'
    return html[: opening.start()] + named + html[opening.end() :]


def lazy(html, size):
    """A page whose pictures load when they come near, in the space that `size(name)` tells."""

    def replace(match):
        width, height = size(match[2])
        return f'<img{match[1]} width="{width}" height="{height}" loading="lazy" decoding="async">'

    return _IMAGE.sub(replace, html)


def size_of(svg):
    """Width and height of an SVG text in px; its view box is in points."""
    return tuple(round(float(length) * _POINT) for length in _SIZE.search(svg).groups())


def _page(app, pagename, templatename, context, doctree):
    if "body" in context:
        if 'class="explorable"' in context["body"]:
            app.add_js_file("explore.js", loading_method="defer")
        sources = {name: path for path, name in app.builder.images.items()}

        def size(name):
            return size_of((Path(app.srcdir) / sources[name]).read_text(encoding="utf-8"))

        context["body"] = lazy(context["body"], size)


def _copy_player(app):
    """What makes explorables move belongs to the package; the site gets a copy."""
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    (static / "explore.js").write_text(bundle(PAGE / "script" / "start.js"), encoding="utf-8")
    shutil.copy(PAGE / "style.css", static / "explore.css")


def setup(app):
    app.connect("builder-inited", _copy_player)
    app.add_css_file("explore.css", priority=850)
    app.add_post_transform(DescribeExplorables)
    app.connect("html-page-context", _page)
