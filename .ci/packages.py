"""Builds wheel and sdist, installs each in a virtual environment of its own, and starts the app from every one.

Usage: packages.py EDITABLE_READLIST — the readlist command of an editable install, which is tried first.
"""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

_PATIENCE = 30.0
_SEEN = b"Constitutional AI"


def start(readlist: Path, home: Path) -> None:
    """Start the app as a new user would, in a real terminal; wait for the list, quit, and check the exit status."""
    home.mkdir()
    pid, terminal = pty.fork()
    if pid == 0:
        environment = {"HOME": str(home), "PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        os.execve(readlist, [str(readlist)], environment)  # noqa: S606 - no shell is wanted
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    screen = b""
    deadline = time.monotonic() + _PATIENCE
    while _SEEN not in screen:
        if not select.select([terminal], [], [], deadline - time.monotonic())[0]:
            raise SystemExit(f"{readlist}: the list did not appear; the screen got {screen[-2000:]!r}")
        screen += os.read(terminal, 65536)
    os.write(terminal, b"q")
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:  # Linux reports the end of a terminal's other side as an error
        pass
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if status != 0:
        raise SystemExit(f"{readlist}: exit status {status}")


def main() -> None:
    """Try the editable install, the wheel and the sdist."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        start(Path(sys.argv[1]), work / "home-editable")
        print("editable install: started")  # noqa: T201 - a script's own report
        subprocess.run(
            [sys.executable, "-m", "build", "--outdir", str(work), "."], check=True, stdout=subprocess.DEVNULL
        )
        for package in sorted([*work.glob("*.whl"), *work.glob("*.tar.gz")]):
            environment = work / f"venv-{package.suffix[1:]}"
            subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
            subprocess.run([str(environment / "bin/pip"), "install", "--quiet", str(package)], check=True)
            start(environment / "bin/readlist", work / f"home-{package.suffix[1:]}")
            print(f"{package.name}: started")  # noqa: T201 - a script's own report


if __name__ == "__main__":
    main()
