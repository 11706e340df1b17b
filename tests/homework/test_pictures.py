"""Pictures that students hand in: every kind that phones and programs make, and none that harms."""

import base64
import io
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from coursework.figures import safe_svg
from coursework.pictures import SIDE, picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def saved(kind, image=None, **options):
    file = io.BytesIO()
    (image or Image.new("RGB", (40, 20), (200, 30, 30))).save(file, kind, **options)
    return file.getvalue()


def shown(data):
    kind, content = picture(data)
    image = Image.open(io.BytesIO(base64.b64decode(content)))
    assert kind == f"image/{image.format.lower()}"
    return image


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "HEIF", "AVIF", "BMP", "TIFF"])
def test_each_kind_of_picture_is_shown(kind):
    image = shown(saved(kind))
    assert image.size == (40, 20)
    assert np.allclose(image.convert("RGB").getpixel((20, 10)), (200, 30, 30), atol=6)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_pictures_of_every_depth_are_shown(mode):
    assert shown(saved("PNG", Image.new(mode, (5, 4)))).size == (5, 4)


def test_a_photo_of_12_megabytes_is_scaled_down():
    noise = np.random.default_rng(1).integers(0, 256, (2400, 3200, 3), np.uint8)
    data = saved("JPEG", Image.fromarray(noise), quality=95)
    photo = data + b"\0" * (12_000_000 - len(data))  # phones put more behind the picture
    image = shown(photo)
    assert max(image.size) == SIDE and image.size[0] * 3 == image.size[1] * 4
    assert len(picture(photo)[1]) < 3_000_000


def test_a_photo_stands_upright_and_does_not_tell_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[1] = "N"
    image = shown(saved("JPEG", exif=exif))
    assert image.size == (20, 40) and not image.getexif()


def test_what_is_drawn_on_glass_is_shown_on_paper():
    glass = Image.new("RGBA", (9, 9))
    glass.putpixel((4, 4), (0, 0, 0, 255))
    image = shown(saved("PNG", glass))
    assert image.getpixel((0, 0)) == (255, 255, 255) and image.getpixel((4, 4)) == (0, 0, 0)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 90,
        saved("JPEG")[:300],
        saved("PNG", Image.new("1", (12_000, 12_000))),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"<html><script>x()</script></html>",
        b"<svg",
    ],
    ids=["nothing", "words", "damaged", "cut off", "bomb", "a program", "a page", "half an SVG"],
)
def test_what_is_no_picture_is_none(data):
    assert picture(data) is None


def test_a_figure_keeps_what_draws_and_loses_the_rest():
    parts = (
        '<script>x()</script><rect onclick="x()" width="3" style="fill:url(#g)"/>'
        '<a href="javascript:x()"><circle/></a><foreignObject><p>x</p></foreignObject>'
        '<path style="fill:url(http://elsewhere.example/x)" d="M0 0"/>'
        '<image xlink:href="http://elsewhere.example/y.png"/><animate attributeName="href"/>'
        '<style>@import "http://elsewhere.example/z.css"</style><use href="#g"/>'
        '<image href="data:image/png;base64,AAAA"/><use href="http://elsewhere.example/s.svg#a"/>'
    )
    left = safe_svg(SVG.format(parts).encode()).decode()
    names = [element.tag.rpartition("}")[2] for element in ElementTree.fromstring(left).iter()]
    assert names == ["svg", "rect", "path", "image", "style", "use", "image", "use"]
    assert "elsewhere" not in left and "javascript" not in left and "onclick" not in left
    assert "url(#g)" in left and '"#g"' in left and "base64,AAAA" in left


def test_what_matplotlib_draws_is_kept_whole():
    figure = Figure()
    axes = figure.subplots()
    axes.plot([1, 3, 2])
    axes.set_title("$x^2$")
    file = io.BytesIO()
    figure.savefig(file, format="svg")
    whole, kept = ElementTree.fromstring(file.getvalue()), safe_svg(file.getvalue())
    drawn = {"path", "use", "g", "defs", "clipPath", "rect"}

    def count(root):
        return sum(element.tag.rpartition("}")[2] in drawn for element in root.iter())

    assert count(ElementTree.fromstring(kept)) == count(whole) > 50


@pytest.mark.parametrize(
    "parts",
    [
        "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 12)),
        '<g id="a"><use href="#a"/></g>',
        "<g>" * 5_000 + "</g>" * 5_000,
    ],
    ids=["ten to the eleventh", "itself", "deep"],
)
def test_a_figure_that_never_ends_is_none(parts):
    assert safe_svg(SVG.format(parts).encode()) is None


def test_a_figure_with_entities_is_none():
    entities = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    assert safe_svg((entities + SVG.format("<text>&b;</text>")).encode()) is None
