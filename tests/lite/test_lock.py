"""The browser's Python has all that the chapters import, at the versions of `requirements.txt`."""

import ast
import hashlib
import json
import re
import subprocess
import sys
import zipfile

import pytest

from book import CHAPTERS, ROOT, cells, notebooks, sheets

CDN = "https://cdn.jsdelivr.net/pyodide/v314.0.6/full/"
DATA = {".npz", ".json", ".css", ".js"}
COMPILED = {"contourpy", "kiwisolver", "matplotlib", "numpy", "pillow"}


@pytest.fixture(scope="module")
def packages(site):
    lock = site / "lite" / "static" / "pyodide" / "pyodide-lock.json"
    return json.loads(lock.read_text())["packages"]


def top_levels(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0]


def test_only_the_five_compiled_wheels_come_from_elsewhere(packages):
    remote = {name for name, package in packages.items() if "/" in package["file_name"]}
    assert remote == COMPILED
    assert all(packages[name]["file_name"].startswith(CDN) for name in remote)


def test_every_local_wheel_has_the_checksum_of_the_lock(site, packages):
    for name in packages.keys() - COMPILED:
        wheel = site / "lite" / "static" / "pyodide" / packages[name]["file_name"]
        assert hashlib.sha256(wheel.read_bytes()).hexdigest() == packages[name]["sha256"], name


def test_everything_a_package_needs_is_in_the_lock(packages):
    for package in packages.values():
        needed = {name.replace("_", "-").lower() for name in package["depends"]}
        assert needed <= packages.keys(), package["name"]


def test_completion_works_without_what_is_left_out_of_it(site, packages, tmp_path):
    wheel = site / "lite" / "static" / "pyodide" / packages["jedi"]["file_name"]
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path)
    assert not [name for name in names if "django-stubs" in name or "/2and3/six" in name]
    (record,) = (name for name in names if name.endswith(".dist-info/RECORD"))
    listed = {line.split(",")[0] for line in (tmp_path / record).read_text().splitlines()}
    assert listed == set(names)
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import jedi, json\n"
        f"assert jedi.__file__.startswith({str(tmp_path)!r})\n"
        "for text in ('str.uppe', 'import math; math.sqr', 'import itertools as i; i.accum'):\n"
        "    print(jedi.Script(text).complete()[0].name)\n"
        "print(jedi.Interpreter('table.key', [{'table': {}}]).complete()[0].name)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.split() == ["upper", "sqrt", "accumulate", "keys"], done.stderr


def test_pictures_are_saved_as_pdf_without_what_is_left_out_of_fonttools(site, packages, tmp_path):
    wheel = site / "lite" / "static" / "pyodide" / packages["fonttools"]["file_name"]
    with zipfile.ZipFile(wheel) as archive:
        assert not [name for name in archive.namelist() if "/ufoLib/" in name]
        archive.extractall(tmp_path)
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import io, matplotlib\n"
        "matplotlib.use('agg'); import matplotlib.pyplot as plt\n"
        "for kind in (3, 42):\n"
        "    plt.rcParams['pdf.fonttype'] = kind; plt.title('$\\\\sigma$ of α')\n"
        "    plt.savefig(file := io.BytesIO(), format='pdf'); print(file.getvalue()[:4].decode())\n"
        f"import fontTools; assert fontTools.__file__.startswith({str(tmp_path)!r})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.split() == ["%PDF", "%PDF"], done.stderr


@pytest.mark.parametrize("name", ["numpy", "matplotlib", "ipywidgets"])
def test_versions_are_those_of_the_requirements(packages, name):
    pinned = re.search(rf"^{name}==(\S+)", (ROOT / "requirements.txt").read_text(), re.M)[1]
    assert packages[name]["version"] == pinned


def test_every_import_of_chapters_sheets_and_package_resolves(packages):
    sources = [path.read_text() for path in (ROOT / "src" / "slopes").rglob("*.py")]
    for notebook in notebooks() + sheets():
        sources += [cell.source for cell in cells(notebook) if cell.cell_type == "code"]
    wanted = {name for source in sources for name in top_levels(source)}
    offered = {name for package in packages.values() for name in package["imports"]}
    assert wanted - offered - sys.stdlib_module_names == set()


def test_the_wheel_of_the_package_carries_its_stored_data(site, packages):
    wheel = site / "lite" / "static" / "pyodide" / packages["slopes"]["file_name"]
    data = [path for path in (ROOT / "src" / "slopes").rglob("*") if path.suffix in DATA]
    assert len(data) > 5
    with zipfile.ZipFile(wheel) as archive:
        for path in data:
            name = path.relative_to(ROOT / "src").as_posix()
            assert archive.read(name) == path.read_bytes(), name


@pytest.mark.parametrize("chapter", notebooks(), ids=lambda chapter: chapter.stem)
def test_a_chapter_asks_for_numpy_and_the_package_alone(chapter):
    sources = [cell.source for cell in cells(chapter) if cell.cell_type == "code"]
    wanted = {name for source in sources for name in top_levels(source)}
    assert "slopes" in wanted and wanted <= {"numpy", "slopes"} | sys.stdlib_module_names


def test_sheets_are_served_byte_for_byte_and_chapters_as_they_are_downloaded(site):
    downloads = site / "_sources" / "chapters"
    for notebook in [*(downloads / each.name for each in CHAPTERS.glob("*.ipynb")), *sheets()]:
        assert (site / "lite" / "files" / notebook.name).read_bytes() == notebook.read_bytes()
