"""Every platform's way of naming tells whose a file is, and when it was handed in."""

from datetime import UTC, datetime

import pytest

from coursework.export import Entry
from coursework.platforms import is_furniture, read


def entry(path, data=b""):
    return Entry(tuple(path.split("/")), None, lambda: data)


def origins(*paths, sheet="slopes", **contents):
    """Whose the files of an export are, by path."""
    files = [entry(path) for path in paths]
    files += [entry(path, data) for path, data in contents.items()]
    return {file.path: list(found) for file, found in read(files, sheet)}


def told(path, *others):
    (found,) = origins(path, *others)[path]
    return found.account, found.name


@pytest.mark.parametrize(
    "path, account, name",
    [
        ("Ada Lovelace_12345_assignsubmission_file_/slopes.ipynb", "12345", "Ada Lovelace"),
        ("Ada Lovelace_12345_assignsubmission_file/slopes.ipynb", "12345", "Ada Lovelace"),
        ("Ada Lovelace_12345_assignsubmission_file_slopes.ipynb", "12345", "Ada Lovelace"),
        ("Ada_M_Lovelace_7_assignsubmission_file/my work.ipynb", "7", "Ada_M_Lovelace"),
        ("Participant_7_assignsubmission_file_/slopes.ipynb", "7", ""),
        ("CS101/Ada_7_assignsubmission_file_/deep/slopes.ipynb", "7", "Ada"),
        ("Wei_25_assignsubmission_file_/Slopes - wei.ipynb", "25", "Wei"),
        ("lovelaceada_12345_67890_slopes.ipynb", "12345", "lovelaceada"),
        ("lovelaceada_LATE_12345_67890_slopes-2.ipynb", "12345", "lovelaceada"),
        ("anon_aB3dE_67890_slopes.ipynb", "aB3dE", ""),
        ("LATE_anon_aB3dE_67890_slopes.ipynb", "aB3dE", ""),
        ("lovelaceada_12345_text.html", "12345", "lovelaceada"),
        ("Homework_ada_attempt_2026-11-20-22-10-03_slopes.ipynb", "ada", ""),
        ("Homework_ada_attempt_2026-11-20-22-10-03.txt", "ada", ""),
        (
            "1234-56789 - Ada Lovelace - 20 November, 2026 1010 PM/slopes.ipynb",
            "1234-56789",
            "Ada Lovelace",
        ),
        (
            "1234-56789 - Ada Lovelace- Nov 20, 2026 1010 PM/slopes.ipynb",
            "1234-56789",
            "Ada Lovelace",
        ),
        (
            "1234-56789 - Ada Lovelace-King - 20 November_ 2026 2210 - slopes.ipynb",
            "1234-56789",
            "Ada Lovelace-King",
        ),
        (
            "Slopes/Lovelace, Ada(alove1)/Submission attachment(s)/slopes.ipynb",
            "alove1",
            "Ada Lovelace",
        ),
        (
            "Slopes/Lovelace, Ada(a.b@c)/Submission attachment(s)/x/slopes.ipynb",
            "a.b@c",
            "Ada Lovelace",
        ),
        ("Lovelace, Ada(alove1)_Submission attachment(s)_slopes.ipynb", "alove1", "Ada Lovelace"),
        ("Ada Lovelace - slopes.ipynb", "Ada Lovelace", "Ada Lovelace"),
        ("Ada Lovelace - Copy of slopes.ipynb", "Ada Lovelace", "Ada Lovelace"),
        ("ada/slopes.ipynb", "ada", ""),
        ("ada/slopes/slopes.ipynb", "ada", ""),
        ("ada/final/slopes.ipynb", "ada", ""),
        ("ada/Copy of slopes.ipynb", "ada", ""),
        ("ada/Draft - slopes (1).ipynb", "ada", ""),
        ("slopes/ada/slopes.ipynb", "ada", ""),
        ("slopes_ada.ipynb", "ada", ""),
        ("ada_slopes.ipynb", "ada", ""),
        ("Slopes - ada.ipynb", "ada", ""),
        ("slopes_ada (2).ipynb", "ada", ""),
        ("ada.ipynb", "ada", ""),
        ("ada.ipynb.txt", "ada", ""),
        ("slopesmith.ipynb", "slopesmith", ""),
        ("slopes-ada/slopes.ipynb", "ada", ""),
        ("names.json.ipynb", "names.json", ""),
        ("Zoë O'Neil/slopes.ipynb", "Zoë O'Neil", ""),
        ("山田/slopes.ipynb", "山田", ""),
        ("ada@school.org/slopes.ipynb", "ada@school.org", ""),
    ],
)
def test_every_scheme_tells_the_student(path, account, name):
    others = ["another/slopes.ipynb"] if "/" in path else []
    assert told(path, *others) == (account, name)


def test_a_folder_of_google_classroom_tells_the_students_before_the_sheet():
    names = ["Ada Lovelace - slopes.ipynb", "Bo - Copy of Slopes.ipynb", "Copy of slopes.ipynb"]
    found = origins(*(f"Classroom/{name}" for name in names))
    assert [[o.account for o in each] for each in found.values()] == [["Ada Lovelace"], ["Bo"], []]


@pytest.mark.parametrize(
    "name",
    ["slopes.ipynb", "slopes (1).ipynb", "Slopes-Copy1.ipynb", " .ipynb", "Copy of slopes.ipynb"],
)
def test_a_bare_file_belongs_to_nobody(name):
    assert origins(name)[name] == []


def test_a_folder_above_all_files_is_taken_where_nothing_else_tells():
    assert told("ada/slopes.ipynb") == ("ada", "")
    assert origins("slopes/slopes.ipynb")["slopes/slopes.ipynb"] == []


