"""The app: themes, keys and its first screen. All else is in the screens, commands and the session."""

import asyncio
import signal
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.events import Event, InputEvent
from textual.screen import Screen
from textual.theme import Theme

from readlist import look_memory
from readlist.config import Config
from readlist.library.errors import DamagedError, LibraryError
from readlist.search.orders import Order, start_order
from readlist.statuses import use
from readlist.tui.beginning import Damage, Unread
from readlist.tui.commands.registry import all_commands, usable_keys
from readlist.tui.garbage import LOOKS_EVERY, GarbageCollection
from readlist.tui.ordered_keys import OrderedKeys
from readlist.tui.style_sheets import style_sheet
from readlist.tui.terminal_input import forgive_bad_bytes
from readlist.tui.terminal_output import outlive_terminal
from readlist.tui.themes import OURS
from readlist.tui.toasts import Toasts

if TYPE_CHECKING:
    from readlist.library.library import Library
    from readlist.search.finder import Finder
    from readlist.tui.screens.main import MainScreen
    from readlist.tui.session import Session


def _command_provider() -> type:
    from readlist.tui.commands.palette import CommandProvider  # noqa: PLC0415 - imported when the palette is opened

    return CommandProvider


class ReadlistApp(Toasts, OrderedKeys, inherit_bindings=False):
    """The reading list in the terminal."""

    TITLE = "readlist"
    ENABLE_COMMAND_PALETTE = True
    # Our own Palette command opens it, under the key that the user has bound.
    COMMAND_PALETTE_BINDING = "ctrl+shift+f24"
    COMMANDS = App.COMMANDS | {_command_provider}
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "help_quit", "Quit?", show=False, system=True)]

    def __init__(self, library: "Library | Unread | Damage", config: Config, *, welcome: bool = False) -> None:
        # The first screen is the default one, whose own style sheets Textual does not load.
        more = [style_sheet("recovery")] if isinstance(library, Damage) else []
        super().__init__(css_path=[style_sheet("main"), *more])
        # Textual parses all sheets anew for each window that brings one along, which holds up its first opening by
        # 20 ms; `parse` keeps the rules of those that it knows, and gives them up when the theme changes.
        self.stylesheet.reparse = self.stylesheet.parse  # type: ignore[method-assign]
        self._library = library
        self._config = config
        self._welcome = welcome
        self.failure: LibraryError | None = None
        """Why the library could not be read."""
        self._garbage = GarbageCollection()
        self._main: MainScreen | None = None
        self.session: Session | None = None
        """What is looked at, once the library has been read."""
        for theme in OURS:
            self.register_theme(theme)
        self._problems: list[str] = []
        self._take_settings()

    def _take_settings(self) -> None:
        """Take over the settings; done before the first frame, so that nothing is styled twice."""
        use(self._config.statuses)
        keys, self._problems = usable_keys(self._config.keys, self._config.key_preset, self._config.key_digits)
        self._commands = {name: command for name, command in all_commands().items() if keys.get(name, command.keys)}
        if keys:
            # Textual takes everything from a key that one of its bindings gives up: the digit of a count as well.
            given_up = [one.keys for name, one in self._commands.items() if one.keys.isdecimal() and name in keys]
            taken = ",".join(keys.values()).split(",")
            counts = {f"count-{digit}": digit for digit in given_up if digit not in taken}
            self.set_keymap({**counts, **{name: bound for name, bound in keys.items() if bound}})
        if self.no_color:
            from textual.filter import Monochrome, NoColor  # noqa: PLC0415 - for few terminals

            from readlist.tui.colourless_filter import ColourlessFilter  # noqa: PLC0415 - likewise

            kept = [one for one in self._filters if not isinstance(one, Monochrome | NoColor)]
            self._filters[:] = [*kept, ColourlessFilter()]
        if self._config.signs == "ascii":
            from readlist.tui.ascii_filter import AsciiFilter  # noqa: PLC0415 - for few terminals

            self._filters.append(AsciiFilter())
        elif self._config.signs != "unicode":
            self._problems.append(f"look.signs: {self._config.signs!r} is neither unicode nor ascii")
        if not self._config.motion:
            self.animation_level = "none"
        chosen = look_memory.load().theme_after(self._config.theme)
        if chosen in self.available_themes:
            self._begin_in(self.available_themes[chosen])
        elif self._config.theme not in self.available_themes:
            self._problems.append(
                f"look.theme: there is no theme {self._config.theme!r}; ctrl+p, then “theme”, lists them"
            )
        orders = [order.value for order in Order]
        if self._config.sort not in orders:
            self._problems.append(f"list.sort: {self._config.sort!r} is none of {', '.join(orders)}")

    def _begin_in(self, theme: Theme) -> None:
        """Take ``theme`` before anything is styled; a change of theme reads all style sheets twice."""
        if theme.ansi:  # which changes more than the colours of the style sheets
            self.theme = theme.name
            return
        self.set_reactive(ReadlistApp.theme, theme.name)
        for name, applies in (
            (f"-theme-{theme.name}", True),
            ("-dark-mode", theme.dark),
            ("-light-mode", not theme.dark),
        ):
            self.set_class(applies, name)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> Screen[Any]:
        """The screen to begin with, at once: an empty one below it would cost a layout."""
        if isinstance(self._library, Unread):
            from readlist.tui.screens.opening import OpeningScreen  # noqa: PLC0415 - for large libraries alone

            opening = OpeningScreen(*self._library, show=self._go_on_with, give_up=self._give_up)
            opening.take_commands(self._commands)
            return opening
        if isinstance(self._library, Damage):
            from readlist.tui.screens.recovery import RecoveryScreen  # noqa: PLC0415 - for damaged libraries alone

            return RecoveryScreen(self._library, self._go_on)
        return self._main_screen(self._library)

    def _go_on(self, library: "Library", news: str) -> None:
        """Show a library that could be opened after all."""
        self._library = library
        self.push_screen(self._main_screen(library, news))  # the default screen cannot be replaced

    def _go_on_with(self, library: "Library", finder: "Finder") -> "MainScreen":
        """Show a library that has been read meanwhile."""
        self._library = library
        screen = self._main_screen(library, finder=finder)
        self.push_screen(screen)
        self._garbage.begin()
        return screen

    def _give_up(self, error: LibraryError) -> None:
        """Offer the ways out of a damaged library; end with what else is wrong."""
        from readlist.tui.screens.recovery import RecoveryScreen  # noqa: PLC0415 - for damaged libraries alone

        if isinstance(error, DamagedError) and isinstance(self._library, Unread):
            self.stylesheet.read(style_sheet("recovery"))
            self._library = Damage(self._library.path, str(error))
            self.push_screen(RecoveryScreen(self._library, self._go_on))
        else:
            self.failure = error
            self.exit()

    def _main_screen(self, library: "Library", news: str = "", finder: "Finder | None" = None) -> "MainScreen":
        # A large library shows its first rows before all of this is imported, and while it is.
        from readlist.tui.screens.main import MainScreen  # noqa: PLC0415 - as above
        from readlist.tui.session import Session  # noqa: PLC0415 - as above

        problems = [f"config.toml: {problem}" for problem in self._problems]
        self.session = Session(library, start_order(self._config.sort), finder)
        self._main = MainScreen(self.session, self._config, welcome=self._welcome, problems=problems, news=news)
        self._main.take_commands(self._commands)
        return self._main

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the palette offers besides our own commands: of Textual's, those that make sense here."""
        return [command for command in super().get_system_commands(screen) if command.title == "Theme"]

    def search_themes(self) -> None:
        """Offer the themes; the one under the cursor is shown at once."""
        from textual.theme import ThemeProvider  # noqa: PLC0415 - asked for seldom

        from readlist.tui.commands.palette import Palette  # noqa: PLC0415 - likewise

        self.push_screen(Palette(providers=[ThemeProvider], placeholder="Search for themes…"))

    def action_help_quit(self) -> None:
        """Tell who presses ctrl+c how the app is left: too many hands press it to copy."""
        key = "q"
        if self._main is not None:
            key = self._main.key_of("quit") if self.screen is self._main else "esc, then q"
        self.notify(f"{key} quits", markup=False)

    def _remember_theme(self, theme: Theme) -> None:
        """The theme that was chosen from the palette is there at the next start."""
        look_memory.keep(look_memory.load()._replace(theme=theme.name, instead_of=self._config.theme))

    def _look_for_garbage(self) -> None:
        if self.screen_stack:  # there is none any more as the app is being left
            self._garbage.look(is_window_open=self.screen is not self._main)

    async def on_event(self, event: Event) -> None:
        """Handle an event of the terminal's, as it comes in."""
        if isinstance(event, InputEvent):
            self._garbage.user_acts()
        await super().on_event(event)

    def on_mount(self) -> None:
        """Leave in good order when the terminal is closed."""
        with suppress(NotImplementedError, AttributeError):  # Windows has neither
            for number in (signal.SIGHUP, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(number, self._leave)
        if self.console.color_system == "standard" and not self.is_headless:
            self.add_class("-few-colours")
        self.theme_changed_signal.subscribe(self, self._remember_theme)
        self.set_interval(LOOKS_EVERY, self._look_for_garbage)
        if not isinstance(self._library, Unread):  # which is read without a pause for garbage, as any other
            self.call_after_refresh(self._garbage.begin)

    def _leave(self) -> None:
        if self._main is None:
            self.exit()
        else:
            self._main.leave(hurry=True)


def run(library: "Library | Unread | Damage", config: Config, *, welcome: bool = False) -> None:
    """Run the app on ``library`` until the user quits; ``welcome`` on the first launch.

    With a library that cannot be opened it begins with the ways out of that.

    Raises:
        LibraryError: a library that was still to be read cannot be.
    """
    forgive_bad_bytes()
    outlive_terminal()
    app = ReadlistApp(library, config, welcome=welcome)
    try:
        app.run()
    finally:  # Textual stumbles over a terminal that has been closed
        if app.session is not None and app.session.has_ended:
            app.session.keep_for_next_start()
    if app.failure:
        raise app.failure
