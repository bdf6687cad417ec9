"""How often a translator is asked while a page is edited twenty times, against GNU msgmerge.

    python benchmarks/history.py [--pages 12 --steps 20 --seed 1]

Each step edits every page as a writer would (words, sentences, targets, paragraphs joined, moved,
put in). Then the catalogs are merged, and a translator goes through what is fuzzy or untranslated:
that is a touch each. A touch without the right suggestion is one from scratch.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from edited_pages import EDITS, Edition, Kind, Reserve, chosen, read_corpus
from updating import CORPUS

from toolkit.catalogs.header import template_header, with_header
from toolkit.catalogs.merge import merge
from toolkit.catalogs.po import read_catalog, write_catalog
from toolkit.catalogs.template import template_of
from toolkit.language.locale import locale_of
from toolkit.model.catalog import Catalog

if TYPE_CHECKING:
    from edited_pages import Change

    from toolkit.model.catalog import Message
    from toolkit.reading.page import Page

DATE = "2024-01-01 00:00+0000"
GERMAN = locale_of("de")
Merger = "Callable[[Catalog, Catalog], Catalog]"


@dataclass(slots=True)
class Effort:
    """What a translator did."""

    touched: int = 0
    scratch: int = 0
    """Of these, edited texts that came without their own translation."""
    fresh: int = 0
    """New texts, which any tool has to ask for."""


def main() -> None:
    """Print a table: touches with our merge and with msgmerge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=12)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not CORPUS.is_dir():
        print(f"no corpus at {CORPUS}; nothing to measure")
        return
    efforts = {"yiben": Effort(), "msgmerge": Effort()}
    edits = replay(efforts, options.pages, options.steps, options.seed)
    print(f"{options.pages} pages, {options.steps} steps, {edits} edits\n")
    print("| | messages touched | of these from scratch | new texts |\n|---|--:|--:|--:|")
    for name, effort in efforts.items():
        print(f"| {name} | {effort.touched} | {effort.scratch} | {effort.fresh} |")


def replay(efforts: dict[str, Effort], pages: int, steps: int, seed: int) -> int:
    """Edit pages step by step, and let each tool's translator keep up; the number of edits."""
    rng = Random(seed)  # noqa: S311 - the same history again for the same seed
    everything = list(read_corpus(CORPUS))
    known = chosen(everything, 4000, rng)
    long = sorted(known, key=lambda name: (-len(known[name].units), name))[:pages]
    reserve = Reserve([one for one in everything if one[0] not in known], rng)
    now = {name: known[name] for name in long}
    mergers = {"yiben": ours, "msgmerge": gettexts}
    first = {name: template(page) for name, page in now.items()}
    catalogs = {
        (tool, name): finished(with_header(one, one, GERMAN, Catalog()))
        for tool in mergers
        for name, one in first.items()
    }
    edits = 0
    for _ in range(steps):
        edition = Edition(dict(now), reserve, rng)
        edition.edit(len(EDITS) * 0.002, 0.002)
        edits += len(edition.changes)
        now = edition.pages
        for (tool, name), old in catalogs.items():
            merged = mergers[tool](template(now[name]), old)
            changes = [change for change in edition.changes if change.page == name]
            count(efforts[tool], merged, old, changes)
            catalogs[tool, name] = finished(merged)
    return edits


def template(page: Page) -> Catalog:
    """The template of a page."""
    return template_header(template_of([page]), "history", created=DATE)


def ours(fresh: Catalog, old: Catalog) -> Catalog:
    """Merge as `yiben update` does."""
    return with_header(merge(fresh, old).catalog, fresh, GERMAN, old)


def gettexts(fresh: Catalog, old: Catalog) -> Catalog:
    """Merge as `msgmerge --previous` does."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("old.po", "new.pot", "out.po")]
        paths[0].write_bytes(write_catalog(old))
        paths[1].write_bytes(write_catalog(fresh))
        command = ["msgmerge", "--quiet", "--no-wrap", "--previous", *map(str, paths[:2])]
        subprocess.run([*command, "-o", str(paths[2])], check=True)
        return read_catalog("out.po", paths[2].read_bytes())


def count(effort: Effort, merged: Catalog, old: Catalog, changes: list[Change]) -> None:
    """Add what a translator has to do in a merged catalog."""
    strings = {message.id: message.string for message in old.messages}
    truth = {change.text: change for change in changes}
    for message in merged.messages:
        if message.obsolete or message.translated:
            continue
        effort.touched += 1
        change = truth.get(message.id)
        if change is None or change.kind is Kind.NEW:
            effort.fresh += 1
        elif not any(strings.get(one, "-") in message.string for one in change.sources):
            effort.scratch += 1


def finished(catalog: Catalog) -> Catalog:
    """The catalog when its translator is through: each translation tells its source."""
    return replace(catalog, messages=tuple(map(_finished, catalog.messages)))


def _finished(message: Message) -> Message:
    if message.obsolete or message.translated:
        return message
    flags = tuple(flag for flag in message.flags if flag != "fuzzy")
    return replace(message, string=f"DE {message.id}", flags=flags, previous_id=None)


if __name__ == "__main__":
    main()
