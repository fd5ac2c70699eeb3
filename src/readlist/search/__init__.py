"""The query language, and the sorted, filtered view of the papers."""
