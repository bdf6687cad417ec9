"""`yiben update` as translators live with it: nothing is lost, and only what changed is asked."""

import json
import resource
import shutil
import signal
import subprocess
import time
from dataclasses import replace

import pytest
from projects import YIBEN, project, snapshot, translate, yiben

from toolkit.catalogs.po import read_catalog, write_catalog
from toolkit.commands.update import UpdateOptions, update
from toolkit.model.errors import ProjectError
from toolkit.project.files import replace_bytes
from toolkit.project.project import Project
from toolkit.project.store import Run

ONE = 'source = "en"\ntargets = ["de"]\n'
CATALOG = "locales/de/LC_MESSAGES/page.po"
PAGE = """# Install

First install the package from the web page.

Then see [the guide](guide.md) for all 25 settings.

## Remove

Delete the folder and restart the machine afterwards.
"""


@pytest.fixture(autouse=True)
def _at_one_time(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.fixture
def root(tmp_path):
    root = project(tmp_path, {"page.md": PAGE}, ONE)
    yiben(root, "update")
    fill(root / CATALOG)
    return root


def fill(path):
    """Translate every message of a catalog, in a way that tells its source."""
    catalog = read_catalog(path.name, path.read_bytes())
    messages = [
        replace(one, string=f"DE {one.id}") if not one.string else one for one in catalog.messages
    ]
    path.write_bytes(write_catalog(replace(catalog, messages=tuple(messages))))


def finish(path):
    """Translate every message anew, so that none is fuzzy."""
    catalog = read_catalog(path.name, path.read_bytes())
    translated = (
        replace(one, string=f"DE {one.id}", flags=(), previous_id=None) for one in catalog.messages
    )
    path.write_bytes(write_catalog(replace(catalog, messages=tuple(translated))))


def messages(root, name=CATALOG):
    catalog = read_catalog(name, (root / name).read_bytes())
    return {one.id: one for one in catalog.messages}


def edit(root, old, new):
    path = root / "content/page.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("details", [True, False])
def test_changes_are_reported_to_those_who_look_at_them(root, details):
    edit(root, "First install", "Now install")
    run = Run(Project.found_from(root), dry=True)
    updated = update(run, UpdateOptions(run.project.locales(()), details=details), list)
    assert [one.new.id[:3] for one in updated.changes] == (["Now"] if details else [])
    assert len(updated.changed) == 2


def test_an_edited_text_is_fuzzy_and_shows_what_it_was(root):
    edit(root, "install the package", "download the package")
    yiben(root, "update")
    found = messages(root)["First download the package from the web page."]
    assert found.flags == ("fuzzy",)
    assert found.previous_id == "First install the package from the web page."
    assert found.string == f"DE {found.previous_id}"


def test_an_edit_that_needs_no_translator_is_made_in_the_translation(root):
    edit(root, "(guide.md) for all 25", "(manual.md) for all 30")
    result = yiben(root, "update", "--diff")
    found = messages(root)["Then see [the guide](manual.md) for all 30 settings."]
    assert found.translated
    assert found.string == "DE Then see [the guide](manual.md) for all 30 settings."
    assert "carried: Then see [the guide]([-guide-]{+manual+}.md)" in result.stdout
    assert "1 changed without a translator" in result.stdout


def test_a_joined_and_a_split_paragraph_are_recognized(root):
    edit(root, "web page.\n\nThen", "web page. Then")
    yiben(root, "update")
    joined = next(one for text, one in messages(root).items() if text.startswith("First"))
    assert joined.fuzzy
    assert "DE First install" in joined.string
    assert "DE Then see" in joined.string
    edit(root, "folder and restart", "folder.\n\nThen restart")
    yiben(root, "update")
    parts = [one for text, one in messages(root).items() if "restart" in text or "folder" in text]
    live = [one for one in parts if not one.obsolete]
    assert [one.fuzzy for one in live] == [True, True]


def test_a_moved_paragraph_stays_translated(root):
    edit(root, "First install the package from the web page.\n\n", "")
    edit(root, "## Remove\n\n", "## Remove\n\nFirst install the package from the web page.\n\n")
    yiben(root, "update")
    assert all(one.translated for one in messages(root).values())


def test_there_and_back_again_is_as_before(root):
    before = (root / CATALOG).read_bytes()
    page = (root / "content/page.md").read_text(encoding="utf-8")
    edits = [
        ("install the package", "download the package"),
        ("web page.\n\nThen", "web page. Then"),
        ("(guide.md) for all 25", "(manual.md) for all 30"),
        ("Delete the folder and restart the machine afterwards.", ""),
        ("## Remove", "## Delete"),
    ]
    for old, new in edits:
        edit(root, old, new)
        yiben(root, "update")
        assert (root / CATALOG).read_bytes() != before
        (root / "content/page.md").write_text(page, encoding="utf-8")
        yiben(root, "update")
        assert (root / CATALOG).read_bytes() == before, old


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_a_one_word_edit_changes_one_message_in_the_diff(root):
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "before")
    edit(root, "restart the machine", "restart the computer")
    yiben(root, "update")
    diff = git(root, "diff", "-U0", "--", CATALOG)
    changed = [line for line in diff.split("\n") if line[:1] in {"+", "-"}]
    wanted = ["-msgid ", "+#, fuzz", "+#| msgi", "+msgid "]
    # Besides the file's name and the date of the template.
    assert [line[: len(want)] for line, want in zip(changed[-4:], wanted, strict=True)] == wanted
    assert all("POT-Creation-Date" in line or line[:3] in {"---", "+++"} for line in changed[:-4])


