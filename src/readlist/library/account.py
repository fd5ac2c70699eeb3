"""Who makes a change: the name of the user's account."""

import os


def account_name() -> str:
    """The name of the user's account: it tells whose changes are whose, whatever the environment says."""
    try:
        import pwd  # noqa: PLC0415 - Unix alone has it
    except ImportError:
        return os.environ.get("USERNAME", "me")
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container's user without an entry
        return str(os.getuid())
