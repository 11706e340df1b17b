"""The targets of `make` for homework: what they write on the command line, the commands accept."""

import shlex
import subprocess
from pathlib import Path

import pytest

from coursework.__main__ import parser
from marking.command import arguments

ROOT = Path(__file__).parents[2]


def written(*target):
    """The command line that a target of `make` would run, without the name of the program."""
    shown = subprocess.run(
        ["make", "--dry-run", *target], cwd=ROOT, capture_output=True, text=True, check=True
    )
    (line,) = (line for line in shown.stdout.splitlines() if "-m coursework" in line)
    words = shlex.split(line)
    return words[words.index("coursework") + 1 :]


@pytest.mark.parametrize(
    "target, words",
    [
        ("release", ["release"]),
        ("release SHEET=slopes", ["release", "slopes"]),
        ("collect SHEET=slopes FROM=a.zip", ["collect", "slopes", "a.zip"]),
        ("return SHEET=layers", ["return", "layers"]),
    ],
)
def test_a_target_is_a_command(target, words):
    assert written(*target.split()) == words
    parser().parse_args(words)


def test_a_space_in_the_name_of_an_export_does_no_harm():
    words = written("collect", "SHEET=slopes", "FROM=my class.zip", "ROSTER=class.csv")
    options = parser().parse_args(words)
    assert options.exports == [Path("my class.zip")] and options.roster == Path("class.csv")


def test_collecting_takes_a_deadline_and_what_counts():
    given = ["ROSTER=my class.csv", "ID=User name", "DEADLINE=2026-11-20 23:59 UTC", "TAKE=latest"]
    options = parser().parse_args(written("collect", "SHEET=slopes", "FROM=a.zip", *given))
    assert (options.roster, options.id_column) == (Path("my class.csv"), "User name")
    assert (options.deadline, options.take) == ("2026-11-20 23:59 UTC", "latest")


def test_a_rehearsal_takes_a_platform():
    options = parser().parse_args(written("rehearse", "PLATFORM=Google Classroom"))
    assert (options.sheet, options.platform) == ("", ["Google Classroom"])


def test_marking_takes_the_number_of_jobs_and_the_cluster():
    words = written("mark", "SHEET=slopes", "JOBS=2", "SCHEDULER=tcp://there:8786")
    options, rest = parser().parse_known_args(words)
    assert (options.command, options.sheet) == ("mark", "slopes")
    marker = arguments(["folder", "sheet", *rest])
    assert (marker.jobs, marker.scheduler) == (2, "tcp://there:8786")
