"""How chapters are executed: strictly, and only once while what they depend on is the same."""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).parents[2]
SUFFIXES = (".py", ".js", ".css", ".json", ".npz")


def inputs():
    """The files besides a notebook's cells that decide its outputs."""
    package = (ROOT / "src" / "slopes").rglob("*.*")
    return [ROOT / "requirements.txt", *sorted(p for p in package if p.suffix in SUFFIXES)]


def cache_path():
    """Folder of the executed chapters; another one when the package or the pins change."""
    digest = hashlib.sha256()
    for path in inputs():
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return ROOT / "_build" / "executed" / digest.hexdigest()[:16]


def _choose_cache(app, config):
    config.nb_execution_cache_path = str(cache_path())


def setup(app):
    os.environ["SLOPES_BUILD"] = "1"  # kernels inherit it: explorables must move on their page
    app.connect("config-inited", _choose_cache)
