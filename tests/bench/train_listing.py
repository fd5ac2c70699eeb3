"""Make ``readlist/intake/listing/statistics.json.gz`` from titles and shown authors.

    python tests/bench/train_listing.py OUTPUT DATA.jsonl.xz [DATA.jsonl ...]

The shipped file was made, from the 20,000 titles and the 2,325 public papers, by

    python tests/bench/train_listing.py src/readlist/intake/listing/statistics.json.gz \\
        listing/train_20k.jsonl.xz listing/records.jsonl.xz

Each line of the data is an object with ``title``, ``authors`` and perhaps ``abstract``. Where it has ``et_al`` (whether
more authors follow), ``authors`` are the names that a listing shows; else they are all, and a listing shows three. The
result is the same, byte for byte, for the same data.

The tables are counted, the weights are fitted: a conditional logit over the candidates of each line, by Adam with an L2
penalty. So that the weights learn how much a table is to be believed about *unseen* papers, the features of each fold
come from tables counted without it. The report is a cross-validation: each fold is split with the tables and the
weights of the other folds.

Most of the data hold no abstracts. For training they are drawn at random (`_abstract`): each word of the title is in it
with a probability that a sample of public papers suggested, and so is, rarely, any other word.
"""

import argparse
import gzip
import json
import lzma
import math
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from hard_lines import (
    KIND_NAMES,
    KIND_WEIGHTS,
    group_names,
    hard_lines,
)

from readlist.intake.listing.boundary import split_body
from readlist.intake.listing.candidates import SHOWN_AUTHORS, Candidate, all_candidates, candidates, shown
from readlist.intake.listing.features import Evidence
from readlist.intake.listing.statistics import BEGIN, END, ORDER, SCALE, Statistics

FOLDS = 5
SEED = 20_000
EDGE = " \t.,:;?!()[]{}'\"`\u2018\u2019\u201c\u201d$*-\u2013\u2014"
TITLE_GRAM_COUNT = (1, 1, 2, 3, 4)
"""An entry of 1, 2, … characters is kept when it was seen so often."""
NAME_GRAM_COUNT = (1, 1, 2, 2, 3)
DISCOUNT = 0.75
EPOCHS = 30
RATE = 0.03
L2 = 1e-4
DOUBT = 0.96
HARD_SHARE = 0.2
"""Hard lines made for each public line."""
EVERY_SHARE = 0.1
"""Of how many lines every place is a candidate, as it is for lines without a likely one."""

Row = dict[str, Any]
Case = tuple[list[dict[str, float]], int, float]
"""The features of the candidates, the index of the right one, and how much the line counts."""


def read_rows(paths: list[Path]) -> list[Row]:
    """Read the data files; titles and names get single blanks."""
    rows: list[Row] = []
    for path in paths:
        opener = lzma.open if path.suffix == ".xz" else open
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                row["title"] = " ".join(row["title"].split())
                row["authors"] = [" ".join(name.split()) for name in row["authors"]]
                if "et_al" not in row:
                    row["et_al"] = len(row["authors"]) > SHOWN_AUTHORS
                    row["authors"] = row["authors"][:SHOWN_AUTHORS]
                if row["title"] and all(row["authors"]) and row["authors"]:
                    rows.append(row)
    return rows


