"""The texts of ``readlist help TOPIC``."""

from typing import NamedTuple


class Topic(NamedTuple):
    """One text."""

    title: str
    text: str


TOPICS = {
    "query": Topic(
        "How to search, in the app (/) and on the command line",
        """
All words must occur, in any field and however they are accented or capitalised.

  deep ensembles            both words
  "loss landscape"          the words beside each other
  author:fort               in one field; author:(fort or scherlis) one of several
  tag:ood  tag:oo*  -tag:x  a tag, all tags that begin so, papers without it
  year:2021..2023           a date, a range, >2020, <2020
  category:cs.LG  cs  LG    a category, all of an archive, a code as listings print it (CV: cs.CV or math.CV)
  added:<30d                in the last 30 days; w weeks, m months, y years
  a or b    -c    ( )       one of several, not, brackets
  /ensembl(e|ing)/          a regular expression, also behind a field

With words the best match comes first. Where nothing matches, one typing error in a word of five letters or more is
forgiven, and said. On the command line put a query that holds brackets, quotes or | in single quotation marks.
""",
    ),
    "format": Topic(
        "Templates of readlist list --format",
        r"""
Each paper is printed as one line, in which names in braces are replaced:

  readlist list is:unread --format '{key}\t{title}' | fzf
  readlist list --format '{year:>4}  {author:<12.12}  {title:.60}'

\t is a tab, \n a line end, \0 a NUL for xargs -0 (together with an empty rest); {{ is a brace. What follows a colon is
a format as in Python. Line ends within a field become blanks.

Names: %FIELDS%
""",
    ),
    "files": Topic(
        "Where readlist keeps what",
        """
  library     ~/.local/share/readlist/library.json, or READLIST_LIBRARY, or --library PATH (readlist path)
              a TinyDB file in JSON, one document a line; beside it a journal of changes and a folder of backups
  settings    ~/.config/readlist/config.toml (readlist config --defaults prints all of them, explained)
  views       ~/.config/readlist/views.json: the searches that you have saved
  styles      ~/.config/readlist/styles/*.csl: citation styles of your own
  state       ~/.local/state/readlist: favourite styles, and notes that were being written when a terminal died
  cache       ~/.cache/readlist: may be deleted at any time

XDG_DATA_HOME, XDG_CONFIG_HOME, XDG_STATE_HOME and XDG_CACHE_HOME are honoured; macOS and Windows have folders of their
own.
""",
    ),
    "exit": Topic(
        "Exit status, output and pipes",
        """
  0  done
  1  nothing was found
  2  wrong use or bad input; one line on standard error says what, a second one where

--json prints one JSON value on standard output and nothing else; every verb that prints something has it. Colour and
cutting to the width of the window happen on a terminal only. Warnings go to standard error.
""",
    ),
    "environment": Topic(
        "Environment variables",
        """
  READLIST_LIBRARY   the library file
  VISUAL, EDITOR     the program that readlist config and ctrl+e open
  NO_COLOR           no colours at all; every meaning has a sign of its own
  BROWSER            what opens web addresses
  XDG_DATA_HOME, XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME   other standard folders
""",
    ),
}
