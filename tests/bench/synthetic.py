"""Synthetic papers, as many as are wanted: the same ones each time, and with the words of a real library.

A title has about 90 characters, an abstract about 1,300, and there are three to eight authors. Words are as frequent as
Zipf's law has it, so that the letters of a search narrow it as they do among real papers: "t" is in all of them, "tur"
in two of five, "turbul" in every eighth.
"""

import datetime as dt
import random
from itertools import accumulate

from readlist.paper import Author, Paper

FIRST = "On the durability of reading lists"
"""How the title of the newest paper begins."""

_STEMS = """
model learn train network data gener optim robust represent graph attend kernel infer sampl estim predict
adapt transform distil regular normal quant prun embed encod decod cluster classif segment detect track
retriev rank align adversar certif calibr causal counterfact bayes variat diffus score flow energy spectr
tensor matrix sparse convex stochast gradient momentum second-order curvatur landscape minim general overfit
scal emerg reason plan reinforc reward polic explor simul robot vision speech languag dialog translat summar
question knowledg memor continu transfer few-shot meta federat privat secur fair bias interpret explain visual
molecul protein genom clinic climat turbul quantum lattice topolog manifold symmetr equivari group invari
stabl chaot dynam control
""".split()  # noqa: SIM905 - a list of words reads better without quotes
_ENDINGS = ("", "s", "ing", "ed", "ation", "al", "ity", "ment", "er", "ive", "less", "ically")
_SMALL = """
the of a and in for to with on by we is that from as are an our this can be which under over than
""".split()  # noqa: SIM905 - as above
_SENTENCES = 3_000
_YEARS = 3_650
"""Days over which the papers are spread."""


def _vocabulary() -> tuple[list[str], list[float]]:
    """Words and their cumulative frequencies: one in three is a small word."""
    frequency = {word: 1 / rank for rank, word in enumerate(_SMALL, 2)}
    for stem_rank, stem in enumerate(_STEMS, 1):
        for ending_rank, ending in enumerate(_ENDINGS, 1):
            frequency[stem + ending] = stem_rank**-1.3 / ending_rank
    return list(frequency), list(accumulate(frequency.values()))


def papers(number: int) -> list[Paper]:
    """``number`` papers, the newest first."""
    words, frequencies = _vocabulary()
    dice = random.Random(20261123)  # noqa: S311 - the same papers each time

    def drawn(count: int) -> str:
        return " ".join(dice.choices(words, cum_weights=frequencies, k=count))

    sentences = [f"{drawn(14).capitalize()}." for _ in range(_SENTENCES)]
    titles = [drawn(11) for _ in range(_SENTENCES)]
    return [
        Paper(
            title=f"{FIRST}: {titles[0]}" if not index else f"{dice.choice(titles).capitalize()}, part {index}",
            authors=tuple(
                Author(f"Family{(index * 7 + place) % 9973}", "Given Name") for place in range(3 + index * 5 % 6)
            ),
            category="cs.DL",
            published=(dt.date(2026, 11, 23) - dt.timedelta(days=index and 1 + index * 7 % _YEARS)).isoformat(),
            arxiv_id=f"26{index % 12 + 1:02}.{index % 99999:05}",
            abstract=" ".join(dice.choices(sentences, k=14)),
        )
        for index in range(number)
    ]
