"""Where the Textual style sheets are."""

from pathlib import Path


def style_sheet(name: str) -> Path:
    """The path of ``styles/<name>.tcss``: inside the package when installed, beside ``src/`` in a checkout."""
    package = Path(__file__).parents[1]
    shipped = package / "styles"
    folder = shipped if shipped.is_dir() else package.parents[1] / "styles"
    return folder / f"{name}.tcss"
