"""The condition on the category of a paper, which knows what the bare codes of listings may mean."""

from readlist.search.fold import Span, find_words
from readlist.search.query.conditions import Condition
from readlist.search.query.fields import Named
from readlist.search.text import FIELD_END, Field, field_of
from readlist.subjects import answers, codes_within

_FEW_CODES = 3
"""Bare codes up to which a text is looked through for each of them before its category is looked at."""


class Category(Condition):
    """The category begins with the term, or is a bare code that may mean such a one; or the term is its bare code."""

    __slots__ = ("_known", "_signs", "field", "term")

    def __init__(self, term: str, field: Named) -> None:
        self.term = term
        self.field = field
        self._known: dict[str, bool] = {}
        codes = codes_within(term)
        ends = [f".{term}{FIELD_END}", *(f"{FIELD_END}{code}{FIELD_END}" for code in codes)]
        # One of them stands in each text that is found; looking for many would take longer than looking at the field.
        self._signs = (f"{FIELD_END}{term}", *ends) if len(codes) <= _FEW_CODES else ()

    def finds(self, text: str) -> bool:
        """Whether it does."""
        if self._signs and not any(sign in text for sign in self._signs):
            return False
        category = field_of(text, self.field.field)
        known = self._known.get(category)
        if known is None:
            known = self._known[category] = answers(category, self.term)
        return known

    def implies(self, other: Condition) -> bool:
        """A longer beginning implies a shorter one, as long as it is no bare code."""
        if isinstance(other, Category) and "." in self.term:
            return self.term.startswith(other.term)
        return super().implies(other)

    def spans(self, field: Field, text: str) -> list[Span]:
        """Where the term occurs."""
        return find_words(text, (self.term,)) if self.field.field is field else []

    def __str__(self) -> str:
        return f'{self.field.name}:"{self.term}"'
