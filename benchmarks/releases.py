"""What becomes of translations from one real release of a site to the next, and by which tool.

    python benchmarks/releases.py [--repositories DIR] [--site NAME]… [--gold FILE] [--rivals]
    python benchmarks/releases.py --folders OLD OLD_TRANSLATION NEW NEW_TRANSLATION \
        --dialect gfm --locales en de

The pages of the older release are imported with their translations; then their sources are those of
the newer one, and the catalogs are brought up to date. What the newer release's own translators
wrote, where the import is sure of it, is the gold (`--gold` keeps it, so that two versions of us
are held against the same one); where they translated a text in several ways, each is right. Of
every message with gold:

- useful: what is offered, translated or fuzzy, is at least half of the gold's letters (rapidfuzz);
- written: the same of the letters that do not stand in the source: code, targets, ids and names
  are there to be copied, and an offer that has nothing else in common is of no use;
- misleading: it is less than 30 %; of all that is offered, and of the suggestions, which are fuzzy
  and name the text they are from (what is fuzzy without one was fuzzy in the old catalogs already);
- lost: nothing useful is offered, though some old translation is at least half of the gold.

With `--rivals` also `msgmerge --previous` with a compendium of all old catalogs, and `pot2po`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from judging import USEFUL, Gold, Judge, Share
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne
from sites import HERE, git_directory, pages_below, pages_in

from toolkit.catalogs.merge.likeness import likeness
from toolkit.catalogs.po import read_catalog

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from toolkit.model.catalog import Message

BUCKETS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
SETTINGS = """source = "{}"
targets = ["{}"]
dialect = "{}"
"""
YIBEN = str(Path(sys.executable).with_name("yiben"))


@dataclass(frozen=True, slots=True)
class History:
    """Two releases of a site, each with sources and translations by page."""

    name: str
    dialect: str
    locales: tuple[str, str]
    old: tuple[Mapping[str, bytes], Mapping[str, bytes]]
    new: tuple[Mapping[str, bytes], Mapping[str, bytes]]


def main() -> None:
    """Print a table and a curve for each history."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--repositories", type=Path, default=Path("../repositories"))
    parser.add_argument("--site", action="append", default=[])
    parser.add_argument("--folders", nargs=4, type=Path)
    parser.add_argument("--dialect", default="gfm")
    parser.add_argument("--locales", nargs=2, default=("en", "zh-Hans"))
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--rivals", action="store_true")
    parser.add_argument("--examples", type=int, default=0)
    options = parser.parse_args()
    stored = options.gold and options.gold.is_file()
    golds = json.loads(options.gold.read_text("utf-8")) if stored else {}
    for history in _histories(options):
        with tempfile.TemporaryDirectory() as folder:
            golds.setdefault(history.name, None)
            golds[history.name] = _measured(history, Path(folder), golds[history.name], options)
    if options.gold:
        options.gold.write_text(json.dumps(golds, ensure_ascii=False), encoding="utf-8")


def _histories(options: argparse.Namespace) -> Iterator[History]:
    if options.folders:
        sides = [pages_below(folder) for folder in options.folders]
        old, new = (sides[0], sides[1]), (sides[2], sides[3])
        yield History("folders", options.dialect, tuple(options.locales), old, new)
        return
    for entry in tomllib.loads(HERE.with_name("sites.toml").read_text("utf-8"))["history"]:
        if options.site and entry["name"] not in options.site:
            continue
        places = [*entry["old"], *entry["new"]]
        gits = [git_directory(options.repositories, place[0]) for place in places]
        found = [git for git in gits if git]
        if len(found) < len(places):
            print(f"{entry['name']}: not there")
            continue
        sides = [pages_in(git, *place[1:]) for git, place in zip(found, places, strict=True)]
        source, target = entry["locales"]
        old, new = (sides[0], sides[1]), (sides[2], sides[3])
        yield History(entry["name"], entry["dialect"], (source, target), old, new)


