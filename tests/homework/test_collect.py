"""Exports of learning platforms, honest and hostile, become nbgrader's folder of submissions."""

import os
import stat
import zipfile

import pytest

from coursework.__main__ import main
from coursework.collect import collect
from coursework.course import CourseError
from coursework.roster import Roster
from coursework.students import names as known_names
from coursework.submitted import handed_in
from marking.sheet import LARGEST

from .conftest import pack

NOTE = b'{"cells": []}'


def tree(folder):
    """Every file below a folder with its content and time."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def kept(course):
    return {
        student: path.read_bytes() for student, path, why in handed_in(course, "sums") if not why
    }


def unread(course):
    return {student: why for student, _, why in handed_in(course, "sums") if why}


def test_a_moodle_zip_is_sorted_and_its_names_kept(course, tmp_path):
    names = {"Ada Lovelace_1_assignsubmission_file_": b"1", "Bo Ås_22_assignsubmission_file_": b"2"}
    files = {f"{name}/sums.ipynb": data for name, data in names.items()}
    report = collect(course, "sums", [pack(tmp_path / "x.zip", files)])
    assert kept(course) == {"1": b"1", "22": b"2"}
    assert known_names(course) == {"1": "Ada Lovelace", "22": "Bo Ås"}
    assert set(report.taken) == {"1", "22"} and not report.left and not report.unreadable


def test_a_folder_does_as_well_as_a_zip(course, tmp_path):
    for student in ("ada", "bo"):
        path = tmp_path / "export" / student / "sums.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(student.encode())
    collect(course, "sums", [tmp_path / "export"])
    assert kept(course) == {"ada": b"ada", "bo": b"bo"}


def test_one_notebook_does_as_well(course, tmp_path):
    path = tmp_path / "ada" / "sums.ipynb"
    path.parent.mkdir()
    path.write_bytes(b"x")
    collect(course, "sums", [path])
    assert kept(course) == {"ada": b"x"}


def test_a_second_run_changes_nothing(course, tmp_path):
    export = pack(
        tmp_path / "x.zip", {"ada/sums.ipynb": b"1", "bo/sums.ipynb": b"2", "cy/a.pdf": b"3"}
    )
    collect(course, "sums", [export])
    before = tree(course.root)
    report = collect(course, "sums", [export])
    assert tree(course.root) == before
    assert set(report.unchanged) == {"ada", "bo"} and not report.taken


def dated(path, files):
    """A zip whose files have times: (name, year, content)."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, year, data in files:
            archive.writestr(zipfile.ZipInfo(name, (year, 5, 1, 12, 0, 0)), data)
    return path


def test_of_several_files_the_latest_counts_and_the_others_are_named(course, tmp_path):
    files = [("ada/sums.ipynb", 2025, b"new"), ("ada/sums (1).ipynb", 2024, b"old")]
    report = collect(
        course, "sums", [dated(tmp_path / "x.zip", [*files, ("bo/x.ipynb", 2024, b"")])]
    )
    assert kept(course)["ada"] == b"new"
    assert "later file" in report.left["ada/sums (1).ipynb"]


def test_without_times_the_higher_copy_counts(course, tmp_path):
    files = {
        "ada/sums.ipynb": b"1",
        "ada/sums (2).ipynb": b"3",
        "ada/sums (1).ipynb": b"2",
        "b/c.ipynb": b"",
    }
    for name in files:
        path = tmp_path / "export" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[name])
        os.utime(path, (1e9, 1e9))
    collect(course, "sums", [tmp_path / "export"])
    assert kept(course)["ada"] == b"3"


def test_a_later_export_replaces_and_an_earlier_one_does_not(course, tmp_path):
    for year, data, wanted in ((2024, b"a", b"a"), (2025, b"b", b"b"), (2023, b"c", b"b")):
        export = dated(tmp_path / f"{year}.zip", [("ada/sums.ipynb", year, data)])
        report = collect(course, "sums", [export])
        assert kept(course) == {"ada": wanted}
    assert "collected before" in report.left["ada/sums.ipynb"]
    stamp = course.submitted("ada", "sums") / "timestamp.txt"
    assert stamp.read_text().startswith("2025-05-01")


