"""Collect: what a learning platform exports, sorted into nbgrader's folder of submissions.

Of several files of one student the latest is taken. What cannot be taken is
named in the report, and a student whose only file is unreadable is kept with
words on why, so that nobody is lost without a trace.
"""

import json
import os
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

from coursework.course import CourseError, write
from coursework.export import OUTSIDE, UnreadableEntry, entries
from coursework.names import Roster, clean, copy_number, identify, plain, stem

JUNK = re.compile(r"__MACOSX|\.ipynb_checkpoints|\.DS_Store|\._.*|Thumbs\.db|desktop\.ini", re.I)
NOTEBOOK = re.compile(r".*\.ipynb(\.(txt|json))?", re.I)
PROBLEM = "problem.txt"
NO_NOTEBOOK = "not a notebook"
MOST = 4 << 30


@dataclass
class Report:
    """What became of an export: by student what was taken, and what was left and why."""

    taken: dict[str, str] = field(default_factory=dict)
    unchanged: dict[str, str] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)
    unlisted: list[str] = field(default_factory=list)

    def __str__(self):
        lines = [f"{len(self.taken)} collected, {len(self.unchanged)} collected before"]
        lines += [f"  {student}  from  {path}" for student, path in sorted(self.taken.items())]
        for words, them in (("could not be read", self.unreadable), ("not taken", self.left)):
            if them:
                lines.append(f"{len(them)} {words}:")
                lines += [f"  {name}: {why}" for name, why in sorted(them.items())]
        if self.unlisted:
            lines.append(f"{len(self.unlisted)} not on the roster: {', '.join(self.unlisted)}")
        return "\n".join(lines)


def collect(course, sheet, exports, roster=None):
    """Sort exports into ``submitted/``; changes nothing where it is run a second time.

    Parameters
    ----------
    course : Course
    sheet : str
    exports : iterable of path_like
        Zips, folders, or single notebooks.
    roster : Roster, optional

    Returns
    -------
    Report
    """
    course.require(sheet)
    roster = roster or Roster()
    report, names, handed_in = Report(), {}, defaultdict(list)
    for export in exports:
        _sort(entries(export), course, sheet, roster, report, names, handed_in)
    room = MOST
    for student, files in sorted(handed_in.items()):
        room -= _take(course, sheet, student, files, report)
        if room < 0:
            raise CourseError(f"more than {MOST >> 30} GB in one export: is it the right one?")
    report.unlisted = sorted(set(handed_in) - set(roster.ids.values())) if roster.ids else []
    if names:
        known = course.names() | names
        text = json.dumps(known, indent=1, ensure_ascii=False, sort_keys=True)
        write(course.names_file, text + "\n")
    return report


def _sort(files, course, sheet, roster, report, names, handed_in):
    """Put every notebook under the student whom its name tells."""
    files = [file for file in files if not any(JUNK.fullmatch(part) for part in file.parts)]
    shared = _shared(file.parts for file in files)
    root = files[0].parts[shared - 1] if shared else ""
    spelt = {student.casefold(): student for student in _already(course)}
    for file in files:
        student = identify(file.parts[shared:], root, sheet, roster)
        why = _why_not(file, student, course, sheet)
        if why == NO_NOTEBOOK and student and clean(student.id) and len(file.parts) > shared + 1:
            file = replace(file, problem=why)  # all that this student may have handed in
        elif why:
            report.left[file.path] = why
            continue
        id = spelt.setdefault(student.id.casefold(), student.id)
        handed_in[id].append(file)
        if student.name:
            names[id] = student.name


def _shared(paths):
    """How many folders all files have in common; a file on its own keeps its folder."""
    folders = [parts[:-1] for parts in paths]
    if len(folders) < 2:
        return max(len(*folders) - 1, 0) if folders else 0
    pairs = list(zip(min(folders), max(folders), strict=False))
    return next((n for n, (one, other) in enumerate(pairs) if one != other), len(pairs))


def _already(course):
    try:
        return [entry.name for entry in os.scandir(course.root / "submitted") if entry.is_dir()]
    except FileNotFoundError:
        return []


def _why_not(file, student, course, sheet):
    """Why a file is not this sheet of a student; "" where it may be."""
    name = plain(stem(file.parts[-1]))
    others = [other for other in course.sheets if other != sheet and plain(other) in name]
    if file.problem == OUTSIDE:
        return OUTSIDE
    if not NOTEBOOK.fullmatch(file.parts[-1]):
        return NO_NOTEBOOK
    if others and plain(sheet) not in name:
        return f"looks like the sheet {others[0]}"
    if student is None or not clean(student.id):
        return "no student's id in its name"
    return ""


def _take(course, sheet, student, files, report):
    """Keep the latest file that can be read; how many bytes were read."""
    folder, read, problems = course.submitted(student, sheet), 0, {}
    for file in sorted(files, key=lambda file: _rank(file, sheet), reverse=True):
        try:
            if file.problem:
                raise UnreadableEntry(file.problem)
            data = file.content()
        except UnreadableEntry as error:
            problems[file.path] = str(error)
            continue
        read += len(data)
        for other in files:
            if other is not file and other.path not in problems:
                report.left[other.path] = f"{student} has a later file, {file.path}"
        report.left |= problems
        _keep(folder, sheet, student, file, data, report)
        return read
    if not (folder / f"{sheet}.ipynb").exists():
        words = "; ".join(sorted(set(problems.values())))
        write(folder / PROBLEM, words + "\n")
        report.unreadable[student] = words
    report.left |= problems
    return read


def _rank(file, sheet):
    """Files named after the sheet before others, then by time, then by the number of the copy."""
    named = plain(sheet) in plain(file.parts[-1])
    return named, file.time or 0, copy_number(file.parts[-1]), file.path


def _keep(folder, sheet, student, file, data, report):
    path = folder / f"{sheet}.ipynb"
    if path.exists() and path.read_bytes() == data:
        report.unchanged[student] = file.path
        return
    if path.exists() and file.time and file.time < path.stat().st_mtime:
        report.left[file.path] = f"{student} has a later file, collected before"
        return
    write(path, data)
    (folder / PROBLEM).unlink(missing_ok=True)
    if file.time:
        os.utime(path, (file.time, file.time))
        moment = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(file.time))
        write(folder / "timestamp.txt", moment + "\n")
    report.taken[student] = file.path


def handed_in(course, sheet):
    """What was collected of a sheet: for each student the file, and words where there is none."""
    for student in sorted(_already(course)):
        folder = course.submitted(student, sheet)
        path = folder / f"{sheet}.ipynb"
        problem = Path(folder, PROBLEM)
        if path.exists():
            yield student, path, ""
        elif problem.exists():
            yield student, path, problem.read_text(encoding="utf-8").strip()
