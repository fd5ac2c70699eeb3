"""Venue lines as people write them, read into the parts a citation needs.

A library keeps what its source said ("npj Quantum Information 7:105 (2021)", "ICLR 2021 (openreview OGg9XnKxFAH)");
this module finds name, volume, pages and year in it, and leaves out what is only a remark. A line that holds nothing
but a name stays as it is, whatever it contains ("Journal of X (Series B)").
"""

import re
from typing import NamedTuple

# Conferences whose short names stand for them: with one of these a line is a conference paper. They are those of
# machine learning, vision, language, robotics, security, theory, systems and data, as they call themselves.
_CONFERENCES = """
    AAAI AAMAS ACCV ACL AISTATS ALT ASPLOS ASRU BMVC CAV CCS CHI CIKM CoLLAs CollAs COLM COLING COLT CoNLL
    CoRL CRYPTO CSCW CVPR CVPRW DAC DATE DSN EACL ECAI ECCV ECIR ECML ECML-PKDD EMNLP EUROCRYPT FAccT FAST
    FOCS HPCA HRI ICAPS ICASSP ICCV ICDE ICDM ICLR ICML ICPR ICRA ICSE IJCAI IJCAI-ECAI IJCNN INFOCOM
    INTERSPEECH Interspeech IROS ISCA ISCAS ISIT ISMIR IVA KDD LICS LREC LREC-COLING MICCAI MICRO MIDL MLSys
    MLSYS MM MobiCom NAACL NDSS NeurIPS NIPS NSDI OOPSLA OSDI PLDI PODC PODS POPL RecSys RSS SIGCOMM SIGGRAPH
    SIGIR SIGMOD SODA SOSP SPAA STOC TACAS UAI UIST USENIX VLDB WACV WSDM WWW
"""
_CONFERENCE = re.compile(
    r"(?P<name>(?:(?:IEEE|ACM|IEEE/CVF|Findings of(?: the)?)\s+)?(?:"
    + "|".join(map(re.escape, _CONFERENCES.split()))
    + r"))"
    r"(?:\s+|[-'\u2019]\s*)(?P<year>(?:19|20)\d\d|\d\d)\b(?P<rest>.*)",
    re.DOTALL,
)
_CONFERENCE_ALONE = re.compile("|".join(map(re.escape, _CONFERENCES.split())))
_CONFERENCE_WORDS = re.compile(
    r"\b(?:proceedings|proc\.|conference|workshop|symposium|advances in neural)(?!\w)", re.IGNORECASE
)
_JOURNAL_PROCEEDINGS = re.compile(
    r"\bProceedings of the (?:National Academy|IEEE$|Royal Society)|\bProc\. Natl\.", re.IGNORECASE
)
_WORKSHOP = re.compile(r"\bworkshops?\b", re.IGNORECASE)
_SERIES = re.compile(
    r"(?P<series>PMLR|JMLR W&CP|LNCS|Lecture Notes in Computer Science)\s*(?:v\.?|vol\.?|volume)?\s*(?P<volume>\d+)"
)
_SERIES_NAMES = {
    "PMLR": "Proceedings of Machine Learning Research",
    "LNCS": "Lecture Notes in Computer Science",
}
_TRAILING_REMARK = re.compile(r"\s*\((?P<remark>[^()]*)\)\s*\Z")
_REMARK = re.compile(
    r"openreview|secondary|\btalk\b|poster|\boral\b|spotlight|highlight|to appear|in press|accepted|forthcoming|"
    r"confirmed|verified|submitted|under review|extended abstract|best paper|notable|outstanding|"
    r"camera.ready|contributed|\A[a-z]+\d\d[a-z]\Z|\A\s*\Z",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"secondary|unconfirmed|unverified|not (?:confirmed|verified)|submitted|under review", re.IGNORECASE
)
_YEAR = r"(?P<year>(?:18|19|20)\d\d)"
_PAGES = r"(?P<pages>[A-Za-z]?\d[\w.]*(?:\s*(?:--?|\u2013)\s*[A-Za-z]?\d[\w.]*)?)"
_HEAD = r"(?P<name>.*?\D)[,\s]\s*(?P<volume>\d+)\s*"
_ISSUE = r"(?:\((?P<issue>[^()]{1,12})\))?\s*"
_LABELLED = (
    r"(?P<name>.*?)[,\s]\s*vol(?:ume|\.)?\s*(?P<volume>\d+)"
    r"(?:,?\s*(?:no|iss|number|issue)\.?\s*(?P<issue>[\w-]+))?"
    rf"(?:,?\s*(?:pp?|pages?|art(?:icle)?)\.?\s*{_PAGES})?"
    rf"(?:[,\s]\s*(?:[A-Z][a-z]{{2,8}}\.?\s*)?\(?{_YEAR}\)?)?\.?"
)
_JOURNALS = (
    # Nature 596(7873):583-589 (2021); npj Quantum Information 7:105 (2021); JMLR 11(3): 1201-1208, 2010
    re.compile(rf"{_HEAD}{_ISSUE}:\s*{_PAGES}(?:\s*[,.]?\s*\(?{_YEAR}\)?)?\.?"),
    # Nature 529, 484-489 (2016); Phys. Rev. Lett. 120, 145301 (2018); Phys. Rev. D 99 (1), 1-9 (2019)
    re.compile(rf"{_HEAD}{_ISSUE},\s*(?:pp?\.\s*|no\.\s*)?{_PAGES}\s*[,.]?\s*\(?{_YEAR}\)?\.?"),
    # JHEP 05 (2019) 123
    re.compile(rf"{_HEAD}\({_YEAR}\)\s*,?\s*(?:no\.\s*(?P<issue>\d+),\s*)?{_PAGES}\.?"),
    # Nature, vol. 529, no. 7587, pp. 484-489, Jan. 2016
    re.compile(_LABELLED, re.IGNORECASE),
    # Nature 529 (2016)
    re.compile(rf"{_HEAD}\({_YEAR}\)\.?"),
)
_LONGEST = 400
"""No journal's line is longer; the patterns are not tried on text that is."""
_NAME_AND_YEAR = re.compile(rf"(?P<name>.*[^\s,(])\s*(?:,\s*{_YEAR}|\({_YEAR.replace('year', 'year_too')}\))\s*\Z")

