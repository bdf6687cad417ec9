"""Promise: whatever is edited, moved or damaged, runs with a cache are as those without."""

import io
import os
import random
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from projects import project, yiben
from varied_settings import SETTINGS

from toolkit.project.cache import snapshot

PAGES = ("a.md", "b.md", "guide/c.md")
BLOCKS = (
    "# 安装\n",
    "# 使用\n",
    "先装好 Kubernetes。\n",
    "再看[安装](a.md#安装)与[使用](guide/c.md#使用)。\n",
    "!!! note\n\n    请注意。\n",
    '=== "方法一"\n\n    如此。\n',
    "- 一\n- 二\n",
    "![图](img/x.png) 说明\n",
    "[没有](nowhere.md)\n",
    "```sh\nls\n```\n",
)
OLD = (
    "# Install\n",
    "# Use\n",
    "First install Kubernetes.\n",
    "Then see [install](a.md#install) and [use](guide/c.md#use).\n",
    "!!! note\n\n    Note this.\n",
    "- one\n- two\n",
    "```sh\nls\n```\n",
)
"""The blocks of pages that were translated by hand."""
TEXTS = ("Install", "Use <b>it</b>", "See [here](a.md#安装).", "- one", "", "安装", "Two `ticks`")
COMMANDS = (
    *(("extract",), ("extract", "--check"), ("update",), ("update", "--check"), ("stats",)),
    *(
        ("build",),
        ("build", "-l", "en"),
        ("build", "--check"),
        ("build", "content/a.md"),
        ("build", "--diff"),
    ),
    ("build", "-l", "en-XA", "--explain"),
    *(("check",), ("check", "-l", "en"), ("check", "content/a.md"), ("check", "--format", "json")),
    ("check", "--min-complete", "50"),
    ("check", "--fix"),
    ("update", "--purge"),
    ("update", "--fill"),
    ("stats", "--format", "json"),
    ("import", "content", "old", "-l", "en"),
    ("import", "content", "old/{path}", "-l", "en", "--overwrite"),
)


@dataclass(frozen=True)
class Step:
    """An edit of both projects."""

    kind: str
    seed: int

    def apply(self, root):
        chance = random.Random(self.seed)  # noqa: S311 - no secret
        getattr(self, f"_{self.kind}")(root, chance)

    def _write(self, root, chance):
        page = root / "content" / chance.choice(PAGES)
        page.parent.mkdir(exist_ok=True, parents=True)
        page.write_text("\n".join(chance.choices(BLOCKS, k=chance.randint(0, 6))), encoding="utf-8")

    def _old(self, root, chance):
        for name in chance.sample(PAGES, 2):
            page = root / "old" / name
            page.parent.mkdir(exist_ok=True, parents=True)
            page.write_text("\n".join(chance.choices(OLD, k=chance.randint(1, 6))), "utf-8")

    def _break(self, root, chance):
        page = root / "content" / chance.choice(PAGES)
        page.parent.mkdir(exist_ok=True, parents=True)
        page.write_bytes(b"# \xff\n")

    def _delete(self, root, chance):
        files = sorted(path for path in root.rglob("*") if _is_theirs(path, root))
        if files:
            chance.choice(files).unlink()

    def _move(self, root, chance):
        pages = sorted((root / "content").rglob("*.md"))
        if pages:
            place = root / "content" / chance.choice(("d.md", *PAGES))
            place.parent.mkdir(exist_ok=True, parents=True)
            chance.choice(pages).replace(place)

    def _translate(self, root, chance):
        catalogs = sorted(root.rglob("*.po"))
        if not catalogs:
            return
        path = chance.choice(catalogs)
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
        places = [n for n, line in enumerate(lines) if line == 'msgstr ""' and n > 20]
        for place in chance.sample(places, min(len(places), 3)):
            lines[place] = f'msgstr "{chance.choice(TEXTS)}"'
        path.write_text("\n".join(lines), encoding="utf-8")

    def _spoil(self, root, chance):
        catalogs = sorted(root.rglob("*.po"))
        if catalogs:
            with chance.choice(catalogs).open("a", encoding="utf-8") as file:
                file.write(chance.choice(('msgid "x', '\nmsgid "新"\nmsgstr "new"\n', "\n# end\n")))

    def _settings(self, root, chance):
        (root / "yiben.toml").write_text(chance.choice(SETTINGS), encoding="utf-8")
        (root / "mkdocs.yml").write_text(
            "site_name: 文档\nnav:\n  - 首页: a.md\n", encoding="utf-8"
        )
        (root / "terms.csv").write_text("source,target\n安装,Installation\n", encoding="utf-8")
        if chance.random() < 0.5:
            text = 'msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "一"\nmsgstr "one"\n'
            (root / "memory.po").write_text(text, encoding="utf-8")
        else:
            (root / "memory.po").unlink(missing_ok=True)

    def _output(self, root, chance):
        outputs = sorted(path for path in (root / "build").rglob("*") if path.is_file())
        if outputs:
            chance.choice(outputs).write_text(chance.choice(TEXTS), encoding="utf-8")

    def _touch(self, root, chance):
        """Write a file again, or with other bytes that its size and its time do not tell of."""
        files = sorted(path for path in root.rglob("*") if _is_theirs(path, root))
        if files:
            path = chance.choice(files)
            before, data = path.stat(), path.read_bytes()
            path.write_bytes(data if chance.random() < 0.5 else data[::-1])
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    def _asset(self, root, chance):
        path = root / "content" / "img" / "x.png"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(f"<svg>{chance.random()}</svg>", encoding="utf-8")


