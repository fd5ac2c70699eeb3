# ruff: noqa: RUF001 - mathematical characters are what is tested
import os
import subprocess
import sys
import time
import unicodedata
from importlib import resources

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.effort import examples

from readlist.latex import plain, to_unicode
from readlist.latex.symbols import COMMON, MATH_LETTERS, TEXT_LETTERS


def check(source: str, expected: str) -> None:
    assert to_unicode(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"$L_\infty=8/255$", "L_∞=8/255"),
        (r"$10^{\mathcal{O}(100)}$", "10^𝒪(100)"),
        (r"5$\%$", "5%"),
        (
            r"Many images $+$ the same adversarial attack $\to$ many target labels",
            "Many images + the same adversarial attack → many target labels",
        ),
        (r"\textit{multi-attacks}", "multi-attacks"),
        (r"$\approx$72% (CIFAR-10)", "≈72% (CIFAR-10)"),
        (r"$t_\mathrm{max}$ and $t_{max}$ and $t_{\rm max}$", "t_max and t_max and t_max"),
        (r"$X_1,X_2,\dots,X_n$", "X₁,X₂,…,Xₙ"),
        (r"$c^*_1, c^*_2,\dots,c^*_n$", "c*₁, c*₂,…,c*ₙ"),
        (r"$\mathbb{R}^n$", "ℝⁿ"),
    ],
)
def test_what_the_users_listing_holds_reads_well(source: str, expected: str) -> None:
    check(source, expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("$x^2$, H$_2$O, $H_2O$, CO$_2$", "x², H₂O, H₂O, CO₂"),
        ("$^{3}$He, W$^*$, $90^\\circ$, $d^\\text{th}$", "³He, W*, 90°, dᵗʰ"),
        ("$10^{-3}$ and $x_{n+1}$ and $x_{ij}$", "10⁻³ and xₙ₊₁ and xᵢⱼ"),
        ("$1s^2 ^1S$ and $1s2s ^{3}S$", "1s² ¹S and 1s2s ³S"),
        ("$L^\\infty$, $G^{k,l}$, $n^{1/2}$, $10^{9.5}$", "L^∞, G^(k,l), n^(1/2), 10^9.5"),
        ("$x_{p^f}$ and $x_{\\max}y$", "x_(pᶠ) and x_(max)y"),
        ("$\\mathbb{R}_{\\ge 0}$", "ℝ_(≥0)"),
        ("$f'(x)$ and $x^\\prime$", "f′(x) and x′"),
        ("$osp(1|2)^(1)$", "osp(1|2)^(1)"),
        (r"$\nabla_\theta J(\theta)$ and $A^\top$ and $x^\alpha y$", "∇_θ J(θ) and Aᵀ and x^α y"),
        ("a_1 and b^2 outside", "a_1 and b^2 outside"),
    ],
)
def test_scripts(source: str, expected: str) -> None:
    check(source, expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"$\frac{a}{b}$, $\frac12$, $\frac{a+b}{2}$, $-\frac18\Delta$", "a/b, 1/2, (a+b)/2, -1/8 Δ"),
        (r"$\frac{\partial u}{\partial t}$", "∂u/∂t"),
        (r"$a \over b$ and ${n \choose k}$ and $\binom{n}{k}$", "a/b and (n choose k) and (n choose k)"),
        (r"$\sqrt{2}$, $\sqrt[3]{x+1}$, $\sqrt{x+1}$, $\sqrt$", "√2, ∛(x+1), √(x+1), √"),
        (r"$n\log n$, $\log\log n$, $\sin\theta$, $O(n \log^2 n)$", "n log n, log log n, sin θ, O(n log² n)"),
        (r"$\lambda x \in X$, $k\le3$, $m\ge 3$, $x \leq y$", "λx ∈ X, k≤3, m ≥ 3, x ≤ y"),
        (r"$\bar{x}$, $\tilde w_2$, $\vec{Y}$, $\hat\beta$", "x̄, w̃₂, Y⃗, β̂"),
        (r"$\not\in$ and $\not=$", "∉ and ≠"),
        (r"$\mathcal{PT}$, ${\cal KP}$, $\frak{S}_p$, $\mathfrak{gl}$, $\Bbb Z$", "𝒫𝒯, 𝒦𝒫, 𝔖ₚ, 𝔤𝔩, ℤ"),
        (r"$\mathbf{x}$, ${\bf x}$, $\boldsymbol\Xi$", "x, x, Ξ"),
        (r"$\left[-L,L\right]$, $\left. x \right|$, $\big(x\big)$", "[-L,L], x |, (x)"),
        (r"$\{0,1\}^n$, $|x|$, $\|x\|$, $\langle 8\rangle$", "{0,1}ⁿ, |x|, ‖x‖, ⟨ 8⟩"),
        (r"\(x^2\), \[ y \], $$z$$, \begin{equation} a & b \\ c \end{equation}.", "x², y, z, a b c ."),
        (r"$x \equiv 1 \pmod{4}$", "x ≡ 1 (mod 4)"),
        (r"$0\!-\!1$, $5\,\mathrm{km}$, $a\quad b$", "0-1, 5 km, a b"),
        (r"$f: \text{if $x>0$ and}~y$", "f: if x>0 and y"),
    ],
)
def test_mathematics(source: str, expected: str) -> None:
    check(source, expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            r"Schr\"odinger, Caf\'{e}, Fran\c{c}ois, \v{Z}i\v zek, na\"{\i}ve",
            "Schrödinger, Café, François, Žižek, naïve",
        ),
        (
            r"Erd\H{o}s, \L{}ukasz, Sm\o rrebr\o d, Stra\ss e, \AA ngstr\"om",
            "Erdős, Łukasz, Smørrebrød, Straße, Ångström",
        ),
        (r"a -- b --- c, Reed--Solomon", "a – b — c, Reed–Solomon"),
        (r"``quoted'' and f''", "“quoted” and f''"),
        (r"Fig.~1, ~5%, 10~20", "Fig. 1, ~5%, 10~20"),
        (r"R\&D, 100\%, \#1, a\_b, \$5", "R&D, 100%, #1, a_b, $5"),
        (r"{Deep} {L}earning with {\em style} and {\Gamma}-functions", "Deep Learning with style and Γ-functions"),
        (r"a set {0,1} or {1, 2, ..., n}", "a set {0,1} or {1, 2, ..., n}"),
        (r"\url{http://a.b/~c_d} \href{http://x.y}{here}", "http://a.b/~c_d here (http://x.y)"),
        ("see http://x.edu/~foo--bar.", "see http://x.edu/~foo--bar."),
        (r"as shown \cite{fort2022}~and in \citep[see][]{x}", "as shown [fort2022] and in [x]"),
        (r"text\footnote{A note.} goes on", "text (A note.) goes on"),
        (r"\texorpdfstring{$x$}{y} \textcolor{red}{z}", "y z"),
        (r"\begin{itemize} \item one \item two \end{itemize}", " • one • two "),
        (r"\emph{p} <5, q= 3 and r >\,4", "p <5, q= 3 and r > 4"),
        (r"50% of all & more # _", "50% of all & more # _"),
    ],
)
def test_text(source: str, expected: str) -> None:
    check(source, expected)


