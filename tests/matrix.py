"""Test the package alone, on each Python, with the oldest and the newest NumPy and friends.

``python tests/matrix.py [PYTHON]``: the Pythons are those that pyproject.toml names. One that this
machine does not have is fetched by uv; where it cannot be had it is left out, aloud, and a failure
where it was asked for by name.
"""

import argparse
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
BUILT = ROOT / "_build" / "matrix"
UV = Path(sys.executable).with_name("uv")
RUNTIME = ("numpy", "matplotlib", "ipywidgets")
RESOLUTIONS = {"oldest": "lowest-direct", "newest": "highest"}
WARNINGS = {  # old versions use what others have deprecated since
    "oldest": ("-W", "ignore::DeprecationWarning"),
    "newest": (),
}
# the checkout, the book and its pages are tested with the pinned versions alone
NOT_THE_PACKAGE = {"facts", "imports", "project", "readme", "wheel", "book", "lab", "page"}
FOLDERS = ("tests", "tests/figures", "tests/explore")


def pythons():
    """The versions of Python that the package is said to run on."""
    said = (re.fullmatch(r".* :: (3\.\d+)", text) for text in PROJECT["classifiers"])
    return [match[1] for match in said if match]


def tests():
    """The files with the package's own tests."""
    files = sorted(path for name in FOLDERS for path in (ROOT / name).glob("test_*.py"))
    return [path for path in files if path.stem.removeprefix("test_") not in NOT_THE_PACKAGE]


def environment():
    """This process's environment, with every Python that pyenv keeps to be found."""
    kept = sorted(str(path) for path in Path.home().glob(".pyenv/versions/*/bin"))
    return os.environ | {"PATH": os.pathsep.join([*kept, os.environ["PATH"]])}


def uv(*arguments, **options):
    """Run uv; what it says, where it is captured."""
    command = [UV, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(), text=True, **options)


def install(python, age):
    """A new environment with the package and what its tests need; its interpreter."""
    folder = BUILT / f"{python}-{age}"
    interpreter = folder / "bin" / "python"
    into = ("pip", "install", "--quiet", "--python", interpreter, "--only-binary", ":all:")
    uv("venv", "--quiet", "--clear", "--python", python, folder, check=True)
    # the package's own wheel is built here; all others have to be there for this Python
    own = ("--no-binary", PROJECT["name"], f"{PROJECT['name']}[explore] @ {ROOT.as_uri()}")
    uv(*into, "--resolution", RESOLUTIONS[age], *own, check=True)
    fixed = folder / "runtime.txt"
    fixed.write_text("\n".join(installed(interpreter)) + "\n")
    uv(*into, "--constraint", fixed, "--group", "matrix", check=True)
    return interpreter


def installed(interpreter):
    """What numpy and its friends are there: ``["ipywidgets==8.1.0", ...]``."""
    listed = uv("pip", "freeze", "--python", interpreter, capture_output=True, check=True)
    return [line for line in listed.stdout.splitlines() if line.split("==")[0] in RUNTIME]


def test(python, age):
    """Run the package's own tests there; whether they passed."""
    interpreter = install(python, age)
    print(f"Python {python}, {', '.join(installed(interpreter))}", flush=True)
    options = ("--pyargs", "-q", "-n", "auto", "-m", "not browser", "-p", "no:cacheprovider")
    # the examples in the docstrings are those of the package that was installed
    command = [interpreter, "-m", "pytest", *options, *WARNINGS[age], PROJECT["name"], *tests()]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"CI": "1"})  # no random examples
    return done.returncode == 0


def is_there(python):
    """Whether this Python is here, or can be fetched."""
    return uv("python", "find", python, capture_output=True).returncode == 0 or (
        uv("python", "install", "--quiet", python, capture_output=True).returncode == 0
    )


def main(asked):
    """Test on the Pythons that are asked for, or on all; the exit status."""
    wanted = [asked] if asked else pythons()
    missing = [python for python in wanted if not is_there(python)]
    failed = [
        f"Python {python} with the {age}"
        for python in wanted
        for age in RESOLUTIONS
        if python not in missing and not test(python, age)
    ]
    for python in missing:
        print(f"NOT TESTED: there is no Python {python} here, and it could not be fetched")
    for where in failed:
        print(f"FAILED: {where}")
    return 1 if failed or missing == wanted else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("python", nargs="?", help="one version, as 3.13 (default: all)")
    sys.exit(main(parser.parse_args().python))
