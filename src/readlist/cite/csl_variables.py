"""The variables of CSL 1.0.2 by kind (specification, appendix IV: https://docs.citationstyles.org/en/stable/)."""

_WORDS_NAME_VARIABLES = """
    author chair collection-editor compiler composer container-author contributor curator director editor
    editor-translator editorial-director executive-producer guest host illustrator interviewer narrator
    organizer original-author performer producer recipient reviewed-author script-writer series-creator
    translator
"""
NAME_VARIABLES = frozenset(_WORDS_NAME_VARIABLES.split())
_WORDS_DATE_VARIABLES = """
    accessed available-date container event-date issued original-date submitted
"""
DATE_VARIABLES = frozenset(_WORDS_DATE_VARIABLES.split())
_WORDS_NUMBER_VARIABLES = """
    chapter-number citation-number collection-number edition issue locator number number-of-pages
    number-of-volumes page page-first part-number printing-number section supplement-number version volume
"""
NUMBER_VARIABLES = frozenset(_WORDS_NUMBER_VARIABLES.split())

_WORDS_TEXT_VARIABLES = """
    abstract annote archive archive-place archive_collection archive_location authority call-number citation-key
    citation-label collection-title container-title container-title-short dimensions division DOI event-place
    event-title genre ISBN ISSN jurisdiction keyword language license medium note original-publisher
    original-publisher-place original-title part-title PMCID PMID publisher publisher-place references
    reviewed-genre reviewed-title scale source status title title-short URL volume-title year-suffix
"""
TEXT_VARIABLES = frozenset(_WORDS_TEXT_VARIABLES.split()) | NUMBER_VARIABLES
"""What holds text, numbers included."""
