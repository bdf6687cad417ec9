"""What `yiben import` makes of real bilingual sites, in letters of their translated pages.

    python benchmarks/importing.py [--repositories DIR] [--site NAME]… [--list FILE]

For each site of the corpus and of `sites.toml` its pages are imported into a new project. Letters
are those of the units of the translated pages: `translated`; `same` as the source, word for word or
nearly; `for links`, fuzzy for nothing but links elsewhere, which `allow` lets in; `fuzzy`
else; `lost`, which is all that entered nothing. Pages that are equal in both languages
are left out, and pages whose source is a stub (`TODO`), which are counted. `--list` writes each
pairing as a line of JSON, for reading.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from sites import corpus_sites, known_sites, sides_of

from toolkit.aligning.verdict import State
from toolkit.commands.importing import import_translations
from toolkit.commands.importing.pairs import request_of
from toolkit.project.project import Project
from toolkit.project.store import Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sites import Site

    from toolkit.commands.importing.value import ImportedPage

READ = Path(__file__).with_name("read_pairs.jsonl")
SETTINGS = """source = "{}"
targets = ["{}"]
dialect = "{}"
links = "keep"
anchors = "keep"
assets = "none"
"""
_STUB = 0.2
"""The share of a translation's bytes that its source has at least."""
_CLASSES = {
    State.TRANSLATED: "translated",
    State.FUZZY: "fuzzy",
    State.SAME: "same",
    State.KEPT: "translated",
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--repositories", type=Path, default=Path("../repositories"))
    parser.add_argument("--site", action="append", default=[])
    parser.add_argument("--list", type=Path)
    options = parser.parse_args()
    lines: list[dict[str, object]] = []
    print(
        "| site | pages | letters | translated | same | for links | fuzzy | lost | unlike pages |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for site in (*corpus_sites(), *known_sites()):
        if options.site and site.name not in options.site:
            continue
        sources, targets = sides_of(site, options.repositories)
        if not sources:
            print(f"| {site.name} | not there | | | | | | |")
            continue
        imports = imported(site, sources, targets)
        stubs = sum(is_stub(sources[name], targets[name]) for name in sources)
        print_row(site.name, imports, stubs)
        lines += (line for one in imports for line in listed(site, one))
    print_read(lines)
    if options.list:
        text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
        options.list.write_text(text, encoding="utf-8")


def imported(
    site: Site, sources: Mapping[str, bytes], targets: Mapping[str, bytes]
) -> list[ImportedPage]:
    """What an import of a site's pages into a new project gives."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        settings = SETTINGS.format(*site.locales, site.dialect)
        (root / "yiben.toml").write_text(settings, encoding="utf-8")
        for name in sources:
            if sources[name] != targets[name] and not is_stub(sources[name], targets[name]):
                for place, side in (("content", sources), ("old", targets)):
                    path = root / place / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(side[name])
        run = Run(Project.found_from(root), dry=True)
        (locale,) = run.project.settings.targets
        request = request_of(run.project, root, "content", "old", locale, "")
        return list(import_translations({run: request}, list).pages)


def is_stub(source: bytes, target: bytes) -> bool:
    """Whether a source page has next to nothing that its translation could come from."""
    return len(source) < _STUB * len(target)


def print_read(lines: list[dict[str, object]]) -> None:
    """How many of the pairs that were drawn and read by a person are right, and still enter."""
    marks = [json.loads(line) for line in READ.read_text("utf-8").splitlines()]
    right = {mark["pair"] for mark in marks if mark["right"]}
    wrong = {mark["pair"] for mark in marks if not mark["right"]}
    print(f"\n{len(marks)} pairs were read, {len(marks) - len(wrong)} are right.")
    found = {mark_of(line) for line in lines if line["state"] == "translated"}
    print(f"Of {len(right)} different right ones {len(right & found)} enter,", end=" ")
    print(f"of {len(wrong)} wrong ones {len(wrong & found)}.")


def mark_of(line: dict[str, object]) -> str:
    """What a pair is known by in `read_pairs.jsonl`, which holds no texts of others."""
    source, target = (
        " ".join(text for *_, text in line[side])  # type: ignore[attr-defined]
        for side in ("source", "target")
    )
    return sha256(f"{source}\0{target}".encode()).hexdigest()[:16]


def print_row(name: str, imports: list[ImportedPage], stubs: int) -> None:
    """A row of the table."""
    letters: Counter[str] = Counter()
    for one in imports:
        for verdict in one.verdicts:
            size = sum(len(piece.text) for piece in verdict.pairing.targets)
            kind = "for links" if verdict.allow else _CLASSES.get(verdict.state, "lost")
            letters[kind] += size
        letters["lost"] += sum(len(piece.text) for piece in one.alignment.targets)
    total = letters.total()
    unlike = sum(not one.alignment.related and not one.alignment.small for one in imports)
    shares = (
        f"{100 * letters[kind] / max(1, total):.2f}%"
        for kind in ("translated", "same", "for links", "fuzzy", "lost")
    )
    pages = f"{len(imports)} and {stubs} stubs" if stubs else f"{len(imports)}"
    print(f"| {name} | {pages} | {total} | {' | '.join(shares)} | {unlike} |", flush=True)


def listed(site: Site, one: ImportedPage) -> Iterator[dict[str, object]]:
    """Each pairing, and each text without partner, as data."""
    place = {"site": site.name, "page": one.page, "fit": round(one.alignment.fit, 3)}
    for verdict in one.verdicts:
        pairing = verdict.pairing
        yield {
            **place,
            "state": str(verdict.state),
            "certainty": round(pairing.certainty, 3),
            "reasons": verdict.reasons,
            "source": [(piece.line, piece.kind, piece.text) for piece in pairing.sources],
            "target": [(piece.line, piece.kind, piece.text) for piece in pairing.targets],
        }
    for state, pieces in (("untranslated", one.alignment.sources), ("left", one.alignment.targets)):
        for piece in pieces:
            yield {**place, "state": state, "target": [(piece.line, piece.kind, piece.text)]}


if __name__ == "__main__":
    main()
