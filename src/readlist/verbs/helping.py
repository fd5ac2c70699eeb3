"""``readlist help``: what does not fit below ``--help``."""

import argparse
import sys

from readlist.errors import UsageError
from readlist.verbs.printing import write_text
from readlist.verbs.templates import FIELDS as TEMPLATE_FIELDS
from readlist.verbs.topics import TOPICS


def run_help(options: argparse.Namespace) -> int:
    """Print the text on a topic, or which topics there are."""
    if options.topic is None:
        column = max(map(len, TOPICS))
        lines = [f"  {name:<{column}}  {topic.title}\n" for name, topic in TOPICS.items()]
        write_text(
            "Topics (readlist help TOPIC):\n" + "".join(lines) + "readlist VERB --help says how a verb is used.\n"
        )
        return 0
    if options.topic not in TOPICS:
        import difflib  # noqa: PLC0415 - for a mistyped topic alone

        near = difflib.get_close_matches(options.topic, TOPICS, 1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(TOPICS)}"
        raise UsageError(f"there is no topic {options.topic!r}; {hint}")
    topic = TOPICS[options.topic]
    sys.stdout.write(f"{topic.title}\n\n{topic.text.strip()}\n".replace("%FIELDS%", " ".join(TEMPLATE_FIELDS)))
    if options.topic == "query":
        from readlist.search.query.fields import FIELDS  # noqa: PLC0415 - for this topic alone

        write_text("\nFields:\n" + "".join(f"  {name + ':':<11}{field.meaning}\n" for name, field in FIELDS.items()))
    return 0
