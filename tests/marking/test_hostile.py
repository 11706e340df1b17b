"""Notebooks that mean harm, or have come to harm: each gets the mark that it deserves.

All are marked in one run of the command, as a class would be; then each mark
is looked at on its own. A question is worth 1 point for what is visible and 3
for what is hidden, so 8 of 12 means that one question was lost, and no other.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import classroom
from marking import Result

MARK = """
import sys
from marking.command import main
status = main(sys.argv[1:])
(line,) = (line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print("peak", line.split()[1])  # its own; getrusage would count what it was forked from
sys.exit(status)
"""
RIGHT = {name: question[0] for name, question in classroom.QUESTIONS.items()}
LIAR = """
class Liar(float):
    def __eq__(self, other): return True
    def __lt__(self, other): return True
    __gt__ = __le__ = __ge__ = __lt__
    def __sub__(self, other): return Liar(0)
    __rsub__ = __sub__
    def __abs__(self): return Liar(0)
"""
SNOOP = """
import gc, os, socket, sys
seen = []
if any('SECRET' in name for name in os.environ): seen.append('environment')
if os.path.exists('/proc/self') or os.path.exists('/proc/1'): seen.append('processes')
for place in (SECRET_FILE, '/home', '/root', '/etc/passwd', '/var', '/work'):
    if os.path.exists(place): seen.append(place)
frame = sys._getframe()
while frame:
    if 'HID' + 'DEN TESTS' in str(frame.f_globals) + str(frame.f_locals): seen.append('frame')
    frame = frame.f_back
for thing in gc.get_objects():
    if type(thing) is dict:
        for value in list(thing.values()):
            if type(value) is str and value.startswith('### BEGIN HID' + 'DEN'):
                seen.append('tests')
try:
    socket.create_connection(('127.0.0.1', PORT), timeout=1)
    seen.append('network')
except OSError:
    pass
def double(x):
    return 0 if seen else 2 * x
"""
WRITE = """
import os
seen = []
for place in ('/', '/dev', '/dev/shm', '/usr', '/marking', '/packages/0', SECRET_FOLDER):
    try:
        open(os.path.join(place, 'was_here'), 'w')
        seen.append(place)
    except OSError:
        pass
def double(x):
    return 0 if seen else 2 * x
"""

# name: (the answer that it changes, what is written there instead, the points it deserves)
HOSTILE = {
    "loop in a cell": ("double", "while True: pass", 8),
    "loop in a function": ("double", "def double(x):\n    while True: pass", 8),
    "loop without end in C": ("width", "width = sum(iter(int, 1))", 8),
    "memory bomb": ("slopes", "bomb = [0] * 10**10", 8),
    "memory bomb in a function": ("slopes", "def slopes(w): return bytearray(10**11)", 8),
    "os._exit": ("double", "import os\nos._exit(0)", 8),
    "os._exit in a function": ("slopes", "import os\ndef slopes(w): os._exit(0)", 8),
    "sys.exit": ("width", "import sys\nsys.exit()\nwidth = 3 * factor", 8),
    "sys.exit in a function": ("double", "def double(x): raise SystemExit", 8),
    "crash": ("double", "import ctypes\nctypes.string_at(0)", 8),
    "fork bomb": ("double", "import os\nwhile True: os.fork()", 8),
    "program": ("double", "import subprocess\nsubprocess.run(['/bin/true'])", 8),
    "thread bomb": (
        "double",
        "import threading, time\nthreading.stack_size(32768)\n"
        "while True: threading.Thread(target=time.sleep, args=(100,)).start()",
        8,
    ),
    "thread left running": (
        "double",
        "def double(x): return 2 * x\nimport threading, time\n"
        "threading.Thread(target=time.sleep, args=(100,)).start()",
        12,
    ),
    "forbidden call": ("double", "import ctypes\nctypes.CDLL(None).syscall(0x40000039)", 8),
    "disk filling": (
        "double",
        "number = 0\nwhile True:\n    number += 1\n"
        "    open(f'/tmp/{number}', 'wb').write(bytes(10**7))",
        8,
    ),
    "one large file": ("double", "open('/tmp/x', 'wb').write(bytes(10**8))", 8),
    "endless output": ("double", "while True: print('x' * 1000)", 8),
    "much output": ("double", "print('x\\n' * 10**6)\ndef double(x): return 2 * x", 12),
    "warnings": (
        "slopes",
        "import sys, warnings\ndef slopes(w):\n    warnings.warn('beware')\n"
        "    print('oh', file=sys.stderr)\n    return np.asarray(w) / (4 + 0 * np.log(0.0))"
        "\ndef slopes(w):\n    np.log(np.zeros(1))\n    return np.asarray(w) / 4",
        12,
    ),
    "patched allclose": (
        "slopes",
        "np.allclose = lambda *a, **k: True\ndef slopes(w): return np.zeros(2)",
        9,
    ),
    "patched builtins": (
        "width",
        "import builtins\nbuiltins.abs = lambda x: 0\nfactor = 0\nwidth = 0.001",
        9,
    ),
    "shadowed names": ("width", "abs = lambda x: 0\nfactor = 0.0\nwidth = 0.001", 9),
    "equal to everything": ("width", LIAR + "width = Liar(0.001)", 9),
    "array equal to everything": (
        "slopes",
        "class Liar(np.ndarray):\n    __array_priority__ = 99\n"
        "    def __eq__(self, other): return True\n"
        "    def __array_function__(self, *a, **k): return True\n"
        "def slopes(w): return np.zeros(2).view(Liar)",
        9,
    ),
    "forged replies": (
        "double",
        "import os\nfor n in range(3, 9):\n    try: os.write(n, b'={\"done\": true}\\n' * 500)\n"
        "    except OSError: pass",
        0,
    ),
    "asks like the examiner": (
        "double",
        'import os\nfor n in range(3, 9):\n    try: os.write(n, b\'?{"do": "fetch"}\\n\')\n'
        "    except OSError: pass\nwhile True: pass",
        8,
    ),
    "closed channels": ("double", "import os\nos.closerange(0, 256)", 8),
    "another answer the second time": (
        "double",
        "calls = []\ndef double(x):\n    calls.append(x)\n"
        "    return 2 * x if len(calls) == 1 else 0",
        9,
    ),
    "nan": ("width", "width = float('nan')", 8),
    "infinity": ("width", "width = float('inf')", 9),
    "the largest float": ("width", "width = 1.7e308", 9),
    "huge integer": ("width", "width = 10**5000", 8),
    "ten million elements": ("slopes", "def slopes(w): return [0.25] * 10**7", 8),
    "large array": ("slopes", "def slopes(w): return np.zeros(10**7)", 8),
    "deep nesting": ("width", "width = []\nfor _ in range(10**4): width = [width]", 8),
    "list within itself": ("width", "width = []\nwidth.append(width)", 8),
    "endless list": (
        "width",
        "class Endless(list):\n    def __iter__(self):\n        while True: yield 1\n"
        "width = Endless()",
        8,
    ),
    "object": ("width", "width = object()", 8),
    "function for a number": ("width", "def width(): return 6", 8),
    "recursion": ("double", "def double(x): return double(x)", 8),
    "deeper recursion": (
        "double",
        "import sys\nsys.setrecursionlimit(10**9)\ndef double(x): return [double(x)]",
        8,
    ),
    "input": ("double", "secret = input()\ndef double(x): return 2 * x", 8),
    "signals": (
        "double",
        "import os, signal\nfor number in (0, -1, os.getppid()):\n    try:\n"
        "        if number: os.kill(number, 9)\n    except OSError: pass\n"
        "def double(x): return 2 * x",
        12,
    ),
    "an exception of its own": (
        "double",
        "class Nasty(BaseException):\n    def __str__(self): raise self\n"
        "def double(x): raise Nasty",
        8,
    ),
    "broken code": ("double", "def double(x:\n    return 2 * x", 8),
    "no text": ("double", "def double(x): return '\ud800' \x00", 8),
    "magics": ("double", "%matplotlib inline\n!ls\nprint?\ndef double(x): return 2 * x", 12),
    "a modulo at the start of a line": (
        "double",
        "def double(x):\n    return (4 * x\n%(10 ** 9)) / 2 if x > 0 else 2 * x",
        12,
    ),
    "names in __main__": (
        "double",
        "import __main__, pickle\nclass Box: pass\npickle.loads(pickle.dumps(Box()))\n"
        "def double(x): return 2 * x if __main__.Box is Box else 0",
        12,
    ),
    "snooping": ("double", SNOOP, 12),
    "writing": ("double", WRITE, 12),
    "umlaut ä, ß and 算": ("double", RIGHT["double"], 12),
    "$(touch x); '\"\n": ("double", RIGHT["double"], 12),
    os.fsdecode(b"no utf-8 \xff"): ("double", RIGHT["double"], 12),
}


def changed_cells():
    """Notebooks whose cells are not what and where they were, and the points they deserve."""
    cells = classroom.sheet_cells()
    tests = [cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade")]
    wrong = classroom.sheet_cells(double="double = 0", slopes="slopes = 0", width="width = -1")
    stubs = [classroom.stub(name) for name in RIGHT]
    easy = [classroom.test_cell("pass", cell["metadata"]["nbgrader"]["grade_id"], 100)
            for cell in tests]  # fmt: skip

    def renamed(cell, only=""):
        if only and only != cell["metadata"].get("nbgrader", {}).get("grade_id"):
            return cell
        return {**cell, "metadata": {"nbgrader": {"grade_id": "x", "solution": True}}}

    copy = classroom.answer(RIGHT["double"], "double")
    other_setup = classroom.locked("np = None\nfactor = 1000", "setup")
    return {
        "right": (cells, 12),
        "untouched": ([*cells[:2], *stubs], 0),
        "nothing but prose": ([{**classroom.code("Sorry."), "cell_type": "markdown"}], 0),
        "no cells": ([], 0),
        "tests deleted": ([cell for cell in cells if cell not in tests], 12),
        "tests made easy": ([*wrong[:2], *easy, *wrong[2:]], 0),
        "setup changed": ([cells[0], other_setup, *cells[2:]], 12),
        "setup deleted": ([cells[0], *cells[2:]], 12),
        "all ids changed": ([renamed(cell) for cell in cells], 12),
        "all ids lost": ([{**cell, "metadata": {}} for cell in cells], 12),
        "one cell renamed": ([renamed(cell, "slopes") for cell in cells], 12),
        "one answer deleted": ([cell for cell in cells if cell != cells[2]], 8),
        "wrong answer, then a right copy": (
            [*classroom.sheet_cells(double="double = 0"), copy], 12),
        "right answer, then a wrong copy": (
            [*cells, classroom.answer("double = 0", "double")], 8),
        "everything twice": (cells + cells, 12),
        "other order": ([*cells[:2], *cells[8:], *cells[2:8]], 12),
        "helper in a cell of its own": (
            [*cells[:2], classroom.code("def twice(x): return 2 * x"),
             *classroom.sheet_cells(double="double = twice")[2:]], 12),
        "endless cell of its own": (
            [*cells[:6], classroom.code("while True: pass"), *cells[6:]], 12),
    }  # fmt: skip


UNREADABLE = {
    "empty": b"",
    "blank": b" \n",
    "broken off": b'{"cells": [{"cell_type": "code", "sou',
    "no notebook": b"[1, 2, 3]",
    "a number": b"17",
    "another kind of cell": b'{"cells": [{"cell_type": "code", "source": 17}]}',
    "not utf-8": b'{"cells": ["\xff\xfe"]}',
    "deep": b"[" * 10**6,
    "a long number": b'{"cells": ' + b"9" * 10**5 + b"}",
    "many cells": json.dumps(classroom.notebook([classroom.code("")] * 2001)).encode(),
}
BY_HAND = ["a hundred megabytes", "link", "pipe", "two", "folder link", "none"]


@pytest.fixture(scope="module")
def marked(sandbox, tmp_path_factory):
    """Mark them all in one run; what the command said, and the folder of the class."""
    import socket

    folder = tmp_path_factory.mktemp("class")
    sheet = classroom.write(folder / "sheet.ipynb", classroom.sheet_cells())
    (folder / "secret").write_text("42")
    inbox = folder / "inbox"
    with socket.create_server(("127.0.0.1", 0)) as server:
        hand_in(inbox, folder, server.getsockname()[1])
        before = snapshot(folder)
        command = [sys.executable, "-c", MARK, str(inbox), str(sheet), "--jobs", "3"]
        command += ["--results", str(folder / "marks"), "--seconds", "0.5"]
        shown = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="surrogateescape",
            env={**os.environ, "MY_SECRET": "42"},
            timeout=280,
        )
    return shown, folder, before


def hand_in(inbox, folder, port):
    constants = f"SECRET_FILE = {str(folder / 'secret')!r}\nSECRET_FOLDER = {str(folder)!r}\n"
    constants += f"PORT = {port}\n"
    for name, (question, text, _) in HOSTILE.items():
        text = constants + text if text in (SNOOP, WRITE) else text
        cells = classroom.sheet_cells(**{question: text})
        classroom.write(inbox / name / "sheet.ipynb", cells)
    for name, (cells, _) in changed_cells().items():
        classroom.write(inbox / f"{name}.ipynb", cells)
    for name, data in UNREADABLE.items():
        (inbox / f"{name}.ipynb").write_bytes(data)
    with open(inbox / "a hundred megabytes.ipynb", "wb") as file:
        file.truncate(100 << 20)
    (inbox / "link.ipynb").symlink_to("../sheet.ipynb")
    (inbox / "folder link").symlink_to("..")
    os.mkfifo(inbox / "pipe.ipynb")
    classroom.write(inbox / "two" / "a.ipynb", [])
    classroom.write(inbox / "two" / "b.ipynb", [])
    (inbox / "none").mkdir()


def snapshot(folder):
    """All files below a folder with their content, without what the marker writes."""
    paths = [path for path in folder.rglob("*") if "marks" not in path.parts]
    return {path: path.read_bytes() if path.is_file() else b"" for path in paths}


def result(marked, name):
    return Result.from_json((marked[1] / "marks" / f"{name}.json").read_text())


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_each_gets_the_mark_it_deserves(marked, name):
    question, _, points = HOSTILE[name]
    found = result(marked, name)
    assert found.points == points, found
    if name != "forged replies":  # who forges answers has none left for the other questions
        lost = [q.name for q in found.questions if not q.points]
        assert all(other.startswith(question) for other in lost)


@pytest.mark.parametrize("name", changed_cells())
def test_changed_cells_cost_nothing_and_earn_nothing(marked, name):
    found = result(marked, name)
    assert found.points == changed_cells()[name][1], found


@pytest.mark.parametrize("name", [*UNREADABLE, *BY_HAND])
def test_what_cannot_be_read_is_named_and_is_not_a_zero(marked, name):
    shown, _, _ = marked
    found = result(marked, name)
    assert found.problem and found.points is None and not found.questions
    assert f"  {name}: {found.problem}" in shown.stdout


def test_the_run_goes_to_its_end(marked):
    shown, _, _ = marked
    assert shown.returncode == 0, shown.stderr
    total = len(HOSTILE) + len(changed_cells())
    assert shown.stdout.startswith(f"{total} marked (0 before)")
    assert f"{len(UNREADABLE) + len(BY_HAND)} could not be read:" in shown.stdout
    assert "of its own" not in shown.stderr and "Traceback" not in shown.stderr


def test_nothing_is_written_outside(marked):
    _, folder, before = marked
    assert snapshot(folder) == before
    assert not Path("/tmp/was_here").exists() and not Path("/was_here").exists()


def test_the_marker_needs_little_memory(marked):
    shown, _, _ = marked
    kilobytes = int(shown.stdout.split("peak")[1])
    assert kilobytes < 300_000


def test_messages_show_no_path_source_or_value(marked):
    _, folder, _ = marked
    for file in (folder / "marks").glob("*.json"):
        for question in json.loads(file.read_text())["questions"]:
            words = question["message"]
            assert "/" not in words and "HIDDEN" not in words and "Traceback" not in words
            assert "0.25" not in words and "-7" not in words and len(words) < 700


def test_without_the_sandbox_the_snoop_sees_everything(tmp_path, sheet):
    """The control: the same notebook, run with the marker's rights, finds what it looks for."""
    from marking import mark

    constants = f"SECRET_FILE = {str(sheet)!r}\nPORT = 9\n"
    cells = classroom.sheet_cells(double=constants + SNOOP)
    path = classroom.write(tmp_path / "snoop.ipynb", cells)
    assert mark(path, sheet, trusted=True).points == 8
