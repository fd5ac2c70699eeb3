"""What stops a verb of the command line; the message is the one line the user sees."""


class UsageError(Exception):
    """Wrong use or bad input: exit status 2."""

    hint = ""
    """What the user can do about it, where that is always the same."""
    place = ""
    """The input and, in a line below it, a mark at the place that is wrong; may be empty."""


class NothingFoundError(Exception):
    """Nothing matches: exit status 1."""
