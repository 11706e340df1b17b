"""Figures on the page: pictures that load late and move nothing, explorables with alt text."""

import re
import shutil
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from pages.bundle import bundle
from slopes.figures._svg import light

PAGE = Path(__file__).parents[2] / "src" / "slopes" / "explore" / "page"

_IMAGE = re.compile(
    r'<img\b(?![^>]*\bloading=)([^>]*\bsrc="[^"]*_images/([^"/]+\.svg)"[^>]*?)\s*/?>'
)
_SIZE = re.compile(r'<svg\b[^>]*\bviewBox="\S+ \S+ (\S+) (\S+)"')
_HELD = re.compile(r'<metadata id="narrow">(.*?)</metadata>(?=</svg>\s*\Z)', re.S)
_NARROW_SIZE = re.compile(
    r'(?:<source [^>]*width="|explorable-narrow" hidden><svg [^>]*viewBox="0 0 )([\d.]+)'
    r'(?:" height="| )([\d.]+)"'
)
_SIDES = re.compile(r"<figcaption.*?\b(?:left|right)\b(?:</[^>]*>)?[:,)]", re.S | re.I)
NOTE = (
    ' <span class="narrow-note">On this narrow screen the panels stand one below the other, '
    "the left one first.</span>"
)
_NAMELESS = ' aria-label="Toggle hidden content"'  # where words say better what it toggles
_POINT = 96 / 72  # px
NARROW = "screen and (max-width: 600px)"


class DescribeExplorables(SphinxPostTransform):
    """Give the drawing of an explorable the alt text of its cell, as pictures have theirs."""

    default_priority = 10  # after MyST-NB has chosen HTML among the outputs of a cell
    formats = ("html",)

    def run(self, **kwargs):
        for output in list(self.document.findall(nodes.raw)):
            if 'class="explorable' in output.astext():
                described = describe(output.astext(), alternative(output))
                output.replace_self(nodes.raw(described, described, **output.attributes))


class FoldUpdates(SphinxPostTransform):
    """Fold the cells that say how a figure moves: what they do is seen in it."""

    default_priority = 10  # before MyST-NB folds
    formats = ("html",)

    def run(self, **kwargs):
        words = {"prompt_show": "Show the code of this figure", "prompt_hide": "Hide the code"}
        for cell in self.document.findall(nodes.container):
            source = next(iter(cell.findall(nodes.literal_block)), None)
            if cell.get("nb_element") == "cell_code" and moves(source):
                cell.attributes |= {"hide_mode": "input", **words}


def moves(source):
    """Whether the source of a cell says how a figure moves."""
    return bool(source and re.search(r"^(def update|explore)\(", source.astext(), re.M))


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

    def name(opening):
        bare = re.sub(r'\s(?:role|aria-label)="[^"]*"', "", opening[0][:-1])
        return f'{bare} role="img" aria-label="{escape(text)}">'

    return re.sub(r"<svg\b[^>]*>", name, html)


def lazy(html, sizes):
    """A page whose pictures load when they come near, in the space that `sizes(name)` tells.

    A picture with two sizes has a second drawing, for narrow screens.
    """

    def replace(match):
        (width, height), *narrow = sizes(match[2])
        space = f'width="{width}" height="{height}" loading="lazy" decoding="async"'
        image = f"<img{match[1]} {space}>"
        if not narrow:
            return image
        source = re.search(r'src="([^"]*)\.svg"', match[1])[1] + ".narrow.svg"
        ((width, height),) = narrow
        space = f'width="{width}" height="{height}"'
        return f'<picture><source media="{NARROW}" srcset="{source}" {space}>{image}</picture>'

    return _IMAGE.sub(replace, html)


def noted(html):
    """A page that tells beside captions with left and right where these are on narrow screens."""

    def tell(figure):
        narrow = _NARROW_SIZE.search(figure[0])
        stacked = narrow and float(narrow[2]) > float(narrow[1]) and _SIDES.search(figure[0])
        return re.sub(r"(?=</p>\s*</figcaption>)", NOTE, figure[0]) if stacked else figure[0]

    return re.sub(r"<figure\b.*?</figure>", tell, html, flags=re.S)


def sizes_of(svg):
    """Width and height of the drawings in an SVG text, in px; their view boxes are in points."""
    return [
        tuple(round(float(length) * _POINT) for length in lengths) for lengths in _SIZE.findall(svg)
    ]


def part(path):
    """Replace the SVG file of a picture that holds two drawings by a light file for each."""
    text = path.read_text(encoding="utf-8")
    held = _HELD.search(text)
    if held:
        wide, narrow = text.replace(held[0], ""), held[1]
        path.write_text(light(wide), encoding="utf-8")
        path.with_suffix(".narrow.svg").write_text(light(narrow), encoding="utf-8")


def _page(app, pagename, templatename, context, doctree):
    if "body" in context:
        if "<figure" in context["body"]:
            app.add_js_file("enlarge.js", loading_method="defer")
        if re.search(r'class="(?:explorable|question)"', context["body"]):
            app.add_js_file("explore.js", loading_method="defer")
        sources = {name: path for path, name in app.builder.images.items()}

        def sizes(name):
            return sizes_of((Path(app.srcdir) / sources[name]).read_text(encoding="utf-8"))

        named = context["body"].replace(f"<summary{_NAMELESS}>", "<summary>")
        context["body"] = noted(lazy(named, sizes))


def _part_all(app, fault):
    if not fault:
        for path in (Path(app.outdir) / app.builder.imagedir).glob("*.svg"):
            part(path)


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
    app.add_post_transform(FoldUpdates)
    app.connect("html-page-context", _page)
    app.connect("build-finished", _part_all)
