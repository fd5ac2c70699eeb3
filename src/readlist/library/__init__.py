"""The reading list on disk: the only room that knows TinyDB.

* ``library``: `Library`, the one door to changes: add, edit, undo, redo;
* ``reader``: `LibraryReader`, what it is built on, and all that those need who only look;
* ``history``: what was done, and how it is taken back;
* ``editing``: a change that the user asks for, as operations on documents;
* ``snapshot``: what the tables say, as papers;
* ``file``: the file, which cannot be torn, and ``storage``, which gives it to TinyDB;
* ``layout``, ``atomic``, ``lock``: its three parts: the text of the file, replacing it, one writer at a time;
* ``store``, ``journal``, ``delta``: the file with the changes that were confirmed since it was written;
* ``schema``, ``ids``, ``wording``, ``errors``: versions of the file, document ids, names of changes, what is raised;
* ``doctor``: looks a library file over.
"""
