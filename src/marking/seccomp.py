"""The filter of system calls: a sandboxed process starts nothing and asks the kernel for little.

A program for the kernel's packet filter, as bubblewrap hands it on. Denied are
new processes and threads, so that no bomb of them can be set off, new
namespaces and mounts, memory that the limits do not count, and the parts of
the kernel that a notebook has no use for.
"""

import errno
import os
import platform
import struct

DENIED = {  # numbers of the calls by name; those without one share their number
    "x86_64": {
        "fork": 57, "vfork": 58, "clone": 56, "shmget": 29, "memfd_create": 319, "ptrace": 101,
        "unshare": 272, "setns": 308, "mount": 165, "bpf": 321, "perf_event_open": 298,
        "userfaultfd": 323, "add_key": 248, "request_key": 249, "keyctl": 250, "msgget": 68,
        "process_vm_readv": 310, "process_vm_writev": 311, "memfd_secret": 447,
    },
    "aarch64": {
        "clone": 220, "shmget": 194, "memfd_create": 279, "ptrace": 117, "unshare": 97,
        "setns": 268, "mount": 40, "bpf": 280, "perf_event_open": 241, "userfaultfd": 282,
        "add_key": 217, "request_key": 218, "keyctl": 219, "msgget": 186,
        "process_vm_readv": 270, "process_vm_writev": 271, "memfd_secret": 447,
    },
}  # fmt: skip
SHARED = {"clone3": 435, "io_uring_setup": 425, "fsopen": 430, "open_tree": 428, "move_mount": 429}
FORKS = {"fork", "vfork", "clone", "clone3"}
ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
X32 = 0x40000000  # the second set of numbers for the same calls on x86_64
ALLOW, KILL, ERROR = 0x7FFF0000, 0x80000000, 0x00050000
LOAD, EQUAL, AT_LEAST, GIVE = 0x20, 0x15, 0x35, 0x06


def is_known(machine: str | None = None) -> bool:
    """Whether the filter knows the calls of this kind of processor."""
    return (machine or platform.machine()) in ARCHITECTURE


def call_filter(machine: str | None = None, may_fork: bool = False) -> bytes:
    """The filter for a kind of processor, by default this one, as bytes."""
    machine = machine or platform.machine()
    program = [_step(LOAD, 4), _step(EQUAL, ARCHITECTURE[machine], 1, 0), _step(GIVE, KILL)]
    program += [_step(LOAD, 0), _step(AT_LEAST, X32, 0, 1), _step(GIVE, KILL)]
    for name, number in (DENIED[machine] | SHARED).items():
        if may_fork and name in FORKS:
            continue
        error = errno.ENOSYS if name == "clone3" else errno.EPERM  # then libc tries clone
        program += [_step(EQUAL, number, 0, 1), _step(GIVE, ERROR | error)]
    return b"".join([*program, _step(GIVE, ALLOW)])


def filter_file(may_fork: bool = False) -> int:
    """A descriptor of a file in memory that holds the filter; the caller closes it."""
    descriptor = os.memfd_create("filter")
    os.write(descriptor, call_filter(may_fork=may_fork))
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)
