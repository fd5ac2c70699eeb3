"""Tags as the user types them."""


def parse_tags(text: str) -> tuple[str, ...]:
    """The tags in ``text``: words parted by blanks or commas, without the ``#`` they may begin with, each once."""
    words = (word.lstrip("#") for word in text.replace(",", " ").split())
    return tuple(dict.fromkeys(word for word in words if word))
