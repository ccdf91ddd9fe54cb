"""Take the rights away from this process that decoding a photo does not need. Linux, x86_64 and aarch64.

Three layers, and each of them is left out where the kernel has none of it:

- Landlock denies every path, every TCP port and signals to other processes.
- Whoever is root becomes a user who owns nothing.
- Seccomp denies every system call but those in ALLOWED and CONDITIONS.

No file can be opened in any case, and nothing that is executed can bring rights back.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import struct
import sys
from collections.abc import Callable, Iterator

NOBODY = 65_534

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2

LANDLOCK_CREATE_RULESET, LANDLOCK_RESTRICT_SELF = 444, 446
LANDLOCK_VERSION = 1
"""The flag that asks for the kernel's version of Landlock."""

PATHS_BY_VERSION = (0, 0x1FFF, 0x3FFF, 0x7FFF, 0x7FFF, 0xFFFF)
"""All accesses to paths that a version knows. Later versions know the same ones as the last."""

PORTS, PORTS_SINCE = 0x3, 4
SCOPES, SCOPES_SINCE = 0x3, 6
"""Abstract Unix sockets and signals, to processes outside of the sandbox."""

MACHINES = {'x86_64': (0xC000003E, 0), 'aarch64': (0xC00000B7, 1)}
"""The kernel's number of each architecture, and its column in the tables of system calls."""

ALLOWED = {
    'read': (0, 63), 'write': (1, 64), 'close': (3, 57), 'fstat': (5, 80), 'lseek': (8, 62),
    'munmap': (11, 215), 'brk': (12, 214), 'mremap': (25, 216), 'madvise': (28, 233),
    'rt_sigaction': (13, 134), 'rt_sigprocmask': (14, 135), 'rt_sigreturn': (15, 139), 'sigaltstack': (131, 132),
    'exit': (60, 93), 'exit_group': (231, 94), 'restart_syscall': (219, 128),
    'futex': (202, 98), 'set_robust_list': (273, 99), 'rseq': (334, 293), 'membarrier': (324, 283),
    'sched_yield': (24, 124), 'sched_getaffinity': (204, 123), 'gettid': (186, 178), 'getpid': (39, 172),
    'clock_gettime': (228, 113), 'clock_nanosleep': (230, 115), 'nanosleep': (35, 101), 'gettimeofday': (96, 169),
    'getrandom': (318, 278), 'sysinfo': (99, 179), 'getcwd': (79, 17),
}  # fmt: skip
"""System calls that reach nothing but this process and what it has open, with their numbers on each architecture."""

CLONE_THREAD, PROT_EXEC, ANY_BIT = 0x00010000, 0x4, 0xFFFFFFFF

CONDITIONS = {
    'clone': ((56, 220), 0, CLONE_THREAD, CLONE_THREAD),  # threads, which a HEIC is decoded with, and no processes
    'mmap': ((9, 222), 2, PROT_EXEC, 0),  # no memory whose content is executed
    'mprotect': ((10, 226), 2, PROT_EXEC, 0),
    'prlimit64': ((302, 261), 0, ANY_BIT, 0),  # this process alone
}
"""System calls that are allowed if an argument, masked, has a value: numbers, argument, mask, value."""

LOAD, AND, JUMP_IF_EQUAL, JUMP_IF_AT_LEAST, RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
ALLOW, DENY, KILL = 0x7FFF0000, 0x00050000 | errno.ENOSYS, 0x80000000
"""Answers of the filter. A denied call looks as if the kernel did not know it, so that libraries try a simpler one:
clone instead of clone3, whose flags a filter can't see."""

NUMBER_AT, ARCHITECTURE_AT, ARGUMENTS_AT = 0, 4, 16
OTHER_ABI = 0x40000000
"""System calls of x32 begin here. They would be other ways to the same ones."""

Instruction = tuple[int, int, int, int]
"""Code, jump if true, jump if false, operand."""


class _Program(ctypes.Structure):
    _fields_ = (('length', ctypes.c_ushort), ('instructions', ctypes.c_char_p))


_C = ctypes.CDLL(None, use_errno=True)


def enter_sandbox() -> None:
    """Deny everything that decoding does not need. Write a line to the error output for each layer that is missing."""
    _forbid_new_rights()
    _try('Landlock', _deny_paths_and_signals)
    _try('another user', _become_nobody)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    _try('seccomp', _filter_system_calls)


def _forbid_new_rights() -> None:
    _call(_C.prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def _try(layer: str, enter: Callable[[], None]) -> None:
    try:
        enter()
    except OSError as error:
        print(f'sandbox: {layer} is not available: {error.strerror}', file=sys.stderr)


def _deny_paths_and_signals() -> None:
    version = _call(_C.syscall, LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), LANDLOCK_VERSION)
    denied = [PATHS_BY_VERSION[min(version, len(PATHS_BY_VERSION) - 1)]]
    denied += [PORTS] if version >= PORTS_SINCE else []
    denied += [SCOPES] if version >= SCOPES_SINCE else []
    attributes = struct.pack(f'={len(denied)}Q', *denied)
    ruleset = _call(_C.syscall, LANDLOCK_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    try:
        _call(_C.syscall, LANDLOCK_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _become_nobody() -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


def _filter_system_calls() -> None:
    if platform.machine() not in MACHINES:
        raise OSError(errno.ENOSYS, f'there is no list of system calls for {platform.machine()}')
    packed = b''.join(struct.pack('=HBBI', *instruction) for instruction in _filter(*MACHINES[platform.machine()]))
    program = _Program(len(packed) // 8, packed)
    _call(_C.prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)


def _filter(architecture: int, column: int) -> Iterator[Instruction]:
    yield LOAD, 0, 0, ARCHITECTURE_AT
    yield from _return_if(architecture, KILL, unless=True)
    yield LOAD, 0, 0, NUMBER_AT
    yield JUMP_IF_AT_LEAST, 0, 1, OTHER_ABI
    yield RETURN, 0, 0, KILL
    for numbers in ALLOWED.values():
        yield from _return_if(numbers[column], ALLOW)
    for conditional, argument, mask, value in CONDITIONS.values():
        yield JUMP_IF_EQUAL, 0, 5, conditional[column]
        yield LOAD, 0, 0, ARGUMENTS_AT + 8 * argument
        yield AND, 0, 0, mask
        yield from _return_if(value, ALLOW)
        yield RETURN, 0, 0, DENY
    yield RETURN, 0, 0, DENY


def _return_if(operand: int, answer: int, unless: bool = False) -> Iterator[Instruction]:
    yield (JUMP_IF_EQUAL, 1, 0, operand) if unless else (JUMP_IF_EQUAL, 0, 1, operand)
    yield RETURN, 0, 0, answer


def _call(function: Callable[..., int], *arguments: object) -> int:
    """Call a function of the C library. Raise OSError if it fails."""
    answer = function(*arguments)
    if answer < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return answer
