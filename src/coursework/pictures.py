"""Pictures that strangers handed in, made anew: decoded, turned upright, scaled down, encoded.

What a phone or a program wrote beside the picture, such as the place where it
was taken, is not kept.
"""

import base64
import binascii
import io
import warnings

import pillow_heif
from PIL import Image, ImageOps

from coursework.figures import safe_svg

pillow_heif.register_heif_opener()

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "HEIF", "AVIF", "BMP", "TIFF")
PHOTOS = ("JPEG", "MPO", "HEIF", "AVIF")  # MPO: a JPEG with a second picture in it
SIDE = 2000  # pixels: handwriting on a page stays readable
MOST_PIXELS = 120_000_000
LONGEST_PNG = 1 << 20  # bytes; a longer one is a photo in the wrong format


def decoded(text: object) -> bytes:
    """The bytes of a picture as notebooks hold it: base64, in one string or several; or SVG."""
    text = "".join(text) if isinstance(text, list) else text
    if not isinstance(text, str):
        return b""
    if text.lstrip()[:1] == "<":
        return text.encode("utf-8", "replace")
    try:
        return base64.b64decode(text)
    except (ValueError, binascii.Error):
        return b""


def picture(data: bytes) -> tuple[str, str] | None:
    """A picture made anew: its MIME type and its content in base64; None where there is none.

    Parameters
    ----------
    data : bytes
        A file of any of `FORMATS`, or an SVG; whatever it is called.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        svg = safe_svg(data)
        return ("image/svg+xml", _base64(svg)) if svg else None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its size, which is looked at here
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                return _encoded(image) if _is_bearable(image) else None
    except Exception:  # what a decoder raises for damaged data is not foreseeable
        return None


def _is_bearable(image: Image.Image) -> bool:
    """Whether the memory for it is bearable: a photo is read at a fraction of its size."""
    most = MOST_PIXELS if image.format in PHOTOS else MOST_PIXELS // 2
    return image.width * image.height <= most


def _encoded(image: Image.Image) -> tuple[str, str]:
    is_photo = image.format in PHOTOS
    if image.mode in ("P", "PA", "1", "I", "F"):
        image = image.convert("RGBA")  # a palette cannot be scaled
    image.thumbnail((SIDE, SIDE))
    image = _on_white(ImageOps.exif_transpose(image))
    if not is_photo:
        data = _saved(image, "PNG")
        if len(data) <= LONGEST_PNG:
            return "image/png", _base64(data)
    return "image/jpeg", _base64(_saved(image, "JPEG"))


def _on_white(image: Image.Image) -> Image.Image:
    """The picture on paper, so that dark strokes stand out on a dark page."""
    image = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


def _saved(image: Image.Image, kind: str) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, quality=85, optimize=kind == "JPEG")
    return file.getvalue()


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
