"""The reading list on disk: the only room that knows TinyDB."""
