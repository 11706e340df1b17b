"""What the labels of the book stand for: their numbers, titles and addresses, as on the pages."""

import re
from collections import Counter

import nbformat
import yaml
from pybtex.database import parse_file
from pybtex.plugin import find_plugin

_LABELLED = re.compile(
    r"^`{3,}\{(?:prf:)?(?!solution)(?P<kind>\w+)\}[^\n]*\n:label: (?P<label>[\w-]+)"
    r"|\$\$[ \t]*\((?P<equation>[\w-]+)\)"
    r"|^ +name: (?P<figure>fig-[\w-]+)",
    re.M,
)
_STYLE = find_plugin("pybtex.style.formatting", "plain")()  # as in chapters/bibliography.md


class Book:
    """The book in the folder `root`; links lead to the site at `address`, which ends in a slash.

    Without an address only chapters are linked, to their notebooks in the same folder.
    """

    def __init__(self, root, address=""):
        self.root, self.address = root, address
        toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
        names = [toc["root"], *(page["file"] for part in toc["parts"] for page in part["chapters"])]
        self.pages = {root.joinpath(name).name: next(root.glob(f"{name}.*[db]")) for name in names}
        self._prose = {name: _prose(path) for name, path in self.pages.items()}
        self._sources = parse_file(root / "chapters" / "references.bib").entries
        self._labels, counts = {}, Counter()
        for name, path in self.pages.items():
            for kind, label in _labels(path, self._prose[name]):
                counts[kind] += 1
                self._labels[label] = name, kind, counts[kind]

    def name(self, label):
        """Kind and number of what has that label, such as "Theorem 6" or "(16)"."""
        _, kind, number = self._labels[label]
        return f"({number})" if kind == "equation" else f"{kind.capitalize()} {number}"

    def number(self, label):
        """The number of what has that label."""
        return self._labels[label][2]

    def reference(self, label, text=None):
        """A link to what has that label, with its name as text where none is given."""
        page, kind, _ = self._labels[label]
        anchor = f"equation-{label}" if kind == "equation" else label
        return self.link(text or self.name(label), page, f"#{anchor}")

    def title(self, page):
        """The title of a page."""
        return re.search(r"^# (.+)", self._prose[page], re.M)[1].strip()

    def link(self, text, page, anchor=""):
        """A link to a place of the book."""
        if self.address:
            return f"[{text}]({self.address}chapters/{page}.html{anchor})"
        if self.pages[page].suffix == ".ipynb" and not anchor:
            return f"[{text}]({page}.ipynb)"
        return text

    def citation(self, keys):
        """Authors and years of sources, in brackets."""
        said = map(_author_year, self._sorted(keys))
        return f"[{', '.join(self.link(each, 'bibliography') for each in said)}]"

    def entries(self, keys):
        """The sources in full, as Markdown."""
        markdown = find_plugin("pybtex.backends", "markdown")()
        found = (_STYLE.format_entry("", entry) for entry in self._sorted(keys))
        texts = (entry.text.render(markdown) for entry in found)
        return [re.sub(r"\\([-.()])", r"\1", text.replace("\n", " ")) for text in texts]

    def _sorted(self, keys):
        return _STYLE.sort([self._sources[key] for key in keys])


def _author_year(entry):
    names = [
        " ".join(map(str, each.rich_prelast_names + each.rich_last_names))
        for each in entry.persons["author"]
    ]
    if len(names) > 2:
        names = [f"{names[0]} et al."]
    return f"{' and '.join(names)}, {entry.fields.get('year', 'n.d.')}"


def _prose(path):
    if path.suffix == ".md":
        return path.read_text(encoding="utf-8")
    cells = nbformat.read(path, as_version=4).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def figure(cell):
    """Name and caption of the figure that a code cell draws, or nothing."""
    known = cell.metadata.get("mystnb", {}).get("figure", {})
    return (known["name"], known["caption"]) if known else None


def _labels(path, prose):
    """Kind and label of all that is numbered on a page, in order within each kind."""
    for found in _LABELLED.finditer(prose):
        if found["kind"]:
            yield found["kind"], found["label"]
        else:
            yield found.lastgroup, found[found.lastgroup]
    if path.suffix == ".ipynb":
        cells = nbformat.read(path, as_version=4).cells
        yield from (("figure", figure(cell)[0]) for cell in cells if figure(cell))
