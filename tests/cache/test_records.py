"""What a command printed is given back where all that it rests on is as it was, and only there."""

import builtins
import io
import os
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from projects import project, translate, yiben, yiben_process
from varied_settings import SETTINGS

from toolkit.interfaces.cli import recording
from toolkit.project.cache import records, snapshot, version
from toolkit.project.files import remove, write_bytes
from toolkit.project.sealing import SealedError, sealed

PAGES = {
    "a.md": '# 安装\n\n先装它。[图](img/x.png) [b](guide/b.md#使用)\n\n!!! note "注意"\n\n    好\n',
    "guide/b.md": "# 使用\n\n再用它。[没有](../nowhere.md)\n",
    "img/x.png": "png",
}
COMMANDS = ("extract", "update", "build", "check", "stats")
FURTHER = (
    'source = "zh-Hans"\ntargets = ["en"]\noutput = "content/{stem}.{locale}.md"\n',
    'source = "zh-Hans"\ntargets = ["en"]\nsite = "mkdocs.yml"\nsite_output = "{locale}.yml"\n',
    'source = "zh-Hans"\ntargets = ["en"]\nstrings = { "data/*.yml" = ["title"] }\n',
    'source = "zh-Hans"\ntargets = ["en"]\nbaseline = "known.json"\nassets = "link"\n',
    (
        'source = "zh-Hans"\ntargets = ["en"]\n[[part]]\ncontent = "content/guide"\n'
        '[[part]]\ncontent = "content"\n'
    ),
)
SITE = "INHERIT: base.yml\nsite_name: 文档\nsite_url: https://x.example/\ndocs_dir: content\n"


def root_with(folder, settings):
    root = project(folder, PAGES, settings)
    for name, text in {
        "mkdocs.yml": SITE,
        "base.yml": "nav:\n  - 首页: a.md\n",
        "terms.csv": "source,target\n安装,Installation\n",
        "memory.po": 'msgid ""\nmsgstr "Language: en\\n"\n',
        "data/x.yml": "title: 标题\n",
        "known.json": '{"version": 1, "findings": []}',
    }.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def here(root, *words, **environment):
    return yiben(root, *words, XDG_CACHE_HOME="", **environment)


@pytest.fixture
def root(tmp_path):
    return root_with(tmp_path / "project", SETTINGS[0])


@pytest.fixture
def invoked(monkeypatch):
    """The commands that are gone through from now on, a second time without any change as well."""
    found = []
    plain = vars(recording)["_status"]

    def status(ctx, invoke):
        found.append(ctx.info_name)
        return plain(ctx, invoke)

    monkeypatch.setattr(recording, "_status", status)
    return found


@pytest.mark.parametrize("command", COMMANDS)
def test_a_second_run_does_nothing_at_all(root, invoked, command):
    here(root, command)
    # Whatever changes nothing is known when it ends.
    found = [command] if command in {"check", "stats"} else [command, command]
    assert invoked == found
    third = here(root, command)
    assert invoked == found
    assert third == here(root, command, "--no-cache")


def test_commands_stay_out_of_each_others_way(root, invoked):
    for command in COMMANDS:
        here(root, command)
    invoked.clear()
    printed = [here(root, command) for command in COMMANDS]
    assert invoked == []
    assert printed == [here(root, command, "--no-cache") for command in COMMANDS]


def _edit(root):
    (root / "content/a.md").write_text("# 安装好\n", encoding="utf-8")


