"""Adopt: who was marked under a platform's number keeps it all under the id that a roster tells."""

import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursework.autograded import digest_of
from coursework.course import Course
from coursework.gradebook import content, digest, submission_of
from coursework.names import plain
from coursework.students import names, roster

if TYPE_CHECKING:
    from nbgrader.api import Gradebook


def adopt(course: Course, sheet: str, old: str, new: str) -> None:
    """Give what was marked of one id to another, what a person decided included."""
    if (course.root / "gradebook.db").exists():
        with course.gradebook() as gradebook:
            _adopt(gradebook, course, sheet, old, new)
            gradebook.db.commit()


def adopt_all(course: Course, sheet: str, files: Mapping[str, Path]) -> None:
    """Find the students of the roster who were marked under another id, and give them all of it.

    It is the same student where the file is the same, or the name, and the roster knows only
    one of the ids. `files` are those that were collected, by student.
    """
    listed = roster(course, sheet).by_id
    with course.gradebook() as gradebook:
        marked = {each.student.id for each in gradebook.assignment_submissions(sheet)}
        left = marked - files.keys() - listed.keys()
        fresh = {
            student: digest(content(files[student]))
            for student in (files.keys() & listed.keys()) - marked
        }
        for old in sorted(left) if fresh else ():
            new = _same(gradebook, course, sheet, old, fresh)
            if new:
                _adopt(gradebook, course, sheet, old, new)
                del fresh[new]
        gradebook.db.commit()


def _same(
    gradebook: "Gradebook", course: Course, sheet: str, old: str, fresh: Mapping[str, str]
) -> str:
    """Which of the new ids is the student's whose old id is given; "" for none."""
    name, told = plain(gradebook.find_student(old).last_name or ""), names(course)
    named = [new for new in fresh if name and plain(told.get(new, "")) == name]
    before = digest_of(course.autograded(old, sheet))
    same = [new for new, fingerprint in fresh.items() if fingerprint == before]
    likely = [new for new in same if new in named] or (named if len(named) == 1 else same)
    return min(likely, default="")


def _adopt(gradebook: "Gradebook", course: Course, sheet: str, old: str, new: str) -> None:
    from nbgrader.api import MissingEntry

    try:
        theirs = gradebook.find_submission(sheet, old)
    except MissingEntry:
        return
    ours = submission_of(gradebook, sheet, new, names(course).get(new))
    for notebook, copy in zip(theirs.notebooks, ours.notebooks, strict=True):
        grades = {grade.cell_id: grade for grade in copy.grades}
        comments = {comment.cell_id: comment for comment in copy.comments}
        for grade in notebook.grades:
            _carry(grade, grades[grade.cell_id], ("manual_score", "extra_credit"))
        for comment in notebook.comments:
            _carry(comment, comments[comment.cell_id], ("manual_comment",))
    gradebook.remove_submission(sheet, old)
    if not gradebook.student_submissions(old):
        gradebook.remove_student(old)
    _move(course.autograded(old, sheet).parent, course.autograded(new, sheet).parent)
    _remove(course.feedback(old, sheet).parent)
    (course.results(sheet) / f"{old}.json").unlink(missing_ok=True)


def _carry(old: Any, new: Any, columns: Iterable[str]) -> None:
    for column in columns:
        if getattr(old, column) is not None and getattr(new, column) is None:
            setattr(new, column, getattr(old, column))
            if column == "manual_score":
                new.needs_manual_grade = old.needs_manual_grade


def _move(old: Path, new: Path) -> None:
    if old.exists() and not new.exists():
        new.parent.mkdir(parents=True, exist_ok=True)
        old.rename(new)
    _remove(old)


def _remove(folder: Path) -> None:
    """Remove a student's folder of a sheet, and the student's if nothing else is in it."""
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        folder.parent.rmdir()
