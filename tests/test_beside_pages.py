"""What catalogs bring to pages past the texts of these: days, titles of boxes, terms, names."""

import json
import re
from pathlib import Path

import pytest
from projects import project, yiben

SETTINGS = 'source = "en"\ntargets = ["de"]\n'
GLOSSARY = """# A

```{glossary}
Leaf
  A part of a tree.
```

A {term}`Leaf` in a text with `x`.

| a | b |
|---|---|
| {term}`leaf` | d |
"""
EVIL = "<img src=x onerror=alert(1)>"


def edited(root: Path, catalog: str, pattern: str, text: str) -> None:
    path = root / f"locales/de/LC_MESSAGES/{catalog}"
    found, count = re.subn(pattern, lambda _: text, path.read_text("utf-8"))
    assert count == 1
    path.write_text(found, "utf-8")


def page(root: Path) -> str:
    return (root / "build/de/a.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2024-05-06 12:00+0000", "2024-05-06"),
        ("<!--{{x}}<b>", ""),
        ("[x](//t.co", ""),
        ("", ""),
    ],
)
def test_a_notice_has_the_day_of_a_catalog_and_nothing_else(tmp_path, written, shown):
    project(tmp_path, {"a.md": "# A\n\nText.\n"}, f'{SETTINGS}notice = "Of ({{date}})."\n')
    yiben(tmp_path, "update")
    edited(tmp_path, "a.po", r"(?<=POT-Creation-Date: )[^\\]*", written)
    yiben(tmp_path, "build")
    assert page(tmp_path) == f"# A\n\nOf ({shown}).\n\nText.\n"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Merke", "Merke"),
        (EVIL, "Hinweis"),
        (f"`{EVIL}`", "Hinweis"),
        ("{{ x }}", "Hinweis"),
        ("[x](https://evil.example)", "Hinweis"),
    ],
)
@pytest.mark.parametrize("kept", ["", "#~ "])
def test_a_title_of_all_boxes_brings_nothing_in(tmp_path, written, shown, kept):
    settings = 'site = "mkdocs.yml"\nadmonition_titles = true\n'
    project(tmp_path, {"a.md": "# A\n\n!!! note\n\n    Text.\n"}, SETTINGS + settings)
    site = "site_name: Words of it\nmarkdown_extensions: [admonition]\n"
    (tmp_path / "mkdocs.yml").write_text(site)
    yiben(tmp_path, "update")
    entry = f'\n{kept}msgid "Note"\n{kept}msgstr "{written}"\n'
    edited(tmp_path, "mkdocs.yml.po", r"\Z", entry)
    yiben(tmp_path, "build")
    assert f'!!! note "{shown}"' in page(tmp_path)
    found = yiben(tmp_path, "check", "--select", "refused")
    assert found.returncode == (written != shown)
    words = "error: translation refused, usual title used: it adds "
    assert (words in found.stdout) == (written != shown)


@pytest.mark.parametrize(
    "text",
    ["`<script>` x", "a | b", "x <https://evil.example>", "``", "`{raw}`", "{{ x }}", "a\\\\"],
)
def test_a_term_that_cannot_be_written_into_a_role_is_left(tmp_path, text):
    project(tmp_path, {"a.md": GLOSSARY}, f'{SETTINGS}dialect = "myst"\n')
    yiben(tmp_path, "update")
    edited(tmp_path, "a.po", 'msgid "Leaf"\nmsgstr ""', f'msgid "Leaf"\nmsgstr "{text}"')
    yiben(tmp_path, "build")
    assert "A {term}`Leaf` in" in page(tmp_path)
    assert "| {term}`leaf` |" in page(tmp_path)
    edited(tmp_path, "a.po", 'msgid "Leaf"\nmsgstr ".*"', 'msgid "Leaf"\nmsgstr "Das Blatt"')
    yiben(tmp_path, "build")
    assert "A {term}`Das Blatt` in" in page(tmp_path)


@pytest.mark.parametrize("text", [f"`{EVIL}`", '" onclick="x', "&lt;script&gt;", "{user.secret}"])
def test_strings_are_no_markdown(tmp_path, text):
    settings = '[strings]\n"i18n/en.json" = { keys = ["**"], output = "i18n/{locale}.json" }\n'
    project(tmp_path, {"a.md": "# A\n"}, SETTINGS + settings)
    strings = tmp_path / "i18n/en.json"
    strings.parent.mkdir()
    strings.write_text('{"a": "Plain words", "b": "More words"}')
    yiben(tmp_path, "update")
    escaped = text.replace('"', '\\"')
    entry = 'msgid "Plain words"\nmsgstr "'
    edited(tmp_path, "i18n/en.json.po", f'{entry}"', f'{entry}{escaped}"')
    entry = 'msgid "More words"\nmsgstr "'
    edited(tmp_path, "i18n/en.json.po", f'{entry}"', f'{entry}Mehr `Worte` = viel"')
    assert "refused" in yiben(tmp_path, "build").stderr
    built = json.loads((tmp_path / "i18n/de.json").read_text("utf-8"))
    assert built == {"a": "Plain words", "b": "Mehr `Worte` = viel"}