def _same_size(root):
    path = root / "content/a.md"
    before, text = path.stat(), path.read_text(encoding="utf-8")
    path.write_text(text.replace("先", "后"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _output(root):
    (root / "build/en/a.md").write_text("mine\n", encoding="utf-8")


def _gone(root):
    (root / "build/en/guide/b.md").unlink()


def _fresh(root):
    (root / "content/guide/c.md").write_text("# 新\n", encoding="utf-8")


def _asset(root):
    (root / "content/img/x.png").write_bytes(b"other")


def _translation(root):
    translate(root / "locales/en/LC_MESSAGES/a.po", {"安装": "Installation"})


def _settings(root):
    (root / "yiben.toml").write_text(SETTINGS[1], encoding="utf-8")


def _nearer_settings(root):
    (root / "content/yiben.toml").write_text('content = "."\n' + SETTINGS[1], encoding="utf-8")


def _manifest(root):
    (root / "build/.yiben-built").unlink()


def _leftover(root):
    (root / "build/en/.a.md.xyz.yiben-part").write_bytes(b"")


EDITS = (_edit, _same_size, _output, _gone, _fresh, _asset, _translation, _settings, _manifest)


@pytest.mark.parametrize("edit", [*EDITS, _leftover])
def test_any_change_is_seen(root, invoked, edit):
    here(root, "update")
    here(root, "build")
    invoked.clear()
    edit(root)
    here(root, "build")
    assert invoked[:1] == ["build"]
    assert not list(root.rglob("*.yiben-part"))


MOMENTS = (
    ("check", "_first_look"),
    ("check", "_whole_look"),
    ("stats", "_whole_look"),
    ("extract", "_snapshot"),
    ("extract", "_is_still"),
)
"""Commands, with what one of them looks at while a file changes."""


@pytest.mark.parametrize("edit", [_edit, _same_size, _fresh, _translation, _settings])
@pytest.mark.parametrize(("command", "moment"), MOMENTS)
def test_a_change_between_reading_and_the_end_is_seen(root, monkeypatch, command, moment, edit):
    here(root, "update", "--no-cache")
    with monkeypatch.context() as patch:
        is_first = moment == "_first_look"
        owner = recording if is_first else vars(recording)["_Recording"]
        plain = getattr(owner, moment)

        def late(*words):
            found = plain(*words) if is_first else None
            edit(root)
            return found if is_first else plain(*words)

        patch.setattr(owner, moment, late)
        here(root, command)
    second = [here(root, command) for _ in range(2)][1]
    assert second == here(root, command, "--no-cache")


def test_settings_that_are_nearer_count(root, invoked):
    words = ("-C", "content", "stats")
    here(root, *words)
    invoked.clear()
    here(root, *words)
    assert invoked == []
    _nearer_settings(root)
    here(root, *words)
    assert invoked != []


@pytest.mark.parametrize(
    "change", [{"FORCE_COLOR": "1"}, {"SOURCE_DATE_EPOCH": "1"}, {"XDG_CACHE_HOME": "home"}]
)
def test_the_environment_counts(root, invoked, change):
    yiben(root, "check", XDG_CACHE_HOME="")
    invoked.clear()
    shown = yiben(root, "check", **{"XDG_CACHE_HOME": "", **change})
    assert invoked != []
    assert ("\x1b[" in shown.stdout) == ("FORCE_COLOR" in change)


def test_other_code_counts(root, invoked, monkeypatch):
    here(root, "check")
    invoked.clear()
    monkeypatch.setattr(version.Code, "listing", "other code")
    here(root, "check")
    assert invoked != []


@pytest.mark.parametrize("words", [["-q"], ["-v"], ["-l", "en"], ["--format", "json"]])
def test_a_record_is_for_its_own_options(root, words):
    here(root, "check")
    for _ in range(2):
        assert here(root, "check", *words) == here(root, "check", *words, "--no-cache")


def test_what_cannot_be_known_is_not_recorded(root, invoked):
    for words in (["build", "content/a.md"], ["check", "-o", "report.txt"], ["check", "--fix"]):
        here(root, *words)
        here(root, *words)
    assert invoked == []


def test_streams_keep_their_order(root):
    first, second, third = (yiben_process(root, "check", XDG_CACHE_HOME="") for _ in range(3))
    assert first == second == third
    assert "".join(first.stdout.split("\n")[-2:]).startswith("6 errors")


def test_a_file_is_not_read_again_once_it_has_settled(tmp_path, monkeypatch):
    path = tmp_path / "a"
    path.write_bytes(b"a")
    question = ("file", "a")
    first = snapshot.taken(str(tmp_path), [question], {})
    assert first[question].stamp == []
    late = time.time_ns() + 10_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: late)
    settled = snapshot.taken(str(tmp_path), [question], first)
    assert settled[question].stamp
    monkeypatch.setattr(snapshot, "_file", None)
    assert snapshot.taken(str(tmp_path), [question], settled) == settled


def test_no_change_passes_a_seal(tmp_path):
    place = tmp_path / "b"
    place.touch()
    for change in (partial(write_bytes, tmp_path / "a", b"", "a"), partial(remove, place, "b")):
        with sealed(), pytest.raises(SealedError):
            change()
    assert list(tmp_path.iterdir()) == [place]


class Watch:
    """What a command asks the system about files."""

    def __init__(self, root, patch):
        self.root, self.on = str(root), False
        self.opened, self.listed, self.asked = set(), set(), set()
        for owner, name, found in (
            (builtins, "open", self.opened),
            (io, "open", self.opened),
            (os, "open", self.opened),
            (os, "scandir", self.listed),
            (os, "listdir", self.listed),
            (os, "stat", self.asked),
            (os, "lstat", self.asked),
            (os, "readlink", self.asked),
        ):
            patch.setattr(owner, name, self._watched(getattr(owner, name), found))

    def _watched(self, plain, found):
        def watched(path=".", *words, **more):
            if self.on and isinstance(path, str | Path):
                place = os.path.normpath(os.path.join(os.getcwd(), path))  # noqa: PTH109, PTH118
                if f"{place}/".startswith(f"{self.root}/"):
                    found.add(os.path.relpath(place, self.root))
            return plain(path, *words, **more)

        return watched


def is_known(root, name, names, folders):
    """Whether the name, or that of a folder above that is not there, is in a list of a folder."""
    place = Path(name)
    around = next((one for one in place.parents if str(one) in folders), None)
    if name in names or around is None:
        return name in names
    child = root / around / place.relative_to(around).parts[0]
    return place.parent == around or not child.is_dir()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="pathlib asks the system in other ways")
