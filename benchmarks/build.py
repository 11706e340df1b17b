"""How long does the book take to build, each chapter to run, and a build where little changed?"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from jupyter_cache import get_cache

ROOT = Path(__file__).resolve().parents[1]
LEFT_BEHIND = shutil.ignore_patterns(".*", "_build")


def build(project):
    """Seconds that a strict build of `project` takes."""
    command = [Path(sys.executable).with_name("jupyter-book"), "build", project, "-q", "-W", "-n"]
    start = time.perf_counter()
    subprocess.run([*command, "--keep-going"], check=True, capture_output=True)
    return time.perf_counter() - start


def chapters(project):
    """Pairs of a chapter's name and the seconds that it ran when it was last executed."""
    (cache,) = (project / "_build" / "executed").iterdir()
    for record in get_cache(cache).list_cache_records():
        yield Path(record.uri).name, record.data["execution_seconds"]


def main():
    """Print the seconds of four builds of a copy, in which nothing is cached at first."""
    print(__doc__.splitlines()[0])
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder, "slopes")
        shutil.copytree(ROOT, project, ignore=LEFT_BEHIND)
        page = project / "chapters" / "notation.md"
        print(f"{'from nothing: every chapter is executed':<44}{build(project):>7.1f} s")
        for name, seconds in sorted(chapters(project)):
            print(f"{'    ' + name:<44}{seconds:>7.1f} s")
        print(f"{'unchanged':<44}{build(project):>7.1f} s")
        page.write_text(page.read_text() + "\nOne more sentence.\n")
        print(f"{'a sentence more':<44}{build(project):>7.1f} s")
        shutil.rmtree(project / "_build" / "html")
        shutil.rmtree(project / "_build" / ".doctrees", ignore_errors=True)
        print(f"{'all pages, outputs from the cache':<44}{build(project):>7.1f} s")


if __name__ == "__main__":
    os.environ["OMP_NUM_THREADS"] = "1"
    main()
