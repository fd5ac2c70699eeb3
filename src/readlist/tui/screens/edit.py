"""The form in which every field of a paper is edited."""

from collections.abc import Awaitable, Callable
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Checkbox, Input, Static, TextArea

from readlist.latex import plain
from readlist.paper import Paper
from readlist.paper_form import FORM, REVIEWED, FormError, FormField, Shape, form_text, read_form
from readlist.tui.screens.dialog import Dialog
from readlist.tui.style_sheets import style_sheet
from readlist.tui.widgets.panel import Panel
from readlist.tui.widgets.text_field import TextField

Save = Callable[[dict[str, Any]], Awaitable[bool]]
"""Gives the paper the fields that were changed; False when that failed, so that the form must stay."""


class Tick(Checkbox):
    """A box whose sign, not its colour alone, tells whether it is ticked."""

    @property
    def _button(self) -> Content:
        return Content("[✓]" if self.value else "[ ]")


class EditScreen(Dialog[None]):
    """Every field of one paper; saves what was changed as one step, and stays open until that is done."""

    CSS_PATH = style_sheet("edit")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", priority=True),
        Binding("ctrl+s,f2", "save", "Save", priority=True),
        Binding("ctrl+n,down", "next", "Next field"),
        Binding("up", "previous", "Field before"),
    ]

    def __init__(self, paper: Paper, save: Save) -> None:
        super().__init__()
        self._paper = paper
        self._save = save
        self._saving = False
        self._warned = False
        """Whether esc has been pressed once with something unsaved."""
        self._told = False
        """Whether the line below the fields says more than how a field is written."""
        self._before: tuple[dict[str, str], dict[str, bool]] = {}, {}

    def compose(self) -> ComposeResult:
        """A row for each field; what is wrong below them."""
        with Panel(id="edit") as panel:
            panel.border_title = "Edit"
            panel.show_hints("ctrl+s saves", "tab next field", "esc leaves")
            with VerticalScroll(id="edit-fields", can_focus=False):
                if self._paper.needs_review:
                    yield Static(f"Please check: {plain(self._paper.review_reason)}", id="edit-review", markup=False)
                    yield Tick("It is right now", value=True, compact=True, id=f"field-{REVIEWED}")
                for field in FORM:
                    with Horizontal(classes="edit-row"):
                        if field.shape is Shape.FLAG:
                            yield Static(classes="edit-label indent")
                        else:
                            yield Static(field.label, classes="edit-label")
                        yield self._widget(field)
            yield Static(id="edit-problem", markup=False)

    def _widget(self, field: FormField) -> Widget:
        name = f"field-{field.name}"
        if field.shape is Shape.FLAG:
            return Tick(field.label, value=bool(getattr(self._paper, field.name)), compact=True, id=name)
        text = form_text(self._paper, field.name)
        if field.shape is Shape.LINE:
            return Input(text, placeholder=field.hint, compact=True, id=name, select_on_focus=False)
        area = TextField(text, compact=True, soft_wrap=True, tab_behavior="focus", placeholder=field.hint, id=name)
        area.add_class(field.shape.name.lower())
        return area

    def on_mount(self) -> None:
        """Start in the title, or where the record is in doubt: its authors."""
        self._before = self._texts, self._flags
        doubtful = "authors" in self._paper.review_reason
        self.query_one("#field-authors" if doubtful else "#field-title").focus()

    @property
    def _texts(self) -> dict[str, str]:
        texts = {}
        for field in FORM:
            widget = self.query_one(f"#field-{field.name}")
            if isinstance(widget, Input):
                texts[field.name] = widget.value
            elif isinstance(widget, TextArea):
                texts[field.name] = widget.text
        return texts

    @property
    def _flags(self) -> dict[str, bool]:
        return {(box.id or "").removeprefix("field-"): box.value for box in self.query(Checkbox)}

    @property
    def _is_changed(self) -> bool:
        return (self._texts, self._flags) != self._before

    def action_next(self) -> None:
        """Go on to the next field."""
        self.focus_next()

    def action_previous(self) -> None:
        """Go back to the field before."""
        self.focus_previous()

    def on_input_submitted(self) -> None:
        """Go on to the next field."""
        self.focus_next()

    def on_descendant_focus(self) -> None:
        """Tell how the field is written."""
        if not self._told:
            self._hint()

    def _hint(self) -> None:
        name = (self.focused.id or "").removeprefix("field-") if self.focused else ""
        hint = next((field.hint for field in FORM if field.name == name), "")
        self._tell(hint, "$foreground 60%")

    def _tell(self, text: str, style: str) -> None:
        if self.is_left:  # saved meanwhile
            return
        self.query_one("#edit-problem", Static).update(Content.styled(plain(text), style))

    def on_input_changed(self) -> None:
        """Forget what was wrong."""
        self._forget()

    def on_text_area_changed(self) -> None:
        """Forget what was wrong."""
        self._forget()

    def _forget(self) -> None:
        self._warned = self._told = False
        self._hint()

    def action_leave(self) -> None:
        """Leave; what was changed is thrown away at the second time of asking only."""
        if self._is_changed and not self._warned:
            self._warned = self._told = True
            self._tell("Not saved yet: ctrl+s saves; esc once more throws the changes away", "$text-warning")
        elif not self._saving:
            self.dismiss()

    def action_save(self) -> None:
        """Save what was changed, or say what is wrong and go there."""
        if self._saving:
            return
        try:
            # A text field shows no control characters: what was not touched must not be read back.
            typed = {name: text for name, text in self._texts.items() if text != self._before[0][name]}
            changed = read_form(self._paper, typed, self._flags)
        except FormError as error:
            self._told = True  # esc has not been answered by this: it still asks
            label = next(field.label for field in FORM if field.name == error.field)
            self.query_one(f"#field-{error.field}").focus()
            self.call_after_refresh(self._tell, f"{label}: {error}", "$text-error")
            return
        if changed:
            self._carry_out(changed)
        else:
            self.dismiss()

    @work(group="saving")
    async def _carry_out(self, changed: dict[str, Any]) -> None:
        self._saving = True
        try:
            if await self._save(changed):
                self.dismiss()
        finally:
            self._saving = False
