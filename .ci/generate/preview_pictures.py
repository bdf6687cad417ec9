"""Make the pictures of the preview in docs/images, from the case study.

    python .ci/generate/preview_pictures.py

Needs Chromium with Noto's fonts. Some entries of a copy are made fuzzy, open or wrong, so that the
pictures show each state.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from toolkit.catalogs.po import CatalogFile
from toolkit.model.catalog import Message

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs/images"
PAGE = "daocloud-case-study.md"
YIBEN = Path(sys.executable).with_name("yiben")


def demonstrated(number: int, message: Message) -> Message:
    """Return a message in the state that the pictures show it in."""
    match number % 9:
        case 4:
            old = message.id.replace("云原生", "云计算", 1)
            return replace(message, flags=("fuzzy",), previous_id=old)
        case 6:
            return replace(message, string="")
    lost = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", message.string)
    return replace(message, string=lost)


def make_project(folder: Path) -> None:
    """Copy the project and change some of its catalogs."""
    for name in ("content", "locales"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    settings = text.partition("[tool.yiben]\n")[2].partition("\n\n[")[0]
    (folder / "yiben.toml").write_text(settings, encoding="utf-8")
    for locale in ("en", "ar", "ja"):
        path = folder / "locales" / locale / "LC_MESSAGES" / f"{Path(PAGE).stem}.po"
        file = CatalogFile.parse(path.name, path.read_bytes())
        changed = [demonstrated(*pair) for pair in enumerate(file.catalog.messages)]
        catalog = replace(file.catalog, messages=tuple(changed))
        path.write_bytes(file.with_catalog(catalog).data)


def take(page: Page, address: str) -> None:
    """Take the pictures."""
    page.goto(address)
    page.wait_for_selector("table.pages")
    page.goto(f"{address.partition('?')[0]}#/en/{PAGE}/4")
    shown(page)
    page.screenshot(path=PICTURES / "preview-page.png")
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.goto(f"{address.partition('?')[0]}#/en/{PAGE}/1")
    shown(page)
    before = page.input_value("#translation")
    page.fill("#translation", "The word is [here](https://elsewhere.example)")
    page.wait_for_selector(".finding.refused")
    page.wait_for_timeout(300)
    page.locator(".panel").screenshot(path=PICTURES / "preview-editor.png")
    page.fill("#translation", before)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{address.partition('?')[0]}#/ar/{PAGE}/4")
    shown(page)
    page.screenshot(path=PICTURES / "preview-arabic.png")
    page.goto(f"{address.partition('?')[0]}#/")
    page.wait_for_selector("a.card.resume")
    page.wait_for_selector(".badge")
    page.wait_for_timeout(300)
    page.screenshot(
        path=PICTURES / "preview-overview.png", clip={"x": 0, "y": 0, "width": 1280, "height": 520}
    )


def shown(page: Page) -> None:
    """Wait until a page with its texts is shown."""
    page.wait_for_selector(".source-text:not(:empty)")
    page.wait_for_selector(".help h3")
    page.wait_for_timeout(600)


def main() -> None:
    """Serve the project and take the pictures."""
    chromium = os.environ.get("YIBEN_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = Path(folder) / "yiben"
        root.mkdir()
        make_project(root)
        browser = playwright.chromium.launch(executable_path=chromium)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        words = [str(YIBEN), "-C", str(root), "preview", "--no-open"]
        with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as server:
            try:
                line = server.stderr.readline() if server.stderr else ""
                take(page, line.split()[-1])
            finally:
                server.terminate()
        browser.close()


if __name__ == "__main__":
    main()
