"""From tokens to conditions. A query that is wrong, or half typed, still finds what makes sense of it."""

from datetime import date

from readlist.search.fold import fold
from readlist.search.query.categories import Category
from readlist.search.query.conditions import All, AnyOf, Condition, Dated, Flag, Item, Matching, Not, Word
from readlist.search.query.dates import is_begun, parse_dates
from readlist.search.query.fields import FIELDS, Named, Sort, choice, choices, named, nearest
from readlist.search.query.patterns import Pattern, PatternError
from readlist.search.query.problem import QueryProblem
from readlist.search.query.tokens import Kind, Token, tokenise

LONGEST = 2_000
"""Characters of a query that are read; no screen shows so many."""
_DEEPEST = 40
"""Groups within groups."""


def parse(text: str, today: date, *, unfinished: bool) -> tuple[Condition, QueryProblem | None, QueryProblem | None]:
    """The condition that ``text`` means, the first thing in it that is wrong, and the first that is still to come.

    Args:
        text: what was typed.
        today: what ages are counted from.
        unfinished: whether the user is still typing: what stands at the end may be only a beginning.
    """
    parser = _Parser(text[:LONGEST], today, unfinished=unfinished)
    condition = parser.parse()
    if len(text) > LONGEST:
        parser.complain(f"A search may have {LONGEST:,} characters; the rest is not looked at", LONGEST, len(text))
    return condition, parser.problem, parser.pending


