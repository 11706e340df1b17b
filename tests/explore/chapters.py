"""The explorables of the book, made by running what they rest on in the chapters."""

import ast
from functools import cache

from myst_nb.core.read import read_myst_markdown_notebook

from book import cells, notebooks, pages
from slopes.explore.explorable import Explorable


def sources():
    """The pages that may show an explorable: the chapters, and what else runs code."""
    return [*notebooks(), *(page for page in pages() if page.suffix == ".md" and code(page))]


@cache
def code(page):
    """The cells of code of a page, a notebook or Markdown."""
    found = cells(page)
    if page.suffix == ".md":
        text = found[0].source
        found = read_myst_markdown_notebook(text).cells if "{code-cell}" in text else []
    return [cell for cell in found if cell.cell_type == "code"]


def shown(cell):
    """The name of the figure that a cell shows."""
    return cell.metadata.get("mystnb", {}).get("figure", {}).get("name")


def calls_explore(cell):
    """Whether a cell calls `explore`."""
    calls = (node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call))
    return any(isinstance(call.func, ast.Name) and call.func.id == "explore" for call in calls)


def listed():
    """Pairs of a page and the name of a figure, in the order of `sources`, without running it."""
    return [
        (page.stem, shown(cell)) for page in sources() for cell in code(page) if calls_explore(cell)
    ]


@cache
def explorables(chapter):
    """The explorables of a chapter by the names of their figures."""
    (page,) = (page for page in sources() if page.stem == chapter)
    space, found = {}, {}
    for number, cell in behind(code(page)):
        value = run(cell.source, f"{chapter}, code cell {number}", space)
        if isinstance(value, Explorable):
            found[shown(cell)] = value
    return found


def behind(code):
    """The cells that call `explore` and those that bind the names they rest on, with numbers."""
    names, kept = set(), []
    for number, cell in reversed(list(enumerate(code))):
        bound, read = mentioned(cell.source)
        if calls_explore(cell) or bound & names:
            kept.append((number, cell))
            names |= read
    return kept[::-1]


def mentioned(source):
    """The names that the source binds, and those that it reads."""
    bound, read = set(), set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            (read if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.alias):
            bound.add(node.asname or node.name)
    return bound, read


def run(source, name, space):
    """Run a cell; the value of its last expression, if it ends in one."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, name, "exec"), space)
    return eval(compile(ast.Expression(last.value), name, "eval"), space) if last else None
