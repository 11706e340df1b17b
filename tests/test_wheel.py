"""What is published as `slopes` is the package alone; the rest is used from the checkout."""

import subprocess
import sys
import zipfile

import pytest
from hatchling.builders.wheel import WheelBuilder

from book import ROOT


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """The names of the files in the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    (path,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with zipfile.ZipFile(path) as wheel:
        return set(wheel.namelist())


def test_the_wheel_holds_the_package_and_no_other(names):
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"slopes"}
    assert not any(name.endswith("entry_points.txt") for name in names)


def test_the_wheel_carries_the_data_and_says_that_it_is_typed(names):
    assert {"slopes/data/digits.npz", "slopes/data/README.md", "slopes/py.typed"} <= names
    assert sum(name.startswith("slopes/data/nielsen_") for name in names) == 4


@pytest.mark.parametrize("module", ["marking", "coursework"])
def test_the_checkout_brings_the_commands_of_homework(module, tmp_path):
    command = [sys.executable, "-m", module, "--help"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert shown.stdout.startswith("usage: ")
