"""Roles are found where MyST-Parser's own parser finds them, and in nothing that is code."""

import pytest

from toolkit.dialects import dialect_named
from toolkit.dialects.inline.roles import role_uses
from toolkit.writing.guard.foreign import foreign_features

MYST = dialect_named("myst").grammar
TEXTS = [
    "{ref}`guide`",
    "a {ref}`the guide <guide>` b {kbd}`x`",
    "`/users/{id}` before `/users/me`",
    "`{id}` and {ref}`guide`",
    "``{id}` x`` {ref}`guide`",
    "{ref}``a`b``",
    "`{a}` `{b}` {ref}`guide`",
    "`${a}` and `b`",
    "\\`{x}` {ref}`guide`",
]
HIDDEN = [
    '<a href="`"> {ref}`guide`',
    "\\`{x} {ref}`guide`",
    "$`$ {ref}`guide`",
    '[a](x "`") {ref}`guide`',
]
"""Backticks in other syntax, which make no code of the role behind them."""


def roles_of_myst(text):
    main = pytest.importorskip("myst_parser.parsers.mdit", reason="MyST-Parser is not installed")
    config = pytest.importorskip("myst_parser.config.main")
    renderer = pytest.importorskip("markdown_it.renderer")
    settings = config.MdParserConfig(enable_extensions={"dollarmath"})
    parser = main.create_md_parser(settings, renderer.RendererHTML)
    children = parser.parseInline(text)[0].children
    return [token.meta["name"] for token in children if token.type == "myst_role"]


@pytest.mark.parametrize("text", TEXTS)
def test_roles_are_those_of_myst(text):
    assert [name for name, _ in role_uses(text, MYST)] == roles_of_myst(text)


@pytest.mark.parametrize("text", HIDDEN)
def test_no_role_hides_behind_other_syntax(text):
    assert "ref" in roles_of_myst(text)
    assert "ref" in {name for name, _ in role_uses(text, MYST)}
    assert foreign_features("guide", text, MYST)


def test_code_that_ends_in_a_brace_is_brought_in_by_nobody():
    source = "Declare `/users/me` before `/users/{id}`."
    assert not foreign_features(source, "Vor `/users/{id}` muss `/users/me` stehen.", MYST)
