"""Expressions that are compiled late behave as those that are compiled at once."""

import pickle
import re

import pytest

from toolkit.model.expressions import late

PATTERN = r"(?P<word>[a-z]+)(\d)?"


@pytest.mark.parametrize("flags", [0, re.IGNORECASE | re.MULTILINE])
def test_what_is_found_is_the_same(flags):
    ours, standard = late(PATTERN, flags), re.compile(PATTERN, flags)
    for _ in range(2):
        assert ours.sub(r"<\1>", "Ab1 cd") == standard.sub(r"<\1>", "Ab1 cd")
        assert ours.fullmatch("x1")
        assert ours.findall("a1 B") == standard.findall("a1 B")
        assert (ours.pattern, ours.flags) == (standard.pattern, standard.flags)
        assert ours.groupindex == standard.groupindex
    assert pickle.loads(pickle.dumps(ours)).findall("a1") == [("a", "1")]  # noqa: S301 - our own


def test_a_broken_expression_is_one_when_it_is_used():
    broken = late("(")
    for _ in range(2):
        with pytest.raises(re.error):
            broken.search("")
