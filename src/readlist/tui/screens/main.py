"""The main screen: list, detail and bars. It composes and connects; commands do, and the session holds the truth."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.signal import Signal
from textual.widget import Widget

from readlist import look_memory
from readlist.config import Config
from readlist.paper import Paper
from readlist.search.view import Order, Shelf, View
from readlist.tui import copying
from readlist.tui.commands.registry import COMMANDS
from readlist.tui.named_keys import with_keys
from readlist.tui.screens.browsing import Browsing
from readlist.tui.screens.leaving import Leaving
from readlist.tui.screens.list_frame import ListFrame
from readlist.tui.screens.note_writing import NoteWriting
from readlist.tui.screens.saving import Saving
from readlist.tui.screens.searching import Searching
from readlist.tui.session import Session
from readlist.tui.widgets.detail import PaperDetail
from readlist.tui.widgets.paper_list import PaperList
from readlist.tui.widgets.paper_row import RowOptions
from readlist.tui.widgets.toast_box import prepare_box

if TYPE_CHECKING:
    from readlist.importing import ImportPlan
    from readlist.tui.triage_places import Beginning, TriagePlaces

_LONGEST_COUNT = 6
"""Digits of a count."""


class MainScreen(Saving, NoteWriting, Searching, Browsing, Leaving, ListFrame):
    """The reading list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(command.binding() for command in COMMANDS.values()),
        *(
            Binding(digit, f"count('{digit}')", show=False, priority=True, id=f"count-{digit}")
            for digit in "0123456789"
        ),
    ]
    AUTO_FOCUS = "#papers"
    _dragging = False
    _triage_places: "TriagePlaces | None" = None
    _only: Paper | None = None
    """The one paper that commands act on, whatever is selected."""

    def __init__(
        self, session: Session, config: Config, *, welcome: bool, problems: Sequence[str] = (), news: str = ""
    ) -> None:
        super().__init__()
        self._problems = problems
        self._news_of_opening = news
        self._drafts = {}
        self.session = session
        self.config = config
        self._welcome = welcome
        self._cards: list[Widget] = []
        """What lies over the list until a key is pressed."""
        self._error_shown = False
        self._count = ""
        self.changed = Signal[None](self, "changed")
        """Tells a screen above this one that the library or what is shown of it has changed."""
        self._last = ""
        """The command that is to be repeated."""
        self.last_tagging: tuple[list[str], list[str]] | None = None
        """The tags that were given and taken last."""
        self.last_copy: tuple[str, bool] | None = None
        """The style that was copied last, and whether with italics."""
        self._look = look_memory.load()
        self.row_options = RowOptions(config.zebra, config.note_line, config.rules)

    @property
    def first_view(self) -> View:
        """What the session shows to begin with."""
        return self.session.view

    def on_mount(self) -> None:
        """Show the library, and keep an eye on what other processes do to it."""
        self.fit()
        self.split(self._look.split, keep=False)
        self.show_view()
        self._say_what_is_wrong()
        if self._welcome:
            self.call_after_refresh(self._show_welcome)
        self.call_after_refresh(self.keep_up)
        self.call_after_refresh(prepare_box, self)
        self.call_after_refresh(self.start, self.session.work_ahead(), "ahead")
        if not self.session.library.is_read_only:
            # A lambda: what is opened over the screen before it is drawn puts this off, perhaps for good.
            self.call_after_refresh(lambda: self.start(self.take_up_drafts(), "drafts"))

    def _say_what_is_wrong(self) -> None:
        """Say what came of opening the library and the settings."""
        library = self.session.library
        more = [f"and {len(library.damaged) - 1:,} more: readlist doctor"] if len(library.damaged) > 1 else []
        complaints = [*self._problems, *library.damaged[:1], *more]
        told = [*complaints, *([self._news_of_opening] if self._news_of_opening else []), *self.tell_state()]
        if told:
            self.say("\n".join(told), severity="error" if complaints or library.held else "warning")

    # Showing

    def show_view(self) -> None:
        """Bring everything on the screen in line with the session."""
        view = self.session.view
        before = self.paper_list.current
        self.shelf_bar.show_view(view)
        self.empty_message.display = not view.papers
        if not view.papers:
            self.empty_message.explain(view, self.session.query_text, self.key_of)
        self.paper_list.show_view(view, self.session.selection)
        self.refresh_sidebar()
        self.changed.publish(None)
        alone = self.has_class("-narrow") or not view.papers
        if alone and self.pane is self.detail and self.paper_list.current is not before:
            # The paper that was being read has left the shelf; another one in its place would look like it.
            still = before and self.paper_list.current and before.id == self.paper_list.current.id
            if not still:
                self.next_pane()
        self.show_current()
        if self.focused is None and self.app.app_focus and not self.has_class("-detail"):
            self.set_focus(self.paper_list)

    def look(
        self,
        *,
        shelf: Shelf | None = None,
        query: str | None = None,
        order: Order | None = None,
        typing: bool | None = None,
    ) -> None:
        """Show another shelf, another search or another order; what is not given stays."""
        with self.one_frame():
            self.session.look(shelf=shelf, query=query, order=order, typing=typing)
            self.show_view()
            self.explain_search()

    def show_current(self) -> None:
        """Bring detail pane and bars in line with the cursor."""
        self._show_place()
        self.show_keys()

    def _show_place(self) -> None:
        """Bring in line with the cursor what changes whenever it moves: the keys that matter do not."""
        if self.detail_visible:
            self.detail.show_paper(self.paper_list.current, self.session.view.query)
        self._show_status()

    def _show_status(self) -> None:
        view, session = self.session.view, self.session
        place = f"{self.paper_list.row + 1:,} of {len(view.papers):,}" if view.papers else "no papers"
        selected = f"{len(session.selection):,} selected" if session.selection else ""
        counted = f"{self._count} …" if self._count else ""
        searched = f"search “{session.query_text.strip()}”" if session.query_text.strip() else ""
        self.status_bar.show((counted, place, selected, searched, view.order.label), self.session.library.path.name)

    def on_descendant_focus(self) -> None:
        """Show the keys of what has the focus now."""
        self.show_keys()

    @on(PaperList.Moved)
    def _follow_cursor(self) -> None:
        """Bring in line with the cursor what depends on it.

        A command does so at once: told by a message alone, the rest of the screen would come a frame later.
        """
        self._catch_up_range()
        self._show_place()

    def _catch_up_range(self) -> None:
        """Let the range that is being drawn reach to the cursor: the list tells of a move after the key itself."""
        if self.session.drawing_range and self.paper_list.current:
            before = self.session.selection
            self.session.extend_range(self.paper_list.current.id)
            if self.session.selection != before:
                self.show_selection()

    def on_resize(self) -> None:
        """Fill the detail pane when the window has grown wide enough; what was being read stays when it shrinks."""
        if self.focused is self.detail:
            self.add_class("-detail")
        self.call_after_refresh(self.show_current)

    def _show_welcome(self) -> None:
        from readlist.tui.widgets.welcome import Welcome  # noqa: PLC0415 - shown once in a library's life

        if self._welcome:  # no key has been pressed meanwhile
            self.show_card(Welcome(len(self.session.papers), self.key_of))

    def on_key(self) -> None:
        """Any key takes the cards away."""
        self._hide_cards()

    def on_click(self) -> None:
        """So does a click."""
        self._hide_cards()

    def show_card(self, card: Widget) -> None:
        """Lay ``card`` over the end of the list until a key is pressed."""
        self._cards.append(card)
        self.mount(card)

    def _hide_cards(self) -> None:
        self._welcome = False
        while self._cards:
            self._cards.pop().remove()

    # Commands

    def action_command(self, name: str) -> None:
        """Run the command with this id."""
        self._hide_cards()
        self.put_off_fold()
        command = self.commands[name](self)
        if command.needs_paper:
            self.paper_list.settle()
        self._catch_up_range()
        had_count = self._count
        if command.repeats:
            self._last = name
        with self.one_frame():
            command.run()
            self._follow_cursor()
            if had_count:
                self.forget_count()
        if command.hint and name not in self._look.hints:
            self._give_hint(name, with_keys(command.hint, self.key_of))

    def _give_hint(self, name: str, hint: str) -> None:
        """Say what a new user could not know; once in his life."""
        self._look = self._look._replace(hints=(*self._look.hints, name))
        look = look_memory.load()
        self.notify(hint, markup=False, timeout=8)
        self.start(asyncio.to_thread(look_memory.keep, look._replace(hints=(*look.hints, name))), "look")

    def open_triage(self) -> None:
        """Go through the selected papers, else through the unread ones that are shown, on from where that was left."""
        from readlist.tui.triage_places import Beginning, TriagePlaces, list_of  # noqa: PLC0415 - opened on demand

        if self.session.selection:
            self._triage([paper.id for paper in self.targets], Beginning())
            return
        view = self.session.view
        unread = self.session.rows_on(Shelf.UNREAD)
        queued = {identifier for _, identifier in self.session.rows_on(Shelf.QUEUE)}
        # What stands in the queue has been decided on: it is asked for again in the queue itself alone.
        left = unread if view.shelf is Shelf.QUEUE else [place for place in unread if place[1] not in queued]
        if not left:
            self.say("All unread papers here stand in the queue" if unread else "No unread paper is shown here")
            return
        ids = [identifier for _, identifier in left]
        cursor = next((place for place, (at, _) in enumerate(left) if at >= self.paper_list.row), 0)
        places = self._triage_places = self._triage_places or TriagePlaces(self.session.library.path)
        shown = list_of(view.shelf, self.session.query_text)
        self._triage(ids, places.beginning(shown, ids, cursor), lambda left: places.keep(shown, left))

    def _triage(self, ids: Sequence[str], start: "Beginning", keep: Callable[[Sequence[str]], object] = tuple) -> None:
        from readlist.tui.screens.triage import TriageScreen  # noqa: PLC0415 - opened on demand

        self.session.select(frozenset())
        self.show_selection()

        def back(identifier: str | None) -> None:
            if identifier and self.session.view.position(identifier) is not None:
                self.paper_list.go_to_paper(identifier)

        self.app.push_screen(TriageScreen(self, ids, start, keep=keep), back)

    def command_on(self, name: str, paper: Paper) -> None:
        """Run a command on this paper alone, whether the list shows it or not."""
        self._only = paper
        try:
            self.action_command(name)
        finally:
            self._only = None

    def repeat_last(self) -> None:
        """Do the last command that can be repeated again."""
        command = self.commands[self._last](self) if self._last else None
        if command is None:
            self.say("Nothing to repeat yet")
        elif command.enabled():
            self.paper_list.settle()
            command.repeat()

    # Counts: 05j goes down five rows. Digits that show a shelf continue a count, but do not begin one.

    @property
    def has_count(self) -> bool:
        """Whether a count has been typed before the key."""
        return bool(self._count.strip("0"))

    @property
    def count(self) -> int:
        """That count; 1 without one."""
        return int(self._count) if self.has_count else 1

    def action_count(self, digit: str) -> None:
        """Take a digit of a count."""
        self._count = (self._count + digit)[-_LONGEST_COUNT:]
        self._show_status()

    def forget_count(self) -> None:
        """Take no count along to the next key."""
        self._count = ""
        self._show_status()

    def _begins_count(self, digit: str) -> bool:
        return not any(
            binding.id in self.commands
            for _, bindings in self._binding_chain
            for binding in bindings.key_to_bindings.get(digit, ())
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command can do anything now; while a text field has the focus, its letters are text."""
        if action == "count":
            return not self.typing and (bool(self._count) or self._begins_count(str(parameters[0])))
        if action != "command":
            return super().check_action(action, parameters)
        command = self.commands[str(parameters[0])]
        if self._count and command.keys.isdecimal() and self.keys_of(command.id)[:1] == [command.keys]:
            return False
        if self.typing and not command.while_typing:
            return False
        if self.focused is not None and self.focused is self.sidebar and not command.in_sidebar:
            return False
        return command(self).enabled()

    @property
    def targets(self) -> list[Paper]:
        """What commands act on: the selected papers in the order shown, else the one under the cursor."""
        if self._only is not None:
            return [self._only]
        if self.session.selection:
            papers, selection = self.session.view.papers, self.session.selection
            return [papers[row] for row, identifier in enumerate(self.session.view.ids) if identifier in selection]
        current = self.paper_list.current
        return [current] if current else []

    def start(self, work: Coroutine[Any, Any, object], group: str) -> None:
        """Do ``work`` in the background; if it fails in a way that nobody foresaw, the app goes on and says so."""
        self.run_worker(self._guarded(work), group=group)

    async def _guarded(self, work: Coroutine[Any, Any, object]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 - the user is told; ending the app would take his unsaved text along
            self.say(f"That did not work: {str(error) or type(error).__name__}", severity="error")

    def key_of(self, command: str) -> str:
        """The first key that runs this command now, as it is written in a sentence: ``u``, ``ctrl+s``."""
        key = self.keys_of(command)[0]
        shown = "enter" if key == "enter" else self.app.get_key_display(Binding(key, ""))
        return f"ctrl+{shown[1:]}" if shown.startswith("^") and len(shown) > 1 else shown

    def say(self, message: str, *, severity: str = "information", lasting: bool = True) -> None:
        """Show a toast in the place of the one before, unless that told of an error; the text is shown as it is.

        Args:
            message: the text.
            severity: "information", "warning" or "error".
            lasting: whether an error stays when the next toast comes; a sign in the status bar may tell of it as well.
        """
        if not self._error_shown:
            self.app.clear_notifications()
        self._error_shown = severity == "error" and lasting
        level = {"warning": "warning", "error": "error"}.get(severity, "information")
        self.notify(message, severity=level, markup=False, timeout=4 if level == "information" else 8)  # type: ignore[arg-type]  # the dictionary holds the three levels only

    # Moving

    @property
    def pane(self) -> PaperList | PaperDetail:
        """The pane that movement keys act on."""
        return self.detail if self.focused is self.detail else self.paper_list

    def next_pane(self) -> None:
        """Give the focus to the other pane."""
        if self.pane is self.detail:
            self.remove_class("-detail")
            self.set_focus(self.paper_list)
        else:
            self.open_detail()

    @on(PaperList.Opened)
    def open_detail(self) -> None:
        """Show the current paper in full and let the keys scroll it."""
        if self.paper_list.current is None:
            return
        self.add_class("-detail")
        self.detail.show_paper(self.paper_list.current, self.session.view.query)
        self.set_focus(self.detail)

    def back_out(self) -> None:
        """Undo one layer of looking: detail, range, selection, search, shelf."""
        if self._count:
            return
        if self.focused is not None and self.focused is self.sidebar:
            self.set_focus(self.paper_list)
            return
        if self.pane is self.detail:
            self.next_pane()
        elif self.session.drawing_range or self.session.selection:
            self.session.select(frozenset())
            self.show_selection()
        elif self.session.query_text:
            self.close_search(clear=True)
        elif self.session.view.shelf is not Shelf.ALL:
            self.look(shelf=Shelf.ALL)

    @property
    def list_share(self) -> int:
        """Percent of the width that the list has."""
        return self._look.split

    def split(self, share: int, *, keep: bool = True) -> None:
        """Give the list this share of the width, in percent, and remember it."""
        share = min(max(share, look_memory.SMALLEST), look_memory.LARGEST)
        self.query_one("#list-pane").styles.width = f"{share}fr"
        self.query_one("#detail-pane").styles.width = f"{100 - share}fr"
        self._look = self._look._replace(split=share)
        if keep:
            look = look_memory.load()._replace(split=share)
            self.start(asyncio.to_thread(look_memory.keep, look), "look")

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the line between list and detail."""
        pane = self.query_one("#detail-pane")
        if self.has_class("-wide") and event.screen_x == pane.region.x and pane.region.contains(*event.screen_offset):
            self._dragging = True
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Move the line along."""
        if self._dragging:
            left, right = self.paper_list.region.x, self.query_one("#detail-pane").region.right
            self.split(round(100 * (event.screen_x - left) / max(1, right - left)), keep=False)

    def on_mouse_up(self) -> None:
        """Let go of it."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()
            self.split(self._look.split)

    def show_selection(self) -> None:
        """Show what is selected now."""
        self.paper_list.show_view(self.session.view, self.session.selection)
        self._show_status()
        self.show_keys()

    def show_paper(self, identifier: str) -> None:
        """Go to a paper of the list; where the shelf or the search hides it, to the whole list."""
        if self.session.view.position(identifier) is None:
            if self.session.query_text:
                self.close_search(clear=True)
            if self.session.view.position(identifier) is None:
                self.look(shelf=Shelf.ALL)
        self.paper_list.go_to_paper(identifier)
        self.show_current()

    # Sharing

    def copy(self, papers: Sequence[Paper], style: str, *, rich: bool = False, remember: bool = False) -> None:
        """Copy ``papers`` in ``style`` and say by which way that went.

        Args:
            papers: the papers.
            style: a format or a style.
            rich: with italics where the clipboard takes them.
            remember: that this style has been used.
        """
        self.last_copy = style, rich
        self.start(copying.copy(self, papers, style, rich=rich, remember=remember), "copying")

    def browse(self, addresses: Sequence[str], what: str) -> None:
        """Open the addresses that there are in the browser."""
        self.start(copying.browse(self, addresses, what), "browsing")

    def open_file(self, path: str) -> None:
        """Open a document on this computer."""
        self.start(copying.open_document(self, path), "browsing")

    def on_paste(self, event: events.Paste) -> None:
        """A listing page pasted anywhere in the list is read in, after a preview."""
        self._hide_cards()
        if not self.typing:
            event.stop()
            self.open_add(event.text)

    def open_add(self, text: str) -> None:
        """Offer to add papers, those in ``text`` to begin with."""
        from readlist.tui.screens.add import AddScreen  # noqa: PLC0415 - opened on demand

        self.app.push_screen(AddScreen(self.session.library, text), self._add)

    def _add(self, plan: "ImportPlan | None") -> None:
        if plan:
            from readlist.importing import carry_out  # noqa: PLC0415 - loaded by the screen that was just left

            self.carry_out(
                lambda library: carry_out(library, plan.found),
                otherwise="All of them have been added elsewhere",
                stays=len(plan.new) > 1,  # who adds one paper wants to see it; who adds many goes on with what he does
            )