def git(root, *words):
    settings = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "core.autocrlf=false"]
    result = subprocess.run(
        ["git", *settings, *words], cwd=root, capture_output=True, text=True, check=False
    )
    return result.stdout


def test_a_second_update_changes_nothing(root):
    edit(root, "install the package", "download the package")
    yiben(root, "update")
    before = snapshot(root)
    result = yiben(root, "update", "--check", "--diff")
    assert (result.returncode, result.stdout) == (0, "nothing changes\n")
    yiben(root, "update")
    assert snapshot(root) == before


def test_a_dry_run_tells_and_writes_nothing(root):
    edit(root, "install the package", "download the package")
    before = snapshot(root)
    result = yiben(root, "update", "--check", "--format", "markdown", "--diff")
    assert result.returncode == 1
    assert "| de | 0 | 1 | 0 | 0 | 0 | 8 |" in result.stdout
    assert "<del>install</del><ins>download</ins>" in result.stdout
    entries = json.loads(yiben(root, "update", "--check", "--format", "json").stdout)
    assert [entry["path"] for entry in entries] == [
        "locales/templates/LC_MESSAGES/page.pot",
        "locales/de/LC_MESSAGES/page.po",
    ]
    (message,) = entries[1]["messages"]
    assert (message["fate"], message["words"]) == ("fuzzy", 8)
    assert snapshot(root) == before


def test_a_moved_page_takes_its_catalog_along(root):
    (root / "content/guide").mkdir()
    (root / "content/page.md").rename(root / "content/guide/start.md")
    path = root / CATALOG
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("#. heading 1", "# well known\n#. heading 1"), encoding="utf-8")
    edit_moved = root / "content/guide/start.md"
    edit_moved.write_text(edit_moved.read_text("utf-8").replace("First install", "First get"))
    yiben(root, "update")
    moved = messages(root, "locales/de/LC_MESSAGES/guide/start.po")
    assert moved["Install"].translated
    assert moved["Install"].comments == ("well known",)
    assert moved["First get the package from the web page."].fuzzy
    assert not path.exists()
    assert not (root / "locales/templates/LC_MESSAGES/page.pot").exists()
    assert yiben(root, "update", "--check").returncode == 0


def test_the_catalog_of_a_page_that_is_gone_stays_until_it_is_purged(root):
    page = (root / "content/page.md").read_text(encoding="utf-8")
    before = (root / CATALOG).read_bytes()
    (root / "content/page.md").unlink()
    (root / "content/other.md").write_text("Something else\n")
    yiben(root, "update")
    gone = read_catalog(CATALOG, (root / CATALOG).read_bytes())
    assert all(one.obsolete for one in gone.messages)
    assert any("page of this catalog is gone" in line for line in gone.header_comments)
    assert yiben(root, "update", "--check").returncode == 0
    (root / "content/page.md").write_text(page, encoding="utf-8")
    yiben(root, "update")
    assert (root / CATALOG).read_bytes() == before
    (root / "content/page.md").unlink()
    yiben(root, "update", "--purge")
    assert not (root / CATALOG).exists()


