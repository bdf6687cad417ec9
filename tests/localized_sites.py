"""Sites that a JavaScript program built in two locales, and what a reader of them sees."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import html
from projects import yiben

if TYPE_CHECKING:
    from pathlib import Path

PSEUDO = "en-XA"
_SECOND = "de-DE"
_HIDDEN = ".//script|.//style|.//pre|.//code|.//nav|.//header|.//footer|.//svg|.//template"
_FEWEST_WORDS = 2


@dataclass(frozen=True)
class Seen:
    """The content of a built page."""

    tags: list[str]
    links: list[str]
    """With the locale's folder taken off."""
    texts: list[str]
    """Blocks of text with more than one word."""


def localized_site(site: Path, root: Path, modules: Path, config: str) -> Path:
    """A copy of a site with settings by `init`, whose second locale becomes a pseudo-locale.

    It lies beside its packages: behind a link Astro takes a component for two.
    """
    root = modules / "sites" / root.name
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(site, root)
    for words in (["init"], ["update"], ["update", "--check"], ["build", "-l", PSEUDO]):
        done = yiben(root, *words)
        assert done.returncode == 0, (words, done.stderr)
    written = (root / config).read_text("utf-8")
    (root / config).write_text(written.replace(_SECOND, PSEUDO), "utf-8")
    return root


def run_node(root: Path, *words: str) -> None:
    """Run a program of the site's own."""
    environment = {**os.environ, "ASTRO_TELEMETRY_DISABLED": "1", "CI": "true"}
    folders = (folder / "node_modules/.bin" for folder in root.parents)
    program = next(folder / words[0] for folder in folders if (folder / words[0]).exists())
    command = [str(program), *words[1:]]
    done = subprocess.run(
        command, cwd=root, capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def seen(path: Path, content: str, skipped: str = _HIDDEN) -> Seen:
    """What of a built page is its own; `content` is an XPath to it."""
    root = html.fromstring(path.read_bytes())
    found = root.xpath(content)[0]
    for element in found.xpath(skipped):
        element.drop_tree()
    links = [str(link) for link in found.xpath(".//a/@href|.//img/@src")]
    tags = [element.tag for element in found.iter() if isinstance(element.tag, str)]
    texts = [" ".join(str(text).split()) for text in found.xpath(".//text()")]
    worded = [text for text in texts if len(re.findall(r"[^\W\d_]{2,}", text)) >= _FEWEST_WORDS]
    return Seen(tags, [link.replace(f"/{PSEUDO}/", "/") for link in links], worded)
