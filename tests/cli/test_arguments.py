"""What a verb takes when it is called with its name alone, which is answered without argparse."""

import pytest

from readlist.arguments import VERBS, default_options
from readlist.parsing import parse


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_alone_gets_the_options_that_the_parser_gives_it(verb: str) -> None:
    found = default_options(verb)
    if found is None:  # words are missing
        with pytest.raises(SystemExit):
            parse([verb])
    else:
        assert (verb, vars(found)) == (parse([verb])[0], vars(parse([verb])[1]))


def test_what_is_no_verb_is_left_to_the_parser() -> None:
    assert default_options("lits") is None
    assert default_options("--help") is None
