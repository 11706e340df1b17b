"""The two sides, tried without a sandbox: what they answer to each request."""

import io
import json
import resource
import subprocess
import sys

import pytest

from marking.inside import border, errors, examiner, process, student


def pack(value):
    return border.pack(value)


@pytest.fixture
def ask():
    """A student's side to put questions to, with `ask.names` to fill."""

    names = {}
    theirs = student.Student(names)

    def question(request):
        return json.loads(json.dumps(theirs.answer(request)))

    question.names = names
    return question


def run(ask, source):
    return ask({"do": "run", "code": source})


def test_a_cell_runs_and_its_names_stay(ask):
    assert run(ask, "x = 2\ny = x + 1") == {"done": True}
    assert ask({"do": "fetch", "name": "y"}) == {"value": pack(3)}


@pytest.mark.parametrize(
    "source, error",
    [("1 / 0", "ZeroDivisionError"), ("x =", "SyntaxError"), ("raise SystemExit", "SystemExit")],
)
def test_what_a_cell_raises_becomes_a_reply(ask, source, error):
    assert run(ask, source) == {"error": error}


def test_functions_are_called_and_objects_refused(ask):
    run(ask, "def f(x, y=1): return x + y\nthing = object()")
    assert ask({"do": "fetch", "name": "f"}) == {"function": "f"}
    call = {"do": "call", "name": "f", "arguments": pack(((2,), {"y": 5}))}
    assert ask(call) == {"value": pack(7)}
    assert "of type object" in ask({"do": "fetch", "name": "thing"})["refused"]
    assert ask({"do": "fetch", "name": "nothing"}) == {"missing": "nothing"}


def test_values_are_put(ask):
    assert ask({"do": "put", "name": "student", "value": pack("ada")}) == {"done": True}
    assert ask.names["student"] == "ada"


def test_lines_for_the_notebook_are_left_out_and_a_modulo_is_not(ask):
    assert run(ask, "%matplotlib inline\nif True:\n    !ls\n?print\nx = (7\n%4)") == {
        "error": "SyntaxError"  # a modulo at the start of a line beside a magic: not Python
    }
    assert run(ask, "%matplotlib inline\nif True:\n    !ls\nprint?\nx = 7 % 4") == {"done": True}
    assert run(ask, "y = (7\n%4)") == {"done": True}
    assert (ask.names["x"], ask.names["y"]) == (3, 3)


def examine(ask, source, **names):
    return examiner.test({"code": source}, names, ask)


def test_a_test_uses_the_students_names_and_the_teachers_win(ask):
    run(ask, "def double(x): return 2 * x\nfactor = 100\nabs = None")
    assert examine(ask, "assert double(factor) == abs(-6)", factor=3) == {"done": True}


def test_names_are_asked_for_within_functions_and_comprehensions(ask):
    run(ask, "a, b, c = 1, 2, 3")
    source = "def total():\n    return a + sum(b * k for k in [c])\nassert total() == 7"
    assert examine(ask, source) == {"done": True}


def test_a_test_leaves_nothing_behind(ask):
    names = {}
    assert examiner.test({"code": "width = 3\nassert width"}, names, ask) == {"done": True}
    assert names == {}


@pytest.mark.parametrize(
    "code, test, words",
    [
        ("", "assert f(2) == 4", "`f` is not defined in your notebook"),
        ("f = object()", "assert f", "`f` cannot be marked: it is of type object"),
        ("def f(x): 1 / 0", "f(2)", "`f` stopped with ZeroDivisionError"),
        ("def f(x): raise NotImplementedError", "f(2)", "`f` is not answered yet"),
        ("def f(x): return f", "f(2)", "`f` gave an answer, but it is of type function"),
        ("def f(x): return x", "assert f(2) == 4, 'not 4'", "not 4"),
        ("def f(x): return x", "assert f(2) == 4", "a check was not passed"),
        ("def f(x): pass", "f(2) + 1", "the check could not use what came back (TypeError)"),
        ("def f(x): pass", "raise MemoryError", "the check ran out of memory"),
        ("class E(Exception): pass\ndef f(x): raise E", "f(2)", "`f` stopped with E"),
    ],
)
def test_what_fails_is_told_in_words(ask, code, test, words):
    run(ask, code)
    assert examine(ask, test)["failed"].startswith(words)


def test_the_words_of_a_library_are_not_shown(ask):
    run(ask, "x = [1, 2]")
    test = "import numpy\nnumpy.testing.assert_allclose(x, [3.25, 4])"
    assert examine(ask, test)["failed"] == "a check was not passed"


def test_a_test_can_expect_an_error(ask):
    run(ask, "def f(x): raise ValueError")
    source = "try:\n    f(-1)\nexcept ValueError:\n    pass\nelse:\n    assert False"
    assert examine(ask, source) == {"done": True}


