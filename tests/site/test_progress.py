"""The build says where it is: a line for each chapter, or a bar on a terminal."""

import io
from types import SimpleNamespace

import pytest
from pages import progress
from pages.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def counted(stream):
    """What a count of three says, each of which takes 40 seconds."""
    now = iter([0, 40, 80, 120])
    counting = Progress("chapters", 3, stream, clock=lambda: next(now))
    for name in ("chain", "slopes", "errata"):
        counting.begin(name)
    counting.end()
    return stream.getvalue()


def test_each_is_a_line_with_the_time_that_is_left():
    assert counted(io.StringIO()).splitlines() == [
        "  chapters 1 of 3: chain",
        "  chapters 2 of 3: slopes, 1:20 left",
        "  chapters 3 of 3: errata, 0:40 left",
        "  chapters: 3 in 2:00",
    ]


def test_a_terminal_shows_one_line_with_a_bar():
    lines = counted(Terminal()).split("\r\033[K")
    assert lines[1] == "[" + " " * 20 + "] chapters 1 of 3: chain"
    assert lines[3] == "[" + "=" * 13 + " " * 7 + "] chapters 3 of 3: errata, 0:40 left"
    assert lines[4] == "[" + "=" * 20 + "] chapters: 3 in 2:00\n"


class App:
    """What Sphinx does with events."""

    def __init__(self):
        self.heard = {}

    def connect(self, event, told):
        self.heard.setdefault(event, []).append(told)

    def emit(self, event, *arguments):
        return [told(self, *arguments) for told in self.heard.get(event, ())]


@pytest.fixture
def app():
    app = App()
    app.env = SimpleNamespace(
        found_docs={"chapters/intro", "chapters/chain"},
        doc2path=lambda name: name + (".md" if name.endswith("intro") else ".ipynb"),
    )
    progress.setup(app)
    return app


def test_notebooks_are_counted_as_they_are_read(app, capsys):
    app.emit("env-before-read-docs", app.env, ["chapters/chain", "chapters/intro"])
    app.emit("source-read", "chapters/chain", [""])
    app.emit("source-read", "chapters/intro", [""])
    app.emit("env-updated", app.env)
    shown = capsys.readouterr().err.splitlines()
    assert shown == ["  chapters 1 of 1: chain", "  chapters: 1 in 0:00"]


def test_nothing_is_said_where_no_notebook_has_changed(app, capsys):
    app.emit("env-before-read-docs", app.env, ["chapters/intro"])
    app.emit("source-read", "chapters/intro", [""])
    app.emit("env-updated", app.env)
    assert capsys.readouterr().err == ""


def test_pages_are_counted_as_they_are_written(app, capsys):
    app.emit("write-started", None)
    for page in ("chapters/chain", "chapters/intro", "search"):
        assert app.emit("html-page-context", page, "page.html", {}, None) == [None]
    app.emit("build-finished", None)
    assert "  pages 2 of 2: intro, 0:00 left" in capsys.readouterr().err.splitlines()
