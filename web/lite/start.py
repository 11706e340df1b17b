"""Compile what the browser's Python loads whenever it starts, so that no reader's browser has to.

A kernel that starts from sources compiles hundreds of its own modules first.
They are compiled once, by the same Python, and put into the archives in the
place of their sources. The package of the book keeps its sources, for who wants
to read them, and so do jedi and parso, which are large.
"""

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path

from commands import quietly
from node import from_node
from pyodide import VERSION, rewrite, sha256

SCRIPT = Path(__file__).with_name("start.mjs")
LIBRARY = "python_stdlib.zip"
AS_SOURCE = ("jedi", "parso", "slopes")


def packages(folder):
    """The wheels whose modules are compiled."""
    wheels = sorted(folder.glob("*-none-any.whl"))
    return [wheel for wheel in wheels if not wheel.name.startswith(AS_SOURCE)]


def compile_start(folder, downloads):
    """Put compiled modules into the archives of the browser's Python in `folder`, and its lock."""
    lock = json.loads((folder / "pyodide-lock.json").read_text())
    compiled = modules(folder, downloads)
    exchange(folder / LIBRARY, compiled / "lib/python314.zip")
    for wheel in packages(folder):
        exchange(wheel, compiled / "lib/python3.14/site-packages")
    for package in lock["packages"].values():
        if (folder / package["file_name"]).is_file():
            package["sha256"] = sha256(folder / package["file_name"])
    (folder / "pyodide-lock.json").write_text(json.dumps(lock, indent=1) + "\n")


def modules(folder, downloads):
    """The folder of the compiled modules, from an earlier run where the archives are the same."""
    key = hashlib.sha256(SCRIPT.read_bytes() + VERSION.encode())
    for wheel in packages(folder):
        key.update(wheel.read_bytes())
    kept = downloads / f"start-{key.hexdigest()[:16]}"
    if not kept.exists():
        node, environment = from_node("node", downloads)
        with tempfile.TemporaryDirectory(dir=downloads) as fresh:
            target = Path(fresh, "modules")
            target.mkdir()
            told = "the modules of the browser's Python were not compiled"
            quietly([*node, SCRIPT, folder, target], told, env=environment)
            os.replace(target, kept)
    return kept


def exchange(archive, home):
    """Replace the sources in an archive by the compiled modules that `home` has for them."""

    def change(name, data):
        module = home / f"{name}c"
        if name.endswith(".py") and module.is_file():
            return f"{name}c", module.read_bytes()
        return name, data

    with tempfile.TemporaryDirectory(dir=archive.parent) as fresh:
        shutil.move(rewrite(archive, Path(fresh, archive.name), change), archive)
