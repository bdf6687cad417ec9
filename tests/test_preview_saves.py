"""Saves of the preview under faults: what was saved is there, what was not is as it was."""

import errno
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import project, yiben

from toolkit.catalogs.po import CatalogFile
from toolkit.interfaces.preview.saving import ConflictError, EntryChange, save
from toolkit.interfaces.preview.workspace import Workspace
from toolkit.model.errors import ToolkitError

CATALOG = "locales/en/LC_MESSAGES/a.po"
PAGE = "# 标题\n\n" + "".join(f"第 {n} 段文字。\n\n" for n in range(20))
EMPTY = EntryChange("", fuzzy=False, comment="")
SAVES = 200
PROGRAM = """
import sys
from pathlib import Path
from toolkit.interfaces.preview.saving import EntryChange, save
from toolkit.interfaces.preview.workspace import Workspace

workspace, old = Workspace(Path(sys.argv[1])), sys.argv[2]
place = workspace.place("en", "a.md")
for number in range(10**6):
    new = f"text {number}"
    wishes = (EntryChange(text, fuzzy=False, comment="") for text in (old, new))
    save(workspace, place, 3, *wishes)
    print(number, flush=True)
    old = new
"""


@pytest.fixture
def workspace(tmp_path):
    project(tmp_path, {"a.md": PAGE}, 'source = "zh-Hans"\ntargets = ["en"]\n')
    yiben(tmp_path, "update")
    return Workspace(tmp_path)


def texts(path):
    """What the catalog says, by its source texts."""
    catalog = CatalogFile.parse(path.name, path.read_bytes()).catalog
    return {one.id: one.string for one in catalog.messages}


def failing(monkeypatch, chance):
    """Make the calls that writing takes fail now and then, as on a full or broken disk."""
    real = {name: getattr(os, name) for name in ("fsync", "write", "replace", "rename")}
    replace = Path.replace

    def faulty(name, act):
        def call(*args, **options):
            if chance.random() < 0.25:
                number = chance.choice([errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS])
                raise OSError(number, os.strerror(number), name)
            return act(*args, **options)

        return call

    for name, act in real.items():
        monkeypatch.setattr(os, name, faulty(name, act))
    monkeypatch.setattr(Path, "replace", faulty("replace", replace))


def test_two_hundred_saves_with_faults_lose_nothing(workspace, monkeypatch):
    root, chance = workspace.project.root, random.Random(25)  # noqa: S311 - the same faults each time
    path = root / CATALOG
    place = workspace.place("en", "a.md")
    sources = [unit.text for unit in workspace.page("a.md").units]
    wanted = texts(path)
    done = failed = conflicts = 0
    said = set()
    for number in range(SAVES):
        n = chance.randrange(len(sources))
        source = sources[n]
        if number % 5 == 0:
            other = chance.choice(sources)
            outside = f"outside {number}"
            data = CatalogFile.parse(path.name, path.read_bytes())
            message = next(one for one in data.catalog.messages if one.id == other)
            changed = type(message)(message.id, outside, extracted=message.extracted)
            path.write_bytes(data.replace(changed).data)
            seen, wanted[other] = dict(wanted), outside
        else:
            seen = wanted
        change = EntryChange(f"text {number}", fuzzy=False, comment="")
        before = path.read_bytes()
        with monkeypatch.context() as patch:
            failing(patch, chance)
            try:
                save(
                    workspace, place, n, EntryChange(seen[source], fuzzy=False, comment=""), change
                )
            except ConflictError:
                conflicts += 1
                assert seen[source] != wanted[source]
                assert path.read_bytes() == before
            except ToolkitError as error:
                failed += 1
                said.update(one.text for one in error.problems)
                assert path.read_bytes() == before
            else:
                done += 1
                wanted[source] = change.text
        assert texts(path) == wanted
        assert not list(path.parent.glob(".*"))
    assert done + failed + conflicts == SAVES
    assert min(done, failed) > 30
    assert all(one.startswith("cannot be used: ") for one in said)
    assert conflicts


def test_a_save_that_is_killed_leaves_the_old_file_or_the_new_one(workspace):
    root = workspace.project.root
    path, others = root / CATALOG, texts(root / CATALOG)
    source = workspace.page("a.md").units[3].text
    for round_ in range(5):
        words = [sys.executable, "-c", PROGRAM, str(root), texts(path)[source]]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as running:
            for number in range(3 + round_):
                assert running.stdout
                assert running.stdout.readline() == f"{number}\n"
            time.sleep(0.003 * round_)
            running.kill()
        now = texts(path)
        # What was said to be saved is there.
        assert int(now[source].removeprefix("text ")) >= number
        assert {**now, source: ""} == {**others, source: ""}


@settings(max_examples=40)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60),
    st.booleans(),
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=20)),
)
def test_any_text_is_read_back_as_it_was_typed(tmp_path_factory, text, fuzzy, lines):
    root = tmp_path_factory.mktemp("any")
    project(root, {"a.md": "# 标题\n"}, 'source = "zh-Hans"\ntargets = ["en"]\n')
    workspace = Workspace(root)
    place = workspace.place("en", "a.md")
    change = EntryChange(text, fuzzy=fuzzy, comment="\n".join(lines))
    save(workspace, place, 0, EMPTY, change)
    message = workspace.catalog(place).messages[0]
    assert (message.string, message.fuzzy) == (change.text, change.fuzzy)
    assert "\n".join(message.comments) == change.comment
    before = (root / CATALOG).read_bytes()
    save(workspace, place, 0, change, change)
    assert (root / CATALOG).read_bytes() == before
