"""What every command is made of."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

if TYPE_CHECKING:
    from readlist.paper import Paper
    from readlist.tui.screens.main import MainScreen


class Command:
    """Something the user can do from the main screen.

    The first line of a subclass's docstring is its tooltip, its help text and its explanation in the palette.
    """

    id: ClassVar[str]
    """The name by which the settings file binds other keys to it."""
    keys: ClassVar[str]
    """Its keys as Textual names them, comma-separated."""
    label: ClassVar[str]
    """Two words at most, for the key bar and the palette."""
    group: ClassVar[str]
    """The heading under which the help lists it."""
    in_key_bar: ClassVar[bool] = False
    """Whether the key bar at the bottom shows it."""
    needs_paper: ClassVar[bool] = False
    """Whether it acts on a paper, and so can do nothing in an empty list."""
    repeats: ClassVar[bool] = False
    """Whether "repeat" does it again."""
    in_sidebar: ClassVar[bool] = False
    """Whether its keys also work while the sidebar has the focus, which moves by itself."""
    hint: ClassVar[str] = ""
    """What is said when it is used for the first time."""
    while_typing: ClassVar[bool] = False
    """Whether its keys also work while a text field has the focus."""

    def __init__(self, screen: "MainScreen") -> None:
        self.screen = screen
        self.session = screen.session

    @classmethod
    def tooltip(cls) -> str:
        """What it does, in one sentence."""
        return (cls.__doc__ or "").lstrip().split("\n", 1)[0]

    @classmethod
    def binding(cls) -> Binding:
        """Its key binding.

        All have priority: keys typed faster than the screen answers are then handled strictly one after the other,
        and each meets the screen that the one before has made.
        """
        return Binding(
            cls.keys, f"command('{cls.id}')", cls.label, show=False, priority=True, tooltip=cls.tooltip(), id=cls.id
        )

    def enabled(self) -> bool:
        """Whether it can do anything now."""
        # Asked for every command at every key: `targets` would look at each paper of a selection.
        return not self.needs_paper or bool(self.session.selection) or self.screen.paper_list.current is not None

    def run(self) -> None:
        """Do it; must return at once."""
        raise NotImplementedError

    def repeat(self) -> None:
        """Do it again as it was done last, without asking anything."""
        self.run()

    @property
    def count(self) -> int:
        """The count that was typed before the key; 1 without one."""
        return self.screen.count

    @property
    def papers(self) -> list["Paper"]:
        """What it acts on: the selected papers, else the one under the cursor."""
        return self.screen.targets

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of what it acts on."""
        return tuple(paper.id for paper in self.papers)
