"""The command palette's list: every command with its key; those that can do nothing now come last and say so."""

import inspect
from contextlib import suppress
from functools import partial

from textual import work
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.css.query import NoMatches

from readlist.tui.screens.dialog import Fitted, LeftOnce
from readlist.tui.screens.main import MainScreen

_GATHERING = CommandPalette._GATHER_COMMANDS_GROUP  # noqa: SLF001 - the palette asks for no commands by another name
_gather = inspect.unwrap(CommandPalette._gather_commands)  # noqa: SLF001 - as it is before Textual makes a worker of it


class Palette(CommandPalette, Fitted[None], LeftOnce[None]):
    """Textual's command palette, which stumbles over keys that reach it while it lists nothing or has been left."""

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):  # nothing is listed, or what is has not been laid out yet
            super()._action_command_list(action)

    @work(exclusive=True, group=_GATHERING)
    async def _gather_commands(self, search_value: str) -> None:
        try:
            await _gather(self, search_value)
        except NoMatches:  # a letter typed just before it was left asks for commands when its list is gone
            if not self.is_left:
                raise


class CommandProvider(Provider):
    """Gives the palette the commands of the main screen."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for name, title, text in self._entries():
            yield DiscoveryHit(title, partial(self._run, name), help=text)

    async def search(self, query: str) -> Hits:
        """Those whose name or explanation matches."""
        matcher = self.matcher(query)
        for name, title, text in self._entries():
            score = max(matcher.match(title), matcher.match(text) * 0.8)
            if score > 0:
                yield Hit(score, matcher.highlight(title), partial(self._run, name), help=text)

    def _entries(self) -> list[tuple[str, str, str]]:
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return []
        usable = {name: command(screen).enabled() for name, command in screen.commands.items() if name != "palette"}
        return [
            (
                name,
                f"{screen.commands[name].label} ({screen.key_of(name)})",
                screen.commands[name].tooltip() + ("" if usable[name] else "  (not here and now)"),
            )
            for name in sorted(usable, key=lambda name: not usable[name])
        ]

    def _run(self, name: str) -> None:
        if not isinstance(self.screen, MainScreen):
            return
        command = self.screen.commands[name]
        if command(self.screen).enabled():
            self.screen.action_command(name)
        else:
            self.screen.say(f"“{command.label}” can do nothing here: {command.tooltip()}")
