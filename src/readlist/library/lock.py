"""One writer at a time: the lock beside the library file.

Made by hand, in spite of filelock: that one costs 70 ms of import at the first change and a third of a whole change at
each, and does not say who holds it.
"""

import os
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path

from readlist.library import atomic
from readlist.library.errors import LibraryBusyError, NotWrittenError, reason_of

WAIT_SECONDS = 5.0
"""How long a change waits for the changes of other processes; one takes milliseconds."""

_POLL_SECONDS = 0.002
_LONGEST_HOLDER = 120

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, 2**30, os.SEEK_SET)  # away from what the file says, which locking would hide
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 2**30, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):  # the latter on some network file systems
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


class WriteLock:
    """The lock of one library file (``<file>.lock``, which stays there).

    The kernel ends the lock with the process that holds it, however that ends, so that there are no stale locks. The
    file says who held it last.

    Args:
        path: the library file itself, not a symbolic link to it (two names must mean one lock).
        wait: seconds to wait for another holder.
    """

    def __init__(self, path: Path, wait: float = WAIT_SECONDS) -> None:
        self._library = path
        self._path = Path(f"{path}.lock")
        self.wait = wait
        self._name = str(self._path)
        self._descriptor: int | None = None
        self._identity: tuple[int, int] | None = None
        self._line: bytes | None = None

    def acquire(self) -> None:
        """Wait for the lock and take it.

        Raises:
            LibraryBusyError: another process holds it for too long.
            NotWrittenError: there can be no lock file there.
        """
        try:
            self._acquire()
        except OSError as error:
            self.close()
            # The folder is not made: where a disk has gone, it would be made on the empty place that it has left.
            gone = isinstance(error, FileNotFoundError)
            reason = "its folder is not there" if gone else reason_of(error)
            raise NotWrittenError(f"{self._library}: cannot be written", reason) from error

    def release(self) -> None:
        """Give the lock back."""
        if self._descriptor is not None:
            _unlock(self._descriptor)

    def close(self) -> None:
        """Let go of the lock file."""
        if self._descriptor is not None:
            atomic.close(self._descriptor)
            self._descriptor = None

    def __del__(self) -> None:
        """A library that nobody has closed must not cost a descriptor for good."""
        self.close()

    def _acquire(self) -> None:
        ends = None
        while True:
            if self._descriptor is None:
                self._descriptor = _open(self._path, self._library)
                self._identity = _identity(os.fstat(self._descriptor))
            if _try_lock(self._descriptor):
                if self._is_the_file():
                    self._tell(self._descriptor)
                    return
                self.close()  # somebody has tidied the lock file away; the next one has another
                continue
            if ends is None:
                ends = time.monotonic() + self.wait
            elif time.monotonic() >= ends:
                break
            time.sleep(_POLL_SECONDS)
        holder = _holder(self._descriptor)
        raise LibraryBusyError(f"{self._library}: {holder} has been changing the library for {self.wait:g} s")

    def _is_the_file(self) -> bool:
        try:
            return _identity(os.lstat(self._name)) == self._identity
        except FileNotFoundError:
            return False

    def _tell(self, descriptor: int) -> None:
        """Write down who holds the lock, for those who wait in vain; no reason to fail.

        Only where somebody else stands there: the disk would write it along with the change, at a third of its cost.
        """
        with suppress(OSError):
            if self._line is None:
                self._line = f"{_myself()}\n".encode(errors="replace").ljust(_LONGEST_HOLDER)
            if atomic.read_at(descriptor, _LONGEST_HOLDER, 0) != self._line:
                os.lseek(descriptor, 0, os.SEEK_SET)
                os.write(descriptor, self._line)


def _open(path: Path, library: Path) -> int:
    flags = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(path, flags | os.O_CREAT | os.O_EXCL, atomic.NEW_FILE_MODE)
    except FileExistsError:
        descriptor = os.open(path, flags)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            atomic.close(descriptor)
            raise OSError(0, f"{path.name} is no file") from None
        return descriptor
    try:
        atomic.take_after(descriptor, library)
    except BaseException:
        atomic.close(descriptor)
        raise
    return descriptor


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _myself() -> str:
    words = [Path(sys.argv[0]).name or "python", *sys.argv[1:2]] if sys.argv else ["python"]
    return f"process {os.getpid()} ({' '.join(words)[:60]})"


def _holder(descriptor: int) -> str:
    try:
        line = atomic.read_at(descriptor, _LONGEST_HOLDER, 0).split(b"\n")[0].decode(errors="replace").strip()
    except OSError:
        line = ""
    return line if line.startswith("process ") and line.isprintable() else "another process"