_DAYS = r"\d{1,2}(?:\s*(?:--?|\u2013)\s*(?:[A-Z][a-z]{2,8}\.?\s+)?\d{1,2})?"
_DAY = re.compile(rf"(?:\b[A-Z][a-z]{{2,8}}\.?\s+{_DAYS}|\b{_DAYS}\s+[A-Z][a-z]{{2,8}}\.?)\Z")
"""The end of a name that is a day, or some days."""


class Venue(NamedTuple):
    """What a venue line says; a part it does not say is the empty string."""

    name: str = ""
    """What a citation prints: the journal, or the conference with its year ("ICLR 2021")."""
    type: str = ""
    """The CSL type it means: ``article-journal``, ``paper-conference``, or the empty string when it does not tell."""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    """Pages or an article number, as written."""
    year: str = ""
    """Four digits."""
    series: str = ""
    """The series the proceedings appear in, in full where it is known by a short name (PMLR, LNCS)."""
    is_workshop: bool = False
    is_confirmed: bool = True
    """False where a remark says that the publication is hearsay or not decided: it is to be cited as the preprint."""


def read_venue(text: str) -> Venue:
    """Read a venue line.

    Args:
        text: One line in any of the usual forms; may be empty.

    Returns:
        Its parts. The name is never empty where the line is not; nothing but remarks, dates and numbers is left out.
    """
    line = " ".join(text.split())
    is_confirmed = True
    while (found := _TRAILING_REMARK.search(line)) and _is_remark(found["remark"], line[: found.start()]):
        if _DOUBT.search(found["remark"]):
            is_confirmed = False
        if not found.start():
            break
        line = line[: found.start()].rstrip(" ,;")
    venue = _read_conference(line) or _read_journal(line) or _read_name(line)
    return venue._replace(is_confirmed=is_confirmed)


def _is_remark(remark: str, before: str) -> bool:
    if re.fullmatch(r"(?:18|19|20)\d\d", remark.strip()):
        return False
    return bool(_REMARK.search(remark) or _CONFERENCE.fullmatch(before.strip()))


def _read_conference(line: str) -> Venue | None:
    found = _CONFERENCE.fullmatch(line)
    if not found:
        return None
    year = found["year"]
    if len(year) == 2:  # noqa: PLR2004 - "NIPS'17", "ICLR-98"
        year = ("19" if int(year) > 50 else "20") + year  # noqa: PLR2004 - no conference of the list met before 1950
    rest = found["rest"]
    series = volume = pages = ""
    in_series = _SERIES.search(rest)
    if in_series:
        series = _SERIES_NAMES.get(in_series["series"], in_series["series"])
        volume = in_series["volume"]
        after = rest[in_series.end() :]
        rest = rest[: in_series.start()]
        in_pages = re.match(rf"\s*[:,]\s*(?:pp?\.\s*)?{_PAGES}\s*\Z", after)
        pages = in_pages["pages"] if in_pages else ""
    else:
        in_pages = re.search(rf"[,:]\s*(?:pp?\.|pages)\s*{_PAGES}\s*\Z", rest)
        if in_pages:
            pages = in_pages["pages"]
            rest = rest[: in_pages.start()]
    name = f"{found['name']} {year}{rest.rstrip(' ,;:')}"
    return Venue(name, "paper-conference", volume, "", pages, year, series, is_workshop=bool(_WORKSHOP.search(rest)))


def _read_journal(line: str) -> Venue | None:
    for pattern in _JOURNALS if len(line) <= _LONGEST else ():
        found = pattern.fullmatch(line)
        if found:
            parts = {name: part or "" for name, part in found.groupdict().items()}
            name = parts["name"].strip(" ,")
            if not name or name.isdigit():
                continue
            return Venue(
                name,
                "paper-conference" if _names_conference(name) else "article-journal",
                parts["volume"],
                parts.get("issue", ""),
                re.sub(r"\s*(?:--?|\u2013)\s*", "-", parts.get("pages", "")),
                parts.get("year", ""),
            )
    return None


def _names_conference(name: str) -> bool:
    return bool(_CONFERENCE_WORDS.search(name)) and not _JOURNAL_PROCEEDINGS.search(name)


def _read_name(line: str) -> Venue:
    kind = ""
    if _CONFERENCE_ALONE.fullmatch(line) or _names_conference(line):
        kind = "paper-conference"
    found = _NAME_AND_YEAR.fullmatch(line)
    name, year = (found["name"], found["year"] or found["year_too"]) if found else (line, "")
    if found and found["year"] and _DAY.search(name):  # "Lisbon, Portugal, May 24-27, 2015": without it the date is cut
        name = line
    if not year:
        inside = re.search(r"\b(?:19|20)\d\d\b", line)
        year = inside[0] if inside and kind else ""
    return Venue(name, kind, year=year, is_workshop=bool(_WORKSHOP.search(line)) and kind == "paper-conference")
