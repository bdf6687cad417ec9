"""Catalogs as other programs save them: an update touches what changed, and nothing else."""

import codecs
import re
import shutil
import subprocess
from functools import partial

import polib
import pytest
from projects import project, yiben

from toolkit.catalogs.po import CatalogFile

PAGE = """\
# Title

A first paragraph with [a link](https://example.org) that is long enough for programs to wrap it.

## Part

- An item that is read by people, who then know more than they did before they have read it.
- Another item.

| Name | Use |
| --- | --- |
| one | A cell with words |
| two | Another item. |

!!! note "Mind"
    “What somebody said about it, at length, so that it runs over the end of a line of a catalog.”

    Somebody, engineer

Last words, 最后的话写得很长很长，写得很长很长，写得很长很长，写得很长很长，写得很长很长。
"""
SETTINGS = 'source = "en"\ntargets = ["de"]\ndialect = "mkdocs"\n'
CATALOG = "locales/de/LC_MESSAGES/page.po"
NAMES = ("page.md", "another page.md")


def translated(data):
    catalog = polib.pofile(data.decode())
    for number, entry in enumerate(catalog):
        entry.msgstr = f"DE {entry.msgid}" if number % 3 else ""
        if number % 4 == 1:
            entry.tcomment = "a translator's remark"
    return str(catalog).encode()


def by_gettext(*options):
    def save(data):
        if not shutil.which("msgcat"):
            pytest.skip("GNU gettext's msgcat is not installed")
        command = ["msgcat", "--force-po", *options, "-"]
        return subprocess.run(command, input=data, capture_output=True, check=True).stdout

    return save


def by_polib(data, width):
    catalog = polib.pofile(data.decode(), wrapwidth=width)
    catalog.metadata["X-Generator"] = "Poedit 3.2.2"
    return str(catalog).encode()


def by_toolkit(data, width):
    pypo = pytest.importorskip("translate.storage.pypo")
    store = pypo.pofile(width=width)
    store.parse(data)
    for unit in store.units[1:]:
        unit.target = str(unit.target)
    store.updateheader(add=True, x_generator="Weblate 5.14")
    return bytes(store)


def by_lokalize(data):
    """As Lokalize saves: an author's comment on top, a header of its own order."""
    head, rest = data.decode().split("\n\n", 1)
    fields = re.findall(r'^".*\\n"$', head, re.MULTILINE)
    head = "\n".join(['msgid ""', 'msgstr ""', *sorted(fields)])
    return f"# Li Lei <lilei@example.org>, 2024.\n{head}\n\n{rest}".encode()


MANNERS = {
    "msgcat": by_gettext(),
    "msgcat, 50 columns": by_gettext("--width=50"),
    "sorted": by_gettext("--sort-output", "--no-wrap"),
    "polib": partial(by_polib, width=78),
    "translate-toolkit": partial(by_toolkit, width=77),
    "translate-toolkit, unwrapped": partial(by_toolkit, width=-1),
    "Lokalize": by_lokalize,
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "no line end": lambda data: data.rstrip(b"\n"),
    "blank lines": lambda data: data.replace(b"\n\n", b"\n\n\n"),
}


@pytest.fixture(params=MANNERS)
def root(tmp_path, request):
    root = project(tmp_path, dict.fromkeys(NAMES, PAGE), SETTINGS)
    yiben(root, "update")
    for path in root.glob("locales/de/**/*.po"):
        saved = MANNERS[request.param](translated(path.read_bytes()))
        # A day ago, so that an update has a date to write.
        path.write_bytes(re.sub(rb"(POT-Creation-Date: )[\d-]+", rb"\g<1>2026-01-02", saved))
    return root


def catalogs(root):
    return {path.name: path.read_bytes() for path in root.glob("locales/de/**/*.po")}


def test_an_update_without_a_change_changes_no_byte(root):
    before = catalogs(root)
    assert yiben(root, "update").returncode == 0
    assert catalogs(root) == before
    assert yiben(root, "update", "--check").returncode == 0
    assert "stale" not in yiben(root, "check").stdout


MOVABLE = re.compile(r"^#(?::|\. under:|\. attribution of:).*$\r?\n?", re.MULTILINE)
DATE = re.compile(r"PO.?-(?:Creation|Revision)-Date: [^\\]*")