def _measured(history: History, root: Path, gold: Gold | None, options: argparse.Namespace) -> Gold:
    old = _imported(root / "old", history, history.old)
    if gold is None:
        gold = _gold(_imported(root / "gold", history, history.new), history)
    known = _catalogs(old, history)
    shutil.copytree(old, root / "before")
    shutil.rmtree(old / "content")
    _write(old / "content", history.new[0])
    _run(YIBEN, "-C", str(old), "update")
    offers = {"yiben": _catalogs(old, history)}
    if options.rivals:
        offers |= _rivals(root, history, old)
    translations = [
        one.string for messages in known.values() for one in messages.values() if one.translated
    ]
    print(f"\n{history.name}: {sum(map(len, gold.values()))} messages with gold\n")
    print(
        "| | useful | written | misleading | of offers | suggestions | misleading of these | lost |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for tool, catalogs in offers.items():
        _print_row(tool, catalogs, gold, translations)
    _print_curve(offers["yiben"], gold, options.examples)
    return gold


def _run(*command: str) -> None:
    done = subprocess.run(command, check=False, capture_output=True)
    if done.returncode > 1:
        sys.exit(f"{command[0]}: {done.stderr.decode('utf-8', 'replace')}")


def _write(folder: Path, pages: Mapping[str, bytes]) -> None:
    for name, data in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _imported(
    root: Path, history: History, sides: tuple[Mapping[str, bytes], Mapping[str, bytes]]
) -> Path:
    """A project with the pages of a release and their translations in its catalogs."""
    names = sides[0].keys() & sides[1].keys()
    _write(root / "content", {name: sides[0][name] for name in names})
    _write(root / "trans", {name: sides[1][name] for name in names})
    settings = SETTINGS.format(*history.locales, history.dialect)
    (root / "yiben.toml").write_text(settings, encoding="utf-8")
    _run(YIBEN, "-C", str(root), "import", "content", "trans", "-l", history.locales[1])
    return root


def _catalogs(root: Path, history: History) -> dict[str, dict[str, Message]]:
    """The live messages of a project's catalogs, by page and text."""
    folder = root / "locales" / history.locales[1].replace("-", "_") / "LC_MESSAGES"
    found = {}
    for path in sorted(folder.rglob("*.po")):
        name = path.relative_to(folder).as_posix()
        messages = read_catalog(name, path.read_bytes()).messages
        found[name] = {one.id: one for one in messages if not one.obsolete}
    return found


def _gold(root: Path, history: History) -> Gold:
    return {
        name: {text: one.string for text, one in messages.items() if one.translated}
        for name, messages in _catalogs(root, history).items()
    }


def _rivals(root: Path, history: History, new: Path) -> dict[str, dict[str, dict[str, Message]]]:
    """What msgmerge with a compendium of all old catalogs, and pot2po, make of the same."""
    locale = history.locales[1].replace("-", "_")
    before = root / "before" / "locales" / locale / "LC_MESSAGES"
    templates = new / "locales" / "templates" / "LC_MESSAGES"
    compendium = root / "compendium.po"
    olds = sorted(map(str, before.rglob("*.po")))
    _run("msgcat", "--use-first", "--no-wrap", "-o", str(compendium), *olds)
    empty = root / "empty.po"
    empty.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
    for template in sorted(templates.rglob("*.pot")):
        name = template.relative_to(templates).with_suffix(".po")
        old = before / name
        outs = [root / tool / "locales" / locale / "LC_MESSAGES" / name for tool in _RIVALS]
        for out in outs:
            out.parent.mkdir(parents=True, exist_ok=True)
        first = str(old if old.is_file() else empty)
        merge = ("msgmerge", "--quiet", "--no-wrap", "--previous", "-C", str(compendium))
        _run(*merge, first, str(template), "-o", str(outs[0]))
        program = str(Path(sys.executable).with_name("pot2po"))
        _run(program, "--progress=none", "-t", first, str(template), str(outs[1]))
    return {tool: _catalogs(root / tool, history) for tool in _RIVALS}


_RIVALS = ("msgmerge", "pot2po")


def _offers(
    catalogs: Mapping[str, Mapping[str, Message]], gold: Gold
) -> Iterator[tuple[Message | None, str, Share | None]]:
    """What is offered for each message with gold, the gold, and how much of it is offered."""
    judge = Judge(gold)
    for name, texts in gold.items():
        for text, right in texts.items():
            offer = catalogs.get(name, {}).get(text)
            share = judge.share(text, offer.string) if offer and offer.string else None
            yield offer, right, share


def _print_row(
    tool: str,
    catalogs: Mapping[str, Mapping[str, Message]],
    gold: Gold,
    translations: Iterable[str],
) -> None:
    counts: Counter[str] = Counter()
    olds = list(dict.fromkeys(translations))
    for offer, right, share in _offers(catalogs, gold):
        if share:
            counts["offered"] += 1
            counts["useful"] += share.is_useful
            counts["written"] += share.written >= USEFUL
            counts["misleading"] += share.is_misleading
        if offer and share and offer.fuzzy and offer.previous_id:
            counts["suggestion"] += 1
            counts["bad suggestion"] += share.is_misleading
        useful = share and share.is_useful
        if not useful and extractOne(right, olds, scorer=ratio, score_cutoff=USEFUL):
            counts["lost"] += 1
    parts = [
        f"{100 * counts['misleading'] / max(1, counts['offered']):.2f}%",
        f"{100 * counts['bad suggestion'] / max(1, counts['suggestion']):.1f}%",
    ]
    print(
        f"| {tool} | {counts['useful']} | {counts['written']} | {counts['misleading']}"
        f" | {parts[0]} | {counts['suggestion']} | {parts[1]} | {counts['lost']} |",
        flush=True,
    )


def _print_curve(catalogs: Mapping[str, Mapping[str, Message]], gold: Gold, examples: int) -> None:
    """How fuzzy offers fare by the likeness of their old source and the new one."""
    rows: dict[float, Counter[str]] = defaultdict(Counter)
    for offer, _, share in _offers(catalogs, gold):
        if not (offer and share and offer.fuzzy and offer.previous_id):
            continue
        alike = likeness(offer.previous_id, offer.id)
        row = rows[max((one for one in BUCKETS if one <= alike), default=0.0)]
        row["all"] += 1
        row["useful"] += share.is_useful
        row["written"] += share.written >= USEFUL
        row["misleading"] += share.is_misleading
        if share.is_misleading and examples > 0:
            examples -= 1
            print(f"    {alike:.2f} {offer.previous_id!r} -> {offer.id!r}: {offer.string!r}")
    print("\n| sources alike from | fuzzy | useful | written | misleading |")
    print("|---|--:|--:|--:|--:|")
    for alike, row in sorted(rows.items()):
        counts = f"{row['useful']} | {row['written']} | {row['misleading']}"
        print(f"| {alike:.1f} | {row['all']} | {counts} |")


if __name__ == "__main__":
    main()
