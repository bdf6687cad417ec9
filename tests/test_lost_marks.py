"""Marks that another program took out of a text are put back into its translation."""

import pytest

from toolkit.commands.importing.lost_marks import with_marks


@pytest.mark.parametrize(
    ("source", "other", "translation", "expected"),
    [
        ("**Note**", "Note", "Hinweis", "**Hinweis**"),
        ("Run `pip` now", "Run pip now", "Führe pip jetzt aus", "Führe `pip` jetzt aus"),
        ("See [Docker](d.md)", "See Docker", "Siehe Docker", "Siehe [Docker](d.md)"),
        ("使用**Docker**吧", "使用Docker吧", "Use Docker", "Use **Docker**"),
        ("Use **bold** words", "Use **bold** words", "Nimm fette", "Nimm fette"),
        ("Use _bold_ words", "Use *bold* words", "Nimm *fette*", "Nimm *fette*"),
        ("a `x` and [b](c)", "a x and [b](c)", "ein x und [b](c)", "ein `x` und [b](c)"),
        ("plain", "plain", "schlicht", "schlicht"),
    ],
)
def test_a_mark_whose_place_shows_is_put_back(source, other, translation, expected):
    assert with_marks(source, other, translation) == (expected, ())


@pytest.mark.parametrize(
    ("source", "other", "translation", "lost"),
    [
        ("Use **bold** words", "Use bold words", "Nimm fette Wörter", ("emphasis",)),
        ("Run `pip` pip", "Run pip pip", "Führe pip aus", ("code",)),
        ("See [it](a.md)", "See it", "Siehe dort", ("a link",)),
        ("`x`", "x", "y", ("code",)),
        ("a `x` b", "a x b", "a **x** b", ("code",)),
    ],
)
def test_a_mark_without_a_place_is_told(source, other, translation, lost):
    assert with_marks(source, other, translation) == (translation, lost)
