"""The commands of the README, as a new user copies them one after the other in a fresh home."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Done = subprocess.CompletedProcess[str]

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
BLOCK = README.split("## On the command line")[1].split("```sh\n")[1].split("```")[0]
COMMANDS = [line.split(" # ")[0].rstrip() for line in BLOCK.splitlines()]
INSTEAD = {"| fzf": "| head -n 1", "readlist config;": "VISUAL=true readlist config;", " --copy": ""}
"""What a test has in the place of programs that wait for somebody, and of a clipboard."""
NEEDS = {"readlist merge": 1, "readlist duplicates": 1}
"""Commands that rightly find nothing among the bundled papers, and their exit status."""


@pytest.mark.usefixtures("filled")
@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_every_command_of_the_readme_does_what_it_says(home: Path, library_file: Path) -> None:
    programs = home / "bin"
    programs.mkdir()
    (programs / "readlist").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m readlist "$@"\n', "utf-8")
    (programs / "readlist").chmod(0o755)
    (home / "vault").mkdir()
    (home / "library.bib").write_text("@misc{a, title={A title}, author={Doe, Jane}, year={2024}}", "utf-8")
    (home / "items.json").write_text('[{"id": "a", "type": "book", "title": "T"}]', "utf-8")
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "READLIST_LIBRARY": str(library_file)}
    ran = [command for command in COMMANDS if not command.startswith("readlist serve")]
    for command in ran:
        line = command
        for what, by in INSTEAD.items():
            line = line.replace(what, by)
        done = subprocess.run(
            ["bash", "-c", line], cwd=home, env=environment, capture_output=True, text=True, check=False
        )
        wanted = next((status for start, status in NEEDS.items() if command.startswith(start)), 0)
        assert done.returncode == wanted, f"{command}: {done.stderr}"
        assert "Traceback" not in done.stderr
    assert len(ran) > 20
    assert (home / "all.bib").read_text("utf-8").count("@") > 30
    assert len(list((home / "vault/papers").iterdir())) == 33


def test_every_verb_stands_in_the_readme() -> None:
    from readlist.arguments import VERBS

    named = set(re.findall(r"readlist (\w+)", README))
    assert set(VERBS) <= named


@pytest.mark.usefixtures("filled")
def test_the_listing_of_the_readme_is_read_as_it_says(readlist: Callable[..., Done], home: Path) -> None:
    page = home / "page.txt"
    page.write_text(README.split("<!-- a listing -->\n```text\n")[1].split("```")[0], "utf-8")
    assert readlist("import", str(page)).stdout == "2 papers: 2 new\n"
    listed = readlist("list", "--plain", "author:vaswani year:2017 or author:kaiming").stdout
    assert "Attention Is All You Need. By Ashish Vaswani, Noam Shazeer, Niki Parmar" in listed
    assert "Deep Residual Learning for Image Recognition. By Kaiming He, Xiangyu Zhang, Shaoqing Ren" in listed
