"""The text of the detail pane for one paper."""

from pathlib import PurePath

from textual.content import Content, Span

from readlist.latex import plain, to_unicode
from readlist.paper import Paper
from readlist.search.query import Query
from readlist.search.text import Field
from readlist.statuses import Role, StatusMeaning, meaning
from readlist.tui import glyphs

SHOWN_AUTHORS = 24
"""How many authors are named before the rest is counted; three papers in four have fewer than ten."""
SHOWN_CHARACTERS = 20_000
"""How much of an abstract and of a note is shown: ten times the longest abstract of arXiv, laid out in a moment."""
MATCH = "$text-warning bold underline"
_ROLE_STYLE = {
    Role.NEW: "$text-primary",
    Role.BETWEEN: "$text-warning",
    Role.DONE: "$text-success",
    Role.ASIDE: "$foreground 60%",
    Role.UNKNOWN: "$foreground 60%",
}


def detail_text(paper: Paper, query: Query) -> Content:
    """All that is known of ``paper``, as literal text, what ``query`` finds highlighted."""
    blocks = [
        _marked(to_unicode(paper.title), query, Field.TITLE, style="bold"),
        _marked(_authors(paper), query, Field.AUTHORS),
        Content("\n").join(_facts(paper, query)),
        _state(paper, query),
    ]
    if paper.deleted:
        blocks.append(Content.styled(f"In the trash since {plain(paper.deleted[:10])}", "$text-warning"))
    if paper.needs_review:
        blocks.append(Content.styled(f"Please check: {plain(paper.review_reason)}", "$text-warning"))
    if paper.abstract:
        blocks.append(
            _marked(to_unicode(paper.abstract[:SHOWN_CHARACTERS]), query, Field.ABSTRACT) + _rest(paper.abstract)
        )
    if paper.note:
        note = _marked(_lines(paper.note[:SHOWN_CHARACTERS]), query, Field.NOTE) + _rest(paper.note)
        blocks.append(Content.assemble(("Note\n", "bold $text-primary"), note))
    return Content("\n\n").join(block for block in blocks if block)


def _marked(text: str, query: Query, *fields: Field, style: str = "") -> Content:
    content = Content.styled(text, style) if style else Content(text)
    return content.add_spans([Span(start, end, MATCH) for start, end in query.spans(text, *fields)])


def _rest(text: str) -> Content:
    more = len(text) - SHOWN_CHARACTERS
    return Content.styled(f" … and {more:,} more characters", "$foreground 60%") if more > 0 else Content("")


def _lines(text: str) -> str:
    return "\n".join(plain(line) for line in text.splitlines())


def _authors(paper: Paper) -> str:
    names = [to_unicode(author.display) for author in paper.authors[:SHOWN_AUTHORS]]
    more = len(paper.authors) - len(names)
    text = ", ".join(names) or "Authors not known"
    if more:
        text += f" … and {more:,} more"
    return text if paper.authors_complete else f"{text} et al. (the list is cut)"


def _facts(paper: Paper, query: Query) -> list[Content]:
    dated = " · ".join(part for part in (paper.published, _category(paper), paper.venue) if part)
    identifiers = [f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else "", f"doi:{paper.doi}" if paper.doi else ""]
    if not any(identifiers):
        identifiers.append(paper.url)
    named = " · ".join(part for part in (*identifiers, f"{glyphs.CODE} code" if paper.has_code else "") if part)
    files = " · ".join(f"{glyphs.FILE} {PurePath(path).name}" for path in paper.files)
    lines = (
        (dated, (Field.PUBLISHED, Field.CATEGORY, Field.VENUE)),
        (named, (Field.ARXIV, Field.DOI)),
        (", ".join(paper.organisations), (Field.ORGANISATIONS,)),
        (files, ()),
    )
    return [_marked(plain(line), query, *fields, style="$foreground 60%") for line, fields in lines if line]


def _category(paper: Paper) -> str:
    """The category; behind a bare code what it may mean."""
    if not paper.category or "." in paper.category:
        return paper.category
    from readlist.subjects import explained  # noqa: PLC0415 - for few papers of a listing

    return explained(paper.category)


def _style(status: StatusMeaning) -> str:
    colour = status.colour
    if not colour:
        return _ROLE_STYLE[status.role]
    return colour if colour.startswith("#") else "$foreground 60%" if colour == "muted" else f"$text-{colour}"


def _state(paper: Paper, query: Query) -> Content:
    status = meaning(paper.status)
    since = {Role.BETWEEN: paper.started, Role.DONE: paper.finished}.get(status.role, "")[:10]
    unknown = " (the settings do not know this status)" if status.role is Role.UNKNOWN else ""
    parts = [
        Content.styled(f"{status.glyph} {plain(status.name)}", _style(status)),
        Content.styled(unknown, "$foreground 60%"),
        Content.styled(f" since {since}" if since else "", "$foreground 60%"),
        Content.styled(f"  {glyphs.STAR} starred" if paper.star else "", "$text-warning"),
        Content.styled(f"  {glyphs.QUEUE} in the queue" if paper.queue else ""),
    ]
    if paper.tags:
        tags = "  " + " ".join(glyphs.TAGS + plain(tag) for tag in paper.tags)
        parts.append(_marked(tags, query, Field.TAGS, style="$text-accent"))
    return Content("").join(parts)
