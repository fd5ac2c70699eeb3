"""BibTeX and BibLaTeX: `scanner` finds the entries, `inheritance` completes them, `reader` makes papers of them."""

from readlist.intake.bibtex.reader import read_bibtex

__all__ = ["read_bibtex"]
