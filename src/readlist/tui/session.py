"""What the user is looking at, and the one way in which the app changes the library."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from readlist.library.errors import LibraryError, NotWrittenError
from readlist.library.library import Change, Library
from readlist.paper import Paper
from readlist.saved_views import SavedView
from readlist.search.finder import FORGIVEN_AT_ONCE, Finder
from readlist.search.query import Query
from readlist.search.view import Order, Shelf, View
from readlist.statuses import current
from readlist.tui.giving_way import giving_way

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from readlist.search.query.forgiving import Forgiven
    from readlist.search.related import Related
    from readlist.search.tally import Tally
    from readlist.tui.widgets.sidebar import Entry

_FEW = 500
"""Papers up to which all can be gone through, or sorted, between two frames."""
Result = TypeVar("Result")
Act = Callable[[Library], Change | None]
"""A change to carry out: it runs in a thread, on the library as it is then, and says what it did (or None: nothing)."""


class Session:
    """The library, the shelf, query and order in which it is shown, and which papers are selected.

    Nothing here knows of widgets: the screen asks for a new `view` after every change.
    """

    def __init__(self, library: Library, order: Order = Order.DATE, finder: Finder | None = None) -> None:
        """Look at ``library``; a ``finder`` may have been prepared for it."""
        self.library = library
        self.selection: frozenset[str] = frozenset()
        self.query_text = ""
        self._anchor: str | None = None
        self._before_range: frozenset[str] = frozenset()
        self._finder = finder or Finder()
        self._related: dict[str, tuple[Mapping[str, Paper], Sequence[Related]]] = {}
        self.lacks_values = False
        """Whether `values` has been asked for what is still to be counted (see `count_values`)."""
        self._tally: Tally | None = None
        self._counting: asyncio.Future[Tally] | None = None
        self._indexing = False
        self._turn = asyncio.Lock()
        self._thread: ThreadPoolExecutor | None = None
        self._ended = False
        self._order = self._start_order = order
        self._order_chosen = False
        """Whether the order was chosen for the search that is on, which would go by relevance else."""
        self._typing = False
        self.view = View(order=order)
        self._opened = library.digest, library.papers, library.unfolded
        """What there was to begin with: perhaps texts have been kept of it."""
        self.look()

    @property
    def has_ended(self) -> bool:
        """Whether the library has been closed, so that nothing can be asked of it any more."""
        return self._ended

    @property
    def papers(self) -> Mapping[str, Paper]:
        """All papers of the list by id, whatever is shown."""
        return self.library.papers

    def look(
        self,
        *,
        shelf: Shelf | None = None,
        query: str | None = None,
        order: Order | None = None,
        typing: bool | None = None,
    ) -> View:
        """Make the view anew, on another shelf, by another query or in another order where one is given.

        A search goes by relevance unless an order is chosen while it is on. ``typing`` says whether the query is still
        being typed. One that finds nothing is forgiven a typing error where that takes no time (see `forgive`).

        A selected paper that is no longer shown is no longer selected: nothing acts on what cannot be seen.
        """
        if query is not None:
            self.query_text = query
        if typing is not None:
            self._typing = typing
        parsed = Query.parse(self.query_text, unfinished=self._typing)
        if order:
            self._order_chosen = parsed.ranks
            self._order = order if order not in {Order.RELEVANCE, Order.QUEUE} else self._order
        elif not parsed.ranks:
            self._order_chosen = False
        shelf = shelf or self.view.shelf
        if shelf is Shelf.QUEUE and not order:  # which has an order of its own
            order_here = Order.QUEUE
        else:
            order_here = order if order and order is not Order.RELEVANCE else self._order
        by_relevance = order is Order.RELEVANCE or (parsed.ranks and not self._order_chosen)
        if order is Order.RELEVANCE:
            self._order_chosen = False
        self._show(parsed, shelf, Order.RELEVANCE if by_relevance else order_here)
        if parsed.problem and not self._typing:
            self.view = self.view._replace(papers=())  # what the rest of it finds would look like an answer
        elif not self.view.papers and len(self._searched()) <= FORGIVEN_AT_ONCE:
            self.take(self.forgive())
        return self.view

    def _show(self, query: Query, shelf: Shelf, order: Order) -> None:
        self._looked_at = self.library.papers, self.library.trash
        self.view = self._finder.view(
            self.papers,
            self.library.trash,
            shelf=shelf,
            query=query,
            order=order,
        )
        if self.selection:
            shown = set(self.view.ids)
            self.selection &= shown
            self._before_range &= shown

    def _searched(self) -> Mapping[str, Paper]:
        """The papers among which is searched, and some more: the shelf is not looked at."""
        return self.library.trash if self.view.shelf is Shelf.TRASH else self.papers

    def forgive(self) -> "Forgiven | None":
        """What the query, which finds nothing, was probably meant to be; may run in a thread, and take a second."""
        if self.view.papers or self.view.query.is_empty or self.view.query.problem:
            return None
        return self._finder.forgive(self.view.shelf, self.view.query)

    def expect_search(self) -> None:
        """Do ahead what the first letter of a search in a large library would have to wait for."""
        if len(self.papers) > _FEW:
            self._finder.expect_search()

    def found(self, query: str) -> list[Paper]:
        """The papers of the list that ``query`` finds, whatever is shown, by id."""
        return [self.papers[key] for key in self._found_ids(Query.parse(query))]

    def _found_ids(self, query: Query) -> list[str]:
        return sorted(key for key in self._finder.ids(query) if key in self.papers)

    def holding(self, words: Iterable[str]) -> dict[str, Paper]:
        """The papers of the list in which one of ``words`` occurs anywhere, or whose id it is, by id."""
        words = list(words)
        found = {*self._finder.holding(words), *words} if words else set()
        return {key: self.papers[key] for key in sorted(found) if key in self.papers}

    def added_last(self) -> list[str]:
        """The ids of the papers that were added last, together."""
        return self._finder.added_last()

    def queue(self, library: Library) -> list[Paper]:
        """The reading queue as ``library`` has it now; may be asked in a thread."""
        return self._finder.queued(library.papers)

    def rows_on(self, shelf: Shelf) -> list[tuple[int, str]]:
        """Row and id of each paper shown that stands on this shelf as well."""
        held = set(self._finder.on_shelf(shelf))
        return [(row, identifier) for row, identifier in enumerate(self.view.ids) if identifier in held]

    def take(self, forgiven: "Forgiven | None") -> None:
        """Show what the query was taken for, if it was."""
        if forgiven:
            self._show(forgiven.query, self.view.shelf, Order.RELEVANCE if not self._order_chosen else self._order)
            self.view = self.view._replace(forgiven=forgiven)

    def values(self, field: str) -> Sequence[str]:
        """What the papers hold in the field of this name, the most frequent first.

        Of a large library that is not counted yet there is none, and `lacks_values` says so.
        """
        tally = self._followed_tally()
        if tally is None and len(self.papers) <= _FEW:
            from readlist.search.tally import Tally  # noqa: PLC0415 - for completions and the sidebar alone

            tally = Tally.of(self.papers)
        if tally is None:  # it comes from `count_values`, soon
            self.lacks_values = self._counting is None
            return ()
        self._tally = tally
        return tally.values(field)

    def _followed_tally(self) -> "Tally | None":
        return self._tally.after(self.papers) if self._tally else None

    async def count_values(self) -> None:
        """Count in a thread what the papers of a large library hold in each field; later changes are followed."""
        self.lacks_values = False
        if not self._ended:
            await self._counted()

    async def _counted(self) -> "Tally":
        """The values of the papers, counted once however many ask for them."""
        from readlist.search.tally import Tally  # noqa: PLC0415 - as above

        tally = self._followed_tally()
        if tally is None:
            papers = self.papers
            self._counting = self._counting or asyncio.ensure_future(
                _ahead(lambda: Tally.of(papers, lambda: not self._ended))
            )
            try:
                tally = await asyncio.shield(self._counting)
            finally:
                self._counting = None
            tally = tally.after(self.papers) or tally
        self._tally = tally
        return tally

    async def work_ahead(self) -> None:
        """Do in threads what S and / need not wait for then: sort a large library in other orders, index its words."""
        if len(self.papers) > _FEW:
            for work in self._finder.unsorted():
                if self._ended:
                    return
                take = await _ahead(work)
                take()
            await self.index_ahead()

    async def index_ahead(self) -> None:
        """Index the words of a large library in a thread, where that has not been done or much has changed since."""
        work = None if self._ended or self._indexing else self._finder.unindexed(lambda: not self._ended)
        if work:
            self._indexing = True
            try:
                take = await _ahead(work)
            finally:
                self._indexing = False
            take()

    @property
    def full_query(self) -> str:
        """The query that finds what is shown on any shelf: the words that were typed, and what the shelf asks for."""
        asks = {Shelf.STARRED: "is:starred", Shelf.QUEUE: "is:queued", Shelf.ALL: "", Shelf.TRASH: ""}
        shelf = self.view.shelf
        words = self.query_text.strip()
        statuses = " or ".join(f"status:{one.name}" for one in current().meanings if one.role == shelf.value)
        more = asks.get(shelf, f"({statuses})" if words and " or " in statuses else statuses)
        return " ".join(part for part in (f"({words})" if more and " or " in words else words, more) if part)

    async def facets(self, views: Sequence[SavedView]) -> "list[Entry]":
        """What the sidebar lists, counted off the event loop."""
        from readlist.tui.facets import facets  # noqa: PLC0415 - for the sidebar alone

        tally, finder = await self._counted(), self._finder
        return await _ahead(lambda: facets(tally, views, finder.number))

    async def linkable(self, words: str, number: int, without: str) -> list[Paper]:
        """The papers that a link may lead to of which ``words`` have been typed, the likeliest first, one left out."""
        if len(self.papers) <= _FEW:
            found = self._finder.best(words, number + 1)
        else:
            found = await _ahead(lambda: self._finder.best(words, number + 1))
        return [self.papers[key] for key in found if key in self.papers and key != without][:number]

    async def related(self, identifier: str) -> "Sequence[tuple[Paper, Related]]":
        """The papers of the list that are nearest to the one with this id; found off the event loop, and kept."""
        papers = self.papers
        known = self._related.get(identifier)
        if known is None or known[0] is not papers:
            found = await asyncio.to_thread(self._finder.related, identifier)
            known = self._related[identifier] = papers, found
        return [(papers[near.id], near) for near in known[1]]

    def keep_for_next_start(self) -> None:
        """Keep what the next start shows before it has read the library, and what it searches."""
        from readlist.first_rows import keep_first_rows  # noqa: PLC0415 - at the end alone
        from readlist.search_texts import Kept, keep_texts  # noqa: PLC0415 - likewise

        if not self.library.held:
            keep_first_rows(self.library.path, self.look(shelf=Shelf.ALL, query="", order=self._start_order))
            if not self.library.has_unfolded:
                finder, (digest, papers, unfolded) = self._finder, self._opened
                changed = finder.changed_since(papers)
                since = Kept(digest, changed | unfolded) if changed is not None else None
                keep_texts(self.library.path, self.library.digest, finder.texts, finder.by_title, since)

    @property
    def is_stale(self) -> bool:
        """Whether the library has come to hold something else than the view was made of."""
        papers, trash = self._looked_at
        return papers is not self.library.papers or trash is not self.library.trash

    @property
    def drawing_range(self) -> bool:
        """Whether a range has been begun and follows the cursor."""
        return self._anchor is not None

    def select(self, selection: frozenset[str]) -> None:
        """Make ``selection`` the selected papers; a range being drawn ends."""
        self._anchor = None
        self.selection = selection

    def begin_range(self, identifier: str) -> None:
        """Let a range begin at this paper, besides what is selected already."""
        self._anchor, self._before_range = identifier, self.selection
        self.extend_range(identifier)

    def extend_range(self, identifier: str) -> None:
        """Let the range that is being drawn reach to this paper."""
        start, end = (self.view.position(paper) for paper in (self._anchor or "", identifier))
        if start is None or end is None:
            self._anchor = None
            return
        self.selection = self._before_range | set(self.view.ids[min(start, end) : max(start, end) + 1])

    def end_range(self) -> None:
        """Keep what the range covers and follow the cursor no longer."""
        self._anchor = None

    async def change(self, act: Act) -> Change | None:
        """Carry out ``act`` off the event loop, after those asked for before it.

        It meets the library as it is on the disk by then, with what other windows have written. On return the change is
        on the disk, unless `Change.held` says otherwise.

        Raises:
            LibraryError: nothing was changed, and why.
        """
        change = await self._in_turn(lambda: self._on_the_latest(act))
        await self._catch_up()
        return change

    def _on_the_latest(self, act: Act) -> Change | None:
        self.library.reload()
        return act(self.library)

    async def reload(self) -> bool:
        """Take over what another process has changed; True when there was something."""
        changed = await self._in_turn(self.library.reload)
        await self._catch_up()
        return changed

    async def _catch_up(self) -> None:
        """Make the texts of a large library anew off the event loop, where another program has replaced its file."""
        papers = self.papers
        if len(papers) > _FEW and self._finder.begins_anew(papers):
            finder, order = Finder(), self._order
            await _ahead(lambda: finder.prepare(papers, order))
            self._finder = finder

    async def retry(self) -> tuple[str, ...]:
        """Write what the disk has refused so far; returns the names of the changes that it still refuses.

        Raises:
            LibraryError: the library cannot be read any more.
        """
        if not self.library.held:
            return ()

        def write() -> tuple[str, ...]:
            self.library.reload()  # what cannot be read must not be written to
            with suppress(NotWrittenError):
                self.library.retry()
            return self.library.held

        return await self._in_turn(write)

    async def fold(self) -> None:
        """Have the library file complete, which costs time with the size of the file; a change waits for it.

        Raises:
            LibraryError: it could not be written; what was confirmed is in the journal.
        """
        await self._in_turn(self.library.settle)

    async def keep_journal(self) -> None:
        """Have a journal, in which what other windows do can be followed."""
        await self._in_turn(self.library.keep_journal)

    async def close(self, losing: Collection[str] | None) -> bool:
        """End the use of the library, after every change that was asked for; the file is complete then.

        Args:
            losing: the names of changes that are not on the disk and may get lost; None: any.

        Returns:
            False, and nothing is done, when more would get lost.
        """

        def end() -> bool:
            if losing is not None and not set(self.library.held) <= set(losing):
                return False
            self._ended = True
            with suppress(LibraryError):  # all that was confirmed is in the journal
                self.library.close()
            return True

        ended = self._ended or await self._in_turn(end)
        if ended and self._thread is not None:
            self._thread.shutdown(wait=False)
        return ended

    async def _in_turn(self, work: Callable[[], Result]) -> Result:
        async with self._turn:
            if self._ended:
                raise LibraryError("readlist is being left; nothing was changed")
            if self._thread is None:
                from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - 1 ms, after the first frame

                # Its own: what is done for the screen alone may keep all others busy, and no change waits for that.
                self._thread = ThreadPoolExecutor(1, thread_name_prefix="library")
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)


async def _ahead(work: Callable[[], Result]) -> Result:
    """Do in a thread what nobody waits for, without keeping the event loop from the keys."""
    with giving_way():
        return await asyncio.to_thread(work)
