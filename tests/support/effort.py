"""How much is tried: enough for every change, or, with READLIST_THOROUGH set, all that can be."""

import os

THOROUGH = bool(os.environ.get("READLIST_THOROUGH"))
"""Whether to try all that can be tried, however long it takes."""
EXAMPLES = 100 if THOROUGH else 60
"""Of a property that says nothing else."""


def examples(most: int) -> int:
    """How many examples to draw of a property that deserves ``most``."""
    return most if THOROUGH else max(10, most * EXAMPLES // 100)
