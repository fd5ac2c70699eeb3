"""Listing lines that are hard on purpose, put together from public titles and names; used by ``train_listing.py``."""

import random
import re
from typing import Any

Row = dict[str, Any]


def _split(*lines: str) -> list[str]:
    return " ".join(lines).split()


GROUPS = _split(
    "ATLAS CMS LHCb ALICE BABAR Belle CDF D0 STAR PHENIX IceCube Virgo KM3NeT XENON1T LUX Planck DES MAGIC NOvA T2K",
    "MINOS BESIII CLEO ZEUS H1 HERMES COMPASS NA48 NA62 UKQCD JLQCD ETM MILC HPQCD GEO600 ANTARES OPERA Borexino KLOE",
    "CRESST EXO-200",
)
TEAMS = _split(
    "Gemini Qwen Kimi Llama DeepSeek NVIDIA GLM InternLM Seed Gemma Granite Hunyuan MiniMax StepFun LongCat Mistral",
)
BRANDS = _split(
    "OpenAI DeepSeek-AI NVIDIA Anthropic Meta InclusionAI Apple Microsoft BigScience EleutherAI 01.AI IEEE",
)


def group_names(*, every: bool) -> list[str]:
    """Names of groups for the character tables.

    Args:
        every: Whether all are wanted, for the tables that are shipped; else the acronyms that `hard_lines` uses are
            left out, so that they stay unseen.
    """
    step = 1 if every else 2
    patterns = ("{} Collaboration", "The {} Collaboration", "for the {} Collaboration", "{} Consortium")
    names = [pattern.format(acronym) for acronym in GROUPS[::step] for pattern in patterns]
    return [*names, *(f"{team} Team" for team in TEAMS[::step]), *BRANDS[::step]]


GIVEN_ONLY, LOWER, CAPITALS, BROKEN, GROUP, PARTICLE, INITIALS, OTHER, MANY = range(9)
KINDS = (
    (GIVEN_ONLY, 4),
    (LOWER, 4),
    (CAPITALS, 4),
    (BROKEN, 2),
    (GROUP, 8),
    (PARTICLE, 12),
    (INITIALS, 22),
    (OTHER, 40),
    (MANY, 4),
)
KIND_NAMES = {
    GIVEN_ONLY: "one name",
    LOWER: "lower case",
    CAPITALS: "capitals first",
    BROKEN: "first letter lost",
    GROUP: "group",
    PARTICLE: "particle",
    INITIALS: "initials",
    OTHER: "odd public name",
    MANY: "more than three authors",
}
KIND_WEIGHTS = {
    GIVEN_ONLY: 0.2,
    LOWER: 0.02,
    CAPITALS: 0.02,
    BROKEN: 0.01,
    GROUP: 0.3,
    PARTICLE: 0.3,
    INITIALS: 0.5,
    OTHER: 0.5,
    MANY: 0.1,
}
"""How much a line of a kind counts beside a public one, which counts 1: about as often as the kind is met."""
HARD_PARTICLES = _split("de van von di da del der van der van den de la dos ten ter le")


def hard_lines(mine: list[Row], draw: random.Random, count: int) -> list[Row]:
    """Lines with difficult title ends and difficult first authors.

    Args:
        mine: The public lines of one fold; they are put together anew, so that both parts stay unseen by the tables
            of the other folds.
        draw: The source of chance.
        count: How many lines to make.

    Returns:
        Rows as the data files hold them, with ``kind``: one of the kinds above.
    """
    ends = [
        re.compile(r"[A-Z]{2}s?$"),
        re.compile(r"\d$"),
        re.compile(r"[?!)$\"'\u201d\u2019\]]$"),
        re.compile(r"[a-z][A-Z]\S*$"),
    ]
    pools = [[r for r in mine if end.search(r["title"])] for end in ends] + [mine, mine]
    names = [name for row in mine for name in row["authors"]]
    odd = [n for n in names if re.search(r"[a-z][A-Z]|['\u2019-]|^[A-Z]\.|^[A-Z]{2}|^[^ ]+$| [a-z]|^\S{1,2} ", n)]
    made = []
    for _ in range(count):
        row = draw.choice(draw.choice(pools))
        kind = draw.choices([k for k, _ in KINDS], [share for _, share in KINDS])[0]
        first = _hard_name(kind, draw, names, odd)
        authors = [first, *(draw.choice(names) for _ in row["authors"][1:])]
        if kind == MANY:
            authors += [draw.choice(names) for _ in range(draw.randint(3, 9))]
        made.append({"title": row["title"], "authors": authors, "et_al": row["et_al"], "kind": kind})
    return made


def _hard_name(kind: int, draw: random.Random, names: list[str], odd: list[str]) -> str:  # noqa: PLR0911 - one a kind
    name = draw.choice(names)
    words = name.split()
    if kind == GIVEN_ONLY:
        return words[0] if len(words[0]) > 2 else words[-1]
    if kind == LOWER:
        return name.lower()
    if kind == CAPITALS:
        return " ".join([words[-1].upper(), *words[:-1]])
    if kind == BROKEN:
        return name[1:] if name[1:2].islower() else name.lower()
    if kind == GROUP:
        acronym = draw.choice(GROUPS[1::2])
        team = draw.choice(TEAMS[1::2])
        return draw.choice(
            [
                f"{acronym} Collaboration",
                f"{acronym} Collaboration",
                f"The {acronym} Collaboration",
                f"the {acronym} collaboration",
                f"for the {acronym} Collaboration",
                f"on behalf of the {acronym} Collaboration",
                f"{team} Team",
                f"{team} Team",
                draw.choice(BRANDS[1::2]),
                f"{acronym} Consortium",
                f"{words[-1]} Group",
            ],
        )
    if kind == PARTICLE:
        particle = draw.choice(HARD_PARTICLES)
        start = draw.choice(
            [f"{particle} ", f"{words[0]} {particle} ", f"{words[0]} {particle} ", f"{words[0]} {particle.title()} "]
        )
        return start + words[-1]
    if kind == INITIALS:
        initials = [f"{word[0].upper()}." for word in words[:-1]]
        return draw.choice([" ".join([*initials, words[-1]]), "".join(initials) + " " + words[-1]]).strip()
    return draw.choice(odd)
