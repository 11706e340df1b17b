"""Compare what a notebook's cells say here with what is stored: runs in Pyodide, for wasm.mjs.

NumPy and matplotlib may be older there than those that the book asks for; `supply` makes what
the cells need and those lack.
"""

import ast
import json
import os
import sys
import traceback
from pathlib import Path


def supply():
    """Give older versions what the book asks of newer ones."""
    import matplotlib
    import numpy as np
    from matplotlib import collections
    from matplotlib.axes import Axes

    if not hasattr(np, "matvec"):  # NumPy 2.2
        np.matvec = lambda A, x: np.squeeze(np.matmul(A, np.asarray(x)[..., None]), -1)
        np.vecmat = lambda x, A: np.squeeze(np.matmul(np.asarray(x)[..., None, :], A), -2)
    if not hasattr(collections, "FillBetweenPolyCollection"):  # matplotlib 3.10
        collections.FillBetweenPolyCollection = collections.PolyCollection
    if matplotlib.__version_info__ < (3, 9):
        Axes.axvspan, Axes.axhspan = _vertical_span, _horizontal_span


def _vertical_span(axes, low, high, **style):
    return _span(axes, (low, 0), high - low, 1, axes.get_xaxis_transform("grid"), style)


def _horizontal_span(axes, low, high, **style):
    return _span(axes, (0, low), 1, high - low, axes.get_yaxis_transform("grid"), style)


def _span(axes, corner, width, height, transform, style):
    """A span as matplotlib 3.9 draws it: older ones make it a polygon, which does not move."""
    from matplotlib.patches import Rectangle

    return axes.add_patch(Rectangle(corner, width, height, transform=transform, **style))


def said(source, scope):
    """What a cell shows: its last expression, as a notebook shows it; nothing where it is none."""
    from IPython.lib.pretty import pretty

    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), scope)
    value = last and eval(compile(ast.Expression(last.value), "cell", "eval"), scope)
    if hasattr(value, "_repr_mimebundle_"):
        return [value._repr_mimebundle_()["text/plain"]]
    return [] if value is None else [pretty(value)]


def stored(cell):
    """What is stored in a cell as text."""
    return ["".join(each["data"]["text/plain"]) for each in cell["outputs"] if "data" in each]


def differences(notebook):
    """The number of code cells of a notebook, and what is wrong, one text for each cell."""
    import numpy as np

    cells = json.loads(Path(notebook).read_text(encoding="utf-8"))["cells"]
    cells = [cell for cell in cells if cell["cell_type"] == "code"]
    scope, wrong = {"__name__": "__main__", "rng": np.random.default_rng(1)}, []
    for number, cell in enumerate(cells, 1):
        source = "".join(cell["source"]).replace('student = ""', 'student = "ada"')
        try:
            shown = said(source, scope)
        except Exception:
            reason = traceback.format_exc().splitlines()[-1]
            wrong.append(f"cell {number}: {reason}")
            continue
        if shown != stored(cell) and "nbgrader" not in cell["metadata"]:
            wrong.append(f"cell {number}: {shown} in place of {stored(cell)}")
    return len(cells), wrong


def check(root, names=()):
    """Compare the chapters and the sheets, or those of the names; the number of wrong cells."""
    import numpy as np

    os.environ["MPLBACKEND"] = "agg"
    supply()
    bits = np.array([1]).itemsize * 8
    print(f"Python {sys.version.split()[0]}, NumPy {np.__version__}, integers of {bits} bits")
    failed = total = 0
    for notebook in sorted(
        [*Path(root).glob("chapters/*.ipynb"), *Path(root).glob("homework/source/*/*.ipynb")]
    ):
        if not names or notebook.stem in names:
            count, wrong = differences(notebook)
            failed, total = failed + len(wrong), total + count
            print(
                *[f"{notebook.stem}: {count - len(wrong)} of {count} cells agree", *wrong],
                sep="\n  ",
            )
    print(f"{total - failed} of {total} cells agree")
    return failed
