"""Run a notebook as where NumPy's integers have 32 bits: ``python tests/integers.py NOTEBOOK``.

In a browser's Python an array of integers wraps round beyond 2,147,483,647, silently. So what
each operation and each call gives, in the notebook and in the package, is looked at: integers
that need more bits are refused, with the place.
"""

import ast
import builtins
import re
import sys
from importlib.machinery import PathFinder, SourceFileLoader
from pathlib import Path

import nbformat
import numpy as np

BITS = np.iinfo(np.int32)


def fits(value, place):
    """The value of an expression; refused where 32 bits cannot hold it."""
    for each in value if isinstance(value, tuple) else (value,):
        whole = isinstance(each, np.ndarray | np.generic) and each.dtype.kind == "i" and each.size
        if whole and not BITS.min <= np.min(each) <= np.max(each) <= BITS.max:
            raise OverflowError(f"{place}: {each!r} needs more than 32 bits; make it of floats")
    return value


class _LookedAt(ast.NodeTransformer):
    def __init__(self, name):
        self.name = name

    def generic_visit(self, node):
        super().generic_visit(node)
        if isinstance(node, ast.AugAssign):
            name = ast.parse(ast.unparse(node.target), mode="eval").body
            return [node, ast.Expr(self.looked_at(name, node.lineno))]
        computes = isinstance(node, ast.BinOp | ast.UnaryOp | ast.Call)
        return self.looked_at(node, node.lineno) if computes else node

    def looked_at(self, node, line):
        place = ast.Constant(f"{self.name}, line {line}")
        return ast.Call(ast.Name("__fits__", ast.Load()), [node, place], [])


def compiled(source, name):
    """The code of `source`, which looks at its values; `name` is said where one does not fit."""
    tree = _LookedAt(name).visit(ast.parse(source))
    return compile(ast.fix_missing_locations(tree), name, "exec")


class _Loader(SourceFileLoader):
    def get_code(self, fullname):
        return compiled(self.get_source(fullname), self.get_filename(fullname))


class _Finder:
    """Finds the package's modules, so that they look at their values."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        spec = PathFinder.find_spec(name, path, target) if name.split(".")[0] == "slopes" else None
        if spec and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


def sources(notebook):
    """The code of a notebook: its cells, and then the code that its solutions show."""
    cells = nbformat.read(notebook, as_version=4).cells
    code = [cell.source for cell in cells if cell.cell_type == "code"]
    words = [cell.source for cell in cells if cell.cell_type == "markdown"]
    shown = [block for text in words for block in re.findall(r"```python\n(.*?)```", text, re.S)]
    return [re.sub(r'^student = ""$', 'student = "ada"', each) for each in code + shown]


def run(notebook):
    """Run the code of a notebook; `rng` is what hidden checks draw their cases from."""
    scope = {"__name__": "__main__", "rng": np.random.default_rng(1)}
    for number, source in enumerate(sources(notebook), 1):
        exec(compiled(source, f"{Path(notebook).name}, piece {number}"), scope)


if __name__ == "__main__":
    builtins.__fits__ = fits
    sys.meta_path.insert(0, _Finder)
    run(sys.argv[1])
