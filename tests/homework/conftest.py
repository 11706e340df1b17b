"""A tiny course: two sheets, a class of submissions, built by code."""

import copy
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from coursework.course import Course

NEWS = "@jupyterlab/apputils-extension:announcements"  # asks a question over the notebook
PROOF = "Write down **why** it is so."
ANSWERS = {
    "double": "def double(x):\n    return 2 * x",
    "third": "third = 1 / 3",
    "proof": "Because $2x = x + x$.",
}


def cell(kind, source, name="", **role):
    """A cell; `role` holds what is special about it for nbgrader."""
    about = {"grade": False, "solution": False, "locked": True, "task": False}
    about |= {"grade_id": name, "schema_version": 3, "cell_type": kind, **role}
    more = {"outputs": [], "execution_count": None} if kind == "code" else {}
    metadata = {"nbgrader": about} if name else {}
    return {"id": name or "free", "cell_type": kind, "metadata": metadata, "source": source, **more}


def solved(text):
    return f"### BEGIN SOLUTION\n{text}\n### END SOLUTION"


def hidden(text):
    return f"# More checks.\n### BEGIN HIDDEN TESTS\n{text}\n### END HIDDEN TESTS"


def sheet(title):
    """A sheet with two questions for the machine and one for a person: 3 + 2 + 3 points."""
    answer = {"solution": True, "locked": False}
    cells = [
        cell("markdown", f"# {title}", "title"),
        cell("code", 'student = ""'),
        cell("code", "secret_factor = 2", "setup"),
        cell("markdown", "## 1. Twice (3 points)", "double-question"),
        cell("code", solved(ANSWERS["double"]), "double", **answer),
        cell("code", "assert double(1) == 2, 'double(1) is off'", "dv", grade=True, points=1),
        cell(
            "code",
            hidden("wanted = 7 * secret_factor\nassert double(7) == wanted, 'at 7 it is off'"),
            "double-hidden",
            grade=True,
            points=2,
        ),
        cell("markdown", "## 2. A third (2 points)", "third-question"),
        cell("code", solved(ANSWERS["third"]), "third", **answer),
        cell("code", hidden("assert 3 * third == 1"), "third-hidden", grade=True, points=2),
        cell("markdown", "## 3. A proof (3 points)", "proof-question"),
        cell("markdown", PROOF, "proof", grade=True, points=3, **answer),
    ]
    language = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return notebook(cells) | {
        "metadata": {"kernelspec": language, "language_info": {"name": "python"}}
    }


def notebook(cells):
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}


def answered(released, **answers):
    """The released sheet with some answers in it, as bytes."""
    handed_in = copy.deepcopy(released)
    for each in handed_in["cells"]:
        name = each["metadata"].get("nbgrader", {}).get("grade_id")
        each["source"] = answers.get(name, each["source"])
    return json.dumps(handed_in).encode()


def pack(path, files):
    """A zip of files, given by name."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """The course as it is after release; tests work on copies."""
    from coursework.release import release

    root = tmp_path_factory.mktemp("course")
    for name, title in (("sums", "Sums"), ("roots", "Roots")):
        path = root / "source" / name / f"{name}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(sheet(title), indent=1))
    for name in ("sums", "roots"):
        assert release(Course(root), name)
    return root


@pytest.fixture
def course(made_once, tmp_path):
    return Course(shutil.copytree(made_once, tmp_path / "course"))


@pytest.fixture(scope="session")
def released(made_once):
    return json.loads(Course(made_once).released("sums").read_bytes())


@pytest.fixture(scope="session")
def marked_once(made_once, released, tmp_path_factory):
    """A class that was collected and marked."""
    from coursework.collect import collect
    from coursework.mark import mark

    folder = tmp_path_factory.mktemp("marked")
    root = shutil.copytree(made_once, folder / "course")
    wrong = {**ANSWERS, "double": "def double(x):\n    return 2 if x == 1 else 0"}
    hostile = {**ANSWERS, "proof": "<script>document.title = 'owned'</script> mine"}
    hostile["third"] = "third = 1 / 3\nimport os\nos._exit(0)"
    export = pack(
        folder / "export.zip",
        {
            "Ada Lovelace_1_assignsubmission_file_/sums.ipynb": answered(released, **ANSWERS),
            "Bo Ås_2_assignsubmission_file_/sums.ipynb": answered(released, **wrong),
            "Cy_3_assignsubmission_file_/sums.ipynb": answered(released),
            "Di_4_assignsubmission_file_/sums.ipynb": b"no notebook",
            "Eve_5_assignsubmission_file_/sums.ipynb": answered(released, **hostile),
        },
    )
    collect(Course(root), "sums", [export])
    words, status = mark(Course(root), "sums", ["--jobs", "2"])
    return SimpleNamespace(root=root, words=words, status=status, export=export)


@pytest.fixture
def marked(marked_once, tmp_path):
    return Course(shutil.copytree(marked_once.root, tmp_path / "marked"))


@contextmanager
def jupyterlab(folder, scratch):
    """The address of a JupyterLab in a folder, started as `make lab` and `make byhand` do."""
    programs = Path(sys.executable).parent
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "JUPYTER_CONFIG_DIR": str(scratch / "config"),
        "JUPYTER_DATA_DIR": str(scratch / "data"),
    }
    settings = scratch / "config" / "labconfig" / "page_config.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"disabledExtensions": {NEWS: True}}))
    command = [programs / "jupyter", "lab", "--no-browser", "--allow-root", f"--port={port}"]
    command += ["--ServerApp.ip=127.0.0.1", "--IdentityProvider.token="]
    with open(scratch / "log", "w") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
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