def test_catalogs_of_other_programs_are_left_alone(root):
    other = root / "locales/de/LC_MESSAGES/messages.po"
    other.write_text('msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "Open"\nmsgstr "Offen"\n')
    before = other.read_bytes()
    yiben(root, "update", "--purge")
    assert other.read_bytes() == before


def test_obsolete_messages_go_only_when_they_are_purged(root):
    edit(root, "## Remove", "## Uninstall it completely")
    yiben(root, "update")
    assert messages(root)["Remove"].obsolete
    yiben(root, "update", "--purge")
    assert "Remove" not in messages(root)


def test_a_text_is_found_on_another_page(root):
    (root / "content/two.md").write_text("Delete the folder and restart the machine afterwards.\n")
    (root / "content/three.md").write_text(
        "Delete the folder and restart the computer afterwards.\n"
    )
    yiben(root, "update")
    (same,) = messages(root, "locales/de/LC_MESSAGES/two.po").values()
    assert same.translated
    (like,) = messages(root, "locales/de/LC_MESSAGES/three.po").values()
    assert like.fuzzy
    assert like.previous_id == same.id


def test_the_same_text_on_another_page_goes_before_an_older_one_of_this_page(root):
    (root / "content/two.md").write_text("First download the package from the web page.\n")
    yiben(root, "update")
    finish(root / "locales/de/LC_MESSAGES/two.po")
    edit(root, "First install the package", "First download the package")
    yiben(root, "update")
    found = messages(root)
    taken = found["First download the package from the web page."]
    assert taken.translated
    assert taken.string == f"DE {taken.id}"
    assert found["First install the package from the web page."].obsolete


def test_the_most_alike_text_is_offered_wherever_it_stands(root):
    (root / "content/two.md").write_text("Delete the folder, then restart the computer.\n")
    yiben(root, "update")
    finish(root / "locales/de/LC_MESSAGES/two.po")
    edit(root, "# Install", "Delete the folder, then restart your computer.\n\n# Install")
    edit(root, "Delete the folder and restart the machine afterwards.", "")
    yiben(root, "update")
    found = messages(root)["Delete the folder, then restart your computer."]
    assert found.previous_id == "Delete the folder, then restart the computer."


@pytest.mark.parametrize("layout", ["page", "single"])
def test_a_new_text_is_offered_one_of_its_own_catalog_that_stays(tmp_path, layout):
    root = project(tmp_path, {"page.md": PAGE}, f'{ONE}catalog = "{layout}"\n')
    yiben(root, "update")
    (path,) = (root / "locales/de/LC_MESSAGES").iterdir()
    fill(path)
    edit(root, "## Remove", "Then see [the guide](guide.md) for all 25 keys.\n\n## Remove")
    yiben(root, "update")
    found = messages(root, path)
    old = found["Then see [the guide](guide.md) for all 25 settings."]
    new = found["Then see [the guide](guide.md) for all 25 keys."]
    assert old.translated
    assert (new.fuzzy, new.previous_id) == (True, old.id)


def test_a_text_is_offered_to_a_much_longer_one_that_holds_it(root):
    old = "First install the package from the web page."
    more = "Nobody else can do so for you, since it asks for the name of your machine, your own "
    more += "name, the folder for its files, the language of all menus, and a word to enter with. "
    new = f"{old} {more * 2}".strip()
    edit(root, old, new)
    yiben(root, "update")
    found = messages(root)[new]
    assert (found.fuzzy, found.string) == (True, f"DE {old}")


def test_texts_that_only_stand_in_the_same_place_are_not_offered(root):
    edit(root, "First install the package from the web page.", "Nothing has to be done by hand.")
    yiben(root, "update")
    assert not messages(root)["Nothing has to be done by hand."].string
    assert messages(root)["First install the package from the web page."].obsolete


def test_a_compendium_is_looked_into(root):
    (root / "old.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "New words"\nmsgstr "Neue Wörter"\n',
        encoding="utf-8",
    )
    edit(root, "# Install", "# New words\n\n# Install")
    for line, state in (("", True), ("trust_memory = true\n", False)):
        (root / "yiben.toml").write_text(f'{ONE}memory = ["old.po"]\n{line}')
        shutil.copytree(root, copy := root.parent / f"copy{state}")
        yiben(copy, "update")
        found = messages(copy)["New words"]
        assert (found.string, found.fuzzy) == ("Neue Wörter", state)
        assert found.comments == ("from old.po",)


