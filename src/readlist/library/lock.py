"""One writer at a time: the lock beside the library file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from readlist.library.errors import LibraryBusyError, LibraryError, reason_of

WAIT_SECONDS = 5.0
"""How long a change waits for the changes of other processes; one takes milliseconds."""

_POLL_SECONDS = 0.01


@contextmanager
def write_lock(path: Path, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the lock of the library file ``path`` (``<path>.lock``, which stays there).

    The kernel ends the lock with the process that holds it, however that ends, so that there are no stale locks.

    Args:
        path: the library file itself, not a symbolic link to it (two names must mean one lock).
        wait: seconds to wait for another holder.

    Raises:
        LibraryBusyError: another process holds the lock for longer.
        LibraryError: there can be no lock file there.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - 50 ms of import that reading can do without

    lock = FileLock(f"{path}.lock", timeout=wait)
    try:
        lock.acquire(poll_interval=_POLL_SECONDS)
    except Timeout:
        raise LibraryBusyError(
            f"{path}: another readlist has been changing the library for {wait:g} s; nothing was changed, try again"
        ) from None
    except OSError as error:
        raise LibraryError(
            f"{path}: cannot be locked for a change ({reason_of(error)}); nothing was changed"
        ) from error
    try:
        yield
    finally:
        lock.release()
