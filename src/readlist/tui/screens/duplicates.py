"""Papers that may be one, side by side: look, and merge with one key."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from readlist.intake.duplicates import Suspicion
from readlist.latex import plain, to_unicode
from readlist.paper import Paper
from readlist.statuses import meaning
from readlist.tui import glyphs
from readlist.tui.screens.dialog import Dialog
from readlist.tui.style_sheets import style_sheet
from readlist.tui.widgets.panel import Panel

_LONGEST = 400
"""Characters of a note that are shown."""


_NAMES = 10
"""Cells for the names of the facts."""


Lines = list[Content]


class DuplicatesScreen(Dialog[None]):
    """Shows one pair after the other; ``merge`` is told which paper stays and which goes into it."""

    CSS_PATH = style_sheet("duplicates")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Close", priority=True),
        Binding("m", "merge", "Merge", priority=True),
        Binding("s", "swap", "Swap", priority=True),
        Binding("j,down,n", "step(1)", "Next", priority=True),
        Binding("k,up", "step(-1)", "Previous", priority=True),
    ]

    panel = query_one("#duplicates", Panel)
    left = query_one("#duplicate-kept", Static)
    right = query_one("#duplicate-other", Static)

    def __init__(self, found: Sequence[Suspicion], merge: Callable[[Paper, Paper], object]) -> None:
        super().__init__()
        self._found = list(found)
        self._merge = merge
        self._place = 0

    def compose(self) -> ComposeResult:
        """The two papers; what is done with them stands in the frame."""
        with Panel(id="duplicates") as panel:
            panel.show_hints("m merges", "s swaps", "j k next", "esc closes")
            yield Static(id="duplicate-reason", markup=False)
            with VerticalScroll(id="duplicate-scroll"), Horizontal(id="duplicate-pair"):
                yield Static(id="duplicate-kept", markup=False)
                yield Static(id="duplicate-other", markup=False)

    def on_mount(self) -> None:
        """Show the first pair."""
        self._show()

    def action_step(self, steps: int) -> None:
        """Show the pair before or after."""
        self._place = (self._place + steps) % len(self._found)
        self._show()

    def action_swap(self) -> None:
        """Let the other paper be the one that stays."""
        pair = self._found[self._place]
        self._found[self._place] = pair._replace(kept=pair.other, other=pair.kept)
        self._show()

    def action_merge(self) -> None:
        """Make one paper of the pair, and go on with the next."""
        pair = self._found.pop(self._place)
        self._merge(pair.kept, pair.other)
        # Of what has gone into another paper nothing else can become one.
        self._found = [one for one in self._found if pair.other.id not in {one.kept.id, one.other.id}]
        if not self._found:
            self.dismiss(None)
            return
        self._place %= len(self._found)
        self._show()

    def _show(self) -> None:
        if not self.query("#duplicate-kept"):  # a key that came before the screen was made, or after it was left
            return
        pair = self._found[self._place]
        self.panel.border_title = f"May be one paper: {self._place + 1:,} of {len(self._found):,}"
        self.query_one("#duplicate-reason", Static).update(f"They have {pair.reason}. The left one stays.")
        kept, other = _facts(pair.kept), _facts(pair.other)
        left, right = _column(kept, other, self.left.size.width), _column(other, kept, self.right.size.width)
        self.left.update(_level(left, right))
        self.right.update(_level(right, left))

    def on_resize(self) -> None:
        """Fit the lines to the columns, once these have got their width."""
        self.call_after_refresh(self._show)


def _facts(paper: Paper) -> dict[str, str]:
    """What is compared, by what it is called; what a paper does not say is a dash."""
    status = meaning(paper.status)
    authors = ", ".join(author.display for author in paper.authors[:6])
    more = " …" if len(paper.authors) > 6 or not paper.authors_complete else ""  # noqa: PLR2004 - as many as are shown
    facts = {
        "": to_unicode(paper.title),
        "by": f"{plain(to_unicode(authors))}{more}",
        "date": paper.issued or paper.published,
        "in": to_unicode(paper.venue),
        "arXiv": paper.arxiv_id,
        "DOI": plain(paper.doi),
        "status": f"{status.glyph} {plain(status.name)}{' ' + glyphs.STAR if paper.star else ''}",
        "tags": " ".join(f"#{plain(tag)}" for tag in paper.tags),
        "added": paper.added[:10],
        "abstract": f"{len(paper.abstract):,} characters" if paper.abstract else "",
        "note": plain(paper.note[:_LONGEST]),
    }
    return {name: value or "–" for name, value in facts.items()}


def _column(mine: dict[str, str], others: dict[str, str], width: int) -> list[Lines]:
    """The lines of each fact of one paper, its name before them; what differs stands out."""
    column = []
    for name, value in mine.items():
        # Bold as well as coloured: what differs must be seen without colours.
        style = "" if value == others[name] else "bold $text-warning" if name else "bold"
        indent = _NAMES if name else 0
        parts = Content(value).wrap(max(_NAMES, width - indent))
        lines = [
            Content.assemble(
                (f"{name if number == 0 else '':<{indent}}", "$foreground 60%"), (part.plain.rstrip(), style)
            )
            for number, part in enumerate(parts)
        ]
        column.append(lines if name else [*lines, Content("")])
    return column


def _level(column: list[Lines], beside: list[Lines]) -> Content:
    """The column with as many lines for each fact as the one beside it has, so that each stands beside its like."""
    lines = []
    for mine, others in zip(column, beside, strict=True):
        lines += [*mine, *[Content("")] * (len(others) - len(mine))]
    return Content("\n").join(lines)
