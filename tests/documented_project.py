"""The project in which the commands of the documentation are run, as its examples want it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from typing import TYPE_CHECKING

from projects import write_files, yiben

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from projects import Run

SETTINGS = """\
source = "en"
targets = ["de", "ja", "ar", "fr", "zh", "en-GB"]
content = "docs"
exclude = ["en/*", "zh/*", "ja/*", "*.de.md"]
output = "build/{locale}/{path}"
site = "mkdocs.yml"
site_output = "mkdocs.{locale}.yml"
"""
PARTS = """\
[[part]]
source = "en"
targets = ["de", "zh-Hans"]
content = "docs"
exclude = ["en/*", "*.de.md"]

[[part]]
source = "zh-Hans"
targets = ["en"]
content = "docs/zh"
"""
DRIFT = """\
source = "en"
targets = ["ja"]
content = "docs/en"
output = "docs/{locale}/{path}"
"""
GUIDE = "# Guide\n\nThe water boils now. See [the start](index.md).\n\n## More\n\nWait a minute.\n"
LEITFADEN = (
    "# Anleitung\n\nDas Wasser kocht jetzt. Siehe [Anfang](index.md).\n\n"
    "## Mehr\n\nEine Minute warten.\n"
)
PAGES = {
    "docs/index.md": "# Start\n\nThis page leads to [a guide](guide.md) for everybody.\n",
    "docs/guide.md": GUIDE,
    "docs/guide.de.md": LEITFADEN,
    "docs/guide/install.md": "# Install\n\nPut the kettle on the table first.\n",
    "docs/zh/a.md": "# 指南\n\n水烧开了。\n",
    "docs/en/a.md": "# Guide\n\nThe water boils.\n",
    "docs/ja/a.md": "# ガイド\n\nお湯が沸きました。\n",
    "docs/ja/guide.md": "# ガイド\n\nお湯が沸きました。\n\n## 続き\n\n一分待ちます。\n",
    "old/guide.de.md": LEITFADEN,
    "i18n/de/guide.md": LEITFADEN,
    "i18n/zh-Hans/guide.md": "# 指南\n\n水烧开了。见[开始](index.md)。\n\n## 更多\n\n等一分钟。\n",
    "content/page.md": GUIDE,
    "page.md": GUIDE,
    "po/zh-CN.po": 'msgid ""\nmsgstr "Language: zh_CN\\n"\n\nmsgid "Guide"\nmsgstr "指南"\n',
    "prices.toml": 'currency = "EUR"\nnew = 0.12\n',
    "mkdocs.yml": "site_name: Tea\ndocs_dir: docs\nplugins: []\n",
    "yiben.toml": SETTINGS,
}
FOREIGN = re.compile(
    r"(mdbook|hugo|npx|pip|docker|bash|mkdocs|sphinx-build|pybabel|python3|MDBOOK\w*=\w+) "
)
"""Programs that other tests run, or that build this very project."""
SERVING = re.compile(
    r"yiben (init -t en|preview(?!.*--export)|site serve|merge-driver|submit|verify)"
)
"""Commands that end when somebody stops them, or that need what other tests make."""


def write_project(root: Path) -> Path:
    """Write the project, with a history in git."""
    write_files(root, PAGES)
    for words in (
        "init -q -b main",
        "add .",
        "commit -qm One",
        "tag v2.0",
        "branch german",
        "update-ref refs/remotes/origin/main HEAD",
    ):
        run_git(root, *words.split())
    return root


def run_git(root: Path, *words: str) -> None:
    """Run git as somebody who has no settings."""
    who = {
        f"GIT_{role}_{key}": "a@b" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")
    }
    subprocess.run(["git", *words], cwd=root, check=True, env=os.environ | who)


def run_commands(text: str, root: Path) -> Iterator[tuple[str, Run]]:
    """Run the commands of a page one after the other; iterate over those that are ours."""
    for block in re.findall(r"^ *```sh\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL):
        for line in () if "while " in block else block.splitlines():
            command = line.strip()
            if FOREIGN.match(command) or SERVING.match(command):
                continue
            words = shlex.split(command, comments=True)
            if words[0] != "yiben":
                subprocess.run(["bash", "-c", command], cwd=root, check=True)
                continue
            end = next((at for at, word in enumerate(words) if word in {">", ">>"}), len(words))
            yield command, yiben(root, *words[1:end])
