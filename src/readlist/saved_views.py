"""Searches that the user has given a name: ``views.json`` beside the settings, for hands as well."""

import json
from collections.abc import Callable
from typing import NamedTuple

from readlist.config import config_folder


class SavedView(NamedTuple):
    """A search with a name."""

    name: str
    query: str
    sort: str = ""
    """An order of ``search.view.Order``; empty: the one that fits the query."""


class ViewsError(ValueError):
    """The file cannot be read or written; the message names it."""


def load_views() -> list[SavedView]:
    """The views in the order in which they were saved.

    Raises:
        ViewsError: the file is damaged; it is never overwritten then.
    """
    path = config_folder() / "views.json"
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise ViewsError(f"{path}: cannot be read ({error})") from error
    try:
        return [SavedView(str(one["name"]), str(one["query"]), str(one.get("sort", ""))) for one in found]
    except (TypeError, KeyError, AttributeError):
        raise ViewsError(f'{path}: a list of {{"name": …, "query": …}} was expected') from None


def save_view(view: SavedView) -> None:
    """Keep ``view``, in the place of one of the same name.

    Raises:
        ViewsError: it could not be kept.
    """

    def saved(views: list[SavedView]) -> list[SavedView]:
        if any(one.name == view.name for one in views):
            return [view if one.name == view.name else one for one in views]
        return [*views, view]

    _change(saved)


def remove_view(name: str) -> None:
    """Forget the view of this name.

    Raises:
        ViewsError: it could not be forgotten.
    """
    _change(lambda views: [one for one in views if one.name != name])


def rename_view(name: str, new: str) -> None:
    """Give the view ``name`` another name.

    Raises:
        ViewsError: it could not be kept, or another view has that name.
    """

    def renamed(views: list[SavedView]) -> list[SavedView]:
        if any(one.name == new for one in views):
            raise ViewsError(f"There is a view “{new}” already")
        return [one._replace(name=new) if one.name == name else one for one in views]

    _change(renamed)


def _change(act: Callable[[list[SavedView]], list[SavedView]]) -> None:
    from readlist.library.atomic import make_folder, replace_file  # noqa: PLC0415 - to read takes none of it

    views = act(load_views())
    path = config_folder() / "views.json"
    try:
        make_folder(path.parent)
        content = json.dumps([view._asdict() for view in views], ensure_ascii=False, indent=1)
        replace_file(path.resolve(), f"{content}\n".encode())
    except OSError as error:
        raise ViewsError(f"{path}: cannot be written ({error.strerror or error})") from error
