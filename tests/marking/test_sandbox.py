"""The mounts, the filter and the process within: what it has, what it has not, and how it ends."""

import builtins
import errno
import json
import os
import platform
import shutil
import socket
import struct
import subprocess
import sys
import time

import pyseccomp
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


@pytest.mark.parametrize("error", [ImportError, RuntimeError])  # no binding; no library
def test_without_libseccomp_nothing_starts(sandbox, monkeypatch, error):
    def refuse(name, *arguments):
        if name == "pyseccomp":
            raise error
        return real(name, *arguments)

    real = builtins.__import__
    monkeypatch.setattr(builtins, "__import__", refuse)
    seccomp.call_filter.cache_clear()
    with pytest.raises(SandboxError, match=r"libseccomp.*apt install bubblewrap libseccomp2"):
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


ALLOW, KILL, ERROR = 0x7FFF0000, 0x80000000, 0x00050000
NATIVE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
X32, NUMBERS = 0x40000000, range(700)
STAGES = ("start", "student", "examiner")
REFUSED = """
fork vfork clone clone3 execve execveat socket connect bind listen accept accept4 sendmsg recvmsg
sendmmsg ptrace process_vm_readv process_vm_writev pidfd_open pidfd_getfd unshare setns mount
umount2 pivot_root chroot fsopen open_tree move_mount mount_setattr bpf perf_event_open userfaultfd
io_uring_setup add_key request_key keyctl shmget shmat msgget semget mq_open memfd_create
memfd_secret personality modify_ldt iopl ioperm init_module finit_module delete_module kexec_load
reboot swapon swapoff acct quotactl syslog sethostname setdomainname settimeofday clock_settime
clock_adjtime adjtimex setuid setgid setreuid setresuid setgroups capset seccomp kcmp
name_to_handle_at open_by_handle_at fanotify_init inotify_init1 landlock_create_ruleset vhangup
lookup_dcookie nfsservctl vmsplice splice tee mknod mknodat link linkat symlink symlinkat chown
fchown lchown setxattr sched_setscheduler sched_setaffinity setpriority ioprio_set mbind
set_mempolicy migrate_pages move_pages mlock mlockall pkey_alloc tkill timer_create
""".split()


def number(call):
    """The number of a call here; negative where this kind of processor does not have it."""
    return pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, call)


def run_filter(stage, call, arguments=(), architecture=None):
    """What the filter says to a call: an independent reading of the kernel's language."""
    words = {0: call, 4: architecture or NATIVE[platform.machine()]}
    for place, argument in enumerate(arguments):
        words |= {16 + 8 * place: argument & 0xFFFFFFFF, 20 + 8 * place: argument >> 32}
    steps, at, value = list(struct.iter_unpack("HBBI", seccomp.call_filter(stage))), 0, 0
    jumps = {0x15: int.__eq__, 0x25: int.__gt__, 0x35: int.__ge__, 0x45: int.__and__}
    while True:
        code, if_true, if_false, k = steps[at]
        at += 1
        if code == 0x06:
            return k
        if code == 0x20:
            value = words.get(k, 0)
        elif code == 0x54:
            value &= k
        elif code == 0x05:
            at += k
        else:
            at += if_true if jumps[code](value, k) else if_false


known_machine = pytest.mark.skipif(platform.machine() not in NATIVE, reason="of unknown number")


@known_machine
@pytest.mark.parametrize("stage", STAGES)
def test_the_filter_allows_what_it_lists_and_no_more(stage):
    more = {"start": ["execve", "seccomp", "fork", "vfork", "clone"], "examiner": ["fork", "clone"]}
    listed = {number(call) for call in [*seccomp.ALLOWED, *more.get(stage, [])]}
    for call in NUMBERS:
        told = run_filter(stage, call)
        if call in listed:
            assert told == ALLOW
        else:
            error = errno.ENOSYS if call == number("clone3") else errno.EPERM
            assert told == ERROR | error
        assert run_filter(stage, call, architecture=0x40000003) == KILL  # a call of 32 bits
        if platform.machine() == "x86_64":
            assert run_filter(stage, call | X32) in (KILL, ERROR | errno.EPERM)


@known_machine
@pytest.mark.parametrize("call", REFUSED)
def test_what_could_reach_out_is_refused(call):
    known = number(call)
    assert known != -1, "libseccomp does not know it"
    assert known < 0 or run_filter("student", known) & 0xFFFF0000 == ERROR


@known_machine
@pytest.mark.parametrize("stage", STAGES)
def test_no_family_of_sockets_but_a_local_pair(stage):
    for family in range(64):
        pair = run_filter(stage, number("socketpair"), [family, socket.SOCK_STREAM])
        assert (pair == ALLOW) == (family == socket.AF_UNIX)
        assert run_filter(stage, number("socket"), [family, socket.SOCK_STREAM]) != ALLOW
    high = socket.AF_UNIX | 1 << 40  # what the kernel would take for AF_UNIX
    assert run_filter(stage, number("socketpair"), [high, 1]) != ALLOW


