"""The mounts, the filter and the process within: what it has, what it has not, and how it ends."""

import errno
import json
import os
import platform
import shutil
import struct
import subprocess
import sys
import time

import pytest

from marking import Limits, SandboxError, bwrap, seccomp
from marking.inside import border
from marking.sandbox import Deadline, Lost, Sandbox, check

LIMITS = Limits(seconds=2)


@pytest.fixture
def process(sandbox):
    process = Sandbox("student", LIMITS)
    yield process
    process.close()


def ask(process, seconds=20, most=1 << 16, **request):
    deadline = Deadline(time.monotonic() + seconds, "ran too long")
    line = process.exchange(json.dumps(request).encode(), deadline, most)
    return json.loads(line.removeprefix(b"="))


def value(process, source):
    """What a line of Python comes to inside."""
    assert ask(process, do="run", code=source) == {"done": True}
    return border.unpack(ask(process, do="fetch", name="x")["value"])


def test_the_machine_inside_is_almost_empty(process):
    folders = set(value(process, "import os; x = os.listdir('/')"))
    assert folders <= {
        *("bin", "lib", "lib64", "usr", "etc", "dev", "tmp"),
        *("python", "packages", "marking"),
    }
    assert value(process, "x = os.listdir('/marking')") == ["inside"]
    assert set(value(process, "x = os.listdir('/etc')")) <= {"ld.so.cache", "alternatives"}
    assert value(process, "x = os.listdir('/tmp')") == []
    paths = value(process, "import sys; x = sys.path")
    assert all(path.startswith(("/python/", "/packages/", "/usr/")) for path in paths)


def test_the_environment_is_the_same_everywhere(process, monkeypatch):
    monkeypatch.setenv("SECRET", "42")
    other = Sandbox("student", LIMITS)
    names = [value(p, "import os; x = sorted(os.environ)") for p in (process, other)]
    other.close()
    assert names[0] == names[1] and "SECRET" not in names[0]


def test_no_descriptor_of_the_marker_is_open(process, tmp_path):
    with open(tmp_path / "secret", "w") as file:
        os.set_inheritable(file.fileno(), True)
        other = Sandbox("student", LIMITS)
    source = (
        "import os\nx = []\nfor number in range(256):\n"
        "    try: os.fstat(number); x.append(number)\n"
        "    except OSError: pass"
    )
    found = value(other, source)
    other.close()
    assert found == [0, 1, 2, 3, 4]


def test_the_limits_hold(process):
    source = (
        "import resource\nx = {name: resource.getrlimit(getattr(resource, 'RLIMIT_' + name)) "
        "for name in ('AS', 'FSIZE', 'CPU', 'CORE', 'NOFILE')}"
    )
    assert value(process, source) == {
        "AS": (LIMITS.memory,) * 2,
        "FSIZE": (LIMITS.files,) * 2,
        "CPU": (301,) * 2,
        "CORE": (0, 0),
        "NOFILE": (256, 256),
    }
    raised = "resource.setrlimit(resource.RLIMIT_AS, (-1, -1))"
    assert ask(process, do="run", code=raised)["error"] in ("ValueError", "PermissionError")


def test_pictures_can_be_drawn(process):
    source = (
        "import matplotlib.pyplot as plt, io\nplt.plot([1, 2])\nfile = io.BytesIO()\n"
        "plt.savefig(file)\nx = len(file.getvalue())"
    )
    assert ask(process, seconds=60, do="run", code=source) == {"done": True}
    assert border.unpack(ask(process, do="fetch", name="x")["value"]) > 1000


def test_what_takes_too_long_is_lost_and_nothing_is_left(process):
    start = time.monotonic()
    with pytest.raises(Lost, match="ran too long"):
        ask(process, seconds=0.5, do="run", code="while True: pass")
    assert time.monotonic() - start < 10
    assert process.process.poll() is not None


def test_what_dies_is_lost(process):
    with pytest.raises(Lost, match="ended its process"):
        ask(process, do="run", code="import os; os._exit(0)")


def test_an_answer_that_is_too_large_is_lost(process):
    assert ask(process, do="run", code="x = 'y' * 10**6") == {"done": True}
    with pytest.raises(Lost, match=r"larger than 0\.0625 MB"):
        ask(process, do="fetch", name="x")


def test_a_request_that_is_not_read_is_lost(process):
    deadline = Deadline(time.monotonic() + 20, "ran too long")
    process.wait_until_ready()
    os.killpg(process.process.pid, 9)
    with pytest.raises(Lost):
        process.exchange(b"x" * 10**7, deadline)


