"""nbgrader's folder of submissions: who is in it, with what, and under which id."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from coursework.course import Course, write

PROBLEM = "problem.txt"


def stamp(path: Path, seconds: float) -> None:
    """Give a file its time, and write it where nbgrader looks for it."""
    try:
        os.utime(path, (seconds, seconds))
        moment = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(seconds))
    except (OverflowError, OSError, ValueError):
        return
    write(path.with_name("timestamp.txt"), moment + "\n")


def rename(course: Course, sheet: str, old: str, new: str) -> None:
    """Give what was collected and marked of one student to another id."""
    from coursework.adopt import adopt

    there, here = course.submitted(new, sheet), course.submitted(old, sheet)
    if there.exists():
        shutil.rmtree(here)
    else:
        there.parent.mkdir(parents=True, exist_ok=True)
        here.rename(there)
    if not any(here.parent.iterdir()):
        here.parent.rmdir()
    adopt(course, sheet, old, new)


def students_in(course: Course) -> list[str]:
    """The ids under which something was collected."""
    try:
        return sorted(
            entry.name for entry in os.scandir(course.root / "submitted") if entry.is_dir()
        )
    except FileNotFoundError:
        return []


def handed_in(course: Course, sheet: str) -> Iterator[tuple[str, Path, str]]:
    """What was collected of a sheet: for each student the file, and words where there is none."""
    for student in students_in(course):
        folder = course.submitted(student, sheet)
        path, problem = folder / f"{sheet}.ipynb", folder / PROBLEM
        if path.exists():
            yield student, path, ""
        elif problem.exists():
            yield student, path, problem.read_text(encoding="utf-8").strip()
