"""Files on this computer that belong to a paper."""

import shutil
from pathlib import Path

from readlist.config import user_path
from readlist.errors import UsageError


def attached(text: str, library: Path, *, copy: bool) -> Path:
    """The file that the user names by ``text``, as an absolute path, or its copy beside the library.

    Args:
        text: the path; quotation marks around it, which a terminal adds to a dropped file, and ``~`` are understood.
        library: the library file.
        copy: whether to copy it into the folder ``files`` beside the library, under a name that is free there.

    Raises:
        UsageError: there is no such file, or it could not be copied.
    """
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    text = text.removeprefix("file://")
    path = user_path(text)
    if not path.is_file():
        path = user_path(text.replace("\\ ", " "))
    if not path.is_file():
        raise UsageError(f"{text}: there is no such file")
    path = path.resolve()
    if not copy:
        return path
    folder = library.resolve().parent / "files"
    if path.parent == folder:
        return path
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        target, number = folder / path.name, 1
        while target.exists():
            number += 1
            target = folder / f"{path.stem}-{number}{path.suffix}"
        shutil.copyfile(path, target)
    except OSError as error:
        raise UsageError(f"{path}: cannot be copied to {folder} ({error.strerror or error})") from error
    return target
