"""`yiben build` replaces no file that yiben did not write."""

import hashlib
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import project, snapshot, translate, write_files, yiben

from toolkit.model.errors import ProjectError
from toolkit.project.ownership import (
    Link,
    Manifest,
    Standing,
    digest,
    line_of,
    read_journal,
    read_manifest,
    with_journal,
    write_manifest,
)

PAGES = {"a.md": "# Start\n\nSome words.\n", "b.md": "# Other\n\nMore words.\n"}
HAND = "# Anfang\n\nVon Hand.\n"
BESIDE = 'source = "en"\ntargets = ["de"]\noutput = "content/{stem}.{locale}.md"\n'
TREE = 'source = "en"\ntargets = ["de", "fr"]\n'


def ready(tmp_path, settings=BESIDE, pages=PAGES, **files):
    root = project(tmp_path, pages, settings)
    write_files(root, files)
    assert yiben(root, "update").returncode == 0
    return root


def put(root, name, text):
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))


def read(root, name):
    return (root / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("nb", "# Komme i gang\n\nDenne siden forklarer hvordan du installerer programmet.\n"),
        ("is", "# Að byrja\n\nÞessi síða er ekki tilbúin.\n"),
        ("gl", "# Comezar\n\nEsta páxina explica como se instala o programa.\n"),
        ("kk", "# Бастау\n\nБұл бет әлі дайын емес.\n"),
        ("sr-Latn", "# Početak\n\nJoš nije gotovo.\n"),
        ("zh-Hans", "# 开始\n\n还没写完。\n"),
        ("de", "kurz\n"),
        ("ja", ""),
        ("fr", "# Start\n\nSome words, edited.\n"),
    ],
)
def test_a_page_by_hand_stays_in_any_language_and_length(tmp_path, tag, text):
    root = ready(tmp_path, BESIDE.replace("de", tag, 1))
    put(root, f"content/a.{tag}.md", text)
    result = yiben(root, "build")
    assert result.returncode == 1
    assert read(root, f"content/a.{tag}.md") == text
    assert f"content/a.{tag}.md: differs from what would be written" in result.stderr
    assert f"yiben import content/a.md content/a.{tag}.md -l {tag}" in result.stderr
    assert f"yiben build --keep content/a.{tag}.md" in result.stderr
    assert read(root, f"content/b.{tag}.md") == PAGES["b.md"]
    assert "1 file written · 1 page left alone" in result.stderr


def test_a_built_page_that_was_edited_stays(tmp_path):
    root = ready(tmp_path)
    assert yiben(root, "build").returncode == 0
    put(root, "content/a.de.md", HAND)
    put(root, "content/b.md", "# Other\n\nNew words.\n")
    result = yiben(root, "build")
    assert result.returncode == 1
    assert "content/a.de.md: was edited since yiben wrote it and is left alone" in result.stderr
    assert (read(root, "content/a.de.md"), read(root, "content/b.de.md")) == (
        HAND,
        "# Other\n\nNew words.\n",
    )
    put(root, "content/a.de.md", PAGES["a.md"])
    assert yiben(root, "build").returncode == 0


def test_many_pages_are_told_in_one_line(tmp_path):
    pages = {f"p{number}.md": f"# {number}\n\nWords.\n" for number in range(9)}
    root = ready(tmp_path, pages=pages)
    for name in pages:
        put(root, f"content/{name[:-3]}.de.md", HAND)
    result = yiben(root, "build")
    assert result.returncode == 1
    (line,) = [line for line in result.stderr.splitlines() if "import" in line]
    assert line.startswith("9 pages differ from what would be written")
    assert "content/p0.de.md, content/p1.de.md, content/p2.de.md and 6 more" in line
    assert "`yiben import content 'content/{stem}.{locale}.md' -l de`" in line
    listed = yiben(root, "build", "--check").stderr
    assert all(f"would leave content/{name[:-3]}.de.md" in listed for name in pages)


def test_a_page_is_kept_for_its_locale(tmp_path):
    root = ready(tmp_path)
    put(root, "content/a.de.md", HAND)
    assert yiben(root, "build", "--keep", "content/a.de.md").returncode == 0
    assert "kept  content/a.de.md\n" in read(root, "content/.yiben-built")
    before = snapshot(root)
    assert yiben(root, "build").returncode == 0
    assert yiben(root, "build", "--replace").returncode == 0
    assert snapshot(root) == before
    put(root, "content/a.de.md", HAND + "\nMehr.\n")
    assert yiben(root, "build").returncode == 0


