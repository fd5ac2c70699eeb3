"""What the parts of the main screen are made of, each of which has a module of its own."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen

    ScreenPart = Screen[None]
    """Some methods of a screen, which is made of several such parts and of one screen."""
else:
    # Of every class that is a screen itself Textual gathers bindings, styles and handlers anew, at each start.
    ScreenPart = object
