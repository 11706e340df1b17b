"""Many submissions: found, marked once, kept as they come, on one machine and on many."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future

import pytest

import classroom
from cluster import cluster, wait_for
from marking import Limits, Question, Result, SandboxError, SheetError, batch, read_sheet
from marking.submissions import Results, Submission, find, key

OPTIONS = {"limits": Limits(seconds=2), "trusted": False}


def hand_in(folder, names, cells=None):
    for name in names:
        classroom.write(folder / f"{name}.ipynb", cells or classroom.sheet_cells())
    return folder


def test_ids_come_from_files_and_folders(tmp_path):
    hand_in(tmp_path, ["ada"])
    classroom.write(tmp_path / "Grace Hopper" / "deep" / "er" / "x.ipynb", [])
    classroom.write(tmp_path / "emmy" / "sheet.ipynb", [])
    classroom.write(tmp_path / "emmy" / "draft.ipynb", [])
    classroom.write(tmp_path / "emmy" / ".ipynb_checkpoints" / "sheet.ipynb", [])
    classroom.write(tmp_path / ".hidden" / "sheet.ipynb", [])
    (tmp_path / "list.csv").write_text("")
    found = find(tmp_path, "sheet.ipynb")
    files = {s.student: s.path.name for s in found.submissions}
    assert files == {"ada": "ada.ipynb", "Grace Hopper": "x.ipynb", "emmy": "sheet.ipynb"}
    assert not any(s.problem for s in found.submissions) and found.others == ["list.csv"]


def test_what_is_not_clear_is_said(tmp_path):
    hand_in(tmp_path, ["ada", "two/a", "two/b", "ada/a"])
    (tmp_path / "none").mkdir()
    (tmp_path / "elsewhere").symlink_to("two")
    problems = {s.student: s.problem for s in find(tmp_path, "sheet.ipynb").submissions}
    assert problems == {
        "ada": "handed in twice under this name",
        "two": "2 notebooks, and it is not clear which",
        "none": "no notebook in it",
        "elsewhere": "not a folder but a link",
    }


def test_a_result_is_kept_until_what_it_depends_on_changes(tmp_path, sheet):
    the_sheet, ada = read_sheet(sheet), Submission("ada", tmp_path)
    result = Result("ada", (Question("a", 1.0, 1.0, "passed"),))
    first = key(ada, b"one", the_sheet, **OPTIONS)
    with Results(tmp_path / "marks") as results:
        results.save(result, first, "ada.ipynb")
        assert results.load("ada", first) == result
        for other in (
            key(ada, b"two", the_sheet, **OPTIONS),
            key(Submission("eve", tmp_path), b"one", the_sheet, **OPTIONS),
            key(ada, b"one", the_sheet, Limits(seconds=3)),
            key(ada, b"one", read_sheet(sheet).cells[1:], **OPTIONS),
        ):
            assert results.load("ada", other) is None
        (tmp_path / "marks" / "ada.json").write_text("{")
        assert results.load("ada", first) is None and results.load("nobody", first) is None


def test_two_markers_do_not_write_into_one_folder(tmp_path):
    (tmp_path / "marks").mkdir()
    (tmp_path / "marks" / ".new-left").touch()
    with Results(tmp_path / "marks"):
        assert not (tmp_path / "marks" / ".new-left").exists()
        with pytest.raises(BlockingIOError, match="another mark is at work"):
            Results(tmp_path / "marks")
    Results(tmp_path / "marks")._lock.close()


class Now:
    """An executor that does at once what `work` says."""

    def __init__(self, work):
        self.work, self.calls = work, 0

    def submit(self, function, data, sheet, student, **options):
        future = Future()
        self.calls += 1
        try:
            future.set_result(self.work(student, self.calls))
        except Exception as error:
            future.set_exception(error)
        return future


def marked(tmp_path, sheet, executor, **options):
    submissions = find(hand_in(tmp_path / "inbox", ["ada", "eve"]), "sheet.ipynb").submissions
    with Results(tmp_path / "marks") as results:
        return batch.mark_all(
            submissions, read_sheet(sheet), results, executor, 1, OPTIONS, print, **options
        )


def test_nothing_is_marked_twice(tmp_path, sheet):
    executor = Now(lambda student, calls: Result(student))
    assert marked(tmp_path, sheet, executor).kept == 0
    assert marked(tmp_path, sheet, executor).kept == 2 and executor.calls == 2
    hand_in(tmp_path / "inbox", ["ada"])
    classroom.write(tmp_path / "inbox" / "new.ipynb", [])
    assert marked(tmp_path, sheet, executor).kept == 2 and executor.calls == 3
    assert marked(tmp_path, sheet, executor, again=True).kept == 0 and executor.calls == 6


def test_a_lost_worker_is_tried_again_and_then_named(tmp_path, sheet):
    def work(student, calls):
        if student == "eve" or calls == 1:
            raise RuntimeError("a worker died")
        return Result(student)

    outcome = marked(tmp_path, sheet, Now(work))
    assert outcome.results == {"ada": Result("ada")}
    assert outcome.failures == {"eve": "RuntimeError"}
    assert sorted(os.listdir(tmp_path / "marks")) == [".lock", "ada.json"]


@pytest.mark.parametrize("error", [SheetError, SandboxError])
def test_what_is_the_teachers_to_mend_stops_the_run(tmp_path, sheet, error):
    def work(student, calls):
        raise error("no")

    with pytest.raises(error):
        marked(tmp_path, sheet, Now(work))


def mark(*arguments):
    command = [sys.executable, "-m", "marking", *map(str, arguments)]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_interrupts,
    )


def heed_interrupts():
    """What a shell runs in its background would not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def kept(folder):
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("*.json")}


