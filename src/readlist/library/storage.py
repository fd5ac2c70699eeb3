"""The library file as a storage of TinyDB, whose own one can leave a torn file."""

from tinydb.storages import Storage

from readlist.library.file import LibraryFile


class AtomicStorage(LibraryFile, Storage):
    """What TinyDB reads and writes its tables through; every write replaces the file as a whole."""
