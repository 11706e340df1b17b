"""Search that knows formulas and numbers, with Sphinx's own script and an index of our own.

Sphinx would index TeX. Here a formula is the words that a reader would type: σ, sigma, w/4. A
decimal of a theorem leads to that theorem, rounded too, and a page ranks by how much of a word's
use in the book is on it. search.js, beside this file, does the same to queries and to excerpts.
"""

import re
import unicodedata
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from xml.etree import ElementTree

import quickjs
from docutils import nodes
from sphinx.search import IndexBuilder, SearchEnglish, WordStore, js_index

from pages.concepts import entries
from pages.mathematics import aligned, render, unnumbered

_WORD = re.compile(r"\d+\.\d+|[^\W\d_]/\w(?!\w)|\w+")
_FRACTION = re.compile(r"(?<!\w)\w/\w(?!\w)")
_NUMBER = re.compile(r"\d+\.\d{3,}")
_SCRIPT = Path(__file__).with_name("search.js")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_UNREAD = (nodes.comment, nodes.raw, nodes.image, nodes.literal_block)
_MATHEMATICS = "{http://www.w3.org/1998/Math/MathML}"
_TITLE, _HEADING, _USE = 10, 5, 10  # what a word adds by standing in titles, headings and text
_LISTS = {"errata", "notation", "teaching", "reference", "bibliography"}  # which mention all


def mathml(node):
    """The formula of a node as a tree, or nothing where KaTeX refuses it (its page says so)."""
    tex, display = node.astext(), isinstance(node, nodes.math_block)
    if display:
        tex = unnumbered(tex) if node["nowrap"] else aligned(tex)
    try:
        return ElementTree.fromstring(re.search(r"<math.*?</math>", render(tex, display), re.S)[0])
    except quickjs.JSException:
        return None


def linear(tree):
    """A formula in one line of text, as search.js writes it."""
    kind, parts = tree.tag.removeprefix(_MATHEMATICS), [linear(each) for each in tree]
    if kind == "annotation":
        return ""
    if kind == "mfrac":
        return "/".join(parts)
    if kind == "msqrt":
        return f"√({''.join(parts)})"
    if kind == "msup" and parts[1] != "′":
        return "^".join(parts)
    return "".join([(tree.text or "").strip(), *parts])


def words(formula):
    """The words of a formula that a reader may type: names, numbers, fractions, Greek spelled."""
    tree = mathml(formula)
    if tree is None:
        return []
    symbols = [
        each.text for kind in ("mi", "mn", "mtext") for each in tree.iter(f"{_MATHEMATICS}{kind}")
    ]
    found = [word for text in filter(None, symbols) for word in _WORD.findall(text)]
    texts = [linear(each) for each in tree.iter(f"{_MATHEMATICS}mfrac")] + [linear(tree)]
    found += [word for text in texts for word in _FRACTION.findall(re.sub("[|∣]", "", text))]
    return [word for word in found if len(word) > 1 or not word.isascii()] + _spelled(found)


def _spelled(letters):
    names = (unicodedata.name(each, "") for each in letters if len(each) == 1)
    return [name.split()[-1].lower() for name in names if name.startswith("GREEK ")]


class Language(SearchEnglish):
    """English in which a decimal and a fraction of letters are one word."""

    def split(self, text):
        return _WORD.findall(text)


