"""How long the status page of a large project takes, and how large it is.

    python benchmarks/status.py [FOLDER]

Makes 300 pages in eight locales with a history of fifty commits, checks it once, as a CI does, and
writes the page: 5 s and 400 kB are the limits. Then once more without what the check has kept.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

YIBEN = Path(sys.executable).with_name("yiben")
PAGES, COMMITS, CATALOGS = 300, 50, 60
LOCALES = ("en", "ja", "de", "ar", "zh-Hant", "ko", "fr", "es")
SECTIONS = ("guide", "install", "reference", "blog", "api", "faq")
WORDS = "安装 配置 集群 节点 服务 存储 网络 升级 镜像 容器 查看 删除 创建 运行".split()
STATS = ("stats", "--format", "html", "--history", "--badge")


def main() -> None:
    """Print the times and the size."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(sys.argv[1] if len(sys.argv) > 1 else folder)
        make(root)
        target = root.parent / "status"
        spent = run(root, "-q", "check", "--format", "json", "-o", f"{root.parent}/findings.json")
        print(f"check: {spent}")
        for name, words in (("behind it", ()), ("alone", ("--no-cache",))):
            spent = run(root, "-q", *STATS, "--export", str(target), *words)
            size = (target / "index.html").stat().st_size
            print(f"page {name}: {spent}, {size / 1000:.0f} kB")


def run(root: Path, *words: str) -> str:
    """Run the command in a project; return its time, and that of its processors."""
    start, before = time.perf_counter(), os.times()
    subprocess.run([str(YIBEN), *words], cwd=root, check=False, stderr=subprocess.DEVNULL)
    after, spent = os.times(), time.perf_counter() - start
    own = after.children_user + after.children_system
    return f"{spent:.2f} s ({own - before.children_user - before.children_system:.2f} s of work)"


def make(root: Path) -> None:
    """Make the project with its history."""
    rng = random.Random(34)  # noqa: S311 - no secret
    root.mkdir(parents=True, exist_ok=True)
    tags = ", ".join(f'"{tag}"' for tag in LOCALES)
    (root / "yiben.toml").write_text(f'source = "zh-Hans"\ntargets = [{tags}]\n', encoding="utf-8")
    for number in range(PAGES):
        path = root / "content" / rng.choice(SECTIONS) / f"page-{number:03}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        title = f"# {_text(rng, 3)} {number}\n\n"
        path.write_text(title + "\n".join(_block(rng) for _ in range(4)), encoding="utf-8")
    run(root, "-q", "update")
    git(root, 0, "init", "-q", "-b", "main")
    (root / ".gitignore").write_text(".yiben\n", encoding="utf-8")
    catalogs = sorted(root.glob("locales/*/LC_MESSAGES/**/*.po"))
    for day in range(COMMITS):
        for path in rng.sample(catalogs, CATALOGS) if day else ():
            translate(path, rng)
        git(root, day, "add", "--all")
        git(root, day, "commit", "-q", "-m", "work")


def _block(rng: random.Random) -> str:
    return f"## {_text(rng, 2)}\n\n{_text(rng, 12)}。\n\n- {_text(rng, 6)}\n"


def _text(rng: random.Random, words: int) -> str:
    return "".join(rng.choice(WORDS) for _ in range(words))


def translate(path: Path, rng: random.Random) -> None:
    """Translate most messages of a catalog."""
    source, lines = "", []
    for line in path.read_text(encoding="utf-8").split("\n"):
        source = line[7:-1] if line.startswith('msgid "') else source
        is_open = line == 'msgstr ""' and source and rng.random() < 0.8  # noqa: PLR2004
        lines.append(f'msgstr "Text about {len(source)} things"' if is_open else line)
    path.write_text("\n".join(lines), encoding="utf-8")


def git(root: Path, day: int, *words: str) -> None:
    """Run git on a day of its own."""
    when = f"2026-{1 + day // 28:02}-{1 + day % 28:02}T12:00:00+0000"
    roles = (f"GIT_{role}_{part}" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL"))
    who = dict.fromkeys(roles, "a@example.org")
    dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    subprocess.run(["git", *words], cwd=root, check=True, env={**os.environ, **who, **dates})


if __name__ == "__main__":
    main()
