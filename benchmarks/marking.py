"""How fast is a class marked? Ours against stock nbgrader, the same notebooks in one run.

Each side does the whole way: marks, gradebook, a notebook to be marked by hand,
a feedback page for each student. ``--stock 100 --many 1000`` is the full table.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHEET = "slopes"
BIN = Path(sys.executable).parent


def notebooks(count):
    """Notebooks as a class hands them in: all right, half right, empty, in turn."""
    source, released = (
        json.loads((ROOT / "homework" / folder / SHEET / f"{SHEET}.ipynb").read_bytes())
        for folder in ("source", "release")
    )
    solutions = {name(cell): cell["source"] for cell in source["cells"] if is_answer(cell)}
    for number in range(count):
        answered = list(solutions)[: len(solutions) * (2 - number % 3) // 2]
        cells = [
            cell | {"source": solutions[name(cell)]} if name(cell) in answered else cell
            for cell in released["cells"]
        ]
        student = f"student{number:04d}"
        cells = [cell | {"source": typed(cell, student)} for cell in cells]
        yield student, json.dumps(released | {"cells": cells})


def name(cell):
    return cell["metadata"].get("nbgrader", {}).get("grade_id")


def is_answer(cell):
    return cell["metadata"].get("nbgrader", {}).get("solution", False)


def typed(cell, student):
    """The source of a cell, with the student's id typed into the first one."""
    source = "".join(cell["source"])
    return f'student = "{student}"' if source == 'student = ""' else source


def make_course(folder, count):
    """A course in an empty folder, with its class in ``submitted/``."""
    shutil.copytree(ROOT / "homework" / "source", folder / "source")
    for student, text in notebooks(count):
        path = folder / "submitted" / student / SHEET / f"{SHEET}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(text)


def run(*commands, folder):
    """Seconds that the commands take, and the MB of the largest process."""
    largest, start = 0, time.perf_counter()
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    for command in commands:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "PATH": path, "OMP_NUM_THREADS": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{' '.join(command)} failed")
        largest = max(largest, used.ru_maxrss / 1024)
    return time.perf_counter() - start, largest


def ours(count):
    """Mark and return a class with the commands of this project."""
    command = [sys.executable, "-m", "coursework"]
    with tempfile.TemporaryDirectory() as folder:
        make_course(Path(folder), count)
        run([*command, "release", SHEET, "--course", "."], folder=folder)
        steps = [[*command, step, SHEET, "--course", "."] for step in ("mark", "return")]
        return run(*steps, folder=folder)


def stock(count):
    """Mark and return a class with nbgrader alone."""
    command = [str(BIN / "nbgrader")]
    with tempfile.TemporaryDirectory() as folder:
        make_course(Path(folder), count)
        run([*command, "generate_assignment", SHEET], folder=folder)
        steps = [[*command, step, SHEET] for step in ("autograde", "generate_feedback")]
        return run(*steps, folder=folder)


def report(words, count, seconds, largest):
    rate = count / seconds
    print(f"{words:10} {count:6} notebooks {seconds:8.1f} s {rate:7.2f} a second {largest:6.0f} MB")
    return rate


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stock", type=int, default=100, help="notebooks for both (default: 100)")
    parser.add_argument("--many", type=int, default=0, help="and so many for ours alone")
    options = parser.parse_args()
    mine = report("ours", options.stock, *ours(options.stock))
    theirs = report("nbgrader", options.stock, *stock(options.stock))
    print(f"{mine / theirs:.1f} times as fast, on {os.cpu_count()} cores")
    if options.many:
        many = report("ours", options.many, *ours(options.many))
        print(f"{mine / many:.2f} times the time for each notebook of the larger class")


if __name__ == "__main__":
    main()
