"""No circle among the imports of the packages: not between modules, and not between folders."""

import ast
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from itertools import zip_longest
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src"
ROOMS = "controls snapshot trace page artists widget explorable".split()  # of `slopes.explore`


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
            yield from (alias.name for alias in node.names if alias.name in files)
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
