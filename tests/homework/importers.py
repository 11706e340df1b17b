"""What the platforms do with a table or a zip that is uploaded, as they document it.

Each function answers what would arrive at which student: points by the id by which the
platform knows the student, and pages likewise. A line that the platform would refuse raises.
"""

import csv
import io
import json
import re
import zipfile

BASE = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]


def rows(text):
    return list(csv.reader(io.StringIO(text)))


def canvas_grades(text, assignment, max_points):
    """lib/gradebook_importer.rb: header?, update_column_count, process_pp, process_student."""
    header, *lines = rows(text)
    assert header[: len(BASE)] == BASE and len(header) > 3
    (column,) = (n for n, name in enumerate(header) if name == assignment)
    found = {}
    for line in lines:
        assert len(line) == len(header)
        if "Points Possible" in line[0]:
            assert float(line[column]) == max_points
            continue
        if not line[column].strip():
            continue  # no score is no change
        number = line[1] or line[3]  # found by its own number, else by the login
        found[number] = float(line[column])
    return found


def moodle_grades(text, out_of):
    """mod/assign/feedback/offline: importgradeslib.php finds, locallib.php skips or takes."""
    header, *lines = rows(text)
    place = {name: header.index(name) for name in ("Grade", "Identifier", "Last modified (grade)")}
    found, comments = {}, {}
    for line in lines:
        number = line[place["Identifier"]][len("Participant ") :]
        if not number:
            continue
        assert line[place["Identifier"]].startswith("Participant ") and number.isdigit()
        grade = line[place["Grade"]]
        comments[number] = line[header.index("Feedback comments")]
        if grade != "":
            assert 0 <= float(grade) <= out_of
            found[number] = float(grade)
    return found, comments


def brightspace_grades(text, item):
    """Importing grades: a key, the item's name with Points Grade, the indicator of the end."""
    header, *lines = rows(text)
    keys = [name for name in header if name in ("OrgDefinedId", "Username")]
    assert keys and header[-1] == "End-of-Line Indicator"
    (column,) = (n for n, name in enumerate(header) if name.startswith(f"{item} Points Grade"))
    assert all(line[-1] == "#" and len(line) == len(header) for line in lines)
    key = header.index(keys[0])
    return {line[key].lstrip("#"): float(line[column]) for line in lines if line[column]}


def blackboard_grades(text, column_id):
    """Working offline: every cell quoted, the user name, the column's number in its header."""
    assert all(line.startswith('"') and line.endswith('"') for line in text.splitlines())
    header, *lines = rows(text)
    (column,) = (n for n, name in enumerate(header) if name.endswith(f"|{column_id}"))
    user = header.index("Username")
    return {line[user]: float(line[column]) for line in lines if line[column]}


def sakai_grades(data):
    """The table in the zip: two lines of the assignment, a header, a line for each student."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("/grades.csv"))
        lines = rows(archive.read(name).decode())
    header = next(line for line in lines if line[:2] == ["Display ID", "ID"])
    body = lines[lines.index(header) + 1 :]
    return {line[1]: float(line[4]) for line in body if line[4]}


def files(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def moodle_pages(data):
    """importziplib.php: the first part of the path that splits into name, number, type, plugin."""
    found = {}
    for name, text in files(data).items():
        for part in name.split("/"):
            info = part.split("_", 4)
            if len(info) >= 4 and info[1].isdigit():
                assert (info[2], info[3]) == ("assignsubmission", "file")
                found[info[1]] = text
                break
        else:
            raise AssertionError(name)
    return found


def canvas_pages(data, attachments):
    """infer_comment_context_from_filename: user and attachment, the first two numbers."""
    found = {}
    for name, text in files(data).items():
        user, attachment = [part for part in name.split("_") if re.fullmatch(r"\d+", part)][:2]
        assert attachments[attachment] == user
        (cell,) = json.loads(text)["cells"]
        found[user] = cell["source"]
    return found


def folder_pages(data, number):
    """Brightspace and Sakai: the folder that the download had for the student."""
    found = {}
    for name, text in files(data).items():
        match = number.search(name)
        if match and name.endswith(".html"):
            found[match[1]] = text
    return found
