"""What the tests of marking share: the sandbox, without which hardly anything can be tested."""

import os
import shutil

import pytest

import classroom

NO_SANDBOX = "bubblewrap is not installed, so marking was not tested (apt install bubblewrap)"


@pytest.fixture(scope="session")
def sandbox():
    """Bubblewrap; where there is none the tests that need it are skipped, and fail in CI."""
    if shutil.which("bwrap") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_SANDBOX)


@pytest.fixture
def sheet(tmp_path):
    """The sheet of the tests, as a file."""
    return classroom.write(tmp_path / "sheet" / "sheet.ipynb", classroom.sheet_cells())
