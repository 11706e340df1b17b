"""The house stands: imports point down the layers, and only the pictures know matplotlib."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import slopes
from slopes import figures

PACKAGE = Path(__file__).parents[1] / "src" / "slopes"
LAYERS = {
    "_arguments": 0,
    "activation": 1,
    "chain": 2,
    "interval": 2,
    "identity": 2,
    "jacobian": 2,
    "meanfield": 2,
    "universality": 2,
    "autoregressive": 2,
    "random_chains": 3,
    "built": 3,
    "data": 2,
    "network": 2,
    "figures": 3,
    "explore": 4,
}
OUTSIDE = {"figures": {"matplotlib"}, "explore": {"matplotlib", "ipywidgets", "IPython"}}
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def room(path):
    """The name of the module or package directly below `slopes` that holds `path`."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path):
    """Every module that the file imports, as a dotted name."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path):
    here = room(path)
    for name in imported(path):
        first, *rest = name.split(".")
        if first == "slopes":
            assert rest[0] == here or LAYERS[rest[0]] < LAYERS[here], f"{path.name} imports {name}"
        else:
            allowed = {"numpy"} | OUTSIDE.get(here, set())
            assert first in sys.stdlib_module_names | allowed, f"{path.name} imports {name}"


def test_every_module_has_a_layer():
    assert {room(path) for path in FILES} == set(LAYERS)


MARKING = PACKAGE.with_name("marking")


@pytest.mark.parametrize(
    "path", sorted(MARKING.rglob("*.py")), ids=lambda path: str(path.relative_to(MARKING))
)
def test_marking_knows_nothing_of_slopes_nor_of_packages_beyond_numpy(path):
    optional = {"distributed"} if path.name == "batch.py" else set()
    for name in imported(path):
        first = name.split(".")[0]
        assert first in sys.stdlib_module_names | {"numpy", "marking", "None"} | optional
        assert path.parent.name != "inside" or first != "marking"  # the sandbox has `inside` only


def test_importing_slopes_loads_numpy_and_nothing_heavier():
    code = (
        "import numpy, sys; before = set(sys.modules); import slopes; "
        "[getattr(slopes, name) for name in slopes.__all__]; "
        "print({name.split('.')[0] for name in set(sys.modules) - before})"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ast.literal_eval(shown.stdout) - sys.stdlib_module_names <= {"numpy", "slopes"}


def test_the_modules_are_loaded_when_they_are_asked_for():
    code = (
        "import slopes, sys; assert 'slopes.chain' not in sys.modules; "
        "assert [getattr(slopes, name).__name__[7:] for name in slopes.__all__] == slopes.__all__; "
        "assert set(slopes.__all__) <= set(dir(slopes)) and not hasattr(slopes, 'chains')"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_package_names_all_its_numeric_modules():
    public = {name for name in LAYERS if not name.startswith("_")}
    assert set(slopes.__all__) == public - {"figures", "explore"}


def test_pictures_are_in_modules_named_after_those_they_draw():
    drawn = {path.stem for path in (PACKAGE / "figures").iterdir() if path.stem[0] != "_"}
    assert drawn == set(figures.__all__) <= set(slopes.__all__)
    assert all(getattr(figures, name).__name__ == f"slopes.figures.{name}" for name in drawn)
    assert drawn <= set(dir(figures)) and not hasattr(figures, "cures")
