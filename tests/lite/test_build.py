"""JupyterLite is built once for the same inputs, and a failure is one clear line."""

import json
import re

import pytest

from book import ROOT, sheets


@pytest.fixture
def build(monkeypatch):
    """The modules that build JupyterLite."""
    monkeypatch.syspath_prepend(ROOT / "web" / "lite")
    import build

    return build


@pytest.fixture
def pyodide(build):
    import pyodide

    return pyodide


@pytest.fixture
def trim(build):
    import trim

    return trim


def test_nothing_is_built_again_while_the_inputs_are_the_same(build, tmp_path, monkeypatch):
    builds = []

    def pretend(site, work, vendor):
        builds.append(vendor)
        (work / "output").mkdir()
        return work / "output"

    monkeypatch.setattr(build, "build_lite", pretend)
    monkeypatch.setattr(build, "inputs", lambda: [ROOT / "pyproject.toml"])
    build.build(tmp_path, vendor=False)
    build.build(tmp_path, vendor=False)
    assert builds == [False]
    build.build(tmp_path, vendor=True)
    monkeypatch.setattr(build, "inputs", lambda: [ROOT / "README.md"])
    build.build(tmp_path, vendor=True)
    assert builds == [False, True, True]
    assert (tmp_path / "run" / "index.html").is_file()


def test_the_inputs_are_those_that_matter(build):
    names = {path.relative_to(ROOT).as_posix() for path in build.inputs()}
    assert {"chapters/chain_rule.ipynb", "src/slopes/chain.py", "requirements.txt"} <= names
    assert {
        "src/slopes/explore/page/script/start.js",
        "web/lite/pyodide.py",
        "web/lite/launch/run.js",
    } <= names
    assert {"src/slopes/data/digits.npz", "src/slopes/data/cures.json"} <= names
    assert {path.relative_to(ROOT).as_posix() for path in sheets()} <= names


def test_two_notebooks_of_one_name_are_refused(build, tmp_path):
    for folder in ("_sources/chapters", "homework/release/layers"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "layers.ipynb").touch()
    with pytest.raises(SystemExit, match=r"cannot both be opened as layers\.ipynb") as stopped:
        build.notebooks(tmp_path, tmp_path)
    assert one_line(stopped)


def test_only_the_listed_extensions_slip_in(build, site):
    found = (site / "lite" / "extensions").glob("**/package.json")
    names = {path.parent.relative_to(site / "lite" / "extensions").as_posix() for path in found}
    assert names == set(build.EXTENSIONS)


def asks(number):
    return f"later(Promise.all([load.e({number})]))"


def test_only_what_a_left_out_library_alone_asks_for_is_deleted(trim, tmp_path):
    kept = {1: asks(2) + asks(3), 3: asks(4), 4: "needed by both", 8: "an icon"}
    gone = {2: "mermaidAPI" + asks(4) + asks(5), 5: "NetworkSimplexPlacer", 7: "xterm-helper"}
    others = [word for word in trim.LIBRARIES.values() if not any(word in s for s in gone.values())]
    gone |= dict(enumerate(others, 10))
    (tmp_path / "notebooks").mkdir()
    start = "".join(map(asks, [1, 7, 8, *range(10, 10 + len(others)), 100]))
    (tmp_path / "notebooks" / "bundle.js").write_text(start)
    (tmp_path / "worker.js").write_text("no piece")
    for number, text in (kept | gone).items():
        (tmp_path / f"{number}.js").write_text(f"(self.all=[]).push([[{number}],{{{text}}}])")
    assert trim.trim(tmp_path) == {f"{number}.js" for number in gone} | set(trim.FONTS)
    left = {path.name for path in tmp_path.glob("*.js")}
    assert left == {"worker.js"} | {f"{number}.js" for number in kept}


def test_a_library_that_is_not_found_is_told_in_one_line(trim, tmp_path):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "bundle.js").write_text("")
    with pytest.raises(SystemExit, match="0 of JupyterLite's scripts look like mermaid") as stopped:
        trim.trim(tmp_path)
    assert one_line(stopped)


def test_what_would_ask_for_a_left_out_library_is_switched_off(trim, site):
    settings = json.loads((site / "lite" / "jupyter-lite.json").read_text())
    off = settings["jupyter-config-data"]["disabledExtensions"]
    assert {f"@jupyterlab/{name}-extension" for name in ("mermaid", "terminal", "vega5")} <= set(
        off
    )
    scripts = [path.read_text() for path in (site / "lite" / "build").glob("*.js")]
    assert not [script for script in scripts if re.search(r"\bfa-brands |\bfab fa-", script)]
    assert [name for name, word in trim.LIBRARIES.items() if any(word in s for s in scripts)] == []


def test_the_site_stays_below_50_megabytes(site):
    vendored = [path for path in site.rglob("*.whl") if "emscripten" in path.name]
    sizes = (path.stat().st_size for path in site.rglob("*") if path.is_file())
    assert sum(sizes) - sum(path.stat().st_size for path in vendored) <= 50e6


def one_line(stopped):
    return re.fullmatch(r"[^\n]+", str(stopped.value))


def test_npm_that_fetches_nothing_is_told_in_one_line(pyodide, tmp_path, monkeypatch):
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    with pytest.raises(SystemExit, match=r"npm could not fetch pyodide 314\.0\.6: .+") as stopped:
        pyodide.unpack_core(tmp_path / "core", tmp_path)
    assert one_line(stopped)


def test_pip_that_fetches_nothing_is_told_in_one_line(pyodide, tmp_path):
    with pytest.raises(SystemExit, match=r"pip could not download .*slopes==99") as stopped:
        pyodide.download({"slopes": "99"}, tmp_path)
    assert one_line(stopped)
    assert list(tmp_path.iterdir()) == []


def test_a_core_of_another_checksum_is_refused(pyodide, tmp_path):
    (tmp_path / "pyodide-314.0.6.tgz").write_bytes(b"something else")
    with pytest.raises(SystemExit, match="checksum"):
        pyodide.unpack_core(tmp_path / "core", tmp_path)
    assert not (tmp_path / "pyodide-314.0.6.tgz").exists()


def test_a_compiled_wheel_of_another_checksum_is_refused(pyodide, tmp_path):
    (tmp_path / "numpy.whl").write_bytes(b"something else")
    package = {"file_name": "numpy.whl", "sha256": "0" * 64}
    with pytest.raises(SystemExit, match=r"numpy\.whl does not have the checksum"):
        pyodide.fetch(package, tmp_path, tmp_path)
    assert not (tmp_path / "numpy.whl").exists()