EDITS = {
    "a word": ("that is long", "that was long"),
    "a new one": ("## Part\n", "## Part\n\nA new paragraph.\n"),
    "one less": ("| one | A cell with words |\n", ""),
    "a cell": ("A cell with words", "Another cell"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_update_changes_the_entries_of_what_changed(root, edit):
    old = CatalogFile.parse(CATALOG, (root / CATALOG).read_bytes())
    path = root / "content/page.md"
    path.write_text(path.read_text("utf-8").replace(*EDITS[edit]), "utf-8")
    checked = yiben(root, "update", "--check")
    assert checked.returncode == 1
    assert re.search(rf"would change {CATALOG}: \d+ messages?", checked.stderr)
    assert yiben(root, "update").returncode == 0
    new = CatalogFile.parse(CATALOG, (root / CATALOG).read_bytes())
    before = {entry.message.key: old.text_of(entry) for entry in old.entries}
    after = {entry.message.key: new.text_of(entry) for entry in new.entries}
    same = [
        key
        for key in before.keys() & after.keys()
        if key != (None, "") and old_message(old, key).obsolete == old_message(new, key).obsolete
    ]
    assert len(same) >= len(before) - 3
    for key in same:
        assert MOVABLE.sub("", before[key]) == MOVABLE.sub("", after[key])
    assert DATE.sub("", before[None, ""]) == DATE.sub("", after[None, ""])
    kept = set(same)
    assert [key for key in after if key in kept] == [key for key in before if key in kept]
    assert yiben(root, "update", "--check").returncode == 0


def old_message(file, key):
    return next(entry.message for entry in file.entries if entry.message.key == key)


def test_a_fix_changes_the_entry_that_it_mends(root):
    path = root / CATALOG
    data = path.read_bytes()
    broken = re.sub(rb'"DE Another item\."', b'"DE Another item. "', data)
    if broken == data:
        pytest.skip("this message is untranslated here")
    path.write_bytes(broken)
    yiben(root, "check", "--fix", "--select", "edge-blank")
    assert path.read_bytes() == data


def test_an_import_changes_the_entries_that_it_fills(root):
    data = (root / CATALOG).read_bytes()
    file = CatalogFile.parse(CATALOG, data)
    empty = next(one for one in file.catalog.messages if not one.string and one.id != "Title")
    memory = (
        f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        f'msgid "{empty.id}"\nmsgstr "Neu {empty.id}"\n'
    )
    (root / "m.po").write_text(memory, encoding="utf-8")
    assert yiben(root, "import", "content", "m.po", "-l", "de").returncode == 0
    new = CatalogFile.parse(CATALOG, (root / CATALOG).read_bytes())
    assert old_message(new, empty.key).string == f"Neu {empty.id}"
    texts = {entry.message.key: file.text_of(entry) for entry in file.entries}
    changed = [
        entry.message.key for entry in new.entries if new.text_of(entry) != texts[entry.message.key]
    ]
    assert changed in ([empty.key], [(None, ""), empty.key])


def test_a_merge_keeps_what_neither_side_changed(root):
    path = root / CATALOG
    data = path.read_bytes()
    file = CatalogFile.parse(CATALOG, data)
    first, last = (file.catalog.messages[place] for place in (1, -1))
    ours = file.replace(first.__class__(**{**fields_of(first), "string": "unser"}))
    theirs = file.replace(last.__class__(**{**fields_of(last), "string": "ihr"}))
    for name, one in (("base", file), ("ours", ours), ("theirs", theirs)):
        (root / f"{name}.po").write_bytes(one.data)
    assert yiben(root, "merge-driver", "base.po", "ours.po", "theirs.po").returncode == 0
    merged = CatalogFile.parse("ours.po", (root / "ours.po").read_bytes())
    expected = ours.replace(last.__class__(**{**fields_of(last), "string": "ihr"}))
    assert merged.data == expected.data


def fields_of(message):
    return {name: getattr(message, name) for name in message.__slots__}


def test_normalize_writes_our_form(root):
    yiben(root, "update", "--normalize")
    if not shutil.which("msgcat"):
        pytest.skip("GNU gettext's msgcat is not installed")
    for data in catalogs(root).values():
        assert by_gettext("--no-wrap")(data) == data
    assert yiben(root, "update", "--check", "--normalize").returncode == 0


@pytest.mark.parametrize("mend", [("update",), ("check", "--fix")])
def test_a_byte_order_mark_is_named_and_goes(tmp_path, mend):
    """gettext's programs refuse such a file; nothing else of it changes."""
    root = project(tmp_path, {"page.md": PAGE}, SETTINGS)
    yiben(root, "update")
    path = root / CATALOG
    saved = by_polib(translated(path.read_bytes()), 60).replace(b"\n", b"\r\n")
    path.write_bytes(codecs.BOM_UTF8 + saved)
    checked = yiben(root, "check", "--select", "header")
    assert checked.returncode == 1
    assert f"{CATALOG}:1:1: error: starts with a byte order mark" in checked.stdout
    assert yiben(root, "update", "--check").returncode == 1
    yiben(root, *mend)
    assert path.read_bytes() == saved
    assert yiben(root, "check", "--select", "header").returncode == 0


def test_a_template_loses_its_byte_order_mark(tmp_path):
    root = project(tmp_path, {"page.md": PAGE}, SETTINGS)
    yiben(root, "update")
    path = root / "locales/templates/LC_MESSAGES/page.pot"
    data = path.read_bytes()
    path.write_bytes(codecs.BOM_UTF8 + data)
    assert "page.pot:1:1: error: starts with" in yiben(root, "check", "--select", "header").stdout
    yiben(root, "extract")
    assert path.read_bytes() == data
