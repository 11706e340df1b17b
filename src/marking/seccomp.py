"""The filter of system calls: a process in the sandbox may do what is listed here, nothing else.

libseccomp makes the filter, for the processor that it runs on; bubblewrap
hands it to the kernel. Python is started under the first filter, which still
allows a program to start and the second filter to be added. The second one is
added before a line of a notebook runs, and no filter can be taken away again.

Not listed, and so refused: new processes (the examiner may fork), programs,
sockets of any family but a pair of local ones within the process, memory that
the limits do not count, other users' processes, namespaces, mounts, keys,
terminals, and whatever kernels to come will offer.
"""

import errno
import os
from functools import cache
from typing import Any, BinaryIO, Literal

from marking.bwrap import INSTALL, SandboxError

Stage = Literal["start", "student", "examiner"]

FILES = """
read write readv writev pread64 pwrite64 preadv pwritev open openat close close_range lseek
fstat stat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat getdents64
getcwd chdir mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 truncate ftruncate
fallocate fsync fdatasync flock fcntl dup dup2 dup3 pipe pipe2 umask chmod fchmod fchmodat
utimensat statfs fstatfs sendfile copy_file_range fadvise64
"""
MEMORY = "mmap munmap mprotect mremap madvise brk msync mincore membarrier"
TIME = """
clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time times getitimer setitimer
alarm pause
"""
WAITING = """
poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2
eventfd2 futex wait4 waitid
"""
SIGNALS = """
rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack
kill tgkill restart_syscall
"""
SELF = """
exit exit_group getpid gettid getppid getuid geteuid getgid getegid getresuid getresgid getgroups
getpgrp getpgid getsid getrlimit setrlimit prlimit64 getrusage getrandom uname sysinfo getcpu
getpriority set_tid_address set_robust_list get_robust_list rseq arch_prctl sched_yield
sched_getaffinity
"""
PAIR = "sendto recvfrom shutdown getsockopt getsockname getpeername"  # of a pair made by socketpair
ALLOWED = " ".join((FILES, MEMORY, TIME, WAITING, SIGNALS, SELF, PAIR)).split()

AF_UNIX = 1
TERMINAL = {0x5401: "TCGETS", 0x5413: "TIOCGWINSZ"}  # what Python asks of every file it opens
IOCTL = {**TERMINAL, 0x541B: "FIONREAD", 0x5421: "FIONBIO", 0x5450: "FIONCLEX", 0x5451: "FIOCLEX"}
PRCTL = {15: "PR_SET_NAME", 16: "PR_GET_NAME", 0x53564D41: "PR_SET_VMA"}
NAMESPACES = 0x7E020080  # CLONE_NEWTIME, _NEWNS, _NEWCGROUP, ... _NEWNET


def require() -> None:
    """Refuse to go on where there is no libseccomp; `SandboxError` says what to install."""
    try:
        import pyseccomp  # noqa: F401
    except (ImportError, RuntimeError, OSError):
        why = "needs libseccomp (package libseccomp2, and pyseccomp for Python)"
        raise SandboxError(INSTALL.format(why=why)) from None


@cache
def call_filter(stage: Stage) -> bytes:
    """The filter of a stage, as the kernel reads it.

    Parameters
    ----------
    stage : {"start", "student", "examiner"}
        Python is starting, or runs a notebook, or runs the tests.
    """
    require()
    import pyseccomp as lib

    rules = lib.SyscallFilter(lib.ERRNO(errno.EPERM))
    rules.set_attr(lib.Attr.ACT_BADARCH, lib.KILL_PROCESS)  # a call of 32 bits
    rules.set_attr(lib.Attr.CTL_OPTIMIZE, 2)  # a tree: a step for each doubling of the list
    rules.add_rule(lib.ERRNO(errno.ENOSYS), "clone3")  # then libc tries clone
    for name in ALLOWED:
        rules.add_rule(lib.ALLOW, name)
    rules.add_rule(lib.ALLOW, "socketpair", lib.Arg(0, lib.EQ, AF_UNIX))
    for request in IOCTL:
        rules.add_rule(lib.ALLOW, "ioctl", lib.Arg(1, lib.EQ, request))
    for option in PRCTL:
        rules.add_rule(lib.ALLOW, "prctl", lib.Arg(0, lib.EQ, option))
    no_namespace = lib.Arg(0, lib.MASKED_EQ, NAMESPACES, 0)
    if stage == "start":
        for name in ("execve", "seccomp", "fork", "vfork"):
            rules.add_rule(lib.ALLOW, name)
    if stage in ("start", "examiner"):
        rules.add_rule(lib.ALLOW, "clone", no_namespace)
    if stage == "examiner":
        rules.add_rule(lib.ALLOW, "fork")
    return _exported(rules)


def _exported(rules: Any) -> bytes:
    with filter_file(b"") as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def filter_file(program: bytes) -> BinaryIO:
    """A file in memory that holds a filter; the caller closes it."""
    file = os.fdopen(os.memfd_create("filter"), "w+b")
    file.write(program)
    file.flush()
    file.seek(0)
    return file


def number_of(call: str) -> int:
    """The number of a system call on this kind of processor."""
    require()
    import pyseccomp as lib

    return int(lib.resolve_syscall(lib.Arch.NATIVE, call))
