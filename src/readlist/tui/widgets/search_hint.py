"""The line below the search line: what is wrong in the search, what was forgiven, and how it may go on."""

from collections.abc import Sequence
from textwrap import wrap

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from readlist.latex import plain
from readlist.search.query import QueryProblem
from readlist.search.query.completion import Completion

_FIELDS = "author: title: tag: year:2021..2023 is:unread has:note added:<30d  -not  or  “phrase”  /regex/"
_INDENT = 2
"""Cells before the text of the search line."""
_DIM = "$foreground 60%"


class SearchHint(Static):
    """One line, of a long complaint some more; `explain` chooses what matters most."""

    def explain(
        self,
        problem: QueryProblem | None,
        forgiven: str,
        completions: Sequence[Completion],
        chosen: int,
        *,
        hints: bool,
    ) -> None:
        """Show the first of these that there is.

        Args:
            problem: what is wrong in the search, or still missing: then the completions matter more.
            forgiven: what it was taken for.
            completions: how it may go on.
            chosen: which of them has been taken already, or -1.
            hints: whether there is to be a word on what can be asked for, in case there is nothing else to say.
        """
        if problem and not problem.is_pending:
            content = self._problem(problem, "$text-error")
        elif completions:
            content = self._completions(completions, chosen)
        elif problem:
            content = self._problem(problem, "$text-warning")
        elif forgiven:
            content = Content.styled(f"{' ' * _INDENT}{plain(forgiven)}", "$text-warning")
        else:
            content = Content.styled(f"{' ' * _INDENT}{_FIELDS}", _DIM) if hints else Content("")
        self.display = bool(content.plain) or hints
        lines = content.plain.count("\n") + 1
        if lines != self._lines:
            self._lines = lines
            self.styles.height = lines
        self.update(content, layout=False)

    _lines = 1

    def _problem(self, problem: QueryProblem, style: str) -> Content:
        """The mark stands below the place, and the message where there is room: behind it, before it, or below."""
        mark = "^" * max(1, problem.end - problem.start)
        message = plain(problem.message)
        width = self.size.width or self.app.size.width
        start = _INDENT + problem.start
        if not problem.end:
            return Content.styled(f"{' ' * _INDENT}{message}", style)
        if start + len(mark) + 1 + cell_len(message) <= width:
            return Content.styled(f"{' ' * start}{mark} {message}", style)
        if start > cell_len(message) and start + len(mark) <= width:
            return Content.styled(f"{' ' * (start - cell_len(message) - 1)}{message} {mark}", style)
        below = [f"{' ' * _INDENT}{line}" for line in wrap(message, max(1, width - 2 * _INDENT))]
        marked = [f"{' ' * start}{mark}"] if start < width - _INDENT else []
        return Content.styled("\n".join([*marked, *below]), style)

    def _completions(self, completions: Sequence[Completion], chosen: int) -> Content:
        room = (self.size.width or self.app.size.width) - _INDENT - len("tab  …")
        first = max(0, chosen)
        pieces: list[Content] = [Content.styled(f"{' ' * _INDENT}tab ", _DIM)]
        for number, completion in enumerate(completions[first:]):
            label = plain(completion.label)
            room -= cell_len(label) + 2
            if room < 0 and number:
                pieces.append(Content.styled(" …", _DIM))
                break
            pieces.append(Content.styled(f" {label} ", "reverse" if number == 0 else _DIM))
        return Content("").join(pieces)