def test_a_run_that_was_killed_goes_on_where_it_stopped(sandbox, tmp_path, sheet):
    names = [f"student-{number}" for number in range(8)]
    inbox, marks = hand_in(tmp_path / "inbox", names), tmp_path / "marks"
    command = (inbox, sheet, "--results", marks, "--jobs", 1)
    first = mark(*command)
    wait_for(lambda: len(kept(marks)) >= 2)
    first.kill()
    first.communicate()
    before = kept(marks)
    assert 2 <= len(before) < 8
    second = mark(*command)
    shown, told = second.communicate(timeout=120)
    assert second.returncode == 0, told
    assert shown.startswith(f"8 marked ({len(before)} before)") and "8 of 8" in told
    after = kept(marks)
    assert before.items() <= after.items() and len(after) == 8
    points = [json.loads((marks / name).read_text())["points"] for name in after]
    assert points == [classroom.FULL] * 8


def test_an_interrupt_stops_at_once(sandbox, tmp_path, sheet):
    cells = classroom.sheet_cells(double="while True: pass")
    inbox, marks = hand_in(tmp_path / "inbox", ["ada"], cells), tmp_path / "marks"
    run = mark(inbox, sheet, "--results", marks, "--seconds", 200)
    wait_for((marks / ".lock").exists)
    time.sleep(0.5)
    run.send_signal(signal.SIGINT)
    _, told = run.communicate(timeout=100)  # the endless loop has 200 seconds
    assert run.returncode == 130 and "the same command goes on" in told


@pytest.fixture
def dask_cluster(sandbox, tmp_path):
    """The address of a scheduler with two workers, and the workers."""
    pytest.importorskip("distributed")
    with cluster(tmp_path) as found:
        yield found


def test_a_cluster_loses_a_worker_and_nothing_else(dask_cluster, tmp_path, sheet):
    address, workers = dask_cluster
    names = [f"student-{number}" for number in range(10)]
    inbox, marks = hand_in(tmp_path / "inbox", names), tmp_path / "marks"
    run = mark(inbox, sheet, "--results", marks, "--scheduler", address)
    wait_for(lambda: len(kept(marks)) >= 2)
    workers[0].kill()
    shown, told = run.communicate(timeout=120)
    assert run.returncode == 0, told
    assert shown.startswith("10 marked (0 before)"), shown
    found = {name: json.loads((marks / name).read_text())["points"] for name in kept(marks)}
    assert found == {f"{name}.json": classroom.FULL for name in names}
    alone = mark(inbox, sheet, "--results", tmp_path / "alone", "--jobs", 2)
    assert alone.wait(120) == 0
    for name in found:
        here, there = ((place / name).read_text() for place in (marks, tmp_path / "alone"))
        assert here == there
    alone.communicate()


def test_a_worker_with_another_marker_is_refused():
    batch._same_version({"tcp://here": batch.marker_version()})
    with pytest.raises(ConnectionError, match=r"another version of marking .* tcp://b"):
        batch._same_version({"tcp://a": batch.marker_version(), "tcp://b": "0"})
    with pytest.raises(ConnectionError, match="no workers"):
        batch._same_version({})


def test_without_distributed_the_cluster_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ConnectionError, match="needs the package distributed"):
        batch.cluster("tcp://127.0.0.1:1").__enter__()
