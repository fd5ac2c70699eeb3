"""What a power cut may leave on the disk, worked out from the system calls that a program made.

`record` runs a program under strace. `Disk` carries out the recorded calls one by one on a model of a file system that
knows what is only in memory and what is on the disk; after each, `Disk.states` gives the trees of files that a power
cut at this moment may leave. What counts as on the disk is what fsync(2) and fdatasync(2) promise, no more: the content
and size of a file since its own fsync or fdatasync, the names in a folder since an fsync of the folder. Everything else
may be there or not, in part, and in another order. That a file system does more of its own accord (ext4 also writes the
name of a new file with its fsync) is among the states, and never relied upon.

The kinds of damage to unsynced data follow Pillai et al., "All File Systems Are Not Created Equal" (OSDI 2014).
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path, PurePosixPath
from random import Random
from typing import NamedTuple

SECTOR = 512
"""Bytes that a disk writes as one."""

MOST_SUBSETS = 4
"""Of up to so many unsynced folder operations all subsets are tried, of more a sample."""

MOST_CHANGES = 8
"""Of a file's unsynced changes so many, the latest, are dropped singly."""

STDOUT = 1

Tree = tuple[tuple[str, bytes | None], ...]
"""Files of a folder: path within it and content, None for a folder; sorted by path."""

_CALLS = (
    "open openat openat2 creat close dup dup2 dup3 fcntl lseek read write pwrite64 writev pwritev pwritev2 ftruncate "
    "truncate fallocate rename renameat renameat2 link linkat unlink unlinkat mkdir mkdirat rmdir symlink symlinkat "
    "fsync fdatasync sync_file_range sync syncfs sendfile copy_file_range splice ioctl mmap"
)
_LONGEST = 2**25
_LINE = re.compile(r"^(\d+) +(\w+)\((.*)\) += (-?\d+)")
_UNFINISHED = re.compile(r"^(\d+) +(\w+\(.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>(.*)$")


class NotModelledError(Exception):
    """The program did something to its files that this model does not know; the message is the call."""


class Call(NamedTuple):
    """One system call that succeeded."""

    name: str
    arguments: tuple[str, ...]
    """As strace prints them, strings in hexadecimal escapes."""
    result: int