@known_machine
@pytest.mark.parametrize("stage", STAGES)
def test_only_harmless_requests_are_made_of_files_and_processes(stage):
    ioctls = {n for n in range(0x10000) if run_filter(stage, number("ioctl"), [0, n]) == ALLOW}
    assert ioctls == set(seccomp.IOCTL) and 0x5412 not in ioctls  # TIOCSTI types for the user
    options = {n for n in range(100) if run_filter(stage, number("prctl"), [n]) == ALLOW}
    assert options == {15, 16}  # the name of a thread
    for namespace in (0x20000, 0x10000000, 0x40000000, 0x80):
        assert run_filter(stage, number("clone"), [namespace | 0x10000]) != ALLOW
        assert run_filter(stage, number("clone"), [namespace | 17]) != ALLOW


def test_the_kernel_refuses_what_the_filter_refuses(process):
    """Each call that is not listed, made inside by its number.

    But for 335 and 336, by which a traced program comes back to the kernel on
    x86_64: no filter sees them, and who makes them otherwise is ended.
    """
    listed = {number(call) for call in seccomp.ALLOWED} | {335, 336}
    numbers = sorted(set(range(470)) - listed)
    source = (
        "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\nx = []\n"
        f"for number in {numbers}:\n    libc.syscall(number, 0, 0, 0, 0, 0, 0)\n"
        "    x.append(ctypes.get_errno())"
    )
    assert set(value(process, source)) == {errno.EPERM, errno.ENOSYS}


def test_the_kernel_refuses_every_family(process):
    source = (
        "import socket\nx = []\nfor family in range(64):\n"
        "    for make in (socket.socket, socket.socketpair):\n"
        "        for kind in (1, 2, 3):\n"
        "            try: make(family, kind); x.append((make.__name__, family))\n"
        "            except OSError: pass"
    )
    assert set(value(process, source)) == {("socketpair", socket.AF_UNIX)}


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the code is that of x86_64")
def test_calls_of_32_bits_end_the_process(process):
    source = (
        "import ctypes, mmap\nm = mmap.mmap(-1, 4096, prot=7)\n"
        "m.write(bytes.fromhex('b814000000cd80c3'))  # mov eax, 20; int 0x80; ret\n"
        "place = ctypes.addressof(ctypes.c_char.from_buffer(m))\n"
        "ctypes.CFUNCTYPE(ctypes.c_int)(place)()"
    )
    with pytest.raises(Lost, match="ended its process"):
        ask(process, do="run", code=source)


@pytest.mark.parametrize("side", ["student", "examiner"])
def test_no_program_starts_and_no_filter_is_added_on_either_side(sandbox, side):
    process = Sandbox(side, LIMITS)
    source = (
        "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        "try: os.execv('/usr/bin/env', ['env']); assert 0\nexcept PermissionError: pass\n"
        f"assert libc.syscall({number('seccomp')}, 0, 0, 0) == -1 and ctypes.get_errno() == 1"
    )
    assert ask(process, do="run", code=source) == {"done": True}
    process.close()


def test_a_few_threads_work_and_more_cannot_be_had(process):
    source = """
import asyncio, threading
from concurrent.futures import ThreadPoolExecutor
def work(n):
    found.append(n)
found, threads = [], [threading.Thread(target=work, args=(n,)) for n in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join(5)
with ThreadPoolExecutor(4) as pool: squares = list(pool.map(lambda n: n * n, range(20)))
later = await asyncio.to_thread(sum, [1, 2])
alive = [thread.is_alive() for thread in threads]
held = threading.Event()
try:
    for n in range(100): threading.Thread(target=held.wait).start()
except RuntimeError as error: words = str(error)
held.set()
x = [sorted(found), squares[-1], later, alive, n < 20, words]
"""
    assert value(process, source) == [
        [0, 1, 2],
        361,
        3,
        [False] * 3,
        True,
        "can't start new thread",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "import _thread\n_thread.start_new_thread(print, ())",
        "import threading\nt = threading.Thread()\nt.join()",
        "import threading\nt = threading.Thread()\nt.start()\nt.start()",
    ],
)
def test_threads_are_refused_as_python_refuses_them(process, source):
    assert ask(process, do="run", code=source) == {"error": "RuntimeError"}


def test_a_thread_that_fails_leaves_room_for_the_next(process):
    source = """
import threading
for n in range(50):
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join(5)
x = thread.is_alive()
"""
    assert value(process, source) is False


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
