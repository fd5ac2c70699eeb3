"""The papers that are nearest to one of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from readlist.latex import plain, to_unicode
from readlist.paper import Paper
from readlist.statuses import meaning
from readlist.tui import glyphs
from readlist.tui.screens.dialog import Dialog
from readlist.tui.style_sheets import style_sheet
from readlist.tui.widgets.options import Options
from readlist.tui.widgets.panel import Panel
from readlist.tui.widgets.paper_row import pad

if TYPE_CHECKING:
    from readlist.search.related import Related
    from readlist.tui.session import Session

_AUTHOR = 14
"""Cells for the name of the first author."""


class RelatedScreen(Dialog[str | None]):
    """Lists them, the nearest first, and gives the id of the one that is chosen; R goes on to those near to it."""

    CSS_PATH = style_sheet("related")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Close", priority=True),
        Binding("j", "step(1)", "Down", priority=True),
        Binding("k", "step(-1)", "Up", priority=True),
        Binding("R", "follow", "Related to it", priority=True),
    ]

    def __init__(self, session: "Session", paper: Paper) -> None:
        super().__init__()
        self._session = session
        self._paper = paper
        self._found: Sequence[tuple[Paper, Related]] = ()

    def compose(self) -> ComposeResult:
        """The papers, and below them what brings the one under the cursor near."""
        with Panel(id="related") as panel:
            panel.show_hints("enter goes there", "R related to it", "esc closes")
            yield Static(id="related-paper", markup=False)
            yield Options()
            yield Static(id="related-words", markup=False)

    def on_mount(self) -> None:
        """Look for them."""
        self._look()

    def _look(self) -> None:
        self.query_one("#related").border_title = "Related papers"
        self.query_one("#related-paper", Static).update(Content.styled(plain(to_unicode(self._paper.title)), "bold"))
        self.query_one(OptionList).clear_options()
        self._tell("Looking …")
        self._find()

    def _tell(self, text: str) -> None:
        self.query_one("#related-words", Static).update(Content.styled(plain(text), "$foreground 60%"))

    @work(exclusive=True, group="related")
    async def _find(self) -> None:
        found = await self._session.related(self._paper.id)
        if self.is_left:
            return
        self._found = found
        options = self.query_one(OptionList)
        options.add_options(Option(_row(paper), id=paper.id) for paper, _ in self._found)
        if self._found:
            options.highlighted = 0
        else:
            self._tell("No other paper shares a telling word with it.")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tell what brings it near."""
        _, near = self._found[event.option_index]
        self._tell(f"both: {', '.join(near.shared)}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click chooses."""
        self.dismiss(event.option.id)

    def action_step(self, rows: int) -> None:
        """Move as in the list."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if rows > 0 else options.action_cursor_up)()

    def action_follow(self) -> None:
        """Look for those near to the one under the cursor."""
        place = self.query_one(OptionList).highlighted
        if place is not None and place < len(self._found):
            self._paper = self._found[place][0]
            self._look()


def _row(paper: Paper) -> Content:
    author = pad(plain(to_unicode(paper.authors[0].short)) if paper.authors else "–", _AUTHOR)
    star = glyphs.STAR if paper.star else " "
    return Content.assemble(
        f"{meaning(paper.status).glyph}{star} ",
        (f"{paper.year or '    '}  {author}  ", "$foreground 60%"),
        plain(to_unicode(paper.title)),
    )
