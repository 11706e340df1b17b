"""Put JupyterLite beside a built book: ``python web/lite/build.py SITE [--vendor]``."""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from pyodide import assemble

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]


def build(site, vendor):
    """Build ``site/lite``, with the chapters as its files, and the launch page ``site/run``."""
    work = PROJECT / "_build" / "lite"
    for name in ("files", "static"):
        shutil.rmtree(work / name, ignore_errors=True)
    assemble(work / "static" / "pyodide", PROJECT, work / "downloads", vendor)
    (work / "files").mkdir()
    for notebook in [*sorted((PROJECT / "chapters").glob("*.ipynb")), HERE / "smoke.ipynb"]:
        shutil.copy(notebook, work / "files")
    for name in ("jupyter_lite_config.json", "jupyter-lite.json"):
        shutil.copy(HERE / name, work)
    (work / ".jupyterlite.doit.db").unlink(missing_ok=True)
    shutil.rmtree(site / "lite", ignore_errors=True)
    command = [sys.executable, "-m", "jupyterlite_core.app", "build", "--output-dir", site / "lite"]
    command += ["--lite-dir", work, "--contents", work / "files"]
    finished = subprocess.run(command, cwd=work, capture_output=True, text=True)
    if finished.returncode:
        sys.exit(finished.stdout + finished.stderr)
    shutil.copytree(HERE / "launch", site / "run", dirs_exist_ok=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path, help="folder of the built book")
    parser.add_argument("--vendor", action="store_true", help="fetch the compiled wheels too")
    given = parser.parse_args()
    build(given.site.resolve(), given.vendor)
