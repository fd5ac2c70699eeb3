"""Regular expressions that are compiled when they are first used.

Compiling takes some tenths of a millisecond each, which all together is a tenth of the time of ``readlist list``; most
calls use few of them.
"""

import re
from typing import Any, AnyStr, cast


class _LazyPattern:
    """Stands in for a pattern; what is asked of it first compiles it, and afterwards it is as quick as the pattern."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._made_of = source, flags

    def __getattr__(self, name: str) -> object:
        pattern: re.Pattern[Any] = re.compile(*self._made_of)
        self.__dict__.update(
            search=pattern.search,
            match=pattern.match,
            fullmatch=pattern.fullmatch,
            finditer=pattern.finditer,
            findall=pattern.findall,
            split=pattern.split,
            sub=pattern.sub,
            subn=pattern.subn,
            pattern=pattern.pattern,
            flags=pattern.flags,
            groups=pattern.groups,
            groupindex=pattern.groupindex,
        )
        return getattr(pattern, name)


def lazy_pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, which is called by the first use; what is wrong with ``source`` is raised only then.

    Raises:
        re.error: at the first use.
    """
    return cast("re.Pattern[AnyStr]", _LazyPattern(source, flags))
