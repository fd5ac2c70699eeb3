"""What the library raises: always one sentence that can be shown to the user as it is."""

from readlist.errors import UsageError


class LibraryError(UsageError):
    """The library could not be read or changed; what was in the file is still there.

    The message is one sentence that names the file and, where it applies, the line and the field.
    """


class LibraryBusyError(LibraryError):
    """Another process has kept the library locked for longer than we wait."""


def reason_of(error: OSError) -> str:
    """What the operating system says, without numbers and paths: "No space left on device"."""
    return error.strerror or type(error).__name__
