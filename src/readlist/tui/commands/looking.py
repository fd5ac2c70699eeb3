"""Commands that choose which papers are shown, and in which order."""

import asyncio

from readlist.search.view import Order, Shelf
from readlist.tui.commands.base import Command


class Search(Command):
    """Search as you type: words, author: title: tag: year: is: has: …; esc clears."""

    id, keys, label, group = "search", "slash", "Search", "Looking"
    in_key_bar = True
    in_sidebar = True

    def run(self) -> None:
        self.screen.open_search()


class _Show(Command):
    group = "Looking"
    in_sidebar = True
    shelf: Shelf

    def run(self) -> None:
        self.screen.look(shelf=self.shelf)


class ShowAll(_Show):
    """Show all papers."""

    id, keys, label, shelf = "show-all", "1", "All", Shelf.ALL


class ShowUnread(_Show):
    """Show the unread papers."""

    id, keys, label, shelf = "show-unread", "2", "Unread", Shelf.UNREAD


class ShowReading(_Show):
    """Show the papers you are reading."""

    id, keys, label, shelf = "show-reading", "3", "Reading", Shelf.READING


class ShowRead(_Show):
    """Show the papers you have read."""

    id, keys, label, shelf = "show-read", "4", "Read", Shelf.READ


class ShowStarred(_Show):
    """Show the starred papers."""

    id, keys, label, shelf = "show-starred", "5", "Starred", Shelf.STARRED


class ShowTrash(_Show):
    """Show the trash, from which papers can be put back."""

    id, keys, label, shelf = "show-trash", "6", "Trash", Shelf.TRASH


class ShowQueue(_Show):
    """Show the reading queue: what is to be read next, in your order."""

    id, keys, label, shelf = "show-queue", "7", "Queue", Shelf.QUEUE
    hint = "<queue-down> and <queue-up> order the queue; what is read leaves it"


class Filter(Command):
    """Choose a shelf or a saved view; f and a digit shows a shelf also where digits are counts."""

    id, keys, label, group = "filter", "f", "Filter", "Looking"

    def run(self) -> None:
        from readlist.tui.screens.choice import Choice, ChoiceScreen  # noqa: PLC0415 - opened seldom

        counts, views = self.session.view.counts, {f"view {view.name}": view for view in self.screen.saved_views()}
        shelves = {f"shelf {shelf.value}": shelf for shelf in Shelf}
        choices = [Choice(name, f"{shelf.label.capitalize()} {counts.of(shelf):,}") for name, shelf in shelves.items()]
        choices += [Choice(name, view.name) for name, view in views.items()]

        def go(chosen: str | None) -> None:
            if chosen in shelves:
                self.screen.look(shelf=shelves[chosen])
            elif chosen in views:
                self.screen.show_saved(views[chosen])

        self.screen.app.push_screen(ChoiceScreen("Show", choices, f"shelf {self.session.view.shelf.value}"), go)


class ToggleSidebar(Command):
    """Open the sidebar: saved views, tags, years, categories, authors; there again, close it."""

    id, keys, label, group = "sidebar", "b", "Sidebar", "Looking"
    hint = "enter shows an entry; <save-view> saves a search; <sidebar> closes"
    in_sidebar = True

    def run(self) -> None:
        self.screen.toggle_sidebar()


class SaveView(Command):
    """Save the search that is on, with its order, as a view of the sidebar."""

    id, keys, label, group = "save-view", "B", "Save view", "Looking"
    in_sidebar = True

    def run(self) -> None:
        from readlist.tui.screens.name import NameScreen  # noqa: PLC0415 - opened seldom

        query = self.session.full_query
        if not query:
            self.screen.say("Search for something or choose a shelf first: that is what a view keeps")
            return
        self.screen.app.push_screen(NameScreen("Save this view", query, query), self.screen.keep_view)


class Triage(Command):
    """Go through the unread papers, or those selected, one at a time: one key says what becomes of each."""

    id, keys, label, group = "triage", "T", "Triage", "Reading"
    needs_paper = True

    def enabled(self) -> bool:
        return self.session.view.shelf is not Shelf.TRASH and super().enabled()

    def run(self) -> None:
        self.screen.open_triage()


class Figures(Command):
    """Show how much was read, when and of what."""

    id, keys, label, group = "statistics", "i", "Statistics", "Looking"

    def run(self) -> None:
        self.screen.start(self._show(), "statistics")

    async def _show(self) -> None:
        from readlist import statistics  # noqa: PLC0415 - asked for seldom
        from readlist.tui.screens.statistics import StatisticsScreen  # noqa: PLC0415 - likewise

        papers = self.session.papers
        figures = await asyncio.to_thread(lambda: statistics.statistics_of(papers.values(), statistics.today()))
        self.screen.app.push_screen(StatisticsScreen(figures))


class ShowRelated(Command):
    """Show the ten papers that are nearest to this one by title and abstract."""

    id, keys, label, group = "related", "R", "Related", "Looking"
    needs_paper = True

    def enabled(self) -> bool:
        return self.session.view.shelf is not Shelf.TRASH and super().enabled()

    def run(self) -> None:
        from readlist.tui.screens.related import RelatedScreen  # noqa: PLC0415 - opened seldom

        paper = self.screen.paper_list.current
        if paper is not None:
            self.screen.app.push_screen(RelatedScreen(self.session, paper), self._go)

    def _go(self, chosen: str | None) -> None:
        if chosen is not None:
            self.screen.show_paper(chosen)


class Sort(Command):
    """Choose the order of the list."""

    id, keys, label, group = "sort", "S", "Sort", "Looking"

    def run(self) -> None:
        from readlist.tui.screens.choice import Choice, ChoiceScreen  # noqa: PLC0415 - opened seldom

        orders = [
            Choice(order.value, order.label.capitalize())
            for order in Order
            if order is not Order.QUEUE and (order is not Order.RELEVANCE or self.session.view.query.ranks)
        ]
        chooser = ChoiceScreen("Sort", orders, current=self.session.view.order.value)
        self.screen.app.push_screen(chooser, self._sort)

    def _sort(self, chosen: str | None) -> None:
        if chosen is not None:
            self.screen.look(order=Order(chosen))