class Index(IndexBuilder):
    """Sphinx's index, of all pages of an environment, with weights and the reading order."""

    def __init__(self, env, order):
        for each in ("titles", "filenames", "mapping", "title_mapping", "all_titles"):
            getattr(env, f"_search_index_{each}").clear()
        env._search_index_index_entries.clear()
        super().__init__(env, "en", {}, "")
        self.lang = Language({})
        self._order, self._weights = order, {}
        for name in order:
            doctree = env.get_doctree(name)
            self.feed(name, env.doc2path(name, False), _text(env.titles[name]), doctree)
            self._enter(name, doctree)
            self._weigh(name)

    def _enter(self, name, doctree):
        """Let numbers and concepts lead to their places on a page."""
        ids = {id for node in doctree.findall(nodes.Element) for id in node.get("ids", ())}
        found = dict.fromkeys([*entries(Path(name).name, ids), *_numbers(doctree)])
        # of two equal ones Sphinx shows the last first
        self._index_entries[name] += reversed([(*each, "main") for each in found])

    def _word_collector(self, doctree):
        self._store = WordStore()
        self._visit(doctree)
        return self._store

    def _visit(self, node):
        if isinstance(node, nodes.title):
            ids = node.parent["ids"]
            title = _text(node).strip().removeprefix("(").removesuffix(")")
            self._store.titles.append((title, ids[0] if ids and self._store.titles else None))
            self._store.title_words += self._words(node)
        if isinstance(node, nodes.Text | nodes.math | nodes.math_block):
            self._store.words += self._words(node)
        elif not isinstance(node, _UNREAD):
            for child in node.children:
                self._visit(child)

    def _words(self, node):
        if isinstance(node, nodes.Text):
            return self.lang.split(node.astext())
        if _is_formula(node):
            return words(node)
        return [word for child in node.children for word in self._words(child)]

    def _weigh(self, name):
        """Note how often each word stands on a page, and whether in its title or in a heading."""
        title, *headings = (text for text, _ in self._store.titles)
        title, headings = self._stems([title]), self._stems(headings)
        counts = self._stems(self._store.words)
        share = 0.3 if Path(name).name in _LISTS else 1
        for word in counts | title | headings:
            extra = _TITLE * (word in title) + _HEADING * (word in headings)
            self._weights.setdefault(word, {})[name] = counts[word] * share, extra

    def _stems(self, texts):
        found = (word for text in texts for word in self.lang.split(text) if not word.isdigit())
        return Counter(filter(None, (self.lang.stem(word.lower()) for word in found)))

    def freeze(self):
        """The index, with the reading order, and a digit of base 36 for each word on each page."""
        frozen, weights = super().freeze(), {}
        for word, pages in self._weights.items():
            if len(pages) > 1:
                most = max(count for count, _ in pages.values()) or 1
                row = (pages.get(name, (0, 0)) for name in frozen["docnames"])
                numbers = (round(_USE * count / most) + extra for count, extra in row)
                weights[word] = "".join(_DIGITS[number] for number in numbers).rstrip("0")
        order = [self._order.index(name) for name in frozen["docnames"]]
        return frozen | {"weights": weights, "order": order}


def _text(node):
    """The words of a node, with its formulas in one line."""
    if isinstance(node, nodes.math):
        tree = mathml(node)
        return "" if tree is None else linear(tree)
    return node.astext() if isinstance(node, nodes.Text) else "".join(map(_text, node.children))


def _numbers(doctree):
    """Decimals of theorems, formulas, captions and summaries, rounded too, with their anchors."""
    for place in doctree.findall(nodes.Element):
        anchor = _notable(place)
        if anchor:
            formulas = filter(None.__ne__, map(mathml, place.findall(_is_formula)))
            texts = (each for each in place.findall(nodes.Text) if not _is_formula(each.parent))
            said = " ".join([*map(linear, formulas), *map(nodes.Text.astext, texts)])
            for number in _NUMBER.findall(said):
                yield from ((entry, anchor) for entry in rounded(number))


def _is_formula(node):
    return isinstance(node, nodes.math | nodes.math_block)


def _notable(node):
    """The anchor of a node whose numbers readers look for, or nothing."""
    if isinstance(node, nodes.caption):
        node = node.parent
    elif not (
        isinstance(node, nodes.math_block)
        or "proof" in node.get("classes", ())
        or "summary" in node.get("ids", ())
    ):
        return None
    return node["ids"][0] if node["ids"] else None


def rounded(number):
    """A decimal as it stands, and as it is quoted: rounded to two to five digits."""
    exact, places = Decimal(number), len(number.partition(".")[2])
    counts = range(1 - exact.adjusted(), 5 - exact.adjusted())  # digits behind the point
    quoted = (Decimal(1).scaleb(-count) for count in counts if 0 < count < places)
    return {number} | {str(exact.quantize(last, ROUND_HALF_UP)) for last in quoted}


def _write(app, exception):
    if exception or app.builder.format != "html":
        return
    order = [name for name in _reading_order(app.env) if name in app.env.found_docs]
    index = js_index.dumps(Index(app.env, order).freeze())
    (Path(app.outdir) / "searchindex.js").write_text(index, encoding="utf-8")


def _reading_order(env, name=None):
    """The pages of the book, from the first to the last."""
    name = name or env.config.root_doc
    yield name
    for child in env.toctree_includes.get(name, ()):
        yield from _reading_order(env, child)


def _configure(app, config):
    config.html_search_scorer = str(_SCRIPT)


def _outdated(app, env, added, changed, removed):
    """The first page, where our script is newer than the site, which has it written; else none."""
    written = Path(app.outdir) / "_static" / "language_data.js"
    newer = written.exists() and _SCRIPT.stat().st_mtime > written.stat().st_mtime
    return [app.config.root_doc] if newer else []


def setup(app):
    app.connect("config-inited", _configure)
    app.connect("env-get-outdated", _outdated)
    app.connect("build-finished", _write, priority=970)
