"""What the project says of itself in several places is the same in all of them."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import yaml
from threadpoolctl import threadpool_info

import matrix
import slopes
from book import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text())
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
WORKFLOW = (ROOT / ".github" / "workflows" / "book.yml").read_text()


def test_the_version_is_the_newest_of_the_changelog_and_the_one_to_cite():
    released = re.search(r"^## \[(\d\S*)\] - (\S+)$", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert released.groups() == (PROJECT["version"], str(CITATION["date-released"]))
    assert CITATION["version"] == PROJECT["version"] == slopes.__version__


def test_the_guide_names_files_and_symbols_that_are_there():
    table = "\n".join(re.findall(r"^\| (?!to change|---).+ \| (.+) \|$", GUIDE, re.M))
    places = [re.sub("<.*?>", "*", place) for place in re.findall(r"`(\w+/\S*)`", table)]
    assert len(places) >= 20
    assert [place for place in places if not list(ROOT.glob(place))] == []
    symbols = re.findall(r"`([\w:.-]+)`(?: and `([\w:.-]+)`)? in `(\S+)`", table)
    assert len(symbols) >= 6
    for *names, place in symbols:
        text = (ROOT / place).read_text(encoding="utf-8")
        assert all(re.search(rf"^(class |def )?{name}\b", text, re.M) for name in names if name)


def test_clean_leaves_no_cache_in_any_folder_and_all_that_is_somebodys(tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path)
    caches = [f"{folder.name}/below/__pycache__" for folder in ROOT.iterdir() if folder.is_dir()]
    for folder in ["__pycache__", ".venv", "site/_build", *caches]:
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    kept = tmp_path / "homework" / "submitted" / "ada" / "slopes.ipynb"
    kept.parent.mkdir(parents=True)
    kept.touch()
    subprocess.run(["make", "-s", "clean", "OUT=site"], cwd=tmp_path, check=True)
    left = {path.relative_to(tmp_path) for path in tmp_path.rglob("*")}
    assert not {Path(".venv"), Path("site", "_build")} & left
    assert {path.parts[0] for path in left if path.name == "__pycache__"} <= {".git"}
    assert kept.exists() and (tmp_path / "site").exists()


def test_the_address_of_the_repository_is_the_same_everywhere():
    address = yaml.safe_load((ROOT / "_config.yml").read_text())["repository"]["url"]
    assert PROJECT.get("urls", {}).get("Repository", "") == address
    assert CITATION.get("repository-code", "") == address


def test_the_workflow_tests_the_pythons_that_the_package_is_said_to_run_on():
    pythons = matrix.pythons()
    assert PROJECT["requires-python"] == f">={pythons[0]}"
    jobs = yaml.safe_load(WORKFLOW)["jobs"]
    assert jobs["matrix"]["strategy"]["matrix"]["python"] == pythons


def test_the_workflow_takes_its_actions_at_a_commit():
    used = re.findall(r"uses: (\S+)", WORKFLOW)
    assert used and all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action) for action in used)


def test_linear_algebra_has_one_thread_unless_more_are_asked_for():
    given = {int(os.environ[f"{library}_NUM_THREADS"]) for library in ("OMP", "OPENBLAS")}
    assert {library["num_threads"] for library in threadpool_info()} <= given
