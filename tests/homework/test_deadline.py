"""A deadline has a time zone; what came later is late, and need not be what counts."""

import zipfile
from datetime import UTC, datetime

import pytest

from coursework.collect import collect
from coursework.course import CourseError
from coursework.deadline import Deadline, Take, read_deadline
from coursework.receipt import read_receipt
from coursework.roster import read_roster

from .conftest import pack
from .test_collect import kept

BERLIN = "2026-11-20 23:59 Europe/Berlin"


@pytest.mark.parametrize(
    "text, hour, minute",
    [
        (BERLIN, 22, 59),
        ("2026-11-20T23:59+01:00", 22, 59),
        ("2026-11-20T22:59Z", 22, 59),
        ("2026-11-20 Europe/Berlin", 22, 59),
        ("2026-11-20 12:00 America/New_York", 17, 0),
        ("2026-11-20 12:00 UTC", 12, 0),
    ],
)
def test_a_deadline_is_a_moment_to_the_end_of_its_minute(text, hour, minute):
    deadline = read_deadline(text)
    last = datetime(2026, 11, 20, hour, minute, 59, tzinfo=UTC).timestamp()
    assert not deadline.has_passed(last) and deadline.has_passed(last + 1)


@pytest.mark.parametrize(
    "text, words",
    [
        ("2026-11-20 23:59", "in which time zone"),
        ("2026-11-20", "in which time zone"),
        ("2026-11-20 23:59 Atlantis/Poseidon", "'Atlantis/Poseidon' is no time zone"),
        ("tomorrow", "no time zone|no deadline"),
        ("2026-13-40 UTC", "is no deadline"),
        ("", "is no deadline"),
    ],
)
def test_what_is_no_moment_is_asked_for(text, words):
    with pytest.raises(CourseError, match=words):
        read_deadline(text)


def brightspace(path, *attempts):
    names = (f"1-9 - Ada - {day} November, 2026 {clock}/sums.ipynb" for day, clock, _ in attempts)
    files = dict(zip(names, (data for *_, data in attempts), strict=True))
    return pack(path, {**files, "2-9 - Bo - 20 November, 2026 800 AM/sums.ipynb": b"bo"})


ATTEMPTS = [(19, "900 AM", b"first"), (20, "1158 PM", b"second"), (21, "1201 AM", b"third")]


def test_the_latest_in_time_counts_or_the_latest_of_all(course, tmp_path):
    export = brightspace(tmp_path / "x.zip", *ATTEMPTS)
    report = collect(course, "sums", [export], deadline=read_deadline(BERLIN))
    assert kept(course)["1-9"] == b"second" and report.late == []
    report = collect(course, "sums", [export], deadline=read_deadline(BERLIN, Take.LATEST))
    assert kept(course)["1-9"] == b"third" and report.late == ["1-9"]
    report = collect(course, "sums", [export], deadline=read_deadline(BERLIN))
    assert kept(course)["1-9"] == b"second" and report.late == []
    assert not read_receipt(course, "1-9", "sums").is_late


def test_who_was_only_late_is_collected_and_called_late(course, tmp_path):
    export = brightspace(tmp_path / "x.zip", ATTEMPTS[2])
    report = collect(course, "sums", [export], deadline=read_deadline(BERLIN))
    assert kept(course)["1-9"] == b"third" and report.late == ["1-9"]
    assert "1 handed in after the deadline: 1-9" in str(report)


def test_a_later_export_with_a_late_file_does_not_replace_one_in_time(course, tmp_path):
    deadline = read_deadline(BERLIN)
    collect(course, "sums", [brightspace(tmp_path / "x.zip", ATTEMPTS[1])], deadline=deadline)
    report = collect(course, "sums", [brightspace(tmp_path / "y.zip", ATTEMPTS[2])], None, deadline)
    assert kept(course)["1-9"] == b"second"
    assert "collected before" in next(why for path, why in report.left.items() if "21" in path)


def zipped(path, *files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, moment in files:
            archive.writestr(zipfile.ZipInfo(name, moment), name)
    return path


def test_times_in_a_zip_are_read_in_the_zone_of_the_deadline(course, tmp_path):
    on_time, late = (2026, 11, 20, 23, 58, 0), (2026, 11, 21, 0, 20, 0)
    export = zipped(tmp_path / "x.zip", ("ada/sums.ipynb", on_time), ("bo/sums.ipynb", late))
    report = collect(course, "sums", [export], deadline=read_deadline(BERLIN))
    assert report.late == ["bo"] and not report.notes


def test_where_all_times_are_those_of_the_download_nobody_is_called_late(course, tmp_path):
    after = (2026, 11, 22, 8, 0, 0)
    names = ["A_1_assignsubmission_file_/sums.ipynb", "B_2_assignsubmission_file_/sums.ipynb"]
    export = zipped(tmp_path / "x.zip", *((name, after) for name in names))
    report = collect(course, "sums", [export], deadline=read_deadline(BERLIN))
    assert report.late == [] and "does not say when files were handed in" in str(report)


WORKSHEET = """\
Identifier,Full name,ID number,Status,Grade,Last modified (submission),Last modified (grade)
Participant 1,A,a1,Submitted for grading,,"Friday, 20 November 2026, 11:58 PM",-
Participant 2,B,b2,Submitted for grading,,"Saturday, November 21, 2026, 12:01 AM",-
Participant 3,C,c3,Submitted for grading - 3 mins late,,-,-
Participant 4,D,d4,No submission,,-,-
"""


def test_moodles_worksheet_tells_when_files_were_handed_in(course, tmp_path):
    after = (2026, 11, 22, 8, 0, 0)  # the download
    names = [f"{n}_{i}_assignsubmission_file_/sums.ipynb" for i, n in enumerate("ABC", 1)]
    export = zipped(tmp_path / "x.zip", *((name, after) for name in names))
    (tmp_path / "worksheet.csv").write_text(WORKSHEET)
    roster = read_roster(tmp_path / "worksheet.csv")
    report = collect(course, "sums", [export], roster, read_deadline(BERLIN))
    assert report.late == ["b2", "c3"] and report.missing == ["d4"]
    assert (
        read_receipt(course, "a1", "sums").time
        == datetime(2026, 11, 20, 22, 58, tzinfo=UTC).timestamp()
    )


def test_canvas_tells_who_was_late_in_the_name(course, tmp_path):
    files = {"a_LATE_1_10_sums.ipynb": b"1", "b_2_11_sums.ipynb": b"2", "a_1_9_sums.ipynb": b"0"}
    report = collect(course, "sums", [pack(tmp_path / "x.zip", files)])
    assert kept(course) == {"1": b"0", "2": b"2"} and report.late == []
    take = Deadline(take=Take.LATEST)
    report = collect(course, "sums", [pack(tmp_path / "x.zip", files)], deadline=take)
    assert kept(course)["1"] == b"1" and report.late == ["1"]