@pytest.mark.parametrize("settings", [*SETTINGS, *FURTHER])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_record_rests_on_all_that_was_read(tmp_path, monkeypatch, command, settings):
    root = root_with(tmp_path / "project", settings)
    here(root, "update", "--no-cache")
    here(root, "build", "--no-cache")
    kept, watch = [], Watch(root, monkeypatch)
    plain, write = vars(recording)["_status"], records.Record.to_bytes

    def status(ctx, invoke):
        watch.on = True
        try:
            return plain(ctx, invoke)
        finally:
            watch.on = False

    def to_bytes(record):
        kept.append(record)
        return write(record)

    monkeypatch.setattr(recording, "_status", status)
    monkeypatch.setattr(records.Record, "to_bytes", to_bytes)
    here(root, command)
    assert len(kept) == 1
    rests = kept[0].snapshot
    names = {os.path.relpath(root / name, root) for _, name in rests}
    files = {os.path.relpath(root / name, root) for kind, name in rests if kind == "file"}
    folders = {os.path.relpath(root / name, root) for kind, name in rests if kind == "folder"}
    # A pattern looks into `data`; an extraction clears away what killed runs left in `locales`.
    ours = (".yiben", "locales", "data") if command == "extract" else (".yiben", "data")
    # The lock opens the project's folder itself, which tells nothing of what is in it.
    assert not {one for one in watch.opened - files - {"."} if not one.startswith(ours)}
    assert not {one for one in watch.listed - folders if not one.startswith(ours)}
    assert not {
        one
        for one in watch.asked
        if not is_known(root, one, names, folders) and not one.startswith(ours) and one != "."
    }


def test_a_run_with_little_to_do_is_not_gone_through_again(tmp_path, invoked):
    """The next one that finds all results is recorded, and the one after it does nothing."""
    root = project(tmp_path, {f"{number}.md": f"# 第{number}页\n" for number in range(12)})
    here(root, "update")
    (root / "content" / "3.md").write_text("# 改了\n", encoding="utf-8")
    invoked.clear()
    here(root, "update")
    assert invoked == ["update"]
    first = here(root, "update")
    recorded = len(invoked)
    assert here(root, "update").stderr == first.stderr
    assert len(invoked) == recorded