def test_untranslated_messages_are_filled_on_demand(root):
    edit(root, "# Install", "# New words\n\nWords that are new to all of us.\n\n# Install")
    yiben(root, "update")
    memory = 'msgid "New words"\nmsgstr "Neue Worte"\n\n'
    memory += 'msgid "Words that are new to some of us."\nmsgstr "Worte, die neu sind."\n'
    (root / "old.po").write_text(memory, encoding="utf-8")
    (root / "yiben.toml").write_text(f'{ONE}memory = ["old.po"]\n')
    yiben(root, "update")
    exact = messages(root)["New words"]
    assert (exact.string, exact.fuzzy) == ("Neue Worte", True)
    assert not messages(root)["Words that are new to all of us."].string
    yiben(root, "update", "--fill")
    assert messages(root)["Words that are new to all of us."].string == "Worte, die neu sind."


def test_catalogs_cut_by_other_rules_are_cut_anew(root):
    """As a release would have it that took a list item's paragraphs as one message."""
    page = "- one item\n\n    and more of it\n\n- the other one\n"
    (root / "content/page.md").write_text(page)
    (root / CATALOG).write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"X-Yiben-Segmentation: 0\\n"\n\n#: content/page.md:1\n'
        'msgid "one item\\n\\nand more of it"\nmsgstr "ein Punkt\\n\\nund mehr davon"\n\n'
        '#: content/page.md:5\nmsgid "the other"\nmsgstr "der andere"\n\n'
        '#: content/page.md:5\nmsgid "one"\nmsgstr "Punkt"\n',
    )
    yiben(root, "update")
    found = messages(root)
    assert found["one item"].translated
    assert found["and more of it"].string == "und mehr davon"
    assert found["the other one"].translated
    assert found["the other one"].string == "der andere\nPunkt"
    assert "X-Yiben-Segmentation: 2" in (root / CATALOG).read_text(encoding="utf-8")


def test_a_catalog_that_an_editor_saved_meanwhile_is_left_alone(tmp_path):
    path = tmp_path / "a.po"
    path.write_bytes(b"as the editor saved it")
    with pytest.raises(ProjectError, match="been saved by another program"):
        replace_bytes(path, b"as we read it", b"as we would write it", "a.po")
    assert path.read_bytes() == b"as the editor saved it"
    with pytest.raises(ProjectError, match="been saved by another program"):
        replace_bytes(path, None, b"as we would write it", "a.po")