def count_tables(rows: list[Row], *, every: bool = False) -> dict[str, dict[str, str]]:
    """All tables, packed by level; ``every`` as in `group_names`."""
    names = [name for row in rows for name in row["authors"]]
    names += group_names(every=every) * max(1, len(names) // 20_000)
    words = [word for name in names if (word := name.split())]
    title_words: Counter[str] = Counter()
    last_words: Counter[str] = Counter()
    for row in rows:
        cores = [core for word in row["title"].split() if (core := word.strip(EDGE).lower())]
        title_words.update(cores)
        last_words.update(cores[-1:])
    return {
        "title_grams": _pack(_grams([row["title"] for row in rows], TITLE_GRAM_COUNT), 20),
        "name_grams": _pack(_grams(names, NAME_GRAM_COUNT), 20),
        "given": _pack_counts(Counter(word[0] for word in words), 1),
        "family": _pack_counts(Counter(word[-1] for word in words if len(word) > 1), 1),
        "words": _pack_counts(title_words, 2),
        "last_words": _pack_counts(last_words, 1),
    }


def _grams(texts: list[str], least: tuple[int, ...]) -> dict[str, float]:
    """Log probability of the last character of each n-gram, interpolated with absolute discounting."""
    counts: list[Counter[str]] = [Counter() for _ in range(ORDER + 1)]
    for text in texts:
        padded = BEGIN + text + END
        for size in range(1, ORDER + 1):
            counts[size].update(padded[at : at + size] for at in range(len(padded) - size + 1))
    del counts[1][BEGIN]
    total = counts[1].total()
    probability = {gram: count / total for gram, count in counts[1].items()}
    kept = {gram: value for gram, value in probability.items() if counts[1][gram] >= least[0]}
    for size in range(2, ORDER + 1):
        history: Counter[str] = Counter()
        kinds: Counter[str] = Counter()
        for gram, count in counts[size].items():
            history[gram[:-1]] += count
            kinds[gram[:-1]] += 1
        longer = {}
        for gram, count in counts[size].items():
            before = gram[:-1]
            lower = probability.get(gram[1:], 0.0)
            longer[gram] = (count - DISCOUNT + DISCOUNT * kinds[before] * lower) / history[before]
            if count >= least[size - 1]:
                kept[gram] = longer[gram]
        probability = longer
    return {gram: math.log(value) for gram, value in kept.items()}


def _pack_counts(counts: Counter[str], least: int) -> dict[str, str]:
    return _pack({word: math.log1p(count) for word, count in counts.items() if count >= least}, 10)


def _pack(values: dict[str, float], step: int) -> dict[str, str]:
    levels: dict[int, list[str]] = {}
    for entry, value in values.items():
        if "\n" not in entry:
            levels.setdefault(round(value * SCALE / step) * step, []).append(entry)
    return {str(level): "\n".join(sorted(levels[level])) for level in sorted(levels)}


def _abstract(row: Row, common: list[str], draw: random.Random) -> str:
    """The abstract, or a stand-in for it: most of the title's words, common words, sometimes none at all."""
    if "abstract" in row:
        return " ".join(row["abstract"].split())
    if draw.random() < 0.03:
        return ""
    words = [word.strip(EDGE) for word in row["title"].split()]
    kept = [word if draw.random() < 0.5 else word.lower() for word in words if draw.random() < _chance(word)]
    kept = [word[:-1] if word[-1:] == "s" and draw.random() < 0.25 else word for word in kept]
    kept += [word for word in common if draw.random() < 0.6]
    return " ".join(kept)


def _chance(word: str) -> float:
    """How likely a word of a title is in the abstract: names of systems and acronyms are repeated more often."""
    return 0.9 if re.search(r"\S[A-Z]|\d", word) else 0.72


def _line(row: Row) -> tuple[str, int]:
    return row["title"] + ", ".join(row["authors"]), len(row["title"])


def make_case(row: Row, statistics: Statistics, abstract: str, *, every: bool = False) -> Case | None:
    """The features of all candidates of a line and the index of the right one; None when it is not among them."""
    text, at = _line(row)
    page = shown(text, cut=row["et_al"])
    right = Candidate(at, at + len(row["authors"][0]))
    found = sorted(set(candidates(page)))
    if right not in found or every:
        found = sorted({*found, *all_candidates(page, abstract, statistics)})
        if right not in found:
            return None
    evidence = Evidence(page, abstract, statistics, found)
    return [evidence.features(place) for place in found], found.index(right), KIND_WEIGHTS.get(row.get("kind", -1), 1.0)


def fit_weights(cases: list[Case]) -> dict[str, float]:
    """Weights that make the right candidates the likely ones (maximum likelihood with L2, Adam)."""
    names = sorted({name for features, _, _ in cases for each in features for name in each})
    index = {name: at for at, name in enumerate(names)}
    data = [
        ([[(index[name], value) for name, value in each.items()] for each in features], right, share)
        for features, right, share in cases
        if len(features) > 1
    ]
    weights, first, second = [0.0] * len(names), [0.0] * len(names), [0.0] * len(names)
    draw = random.Random(SEED)  # noqa: S311 - shuffles the training data, deterministic on purpose
    step = 0
    batch = 50
    for epoch in range(EPOCHS):
        draw.shuffle(data)
        rate = RATE * (1 - epoch / EPOCHS)
        for start in range(0, len(data), batch):
            gradient: dict[int, float] = {}
            for features, right, share in data[start : start + batch]:
                scores = [sum(weights[at] * value for at, value in each) for each in features]
                top = max(scores)
                exps = [math.exp(score - top) for score in scores]
                total = sum(exps)
                for place, each in enumerate(features):
                    error = share * (exps[place] / total - (place == right))
                    if abs(error) > 1e-6:
                        for at, value in each:
                            gradient[at] = gradient.get(at, 0.0) + error * value
            step += 1
            for at, raw in gradient.items():
                slope = raw / batch + L2 * weights[at]
                first[at] = 0.9 * first[at] + 0.1 * slope
                second[at] = 0.999 * second[at] + 0.001 * slope * slope
                weights[at] -= rate * (first[at] / (1 - 0.9**step)) / (math.sqrt(second[at] / (1 - 0.999**step)) + 1e-8)
    return {name: round(weights[at], 3) for name, at in index.items()}


ENDS = {
    "acronym at the title's end": r"[A-Z]{2}s?$",
    "digit at the title's end": r"\d$",
    "? ) $ or quote at the title's end": r"[?!)$\"'\u201d\u2019\]]$",
    "CamelCase at the title's end": r"[a-z][A-Z]\S*$",
}
FIRSTS = {
    "CamelCase name": r".*[a-z][A-Z]",
    "particle": r"(?i).* (van|von|de|der|da|del|di|la|le) ",
    "initials": r"[A-Z]\.",
    "apostrophe": r".*['\u2019]",
    "hyphen": r".*-",
    "single name": r"[^ ]+$",
    "capitals": r"[A-Z]{2}",
    "group": r".*([Cc]ollaboration|Consortium|Team|[Gg]roup)$",
    "lower case": r"[a-z]",
}
BOUNDS = (0.5, 0.8, 0.9, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.995)


class Fold(NamedTuple):
    """A fifth of the lines, described by tables that were counted without it."""

    rows: list[Row]
    """The public lines, then as many hard ones as were made."""
    abstracts: list[str]
    tables: dict[str, Any]
    cases: list[Case]


def make_fold(rows: list[Row], fold: int, common: list[str], draw: random.Random) -> Fold:
    """Describe fold ``fold`` of the lines; a quarter as many hard lines are added."""
    mine = [row for at, row in enumerate(rows) if at % FOLDS == fold]
    mine += hard_lines(mine, draw, round(len(mine) * HARD_SHARE))
    abstracts = [_abstract(row, common, draw) for row in mine]
    content = {**count_tables([r for at, r in enumerate(rows) if at % FOLDS != fold]), "weights": {}, "doubt": 0.0}
    statistics = Statistics(content)
    cases = (
        make_case(row, statistics, abstract, every=draw.random() < EVERY_SHARE)
        for row, abstract in zip(mine, abstracts, strict=True)
    )
    return Fold(mine, abstracts, content, [case for case in cases if case])


def main() -> None:
    """Count, fit, report and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path)
    parser.add_argument("data", type=Path, nargs="+")
    parser.add_argument("--errors", action="store_true", help="print every line that cross-validation gets wrong")
    parser.add_argument("--limit", type=int, default=None, help="use the first lines only, for a quick try")
    parser.add_argument("--no-report", action="store_true", help="skip the cross-validation")
    options = parser.parse_args()
    began = time.monotonic()
    rows = read_rows(options.data)[: options.limit]
    draw = random.Random(SEED)  # noqa: S311 - orders the training data, deterministic on purpose
    draw.shuffle(rows)
    common = [word for word, _ in Counter(w for r in rows for w in r["title"].lower().split()).most_common(150)]
    folds = [make_fold(rows, fold, common, draw) for fold in range(FOLDS)]
    print(f"{len(rows)} lines described after {time.monotonic() - began:.0f} s", file=sys.stderr)
    if not options.no_report:
        report(folds, errors=options.errors)
    weights = fit_weights([case for fold in folds for case in fold.cases])
    content = {**count_tables(rows, every=True), "weights": weights, "doubt": DOUBT}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    options.output.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{options.output.stat().st_size} bytes after {time.monotonic() - began:.0f} s")
    for name, weight in sorted(weights.items()):
        print(f"{weight:8.3f}  {name}")


Outcome = tuple[bool, float, Row]


def report(folds: list[Fold], *, errors: bool) -> None:
    """Split each fold with what the others taught, and print how many lines came out exact."""
    outcomes: list[Outcome] = []
    for fold in folds:
        weights = fit_weights([case for other in folds if other is not fold for case in other.cases])
        statistics = Statistics({**fold.tables, "weights": weights})
        for row, abstract in zip(fold.rows, fold.abstracts, strict=True):
            split = split_body(_line(row)[0], abstract, cut=row["et_al"], statistics=statistics)
            right = split.title == row["title"] and ", ".join(split.authors) == ", ".join(row["authors"])
            outcomes.append((right, 0.0 if split.doubt and split.probability >= DOUBT else split.probability, row))
            if errors and not right:
                got = f"…{split.title[-30:]} | {', '.join(split.authors[:1])}"
                print(f"  {split.probability:.3f} …{row['title'][-50:]} | {row['authors'][0]} got {got}")
    real = [outcome for outcome in outcomes if "abstract" in outcome[2]]
    ends = {row["title"].split()[-1].lower() for _, _, row in outcomes}
    natural = [outcome for outcome in outcomes if "kind" not in outcome[2]]
    hard = [outcome for outcome in outcomes if "kind" in outcome[2]]
    for label, part in (("public lines", natural), ("of these with an abstract", real), ("hard lines", hard)):
        if not part:
            continue
        _print_share(label, part)
        for name, pattern in ENDS.items():
            _print_share(f"  {name}", [o for o in part if re.search(pattern, o[2]["title"])])
        for name, pattern in FIRSTS.items():
            _print_share(f"  {name}", [o for o in part if re.match(pattern, o[2]["authors"][0])])
        _print_share("  name that also ends titles", [o for o in part if ends.intersection(_name_words(o[2]))])
        for kind, name in KIND_NAMES.items():
            _print_share(f"  made: {name}", [o for o in part if o[2].get("kind") == kind])
        for bound in BOUNDS:
            flagged = sum(p < bound for _, p, _ in part)
            silent = sum(not right and p >= bound for right, p, _ in part)
            print(f"  doubt below {bound}: {flagged / len(part):.3%} flagged, {silent} silent errors")


def _name_words(row: Row) -> list[str]:
    return [str(word).lower() for word in row["authors"][0].split()]


def _print_share(label: str, outcomes: list[Outcome]) -> None:
    wrong = sum(not right for right, _, _ in outcomes)
    if outcomes:
        print(f"{label}: {len(outcomes)} lines, {wrong} wrong, {1 - wrong / len(outcomes):.3%} exact")


if __name__ == "__main__":
    main()
