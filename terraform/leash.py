"""Runs a command, and ends all its processes once standard input closes.

    python3 leash.py [--offline] command [argument ...]

Standard input is a pipe whose other end the caller holds. It closes when the caller ends, even if the caller is killed.
On Linux this covers processes that left the command's session or lost their parent; elsewhere only those that `ps` shows
below it. SIGHUP, SIGINT, SIGQUIT and SIGTERM become SIGINT for all of them, and SIGKILL after a grace.

With --offline, the command has no network but a loopback of its own. Exit code 125: the system does not permit that.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import time

GRACE_SECONDS = 8
LOOK_EVERY_SECONDS = 0.02
NOT_OFFLINE = 125
NOT_FOUND = 127
KILLED = 128 + signal.SIGKILL
# each is handled, because one that is not would leave the command behind
ENDING = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)

# <linux/sched.h>, <linux/prctl.h>, <linux/sockios.h>, <linux/if.h>
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
PR_SET_CHILD_SUBREAPER = 36
SIOCGIFFLAGS = 0x8913
SIOCSIFFLAGS = 0x8914
IFF_UP = 1


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--offline"]:
        arguments = arguments[1:]
        try:
            go_offline()
        except OSError as fault:
            print(f"no network namespace: {fault}", file=sys.stderr)
            return NOT_OFFLINE
    adopt_orphans()
    woken = wake_by(signal.SIGCHLD, *ENDING)
    try:
        command = subprocess.Popen(arguments, stdin=subprocess.DEVNULL)
    except OSError as fault:
        print(f"{arguments[0]}: {fault.strerror}", file=sys.stderr)
        return NOT_FOUND
    try:
        return wait_for(command.pid, woken)
    finally:
        kill_all()


def wait_for(command: int, woken: int) -> int:
    """The command's exit code, or that of a killed one once the leash is cut or the grace is over."""
    deadline = None
    while True:
        patience = None if deadline is None else max(0.0, deadline - time.monotonic())
        ready, _, _ = select.select([0, woken], [], [], patience)
        if (0 in ready and not os.read(0, 4096)) or (deadline is not None and time.monotonic() >= deadline):
            return KILLED
        if woken in ready and not set(os.read(woken, 4096)).isdisjoint(ENDING):
            send(signal.SIGINT, descendants())
            deadline = deadline or time.monotonic() + GRACE_SECONDS
        code = reap().get(command)
        if code is not None:
            return code if code >= 0 else 128 - code


def wake_by(*signals: signal.Signals) -> int:
    """A pipe that the number of each of these signals is written to."""
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    for number in signals:
        signal.signal(number, lambda _signal, _frame: None)
    return woken


def reap() -> dict[int, int]:
    """Exit codes of the children that have ended since the last call."""
    codes: dict[int, int] = {}
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return codes
        if pid == 0:
            return codes
        codes[pid] = os.waitstatus_to_exitcode(status)


def kill_all() -> None:
    while below := descendants():
        send(signal.SIGKILL, below)
        time.sleep(LOOK_EVERY_SECONDS)
        reap()


def send(number: signal.Signals, pids: list[int]) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except OSError:
            pass  # it has ended meanwhile


def descendants() -> list[int]:
    children: dict[int, list[int]] = {}
    for pid, parent in processes():
        children.setdefault(parent, []).append(pid)
    found = list(children.get(os.getpid(), []))
    for pid in found:
        found.extend(children.get(pid, []))
    return found


def processes() -> list[tuple[int, int]]:
    """Every process with its parent."""
    if not os.path.exists("/proc/self/stat"):
        with subprocess.Popen(["ps", "-A", "-o", "pid=,ppid="], stdout=subprocess.PIPE, text=True) as ps:
            pairs = [line.split() for line in ps.communicate()[0].splitlines()]
        return [(int(pid), int(parent)) for pid, parent in pairs if int(pid) != ps.pid]
    found = []
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat", "rb") as stat:
                # after the name, which may hold anything: state, parent
                found.append((int(entry), int(stat.read().rpartition(b")")[2].split()[1])))
        except OSError:
            pass  # it has ended meanwhile
    return found


def adopt_orphans() -> None:
    """Processes below that lose their parent become children of this one."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def go_offline() -> None:
    """Enters a network namespace of its own, as the same user."""
    if sys.platform != "linux":
        raise OSError("this system has none")
    user, group = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    # a process that maps only its own user needs no privilege, if it gives up the right to change its groups
    for file, text in {"setgroups": "deny", "uid_map": f"{user} {user} 1", "gid_map": f"{group} {group} 1"}.items():
        with open(f"/proc/self/{file}", "w", encoding="ascii") as settings:
            settings.write(text)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = fcntl.ioctl(any_socket, SIOCGIFFLAGS, struct.pack("16sH22x", b"lo", 0))
        (flags,) = struct.unpack_from("16xH", request)
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sH22x", b"lo", flags | IFF_UP))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
