"""Cells for the teacher's eyes, made of what strangers handed in.

A text is HTML that has been rendered and cleaned, on one line, so that whatever
reads it as Markdown finds nothing more to do. Code is text; of outputs
pictures, words and cleaned HTML are kept.
"""

import base64
import re
from collections.abc import Sequence
from html import escape
from typing import Any

from coursework.allowlist import clean
from coursework.pictures import decoded, picture
from coursework.rendered import rendered
from marking.sheet import Cell

Json = dict[str, Any]  # a cell, an output or a notebook, as it is in the file

LONGEST, LONGEST_PAGE = 20_000, 200_000
HELD = re.compile(r"data:image/(png|jpeg|svg\+xml);base64,[A-Za-z0-9+/=]+")
OUTPUTS = 20
IMAGES = ("image/png", "image/jpeg", "image/svg+xml", "image/gif", "image/webp")


def text(html: str, **metadata: Any) -> Json:
    """A cell of HTML that has been cleaned."""
    line = html.replace("\r", "").replace("\n", "&#10;")
    # the class keeps scripts for formulas away from what a stranger wrote
    source = f'<div class="tex2jax_ignore">{line}</div>'
    return {"cell_type": "markdown", "metadata": metadata, "source": source}


def code(source: str, outputs: Sequence[Json] = (), **metadata: Any) -> Json:
    """A cell of code with its outputs."""
    cell = {"cell_type": "code", "execution_count": None, "metadata": metadata}
    return {**cell, "outputs": list(outputs), "source": source[:LONGEST]}


def theirs(cell: Cell, raw: Json) -> Json:
    """A cell as a student handed it in."""
    if cell.kind == "markdown":
        attached = raw.get("attachments")
        return text(rendered(cell.source, attached if isinstance(attached, dict) else None))
    outputs = raw.get("outputs")
    kept = map(_output, outputs[:OUTPUTS] if isinstance(outputs, list) else [])
    return code(cell.source, [output for output in kept if output])


def as_text(cell: Json) -> Json:
    """A cell of code as a text, with the pictures among its outputs."""
    if cell["cell_type"] == "markdown":
        return cell
    html = "".join(_html(output) for output in cell["outputs"])
    return text(f"<pre>{escape(cell['source'])}</pre>" + html)


def _html(output: Json) -> str:
    """An output that was kept, as HTML."""
    data = output.get("data", {"text": output.get("text", "")})
    ((kind, content),) = data.items()
    if kind == "text/html":
        return str(content)
    if kind == "image/svg+xml":
        content = base64.b64encode(content.encode()).decode()
    if kind in IMAGES:
        return f'<p><img src="data:{kind};base64,{content}" alt=""></p>'
    return f"<pre>{escape(content)}</pre>"


def _output(output: Any) -> Json | None:
    """An output as a picture, as cleaned HTML or as words; None where nothing is left of it."""
    if not isinstance(output, dict):
        return None
    kind = output.get("output_type")
    if kind == "stream":
        return _stream(output.get("text"))
    if kind == "error":
        return _stream(f"{output.get('ename')}: {output.get('evalue')}")
    bundle = output.get("data")
    if not isinstance(bundle, dict):
        return None
    return _image(bundle) or _page(bundle) or _stream(bundle.get("text/plain"))


def _image(bundle: Json) -> Json | None:
    found = (picture(decoded(bundle[kind])) for kind in IMAGES if kind in bundle)
    made = next(filter(None, found), None)
    if made is None:
        return None
    kind, content = made
    return _display(kind, decoded(content).decode() if kind == "image/svg+xml" else content)


def _page(bundle: Json) -> Json | None:
    """What a cell displays as Markdown or HTML, such as a proof or a table."""
    for kind, made in (("text/markdown", rendered), ("text/html", clean)):
        html = made(_joined(bundle.get(kind))[:LONGEST_PAGE]).strip()
        if html:
            return _display("text/html", html)
    return None


def _display(kind: str, content: str) -> Json:
    return {"output_type": "display_data", "data": {kind: content}, "metadata": {}}


def _stream(words: Any) -> Json | None:
    words = _joined(words)[:LONGEST]
    return {"output_type": "stream", "name": "stdout", "text": words} if words else None


def _joined(words: Any) -> str:
    """A text as notebooks hold it, in one string or several; nothing where it is no text."""
    try:
        return "".join(words)
    except TypeError:
        return ""


def held(address: str) -> str | None:
    """An image's address if the image stands in it, made by this course."""
    return address if HELD.fullmatch(address) else None
