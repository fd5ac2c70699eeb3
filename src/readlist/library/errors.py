"""What the library raises: always one sentence that can be shown to the user as it is."""

import errno

from readlist.errors import UsageError


class LibraryError(UsageError):
    """The library could not be read or changed; what was in the file is still there.

    The message is one sentence that names the file and, where it applies, the line and the field.
    """


class DamagedError(LibraryError):
    """The file is no library that this version can work with; it is left untouched."""

    hint = "readlist doctor says more"


class NotWrittenError(LibraryError):
    """The disk does not take a change now: it is full, read-only, gone or failing. Trying again may help.

    Args:
        what: what could not be done, with the name of the file.
        reason: why, in a few words: "disk full".
    """

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(f"{what} ({reason}); nothing was changed")
        self.reason = reason


class LibraryBusyError(NotWrittenError):
    """Another process has kept the library locked for longer than we wait.

    Args:
        who: a sentence that names the file and who holds it.
    """

    def __init__(self, who: str) -> None:
        super().__init__(who, "locked")
        self.args = (f"{who}; nothing was changed, try again",)
        self.reason = "another readlist is changing it"


_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


def reason_of(error: OSError) -> str:
    """What the operating system says, without numbers and paths: "disk full", "Input/output error"."""
    if error.errno in _FULL:
        return "disk full"
    return error.strerror or type(error).__name__
