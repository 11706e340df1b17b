"""nbgrader's formgrader, in a real browser, on a marked class: a person reads and gives points."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent
CONFIG = Path(__file__).parents[2] / "homework" / "nbgrader_config.py"


@pytest.fixture
def server(marked, tmp_path):
    """The address of a Jupyter server in the course's folder, as `make byhand` starts one."""
    (marked.root / CONFIG.name).write_text(CONFIG.read_text())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
        "JUPYTER_DATA_DIR": str(tmp_path / "data"),
    }
    command = [BIN / "jupyter", "lab", "--no-browser", "--allow-root", f"--port={port}"]
    command += ["--ServerApp.ip=127.0.0.1", "--IdentityProvider.token="]
    with open(tmp_path / "log", "w") as log:
        process = subprocess.Popen(
            command, cwd=marked.root, env=environment, stdout=log, stderr=log
        )
    try:
        for _ in range(240):
            with suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/api", timeout=5).close()
                break
            time.sleep(0.5)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def submission(course, student):
    with course.gradebook() as gradebook:
        return gradebook.find_submission_notebook("sums", "sums", student).id


def test_a_person_gives_points_and_nothing_of_a_student_runs(marked, server, browser):
    page = browser.new_page()
    page.set_default_timeout(90_000)
    page.goto(f"{server}/formgrader/submissions/{submission(marked, '5')}/")
    page.wait_for_selector("#proof.score:not([disabled])")
    assert page.title() == "sums" and "< script>" in page.inner_text("body")
    assert page.get_attribute("#double-hidden.score", "placeholder") == "2"
    assert page.get_attribute("#third-hidden.score", "placeholder") == "0"
    assert not page.get_attribute("#proof.score", "placeholder")
    with page.expect_response(lambda reply: "/api/grade/" in reply.url and reply.ok):
        page.fill("#proof.score", "2.5")
        page.press("#proof.score", "Tab")
    page.close()
    with marked.gradebook() as gradebook:
        grade = gradebook.find_grade("proof", "sums", "sums", "5")
        assert grade.manual_score == 2.5 and not grade.needs_manual_grade
