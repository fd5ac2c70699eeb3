"""Sentences that name keys: they are told with the keys that are bound, whatever the settings say."""

import re
from collections.abc import Callable


def with_keys(text: str, key_of: Callable[[str], str]) -> str:
    """``text`` with the key of each command whose id stands in it in angle brackets; ``key_of`` tells it."""
    return re.sub("<([a-z-]+)>", lambda found: key_of(found[1]), text)