def test_without_bubblewrap_nothing_starts(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(SandboxError, match=r"apt install bubblewrap.*--trusted"):
        check()
    check(trusted=True)


def test_where_bubblewrap_cannot_run_nothing_starts(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: "/bin/false")
    with pytest.raises(SandboxError, match="does not run here"):
        check()


def test_on_another_processor_nothing_starts(sandbox, monkeypatch):
    monkeypatch.setattr(platform, "machine", lambda: "z80")
    with pytest.raises(SandboxError, match="kind of processor"):
        check()


def test_the_sheet_may_not_lie_where_it_can_be_read(tmp_path):
    bwrap.refuse_visible(tmp_path / "sheet.ipynb")
    with pytest.raises(SandboxError, match="move it elsewhere"):
        bwrap.refuse_visible("/usr/share/sheet.ipynb")
    (tmp_path / "link.ipynb").symlink_to("/usr/share")
    with pytest.raises(SandboxError, match="move it elsewhere"):
        bwrap.refuse_visible(tmp_path / "link.ipynb")


def test_fonts_of_the_system_are_not_there_to_be_listed(sandbox):
    assert bwrap.FONTS
    process = Sandbox("student", LIMITS)
    source = f"import os\nx = [os.listdir(f) for f in {bwrap.FONTS} if os.path.isdir(f)]"
    assert not any(value(process, source))
    process.close()


def run_filter(program, number, architecture):
    """What the filter says to a call: an independent reading of the kernel's language."""
    steps, at, value = list(struct.iter_unpack("HBBI", program)), 0, 0
    while True:
        code, if_true, if_false, k = steps[at]
        at += 1
        if code == 0x20:
            value = {0: number, 4: architecture}[k]
        elif code == 0x06:
            return k
        else:
            assert code in (0x15, 0x35)
            at += if_true if (value == k if code == 0x15 else value >= k) else if_false


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_denies_what_it_lists_and_no_more(machine):
    program, architecture = seccomp.call_filter(machine), seccomp.ARCHITECTURE[machine]
    denied = seccomp.DENIED[machine] | seccomp.SHARED
    assert len(set(denied.values())) == len(denied)
    for name, number in denied.items():
        error = errno.ENOSYS if name == "clone3" else errno.EPERM
        assert run_filter(program, number, architecture) == seccomp.ERROR | error
        assert run_filter(program, number, 0x40000003) == seccomp.KILL  # a call of 32 bits
        assert run_filter(program, number | seccomp.X32, architecture) == seccomp.KILL
    for number in set(range(500)) - set(denied.values()):
        assert run_filter(program, number, architecture) == seccomp.ALLOW


def test_only_the_examiner_may_fork():
    program, architecture = (
        seccomp.call_filter("x86_64", may_fork=True),
        seccomp.ARCHITECTURE["x86_64"],
    )
    for name, number in (seccomp.DENIED["x86_64"] | seccomp.SHARED).items():
        allowed = run_filter(program, number, architecture) == seccomp.ALLOW
        assert allowed == (name in seccomp.FORKS)


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the numbers are those of x86_64")
def test_the_numbers_are_those_of_the_kernel(sandbox):
    """Each denied call, made inside by its number, is refused."""
    numbers = sorted((seccomp.DENIED["x86_64"] | seccomp.SHARED).values())
    source = (
        "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\nx = []\n"
        f"for number in {numbers}:\n    libc.syscall(number, 0, 0, 0, 0, 0)\n"
        "    x.append(ctypes.get_errno())"
    )
    process = Sandbox("student", LIMITS)
    assert set(value(process, source)) == {errno.EPERM, errno.ENOSYS}
    process.close()


def test_nothing_outlives_the_marker(sandbox, tmp_path):
    """Killed while a student's endless loop runs, the marker takes the sandbox with it."""
    code = (
        "import sys, time; from marking.sandbox import *; "
        "p = Sandbox('student', Limits()); p.wait_until_ready(); print(p.process.pid, flush=True); "
        "end = Deadline(time.monotonic() + 99, ''); "
        'p.exchange(b\'{"do": "run", "code": "while True: pass"}\', end)'
    )
    marker = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
    )
    bubblewrap = int(marker.stdout.readline())
    time.sleep(0.2)
    marker.kill()
    marker.wait()
    marker.stdout.close()
    deadline = time.monotonic() + 20
    while lives(bubblewrap) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not lives(bubblewrap)


def lives(pid):
    """Whether a process runs; one that waits to be reaped does not."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
