"""A rehearsal goes the whole way, says where what lies, and touches nothing else."""

import pytest

from coursework.__main__ import main
from coursework.course import CourseError
from coursework.rehearse import rehearse


def tree(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_rehearsal_says_where_a_teacher_finds_what(course, capsys):
    before = tree(course.root)
    command = ["rehearse", "sums", "--course", str(course.root), "--jobs", "2"]
    assert main([*command, "--platform", "moodle", "--platform", "Canvas"]) == 0
    out = capsys.readouterr().out
    for words in (
        "release: students get",
        "7 collected",
        "1 handed in after the deadline: skova5",
        "1 on the roster handed in nothing: hhasu8",
        "waits for marking by hand: alove1, skova5, ecart6",
        "sramn4: could not be read",
        "mcart7: could not be read",
        "Upload multiple feedback files",
        "Upload Submissions",
    ):
        assert words in out, words
    paths = [line.split(": ")[0].strip() for line in out.splitlines() if "returned/sums/" in line]
    after = tree(course.root)
    assert len(paths) == 6 and all(path in map(str, after) for path in paths)
    kept = {path: data for path, data in after.items() if "rehearsal" not in path.parts}
    assert kept == before


def test_a_rehearsal_marks_what_students_do(course):
    root = rehearse(course, "sums", ["a plain folder"], ["--jobs", "2"], say=lambda words: None)
    (table,) = root.glob("*/course/returned/sums/table.csv")
    rows = [line.split(",") for line in table.read_text("utf-8-sig").splitlines()[1:]]
    found = {row[0]: (row[2], row[3]) for row in rows}
    assert found["alove1"] == found["ecart6"] == ("waits for marking by hand", "5")
    assert found["cgaus2"] == ("marked", "3") and found["enoet3"] == ("marked", "0")
    assert found["hhasu8"] == ("nothing handed in", "")


def test_a_second_rehearsal_takes_the_place_of_the_first_and_of_nothing_else(course):
    folder = course.root / "rehearsal"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    with pytest.raises(CourseError, match="is no rehearsal's"):
        rehearse(course, "sums", [], say=lambda words: None)
    assert (folder / "thesis.txt").read_text() == "mine"


def test_an_unknown_platform_is_asked_for_by_name(course, capsys):
    command = ["rehearse", "sums", "--course", str(course.root), "--platform", "Ilias"]
    assert main(command) == 2 and "there is Moodle, " in capsys.readouterr().err


@pytest.mark.parametrize("command", ["collect", "mark", "return"])
def test_without_a_sheet_a_plain_sentence_asks_for_one(course, capsys, command):
    for words in ([command], [command, "", "export.zip"][: 2 + (command == "collect")]):
        assert main([*words, "--course", str(course.root)]) == 2
        asked = (
            f"{command}: which sheet? Say SHEET: make {command} SHEET=name; there is roots, sums\n"
        )
        assert capsys.readouterr().err == asked


def test_without_an_export_a_plain_sentence_asks_for_one(course, capsys):
    assert main(["collect", "sums", "--course", str(course.root)]) == 2
    assert "which export? Say FROM: make collect SHEET=sums FROM=" in capsys.readouterr().err
