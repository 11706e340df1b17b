"""Assemble the Python that runs in the browser: Pyodide's core, wheels, and the lock naming them.

Pyodide's own lock is rewritten so that everything but five compiled wheels
comes from the site itself. Those five keep their pinned address and checksum,
or are fetched once, checked, and put beside the rest.
"""

import hashlib
import json
import os
import re
import shutil
import sys
import tarfile
import tempfile
import urllib.error
import urllib.request
import zipfile
from importlib.metadata import version
from pathlib import Path

from commands import pip, quietly
from node import from_node

VERSION = "314.0.6"
CORE_SHA256 = "d78ac549b28a2a58600cd06f44e017024151775f8c6b2d73fab1475400d38ea2"
CDN = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
CORE = ("pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide.mjs", "python_stdlib.zip")
FROM_LOCK = ("micropip", "ipython", "jedi", "matplotlib")
UNUSED = {"pytz"}  # the lock lists it for matplotlib, which gave it up
FROM_REQUIREMENTS = {
    "comm": [],
    "ipywidgets": ["comm", "traitlets", "widgetsnbextension"],  # its page's side is built in
}
_STUBS = r"jedi/third_party/(django-stubs|typeshed/(stdlib/2|third_party/2(and3)?))/"
_COLOURED = "_css|_mapping|c_cpp|console|css|data|diff|html|javascript|jvm|perl|python|ruby|shell"
_FONTS = "diff|fontBuilder|merge|mtiLib|qu2cu|svgLib|t1Lib|tfmLib|ttx|ufoLib|voltLib"
LEFT_OUT = {  # parts of wheels: what completion knows of Python 2, of Django and of other packages,
    "jedi": re.compile(_STUBS),  # and the colours of languages that no notebook here is written in
    "fonttools": re.compile(rf"fontTools/({_FONTS})\b"),  # to edit fonts; to save PDF stays
    "pygments": re.compile(rf"pygments/lexers/(?!__init__|special|{_COLOURED})"),
}
KERNEL_WHEELS = "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"


def assemble(folder, project, downloads, vendor=False):
    """Fill `folder` with the core, the wheels and the lock that names them.

    `project` is the checkout whose wheel goes in, `downloads` a folder that
    keeps what was fetched for the next run. With `vendor` the compiled wheels
    are fetched too, so that nothing is left to load from elsewhere.
    """
    lock = unpack_core(folder, downloads)
    packages = {normal(name): package for name, package in lock["packages"].items()}
    needed = closure(packages, FROM_LOCK)
    pins = {name: needed[name]["version"] for name in needed if is_pure(needed[name])}
    pins |= {name: version(name) for name in FROM_REQUIREMENTS}
    with tempfile.TemporaryDirectory() as own:
        wheels = [slim(wheel, Path(own)) for wheel in download(pins, downloads)]
        wheels += [*kernel_wheels(), own_wheel(project, Path(own))]
        local = {normal(wheel.name.split("-")[0]): entry(wheel) for wheel in wheels}
        for wheel in wheels:
            shutil.copy(wheel, folder)
    for name, package in needed.items():
        package["depends"] = [each for each in package["depends"] if each not in UNUSED]
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
            waiting += set(packages[name]["depends"]) - UNUSED
    return needed


def is_pure(package):
    return package["file_name"].endswith("none-any.whl")


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def unpack_core(folder, downloads):
    """Unpack Pyodide's core from its npm package into `folder`, and return its lock."""
    archive = downloads / f"pyodide-{VERSION}.tgz"
    if not archive.exists():
        with tempfile.TemporaryDirectory(dir=downloads) as fresh:
            pack_core(fresh, downloads)
            os.replace(Path(fresh, archive.name), archive)
    if sha256(archive) != CORE_SHA256:
        archive.unlink()
        sys.exit(f"{archive.name} does not have the checksum that is expected; not used")
    folder.mkdir(parents=True)
    with tarfile.open(archive) as package:
        for name in CORE:
            (folder / name).write_bytes(package.extractfile(f"package/{name}").read())
        return json.load(package.extractfile("package/pyodide-lock.json"))


def pack_core(folder, downloads):
    """Let npm put Pyodide's package into `folder`."""
    npm, environment = from_node("npm", downloads)
    quietly(
        [*npm, "pack", "--loglevel=error", f"pyodide@{VERSION}"],
        f"npm could not fetch pyodide {VERSION}",
        cwd=folder,
        env=environment,
    )


def download(pins, downloads):
    """The pure wheels of ``{name: version}``, from an earlier run or from the package registry."""
    missing = [f"{name}=={pins[name]}" for name in pins if not found(name, pins[name], downloads)]
    if missing:
        target = ("--only-binary=:all:", "--python-version", "3.14", "--platform", "any")
        with tempfile.TemporaryDirectory(dir=downloads) as fresh:
            pip("download", "--no-deps", *target, "--dest", fresh, *missing)
            for wheel in Path(fresh).iterdir():
                os.replace(wheel, downloads / wheel.name)
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


def own_wheel(project, folder):
    """Build the wheel of this project's package into the empty `folder`."""
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, project)
    return next(folder.glob("slopes-*.whl"))


def slim(wheel, folder):
    """The wheel, or a copy in `folder` without the parts that are left out."""
    parts = LEFT_OUT.get(normal(wheel.name.split("-")[0]))
    if parts is None:
        return wheel
    return rewrite(
        wheel, folder / wheel.name, lambda name, data: None if parts.match(name) else (name, data)
    )


def rewrite(archive, target, change):
    """Copy an archive, and return the copy.

    `change` makes of a file's name and content a new name and content, or ``None``
    where it is to be left out. What a wheel says of its own files follows.
    """
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w") as new:

        def write(entry, name, data):
            new.writestr(zipfile.ZipInfo(name, entry.date_time), data, zipfile.ZIP_DEFLATED, 9)

        record, lines = None, {}
        for entry in old.infolist():
            if entry.filename.endswith(".dist-info/RECORD"):
                record = entry
                continue
            changed = change(entry.filename, old.read(entry))
            if changed is not None:
                write(entry, *changed)
                lines[entry.filename] = changed[0]
        if record:
            lines[record.filename] = record.filename
            listed = (line.partition(",") for line in old.read(record).decode().splitlines())
            said = [
                f"{name},{rest}" if lines[name] == name else f"{lines[name]},,"
                for name, _, rest in listed
                if name in lines
            ]
            write(record, record.filename, "\n".join(said) + "\n")
    return target


def fetch(package, folder, downloads):
    """A compiled wheel from its pinned address; refused when its checksum is not the lock's."""
    name = package["file_name"]
    kept = downloads / name
    if not kept.exists():
        try:
            with urllib.request.urlopen(CDN + name) as answer:
                kept.write_bytes(answer.read())
        except urllib.error.URLError as error:
            sys.exit(f"{CDN}{name} could not be fetched: {error.reason}; build without VENDOR=1")
    if sha256(kept) != package["sha256"]:
        kept.unlink()
        sys.exit(f"{name} does not have the checksum of the lock; not used")
    return shutil.copy(kept, folder / name)


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
