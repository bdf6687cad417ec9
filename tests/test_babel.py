"""`pybabel extract`, `init`, `update` and `compile`, with Markdown beside Python."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st
from projects import translate, yiben

from toolkit.catalogs.babel_texts import shielded, unshielded
from toolkit.interfaces.babel_extractor import extract_markdown

PYBABEL = Path(sys.executable).with_name("pybabel")
PAGE = """\
---
title: A page
---
# Title

The work is 100 % done, 5% of it twice.

<!-- yiben:note a verb -->
<!-- yiben:context menu -->
Open

!!! note "Take %(care)s"

    Text in a note.
"""
CODE = 'from gettext import gettext as _\n\nprint(_("Open"), _("%d files") % 3)\n'
CONFIGURATION = "[python: app/**.py]\n\n[yiben: docs/**.md]\ndialect = mkdocs\n"
GERMAN = {
    "A page": "Eine Seite",
    "Title": "Titel",
    "Open": "Öffnen",
    "Text in a note.": "Text in einem Hinweis.",
}


def pybabel(root, *words):
    result = subprocess.run(
        [PYBABEL, *words], cwd=root, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert "error" not in result.stderr.lower(), result.stderr
    return result


@pytest.fixture
def root(tmp_path):
    files = {"app/main.py": CODE, "docs/page.md": PAGE, "babel.cfg": CONFIGURATION}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    pybabel(tmp_path, "extract", "-F", "babel.cfg", "-o", "messages.pot", ".")
    pybabel(tmp_path, "init", "-i", "messages.pot", "-d", "locales", "-l", "de")
    return tmp_path


def catalog_of(path):
    with path.open("rb") as file:
        return read_po(file)


def test_pages_and_code_are_in_one_template(root):
    catalog = catalog_of(root / "messages.pot")
    texts = {unshielded(message.id) for message in catalog if message.id}
    assert texts == {
        "A page",
        "Title",
        "The work is 100 % done, 5% of it twice.",
        "Open",
        "%d files",
        "Take %(care)s",
        "Text in a note.",
    }
    menu = catalog.get("Open", "menu")
    assert menu.locations == [("docs/page.md", 10)]
    assert menu.auto_comments == ["paragraph.", "under: Title", "note: a verb"]
    assert catalog.get("Open").locations == [("app/main.py", 3)]


def test_no_text_of_a_page_is_taken_for_a_format(root):
    for name in ("messages.pot", "locales/de/LC_MESSAGES/messages.po"):
        flagged = [one.id for one in catalog_of(root / name) if "python-format" in one.flags]
        assert flagged == ["%d files"]


def test_update_and_compile_run_through_and_the_page_is_built(root):
    catalog = root / "locales/de/LC_MESSAGES/messages.po"
    shield = {"The work is 100 % done, 5% of it twice.": "Fertig zu 100 %, 5 % davon zweimal."}
    translate(catalog, GERMAN | {shielded(key): text for key, text in shield.items()})
    page = root / "docs/page.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\nMore.\n", encoding="utf-8")
    pybabel(root, "extract", "-F", "babel.cfg", "-o", "messages.pot", ".")
    pybabel(root, "update", "-i", "messages.pot", "-d", "locales")
    pybabel(root, "compile", "-d", "locales")
    check = subprocess.run(
        ["msgfmt", "--check-format", "-o", "/dev/null", catalog],
        capture_output=True,
        text=True,
        check=False,
    )
    assert check.returncode == 0, check.stderr
    (root / "yiben.toml").write_text(
        'source = "en"\ntargets = ["de"]\ncontent = "docs"\ncatalog = "single"\n'
        'domain = "messages"\n',
        encoding="utf-8",
    )
    assert yiben(root, "build").returncode == 0
    built = (root / "build/de/page.md").read_text(encoding="utf-8")
    assert built == (
        page.read_text(encoding="utf-8")
        .replace("A page", "Eine Seite")
        .replace("# Title", "# Titel")
        .replace("\nOpen\n", "\nÖffnen\n")
        .replace("Text in a note.", "Text in einem Hinweis.")
        .replace("The work is 100 % done, 5% of it twice.", "Fertig zu 100 %, 5 % davon zweimal.")
    )


def test_a_page_that_cannot_be_read_ends_with_its_line():
    file = io.BytesIO(b"\xff\xfe\xff")
    file.name = "docs/page.md"
    with pytest.raises(SystemExit, match=r"docs/page\.md"):
        list(extract_markdown(file, {}, (), {}))


def test_options_name_dialect_and_keys():
    page = b"---\ntitle: A title\nsubject: A subject\n---\n\n!!! note\n    Text\n"

    def texts(**options):
        return [found[2] for found in extract_markdown(io.BytesIO(page), {}, (), options)]

    assert texts() == ["A title", "Text"]
    assert texts(dialect="gfm", front_matter="subject, x") == ["A subject", "!!! note Text"]
    assert texts(dialect="gfm", front_matter=["subject"]) == ["A subject", "!!! note Text"]
    with pytest.raises(SystemExit, match='unknown dialect "mkdoc"'):
        texts(dialect="mkdoc")
    for options in ({"dialect": ["gfm"]}, {"front_matter": 3}, {"dialec": "gfm"}):
        with pytest.raises(SystemExit, match="Babel's method yiben: takes dialect"):
            texts(**options)


TABLES = """\
[tool.babel]
[[tool.babel.mappings]]
method = "python"
pattern = "app/**.py"
[[tool.babel.mappings]]
method = "yiben"
pattern = "docs/**.md"
dialect = "mkdocs"
front_matter = ["title"]
"""


def test_the_mapping_may_stand_in_pyproject(root):
    (root / "pyproject.toml").write_text(TABLES, encoding="utf-8")
    pybabel(root, "extract", "-F", "pyproject.toml", "-o", "second.pot", ".")
    first, second = (catalog_of(root / name) for name in ("messages.pot", "second.pot"))
    assert [one.id for one in second] == [one.id for one in first]


@given(st.text(alphabet="% ()d5.sñ#\u2060a*", max_size=20))
def test_what_is_shielded_comes_back(text):
    assert "python-format" not in Message(shielded(text)).flags
    if "%\u2060" not in text:
        assert unshielded(shielded(text)) == text