@pytest.mark.parametrize("path", ["content/none.md", "content/a.md", "content/c.de.md"])
def test_only_outputs_can_be_kept(tmp_path, path):
    root = ready(tmp_path)
    before = snapshot(root)
    result = yiben(root, "build", "--keep", path)
    assert result.returncode == 2
    assert f"{path}: is not an output of this project" in result.stderr
    assert snapshot(root) == before


def test_files_are_replaced_when_the_user_says_so(tmp_path):
    root = ready(tmp_path)
    for name in ("a", "b"):
        put(root, f"content/{name}.de.md", HAND)
    result = yiben(root, "build", "content/a.md", "--replace")
    assert result.returncode == 0
    assert "replaced content/a.de.md, which was not written by yiben" in result.stderr
    assert (read(root, "content/a.de.md"), read(root, "content/b.de.md")) == (PAGES["a.md"], HAND)
    assert yiben(root, "build").returncode == 1
    assert yiben(root, "build", "--replace").returncode == 0
    assert read(root, "content/b.de.md") == PAGES["b.md"]


def test_files_beside_pages_are_the_locale_s_own_where_they_differ(tmp_path):
    root = ready(tmp_path, TREE, **{"content/img/x.png": "ENGLISH", "content/y.png": "y"})
    put(root, "build/de/img/x.png", "DEUTSCH")
    result = yiben(root, "build")
    assert result.returncode == 0
    assert read(root, "build/de/img/x.png") == "DEUTSCH"
    assert read(root, "build/fr/img/x.png") == "ENGLISH"
    (line,) = [line for line in result.stderr.splitlines() if "other file differs" in line]
    assert "build/de/img/x.png" in line
    put(root, "content/img/x.png", "NEW")
    put(root, "build/fr/y.png", "y français")
    result = yiben(root, "build")
    assert result.returncode == 0
    assert "2 other files differ" in result.stderr
    assert [read(root, f"build/{one}") for one in ("de/img/x.png", "fr/img/x.png", "fr/y.png")] == [
        "DEUTSCH",
        "NEW",
        "y français",
    ]


def test_what_equals_today_s_outputs_is_taken_in_without_a_manifest(tmp_path):
    root = ready(tmp_path, TREE, **{"content/x.png": "x"})
    assert yiben(root, "build").returncode == 0
    manifest = root / "build/.yiben-built"
    manifest.unlink()
    put(root, "build/fr/b.md", "stale\n")
    result = yiben(root, "build")
    assert result.returncode == 1
    assert "build/fr/b.md: differs" in result.stderr
    assert "as no build/.yiben-built records that yiben wrote it" in result.stderr
    put(root, "content/a.md", "# New\n")
    result = yiben(root, "build")
    assert (root / "build/fr/a.md").read_bytes() == b"# New\n"
    assert "build/fr/b.md: was not written by yiben" in result.stderr
    assert yiben(root, "build", "--replace").returncode == 0


def test_the_manifest_is_what_sha256sum_writes(tmp_path):
    root = ready(tmp_path, TREE, **{"content/x y.png": "x"})
    assert yiben(root, "build").returncode == 0
    names = [f"build/{tag}/{name}" for tag in ("de", "fr") for name in ("a.md", "b.md", "x y.png")]
    assert read(root, "build/.yiben-built") == "".join(
        f"{hashlib.sha256((root / name).read_bytes()).hexdigest()}  {name}\n" for name in names
    )


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ('output = "out/de/{locale}/{path}"', "out/de"),
        ('output = "{locale}/{path}"', "."),
        ('output = "content/{stem}.{locale}.md"', "content"),
        ('dialect = "mdbook"\noutput = "content/{stem}.{locale}.md"', "locales"),
        ('dialect = "gfm"\noutput = "{locale}/{path}"', "locales"),
        ('dialect = "hugo"\noutput = "content/{stem}.{locale}.md"', "content"),
    ],
)
def test_the_manifest_lies_with_the_pages_unless_it_were_published(tmp_path, settings, place):
    root = ready(tmp_path, f'source = "en"\ntargets = ["de"]\n{settings}\n')
    assert yiben(root, "build").returncode == 0
    assert [path.relative_to(root).as_posix() for path in root.rglob(".yiben-*")] == [
        (Path(place) / ".yiben-built").as_posix()
    ]
    before = snapshot(root)
    assert yiben(root, "build").returncode == 0
    assert snapshot(root) == before


