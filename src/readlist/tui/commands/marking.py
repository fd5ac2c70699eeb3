"""Commands that give a status of the settings at once, each by the key that is set for it there."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from readlist.statuses import StatusMeaning, StatusSet
from readlist.tui.commands.base import Command
from readlist.tui.commands.reading import ReadingCommand, ids_of, present

if TYPE_CHECKING:
    from readlist.library.library import Change, Library


class Mark(ReadingCommand):
    """Give the papers one status."""

    repeats = True
    value: str

    def run(self) -> None:
        ids = self.ids

        def act(library: "Library") -> "Change | None":
            return library.edit(ids_of(present(library, ids)), status=self.value)

        self.screen.carry_out(act, otherwise="So it is already")
        self.advance()


def mark_id(meaning: StatusMeaning) -> str:
    """The id of the command that gives this status."""
    return f"mark-{meaning.name}"


def mark_commands(statuses: StatusSet) -> Mapping[str, type[Command]]:
    """A command, by its id, for each of the ``statuses`` that has a key."""
    return {mark_id(meaning): _mark_command(meaning) for meaning in statuses.meanings if meaning.key}


def _mark_command(meaning: StatusMeaning) -> type[Command]:
    name = meaning.name.capitalize()
    body = {"id": mark_id(meaning), "keys": meaning.key, "label": name, "value": meaning.value}
    return type(f"Mark{name}", (Mark,), {**body, "__doc__": f"Mark {meaning.name}."})
