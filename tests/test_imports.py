"""Imports point down: no circle, no layer above, and only the pictures know matplotlib."""

import ast
import re
import subprocess
import sys
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from itertools import zip_longest
from pathlib import Path

import pytest

import slopes
from slopes import figures

SOURCE = Path(__file__).parents[1] / "src"
LAYERS = (  # of `slopes`; a module imports from those before its own
    "_arguments _lazy _values",
    "activation",
    "chain interval identity jacobian meanfield universality autoregressive data network",
    "random_chains built figures",
    "explore",
)
LAYER = {module: number for number, names in enumerate(LAYERS) for module in names.split()}
OUTSIDE = {  # what may be imported besides the standard library and numpy
    "slopes.figures": {"matplotlib"},
    "slopes.explore": {"matplotlib", "ipywidgets", "IPython"},
    "marking.batch": {"distributed"},
    "marking.seccomp": {"pyseccomp"},
}
# the rooms of `slopes.explore`; each imports from those before it
ROOMS = "controls snapshot state trace page artists widget explorable questions".split()


def modules(source):
    """The dotted names of all modules below a folder, with their files."""
    files = {path.relative_to(source).with_suffix(""): path for path in source.rglob("*.py")}
    return {".".join(name.parts).removesuffix(".__init__"): path for name, path in files.items()}


def imports(source):
    """Which modules each module imports, anywhere in its file."""
    files = modules(source)
    return {name: set(imported(path, name, files)) for name, path in files.items()}


def imported(path, name, files):
    """The modules among `files` that the file at `path` imports."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            above = ".".join(package.split(".")[: 1 - node.level or None]) if node.level else ""
            whole = ".".join(part for part in (above, node.module) if part)
            inner = (f"{whole}.{alias.name}" for alias in node.names)
            yield from (each if each in files else whole for each in inner)


def folders(graph):
    """The same graph for what lies side by side in each folder: its modules and subfolders."""
    found = defaultdict(lambda: defaultdict(set))
    for name, targets in graph.items():
        for target in targets & graph.keys():
            folder, here, there = parting(name, target)
            if here and there:
                found[folder][here].add(there)
    return found


def parting(name, target):
    """Where the paths of two modules part: the folder, and the next step of each."""
    shared = []
    for here, there in zip_longest(name.split("."), target.split(".")):
        if here != there:
            return ".".join(shared), here, there
        shared.append(here)
    return ".".join(shared), None, None


def circles(source):
    """The first circle of modules, and the first in each folder, as lists of names."""
    graph = imports(source)
    named = {name: targets & graph.keys() - {name} for name, targets in graph.items()}
    for each in (named, *folders(graph).values()):
        try:
            TopologicalSorter(each).prepare()
        except CycleError as fault:
            yield fault.args[1]


def test_no_circle_of_imports():
    assert not list(circles(SOURCE))


def test_the_rooms_of_explore_import_those_before_them_only():
    rooms = folders(imports(SOURCE))["slopes.explore"]
    arrows = [(here, there) for here, targets in rooms.items() for there in targets]
    assert {room for arrow in arrows for room in arrow} == set(ROOMS)
    assert all(ROOMS.index(there) < ROOMS.index(here) for here, there in arrows)


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": "import b", "b.py": "def late():\n    import a"},
        {"p/__init__.py": "from p.a import A", "p/a.py": "from p import B"},
        {"p/__init__.py": "", "p/a.py": "from . import b", "p/b.py": "from .a import A"},
        {"x/a.py": "import y.b", "y/b.py": "", "y/c.py": "from x.d import D", "x/d.py": ""},
    ],
    ids="late package relative folders".split(),
)  # fmt: skip
def test_a_circle_is_found(files, tmp_path):
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert list(circles(tmp_path))


def astray(graph):
    """The imports of `slopes` and `marking` that do not point down, in words."""
    for name, targets in graph.items():
        package, *rest = name.split(".")
        if package in ("slopes", "marking") and rest:
            wrong = (target for target in targets if not points_down(package, rest[0], target))
            yield from (f"{name} imports {target}" for target in sorted(wrong))


def points_down(package, room, target):
    """Whether a module in that room of a package may import `target`."""
    first, *rest = target.split(".")
    if first != package:
        others = {"numpy"} | OUTSIDE.get(f"{package}.{room}", set())
        return first in sys.stdlib_module_names | others
    if package == "marking":
        return room != "inside" or rest[:1] == ["inside"]  # the sandbox has no more
    return rest[:1] == [room] or (bool(rest) and LAYER[rest[0]] < LAYER[room])


def test_imports_point_down():
    assert list(astray(imports(SOURCE))) == []


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("slopes.chain", "slopes.figures.chain"),
        ("slopes.chain", "slopes.interval"),
        ("slopes.chain", "slopes"),
        ("slopes.chain", "matplotlib.pyplot"),
        ("slopes.figures.chain", "ipywidgets"),
        ("marking.mark", "slopes.chain"),
        ("marking.mark", "distributed"),
        ("marking.inside.border", "marking.sheet"),
    ],
)
def test_an_import_that_points_elsewhere_is_found(name, target):
    assert list(astray({name: {target, "numpy", "json"}})) == [f"{name} imports {target}"]


def test_every_module_has_a_layer():
    parts = (name.split(".") for name in modules(SOURCE))
    assert {rest[0] for package, *rest in parts if package == "slopes" and rest} == set(LAYER)


def test_tracing_stays_out_of_the_mathematics():
    texts = {name: path.read_text(encoding="utf-8") for name, path in modules(SOURCE).items()}
    knowing = {".".join(name.split(".")[:2]) for name, text in texts.items() if "Traced" in text}
    assert knowing == {"slopes._arguments", "slopes.explore"}


def test_what_runs_in_the_sandbox_does_not_ask_for_the_package_around_it():
    for path in (SOURCE / "marking" / "inside").glob("*.py"):
        assert not re.search(r"^\s*(from|import) marking", path.read_text(), re.M), path


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
    public = {name for name in LAYER if not name.startswith("_")}
    assert set(slopes.__all__) == public - {"figures", "explore"}


def test_pictures_are_in_modules_named_after_those_they_draw():
    drawn = {path.stem for path in (SOURCE / "slopes" / "figures").iterdir() if path.stem[0] != "_"}
    public = {name for name in figures.__all__ if not callable(getattr(figures, name))}
    assert drawn == public <= set(slopes.__all__)
    assert all(getattr(figures, name).__name__ == f"slopes.figures.{name}" for name in drawn)
    assert drawn <= set(dir(figures)) and not hasattr(figures, "cures")
