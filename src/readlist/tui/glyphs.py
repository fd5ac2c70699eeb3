"""The signs of the list: each status has its own, so that colour never carries a meaning alone."""

from readlist.paper import Paper

QUEUE = "»"
STAR = "★"
TRASH = "✗"
CURSOR = "▌"
SELECTED = "◆"
CODE = "‹›"
NOTE = "✎"
FILE = "▤"
TAGS = "#"
RULE = "│"
REVIEW = "?"


def marks(paper: Paper) -> str:
    """What the right end of a row shows of ``paper``: code, note, tags, doubt."""
    return "".join(
        sign
        for sign, shown in (
            (REVIEW, paper.needs_review),
            (CODE, paper.has_code),
            (NOTE, bool(paper.note)),
            (TAGS, bool(paper.tags)),
        )
        if shown
    )
