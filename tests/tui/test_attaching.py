"""Files of a paper, and the menu of what can be opened."""

from pathlib import Path

import pytest
from textual.widgets import Input
from tui.conftest import Open

from readlist import browser
from readlist.attaching import attached
from readlist.browser import BrowserError, open_file
from readlist.errors import UsageError
from readlist.paper import Paper


async def test_a_file_is_attached_and_that_can_be_undone(opened: Open, tmp_path: Path) -> None:
    pdf = tmp_path / "my paper.pdf"
    pdf.write_bytes(b"%PDF-1.4")
    async with opened() as app:
        await app.press("A")
        app.pilot.app.screen.query_one(Input).value = str(tmp_path / "none.pdf")
        await app.press("enter")
        assert "there is no such file" in " ".join(app.text_of("#attach-problem").split())
        app.pilot.app.screen.query_one(Input).value = "long" * 100
        await app.press("enter")
        assert "the name is too long" in " ".join(app.text_of("#attach-problem").split())
        app.pilot.app.screen.query_one(Input).value = f"'{pdf}'"
        await app.press("enter")
        assert list(app.screen.session.view.papers[0].files) == [str(pdf)]
        assert "▤ my paper.pdf" in app.text_of("#detail-body")
        await app.press("u")
        assert not app.screen.session.view.papers[0].files


async def test_a_copy_is_kept_beside_the_library(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    pdf = tmp_path / "elsewhere/paper.pdf"
    pdf.write_bytes(b"%PDF-1.4")
    async with opened() as app:
        for _ in range(2):
            await app.press("A")
            app.pilot.app.screen.query_one(Input).value = str(pdf)
            await app.press("ctrl+t", "enter")
        files = app.screen.session.view.papers[0].files
        assert [Path(file).name for file in files] == ["paper.pdf", "paper-2.pdf"]
    assert {content.read_bytes() for content in (tmp_path / "files").iterdir()} == {b"%PDF-1.4"}


async def test_the_menu_opens_what_was_chosen(opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(browser, "open_address", asked.append)
    monkeypatch.setattr(browser, "open_file", asked.append)
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(b"")
    async with opened() as app:
        app.library.edit([app.screen.session.view.papers[0].id], files=(str(pdf),))
        await app.settle()
        app.screen.session.look()
        app.screen.show_view()
        await app.press("O", "3")
        assert asked == ["https://www.alphaxiv.org/abs/2608.05446"]
        await app.press("O", "4")
        assert asked[1:] == [str(pdf)]
        await app.press("G", "O")
        while app.current != "No author and no date":
            await app.press("escape", "k", "O")
        assert "Nothing is known" in app.toasts


def test_each_address_stands_once() -> None:
    paper = Paper(arxiv_id="2210.05546", doi="10.1/x", url="https://arxiv.org/abs/2210.05546")
    assert [name for name, _ in paper.addresses] == ["page", "PDF", "DOI", "alphaXiv"]
    assert Paper(url="https://example.org").addresses == (("page", "https://example.org"),)


@pytest.mark.parametrize("name", ["run.sh", "x.desktop", "none.pdf", ""])
def test_only_documents_that_are_there_are_opened(tmp_path: Path, name: str) -> None:
    if name and not name.startswith("none"):
        (tmp_path / name).write_text("")
    with pytest.raises(BrowserError):
        open_file(str(tmp_path / name))


def test_a_name_with_escaped_blanks_is_understood(tmp_path: Path) -> None:
    file = tmp_path / "a b.pdf"
    file.write_bytes(b"")
    assert attached(str(file).replace(" ", "\\ "), tmp_path / "l.json", copy=False) == file
    assert attached(f"file://{file}", tmp_path / "l.json", copy=False) == file
    with pytest.raises(UsageError):
        attached("", tmp_path / "l.json", copy=False)


async def test_p_opens_the_attached_pdf_before_the_one_in_the_browser(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(browser, "open_address", asked.append)
    monkeypatch.setattr(browser, "open_file", asked.append)
    pdf = tmp_path / "a.PDF"
    pdf.write_bytes(b"")
    async with opened() as app:
        await app.press("p")
        assert asked == ["https://arxiv.org/pdf/2608.05446"]
        await app.press("A")
        app.pilot.app.screen.query_one(Input).value = str(pdf)
        await app.press("enter", "p")
        assert asked[1:] == [str(pdf)]


async def test_ids_beside_a_name_that_no_disk_takes_are_read(opened: Open) -> None:
    async with opened() as app:
        await app.press("a")
        app.pilot.app.screen.query_one(Input).value = "arXiv:2210.05546 " + "long" * 100
        await app.press("enter")
        assert "1 new" in app.text_of("#add-summary")
