"""Pages are compared once: a second import knows what belongs together in those that stay."""

import pytest
from projects import project, yiben

from toolkit.commands.importing import alignments

PAGES = {
    "a.md": "# 安装\n\n先装好 `kubectl`。\n\n- 见 [主页](https://example.org)。\n",
    "b.md": "# 使用\n\n运行 `kubectl get pods` 三次。\n\n| 名 | 值 |\n| -- | -- |\n| 甲 | 12 |\n",
}
OLD = {
    "a.md": "# Install\n\nInstall `kubectl` first.\n\n- See the [home](https://example.org).\n",
    "b.md": "# Use\n\nRun `kubectl get pods` thrice.\n\n| Name | No |\n| -- | -- |\n| A | 12 |\n",
}
WORDS = ("import", "content", "old", "-l", "en")


@pytest.fixture
def root(tmp_path):
    root = project(tmp_path / "project", PAGES)
    (root / "old").mkdir()
    for name, text in OLD.items():
        (root / "old" / name).write_text(text, "utf-8")
    return root


def here(root, *words):
    return yiben(root, *WORDS, *words, XDG_CACHE_HOME="")


@pytest.fixture
def compared(monkeypatch):
    """The first texts of the pages that are compared."""
    found = []
    plain = vars(alignments)["paired"]

    def paired(left, right, scripts):
        found.append(left[0].text)
        return plain(left, right, scripts)

    monkeypatch.setattr(alignments, "paired", paired)
    return found


def test_only_what_changed_is_compared_again(root, compared):
    here(root)
    assert compared == ["安装", "使用"]
    compared.clear()
    second = here(root)
    assert compared == []
    assert second == here(root, "--no-cache")
    compared.clear()
    text = OLD["b.md"].replace("thrice", "three times")
    (root / "old/b.md").write_text(text, "utf-8")
    third = here(root, "--overwrite")
    assert compared == ["使用"]
    catalog = root / "locales/en/LC_MESSAGES/b.po"
    assert "three times" in catalog.read_text("utf-8")
    assert third.returncode == 0


@pytest.mark.parametrize(
    "entry", [b"", b"[]", b"[[[[99],[0],1,false,[]]],[],[],1,0]", b"{", b"[1,2,3,4,5]"]
)
def test_an_entry_of_another_form_is_passed_by(root, compared, monkeypatch, entry):
    first = here(root, "--check", "--no-cache")
    monkeypatch.setattr(alignments, "_written", lambda *_: entry)
    here(root, "--check")
    compared.clear()
    assert here(root, "--check") == first
    assert compared == ["安装", "使用"]