def test_check_and_diff_write_nothing(tmp_path):
    root = ready(tmp_path)
    put(root, "content/b.de.md", HAND)
    before = snapshot(root)
    result = yiben(root, "build", "--check")
    assert result.returncode == 1
    assert "would write content/a.de.md" in result.stderr
    assert "would leave content/b.de.md, which was not written by yiben" in result.stderr
    result = yiben(root, "build", "--diff")
    assert result.returncode == 1
    assert result.stdout == (
        "--- /dev/null\n+++ content/a.de.md\n@@ -0,0 +1,3 @@\n+# Start\n+\n+Some words.\n"
        "--- content/b.de.md\n+++ content/b.de.md\n@@ -1,3 +1,3 @@\n"
        "-# Anfang\n+# Other\n \n-Von Hand.\n+More words.\n"
    )
    assert yiben(root, "build", "--check", "--keep", "content/b.de.md").returncode == 1
    assert snapshot(root) == before
    assert yiben(root, "build", "--keep", "content/b.de.md").returncode == 0
    assert yiben(root, "build", "--check").returncode == 0
    assert yiben(root, "build", "--diff").stdout == ""


def test_some_pages_only(tmp_path):
    pages = {**PAGES, "d/c.md": "c\n", "d/e.md": "e\n"}
    root = ready(tmp_path, TREE, pages, **{"content/x.png": "x"})
    assert yiben(root, "build", "content/b.md", "content/d", "-l", "de").returncode == 0
    built = [path.relative_to(root).as_posix() for path in sorted(root.glob("build/*/**/*.*"))]
    assert built == ["build/de/b.md", "build/de/d/c.md", "build/de/d/e.md"]
    result = yiben(root, "build", "content/z.md")
    assert (result.returncode, result.stderr) == (
        2,
        "content/z.md: is not a page of the project, nor a folder with pages\n",
    )


def test_line_ends_are_git_s_business(tmp_path):
    root = ready(tmp_path)
    put(root, "content/a.de.md", PAGES["a.md"].replace("\n", "\r\n"))
    assert yiben(root, "build").returncode == 0
    assert yiben(root, "build").returncode == 0
    assert (root / "content/a.de.md").read_bytes() == PAGES["a.md"].replace("\n", "\r\n").encode()
    translate(root / "locales/de/LC_MESSAGES/a.po", {"Start": "Anfang"})
    put(root, "content/b.de.md", PAGES["b.md"].replace("\n", "\r\n"))
    assert yiben(root, "build").returncode == 0
    assert read(root, "content/a.de.md").startswith("# Anfang")
    put(root, "content/b.md", PAGES["b.md"].replace("\n", "\r\n"))
    put(root, "content/a.md", PAGES["a.md"].replace("\n", "\r\n"))
    assert yiben(root, "build").returncode == 0
    assert b"# Anfang\r\n" in (root / "content/a.de.md").read_bytes()


def test_a_link_that_leads_out_is_not_written_through(tmp_path):
    (tmp_path / "outside").mkdir()
    root = ready(tmp_path / "in", TREE, **{"content/img/x.png": "NEW", "content/img/y.png": "y"})
    (root / "build/de").mkdir(parents=True)
    (root / "build/de/img").symlink_to(tmp_path / "outside")
    (root / "build/de/a.md").symlink_to(tmp_path / "outside/a.md")
    put(tmp_path, "outside/x.png", "PRECIOUS")
    put(tmp_path, "outside/a.md", "page")
    result = yiben(root, "build")
    assert result.returncode == 2
    assert "build/de/img/y.png: leads out of the project through a link" in result.stderr
    assert "build/de/a.md: differs" in result.stderr
    result = yiben(root, "build", "--replace")
    assert result.returncode == 2
    assert {path.name: path.read_text() for path in (tmp_path / "outside").iterdir()} == {
        "x.png": "PRECIOUS",
        "a.md": "page",
    }
    assert (root / "build/fr/img/x.png").exists()