@pytest.mark.parametrize(
    "path, time",
    [
        ("H_ada_attempt_2026-11-20-22-10-03_s.ipynb", datetime(2026, 11, 20, 22, 10, 3)),
        ("H_ada_attempt_2026-99-20-22-10-03_s.ipynb", None),
        ("1-2 - A - 20 November, 2026 1010 PM/s.ipynb", datetime(2026, 11, 20, 22, 10)),
        ("1-2 - A - 20 November_ 2026 1210 AM/s.ipynb", datetime(2026, 11, 20, 0, 10)),
        ("1-2 - A - Nov 20, 2026 905 AM/s.ipynb", datetime(2026, 11, 20, 9, 5)),
        ("1-2 - A - 20 Brumaire, 2026 2210/s.ipynb", None),
    ],
)
def test_a_time_in_a_name_is_read(path, time):
    (found,) = origins(path, "another/slopes.ipynb")[path]
    assert found.time == time


def test_canvas_says_who_was_late_and_which_file_is_newer():
    names = ["a_LATE_1_10_slopes-1.ipynb", "a_1_9_slopes.ipynb", "lateral_2_8_slopes.ipynb"]
    (late,), (early,), (other,) = origins(*names).values()
    assert late.is_late and not early.is_late and not other.is_late
    assert (late.name, other.name) == ("a", "lateral") and late.attempt > early.attempt


def test_a_file_that_looks_like_one_of_canvas_in_a_students_folder_is_the_students():
    assert told("ada/final_1_2_slopes.ipynb", "bo/slopes.ipynb") == ("ada", "")


def test_an_id_with_the_sign_that_blackboard_puts_between_is_among_what_a_roster_may_know():
    (found,) = origins("My_Homework_ab_12_attempt_2026-11-20-22-10-03_s.ipynb").popitem()[1]
    assert found.words == ("12", "ab_12", "Homework_ab_12")


def test_sakai_tells_the_time_in_a_file_beside_the_notebook():
    folder = "Slopes/Lovelace, Ada(alove1)"
    name = f"{folder}/Submission attachment(s)/slopes.ipynb"
    for text, time in (
        (b"20261120221003000", datetime(2026, 11, 20, 22, 10, 3, tzinfo=UTC)),
        (b"2026", None),
        (b"\xff", None),
    ):
        found = origins(name, "Slopes/grades.csv", **{f"{folder}/timestamp.txt": text})[name]
        assert [origin.time for origin in found] == [time]


METADATA = b"""\
---
submission_1:
  :submitters:
  - :name: Ada Lovelace
    :sid: alove1
    :email: ada@school.org
  :created_at: 2026-11-20 22:10:03.226000000 Z
  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
    score: 1
submission_2:
  :submitters:
  - :name: Bo
    :sid:
    :email: bo@school.org
  - :name: Cy
  :created_at: !ruby/object:ActiveSupport::TimeWithZone
    utc: 2026-11-20 22:10:03 Z
submission_3: nonsense
"""


def test_gradescope_tells_the_students_in_its_metadata():
    paths = [f"assignment_9_export/submission_{n}/slopes.ipynb" for n in (1, 2, 3)]
    found = origins(*paths, **{"assignment_9_export/submission_metadata.yml": METADATA})
    (ada,), pair = found[paths[0]], found[paths[1]]
    assert ada.words == ("alove1", "Ada Lovelace", "ada@school.org")
    assert [origin.account for origin in pair] == ["bo@school.org", "Cy"]
    moment = datetime(2026, 11, 20, 22, 10, 3, tzinfo=UTC)
    assert [o.time.replace(microsecond=0) for o in (ada, *pair)] == [moment] * 3


@pytest.mark.parametrize(
    "text", [b"\xff\xfe", b"a: [", b"- 1", b"!!python/object/apply:os.abort []"]
)
def test_metadata_that_cannot_be_read_stops_nobody(text):
    path = "export/submission_1/slopes.ipynb"
    found = origins(path, "export/submission_2/x.ipynb", **{"export/submission_metadata.yml": text})
    assert [origin.account for origin in found[path]] == ["submission_1"]


@pytest.mark.parametrize("prefix", ["slopes-", "hw1-2026-", ""])
def test_github_classroom_tells_the_user_in_the_name_of_the_repository(prefix):
    users = ["ada", "adam", "b-c"]
    files = [
        f"all/{prefix}{user}/{name}" for user in users for name in (".git/HEAD", "slopes.ipynb")
    ]
    found = origins(*files, f"all/{prefix}ada/README.md")
    assert all(".git" not in path for path in found)
    accounts = [found[f"all/{prefix}{user}/slopes.ipynb"][0] for user in users]
    assert [origin.account for origin in accounts] == users
    assert [origin.platform for origin in accounts] == ["GitHub Classroom"] * 3


def test_one_repository_alone_is_cut_at_the_name_of_the_sheet():
    files = ["slopes-b-c/.git/HEAD", "slopes-b-c/homework/slopes.ipynb"]
    assert origins(*files)[files[1]][0].account == "b-c"


@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "grades.csv",
        "timestamp.txt",
        "README.md",
        "submission_metadata.yml",
    ],
)
def test_what_a_platform_adds_is_known(name):
    assert is_furniture(name) and f"ada/{name}" not in origins(f"ada/{name}", "bo/slopes.ipynb")


@pytest.mark.parametrize(
    "name",
    [
        "Ada_7_assignsubmission_onlinetext_/onlinetext.html",
        "Homework_ada_attempt_2026-11-20-22-10-03.txt",
        "a_1_text.html",
        "ada/notes.txt",
    ],
)
def test_what_a_student_typed_is_not(name):
    assert not is_furniture(name.split("/")[-1]) and len(origins(name)[name]) == 1