class _Parser:
    """Recursive descent: an alternative of conjunctions of terms."""

    def __init__(self, text: str, today: date, *, unfinished: bool) -> None:
        self._text = text
        self._today = today
        self._unfinished = unfinished
        self._tokens = tokenise(text)
        self._at = 0
        self._depth = 0
        self._field: Named | None = None
        """The field whose value a group gives: ``author:(fort or scherlis)``."""
        self.problem: QueryProblem | None = None
        self.pending: QueryProblem | None = None
        """What would be wrong if the user were not still typing."""

    def parse(self) -> Condition:
        parts = []
        while self._at < len(self._tokens):
            condition = self._alternatives()
            if condition:
                parts.append(condition)
            if self._at < len(self._tokens):  # a bracket that nothing opened
                token = self._take()
                self.complain("Nothing is open here that a ) could close", token.start, token.end)
        return _all(parts) or All()

    def complain(self, message: str, start: int, end: int) -> None:
        """Keep what is wrong, unless something before it is."""
        if self.problem is None:
            self.problem = QueryProblem(message, start, end)

    def _expect(self, message: str, start: int, end: int) -> None:
        """Keep what is missing: wrong, unless it may still be typed."""
        if not self._unfinished:
            self.complain(message, start, end)
        elif self.pending is None:
            self.pending = QueryProblem(message, start, end, is_pending=True)

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _is_last(self, token: Token) -> bool:
        """Whether the user may still be typing ``token``."""
        return self._unfinished and token.end == len(self._text)

    def _alternatives(self) -> Condition | None:
        parts: list[Condition] = []
        wanted: Token | None = None
        """The "or" after which nothing has come yet."""
        while True:
            part = self._conjunction()
            if part:
                parts.append(part)
                wanted = None
            token = self._peek()
            if token is None or token.kind is not Kind.OR:
                break
            if not part:
                self.complain('“or” stands between two searches; “"or"” is the word', token.start, token.end)
            wanted = self._take()
        if wanted and parts:
            self._expect("Something is missing after “or”", wanted.start, wanted.end)
        parts = list(dict.fromkeys(parts))
        return AnyOf(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None

    def _conjunction(self) -> Condition | None:
        parts = []
        while (token := self._peek()) and token.kind not in {Kind.OR, Kind.CLOSE}:
            part = self._term()
            if part:
                parts.append(part)
        return _all(parts)

    def _term(self) -> Condition | None:
        token = self._take()
        match token.kind:
            case Kind.NOT:
                return self._negated(token)
            case Kind.OPEN:
                return self._group(token)
            case Kind.FIELD:
                return self._in_field(token)
            case _:
                return self._value(token, self._field)

    def _negated(self, sign: Token) -> Condition | None:
        following = self._peek()
        if following is None or following.kind in {Kind.OR, Kind.CLOSE}:
            self._expect("Something is missing after this", sign.start, sign.end)
            return None
        if following.kind is Kind.NOT:
            self._take()
            self.complain("What is not not wanted is wanted: leave both out", sign.start, following.end)
            return None
        part = self._term()
        return Not(part) if part else None

    def _group(self, bracket: Token) -> Condition | None:
        if self._depth >= _DEEPEST:
            self.complain(f"More than {_DEEPEST} brackets within each other", bracket.start, bracket.end)
            return None
        self._depth += 1
        condition = self._alternatives()
        self._depth -= 1
        token = self._peek()
        if token is None or token.kind is not Kind.CLOSE:
            self._expect("No ) closes this bracket", bracket.start, bracket.end)
            return condition
        self._take()
        if condition is None:
            self.complain("Nothing that could be searched stands between these brackets", bracket.start, token.end)
        return condition

    def _in_field(self, token: Token) -> Condition | None:
        field = named(token.text)
        value = self._peek()
        attached = value is not None and value.start == token.end and value.kind not in {Kind.CLOSE, Kind.OR}
        if field is None:
            return self._unknown_field(token, value if attached else None)
        if not attached or value is None:
            if not (self._unfinished and value is None):
                self.complain(
                    f"{field.name}: needs a value, without a blank before it: {field.meaning}", token.start, token.end
                )
            return None
        if value.kind is Kind.OPEN:
            before, self._field = self._field, field
            condition = self._group(self._take())
            self._field = before
            return condition
        return self._value(self._take(), field)

    def _unknown_field(self, token: Token, value: Token | None) -> Condition | None:
        """Take as a word what only looks like a field: “https:”, the first word of a pasted title."""
        if value is None:
            return Word(fold(f"{token.text}:"), self._field)
        guess = nearest(token.text, tuple(FIELDS))
        meant = f"did you mean {guess}:?" if guess else f'in quotation marks it is text: "{token.text}:…"'
        self.complain(f"There is no field “{token.text}”; {meant}", token.start, token.end)
        if value.kind in {Kind.WORD, Kind.PHRASE}:
            self._take()
            return self._value(Token(Kind.PHRASE, f"{token.text}:{value.text}", token.start, value.end), None)
        return None

    def _value(self, token: Token, field: Named | None) -> Condition | None:
        if token.kind is Kind.PATTERN and (field is None or field.sort is Sort.TEXT or field.sort is Sort.ITEM):
            return self._pattern(token, field)
        text = " ".join(token.text.split())
        if token.kind is Kind.PHRASE and not token.closed:
            self._expect("No quotation mark ends what begins here", token.start, token.start + 1)
        if text == "-" and not field:
            self._dash(token)
        elif not fold(text):
            self._expect("Nothing that could be searched stands here", token.start, token.end)
        else:
            return self._meaning(token, text, field)
        return None

    def _meaning(self, token: Token, text: str, field: Named | None) -> Condition | None:
        if field is None or field.sort is Sort.TEXT:
            return Word(fold(text), field)
        if field.sort is Sort.DATE:
            return self._dates(token, field)
        if field.sort is Sort.CHOICE:
            return self._choice(token, field)
        return self._item(token, text, field)

    def _dash(self, token: Token) -> None:
        """Between two words it is the dash of a title; elsewhere something was to be left out."""
        following = self._peek()
        begins = self._at == 1 or self._tokens[self._at - 2].kind in {Kind.OPEN, Kind.OR}
        if following is None or following.kind in {Kind.OR, Kind.CLOSE}:
            self._expect("Something is missing after this: -word leaves a word out", token.start, token.end)
        elif begins:
            self.complain("Without a blank behind it, - leaves the next word out", token.start, token.end)

    def _pattern(self, token: Token, field: Named | None) -> Condition | None:
        try:
            pattern = Pattern(token.text)
        except PatternError as error:
            complain = self.complain if token.closed or not self._is_last(token) else self._expect
            complain(str(error), token.start, token.end)
            return None
        if not token.closed:
            self._expect("No / ends the regular expression that begins here", token.start, token.start + 1)
        return Matching(pattern, field)

    def _item(self, token: Token, text: str, field: Named) -> Condition | None:
        if field.sort is Sort.BEGINNING:
            if field.name == "category":
                return Category(fold(text), field)
            if field.name == "arxiv":
                text = text.partition("v")[0] if text[:1].isdigit() else text
            return Item(fold(text), field, begins=True)
        text = text.lstrip("#")
        begins = text.endswith("*") or (self._is_last(token) and token.kind is Kind.WORD)
        text = fold(text.rstrip("*"))
        if not text:
            self._expect("tag: needs a value: all that have one are has:tag", token.start, token.end)
            return None
        return Item(text, field, begins=begins)

    def _dates(self, token: Token, field: Named) -> Condition | None:
        dates = parse_dates(token.text, self._today)
        if dates and dates.is_reversed:
            complain = self._expect if self._is_last(token) else self.complain
            complain(f"This ends before it begins: {dates.last}..{dates.first} is a range", token.start, token.end)
        if dates:
            return Dated(field, dates)
        if not (self._is_last(token) and is_begun(token.text)):
            self.complain("No date; there are 2021, 2026-10, 2021..2023, >2020, <30d", token.start, token.end)
        return None

    def _choice(self, token: Token, field: Named) -> Condition | None:
        value = choice(field.name, token.text)
        name = "has" if field.name == "has" else "is"
        if value:
            return Flag(name, value)
        known = choices(field.name)
        begun = [candidate for candidate in known if candidate.startswith(token.text.lower())]
        if begun and self._is_last(token):
            return Flag(name, token.text.lower(), begins=True)
        guess = nearest(token.text, known)
        meant = f"did you mean {guess}?" if guess else f"there are {', '.join(known)}"
        self.complain(f"There is no {field.name}:{token.text}; {meant}", token.start, token.end)
        return None


def _all(parts: list[Condition]) -> Condition | None:
    flat = dict.fromkeys(inner for part in parts for inner in (part.parts if isinstance(part, All) else (part,)))
    return All(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)
