"""nbgrader's gradebook: marks go in from one process, what a person decided stays."""

import hashlib
import json
from datetime import datetime

from coursework.autograded import autograded, digest_of
from coursework.course import write
from marking.sheet import UnreadableNotebook, read_bytes

TOGETHER = 50  # students between two writes to the disk


def record(course, sheet, results, files):
    """Write the results of a sheet into the gradebook, and the notebooks that formgrader shows.

    Points, comments and extra points given by hand are never touched. Where a
    student handed in something else since, they are put up for review.

    Parameters
    ----------
    course : Course
    sheet : str
    results : dict of str to marking.result.Result
    files : dict of str to pathlib.Path
    """
    names, source = course.names(), json.loads(course.source(sheet).read_bytes())
    students = list(results)
    with course.gradebook() as gradebook:
        cells = _cells(gradebook, sheet)
        for start in range(0, len(students), TOGETHER):
            written = {}
            for student in students[start : start + TOGETHER]:
                result, path = results[student], course.autograded(student, sheet)
                data = _content(files[student])
                digest = hashlib.sha256(data + result.problem.encode()).hexdigest()
                submission = _submission(gradebook, sheet, student, names.get(student))
                submission.timestamp = _timestamp(files[student])
                _enter(submission, result, cells, is_new=digest_of(path) != digest)
                written[path] = autograded(data, source, result, digest)
            gradebook.db.commit()
            gradebook.db.expunge_all()
            for path, text in written.items():  # once the marks are in
                write(path, text)


def _submission(gradebook, sheet, student, name):
    from nbgrader.api import MissingEntry, Student

    known = gradebook.db.get(Student, student)
    if known is None:
        known = Student(id=student, first_name="")  # formgrader writes None for none
        gradebook.db.add(known)
    known.last_name = name or known.last_name
    gradebook.db.flush()
    try:
        return gradebook.find_submission(sheet, student)
    except MissingEntry:
        with gradebook.db.no_autoflush:
            return gradebook.add_submission(sheet, student)


def _content(path):
    try:
        return read_bytes(path)
    except UnreadableNotebook:
        return b""


def _timestamp(path):
    try:
        words = path.with_name("timestamp.txt").read_text().strip()
        return datetime.strptime(words, "%Y-%m-%d %H:%M:%S UTC")
    except (OSError, ValueError):
        return None


def _cells(gradebook, sheet):
    """The names of a sheet's cells by nbgrader's ids for them."""
    notebook = gradebook.find_notebook(sheet, sheet)
    cells = [*notebook.grade_cells, *notebook.solution_cells, *notebook.task_cells]
    return {cell.id: cell.name for cell in cells}


def _enter(submission, result, cells, is_new):
    questions = {question.name: question for question in result.questions}
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            question = questions.get(cells[grade.cell_id])
            grade.auto_score = question.points if question else None
            decided = grade.manual_score is not None
            if decided:
                grade.needs_manual_grade = grade.needs_manual_grade or is_new
            else:
                grade.needs_manual_grade = grade.auto_score is None
        for comment in notebook.comments:
            question = questions.get(cells[comment.cell_id])
            empty = question is not None and question.status == "unanswered"
            comment.auto_comment = "No response." if empty else None


def by_hand(course, sheet):
    """What the gradebook says today of a sheet.

    Returns
    -------
    points : dict
        By student and cell: points, whether a person still has to look, and
        whether a person has decided.
    comments : dict
        By student and cell.
    """
    from nbgrader import api

    points, comments = {}, {}
    grade = (api.Grade.score, api.Grade.needs_manual_grade, api.Grade.manual_score.is_not(None))
    with course.gradebook() as gradebook:
        for table, columns, kept in (
            (api.Grade, grade, points),
            (api.Comment, (api.Comment.manual_comment,), comments),
        ):
            query = (
                gradebook.db.query(api.Student.id, api.BaseCell.name, *columns)
                .select_from(table)
                .join(api.BaseCell, api.BaseCell.id == table.cell_id)
                .join(api.SubmittedNotebook, api.SubmittedNotebook.id == table.notebook_id)
                .join(api.SubmittedAssignment)
                .join(api.Assignment)
                .join(api.Student)
                .filter(api.Assignment.name == sheet)
            )
            for student, cell, *values in query:
                kept.setdefault(student, {})[cell] = values[0] if len(values) == 1 else values
    return points, comments
