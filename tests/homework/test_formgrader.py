"""nbgrader's formgrader, in a real browser, on a marked class: a person reads and gives points."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import answered, jupyterlab

BIN = Path(sys.executable).parent
CONFIG = Path(__file__).parents[2] / "homework" / "nbgrader_config.py"


@pytest.fixture
def configured(marked):
    """The marked class with the settings of this project's course."""
    (marked.root / CONFIG.name).write_text(CONFIG.read_text())
    return marked


@pytest.fixture
def server(configured, tmp_path):
    """The address of a Jupyter server in the course's folder, as `make byhand` starts one."""
    with jupyterlab(configured.root, tmp_path) as address:
        yield address


def submission(course, student):
    with course.gradebook() as gradebook:
        return gradebook.find_submission_notebook("sums", "sums", student).id


def test_a_person_gives_points_and_nothing_of_a_student_runs(marked, server, browser):
    page = browser.new_page()
    page.set_default_timeout(90_000)
    page.goto(f"{server}/formgrader/submissions/{submission(marked, '5')}/")
    page.wait_for_selector("#proof.score:not([disabled])")
    assert page.title() == "sums" and "< script>" in page.inner_text("body")
    for name, points in (("double-hidden", "2"), ("third-hidden", "0")):
        score = page.locator(f"#{name}.score")
        expect(score).to_have_attribute("placeholder", points, timeout=90_000)
    assert not page.get_attribute("#proof.score", "placeholder")
    with page.expect_response(lambda reply: "/api/grade/" in reply.url and reply.ok):
        page.fill("#proof.score", "2.5")
        page.press("#proof.score", "Tab")
    page.close()
    with marked.gradebook() as gradebook:
        grade = gradebook.find_grade("proof", "sums", "sums", "5")
        assert grade.manual_score == 2.5 and not grade.needs_manual_grade


@pytest.mark.parametrize("command", ["autograde", "generate_feedback"])
def test_what_would_run_students_code_or_show_the_checks_is_refused(
    configured, released, tmp_path, command
):
    canary = tmp_path / "canary"
    data = answered(released, double=f"open({str(canary)!r}, 'w').close()")
    (configured.submitted("1", "sums") / "sums.ipynb").write_bytes(data)
    before = {path: path.read_bytes() for path in configured.root.rglob("*") if path.is_file()}
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    shown = subprocess.run(
        [BIN / "nbgrader", command, "sums", "--force"],
        cwd=configured.root,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
    )
    assert shown.returncode == 1 and "make mark" in shown.stderr
    after = {path: path.read_bytes() for path in configured.root.rglob("*") if path.is_file()}
    assert after == before and not canary.exists()
