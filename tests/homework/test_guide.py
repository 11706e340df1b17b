"""The guide and the student's page say what the programs do: commands, limits, places."""

import re
from pathlib import Path

import pytest

from coursework.exports import EXAMPLES
from marking import Limits
from marking.sheet import LARGEST

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "homework" / "README.md").read_text(encoding="utf-8")
PAGE = (ROOT / "chapters" / "sheets.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`(make [^`]+)`", GUIDE))))
def test_every_command_of_the_guide_is_one_of_make(command):
    target, *variables = re.sub(r"'[^']*'", "x", command).split()[1:]
    recipe = re.search(rf"^{target}:.*\n\t(.*)$", MAKEFILE, re.M)
    assert recipe, target
    assert all(f"$({name.split('=')[0]})" in recipe[1] for name in variables)


@pytest.mark.parametrize("name", re.findall(r"`([A-Z]+)=", GUIDE))
def test_every_variable_of_the_guide_is_known_to_make(name):
    assert f"$({name})" in MAKEFILE or name == "EDITION"


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name[0].isupper()])
def test_the_guide_names_every_platform(name):
    assert name.split(" without")[0] in GUIDE


def test_students_know_the_limits_under_which_they_are_marked():
    text = " ".join(PAGE.split())
    limits = Limits()
    assert f"{limits.seconds:g} seconds for a cell" in text
    assert f"{limits.total:g} seconds for the notebook" in text
    assert f"{limits.memory >> 30} GB, and {limits.reply >> 20} MB for a value" in text
    assert f"{LARGEST >> 20} MB, pictures included" in text


def test_what_the_guide_says_to_delete_is_what_git_ignores():
    (words,) = re.findall(r"rm -rf ([^`]+)`", GUIDE)
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    kept = {line.removeprefix("homework/").rstrip("/") for line in ignored if "homework/" in line}
    assert set(words.split()) == kept
