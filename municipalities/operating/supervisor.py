"""Runs several processes as one: each in its own group, all stopped together, none left behind.

`python -m municipalities.operating.supervisor <parent's pid> <command…>` becomes the command, after asking the
kernel to end it with its parent.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time

PR_SET_PDEATHSIG = 1
# Gracious for a report that is being drawn; below the 20 seconds that Ctrl-C may take.
STOP_SECONDS = 15


class Supervisor:
    """The running processes by name."""

    def __init__(self):
        self.processes = {}

    def start(self, name, command, *, cwd=None, env=None):
        """Start `command`, a list whose first word is a program's full path."""
        wrapped = [sys.executable, "-m", __name__, str(os.getpid()), *command]
        self.processes[name] = subprocess.Popen(  # noqa: S603 -- our own commands, no shell
            wrapped, cwd=cwd, env=env, process_group=0
        )
        return self.processes[name]

    def ended(self):
        """Return the first process that ended by itself as (name, exit code), or None."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                return name, process.returncode
        return None

    def stop(self, seconds=STOP_SECONDS):
        """Ask all to end, wait, then end what is left of every group. Returns the names forced."""
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + seconds
        forced = [name for name, one in self.processes.items() if not _wait(one, deadline)]
        for process in self.processes.values():
            _kill_group(process)
        return forced


def _wait(process, deadline):
    try:
        process.wait(max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return False
    return True


def _kill_group(process):
    """End the process's group, children that outlived it too."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    else:
        process.wait(5)


def become(parent, command):
    """Replace this process by `command`, which shall get SIGTERM when `parent` dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before the kernel was asked
            sys.exit(1)
    os.execv(command[0], command)  # noqa: S606 -- a full path, no shell wanted


if __name__ == "__main__":
    become(int(sys.argv[1]), sys.argv[2:])
