r"""Macros that are more than a symbol: which there are, and how those with arguments are said.

A handler takes the reader, the index behind the macro's name (and star) and the place it stands in; it returns the
readable text and the index where reading goes on.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from readlist.latex.scripts import SOFT, fraction, root, script
from readlist.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from readlist.latex.reader import Reader


class Place(NamedTuple):
    """Where something is read: in a stretch that ends before ``stop``, ``depth`` levels deep, in mathematics or not."""

    stop: int
    depth: int
    math: bool

    def in_math(self) -> "Place":
        """The same place, its content read as mathematics."""
        return self._replace(math=True)

    def in_text(self) -> "Place":
        """The same place, its content read as text."""
        return self._replace(math=False)


Result = tuple[str, int]
"""A readable text, and the index in the source where reading goes on."""
Handler = Callable[["Reader", int, Place], Result]

LITERAL = frozenset("%&#_$ {}")
SPACES = frozenset(", : ; > quad qquad space enspace thinspace newline".split()) | frozenset("\n\t\\")  # noqa: SIM905 - a list of names reads better without quotes
SILENT = frozenset(
    "! / - @ left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm limits nolimits "  # noqa: SIM905 - as above
    "displaystyle textstyle scriptstyle scriptscriptstyle nonumber notag centering noindent par protect relax null "
    "bf it em rm sf sl sc tt bfseries itshape rmfamily sffamily ttfamily scshape upshape mdseries normalfont small "
    "footnotesize tiny scriptsize normalsize large Large LARGE maketitle item xspace".split()
)
"""Spacing, sizes and declarations: they change how the text looks, not what it says."""
WORDS = frozenset("mathrm text textrm textit textbf texttt textsf mbox hbox operatorname mathit mathsf rm it".split())  # noqa: SIM905 - as above
"""Macros that set their argument, or what follows, as a word."""
PLAIN_ALPHABETS = frozenset("mathrm mathbf mathit mathsf mathtt boldsymbol bm mathop pmb mathord mathbin".split())  # noqa: SIM905 - as above
WORDY_ACCENTS = frozenset("cvuHkrdb")
"""Accents with a letter for a name; inside mathematics these are somebody's own macros."""
MATH_ENVIRONMENTS = frozenset(
    "equation eqnarray align gather multline flalign alignat split aligned gathered cases math displaymath array "  # noqa: SIM905 - as above
    "matrix pmatrix bmatrix vmatrix smallmatrix".split()
)

_OPTIONAL = lazy_pattern(r"\s*\[([^\][{}$\\]{0,80})\]")


def optional(reader: "Reader", index: int, place: Place) -> Result | None:
    """An optional argument, ``[…]``, and the index behind it."""
    match = _OPTIONAL.match(reader.source, index, place.stop)
    return (match[1].strip(), match.end()) if match else None


def _two(reader: "Reader", index: int, place: Place) -> tuple[str, str, int]:
    first, index = reader.argument(index, place)
    second, index = reader.argument(index, place)
    return first.strip(), second.strip(), index


def _frac(reader: "Reader", index: int, place: Place) -> Result:
    numerator, denominator, index = _two(reader, index, place.in_math())
    return fraction(numerator, denominator), index


def _binom(reader: "Reader", index: int, place: Place) -> Result:
    upper, lower, index = _two(reader, index, place.in_math())
    return f"({upper} choose {lower})", index


def _sqrt(reader: "Reader", index: int, place: Place) -> Result:
    degree, index = optional(reader, index, place) or ("", index)
    radicand, index = reader.argument(index, place.in_math())
    return root(radicand.strip(), degree), index


def _pmod(reader: "Reader", index: int, place: Place) -> Result:
    modulus, index = reader.argument(index, place.in_math())
    return f" (mod {modulus.strip()})", index


def _over(reader: "Reader", index: int, place: Place) -> Result:
    mark, base, index = _two(reader, index, place.in_math())
    return base + script("^", mark), index


def _under(reader: "Reader", index: int, place: Place) -> Result:
    mark, base, index = _two(reader, index, place.in_math())
    return base + script("_", mark), index


def _superscript(reader: "Reader", index: int, place: Place) -> Result:
    text, index = reader.argument(index, place)
    return script("^", text.strip()), index


def _subscript(reader: "Reader", index: int, place: Place) -> Result:
    text, index = reader.argument(index, place)
    return script("_", text.strip()), index


def _worded(reader: "Reader", index: int, place: Place) -> Result:
    return reader.argument(index, place.in_text())


def _operator(reader: "Reader", index: int, place: Place) -> Result:
    text, index = reader.argument(index, place.in_math())
    return f"{SOFT}{text.strip()}{SOFT}", index


def _ensured(reader: "Reader", index: int, place: Place) -> Result:
    return reader.argument(index, place.in_math())


def _second(reader: "Reader", index: int, place: Place) -> Result:
    _, text, index = _two(reader, index, place)
    return text, index


def _dropped(reader: "Reader", index: int, place: Place) -> Result:
    return "", reader.argument(index, place)[1] if reader.group_end(index, place) else index


def _reference(reader: "Reader", index: int, place: Place) -> Result:
    while found := optional(reader, index, place):
        index = found[1]
    keys, index = reader.verbatim(index, place)
    return f"[{keys}]" if keys else "", index


def _url(reader: "Reader", index: int, place: Place) -> Result:
    address, index = reader.verbatim(index, place)
    return address.replace("\\", ""), index


def _href(reader: "Reader", index: int, place: Place) -> Result:
    address, index = _url(reader, index, place)
    text, index = reader.argument(index, place) if reader.group_end(index, place) else ("", index)
    return (f"{text} ({address})" if text and text != address else address), index


def _footnote(reader: "Reader", index: int, place: Place) -> Result:
    if not reader.group_end(index, place):
        return " ", index
    text, index = reader.argument(index, place)
    return f" ({text.strip()})", index


def _handlers(handlers: dict[str, Handler]) -> dict[str, Handler]:
    return {name: handler for names, handler in handlers.items() for name in names.split()}


HANDLERS = _handlers({
    "frac tfrac dfrac cfrac nicefrac sfrac": _frac,
    "binom tbinom dbinom": _binom,
    "sqrt": _sqrt,
    "pmod": _pmod,
    "stackrel overset": _over,
    "underset": _under,
    "textsuperscript sp": _superscript,
    "textsubscript sb": _subscript,
    "text textrm textit textbf texttt textsf textsc textsl emph mbox hbox": _worded,
    "operatorname": _operator,
    "ensuremath": _ensured,
    "texorpdfstring textcolor": _second,
    "label hspace vspace phantom hphantom vphantom color input include": _dropped,
    "cite citep citet citealp citealt citeauthor citeyear parencite textcite autocite": _reference,
    "ref eqref autoref cref Cref pageref": _reference,
    "url path": _url,
    "href": _href,
    "footnote": _footnote,
})  # fmt: skip
