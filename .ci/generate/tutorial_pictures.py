"""Make the pictures of the tutorial and of the README, from the running programs.

    python .ci/generate/tutorial_pictures.py

Needs Chromium with Noto's fonts. The tutorial is followed in a folder of its own; the README's
picture has a piece of the case study, its message in a catalog, and the page that comes of it.
"""

from __future__ import annotations

import functools
import html
import http.server
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs/images"
YIBEN = Path(sys.executable).with_name("yiben")
STYLE = """
body { display: flex; gap: 14px; margin: 0; padding: 16px; width: 1248px; background: #fff;
  font: 14px/1.5 "Noto Sans", "Noto Sans CJK SC", sans-serif; align-items: stretch }
section { flex: 1; min-width: 0; border: 1px solid #ccd; border-radius: 8px; overflow: hidden }
h2 { margin: 0; padding: 7px 12px; font-size: 13px; background: #eef0f8; font-weight: 600 }
pre { margin: 0; padding: 12px; white-space: pre-wrap; overflow-wrap: anywhere;
  font: 12.5px/1.55 "Noto Sans Mono", "Noto Sans Mono CJK SC", monospace }
b { font-weight: 400; background: #fff3c4 } i { font-style: normal; color: #777 }
span { align-self: center; font-size: 26px; color: #667 }
"""


def take_tutorial(browser: Browser, folder: Path) -> None:
    """Follow the tutorial, and take its pictures on the way."""
    sys.path.insert(0, str(ROOT / "tests"))
    import tutorial  # noqa: PLC0415 # type: ignore[import-not-found]

    text = tutorial.PAGE.read_text(encoding="utf-8")
    updates = 0
    for command in tutorial.follow(text, folder):
        if command.words.startswith("mkdocs build"):
            take_site(browser, folder / "site")
        updates += command.words == "yiben update"
        if updates == 2:  # noqa: PLR2004 - the source has changed
            take_preview(browser, folder)
            return


def take_site(browser: Browser, site: Path) -> None:
    """Take the picture of the localized site, with its switcher open."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page(viewport={"width": 1100, "height": 460})
    page.route(re.compile("https://"), lambda route: route.abort())
    page.goto(f"http://127.0.0.1:{server.server_port}/zh-Hans/")
    page.hover(".md-header .md-select")
    page.wait_for_timeout(600)
    page.screenshot(path=PICTURES / "tutorial-site.png")
    page.close()
    server.shutdown()


def take_preview(browser: Browser, folder: Path) -> None:
    """Take the picture of the preview at the fuzzy message."""
    words = [str(YIBEN), "-C", str(folder), "preview", "--no-open"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as server:
        line = server.stderr.readline() if server.stderr else ""
        address = line.split()[-1]
        page = browser.new_page(viewport={"width": 1280, "height": 620})
        page.goto(address)
        page.wait_for_selector("table.pages")
        page.goto(f"{address.partition('?')[0]}#/zh-Hans/index.md/3")
        page.wait_for_selector(".source-text:not(:empty)")
        page.wait_for_timeout(1200)
        page.screenshot(path=PICTURES / "tutorial-preview.png")
        page.close()
        server.terminate()


def take_round_trip(browser: Browser) -> None:
    """Take the picture of page, catalog and page, from the examples of the README."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    after = text[text.index("## Before and after") :]
    page, message, built = re.findall(r"^```\w+\n(.*?)^```", after, re.MULTILINE | re.DOTALL)[:3]
    names = ("content/daocloud-case-study.md", "locales/de/…/daocloud-case-study.po")
    columns = zip((*names, "build/de/daocloud-case-study.md"), (page, message, built), strict=True)
    body = "<span>→</span>".join(
        f"<section><h2>{name}</h2><pre>{marked(code)}</pre></section>" for name, code in columns
    )
    sheet = browser.new_page(viewport={"width": 1280, "height": 400})
    sheet.set_content(f"<meta charset=utf-8><style>{STYLE}</style><body>{body}")
    sheet.screenshot(path=PICTURES / "round-trip.png", full_page=True)
    sheet.close()


def marked(code: str) -> str:
    """Return an example as HTML, with the words of the message marked."""
    code = html.escape(code.rstrip(), quote=False)
    code = re.sub(r"^#.*$", r"<i>\g<0></i>", code, flags=re.MULTILINE)
    return re.sub(r"徐俊杰 Paco,[^\n\"]*|Paco Xu \(Xu[^\n\"]*", r"<b>\g<0></b>", code)


def main() -> None:
    """Take all pictures."""
    chromium = os.environ.get("YIBEN_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        take_round_trip(browser)
        root = Path(folder) / "tea"
        root.mkdir()
        take_tutorial(browser, root)
        browser.close()


if __name__ == "__main__":
    main()