@pytest.mark.parametrize(
    "source",
    [
        "costs $5 and $6",
        "between $10 and $20,000, or $5-$10",
        "$5 per year (in US$)",
        "US $ and AU $ 5",
        "a { b",
        "a } b $",
        "100% of $",
        "trailing \\",
        "$x",
    ],
)
def test_money_and_what_is_not_balanced_are_shown_as_they_are(source: str) -> None:
    check(source, source)


def test_short_formulas_are_mathematics_although_blanks_or_digits_touch_their_dollars() -> None:
    check(r"if $ k > 4 $ and $\lambda $ and $<$5 and $n,k $", "if k > 4 and λ and <5 and n,k")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\ours outperforms \nomad{} by \tit{far}", "ours outperforms nomad by far"),
        (r"$q\GL(n,\C)$ and $\cB_{\rg}$", "q GL(n,ℂ) and cB_rg"),
        (r"\unknown{a}{b}", "a b"),
        (r"$\unknown{}$", "unknown"),
    ],
)
def test_a_macro_nobody_knows_leaves_its_argument_or_its_name(source: str, expected: str) -> None:
    check(source, expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a\nb\tc\r\nd\u2028e", "a b c d e"),
        ("\x1b[31mred\x07\x00\x7f\x9b", "[31mred"),
        ("\u202eevil\u202c \u2066x\u2069 \u200fy", "evil x y"),
        ("zero\u200bwidth soft\u00adhyphen \ufefftext", "zerowidth softhyphen text"),
        ("👩\u200d🔬 and ❤\ufe0f and क्\u200dष", "👩\u200d🔬 and ❤\ufe0f and क्\u200dष"),
        ("joiners\u200d\u200d alone\u200d", "joiners alone"),
        ("e\u0301 combining", "e\u0301 combining"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("tag \U000e0041 and nonchar \ufdd0\uffff", "tag  and nonchar "),
        ("ordinary — text, 中文, עברית", "ordinary — text, 中文, עברית"),
    ],
)
def test_plain_is_harmless_and_on_one_line(source: str, expected: str) -> None:
    assert plain(source) == expected


HOSTILE = (
    *"{}$\\^_~'%& \n\x1b\u202e\u200d\ufdd2",
    *(
        "a",
        "b1",
        "--",
        "``",
        "''",
        "$$",
        r"\(",
        r"\)",
        r"\frac",
        r"\sqrt{",
        r"\over",
        r"\text{$",
        r"\"",
        r"\cite[",
        "(",
        "=",
    ),
    *(
        r"\begin{equation}",
        r"\end{equation}",
        r"\left.",
        r"\mathbb",
        r"\cal ",
        r"\item[",
        r"\href{",
        r"\foo{",
        "https://",
    ),
)
latex_soup = st.lists(st.sampled_from(HOSTILE), max_size=60).map("".join)