def test_a_link_to_a_source_or_catalog_is_not_written_through(tmp_path):
    root = ready(tmp_path, TREE)
    (root / "build/de").mkdir(parents=True)
    (root / "build/de/a.md").symlink_to("../../content/b.md")
    (root / "build/de/b.md").symlink_to("../../locales/de/LC_MESSAGES/b.po")
    before = snapshot(root)
    result = yiben(root, "build", "--replace")
    assert result.returncode == 2
    assert "build/de/a.md: leads to content/b.md through a link, which is a source page" in (
        result.stderr
    )
    assert "b.po through a link, which is a catalog" in result.stderr
    after = snapshot(root)
    assert {name: after[name] for name in before} == before


def test_links_beside_pages_replace_no_file_of_the_locale_s(tmp_path):
    root = ready(
        tmp_path, f'{TREE}assets = "link"\n', **{"content/x.png": "x", "content/y.png": "y"}
    )
    put(root, "build/de/x.png", "eigenes")
    (root / "build/fr").mkdir(parents=True)
    (root / "build/fr/x.png").symlink_to("elsewhere.png")
    assert yiben(root, "build").returncode == 0
    assert read(root, "build/de/x.png") == "eigenes"
    assert (root / "build/fr/x.png").readlink() == Path("elsewhere.png")
    assert (root / "build/fr/y.png").readlink() == Path("../../content/y.png")
    put(root, "yiben.toml", TREE)
    assert yiben(root, "build").returncode == 0
    assert not (root / "build/fr/y.png").is_symlink()
    assert read(root, "content/y.png") == "y"


COLLISIONS = {
    "two endings": (
        'output = "out/{locale}/{stem}.html"',
        {"a.md": "a\n", "a.markdown": "b\n"},
        "content/a.markdown and content/a.md both go to out/de/a.html",
    ),
    "a page and a file": (
        'output = "out/{locale}/{stem}.txt"',
        {"a.md": "a\n", "a.txt": "b\n"},
        "content/a.md and content/a.txt both go to out/de/a.txt",
    ),
    "the settings of the site": (
        (
            'site = "mkdocs.yml"\nsite_output = "mkdocs.{locale}.yml"\n'
            'output = "{stem}.{locale}.yml"\n'
        ),
        {"mkdocs.md": "a\n"},
        "both go to mkdocs.de.yml",
    ),
    "catalogs": (
        'output = "locales/{locale}/LC_MESSAGES/{stem}.po"',
        {"a.md": "a\n"},
        "locales/de/LC_MESSAGES",
    ),
    "templates": ('output = "locales/templates/{locale}/{path}"', {"a.md": "a\n"}, "templates"),
}


@pytest.mark.parametrize(("setting", "pages", "message"), COLLISIONS.values(), ids=COLLISIONS)
def test_outputs_that_meet_are_told_before_anything_is_written(tmp_path, setting, pages, message):
    root = project(tmp_path, pages, 'source = "en"\ntargets = ["de"]\n')
    (root / "mkdocs.yml").write_text("site_name: x\n")
    assert yiben(root, "update").returncode == 0
    with (root / "yiben.toml").open("a") as file:
        file.write(setting)
    before = snapshot(root)
    result = yiben(root, "build")
    assert result.returncode == 2
    line = 3 + setting.count(
        "\n", 0, setting.index('output = "' + setting.rpartition('output = "')[2])
    )
    assert result.stderr.startswith(f"yiben.toml:{line}:1: output: ")
    assert message in result.stderr
    assert snapshot(root) == before


def test_a_file_of_one_locale_stays_out_of_the_others_trees(tmp_path):
    names = ["i/chart.png", "i/chart.de.png", "i/chart.fr.svg", "i/jquery.fr.js", "i/chart.svg"]
    root = ready(tmp_path, TREE, **{f"content/{name}": name for name in names})
    put(root, "content/a.md", "![x](i/chart.png)\n\n[y](i/chart.de.png)\n")
    assert yiben(root, "build").returncode == 0
    assert [
        sorted(path.name for path in (root / "build" / tag / "i").iterdir()) for tag in ("de", "fr")
    ] == [
        ["chart.de.png", "chart.png", "chart.svg", "jquery.fr.js"],
        ["chart.fr.svg", "chart.png", "chart.svg", "jquery.fr.js"],
    ]
    assert read(root, "build/de/a.md") == "![x](i/chart.de.png)\n\n[y](i/chart.de.png)\n"
    assert "[y](../../content/i/chart.de.png)" in read(root, "build/fr/a.md")


