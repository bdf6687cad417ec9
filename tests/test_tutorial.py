"""The tutorial works as it says, in both languages."""

import pytest
import tutorial
from documentation import OFTEN, localized

pytestmark = pytest.mark.peers


@pytest.mark.parametrize("locale", OFTEN)
def test_the_tutorial_does_what_it_shows(locale, tmp_path):
    text = localized("start/tutorial.md", locale)
    commands = list(tutorial.follow(text, tmp_path))
    assert len(commands) >= 7
    for command in commands:
        assert not command.shown or command.output == command.shown, command.words
    assert "茶馆" in (tmp_path / "site/zh-Hans/index.html").read_text("utf-8")
