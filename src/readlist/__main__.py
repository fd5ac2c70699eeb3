"""``python -m readlist``."""

from readlist.cli import command

if __name__ == "__main__":
    command()
