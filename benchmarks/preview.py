"""How fast `yiben preview` answers, and how much memory it takes.

    python benchmarks/preview.py

A project of 1,000 pages in 5 locales, a page of 500 units and one of 12,800 messages are made in a
temporary folder; the installed command serves them to Chromium, where keys are pressed. Each line
has the seconds that somebody waits, and those that all processes together computed meanwhile, which
say more on a busy machine. Checks of all pages run in the background, as they do for users.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Page, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = 1_000
LOCALES = ("en", "ja", "de", "ar", "fr")
KEYS = 120
SETTINGS = f'source = "zh-Hans"\ntargets = {list(LOCALES)!r}\n'.replace("'", '"')
YIBEN = Path(sys.executable).with_name("yiben")
WORDS = "集群 节点 安装 配置 服务 端口 日志 存储 网络 证书 镜像 容器 升级 备份 恢复 监控".split()
TYPE = """
async ([text, n]) => {
  const frame = document.querySelectorAll('iframe')[1].contentDocument;
  const box = document.querySelector('#translation');
  const block = frame.querySelector(`[data-unit="${n}"]`);
  const start = performance.now();
  const shown = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!block.textContent.includes(text) || block.dataset.state === 'untranslated') return;
      observer.disconnect();
      resolve();
    });
    const all = {subtree: true, childList: true, characterData: true, attributes: true};
    observer.observe(block, all);
  });
  box.value = text;
  box.dispatchEvent(new Event('input', {bubbles: true}));
  await shown;
  return performance.now() - start;
}
"""


def sentence(number: int) -> str:
    """A sentence like no other, with code and emphasis in it."""
    words = [WORDS[(number * step + step) % len(WORDS)] for step in (1, 3, 5, 7)]
    return f"{words[0]}{number}：先{words[1]}**{words[2]}**，再检查 `{words[3]}`。"


def page_of(units: int, first: int = 0) -> str:
    """A page with headings, paragraphs, lists and tables."""
    blocks = ["# 标题"]
    number = first
    while number < first + units - 1:
        kind = number % 20
        text = sentence(number)
        blocks.append(
            {0: f"## {text}", 5: f"- {text}", 6: f"!!! note\n\n    {text}"}.get(kind, text)
        )
        number += 1
    return "\n\n".join(blocks) + "\n"


def short_page(messages: int) -> str:
    """A page of many short texts, as a list of commands has them."""
    rows = (f"| {WORDS[n % 16]}{n} | {WORDS[n % 7]}{n}号 |" for n in range(messages // 2 - 1))
    return "# 表\n\n| 名称 | 说明 |\n|---|---|\n" + "\n".join(rows) + "\n"


def make(root: Path) -> None:
    """Write the project, half of it translated."""
    content = root / "content"
    content.mkdir()
    (root / "yiben.toml").write_text(SETTINGS, encoding="utf-8")
    for number in range(PAGES - 2):
        folder = content / f"part{number % 20}"
        folder.mkdir(exist_ok=True)
        (folder / f"page{number}.md").write_text(page_of(12, number * 12), encoding="utf-8")
    (content / "long.md").write_text(page_of(500, 900_000), encoding="utf-8")
    (content / "huge.md").write_text(short_page(12_800), encoding="utf-8")
    subprocess.run([YIBEN, "-C", str(root), "update", "-q"], check=True)
    for path in root.glob("locales/*/LC_MESSAGES/**/*.po"):
        text = path.read_text(encoding="utf-8")
        filled = re.sub(r'msgid "(.+)"\nmsgstr ""', _translated, text)
        path.write_text(filled, encoding="utf-8")


def _translated(match: re.Match[str]) -> str:
    half = sum(map(ord, match[1])) % 2
    return f'msgid "{match[1]}"\nmsgstr "{f"Text {match[1]}" if half else ""}"'


@dataclass(frozen=True)
class Took:
    """What something took, in seconds."""

    wall: float
    processor: float


def timed(act: Callable[[], Any]) -> Took:
    """Return what something takes."""
    computed, start = processor_time(), time.perf_counter()
    act()
    return Took(time.perf_counter() - start, processor_time() - computed)


def report(name: str, took: Took, limit: float, unit: str = "s") -> None:
    """Print what something took beside the limit for it."""
    digits = 2 if unit == "s" else 0
    wall, computed = (f"{one:8.{digits}f} {unit}" for one in (took.wall, took.processor))
    print(f"{name:28}{wall} waited {computed} computed   (limit {limit:g} {unit})", flush=True)


def processes() -> dict[int, tuple[int, float]]:
    """Return the parent of each process, and the seconds it computed with its ended children."""
    found = {}
    tick = os.sysconf("SC_CLK_TCK")
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text(errors="replace").rpartition(")")[2].split()
            found[int(path.parent.name)] = int(fields[1]), sum(map(int, fields[11:15])) / tick
    return found


def processor_time() -> float:
    """Return the seconds that the processes below this one computed."""
    known = processes()
    total, below = 0.0, {os.getpid()}
    while below:
        below = {pid for pid, (parent, _) in known.items() if parent in below}
        total += sum(known[pid][1] for pid in below)
    return total


def memory(pid: int, *, children: bool = False) -> float:
    """The megabytes that a process holds, with its children where these are asked for."""
    kilobytes = 0
    for path in Path("/proc").glob("[0-9]*/status"):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        fields = dict(re.findall(r"^(\w+):\s+(\d+)", text, re.MULTILINE))
        if str(pid) in {fields.get("Pid"), fields.get("PPid") if children else ""}:
            kilobytes += int(fields.get("VmRSS", 0))
    return kilobytes / 1024


def measure(pid: int, address: str) -> None:
    """Print what each thing takes."""
    chromium = os.environ.get("YIBEN_CHROMIUM") or shutil.which("chromium")
    base = address.partition("?")[0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        page.set_default_timeout(120_000)

        def overview() -> None:
            page.goto("about:blank")
            page.goto(base)
            page.wait_for_selector("table.pages tbody tr")

        def shown(name: str) -> Callable[[], None]:
            def act() -> None:
                page.goto("about:blank")
                page.goto(f"{base}#/en/{name}")
                page.wait_for_selector(".source-text:not(:empty)")

            return act

        page.goto(address)
        rows = "table.pages tbody tr"
        report("overview, first", timed(lambda: page.wait_for_selector(rows)), 10)
        report("overview, warm", middle([timed(overview) for _ in range(5)]), 1)
        report("page of 500 units", timed(shown("long.md")), 1)
        report("page of 500 units, again", timed(shown("long.md")), 1)
        keys(page)
        report("page of 12,800 messages", timed(shown("huge.md")), 3)
        both = memory(pid, children=True)
        print(
            f"memory                      {memory(pid):8.0f} MB, {both:.0f} with a second process"
            "   (limit 250 MB)"
        )
        print(f"load of the machine         {os.getloadavg()[0]:8.1f}")
        browser.close()


def middle(found: list[Took]) -> Took:
    """Return the medians of several times."""
    return Took(median(one.wall for one in found), median(one.processor for one in found))


def keys(page: Page) -> None:
    """Print how long it takes from a key to the block with its findings."""
    number = 250
    page.frame_locator("iframe").nth(1).locator(f'[data-unit="{number}"]').click()
    page.wait_for_timeout(500)
    text = "Install the cluster 250 first, then look at "
    texts = [f"{text}{'abcdefgh' * 20}"[: 31 + key] for key in range(KEYS)]
    computed = processor_time()
    found = [page.evaluate(TYPE, [one, number]) for one in texts]
    each = (processor_time() - computed) * 1000 / KEYS
    report("key to block, median", Took(median(found), each), 60, "ms")
    report("key to block, 95th percent", Took(quantiles(found, n=20)[-1], each), 150, "ms")


def main() -> None:
    """Make the project, serve and measure it."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make(root)
        words = [str(YIBEN), "-C", str(root), "preview", "--no-open"]
        with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as server:
            line = server.stderr.readline() if server.stderr else ""
            try:
                measure(server.pid, line.split()[-1])
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
