"""Read the chapters as the tests need them: their order, cells, words and labels."""

import re
from pathlib import Path

import nbformat
import yaml

ROOT = Path(__file__).parents[1]
CHAPTERS = ROOT / "chapters"


def pages():
    """The files of the book in reading order."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text())
    names = [toc["root"]] + [page["file"] for part in toc["parts"] for page in part["chapters"]]
    return [next(ROOT.glob(f"{name}.*[db]")) for name in names]


def notebooks():
    """The executable chapters in reading order."""
    return [page for page in pages() if page.suffix == ".ipynb"]


def sheets():
    """The sheets of homework as students get them."""
    return sorted(ROOT.glob("homework/release/*/*.ipynb"))


def cells(page):
    """The cells of a page; a Markdown page is one cell."""
    if page.suffix == ".ipynb":
        return nbformat.read(page, as_version=4).cells
    return [nbformat.v4.new_markdown_cell(page.read_text(encoding="utf-8"))]


def handed_out(page):
    """The code cells of a chapter as readers get them: those that ask without their answers."""
    found = [cell for cell in cells(page) if cell.cell_type == "code"]
    for cell in found:
        if re.match(r"(guess|choose)\(", cell.source):
            cell.outputs = []
    return found


def prose(page):
    """All Markdown of a page as one text."""
    return "\n\n".join(cell.source for cell in cells(page) if cell.cell_type == "markdown")


def claims(page):
    """Labels of the displayed equations and of the proof environments of a page."""
    text = prose(page)
    equations = re.findall(r"\$\$\s*\(([\w-]+)\)", text)
    directives = re.findall(r"\{math\}\s*\n:label: ([\w-]+)", text)
    proofs = re.findall(r"\{prf:(?!proof)\w+\}[^\n]*\n:label: ([\w-]+)", text)
    return equations + directives + proofs


def words(page):
    """Number of words of prose, formulas and directives left out."""
    text = re.sub(r"\$\$.*?\$\$|\$[^$]*\$", " ", prose(page), flags=re.S)
    return len(
        re.findall(r"[A-Za-z’']{2,}", re.sub(r"^(:\w+:.*|[`:]{3,}.*)$", " ", text, flags=re.M))
    )