def test_a_project_s_own_files_are_not_beside_its_pages(tmp_path):
    settings = 'source = "en"\ntargets = ["de"]\ncontent = "."\nglossary = "words.csv"\n'
    files = dict.fromkeys(
        ["x.png", "d/y.css", "uv.lock", "package-lock.json", "pyproject.toml"], "x"
    )
    files["words.csv"] = "term,de\nwords,Wörter\n"
    files["pyproject.toml"] = "[project]\nname = 'x'\n"
    root = project(tmp_path, {}, settings)
    for name, text in {**files, **PAGES}.items():
        put(root, name, text)
    shutil.rmtree(root / "content")
    assert yiben(root, "update").returncode == 0
    for _ in range(2):
        assert yiben(root, "build").returncode == 0
        built = root / "build/de"
        assert sorted(path.relative_to(built).as_posix() for path in built.rglob("*.*")) == [
            "a.md",
            "b.md",
            "d/y.css",
            "x.png",
        ]
    (root / "b.md").unlink()
    assert yiben(root, "update").returncode == 0
    assert not (root / "locales/de/LC_MESSAGES/build").exists()


def test_merge_leftovers_in_the_manifest(tmp_path):
    root = ready(tmp_path)
    assert yiben(root, "build").returncode == 0
    manifest = root / "content/.yiben-built"
    old = manifest.read_bytes()
    first, second = old.splitlines(keepends=True)
    other = line_of("content/a.de.md", "0" * 64)
    manifest.write_bytes(
        b"<<<<<<< HEAD\n" + first + b"=======\n" + other + b">>>>>>> branch\n" + second
    )
    translate(root / "locales/de/LC_MESSAGES/a.po", {"Start": "Anfang"})
    result = yiben(root, "build")
    assert result.returncode == 0
    assert result.stderr.count("content/.yiben-built:1:1: has merge conflict markers") == 1
    assert b"<<<" not in manifest.read_bytes()
    assert read(root, "content/a.de.md").startswith("# Anfang")
    manifest.write_bytes(old + b"what is this\n")
    result = yiben(root, "build")
    assert result.returncode == 2
    assert result.stderr == (
        'content/.yiben-built:3:1: is not a line of the form "sha256  path"; remove it\n'
    )


NAMES = st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda name: name.strip() == name)


@given(st.dictionaries(NAMES, st.binary()), st.sets(NAMES))
def test_a_manifest_comes_back(files, kept):
    digests = {name: frozenset({digest(data)}) for name, data in files.items() if name not in kept}
    manifest = Manifest(digests, frozenset(kept), exists=True)
    data = write_manifest(manifest)
    assert read_manifest("m", data) == (manifest, [])
    assert read_manifest("m", data.replace(b"\n", b"\r\n"))[0] == manifest
    assert write_manifest(read_manifest("m", data)[0]) == data


@given(st.dictionaries(NAMES, st.binary(), min_size=1), st.integers(min_value=0))
def test_a_journal_may_be_cut_anywhere(files, place):
    data = b"".join(line_of(name, digest(content)) for name, content in files.items())
    cut = data[: place % (len(data) + 1)]
    journal = read_journal(cut)
    whole = cut.count(b"\n")
    assert [*journal.digests] == [*files][:whole]
    assert with_journal(Manifest(), journal).digests == journal.digests


@given(st.binary(), st.binary(), st.binary())
def test_only_what_was_written_is_ours(written, there, wanted):
    manifest = Manifest({"a": frozenset({digest(written)})}, exists=True)
    standing = manifest.standing("a", there, wanted)
    plain = [data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") for data in (written, there)]
    if standing is Standing.OURS:
        assert plain[0] == plain[1]
    assert manifest.standing("b", there, wanted) in {Standing.FOREIGN, Standing.SAME}
    assert manifest.standing("a", None, wanted) is Standing.ABSENT
    assert manifest.standing("a", Link("x"), wanted) is Standing.EDITED


def test_a_line_that_is_none_is_told():
    with pytest.raises(ProjectError, match="m:2:1: is not a line"):
        read_manifest("m", b"\nkept c\n")
