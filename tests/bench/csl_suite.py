"""Runs the official CSL test suite through readlist's engine, and counts the fixtures that pass.

    git clone https://github.com/citation-style-language/test-suite
    python tests/bench/csl_suite.py test-suite [-v] [--only NAME]

The suite is not part of this project: the script takes its folder. A fixture passes when the text is the one it asks
for; HTML entities are compared by what they mean, and white space between the tags of blocks is folded.
"""

import argparse
import html
import json
import re
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from readlist.cite.csl_compat.clusters import Cluster
from readlist.cite.csl_compat.engine import Document, Style

_SECTION = re.compile(r">>=+ ([A-Z][A-Z-]*) =+>>\n(.*?)\n?<<=+ \1 =+<<", re.DOTALL)
_JSON = ("INPUT", "CITATION-ITEMS", "CITATIONS", "BIBENTRIES", "BIBSECTION", "ABBREVIATIONS", "OPTIONS")

Fixture = dict[str, Any]


def read_fixture(path: Path) -> Fixture:
    """The sections of one fixture by name, those in JSON parsed."""
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    sections: Fixture = dict(_SECTION.findall(text))
    for name in _JSON:
        if sections.get(name):
            sections[name] = json.loads(sections[name])
    return sections


def folded(text: str) -> str:
    """The text with its entities resolved (but for those of tags), and blanks around the tags of blocks dropped."""
    text = re.sub(r"&#60;|&lt;", "\x01", text)
    text = html.unescape(re.sub(r"&#62;|&gt;", "\x02", text))
    return re.sub(r"\s*(</?div[^>]*>)\s*", r"\1", text).strip()


def result(fixture: Fixture, folder: Path) -> str:
    """What our engine makes of the fixture."""
    path = folder / "style.csl"
    path.write_text(fixture["CSL"], encoding="utf-8")
    style = Style(path)
    items: list[Mapping[str, Any]] = [{"id": f"item-{place}", **item} for place, item in enumerate(fixture["INPUT"])]
    by_id = {str(item.get("id")): item for item in items}
    if fixture.get("CITATIONS"):
        before, after = replay(fixture["CITATIONS"])
        if fixture["MODE"].strip() == "bibliography":
            return bibliography(style, cited(after, by_id), None)
        return marked(citations(style, before, by_id), citations(style, after, by_id), before, after)
    if fixture.get("BIBENTRIES"):
        items = [by_id[str(identifier)] for identifier in fixture["BIBENTRIES"][-1]]
    if fixture["MODE"].strip() == "bibliography":
        return bibliography(style, items, fixture.get("BIBSECTION"))
    clusters = fixture.get("CITATION-ITEMS") or [[{"id": item.get("id")} for item in items]]
    entries = Document(style, items).citations([Cluster(cites) for cites in clusters])
    return "\n".join(entry.blocks for entry in entries)


def replay(calls: list[Any]) -> tuple[list[Any], list[Any]]:
    """The citations of the document before and after the last of the calls of a word processor, in their order."""
    known: dict[str, Any] = {}
    states: list[list[Any]] = [[]]
    for place, (citation, pre, post) in enumerate(calls):
        identifier = str(citation.get("citationID") or f"citation-{place}")
        for other, note in [*pre, *post]:
            if str(other) in known:
                properties = known[str(other)].get("properties") or {}
                known[str(other)] = {**known[str(other)], "properties": {**properties, "noteIndex": note}}
        known[identifier] = {**citation, "citationID": identifier}
        order = [*(str(other) for other, _ in pre), identifier, *(str(other) for other, _ in post)]
        states.append([known[name] for name in order if name in known])
    return states[-2], states[-1]


def cited(calls: Iterable[Any], by_id: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The items that the citations name, in their order."""
    names = [str(cite["id"]) for citation in calls for cite in citation["citationItems"]]
    return [by_id[name] for name in dict.fromkeys(names) if name in by_id]


def citations(style: Style, calls: list[Any], by_id: Mapping[str, Any]) -> dict[str, str]:
    """The text of each citation of a document, by its id."""
    if not calls:
        return {}
    clusters = [
        Cluster(call["citationItems"], int((call.get("properties") or {}).get("noteIndex") or 0)) for call in calls
    ]
    entries = Document(style, cited(calls, by_id)).citations(clusters)
    return {call["citationID"]: entry.blocks for call, entry in zip(calls, entries, strict=True)}


def marked(before: dict[str, str], after: dict[str, str], old: list[Any], new: list[Any]) -> str:
    """The citations as the suite prints them: ``>>`` before those that the last call made or changed."""
    unchanged = {call["citationID"] for call in old if call in new}
    lines = []
    for place, (name, text) in enumerate(after.items()):
        same = name in unchanged and before.get(name) == text
        lines.append(f"{'..' if same else '>>'}[{place}] {text}")
    return "\n".join(lines)


def bibliography(style: Style, items: list[Mapping[str, Any]], section: Any) -> str:
    """The bibliography as the suite prints it."""
    entries = Document(style, items).bibliography()
    kept = [entry for entry in entries if wanted(items[entry.place], section or {})]
    rows = "\n".join(f'<div class="csl-entry">{entry.blocks}</div>' for entry in kept)
    return f'<div class="csl-bib-body">{rows}</div>'


def wanted(item: Mapping[str, Any], section: Mapping[str, Any]) -> bool:
    """Whether a section of the bibliography (select, include, exclude, quash) has the item."""

    def matches(rule: Mapping[str, str]) -> bool:
        value = item.get(rule["field"]) or ""
        return rule["value"] in value if isinstance(value, list) else rule["value"] == value

    kept = True
    if section.get("select"):
        kept = all(matches(rule) for rule in section["select"])
    elif section.get("include"):
        kept = any(matches(rule) for rule in section["include"])
    elif section.get("exclude"):
        kept = not any(matches(rule) for rule in section["exclude"])
    quash = section.get("quash") or ()
    return kept and not (quash and all(matches(rule) for rule in quash))


def main() -> int:
    """Run all fixtures, print what passes by category and over all."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="a checkout of citation-style-language/test-suite")
    parser.add_argument("--only", default="", help="only fixtures whose name begins with this")
    parser.add_argument("-v", "--verbose", action="store_true", help="show each difference")
    given = parser.parse_args()
    paths = sorted(given.folder.rglob("humans/*.txt")) or sorted(given.folder.glob("*.txt"))
    passed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            if not path.stem.startswith(given.only):
                continue
            category = path.stem.partition("_")[0]
            fixture = read_fixture(path)
            total[category] += 1
            try:
                got = result(fixture, Path(folder))
            except Exception as error:  # noqa: BLE001 - a fixture that ends in an exception has failed
                got = f"{type(error).__name__}: {error} at {traceback.extract_tb(error.__traceback__)[-1]}"
            if folded(got) == folded(fixture["RESULT"]):
                passed[category] += 1
            elif given.verbose:
                print(f"{path.stem}\n  want {fixture['RESULT']}\n  got  {got}")
    for category in sorted(total):
        print(f"{category:16s} {passed[category]:4d} of {total[category]}")
    share = 100 * passed.total() / max(total.total(), 1)
    print(f"{passed.total()} of {total.total()} pass ({share:.1f} %)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
