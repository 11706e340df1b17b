"""The command: what it says, where it stops, and what it leaves."""

import io
import json

import pytest

import classroom
from marking import Result, batch, command
from marking.batch import Outcome


@pytest.fixture
def inbox(tmp_path):
    classroom.write(tmp_path / "inbox" / "ada.ipynb", classroom.sheet_cells())
    (tmp_path / "inbox" / "eve.ipynb").write_text("")
    (tmp_path / "inbox" / "list.csv").write_text("")
    return tmp_path / "inbox"


def test_a_folder_becomes_results_and_a_summary(sandbox, inbox, sheet, capsys):
    marks = inbox.parent / "marks"
    assert command.main([str(inbox), str(sheet), "--results", str(marks), "--jobs", "1"]) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines() == [
        f"1 marked (0 before), results in {marks}",
        "1 could not be read:",
        "  eve: the file is empty",
        "1 with a note:",
        "  ada: solved with the id 'nobody', marked with the id 'ada'",
        "1 not looked at: list.csv",
    ]
    assert "2 of 2" in shown.err
    assert json.loads((marks / "ada.json").read_text())["points"] == classroom.FULL
    assert json.loads((marks / "eve.json").read_text())["points"] is None


@pytest.mark.parametrize("marker", ["--trusted", "--again"])
def test_options_are_passed_on(sandbox, inbox, sheet, marker):
    marks = inbox.parent / "marks"
    arguments = [str(inbox), str(sheet), "--results", str(marks), "--seconds", "3", marker]
    assert command.main(arguments) == 0
    assert json.loads((marks / "ada.json").read_text())["points"] == classroom.FULL


def test_without_bubblewrap_it_refuses_and_says_what_to_install(inbox, sheet, capsys, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert command.main([str(inbox), str(sheet), "--results", str(inbox.parent / "marks")]) == 2
    assert "apt install bubblewrap" in capsys.readouterr().err
    assert not list((inbox.parent / "marks").glob("*.json"))


@pytest.mark.parametrize(
    "changed, words",
    [
        ({"folder": "/nowhere"}, "No such file"),
        ({"sheet": "/nowhere/sheet.ipynb"}, "there is no such file"),
        ({"scheduler": "tcp://127.0.0.1:1"}, "no scheduler answers"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(inbox, sheet, capsys, monkeypatch, changed, words):
    pytest.importorskip("distributed")
    monkeypatch.setattr(batch, "PATIENCE", "100ms")
    options = {"folder": str(inbox), "sheet": str(sheet), "scheduler": None, **changed}
    arguments = [options["folder"], options["sheet"], "--results", str(inbox.parent / "marks")]
    arguments += ["--scheduler", options["scheduler"]] if options["scheduler"] else []
    assert command.main(arguments) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--jobs", "0"], ["--seconds", "-1"], ["--total", "nan"], []])
def test_wrong_options_are_refused(wrong, capsys):
    with pytest.raises(SystemExit):
        command.main(["folder", "sheet", *wrong] if wrong else wrong)
    assert "usage: mark" in capsys.readouterr().err


def test_help_tells_all_options(capsys):
    with pytest.raises(SystemExit):
        command.main(["--help"])
    shown = capsys.readouterr().out
    for option in (
        "--results",
        "--jobs",
        "--scheduler",
        "--trusted",
        "--again",
        "--seconds",
        "--memory",
    ):
        assert option in shown


def test_what_could_not_be_marked_is_named():
    outcome = Outcome({"a\x1b[2J": Result("a\x1b[2J", problem="the file is empty")}, 0, {"b": "X"})
    shown = command.summary(outcome, [], "marks")
    assert "  b: X" in shown and "run the command again" in shown
    assert "\x1b" not in shown


def test_progress_says_how_long_it_will_take():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    stream, times = Terminal(), iter([0, 10])
    progress = command.Progress(4, stream, lambda: next(times))
    progress(Outcome({"a": 1, "b": 2}, kept=1))
    progress(Outcome({"a": 1}, kept=1))
    progress.end()
    assert "[==========          ] 2 of 4, 0:20 left" in stream.getvalue()
    assert "1 of 4, ? left" in stream.getvalue()


def test_an_interrupt_ends_at_once(monkeypatch, capsys):
    ended = []

    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "main", interrupted)
    monkeypatch.setattr(command.os, "_exit", lambda status: (ended.append(status), 1 / 0))
    with pytest.raises(ZeroDivisionError):
        command.run()
    assert ended == [130] and "goes on from here" in capsys.readouterr().err
    monkeypatch.setattr(command, "main", lambda: 2)
    with pytest.raises(SystemExit, match="2"):
        command.run()