def _is_theirs(path, root):
    name = path.relative_to(root).as_posix()
    return path.is_file() and not name.startswith((".yiben", "yiben.toml"))


KINDS = (
    *("write", "break", "delete", "move", "translate", "spoil", "settings", "asset"),
    *("output", "touch", "old"),
)
STEPS = st.builds(Step, st.sampled_from((*KINDS, "write", "translate")), st.integers(0, 999))
ENVIRONMENTS = st.sampled_from(
    ({}, {}, {"FORCE_COLOR": "1"}, {"COLUMNS": "20"}, {"NO_COLOR": "1"}, {"LANG": "de_DE.UTF-8"})
)
ROUNDS = st.lists(
    st.tuples(
        st.lists(STEPS, max_size=2),
        st.sampled_from(COMMANDS),
        ENVIRONMENTS,
        st.integers(1, 3),
    ),
    min_size=2,
    max_size=8,
)
DAMAGES = st.lists(st.sampled_from(("", "", "", "cut", "flip", "fill", "gone")), max_size=8)


def damage(root, how):
    path = root / ".yiben" / "cache.sqlite"
    if not how or not path.exists():
        return
    data = bytearray(path.read_bytes())
    if how == "cut":
        del data[len(data) // 2 :]
    elif how == "flip":
        for place in range(100, len(data), 997):
            data[place] ^= 255
    elif how == "fill":
        data = bytearray(b"no database at all")
    if how == "gone":
        shutil.rmtree(path.parent)
    else:
        path.write_bytes(data)


def files(root):
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not name.startswith(".yiben/"):
            found[name] = path.read_bytes()
    return found


def both(folder, rounds, damages):
    roots = [project(folder / name, {"a.md": BLOCKS[0] + "\n" + BLOCKS[2]}) for name in "xy"]
    for number, (steps, command, environment, times) in enumerate(rounds):
        for root in roots:
            for step in steps:
                step.apply(root)
        for how in damages[number : number + 1]:
            damage(roots[0], how)
        # The date is part of what decides: a repeated command has the same one.
        dated = {"SOURCE_DATE_EPOCH": str(1_000_000_000 + number * 86_400), "XDG_CACHE_HOME": ""}
        for _ in range(times):
            cached, plain = (
                yiben(root, *command, *words, stdin=b"", **dated, **environment)
                for root, words in zip(roots, ([], ["--no-cache"]), strict=True)
            )
            assert cached == plain, (rounds, damages)
            assert files(roots[0]) == files(roots[1]), (rounds, damages)
    assert not (roots[1] / ".yiben").exists()


@pytest.fixture(scope="module", autouse=True)
def _quickly_settled():
    """Files count as settled after twice the time between ticks, so that some do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshot, "_SETTLED", 20_000_000)
        yield


@given(ROUNDS, DAMAGES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_runs_with_a_cache_are_as_those_without(tmp_path_factory, rounds, damages):
    both(tmp_path_factory.mktemp("both"), rounds, damages)


class Change:
    """Applies a step to a project when the system was asked some times about files."""

    def __init__(self, root, step, after, patch):
        self.root, self.step, self.left = root, step, after
        for owner, name in ((os, "lstat"), (os, "stat"), (os, "scandir"), (io, "open")):
            patch.setattr(owner, name, self._counted(getattr(owner, name)))

    def _counted(self, plain):
        def counted(path=".", *words, **more):
            if isinstance(path, str | Path) and str(path).startswith(str(self.root)):
                self.left -= 1
                if self.left == 0:
                    self.step.apply(self.root)
            return plain(path, *words, **more)

        return counted


@given(
    st.lists(STEPS, max_size=3),
    STEPS,
    st.sampled_from([one for one in COMMANDS if one[0] in {"extract", "update", "build", "check"}]),
    st.integers(1, 400),
    st.booleans(),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_change_during_a_run_is_seen_by_the_next(
    tmp_path_factory, steps, during, command, after, settled
):
    folder = tmp_path_factory.mktemp("during")
    root = project(folder / "x", {"a.md": BLOCKS[0] + "\n" + BLOCKS[2]})
    for step in steps:
        step.apply(root)
    dated = {"SOURCE_DATE_EPOCH": "1000000000", "XDG_CACHE_HOME": ""}
    yiben(root, "update", "--no-cache", stdin=b"", **dated)
    time.sleep(0.05 if settled else 0)
    with pytest.MonkeyPatch.context() as patch:
        Change(root, during, after, patch)
        yiben(root, *command, stdin=b"", **dated)
    shutil.copytree(root, folder / "y", ignore=shutil.ignore_patterns(".yiben"), symlinks=True)
    for _ in range(2):
        cached, plain = (
            yiben(root, *command, stdin=b"", **dated),
            yiben(folder / "y", *command, "--no-cache", stdin=b"", **dated),
        )
        assert cached == plain
        assert files(root) == files(folder / "y")
