"""What the project says of itself in several places is the same in all of them."""

import os
import re
import tomllib

import yaml
from threadpoolctl import threadpool_info

import matrix
from book import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text())
WORKFLOW = (ROOT / ".github" / "workflows" / "book.yml").read_text()


def test_the_version_is_the_newest_of_the_changelog_and_the_one_to_cite():
    released = re.search(r"^## \[(\d\S*)\] - (\S+)$", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert released.groups() == (PROJECT["version"], str(CITATION["date-released"]))
    assert CITATION["version"] == PROJECT["version"]


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
