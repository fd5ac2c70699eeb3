"""The words of the page itself: counts of likes and views, buttons, topic tags, times. They belong to no paper."""

import re

from readlist.intake.listing.dates import DATE
from readlist.subjects import is_category

_NUMBER = r"\d[\d.,]*\s?[kKM]?"
_SYMBOLS = r"[^\w\s\"'()\[\]{}#$\\]+"
_COUNTED = (
    r"(?:[Ll]ikes?|[Vv]iews?|[Ss]tars?|[Cc]omments?|[Bb]ookmarks?|[Uu]pvotes?|[Vv]otes?|[Cc]itations?|[Ss]hares?"
    r"|[Rr]ead(?:er)?s|[Dd]ownloads?|[Vv]isits?|[Rr]esources?|[Ff]ollowers?|[Rr]eposts?|[Pp]oints?|[Dd]iscussions?"
    r"|[Rr]eplies|[Rr]eply|[Ss]aves?|[Ff]orks?)"
)
_BUTTONS = (
    "abstract", "ask ai", "audio", "blog", "blog post", "bookmark", "bookmarked", "browse", "chat", "chat with paper",
    "cite", "code", "comment", "comments", "communities", "copy", "copy link", "dataset", "demo", "discuss",
    "discussion", "download", "download pdf", "explore", "export", "feedback", "follow", "github", "home", "hot",
    "hugging face", "huggingface", "view", "like", "liked", "link", "listen", "load more", "log in", "login", "menu",
    "more", "new", "next", "notes", "notifications", "open", "overview", "paper", "papers with code", "pdf",
    "previous", "podcast", "project page", "read more", "read paper", "recent", "reply", "report", "resources",
    "save", "saved", "search", "see more", "settings", "share", "show less", "show more", "sign in", "sign up",
    "similar", "slides", "star", "starred", "subscribe", "summary", "tags", "top", "trending", "upvote", "video",
    "view blog", "view code", "view paper", "view pdf", "view on arxiv", "arxiv", "alphaxiv",
)  # fmt: skip

_TOPICS = frozenset(
    (
        "computer science", "mathematics", "physics", "statistics", "quantitative biology", "quantitative finance",
        "electrical engineering and systems science", "economics", "artificial intelligence", "machine learning",
        "computation and language", "computer vision and pattern recognition", "computer vision", "robotics",
        "quantum physics", "cryptography and security", "software engineering", "information retrieval",
        "information theory", "astrophysics", "condensed matter", "high energy physics", "general relativity",
        "neural and evolutionary computing", "human-computer interaction", "natural language processing",
        "deep learning", "reinforcement learning", "multiagent systems", "signal processing", "optimization",
    ),
)  # fmt: skip
"""Names of arXiv's archives and of topics, as pages print them under a paper."""

MARK = rf"(?:Code|Blog|PDF|Video|Demo|Dataset|New|Hot|Trending|{_NUMBER}(?:\s?{_COUNTED})?|{_SYMBOLS})"
"""Regular expression of what may stand behind the date of a header; no groups."""

TRAIL = re.compile(
    rf"\s*(?:[\u00b7\u2022|]\s*)?(?:[\u2600-\u27bf\u2b50\u2b06\U0001f300-\U0001faff]\ufe0f?\s?{_NUMBER}|{_NUMBER}\s{_COUNTED})$"
)
"""A count at the end of another line: " · 12 likes"."""

_COUNT = re.compile(rf"(?:{_SYMBOLS}\s*)?{_NUMBER}(?:\s?{_COUNTED})?|{_COUNTED}:?\s?{_NUMBER}")
_SAID_COUNT = re.compile(rf"(?:{_SYMBOLS}\s*)?{_NUMBER}\s?{_COUNTED}|{_SYMBOLS}\s*{_NUMBER}|{_COUNTED}:?\s?{_NUMBER}")
_TAGS = re.compile(r"#[^\W_][\w-]*(?:[\s,\u00b7]+#[^\W_][\w-]*)*")
_TIME = re.compile(rf"(?:{DATE})", re.IGNORECASE)
_ONLY_SYMBOLS = re.compile(r"[^\w]+")
_PARTED = re.compile(r"\s*[\u00b7\u2022|]\s*|\t+|\s{2,}")
_LONGEST = 120


def is_furniture(line: str) -> bool:
    """Whether a line is nothing but counts, buttons, tags, categories and times.

    Args:
        line: One line without white space around it.
    """
    if len(line) > _LONGEST:
        return False
    return all(map(_is_piece, _PARTED.split(line)))


def is_unmistakable(line: str) -> bool:
    """Whether a line is furniture that no wrapped sentence can end in: tags, counts that say of what."""
    return all(_TAGS.fullmatch(piece) or _SAID_COUNT.fullmatch(piece) for piece in _PARTED.split(line))


def _is_piece(piece: str) -> bool:
    if not piece:
        return True
    words = piece.lower().strip(" .:\u2026!<>\u00ab\u00bb\u2190-\u21ff")
    return (
        words in _WORDS
        or is_category(piece)
        or any(pattern.fullmatch(piece) for pattern in (_COUNT, _TAGS, _TIME, _ONLY_SYMBOLS))
    )


_WORDS = frozenset(_BUTTONS) | _TOPICS