@pytest.mark.parametrize(
    "name",
    [
        "../../evil/sums.ipynb",
        "/etc/evil/sums.ipynb",
        "C:\\evil\\sums.ipynb",
        "..\\evil\\sums.ipynb",
    ],
)
def test_nothing_is_written_outside_and_the_batch_goes_on(course, tmp_path, name):
    outside = tree(tmp_path)
    export = pack(
        tmp_path / "x.zip", {name: b"evil", "ada/sums.ipynb": b"1", "bo/sums.ipynb": b"2"}
    )
    report = collect(course, "sums", [export])
    assert kept(course) == {"ada": b"1", "bo": b"2"} and not unread(course)
    assert list(report.left.values()) == ["its name leads out of the zip"]
    new = set(tree(tmp_path)) - set(outside) - {export}
    assert all(path.is_relative_to(course.root / "submitted") for path in new)


def test_links_are_reported_and_never_followed(course, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    link = zipfile.ZipInfo("ada/sums.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(link, str(secret))
        archive.writestr("bo/sums.ipynb", NOTE)
    folder = tmp_path / "folder"
    (folder / "cy").mkdir(parents=True)
    (folder / "cy" / "sums.ipynb").symlink_to(secret)
    (folder / "di").symlink_to(tmp_path)
    (folder / "bo").mkdir()
    (folder / "bo" / "sums.ipynb").write_bytes(NOTE)
    collect(course, "sums", [tmp_path / "x.zip", folder])
    assert kept(course) == {"bo": NOTE}
    assert unread(course).keys() == {"ada", "cy"}
    assert "link" in unread(course)["ada"]


def test_a_bomb_is_read_to_its_limit_only(course, tmp_path):
    export = tmp_path / "x.zip"
    with zipfile.ZipFile(export, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("ada/sums.ipynb", "w", force_zip64=True) as file:
            for _ in range(LARGEST // (1 << 20) + 20):
                file.write(bytes(1 << 20))
        archive.writestr("bo/sums.ipynb", NOTE)
    report = collect(course, "sums", [export])
    assert report.unreadable == {"ada": "larger than 64 MB"} == unread(course)
    assert kept(course) == {"bo": NOTE}


def test_a_damaged_member_costs_its_own_student_only(course, tmp_path):
    export = pack(tmp_path / "x.zip", {"ada/sums.ipynb": b"A" * 500, "bo/sums.ipynb": NOTE})
    data = bytearray(export.read_bytes())
    data[46] ^= 255  # within the packed bytes of the first
    export.write_bytes(data)
    report = collect(course, "sums", [export])
    assert kept(course) == {"bo": NOTE} and "damaged" in report.unreadable["ada"]


def test_a_readable_file_counts_before_a_later_unreadable_one(course, tmp_path):
    big = bytes(LARGEST + 1)
    files = [
        ("ada/sums.ipynb", 2025, big),
        ("ada/sums (1).ipynb", 2024, NOTE),
        ("b/s.ipynb", 2024, b""),
    ]
    report = collect(course, "sums", [dated(tmp_path / "x.zip", files)])
    assert kept(course)["ada"] == NOTE and "larger" in report.left["ada/sums.ipynb"]


def test_a_student_without_a_notebook_is_not_forgotten(course, tmp_path):
    files = {"ada/sums.pdf": b"1", "bo/sums.ipynb": NOTE, "readme.txt": b""}
    report = collect(course, "sums", [pack(tmp_path / "x.zip", files)])
    assert unread(course) == {"ada": "not a notebook"} == report.unreadable
    assert report.left["readme.txt"] == "not a notebook"


def test_a_better_file_later_takes_the_place_of_the_problem(course, tmp_path):
    collect(course, "sums", [pack(tmp_path / "x.zip", {"ada/s.pdf": b"", "b/s.ipynb": b""})])
    collect(course, "sums", [pack(tmp_path / "y.zip", {"ada/sums.ipynb": NOTE})])
    assert kept(course)["ada"] == NOTE and not unread(course)


def test_what_a_mac_or_an_editor_leaves_behind_is_no_submission(course, tmp_path):
    junk = [
        "__MACOSX/ada/._sums.ipynb",
        "ada/.ipynb_checkpoints/sums-checkpoint.ipynb",
        "ada/.DS_Store",
    ]
    export = pack(tmp_path / "x.zip", {"ada/sums.ipynb": NOTE, **dict.fromkeys(junk, b"x")})
    report = collect(course, "sums", [export])
    assert kept(course) == {"ada": NOTE} and not report.left


def test_another_sheet_of_the_same_student_is_left_alone(course, tmp_path):
    files = {"ada/sums.ipynb": NOTE, "ada/roots.ipynb": b"2", "bo/roots.ipynb": b"3"}
    report = collect(course, "sums", [pack(tmp_path / "x.zip", files)])
    assert kept(course) == {"ada": NOTE}
    assert report.left.keys() == {"ada/roots.ipynb", "bo/roots.ipynb"}


def test_a_renamed_notebook_is_taken(course, tmp_path):
    collect(course, "sums", [pack(tmp_path / "x.zip", {"ada/my homework.ipynb": NOTE})])
    assert kept(course) == {"ada": NOTE}


def test_a_file_without_an_owner_is_reported(course, tmp_path):
    report = collect(
        course, "sums", [pack(tmp_path / "x.zip", {"sums.ipynb": NOTE, "a/sums.ipynb": b""})]
    )
    assert report.left == {"sums.ipynb": "no student's id in its name"}


def test_case_and_composition_of_letters_do_not_split_a_student(course, tmp_path):
    collect(
        course, "sums", [pack(tmp_path / "x.zip", {"Zoe\u0308/sums.ipynb": b"1", "b/s.ipynb": b""})]
    )
    collect(
        course, "sums", [pack(tmp_path / "y.zip", {"zo\u00eb/sums.ipynb": b"2", "b/s.ipynb": b""})]
    )
    assert kept(course) == {"Zo\u00eb": b"2", "b": b""}


def test_names_that_would_act_on_a_terminal_are_shown_harmless(course, tmp_path):
    export = pack(tmp_path / "x.zip", {"\x1b[2J/sums.pdf": b"", "ada/sums.ipynb": NOTE})
    assert "\x1b" not in str(collect(course, "sums", [export]))


def test_who_is_not_on_the_roster_is_collected_and_named(course, tmp_path):
    roster = Roster(({"id": "s1", "name": "Ada"},))
    export = pack(tmp_path / "x.zip", {"Ada/sums.ipynb": b"1", "bo/sums.ipynb": b"2"})
    report = collect(course, "sums", [export], roster)
    assert kept(course) == {"s1": b"1", "bo": b"2"} and report.unlisted == ["bo"]


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04" + bytes(100)])
def test_what_is_no_zip_is_refused_in_words(course, tmp_path, content):
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(CourseError, match="neither a folder nor a whole zip"):
        collect(course, "sums", [path])


def test_an_unknown_sheet_is_refused_by_name(course, tmp_path):
    with pytest.raises(CourseError, match="there is roots, sums"):
        collect(course, "products", [tmp_path])
    with pytest.raises(CourseError, match="there is no "):
        collect(course, "sums", [tmp_path / "nothing.zip"])


def test_a_file_that_cannot_be_read_is_named_and_is_no_failure_of_the_command(
    course, tmp_path, capsys
):
    files = {"ada/sums.docx": b"PK", "bo/sums.ipynb": NOTE}
    export = pack(tmp_path / "x.zip", files)
    assert main(["collect", "sums", str(export), "--course", str(course.root)]) == 0
    assert "ada: not a notebook" in capsys.readouterr().out
