"""The explorables of the book, made by running the code of the chapters."""

import ast
from functools import cache

from book import cells, notebooks
from slopes.explore.explorable import Explorable


def shown(cell):
    """The name of the figure that a cell shows."""
    return cell.metadata.get("mystnb", {}).get("figure", {}).get("name")


def calls_explore(cell):
    """Whether a cell calls `explore`."""
    if cell.cell_type != "code":
        return False
    calls = (node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call))
    return any(isinstance(call.func, ast.Name) and call.func.id == "explore" for call in calls)


def listed():
    """Pairs of a chapter and the name of a figure, in the order of the book, without running it."""
    return [
        (page.stem, shown(cell))
        for page in notebooks()
        for cell in cells(page)
        if calls_explore(cell)
    ]


@cache
def explorables(chapter):
    """The explorables of a chapter by the names of their figures."""
    (page,) = (page for page in notebooks() if page.stem == chapter)
    space, found = {}, {}
    for number, cell in enumerate(cells(page)):
        if cell.cell_type == "code":
            value = run(cell.source, f"{chapter}, cell {number}", space)
            if isinstance(value, Explorable):
                found[shown(cell)] = value
    return found


def run(source, name, space):
    """Run a cell; the value of its last expression, if it ends in one."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, name, "exec"), space)
    return eval(compile(ast.Expression(last.value), name, "eval"), space) if last else None
