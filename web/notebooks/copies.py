"""Copies of the chapters for readers, beside the sources: same code, same outputs, plain words."""

import hashlib
import json

import nbformat

from notebooks.labels import figure
from notebooks.markdown import cited, plain

_KEPT = "slopes_fingerprint"  # in the metadata of a notebook


def copy(chapter, book):
    """A chapter for readers: the captions follow their figures, and the cited works the end."""
    notebook = nbformat.read(chapter, as_version=4)
    works = sorted(set().union(*map(cited, _texts(notebook))))
    cells = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = plain(cell.source, book)
        elif asks(cell):
            cell.outputs = []  # they hold the answer
        cells.append(cell)
        if figure(cell):
            name, caption = figure(cell)
            text = f"**{book.name(name)}.** {plain(caption, book)}"
            cells.append(nbformat.v4.new_markdown_cell(text, id=f"{cell.id}-caption"))
    if works:
        text = "\n".join(["### Works cited", "", *(f"- {each}" for each in book.entries(works))])
        cells.append(nbformat.v4.new_markdown_cell(text, id="works-cited"))
    notebook.cells = cells
    return notebook


def asks(cell):
    """Whether a code cell is a question, whose code a page does not show either."""
    return "remove-input" in cell.metadata.get("tags", ())


def _texts(notebook):
    for cell in notebook.cells:
        yield cell.source if cell.cell_type == "markdown" else (figure(cell) or ("", ""))[1]


def written(notebook):
    """The notebook as the text of its file."""
    return nbformat.writes(notebook) + "\n"


def renew(folder, book):
    """Write a copy of each chapter into `folder`, and return those that somebody has edited.

    These stay as they are. A copy remembers what its words and its code were when it was written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    edited = []
    for chapter in (path for path in book.pages.values() if path.suffix == ".ipynb"):
        path = folder / chapter.name
        if path.exists() and _is_edited(nbformat.read(path, as_version=4)):
            edited.append(path)
            continue
        notebook = copy(chapter, book)
        notebook.metadata[_KEPT] = _fingerprint(notebook)
        path.write_text(written(notebook), encoding="utf-8")
    return edited


def _fingerprint(notebook):
    texts = [[cell.cell_type, cell.source] for cell in notebook.cells]
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()


def _is_edited(notebook):
    return notebook.metadata.get(_KEPT) != _fingerprint(notebook)
