"""Make the pictures of the case study's pages and of an import's report.

    python .ci/generate/site_pictures.py

Needs Chromium with Noto's fonts.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from browsing import served  # noqa: E402 # type: ignore[import-not-found]

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURES = ROOT / "docs/images"
PROGRAMS = Path(sys.executable).parent
PAGE = "daocloud-case-study"
SETTINGS = 'source = "zh-Hans"\ntargets = ["en"]\n'


def run(folder: Path, *words: str) -> None:
    """Run one of the programs; an import ends with 1 where something is left over."""
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    program, *rest = words
    done = subprocess.run([PROGRAMS / program, *rest], cwd=folder, env=quiet, check=False)
    if done.returncode not in {0, 1}:
        raise SystemExit(f"failed: {' '.join(words)}")


def take_pages(browser: Browser, folder: Path) -> None:
    """Take the pictures of the case study in three languages."""
    run(ROOT, "mkdocs", "build", "--strict", "--site-dir", str(folder))
    with served(folder) as address:
        for name, start in (("zh", ""), ("en", "en/"), ("ar", "ar/")):
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(f"{address}{start}case-study/{PAGE}/")
            page.wait_for_timeout(500)
            page.screenshot(path=PICTURES / f"{name}.png")
            page.close()


def take_report(browser: Browser, root: Path) -> None:
    """Take the picture of the report of an import in which texts have no partner."""
    source = ROOT / f"content/{PAGE}.md"
    catalog = ROOT / f"locales/en/LC_MESSAGES/{PAGE}.po"
    for folder in ("content", "old"):
        (root / folder).mkdir()
    shutil.copy(source, root / "content")
    (root / "yiben.toml").write_text(SETTINGS, encoding="utf-8")
    old = root / f"old/{PAGE}.md"
    run(root, "yiben", "po2md", f"content/{PAGE}.md", str(catalog), "-o", str(old))
    text = old.read_text(encoding="utf-8")
    text = re.sub(r"^!!! note.*?\n(?=\S)", "", text, count=1, flags=re.MULTILINE | re.DOTALL)
    review = "\n\nThis page was last reviewed in March 2023.\n"
    text = re.sub(r"^## .*\n", lambda one: f"{one[0]}{review}", text, count=1, flags=re.MULTILINE)
    old.write_text(text, encoding="utf-8")
    run(root, "yiben", "import", "content", "old", "-l", "en", "--report", "pairs.html")
    page = browser.new_page(viewport={"width": 1000, "height": 1500})
    page.goto((root / "pairs.html").as_uri())
    page.screenshot(path=PICTURES / "import.png")
    page.close()


def main() -> None:
    """Take all pictures."""
    chromium = os.environ.get("YIBEN_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        for name, take in (("site", take_pages), ("report", take_report)):
            (Path(folder) / name).mkdir()
            take(browser, Path(folder) / name)
        browser.close()


if __name__ == "__main__":
    main()