def why_not() -> str:
    """Why programs cannot be recorded here; empty when they can."""
    strace = shutil.which("strace")
    if strace is None:
        return "strace is not installed"
    done = subprocess.run([strace, "-f", "-e", "trace=?openat", "true"], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else f"strace may not watch programs here: {done.stderr.strip()[:200]}"


def record(command: Sequence[str], trace: Path) -> list[Call]:
    """Run ``command`` to its end and return its system calls on files, in the order in which they ended.

    Raises:
        RuntimeError: it failed; the message is what it wrote to stderr.
    """
    calls = ",".join(f"?{name}" for name in _CALLS.split())  # ?: not every machine has every call
    strace = ["strace", "-f", "-y", "-xx", "-s", str(_LONGEST), "-o", str(trace), "-e", f"trace={calls}"]
    done = subprocess.run([*strace, *command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    with trace.open(encoding="ascii") as lines:
        return list(_parse(lines))


def _parse(lines: Iterator[str]) -> Iterator[Call]:
    begun: dict[str, str] = {}
    for raw in lines:
        line = raw.rstrip("\n")
        if match := _UNFINISHED.match(line):
            begun[match[1]] = match[2]
            continue
        if match := _RESUMED.match(line):
            line = f"{match[1]} {begun.pop(match[1])}{match[2]}"
        match = _LINE.match(line)
        if match and int(match[4]) >= 0:
            yield Call(match[2], tuple(match[3].split(", ")), int(match[4]))


def _text(argument: str) -> bytes:
    if not argument.startswith('"') or not argument.endswith('"'):
        raise NotModelledError(f"a string that strace cut: {argument[:80]}")
    return bytes.fromhex(argument[1:-1].replace("\\x", ""))


def _vector(arguments: Sequence[str]) -> bytes:
    return b"".join(_text(text) for text in re.findall(r'iov_base=("[^"]*"(?:\.\.\.)?)', ", ".join(arguments)))


def _number(argument: str) -> int:
    """A number, or a descriptor without the path that strace puts behind it."""
    return int(argument.partition("<")[0], 0)


class _Write(NamedTuple):
    offset: int
    data: bytes


class _Resize(NamedTuple):
    size: int


_Pending = _Write | _Resize


class _File:
    """An inode: a file with its content, or a folder with its names."""

    __slots__ = ("content", "durable", "durable_names", "images", "is_folder", "names", "pending")

    def __init__(self, *, is_folder: bool = False) -> None:
        self.is_folder = is_folder
        self.content = self.durable = b""
        self.pending: list[_Pending] = []
        self.names: dict[str, _File] = {}
        self.durable_names: dict[str, _File] = {}
        self.images: list[bytes] | None = None

    def change(self, change: _Pending) -> None:
        self.pending.append(change)
        self.content = _changed(self.content, change)
        self.images = None

    def sync(self) -> None:
        self.pending.clear()
        self.durable, self.images = self.content, None

    def possible(self, dice: Random) -> list[bytes]:
        """What may be found after a power cut: the newest content first, then what was synced last, then mixtures."""
        if self.images is None:
            self.images = images(self.durable, self.pending, dice)
        return self.images


class _Handle:
    """An open file; descriptors that were duplicated share it."""

    __slots__ = ("appends", "file", "offset", "syncs")

    def __init__(self, file: _File, flags: str) -> None:
        self.file = file
        self.offset = 0
        self.appends = "O_APPEND" in flags
        self.syncs = "O_SYNC" in flags or "O_DSYNC" in flags


class _Naming(NamedTuple):
    """An operation on folders; a rename changes two names at once."""

    effects: tuple[tuple[_File, str, _File | None], ...]


def _changed(content: bytes, change: _Pending) -> bytes:
    if isinstance(change, _Resize):
        return content[: change.size].ljust(change.size, b"\0")
    before = content[: change.offset].ljust(change.offset, b"\0")
    return before + change.data + content[change.offset + len(change.data) :]


def images(durable: bytes, pending: Sequence[_Pending], dice: Random) -> list[bytes]:
    """The contents that a file may have after a power cut, each once: the newest, the ``durable`` one, then mixtures.

    Mixtures are: unsynced changes dropped singly or from one on; a write that stopped between two sectors, with the
    old size, with the size to there, or with the new size and zeros or the old data behind; the new size without the
    data; the new data without the new size; some sectors new and the others old.
    """
    newest = durable
    prefixes = [newest := _changed(newest, change) for change in pending]
    found = dict.fromkeys([newest, durable])
    found.update(dict.fromkeys(prefixes[-MOST_CHANGES:]))
    for missing in range(max(0, len(pending) - MOST_CHANGES), len(pending)):
        content = durable
        for change in (*pending[:missing], *pending[missing + 1 :]):
            content = _changed(content, change)
        found[content] = None
    if not pending:
        return list(found)
    old = durable[: len(newest)].ljust(len(newest), b"\0")
    found[old] = None  # the size is new, the data old
    found[newest[: len(durable)]] = None  # the data is new, the size old
    least = min([len(durable), *(change.size for change in pending if isinstance(change, _Resize))])  # is not lost
    sectors = range(SECTOR, len(newest), SECTOR)
    changed = [at for at in sectors if newest[at - SECTOR : at + SECTOR] != old[at - SECTOR : at + SECTOR]]
    for at in changed if len(changed) <= MOST_CHANGES else sorted(dice.sample(changed, MOST_CHANGES)):
        found[newest[:at] + old[at:]] = None
        found[old[:at] + newest[at:]] = None
        found[(newest[:at] + old[at:least]).ljust(len(newest), b"\0")] = None
        if at >= least:
            found[newest[:at]] = None
    for _ in range(2):
        parts = (dice.choice((old, newest))[at : at + SECTOR] for at in range(0, len(newest), SECTOR))
        found[b"".join(parts)] = None
    return list(found)


class Disk:
    """A file system with one folder of interest, of which nothing but system calls is known.

    Args:
        root: the folder; it is there from the start, and so are the files ``before`` in it.
        before: what is on the disk when the recording begins.
    """

    def __init__(self, root: Path, before: Tree = ()) -> None:
        self._root_path = PurePosixPath(os.path.realpath(root))
        self._root = _File(is_folder=True)
        self._handles: dict[int, _Handle | None] = {}
        self._namings: list[_Naming] = []
        for path, content in before:
            folder, name = self._place(str(self._root_path / path))
            file = folder.names[name] = _File(is_folder=content is None)
            file.content = file.durable = content or b""
            folder.durable_names[name] = file

    def carry_out(self, call: Call) -> bytes | None:
        """Do what ``call`` did; returns what it wrote to stdout, or None.

        Raises:
            NotModelledError: it changes files in a way that is not known here.
        """
        name = {"pwrite64": "pwrite", "open": "openat", "creat": "openat"}.get(call.name, call.name)
        name = name.removesuffix("2") if name in ("renameat2", "pwritev2", "dup2") else name
        arguments = call.arguments
        if call.name in ("open", "creat", "rename", "link", "unlink", "mkdir", "symlink"):  # without a folder's number
            arguments = ("AT_FDCWD", *arguments)
        if call.name in ("rename", "link"):
            arguments = (*arguments[:2], "AT_FDCWD", *arguments[2:])
        if call.name == "creat":
            arguments = (*arguments[:2], "O_CREAT|O_WRONLY|O_TRUNC")
        if call.name in ("write", "writev") and _number(arguments[0]) == STDOUT:
            return (_text(arguments[1]) if call.name == "write" else _vector(arguments))[: call.result]
        if method := getattr(self, f"_do_{name.removesuffix('at')}", None):
            method(arguments, call.result)
        elif any(self._concerns(argument) for argument in arguments):
            raise NotModelledError(f"{call.name}{arguments}"[:200])
        return None

    def states(self, dice: Random, extra: int) -> Iterator[Tree]:
        """The trees that a power cut may leave now: all done, only what was synced, then what lies between.

        Args:
            dice: for the samples.
            extra: how many states to draw at random besides the systematic ones.
        """
        files = list(self._unsynced())
        newest = {id(file): file.content for file in files}
        durable = {id(file): file.durable for file in files}
        subsets = self._subsets(dice)
        yield self._tree(subsets[0], newest)
        yield self._tree((), durable)
        for subset in subsets:
            yield self._tree(subset, newest)
            yield self._tree(subset, durable)
        for file in files:
            for content in file.possible(dice)[2:]:
                yield self._tree(subsets[0], {**newest, id(file): content})
                yield self._tree((), {**durable, id(file): content})
        for _ in range(extra if files or self._namings else 0):
            drawn = {id(file): dice.choice(file.possible(dice)) for file in files}
            yield self._tree(self._halved(dice.choice(subsets), dice), drawn)

    def _subsets(self, dice: Random) -> list[tuple[_Naming, ...]]:
        """Sets of unsynced folder operations that may have reached the disk, in their order; all of them first."""
        everything = tuple(self._namings)
        count = len(everything)
        if count <= MOST_SUBSETS:
            return [chosen for size in range(count, -1, -1) for chosen in combinations(everything, size)]
        prefixes = [everything[:length] for length in range(count, -1, -1)]
        without = [everything[:one] + everything[one + 1 :] for one in range(count)]
        alone = [(one,) for one in everything]
        drawn = [tuple(one for one in everything if dice.random() < 0.5) for _ in range(2**MOST_SUBSETS)]
        return [*prefixes, *without, *alone, *drawn]

    def _halved(self, namings: Sequence[_Naming], dice: Random) -> list[_Naming]:
        """A rename may have given the new name and not yet taken the old one; never the other way round."""
        return [_Naming(one.effects[:1]) if dice.random() < 0.2 else one for one in namings]

    def _tree(self, namings: Sequence[_Naming], contents: Mapping[int, bytes]) -> Tree:
        changed: dict[int, dict[str, _File]] = {}
        for naming in namings:
            for folder, name, file in naming.effects:
                names = changed.setdefault(id(folder), dict(folder.durable_names))
                if file is None:
                    names.pop(name, None)
                else:
                    names[name] = file
        found: list[tuple[str, bytes | None]] = []

        def walk(folder: _File, prefix: str) -> None:
            for name, file in changed.get(id(folder), folder.durable_names).items():
                if file.is_folder:
                    found.append((prefix + name, None))
                    walk(file, f"{prefix}{name}/")
                else:
                    found.append((prefix + name, contents.get(id(file), file.content)))

        walk(self._root, "")
        return tuple(sorted(found))

    def _unsynced(self) -> Iterator[_File]:
        """Files with unsynced data that some possible tree shows; removed ones too, the removal may be lost."""
        seen: dict[int, _File] = {}
        todo = [self._root, *(file for naming in self._namings for _, _, file in naming.effects if file)]
        while todo:
            file = todo.pop()
            if id(file) not in seen:
                seen[id(file)] = file
                todo += [*file.names.values(), *file.durable_names.values()]
        return (file for file in seen.values() if file.pending)

    # Where things are

    def _within(self, path: str) -> PurePosixPath | None:
        whole = PurePosixPath(os.path.normpath(path))
        return whole.relative_to(self._root_path) if whole.is_relative_to(self._root_path) else None

    def _path(self, folder: str, name: str) -> str:
        base = _text(f'"{folder.partition("<")[2].rstrip(">")}"').decode() if "<" in folder else "/"
        return str(PurePosixPath(base) / os.fsdecode(_text(name)))

    def _concerns(self, argument: str) -> bool:
        if re.fullmatch(r"\d+<.*", argument):
            return self._handles.get(_number(argument)) is not None
        return argument.startswith('"/') and self._within(os.fsdecode(_text(argument))) is not None

    def _place(self, path: str) -> tuple[_File, str]:
        """The folder and the name that ``path``, within the root, means."""
        inside = self._within(path)
        assert inside is not None
        folder = self._root
        for part in inside.parts[:-1]:
            folder = folder.names[part]
        return folder, inside.name

    def _name(self, *effects: tuple[_File, str, _File | None]) -> None:
        for folder, name, file in effects:
            if file is None:
                folder.names.pop(name, None)
            else:
                folder.names[name] = file
        self._namings.append(_Naming(effects))

    # The calls

    def _do_open(self, arguments: Sequence[str], result: int) -> None:
        path, flags = self._path(arguments[0], arguments[1]), arguments[2]
        if self._within(path) is None:
            self._handles[result] = None
            return
        folder, name = self._place(path)
        file = folder.names.get(name) if name else self._root
        if file is None:
            if "O_CREAT" not in flags:
                raise NotModelledError(f"open of {path}, which nobody has made")
            file = _File()
            self._name((folder, name, file))
        elif "O_TRUNC" in flags and file.content:
            file.change(_Resize(0))
        self._handles[result] = _Handle(file, flags)

    def _do_close(self, arguments: Sequence[str], _result: int) -> None:
        self._handles.pop(_number(arguments[0]), None)

    def _do_dup(self, arguments: Sequence[str], result: int) -> None:
        self._handles[result] = self._handles.get(_number(arguments[0]))

    _do_dup3 = _do_dup

    def _do_fcntl(self, arguments: Sequence[str], result: int) -> None:
        if arguments[1].startswith("F_DUPFD"):
            self._do_dup(arguments, result)

    def _do_lseek(self, arguments: Sequence[str], result: int) -> None:
        if handle := self._handles.get(_number(arguments[0])):
            handle.offset = result

    def _do_read(self, arguments: Sequence[str], result: int) -> None:
        if handle := self._handles.get(_number(arguments[0])):
            handle.offset += result

    def _do_write(self, arguments: Sequence[str], result: int) -> None:
        if handle := self._handles.get(_number(arguments[0])):
            self._put(handle, None, _text(arguments[1])[:result])

    def _do_writev(self, arguments: Sequence[str], result: int) -> None:
        if handle := self._handles.get(_number(arguments[0])):
            self._put(handle, None, _vector(arguments)[:result])

    def _do_pwrite(self, arguments: Sequence[str], result: int) -> None:
        if handle := self._handles.get(_number(arguments[0])):
            self._put(handle, _number(arguments[3]), _text(arguments[1])[:result])

    def _put(self, handle: _Handle, offset: int | None, data: bytes) -> None:
        at = len(handle.file.content) if handle.appends else handle.offset if offset is None else offset
        handle.file.change(_Write(at, data))
        if offset is None:
            handle.offset = at + len(data)
        if handle.syncs:
            handle.file.sync()

    def _do_sendfile(self, arguments: Sequence[str], result: int) -> None:
        target, source = (self._handles.get(_number(argument)) for argument in arguments[:2])
        if target is None or not result:
            return
        if source is None or not re.fullmatch(r"NULL|\[\d+\].*", arguments[2]):
            raise NotModelledError(f"sendfile{tuple(arguments)}"[:200])
        start = source.offset if arguments[2] == "NULL" else int(arguments[2][1:].partition("]")[0])
        self._put(target, None, source.file.content[start : start + result])
        source.offset += result if arguments[2] == "NULL" else 0

    def _do_ftruncate(self, arguments: Sequence[str], _result: int) -> None:
        if handle := self._handles.get(_number(arguments[0])):
            handle.file.change(_Resize(_number(arguments[1])))

    def _do_fallocate(self, arguments: Sequence[str], _result: int) -> None:
        if handle := self._handles.get(_number(arguments[0])):
            end = _number(arguments[2]) + _number(arguments[3])
            if arguments[1] not in ("0", "FALLOC_FL_KEEP_SIZE"):
                raise NotModelledError(f"fallocate{tuple(arguments)}")
            if arguments[1] == "0" and end > len(handle.file.content):
                handle.file.change(_Resize(end))

    def _do_fsync(self, arguments: Sequence[str], _result: int) -> None:
        if handle := self._handles.get(_number(arguments[0])):
            handle.file.sync()
            if handle.file.is_folder:
                self._sync_names(handle.file)

    def _sync_names(self, synced: _File) -> None:
        """A rename is on the disk as a whole, also where only one of its two folders was synced."""
        remaining = []
        for naming in self._namings:
            if any(folder is synced for folder, _, _ in naming.effects):
                for folder, name, file in naming.effects:
                    if file is None:
                        folder.durable_names.pop(name, None)
                    else:
                        folder.durable_names[name] = file
            else:
                remaining.append(naming)
        self._namings = remaining

    _do_fdatasync = _do_fsync  # the data of a file is its content and its size, the data of a folder its names

    def _do_rename(self, arguments: Sequence[str], _result: int) -> None:
        paths = self._path(*arguments[:2]), self._path(*arguments[2:4])
        inside = [self._within(path) is not None for path in paths]
        if not any(inside):
            return
        if not all(inside) or (len(arguments) > 4 and arguments[4] not in ("0", "RENAME_NOREPLACE")):
            raise NotModelledError(f"rename {paths} {arguments[4:]}")
        (source, old), (target, new) = (self._place(path) for path in paths)
        if source.names[old] is not target.names.get(new):  # rename(2): two names of one file: nothing happens
            self._name((target, new, source.names[old]), (source, old, None))

    def _do_link(self, arguments: Sequence[str], _result: int) -> None:
        paths = self._path(*arguments[:2]), self._path(*arguments[2:4])
        if self._within(paths[1]) is None:
            return
        if self._within(paths[0]) is None:
            raise NotModelledError(f"link {paths}")
        (source, old), (target, new) = (self._place(path) for path in paths)
        self._name((target, new, source.names[old]))

    def _do_unlink(self, arguments: Sequence[str], _result: int) -> None:
        path = self._path(*arguments[:2])
        if self._within(path) is not None:
            folder, name = self._place(path)
            self._name((folder, name, None))

    def _do_mkdir(self, arguments: Sequence[str], _result: int) -> None:
        path = self._path(*arguments[:2])
        if self._within(path) is not None:
            folder, name = self._place(path)
            self._name((folder, name, _File(is_folder=True)))


def put_down(tree: Tree, folder: Path) -> None:
    """Make ``folder``, which is empty or not there, hold the files of ``tree``."""
    folder.mkdir(exist_ok=True)
    for path, content in tree:
        if content is None:
            (folder / path).mkdir()
        else:
            (folder / path).write_bytes(content)