def test_a_function_in_the_place_of_a_number_is_named_in_words(ask):
    run(ask, "def x(): return 1")
    words = "the function `x` came back"
    assert examine(ask, "assert x == 1, f'{x} came back'")["failed"] == words


@pytest.mark.parametrize("name", ["UnicodeDecodeError", "SystemExit", "print", "Own", None, 3])
def test_other_errors_are_the_students(name):
    assert errors.kind(name) is errors.StudentError


@pytest.mark.parametrize("reply", [{}, {"value": 3}, {"value": "{"}, {"error": 3}, {"value": None}])
def test_a_forged_answer_fails_the_test_only(reply):
    def ask(request):
        return {"function": "f"} if request["do"] == "fetch" else reply

    assert "failed" in examiner.test({"code": "f(1)"}, {}, ask)
    assert "failed" in examiner.test({"code": "f"}, {}, lambda request: reply)


def test_the_examiner_answers_each_request(ask):
    names = {}
    put = {"do": "put", "name": "student", "value": pack("ada")}
    assert examiner.answer(put, names, ask) == {"done": True}
    locked = {"do": "run", "code": "size = len(student)"}
    assert examiner.answer(locked, names, ask) == {"done": True}
    assert examiner.answer({"do": "run", "code": "x"}, names, ask)["error"].startswith("NameError")
    assert examiner.answer({"do": "test", "code": "assert size == 3"}, names, ask) == {"done": True}


def test_main_speaks_in_lines(monkeypatch):
    requests = [{"do": "run", "code": "x = 1"}, {"do": "fetch", "name": "x"}]
    shown = [json.loads(line.removeprefix("=")) for line in spoken(monkeypatch, student, requests)]
    assert shown == [{"ready": True}, {"done": True}, {"value": pack(1)}]


def test_the_examiner_asks_in_lines_and_knows_what_was_lost(monkeypatch):
    test = {"do": "test", "code": "assert f(1) == 2"}
    shown = spoken(monkeypatch, examiner, [test, {"function": "f"}, {"value": pack(2)}])
    assert shown[-1] == '={"done": true}' and [line[0] for line in shown] == ["=", "?", "?", "="]
    shown = spoken(monkeypatch, examiner, [test, {"function": "f"}, {"lost": "ended"}])
    assert json.loads(shown[-1][1:]) == {"lost": "`f` ended"}
    for garbage in ("no json", 17):
        assert '"failed"' in spoken(monkeypatch, examiner, [test, {"function": "f"}, garbage])[-1]


def test_the_examiner_knows_the_last_request(monkeypatch):
    assert spoken(monkeypatch, examiner, [{"do": "end"}]) == ['={"ready": true}']


def spoken(monkeypatch, side, lines):
    """The lines that a side writes when it reads these."""
    text = "".join((line if line == "no json" else json.dumps(line)) + "\n" for line in lines)
    replies = io.BytesIO()
    monkeypatch.setattr(process, "begin", lambda *options: (io.BytesIO(text.encode()), replies))
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    if side is student:
        side.main({})
    else:
        assert side.serve(*process.begin({})) == (0 if {"do": "end"} in lines else 1)
    return replies.getvalue().decode().splitlines()


def test_limits_are_set_for_good_and_never_above_what_holds(monkeypatch):
    limits = {}
    monkeypatch.setattr(resource, "setrlimit", lambda what, most: limits.update({what: most}))
    held = {resource.RLIMIT_NOFILE: (64, 64)}
    free = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    monkeypatch.setattr(resource, "getrlimit", lambda what: held.get(what, free))
    process.restrict(memory=100, files=10, cpu=1)
    assert limits[resource.RLIMIT_AS] == (100, 100)
    assert limits[resource.RLIMIT_NOFILE] == (64, 64)
    assert limits[resource.RLIMIT_CORE] == (0, 0)


def test_the_process_is_set_up_as_it_is_told(monkeypatch):
    restricted, replies = [], io.BytesIO()
    monkeypatch.setattr(process, "restrict", lambda *limits: restricted.append(limits))
    monkeypatch.setattr(process, "channels", lambda: (io.BytesIO(), replies))
    monkeypatch.setattr(sys, "path", list(sys.path))
    process.begin({"memory": 1, "files": 2, "cpu": 3, "packages": ["/nowhere"]})
    assert restricted == [(1, 2, 3)] and sys.path[-1] == "/nowhere"


def test_what_is_printed_goes_nowhere():
    code = (
        "import os, sys; from marking.inside import process; requests, replies = "
        "process.channels(); print('lost'); print('lost', file=sys.stderr, flush=True); "
        "assert sys.stdin.read() == ''; replies.write(requests.readline()); replies.flush()"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code],
        input=b"hello\n",
        capture_output=True,
    )
    assert (shown.stdout, shown.stderr) == (b"hello\n", b"")
