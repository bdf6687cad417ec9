"""The pages of one large domain, and files beside pages, are worked on by several processes."""

import pytest
from projects import project, translate, yiben

from toolkit.project import pool, store

SETTINGS = 'source = "zh-Hans"\ntargets = ["de", "en"]\ncatalog = "single"\ndomain = "all"\n'
PAGES = {f"{number}.md": f"# 安装{number}\n\n然后启动{number}。\n" for number in range(80)}


@pytest.fixture(params=["alone", "shared"])
def root(request, tmp_path, monkeypatch):
    """A project with one catalog of all pages; its commands are done in parts or as a whole."""
    root = project(tmp_path / "project", PAGES, SETTINGS)
    if request.param == "alone":
        monkeypatch.setattr(store, "_SHARE", 1000)
        monkeypatch.setattr(pool, "processors", lambda: 1)
    else:
        monkeypatch.setattr(pool, "processors", lambda: 2)
    return root


def lines(result):
    assert not result.stderr.startswith("Traceback")
    return (result.stdout + result.stderr).splitlines()


def test_a_build_goes_by_locale_and_misses_a_catalog_once(root):
    yiben(root, "update", "-l", "en")
    texts = {f"安装{number}": f"Set up {number}" for number in range(0, 80, 2)}
    translate(root / "locales/en/LC_MESSAGES/all.po", texts)
    built = lines(yiben(root, "build", "-v"))
    wrote = [line.split("/") for line in built if line.startswith("wrote build/")]
    assert [one[1] for one in wrote if len(one) > 2] == ["de"] * 80 + ["en"] * 80
    assert "de: no catalog for 1 page, built in the source language" in built
    assert (root / "build/en/78.md").read_text("utf-8").startswith("# Set up 78\n")
    assert (root / "build/en/79.md").read_text("utf-8").startswith("# 安装79\n")
    assert "160 unchanged" in lines(yiben(root, "build"))[-1]
    (root / "content/3.md").write_text("# 别的\n", "utf-8")
    assert "2 files written" in lines(yiben(root, "build"))[-1]


def test_a_broken_catalog_is_told_once(root):
    yiben(root, "update", "-l", "en")
    path = root / "locales/en/LC_MESSAGES/all.po"
    path.write_text(path.read_text("utf-8") + 'msgid "', "utf-8")
    for command in ("build", "stats"):
        result = yiben(root, command)
        assert result.returncode == 2
        assert len([line for line in lines(result) if "all.po" in line]) == 1


def test_statistics_have_all_pages_in_order(root):
    yiben(root, "update")
    texts = {f"安装{number}": f"Set up {number}" for number in range(0, 80, 2)}
    translate(root / "locales/en/LC_MESSAGES/all.po", texts)
    told = yiben(root, "stats", "-l", "en", "--format", "json").stdout
    places = [told.index(f"content/{number}.md") for number in sorted(range(80), key=str)]
    assert places == sorted(places)
    assert told == yiben(root, "stats", "-l", "en", "--format", "json", "--no-cache").stdout


def test_files_beside_pages_are_carried(root):
    for number in range(400):
        path = root / f"content/images/{number}.bin"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(bytes([number % 256]) * number)
    assert "960 files written" in lines(yiben(root, "build"))[-1]
    for tag in ("de", "en"):
        for number in range(400):
            path = root / f"build/{tag}/images/{number}.bin"
            assert path.read_bytes() == bytes([number % 256]) * number
    assert not list(root.glob("build/.*journal*"))
    (root / "build/en/images/7.bin").write_bytes(b"theirs")
    assert "no files written" in lines(yiben(root, "build"))[-1]
    assert (root / "build/en/images/7.bin").read_bytes() == b"theirs"