@pytest.mark.process
def test_a_full_disk_is_one_line_and_loses_nothing(root):
    before = (root / CATALOG).read_bytes()
    edit(root, "install the package", "download the package")
    limit = len(before) // 2
    result = subprocess.run(
        [str(YIBEN), "update"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert result.returncode == 2
    assert "nothing was written" in result.stderr
    assert "Traceback" not in result.stderr
    assert (root / CATALOG).read_bytes() == before
    assert not list(root.rglob("*.yiben-part"))


@pytest.mark.process
def test_a_kill_at_any_moment_leaves_each_catalog_old_or_new(tmp_path):
    pages = {f"page{n}.md": PAGE.replace("25", str(n + 30)) for n in range(30)}
    root = project(tmp_path, pages, ONE)
    yiben(root, "update")
    catalogs = sorted(root.glob("locales/de/LC_MESSAGES/*.po"))
    for path in catalogs:
        fill(path)
    old = {path: path.read_bytes() for path in catalogs}
    versions = [
        page.replace("install", word) for word in ("fetch", "get") for page in pages.values()
    ]
    for name, text in zip(pages, versions, strict=False):
        (root / "content" / name).write_text(text)
    yiben(root, "update")
    new = {path: path.read_bytes() for path in catalogs}
    assert all(new[path] != old[path] for path in catalogs)
    states = set()
    # `test_faults.py` kills as often as it takes; all files are written in one way.
    for count in (0, 1, 8, 16, 24):
        for path in catalogs:
            path.write_bytes(old[path])
        process = subprocess.Popen([str(YIBEN), "update"], cwd=root, stderr=subprocess.DEVNULL)
        while _count(catalogs, new) < count and process.poll() is None:
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
        process.wait()
        found = {path: path.read_bytes() for path in catalogs}
        assert all(found[path] in (old[path], new[path]) for path in catalogs)
        states.add(_count(catalogs, new))
    # Some were killed before the first file was replaced or in the midst of it.
    assert len(states) > 1
    yiben(root, "update")
    assert {path: path.read_bytes() for path in catalogs} == new
    assert not list(root.rglob("*.yiben-part"))


def _count(paths, contents):
    """How many files have these contents."""
    return sum(path.read_bytes() == contents[path] for path in paths)


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_git_merges_catalogs_by_message(root):
    (root / ".gitattributes").write_text("*.po merge=yiben\n")
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "merge.yiben.driver", f"{YIBEN} merge-driver %O %A %B")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "before")
    git(root, "checkout", "-qb", "other")
    translate(root / CATALOG, {"Install": "Installation", "Remove": "Entfernen"})
    git(root, "commit", "-qam", "theirs")
    git(root, "checkout", "-q", "main")
    first = "First install the package from the web page."
    translate(root / CATALOG, {first: "Zuerst", "Remove": "Löschen"})
    git(root, "commit", "-qam", "ours")
    git(root, "merge", "other", "-m", "both")
    found = messages(root)
    assert found["Install"].string == "Installation"
    assert found[first].string == "Zuerst"
    assert found["Remove"].string == "Löschen"
    assert found["Remove"].fuzzy
    assert any("Entfernen" in line for line in found["Remove"].comments)
    assert "UU" in git(root, "status", "--short")


def test_a_memory_that_is_not_there_is_told_of(root):
    (root / "yiben.toml").write_text(f'{ONE}memory = ["none.tmx"]\n')
    edit(root, "# Install", "# New words\n\n# Install")
    result = yiben(root, "update")
    assert result.returncode == 2
    assert "none.tmx: does not exist; " in result.stderr


def test_a_text_that_other_pages_translate_in_two_ways_is_fuzzy(tmp_path):
    pages = {"a.md": "Same words.\n\nOther words.\n", "b.md": "Same words.\n\nOther words.\n"}
    project(tmp_path, pages, 'source = "en"\ntargets = ["de"]\n')
    yiben(tmp_path, "update")
    folder = tmp_path / "locales/de/LC_MESSAGES"
    for name, same in (("a", "Dieselben"), ("b", "Gleiche")):
        path = folder / f"{name}.po"
        text = path.read_text(encoding="utf-8")
        for source, string in (("Same words.", f"{same} Wörter."), ("Other words.", "Andere.")):
            text = text.replace(
                f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{string}"'
            )
        path.write_text(text, encoding="utf-8")
    (tmp_path / "content/c.md").write_text("Same words.\n\nOther words.\n", encoding="utf-8")
    yiben(tmp_path, "update")
    found = {one.id: one for one in read_catalog("c", (folder / "c.po").read_bytes()).messages}
    assert (found["Same words."].string, found["Same words."].fuzzy) == ("Dieselben Wörter.", True)
    assert found["Other words."].translated


@pytest.mark.parametrize(
    ("old", "new", "offered"),
    [
        ("Run:", "These look like this:", False),
        ("**Note**:", "**Type**: Gauge.", False),
        ("Stop now, please!", "What (exactly) is that, please!", False),
        ("Run the program once:", "Run the program twice:", True),
    ],
)
def test_what_merely_stands_in_the_same_place_lends_nothing(old, new, offered, tmp_path):
    page = "# Page\n\nFirst text stays here.\n\n{}\n\nLast text stays here.\n"
    project(tmp_path, {"page.md": page.format(old)}, 'source = "en"\ntargets = ["de"]\n')
    yiben(tmp_path, "update")
    path = tmp_path / "locales/de/LC_MESSAGES/page.po"
    translate(path, {old: "Ein alter Text", "First text stays here.": "Bleibt"})
    (tmp_path / "content/page.md").write_text(page.format(new), encoding="utf-8")
    yiben(tmp_path, "update")
    found = {one.id: one for one in read_catalog("page.po", path.read_bytes()).messages}
    assert bool(found[new].string) == offered
