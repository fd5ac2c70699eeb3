"""The part of the main screen that shows the sidebar and goes where it leads."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Any

from readlist.saved_views import SavedView, ViewsError, load_views, remove_view, rename_view, save_view
from readlist.search.view import Order, Shelf
from readlist.tui.screens.part import ScreenPart

if TYPE_CHECKING:
    from readlist.paper import Paper
    from readlist.tui.session import Session
    from readlist.tui.widgets.paper_list import PaperList
    from readlist.tui.widgets.sidebar import Entry, Sidebar


_REST = 0.3
"""Seconds without a change after which the entries of the sidebar are counted again."""


class Browsing(ScreenPart):
    """Opens and closes the sidebar of the main screen, and keeps its counts true."""

    if TYPE_CHECKING:
        session: Session
        paper_list: PaperList

        def look(self, *, shelf: Shelf | None = None, query: str | None = None, order: Order | None = None) -> None:
            """Given by the main screen."""

        def say(self, message: str, *, severity: str = "information", lasting: bool = True) -> None:
            """Given by the main screen."""

        def start(self, work: Coroutine[Any, Any, object], group: str) -> None:
            """Given by the main screen."""

    _counted: "Mapping[str, Paper] | None" = None
    """The papers of which the entries tell."""
    _has_counted = False
    _sidebar: "Sidebar | None" = None
    """Kept at hand rather than queried: it is asked for with every command at every key."""
    _forgotten: SavedView | None = None
    """The saved view that was forgotten last."""

    @property
    def sidebar(self) -> "Sidebar | None":
        """The sidebar, while it is open."""
        return self._sidebar

    def toggle_sidebar(self) -> None:
        """Open the sidebar and go there; close it when the cursor is there already."""
        from readlist.tui.widgets.sidebar import Sidebar  # noqa: PLC0415 - opened on demand

        bar = self.sidebar
        if bar is None:
            bar = self._sidebar = Sidebar(
                choose=self._choose,
                rename=self._rename,
                remove=self._forget,
                restore=self._restore,
                other=self.say,
            )
            self.query_one("#panes").mount(bar, before="#list-pane")
            self._counted, self._has_counted = None, False
            self.refresh_sidebar()
            self.set_focus(bar)
        elif self.focused is bar:
            bar.remove()
            self._sidebar = None
            self.set_focus(self.paper_list)
        else:
            self.set_focus(bar)

    def refresh_sidebar(self) -> None:
        """Count anew, off the event loop, where the library has changed."""
        if self.sidebar is not None and self._counted is not self.session.papers:
            self._counted = self.session.papers
            self.start(self._count_entries(), "sidebar")

    async def _count_entries(self) -> None:
        papers = self.session.papers
        if self._has_counted:  # going through a large library with every mark of a row of marks would be felt
            await asyncio.sleep(_REST)
            if self.session.papers is not papers:
                return
        self._has_counted = True
        entries = await self.session.facets(self.saved_views())
        if self.sidebar is not None and self.session.papers is papers:
            self.sidebar.show_entries(entries)

    def saved_views(self) -> list[SavedView]:
        """The saved views; what is wrong with their file is told."""
        try:
            return load_views()
        except ViewsError as error:
            self.say(str(error), severity="error")
            return []

    def show_saved(self, view: SavedView) -> None:
        """Show what a view finds, in its order."""
        orders = [order.value for order in Order]
        self.look(shelf=Shelf.ALL, query=view.query, order=Order(view.sort) if view.sort in orders else None)

    def _choose(self, entry: "Entry") -> None:
        self.show_saved(SavedView(entry.name, entry.query, entry.sort))
        self.set_focus(self.paper_list)

    def keep_view(self, name: str | None) -> None:
        """Save the search that is on, in the order that is shown, under this name."""
        if not name or not name.strip():
            return
        chosen = self.session.view.order
        sort = "" if chosen is Order.RELEVANCE else chosen.value
        self._change_views(
            lambda: save_view(SavedView(name.strip(), self.session.full_query, sort)), f"Saved as “{name.strip()}”"
        )

    def _rename(self, name: str) -> None:
        from readlist.tui.screens.name import NameScreen  # noqa: PLC0415 - asked for seldom

        def rename(new: str | None) -> None:
            if new and new.strip() and new.strip() != name:
                self._change_views(lambda: rename_view(name, new.strip()), f"“{name}” is called “{new.strip()}” now")

        self.app.push_screen(NameScreen("Rename the view", name, "what it finds stays the same"), rename)

    def _forget(self, name: str) -> None:
        forgotten = [view for view in self.saved_views() if view.name == name]
        if forgotten and self._change_views(lambda: remove_view(name), f"Forgot the view “{name}” — U brings it back"):
            self._forgotten = forgotten[0]

    def _restore(self) -> None:
        view, self._forgotten = self._forgotten, None
        if view is None:
            self.say("No view has been forgotten since the start")
        else:
            self._change_views(lambda: save_view(view), f"The view “{view.name}” is back")

    def _change_views(self, act: Callable[[], None], news: str) -> bool:
        try:
            act()
        except ViewsError as error:
            self.say(str(error), severity="error")
            return False
        self.say(news)
        self._counted, self._has_counted = None, False
        self.refresh_sidebar()
        return True
