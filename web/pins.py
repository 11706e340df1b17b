"""Renew requirements.txt from pyproject.toml, keeping today's versions unless ``--upgrade``."""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PINS = ROOT / "requirements.txt"
HEADER = (
    "# Every package of the book, its tests and its build, pinned. "
    "Made from pyproject.toml by `make pins`.\n"
)


def compile_pins(options):
    """The text of the pins, made by uv."""
    with tempfile.TemporaryDirectory() as folder:
        pinned = Path(folder, "pins.txt")
        kept = [line for line in PINS.read_text().splitlines() if line[:1] not in "- #"]
        pinned.write_text("\n".join(kept) + "\n")
        command = [Path(sys.executable).with_name("uv"), "pip", "compile", "--quiet", "--universal"]
        command += ["--python-version", "3.11", "--no-header", "--no-annotate"]
        command += ["--all-extras", "--group", "dev"]
        subprocess.run([*command, *options, "pyproject.toml", "-o", pinned], check=True, cwd=ROOT)
        return pinned.read_text()


if __name__ == "__main__":
    PINS.write_text(HEADER + compile_pins(sys.argv[1:]) + "-e .\n")
