"""Equal texts with messages of their own, where somebody asks for it."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import project, snapshot, translate, yiben

from toolkit.catalogs.contexts import in_contexts
from toolkit.catalogs.po import read_catalog
from toolkit.catalogs.template import Locations, template_of
from toolkit.dialects import dialect_named
from toolkit.model.catalog import Catalog, Message
from toolkit.model.document import Document
from toolkit.reading.page import Page
from toolkit.reading.segment import read

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """# Files

Open

## Doors

- Open

## Save

<button>Save</button>

<div><button>
Save
</button></div>

Save
"""
PO = "locales/{}/LC_MESSAGES/a.po"


def root_of(folder: Path, contexts: str, page: str = PAGE) -> Path:
    more = f"contexts = {contexts}\n" if contexts else ""
    root = project(folder, {"a.md": page}, f'source = "en"\ntargets = ["de", "ja"]\n{more}')
    assert yiben(root, "update").returncode == 0
    return root


def messages(root: Path, locale: str = "de") -> dict[tuple[str | None, str], str]:
    path = root / PO.format(locale)
    return {one.key: one.string for one in read_catalog(path.name, path.read_bytes()).messages}


def ask(root: Path, text: str, locale: str = "de") -> None:
    path = root / PO.format(locale)
    data = path.read_text("utf-8")
    assert f'\nmsgid "{text}"\n' in data
    head, _, tail = data.partition(f'\nmsgid "{text}"\n')
    start = head.rindex("\n\n") + 2
    path.write_text(
        f'{head[:start]}# yiben: split\n{head[start:]}\nmsgid "{text}"\n{tail}', "utf-8"
    )


PLACES = {("paragraph under Files", "Open"), ("list item under Files › Doors", "Open")}


def test_a_translator_asks_for_a_message_for_each_place(tmp_path: Path) -> None:
    root = root_of(tmp_path, '"auto"')
    assert (None, "Open") in messages(root)
    translate(root / PO.format("de"), {"Open": "Öffnen"})
    translate(root / PO.format("ja"), {"Open": "開く"})
    ask(root, "Open")
    yiben(root, "update")
    for locale, old in (("de", "Öffnen"), ("ja", "開く")):
        found = {key: text for key, text in messages(root, locale).items() if key[1] == "Open"}
        assert found == dict.fromkeys(PLACES, old)
    path = root / PO.format("de")
    text = path.read_text("utf-8")
    assert text.count("# yiben: split\n") == 2
    first = text.index('msgctxt "list item under Files › Doors"')
    path.write_text(text[:first] + text[first:].replace("Öffnen", "Offen", 1), "utf-8")
    yiben(root, "build")
    built = (root / "build/de/a.md").read_text("utf-8")
    assert "\nÖffnen\n" in built
    assert "- Offen\n" in built
    assert "untranslated" not in yiben(root, "check").stdout
    before = snapshot(root)
    yiben(root, "update")
    assert snapshot(root) == before
    shutil.rmtree(root / "locales/templates")
    yiben(root, "build")
    assert (root / "build/de/a.md").read_text("utf-8") == built


def test_without_the_comment_a_text_is_one_message_again(tmp_path: Path) -> None:
    root = root_of(tmp_path, '"auto"')
    translate(root / PO.format("de"), {"Open": "Öffnen"})
    ask(root, "Open")
    yiben(root, "update")
    path = root / PO.format("de")
    path.write_text(path.read_text("utf-8").replace("# yiben: split\n", ""), "utf-8")
    yiben(root, "update")
    assert messages(root)[None, "Open"] == "Öffnen"
    assert messages(root, "ja").keys().isdisjoint(PLACES)


def test_listed_kinds_differ_from_others(tmp_path: Path) -> None:
    root = root_of(tmp_path, '["heading", "button"]')
    found = {context for context, text in messages(root) if text == "Save"}
    assert found == {None, "as heading", "as button"}
    assert (None, "Open") in messages(root)


def test_what_is_listed_may_come_later(tmp_path: Path) -> None:
    root = root_of(tmp_path, '["heading"]', "# A\n\n## Save\n")
    assert (None, "Save") in messages(root)
    translate(root / PO.format("de"), {"Save": "Speichern"})
    (root / "content/a.md").write_text("# A\n\n## Save\n\nSave\n", "utf-8")
    yiben(root, "update")
    assert {key: one for key, one in messages(root).items() if key[1] == "Save"} == {
        (None, "Save"): "Speichern",
        ("as text", "Save"): "Speichern",
    }
    (root / "content/a.md").write_text("# A\n\nSave\n", "utf-8")
    yiben(root, "update")
    assert messages(root)["as text", "Save"] == "Speichern"


def test_the_default_changes_nothing(tmp_path: Path) -> None:
    root = root_of(tmp_path, "")
    ask(root, "Open")
    yiben(root, "update")
    assert {context for context, _ in messages(root)} == {None}


@pytest.mark.parametrize("contexts", ['"auto"', '["heading", "paragraph"]'])
def test_pages_without_equal_texts_keep_their_bytes(tmp_path: Path, contexts: str) -> None:
    page = "# One\n\nTwo\n\n- Three\n\n## Four\n\n| Five | Six |\n|---|---|\n| Seven | Eight |\n"
    found = [
        {name: data for name, (_, data) in snapshot(root_of(folder, more, page)).items()}
        for folder, more in ((tmp_path / "a", ""), (tmp_path / "b", contexts))
    ]
    catalogs = [name for name in found[0] if name.endswith((".po", ".pot"))]
    assert catalogs
    for name in catalogs:
        assert found[1][name] == found[0][name]


@pytest.mark.skipif(not shutil.which("msgmerge"), reason="msgmerge is not installed")
def test_msgmerge_keeps_contexts(tmp_path: Path) -> None:
    root = root_of(tmp_path, '["heading", "button"]')
    translate(root / PO.format("de"), {"Open": "Öffnen"})
    ask(root, "Open")
    yiben(root, "update")
    names = (root / PO.format("de"), root / "locales/templates/LC_MESSAGES/a.pot")
    before = messages(root)
    subprocess.run(["msgmerge", "-q", "--update", "--backup=off", *map(str, names)], check=True)
    subprocess.run(["msgfmt", "--check", "-o", "/dev/null", str(names[0])], check=True)
    assert messages(root) == before


KINDS = ("heading", "list item")
TEXTS = st.sampled_from(["Open", "Save", "Close", "Unlike any other"])
BLOCK = st.tuples(st.sampled_from(["{}\n", "- {}\n\n<!-- -->\n", "## {}\n", "> {}\n"]), TEXTS)
SPLIT = frozenset({"Save"})


def _page(blocks: list[tuple[str, str]]) -> Page:
    text = "\n".join(form.format(text) for form, text in [("# {}\n", "Title"), *blocks])
    document = Document("a.md", text)
    return Page(document, read(document, dialect_named("mkdocs")))


def _template(blocks: list[tuple[str, str]], old: Catalog | None) -> Catalog:
    return template_of(in_contexts([_page(blocks)], SPLIT, KINDS, old))


def _places(blocks: list[tuple[str, str]], old: Catalog | None) -> dict[str, set[Message]]:
    found: dict[str, set[Message]] = {}
    for message in _template(blocks, old).messages:
        found.setdefault(message.id, set()).add(message)
    return found


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOCK, max_size=7), st.data())
def test_no_other_context_changes_when_equal_texts_come_move_or_go(
    blocks: list[tuple[str, str]], data: st.DataObject
) -> None:
    old = _template(blocks, None)
    edited = list(blocks)
    act = data.draw(st.sampled_from(["insert", "delete", "move"]))
    plain = [number for number, (form, _) in enumerate(edited) if "#" not in form]
    touched = "Save"
    if act == "insert":
        form = data.draw(st.sampled_from(["{}\n", "- {}\n\n<!-- -->\n", "> {}\n"]))
        touched = data.draw(TEXTS)
        edited.insert(data.draw(st.integers(0, len(edited))), (form, touched))
    elif plain:
        form, touched = edited.pop(data.draw(st.sampled_from(plain)))
        if act == "move":
            edited.insert(data.draw(st.integers(0, len(edited))), (form, touched))
    new = _template(edited, old)
    before = {one.key for one in old.messages if one.id != touched}
    after = {one.key for one in new.messages if one.id != touched}
    assert before == after
    # Those of the very text stay as well, as far as their places do.
    kept = {one.key for one in new.messages if one.id == touched}
    if act == "insert":
        assert {one.key for one in old.messages if one.id == touched} <= kept
    assert _template(edited, new) == new
    assert not any(character.isdigit() for one in new.messages for character in one.context or "")


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("> “Good work.”\n>\n> A. Writer\n", "attribution of: “Good work.”"),
        ("> A. Writer\n>\n> “Good work.”\n", ""),
        ("> “Good work.”\n>\n> This is a sentence.\n", ""),
        ("> “Good work.”\n>\n> “More work.”\n", ""),
        ("> Good work.\n>\n> A. Writer\n", ""),
        ("> “Good work.”\n\nA. Writer\n", ""),
        ("“Good work.”\n\nA. Writer\n", ""),
        ("> “Good work.”\n\n# H\n\n> A. Writer\n", ""),
        # A name of 120 letters is one, and 40 letters are shown.
        (f"> “Good work.”\n>\n> {'n' * 120}\n", "attribution of: “Good work.”"),
        (f"> “Good work.”\n>\n> {'n' * 121}\n", ""),
        (f"> “{'g' * 38}”\n>\n> A. Writer\n", f"attribution of: “{'g' * 38}”"),
        (f"> “{'g' * 39}”\n>\n> A. Writer\n", f"attribution of: “{'g' * 39}…"),
        (f"> “{'good ' * 40}”\n>\n> A. Writer\n", f"attribution of: “{'good ' * 7}good…"),
    ],
)
def test_what_stands_in_quotation_marks_is_attributed(page: str, line: str) -> None:
    document = Document("p.md", page)
    template = template_of([Page(document, read(document, dialect_named("gfm")))])
    found = [one for message in template.messages for one in message.extracted]
    assert [one for one in found if one.startswith("attribution of")] == [line] * bool(line)


@pytest.mark.parametrize("name", ["A. Writer", "A. Writer,\n   of Hull"])
def test_the_line_of_an_attribution_belongs_to_its_words(name: str) -> None:
    page = f"```{{epigraph}}\nGood work.\n\n-- {name}\n```\n"
    document = Document("p.md", page)
    reading = read(document, dialect_named("myst"))
    last = reading.units[-1]
    assert last.text == " ".join(name.split())
    assert page[last.span.start : last.span.end] == name
    template = template_of([Page(document, reading)])
    assert "attribution of: Good work." in template.messages[-1].extracted


@pytest.mark.parametrize(
    ("locations", "pages", "lines"),
    [
        ("line", ["# A\n\nx\n\n# B\n\nx\n"], "A (a.md:3), B (a.md:7)"),
        ("line", ["# A\n\nx\n", "# B\n\nx\n"], "A (a.md:3), B (b.md:3)"),
        ("line", ["# A\n\nx\n", "# A\n\nx\n"], "A"),
        ("file", ["# A\n\nx\n", "# B\n\nx\n"], "A (a.md), B (b.md)"),
        # Two places of a file have one name.
        ("file", ["# A\n\nx\n\n# B\n\nx\n"], "A (place 1 of 2), B (place 2 of 2)"),
        ("never", ["# A\n\nx\n", "# B\n\nx\n"], "A (place 1 of 2), B (place 2 of 2)"),
        ("never", ["# A\n\nx\n"], "A"),
        ("line", ["x\n", "# B\n\nx\n"], "B (b.md:3)"),
    ],
)
def test_a_text_stands_under_its_headings(locations: str, pages: list[str], lines: str) -> None:
    documents = [Document(f"{name}.md", text) for name, text in zip("ab", pages, strict=False)]
    read_pages = [Page(one, read(one, dialect_named("gfm"))) for one in documents]
    messages = template_of(read_pages, Locations(locations)).messages
    (found,) = (one.extracted for one in messages if one.id == "x")
    under = [line.removeprefix("under: ") for line in found if line.startswith("under: ")]
    assert ", ".join(under) == lines


def test_an_attribution_in_a_list_of_attributes_belongs_to_what_is_below() -> None:
    document = Document("a.md", '{attribution="Ann"}\n> Words\n\nmore\n')
    template = template_of([Page(document, read(document, dialect_named("myst")))])
    assert "attribution of: Words" in template.messages[0].extracted
