"""A paper becomes text for other people: citations and bibliographies."""
