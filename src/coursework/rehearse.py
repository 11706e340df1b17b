"""Rehearse: a class that never was, from release to return, as each platform would have it.

Eight students, called after mathematicians, do what students do: all of it, half of
it, nothing of it, a file cut off, a file too late, a second attempt, the page in place of
the file, and silence. All happens in a folder of its own; nothing else is touched.
"""

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from coursework.collect import collect
from coursework.course import Course, CourseError
from coursework.deadline import read_deadline
from coursework.exports import EXAMPLES, Attempt, Student
from coursework.handback import hand_back, summary
from coursework.mark import mark
from coursework.questions import read_questions
from coursework.release import release
from coursework.roster import read_roster

DEADLINE = "2026-03-01 23:59 UTC"
BEFORE, LATER = datetime(2026, 3, 1, 20, 0), datetime(2026, 3, 1, 22, 30)
AFTER = datetime(2026, 3, 2, 9, 15)
OURS = "rehearsal.txt"
SOLUTION = re.compile(r"^[ \t]*### (BEGIN|END) SOLUTION[^\n]*\n?", re.M)
PEOPLE = (
    ("alove1", "Ada", "Lovelace"),
    ("cgaus2", "Carl", "Gauss"),
    ("enoet3", "Emmy", "Noether"),
    ("sramn4", "Srinivasa", "Ramanujan"),
    ("skova5", "Sofia", "Kovalevskaya"),
    ("ecart6", "Élie", "Cartan"),
    ("mcart7", "Mary", "Cartwright"),
    ("hhasu8", "Helmut", "Hasse"),
)


def rehearse(
    course: Course,
    sheet: str,
    platforms: Sequence[str] = (),
    options: Sequence[str] = (),
    say: Callable[[str], None] = print,
) -> Path:
    """Go through a sheet's whole way with a class of eight; the folder in which all of it lies.

    Parameters
    ----------
    course : Course
    sheet : str
    platforms : sequence of str
        Names in `EXAMPLES`; all of them where none is given.
    options : sequence of str
        For the marker.
    say : callable
        Told what happens, a line or more at a time.
    """
    course.require(sheet)
    root = _fresh(course.root / "rehearsal")
    clock = _Clock(say)
    first = Course(root / "course")
    shutil.copytree(course.source(sheet).parent, first.source(sheet).parent)
    settings = course.root / "nbgrader_config.py"
    if settings.exists():
        shutil.copy(settings, first.root)
    release(first, sheet)
    clock(f"release: students get {first.released(sheet)}")
    _, title = read_questions(course.source(sheet))
    students = list(_class(first, sheet))
    for platform in platforms or EXAMPLES:
        _one_platform(first, sheet, title, students, _named(platform), options, clock)
    say(f"\nAll of it lies in {root}; delete the folder when you have seen enough.")
    return root


def _named(platform: str) -> str:
    found = [name for name in EXAMPLES if name.casefold() == platform.casefold()]
    if not found:
        raise CourseError(f"no platform {platform!r}; there is {', '.join(EXAMPLES)}")
    return found[0]


def _fresh(root: Path) -> Path:
    """An empty folder; what a rehearsal left there before is removed, and nothing else."""
    if root.exists():
        if not (root / OURS).exists():
            raise CourseError(f"{root} is no rehearsal's: move it away first")
        shutil.rmtree(root)
    root.mkdir(parents=True)
    (root / OURS).write_text("Made by a rehearsal, and removed by the next one.\n")
    return root


class _Clock:
    """Says what was done, and how long it took."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say, self.start = say, time.monotonic()

    def __call__(self, words: str) -> None:
        now = time.monotonic()
        self.say(f"{words}  ({now - self.start:.1f} s)")
        self.start = now


def _one_platform(
    released: Course,
    sheet: str,
    title: str,
    students: Sequence[Student],
    platform: str,
    options: Sequence[str],
    clock: _Clock,
) -> None:
    folder = released.root.parent / platform.lower().replace(" ", "-")
    course = Course(shutil.copytree(released.root, folder / "course"))
    export, table = folder / "export.zip", folder / "class.csv"
    export.write_bytes(EXAMPLES[platform].zip(students, title))
    table.write_text(EXAMPLES[platform].csv(students, title), encoding="utf-8")
    clock.say(f"\n{platform}\n  {export}: as the platform exports it\n  {table}: its students")
    report = collect(course, sheet, [export], read_roster(table), read_deadline(DEADLINE))
    clock(_indented(f"collect: {report}"))
    words, _ = mark(course, sheet, options)
    clock(_indented(f"mark: {words}"))
    returned = hand_back(course, sheet)
    lines = summary(returned.marks.marks)
    clock(_indented("\n".join([f"return: {len(returned.feedback)} pages", *lines])))
    for path, purpose in returned.files.items():
        clock.say(f"  {path}: {purpose}")
    if not released.results(sheet).exists():  # what is marked once need not be marked again
        shutil.copytree(course.results(sheet), released.results(sheet))


def _indented(words: str) -> str:
    return "\n".join(f"  {line}" for line in words.splitlines())


def _class(course: Course, sheet: str) -> Iterator[Student]:
    """The students, and what they hand in of the released sheet."""
    released = json.loads(course.released(sheet).read_bytes())
    right = _answers(course, sheet)
    half = dict(list(right.items())[: len(right) // 2])
    name = f"{sheet}.ipynb"
    for number, (id, first, last) in enumerate(PEOPLE, 4021):
        solved = _filled(released, id, right)
        attempts = {
            0: [Attempt(name, solved, BEFORE)],
            1: [Attempt(name, _filled(released, id, half), BEFORE)],
            2: [Attempt(name, _filled(released, id, {}), BEFORE)],
            3: [Attempt(name, solved[: len(solved) // 2], BEFORE)],
            4: [Attempt(name, solved, AFTER, is_late=True)],
            5: [
                Attempt(name, _filled(released, id, {}), BEFORE),
                Attempt(name, solved, LATER),
            ],
            6: [Attempt(name, b"<!doctype html>\n<title>JupyterLab</title>\n", BEFORE)],
        }.get(number - 4021, [])
        yield Student(id, first, last, number, attempts)


def _answers(course: Course, sheet: str) -> dict[str, str]:
    """The solutions of the source by the names of their cells."""
    cells = json.loads(course.source(sheet).read_bytes())["cells"]
    answers = {}
    for cell in cells:
        about = cell["metadata"].get("nbgrader", {})
        if about.get("solution"):
            answers[about["grade_id"]] = SOLUTION.sub("", "".join(cell["source"]))
    return answers


def _filled(released: dict[str, Any], student: str, answers: dict[str, str]) -> bytes:
    """The released notebook with an id and answers in it."""
    cells = []
    for cell in released["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        source = answers.get(name, "".join(cell["source"]))
        if name is None and cell["cell_type"] == "code":
            source = re.sub(r'^student = "[^"]*"', f'student = "{student}"', source, flags=re.M)
        cells.append({**cell, "source": source})
    return json.dumps({**released, "cells": cells}, ensure_ascii=False).encode()
