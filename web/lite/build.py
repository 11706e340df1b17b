"""Put JupyterLite beside a built book: ``python web/lite/build.py SITE [--vendor]``."""

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

from commands import quietly
from node import DOWNLOADS
from pyodide import assemble
from start import compile_start
from trim import trim

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "@jupyterlite/pyodide-kernel-extension")
OLD_FONTS = ("*.eot", "*.ttf", "fa-*.svg", "fa-*.woff")  # any browser with WebAssembly takes woff2


def notebooks(site, project=PROJECT):
    """The notebooks to open in the browser: the chapters of a site and the sheets of homework.

    The chapters are those that the site hands out, in plain Markdown. All share
    one folder there, because a file is downloaded under its path, and a sheet
    has to arrive at its teacher as ``slopes.ipynb``.
    """
    found = [*site.glob("_sources/chapters/*.ipynb"), *project.glob("homework/release/*/*.ipynb")]
    found = sorted([*found, HERE / "smoke.ipynb"], key=lambda path: path.name)
    for one, other in pairwise(found):
        if one.name == other.name:
            sys.exit(f"{one} and {other} cannot both be opened as {one.name}: rename one")
    return found


def inputs():
    """The files that decide what is built: the recipe, the notebooks, the package and the pins."""
    folders = (HERE, PROJECT / "chapters", PROJECT / "homework" / "release")
    folders += (PROJECT / "src" / "slopes",)
    kinds = {".py", ".json", ".npz", ".ipynb", ".html", ".js", ".mjs", ".css"}
    found = [path for folder in folders for path in folder.rglob("*") if path.suffix in kinds]
    names = ("pyproject.toml", "requirements.txt", "README.md", "LICENSE", "LICENSE-TEXT")
    return sorted(found) + [PROJECT / name for name in names]


def fingerprint(site, vendor):
    """What changes when a new build would give something else."""
    digest = hashlib.sha256(f"{sys.version} {vendor}".encode())
    for path in inputs():
        digest.update(str(path.relative_to(PROJECT)).encode() + b"\0" + path.read_bytes() + b"\0")
    for path in notebooks(site):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def build(site, vendor):
    """Put ``lite``, with chapters and homework as its files, and the page ``run`` into `site`.

    Nothing is done where the same inputs were built already.
    """
    built, wanted = site / "lite" / "inputs.sha256", fingerprint(site, vendor)
    if built.exists() and built.read_text() == wanted:
        return
    DOWNLOADS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=DOWNLOADS.parent) as work:
        built_in = build_lite(site, Path(work), vendor)
        for name, folder in {"lite": built_in, "run": HERE / "launch"}.items():
            shutil.rmtree(site / name, ignore_errors=True)
            shutil.copytree(folder, site / name)
    built.write_text(wanted)


def build_lite(site, work, vendor):
    """Build JupyterLite for a site in the empty folder `work`; returns the folder of the result."""
    assemble(work / "static" / "pyodide", PROJECT, DOWNLOADS, vendor)
    compile_start(work / "static" / "pyodide", DOWNLOADS)
    (work / "files").mkdir()
    for notebook in notebooks(site):
        shutil.copy(notebook, work / "files")
    shutil.copy(HERE / "jupyter-lite.json", work)
    (work / "jupyter_lite_config.json").write_text(json.dumps(configuration()))
    output = work / "output"
    command = [sys.executable, "-m", "jupyterlite_core.app", "build", "--output-dir", output]
    command += ["--lite-dir", work, "--contents", work / "files"]
    quietly(command, "JupyterLite was not built", cwd=work)
    for old in (font for pattern in OLD_FONTS for font in (output / "build").glob(pattern)):
        old.unlink()
    trim(output / "build")
    name_icon(output / "notebooks" / "index.html")
    return output


def name_icon(page):
    """Name the icon of a page in its source: its script does so too late for the browser."""
    text = page.read_text(encoding="utf-8")
    icon = '<head>\n    <link rel="icon" href="./favicon.ico">'
    page.write_text(text.replace("<head>", icon, 1), encoding="utf-8")


def configuration():
    """The settings of the build, with the extensions of this list and no other ones."""
    settings = json.loads((HERE / "jupyter_lite_config.json").read_text())
    installed = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
    settings["LiteBuildConfig"] |= {
        "ignore_sys_prefix": ["federated_extensions", "translation"],
        "federated_extensions": [str(installed / name) for name in EXTENSIONS],
    }
    return settings


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path, help="folder of the built book")
    parser.add_argument("--vendor", action="store_true", help="fetch the compiled wheels too")
    given = parser.parse_args()
    build(given.site.resolve(), given.vendor)
