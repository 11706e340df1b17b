"""What a page is about, in the words that search engines and previews show."""

import re
from pathlib import Path

from docutils import nodes
from PIL import Image
from sphinxext import opengraph

LENGTH = 200
COLOURS = 64


def summary(doctree, length=LENGTH, ignored=()):
    """The first sentences of the first paragraph that can be told without TeX."""
    for paragraph in doctree.findall(nodes.paragraph):
        if not _has_tex(paragraph) and len(paragraph.astext()) > 40:
            text = paragraph.astext().removeprefix("The question.").strip()
            return shortened(" ".join(text.split()), length)
    return ""


def shortened(text, length):
    """`text`, cut at the end of a sentence or else of a word when it is longer than `length`."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    ends = [end.start() for end in re.finditer(r"(?<=[.?!]) ", cut) if end.start() > length // 3]
    return cut[: ends[-1]] if ends else cut[: cut.rfind(" ")] + "…"


def _has_tex(paragraph):
    return any(set(formula.astext()) & set("\\_^{") for formula in paragraph.findall(nodes.math))


def _reduce_pictures(app, exception):
    """Store the pictures of previews, grey and one blue, with a palette: a quarter of the bytes."""
    for path in Path(app.outdir, "_images", "social_previews").glob("*.png"):
        with Image.open(path) as picture:
            if picture.mode != "P":
                reduced = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
                reduced.save(path, optimize=True)


def setup(app):
    opengraph.get_description = summary  # its own one shows TeX
    app.connect("build-finished", _reduce_pictures)
