"""What a process gives up for good before it runs a query from outside: sockets, programs, memory without end.

On Linux a seccomp filter (https://www.kernel.org/doc/html/latest/userspace-api/seccomp_filter.html) makes the calls
that open a connection, start a program or look into another process fail with EPERM. It needs no privilege, holds for
every thread and cannot be taken off again.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from dataclasses import dataclass

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_SET_MODE_FILTER, _FOR_ALL_THREADS = 1, 1
_LOAD, _EQUALS, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _KILL_PROCESS, _EPERM = 0x7FFF0000, 0x80000000, 0x00050001
_NUMBER_OFFSET, _ARCHITECTURE_OFFSET = 0, 4
_X32 = 0x40000000


@dataclass(frozen=True, slots=True)
class _Architecture:
    """The numbers that the Linux kernel gives on one kind of processor."""

    audit: int
    seccomp: int
    denied: tuple[int, ...]
    """socket, connect, io_uring_setup/enter/register, execve, execveat, ptrace, process_vm_readv/writev."""
    has_x32: bool = False
    """Whether the same calls have a second number, from ``_X32`` on."""


_ARCHITECTURES = {
    "x86_64": _Architecture(0xC000003E, 317, (41, 42, 425, 426, 427, 59, 322, 101, 310, 311), has_x32=True),
    "aarch64": _Architecture(0xC00000B7, 277, (198, 203, 425, 426, 427, 221, 281, 117, 270, 271)),
}


@dataclass(frozen=True, slots=True)
class Confinement:
    """Which of the fences hold around a process. What the system does not offer is told, never passed over."""

    network: bool
    """Whether it cannot open a connection."""
    memory: bool
    """Whether it cannot take more memory than it was given."""


def confine(memory: int, parent: int) -> Confinement:
    """Give up what queries must not use; returns what was given up.

    ``memory`` is in bytes of address space; ``parent`` is the process that this one must not outlive.
    """
    if sys.platform != "linux":
        # macOS has a limit of memory but does not heed it. A worker whose parent has gone ends by its alarm.
        return Confinement(network=False, memory=False)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        # It ended before it could be watched.
        sys.exit()
    _limit_memory(memory)
    return Confinement(network=_close_network(libc), memory=True)


def _limit_memory(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _close_network(libc: ctypes.CDLL) -> bool:
    architecture = _ARCHITECTURES.get(platform.machine())
    if architecture is None:
        return False
    steps = _filter(architecture)
    code = b"".join(struct.pack("=HBBI", *step) for step in steps)
    held = ctypes.create_string_buffer(code, len(code))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(held)))
    libc.syscall.restype = ctypes.c_long
    return bool(
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        and libc.syscall(ctypes.c_long(architecture.seccomp), _SET_MODE_FILTER, _FOR_ALL_THREADS, program) == 0
    )


def _filter(architecture: _Architecture) -> list[tuple[int, int, int, int]]:
    """Return the filter as steps of classic BPF: code, how many steps to skip if true, if false, operand."""
    tests = [(_AT_LEAST, _X32)] if architecture.has_x32 else []
    tests += [(_EQUALS, number) for number in architecture.denied]
    return [
        (_LOAD, 0, 0, _ARCHITECTURE_OFFSET),
        (_EQUALS, 1, 0, architecture.audit),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD, 0, 0, _NUMBER_OFFSET),
        *((code, len(tests) - n, 0, operand) for n, (code, operand) in enumerate(tests)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _EPERM),
    ]
