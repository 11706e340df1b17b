"""The command line of bubblewrap: its view of an almost empty machine.

Inside there are ``/usr`` and Python's own folders, to read only and under
neutral names, a small ``/tmp`` that vanishes, and nothing else: no network, no
other processes, no ``/proc``, no home, no folder of the sheet or of the
submissions.
"""

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
FONTS = ("/usr/share/fonts", "/usr/local/share/fonts")  # a plot would list them for seconds
INSTALL = (
    "students' code is kept in a sandbox by bubblewrap, which {why}. Install what is missing "
    "(Debian and Ubuntu: apt install bubblewrap libseccomp2), or pass --trusted to run notebooks "
    "that you wrote yourself without a sandbox."
)


class SandboxError(RuntimeError):
    """The sandbox cannot run here: the message says what to do."""


def mounts(files: int) -> list[str]:
    """The command that runs what follows it in an empty machine with Python on it.

    Parameters
    ----------
    files : int
        Size of the folder ``/tmp``, in bytes.
    """
    command = [program(), "--unshare-all", "--die-with-parent", "--new-session"]
    command += ["--cap-drop", "ALL", "--hostname", "sandbox", "--dev", "/dev"]
    command += ["--remount-ro", "/dev"]
    for folder in system_folders():
        command += ["--ro-bind", folder, folder]
    for folder in filter(os.path.isdir, FONTS):
        command += ["--tmpfs", folder, "--remount-ro", folder]
    for link in ("lib", "lib64", "bin"):
        if Path("/", link).is_symlink():
            command += ["--symlink", os.readlink(f"/{link}"), f"/{link}"]
    for outside, inside in python_folders().items():
        command += ["--ro-bind", outside, inside]
    command += ["--size", str(files), "--tmpfs", "/tmp", "--chdir", "/tmp", "--remount-ro", "/"]
    return command


def program() -> str:
    """Where bubblewrap is; `SandboxError` if it is not installed."""
    found = shutil.which("bwrap")
    if found is None:
        raise SandboxError(INSTALL.format(why="is missing here"))
    return found


def system_folders() -> list[str]:
    """The folders of the system that a program needs to start."""
    folders = ["/usr", "/etc/ld.so.cache", "/etc/alternatives", "/lib", "/lib64", "/bin"]
    return [name for name in folders if Path(name).exists() and not Path(name).is_symlink()]


@cache
def search_path() -> list[str]:
    """Where this Python finds what is installed, without its standard library."""
    shown = subprocess.run(
        [sys.executable, "-I", "-c", "import json, sys; print(json.dumps(sys.path))"],
        capture_output=True,
        check=True,
    ).stdout
    standard = str(Path(os.__file__).parent)
    paths = [path for path in json.loads(shown) if Path(path).is_dir()]
    ours = Path(standard, "site-packages"), Path(standard, "dist-packages")
    return [path for path in paths if not path.startswith(standard) or Path(path) in ours]


@cache
def python_folders() -> dict[str, str]:
    """The folders of Python and of its packages, and what they are called inside."""
    folders = {sys.base_prefix: "/python"}
    folders |= {path: f"/packages/{number}" for number, path in enumerate(search_path())}
    ours = {path: name for path, name in folders.items() if not f"{path}/".startswith("/usr/")}
    return {**ours, str(HERE / "inside"): "/marking/inside"}


def inside(path: str) -> str:
    """What a path of this machine is called inside."""
    for folder, name in sorted(python_folders().items(), key=lambda pair: -len(pair[0])):
        if path == folder or path.startswith(folder + "/"):
            return name + path[len(folder) :]
    return path


def refuse_visible(*paths: str | os.PathLike[str]) -> None:
    """Raise `SandboxError` if a file lies where students' code could read it."""
    for path in map(os.path.realpath, paths):
        for folder in [*system_folders(), *python_folders()]:
            if path == folder or path.startswith(folder + "/"):
                raise SandboxError(
                    f"{path} lies in {folder}, which students' code can read: move it elsewhere"
                )
