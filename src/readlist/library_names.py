"""Names for the files that readlist keeps for one library in its folders for state and cache."""

import os
import zlib
from pathlib import Path


def lasting_name(library: Path) -> str:
    """The name for what must not be lost: 16 hexadecimal digits, the same one by whatever way the file is named."""
    import hashlib  # noqa: PLC0415 - 3 ms, which no start should wait for

    return hashlib.sha256(_real(library)).hexdigest()[:16]


def cache_name(library: Path) -> str:
    """The name for what can be made again, in no time: eight hexadecimal digits.

    Two libraries in some million get the same one; what is kept under it says itself to which it belongs.
    """
    return f"{zlib.crc32(_real(library)):08x}"


def _real(library: Path) -> bytes:
    return os.fsencode(os.path.realpath(library))
