"""The reading list on disk: the only room that knows TinyDB.

* ``library``: `Library`, the one door; open, look, change, undo, redo;
* ``history``: what was done, and how it is taken back;
* ``editing``: a change that the user asks for, as operations on documents;
* ``snapshot``: what the tables say, as papers;
* ``storage``: the TinyDB storage that cannot tear a file;
* ``layout``, ``atomic``, ``lock``: its three parts: the text of the file, replacing it, one writer at a time;
* ``schema``, ``ids``, ``wording``, ``errors``: versions of the file, document ids, names of changes, what is raised;
* ``doctor``: looks a library file over.
"""