@given(latex_soup | st.text())
@example("$x_{ab}\ufdd0y$")
@example("\\\x1b\\\u202e$\\\x00$")
def test_any_input_gives_plain_text_on_one_line(source: str) -> None:
    shown = to_unicode(source)
    assert plain(shown) == shown
    assert not any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in shown)
    assert not set(shown) & set("\ufdd0\ufdd1\ufdd2\ufdd3")


@given(st.text(alphabet=st.characters(exclude_characters="\\${~-`")))
def test_text_without_latex_is_only_made_plain_and_a_second_time_changes_nothing(source: str) -> None:
    shown = to_unicode(source)
    assert shown == plain(source)
    assert to_unicode(shown) == shown


@given(st.text(alphabet="abc 123,.;:!?", max_size=40))
def test_letters_and_digits_never_vanish(words: str) -> None:
    source = rf"\unknown{{{words}}} $\mathrm{{{words}}}$ \emph{{{words}}}"
    kept = [character for character in to_unicode(source) if character.isalnum()]
    wanted = [character for character in words if character.isalnum()] * 3
    assert kept == wanted or (not words.strip() and "".join(kept) == "unknown")


@pytest.mark.parametrize("tail", ["", "$", "}" * 50_000, "}$" * 25_000])
@pytest.mark.parametrize(
    "unit",
    [
        "{",
        "$",
        "\\",
        "${",
        "$x_{",
        r"\"",
        r"\frac",
        r"$\sqrt{",
        r"$a\over ",
        r"\(",
        r"\begin{a}",
        r"\cite[",
        "$ ",
        "{1,",
        "^",
    ],
)
def test_hostile_input_takes_time_in_proportion_and_never_recurses_too_deep(unit: str, tail: str) -> None:
    source = (unit * 50_000)[:50_000] + tail
    start = time.process_time()
    to_unicode(source)
    assert time.process_time() - start < 2  # 0.3 s measured; quadratic time would be minutes


def test_deep_nesting_is_shown_as_it_stands() -> None:
    deep = "{" * 30 + "x" + "}" * 30
    assert "x" in to_unicode(f"${deep}$")
    assert to_unicode("{" * 30 + "x" + "}" * 30) == "x"


def test_our_short_table_agrees_with_pylatexenc_where_both_know_a_macro() -> None:
    from pylatexenc.latex2text import get_default_latex_context_db

    table = get_default_latex_context_db()
    # Where we differ on purpose: glyphs that read better in one line of text.
    chosen = {"bullet", "hbar", "star", "prime", "setminus", "textmu", "Re", "Im", "limsup", "liminf"}
    chosen |= {"textasciicircum", "textasciitilde"}
    differing = {
        name
        for name, text in COMMON.items()
        if (spec := table.get_macro_spec(name))
        and isinstance(spec.simplify_repl, str)
        and spec.simplify_repl.strip() != text
    }
    assert differing <= chosen


def test_no_name_is_in_two_tables_with_different_meaning_by_mistake() -> None:
    assert not set(COMMON) & (set(TEXT_LETTERS) | set(MATH_LETTERS))


def imported_by(source: str) -> set[str]:
    code = "import sys\nfrom readlist.latex import to_unicode\nto_unicode(sys.argv[1])\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code, source], capture_output=True, text=True, check=True, env=os.environ
    )
    return set(done.stdout.split())


def test_plain_titles_load_nothing_and_usual_symbols_do_not_load_pylatexenc() -> None:
    assert "readlist.latex.reader" not in imported_by("Plain title: 100% of it, v2.0 (extended)")
    usual = imported_by(r"Many $+$ $\to$ $\alpha$ $L_\infty$ $\mathbb{R}^n$ Gr\"obner -- $\mathcal{O}(n \log n)$")
    assert "readlist.latex.reader" in usual
    assert "pylatexenc" not in usual
    assert "pylatexenc" in imported_by(r"$\rtimes$")


def test_the_bundled_abstracts_keep_no_latex() -> None:
    listing = resources.files("readlist").joinpath("data/listing.txt").read_text("utf-8")
    for line in listing.splitlines():
        assert not set(to_unicode(line)) & set("\\${}"), line


@settings(max_examples=examples(20))
@given(st.sampled_from(["$x^2$ -- ", r"\emph{a} ", r"$\frac{a}{b}$ "]), st.integers(1, 400))
def test_repetition_gives_the_same_reading_each_time(unit: str, times: int) -> None:
    assert to_unicode("." + unit * times) == "." + to_unicode("." + unit)[1:] * times
