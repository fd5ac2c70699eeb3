"""What is wrong with a style, found while it is read and not while it renders.

citeproc-py checks a style against the schema, which takes longer than the citation, and only warns. These are the
faults that would end in an exception: a style that passes renders any item.
"""

from collections.abc import Iterator
from typing import Any

_CS = "{http://purl.org/net/xbiblio/csl}"
_RENDERING = frozenset({"text", "number", "label", "names", "group", "choose", "date"})
_CHILDREN = {
    **dict.fromkeys(("layout", "group", "macro", "if", "else-if", "else", "substitute"), _RENDERING),
    "choose": frozenset({"if", "else-if", "else"}),
    "sort": frozenset({"key"}),
}
_WHOLE_NUMBERS = (
    "et-al-min",
    "et-al-use-first",
    "et-al-subsequent-min",
    "et-al-subsequent-use-first",
    "names-min",
    "names-use-first",
    "near-note-distance",
)
_NEEDS = {"date": ("variable",), "number": ("variable",), "label": ("variable",), "key": ("variable", "macro")}


def fault_of(root: Any) -> str:
    """What is wrong with the style, with the line, as the end of a sentence; the empty string when nothing is.

    Args:
        root: The element ``cs:style`` of an independent style.
    """
    areas = {area: root.find(_CS + area) for area in ("citation", "bibliography")}
    for area, element in areas.items():
        if element is not None and element.find(_CS + "layout") is None:
            return f"its {area} has no layout"
    macros = {macro.get("name"): macro for macro in root.iterchildren(_CS + "macro")}
    for element in root.iter(f"{_CS}*"):
        fault = _fault_of_element(element, macros)
        if fault:
            return f"{fault} (line {element.sourceline})"
    return _circle(macros)


def _fault_of_element(element: Any, macros: dict[str, Any]) -> str:
    name = element.tag.removeprefix(_CS)
    called = element.get("macro") if name in ("text", "key") else None
    if called is not None and called not in macros:
        return f"it has no macro '{called}'"
    needed = _NEEDS.get(name, ())
    # The label inside names is that of the names.
    is_inner = name == "label" and element.getparent().tag == _CS + "names"
    is_form = name == "date" and element.getparent().tag == _CS + "locale"
    if needed and not is_inner and not is_form and not any(element.get(attribute) for attribute in needed):
        return f"<{name}> has no {' and no '.join(needed)}"
    if name == "date-part" and element.get("name") not in ("year", "month", "day"):
        return f"a date has no part '{element.get('name', '')}'"
    for attribute in _WHOLE_NUMBERS:
        value = element.get(attribute)
        if value is not None and not (value.strip().isascii() and value.strip().isdigit()):
            return f"{attribute} is '{value}' and no number"
    return _fault_of_children(element, _CHILDREN.get(name))


def _fault_of_children(element: Any, known: frozenset[str] | None) -> str:
    if known is None:
        return ""
    for child in element.iterchildren():
        if child.tag.removeprefix(_CS) not in known:
            return f"<{element.tag.removeprefix(_CS)}> cannot hold <{child.tag.rpartition('}')[2]}>"
    return ""


def _circle(macros: dict[str, Any]) -> str:
    """The name of a macro that calls itself, maybe through others, as the end of a sentence."""
    done: set[str] = set()
    for start, macro in macros.items():
        path: list[str] = []
        waiting: list[tuple[str, Iterator[str]]] = [(start, _calls(macro))] if start not in done else []
        while waiting:
            name, calls = waiting[-1]
            if name not in path:
                path.append(name)
            following = next(calls, None)
            if following is None:
                waiting.pop()
                path.pop()
                done.add(name)
            elif following in path:
                return f"its macro '{following}' calls itself (line {macros[following].sourceline})"
            elif following not in done:
                waiting.append((following, _calls(macros[following])))
    return ""


def _calls(macro: Any) -> Iterator[str]:
    return (str(text.get("macro")) for text in macro.iter(_CS + "text") if text.get("macro") is not None)
