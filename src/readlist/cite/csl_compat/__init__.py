"""The rules of the CSL 1.0.2 specification that citeproc-py 0.11.1 lacks, one module a family of rules.

==================  ======================================================================
``engine``          parsing, locales, bibliographies, items cited together; the door of this package
``checking``        what is wrong with a style, in one sentence
``elements``        text, number, label, group, choose, macro, substitute
``names``           names, name, et-al; ``persons``: initials and the order of name parts
``dates``           date and date-part
``numbers``         page ranges, ordinals, what is numeric, what is plural
``textcase``        title case and its kin
``terms``           locale terms and their fallback
``sorting``         the order of a bibliography
``clusters``        citations in the text and in notes: positions, grouping, collapsing
``disambiguation``  names, given names and year suffixes that tell cites apart
``labels``          citation labels ("RoNo78")
``source``          items as the engine wants them: ids, dates, names, markup
``marks``           rich text, quotation marks and punctuation that meet
==================  ======================================================================

citeproc-py parses nothing itself here but gives its classes for the elements of a style, which the classes of this
package extend; when a rule is right upstream, the override here can go. Everything is imported late: lxml alone costs
20 ms.
"""
