"""`yiben build --mo`: catalogs as gettext's programs read them."""

import gettext
import io
import shutil
import subprocess

import pytest
from projects import project, translate, yiben

from toolkit.catalogs.po import binary_of, read_catalog

PAGES = {"a.md": "# 安装\n\n先装好它。\n\n再用它。\n", "guide/b.md": "# 使用\n"}
SETTINGS = 'source = "zh-Hans"\ntargets = ["en"]\n'
PO = """msgid ""
msgstr ""
"Language: de\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "a"
msgstr "ä\\n\\tb"

msgctxt "menu"
msgid "a"
msgstr "A"

#, fuzzy
msgid "unsure"
msgstr "x"

msgid "open"
msgstr ""

msgid "file"
msgid_plural "files"
msgstr[0] "Datei"
msgstr[1] "Dateien"

msgid "half"
msgid_plural "halves"
msgstr[0] "x"
msgstr[1] ""

#~ msgid "gone"
#~ msgstr "weg"
"""


@pytest.fixture
def root(tmp_path):
    root = project(tmp_path, PAGES, SETTINGS)
    yiben(root, "update")
    translate(root / "locales/en/LC_MESSAGES/a.po", {"安装": "Install"})
    translate(root / "locales/en/LC_MESSAGES/a.po", {"先装好它。": "Get it."}, fuzzy=True)
    return root


def binaries(root):
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*.mo"))


def test_python_reads_it():
    found = gettext.GNUTranslations(io.BytesIO(binary_of(read_catalog("de.po", PO.encode()))))
    assert found.gettext("a") == "ä\n\tb"
    assert found.pgettext("menu", "a") == "A"
    assert [found.ngettext("file", "files", count) for count in (1, 2)] == ["Datei", "Dateien"]
    left = ("unsure", "open", "half", "gone")
    assert [found.gettext(text) for text in left] == list(left)
    assert found.info()["language"] == "de"


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="needs gettext's programs")
def test_it_says_what_that_of_msgfmt_says(tmp_path):
    # It also takes plurals of which only the first form is translated.
    text = PO.replace('msgid_plural "halves"\nmsgstr[0] "x"', 'msgid_plural "halves"\nmsgstr[0] ""')
    (tmp_path / "a.po").write_text(text, encoding="utf-8")
    (tmp_path / "ours.mo").write_bytes(binary_of(read_catalog("a.po", text.encode())))
    subprocess.run(["msgfmt", "-o", "theirs.mo", "a.po"], cwd=tmp_path, check=True)
    texts = [
        subprocess.run(["msgunfmt", name], cwd=tmp_path, check=True, capture_output=True).stdout
        for name in ("ours.mo", "theirs.mo")
    ]
    assert texts[0] == texts[1]


def test_each_lies_beside_its_catalog(root):
    yiben(root, "build")
    assert binaries(root) == []
    assert yiben(root, "build", "--mo").returncode == 0
    folder = "locales/en/LC_MESSAGES"
    assert binaries(root) == [f"{folder}/a.mo", f"{folder}/guide/b.mo"]
    found = gettext.translation("a", root / "locales", ["en"])
    assert (found.gettext("安装"), found.gettext("先装好它。")) == ("Install", "先装好它。")
    assert gettext.translation("guide/b", root / "locales", ["en"]).gettext("使用") == "使用"


def test_a_second_build_changes_nothing(root):
    yiben(root, "build", "--mo")
    second = yiben(root, "build", "--mo", "--check", "--no-cache")
    assert second.returncode == 0
    assert "no files would change" in second.stderr


def test_pages_can_be_chosen(root):
    yiben(root, "build", "--mo", "content/a.md")
    assert binaries(root) == ["locales/en/LC_MESSAGES/a.mo"]


def test_that_of_somebody_else_stays(root):
    path = root / "locales/en/LC_MESSAGES/a.mo"
    path.write_bytes(b"mine")
    shown = yiben(root, "build", "--mo")
    assert shown.returncode == 1
    assert "locales/en/LC_MESSAGES/a.mo" in shown.stderr
    assert path.read_bytes() == b"mine"
    yiben(root, "build", "--mo", "--replace")
    assert path.read_bytes() != b"mine"


def test_an_edit_of_the_catalog_is_followed(root):
    yiben(root, "build", "--mo")
    translate(root / "locales/en/LC_MESSAGES/a.po", {"再用它。": "Use it."})
    yiben(root, "build", "--mo")
    assert (
        gettext.GNUTranslations((root / "locales/en/LC_MESSAGES/a.mo").open("rb")).gettext(
            "再用它。"
        )
        == "Use it."
    )


def test_a_catalog_that_cannot_be_read_keeps_its_binary(root):
    yiben(root, "build", "--mo")
    place = root / "locales/en/LC_MESSAGES/a.mo"
    before = place.read_bytes()
    with (root / "locales/en/LC_MESSAGES/a.po").open("a", encoding="utf-8") as file:
        file.write('msgid "x')
    assert yiben(root, "build", "--mo").returncode == 2
    assert place.read_bytes() == before
