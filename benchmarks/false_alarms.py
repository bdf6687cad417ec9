"""How often each check speaks up on published translations.

    python benchmarks/false_alarms.py [--show CHECK]

The translations are those of the corpus: the catalog of comprehensive-rust, matched to its pages,
and page pairs of equal structure, whose units are paired in their order. They are published and
read by many, so most of what a check says of them is a false alarm, or a fault nobody has seen yet.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.catalogs.po import read_catalog
from toolkit.checks.families import CHECKS
from toolkit.checks.subject import Subject
from toolkit.dialects import dialect_named
from toolkit.language.locale import locale_of
from toolkit.model.catalog import Catalog, Message
from toolkit.model.document import Document
from toolkit.reading.segment import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.model.units import Unit

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
PAIRS = (
    ("kubean", "mkdocs", "docs/zh", "docs/en", "zh-Hans", "en"),
    ("kdoctor", "mkdocs", "docs", "docs", "zh-Hans", "en"),
    (
        "hwameistor",
        "gfm",
        "docs/docs",
        "docs/i18n/cn/docusaurus-plugin-content-docs/current",
        "en",
        "zh-Hans",
    ),
    ("fastapi", "mkdocs", "docs/en/docs", "docs/zh/docs", "en", "zh-Hans"),
)
_LANGUAGES = {
    "french-spacing": ("fr",),
    "quotation-marks": ("fr", "de", "ja", "ko"),
    "spanish-marks": ("es",),
    "arabic-punctuation": ("ar", "fa"),
    "arrow-direction": ("ar", "fa", "he"),
}
"""The languages of the checks of typography; the corpus has no pages in them."""
_ALL_LANGUAGES = tuple(sorted({tag for tags in _LANGUAGES.values() for tag in tags}))
_BLANKS = re.compile(r"\s+")


def main() -> None:
    """Print a table: messages and findings per check and project."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--show", metavar="CHECK", help="Show what a check says.")
    show = parser.parse_args().show
    if not CORPUS.is_dir():
        print(f"no corpus at {CORPUS}; nothing to measure")
        return
    projects = {"comprehensive-rust (en→zh)": list(_rust())}
    for name, dialect, source, target, *locales in PAIRS:
        subjects = list(subjects_of(CORPUS / name, dialect, source, target, *locales))
        short = "→".join(tag[:2] for tag in locales)
        projects[f"{name} ({short})"] = subjects
    _print_table(projects)
    installed = {f"installed ({tag})": list(_installed(tag)) for tag in _ALL_LANGUAGES}
    _print_typography(installed)
    projects |= installed
    if show:
        _print_findings(projects, show)


def _installed(tag: str) -> Iterator[Subject]:
    """The catalogs that come with the Python packages beside this one, such as Sphinx'."""
    for place in (Path(one) for one in dict.fromkeys(sys.path) if one.endswith("-packages")):
        for path in sorted(place.glob(f"**/{tag}/LC_MESSAGES/*.po")):
            catalog = read_catalog(path.name, path.read_bytes())
            yield _subject(list(catalog.messages), "commonmark", "en", tag)


def _print_typography(projects: dict[str, list[Subject]]) -> None:
    """Print a table of the checks that know single languages."""
    print("\n| check | findings | messages | share |")
    print("|---|---|---|---|")
    for name, tags in _LANGUAGES.items():
        own = [one for tag in tags for one in projects[f"installed ({tag})"]]
        size = sum(len(one.pairs) for one in own)
        count = sum(1 for one in own for _ in CHECKS[name].remarks(one))
        print(f"| `{name}` | {count} | {size} | {100 * count / max(1, size):.2f}% |")


def _rust() -> Iterator[Subject]:
    """The messages whose text is that of a unit, so that nothing but the check is measured."""
    root = CORPUS / "comprehensive-rust"
    catalog = read_catalog("zh-CN.po", (root / "po/zh-CN.po").read_bytes())
    known = {_joined(message.id): message for message in catalog.messages if message.translated}
    dialect = dialect_named("gfm")
    for path in sorted(root.glob("src/**/*.md")):
        reading = read(Document.from_bytes(path.name, path.read_bytes()), dialect)
        found = [
            Message(unit.text, known[_joined(unit.text)].string, references=(path.name,))
            for unit in reading.units
            if _joined(unit.text) in known
        ]
        yield _subject(found, "gfm", "en", "zh-Hans")


def _joined(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def subjects_of(
    root: Path, dialect: str, source: str, target: str, *locales: str
) -> Iterator[Subject]:
    """Yield the published translations of a project, page by page."""
    for path in sorted((root / source).rglob("*.md")):
        other = root / target / path.relative_to(root / source)
        for name in (other.name, path.name.replace("_zh", ""), path.name.replace("-zh_CN", "")):
            partner = other.with_name(name)
            if partner != path and partner.is_file():
                yield _subject(list(_paired(path, partner, dialect)), dialect, *locales)
                break


def _paired(path: Path, partner: Path, dialect: str) -> Iterator[Message]:
    """The units of two pages side by side; nothing where the pages are built differently."""
    left, right = _units(path, dialect), _units(partner, dialect)
    if [_shape(unit) for unit in left] != [_shape(unit) for unit in right]:
        return
    for unit, other in zip(left, right, strict=True):
        yield Message(unit.text, other.text, references=(path.name,))


def _shape(unit: Unit) -> tuple[str, int]:
    return unit.kind, len(unit.trail)


def _units(path: Path, dialect: str) -> tuple[Unit, ...]:
    document = Document.from_bytes(path.name, path.read_bytes())
    return read(document, dialect_named(dialect)).units


def _subject(messages: list[Message], dialect: str, source: str, target: str) -> Subject:
    locale = locale_of(target)
    return Subject(
        Catalog(tuple(messages)), locale, locale_of(source), dialect_named(dialect), (locale,)
    )


def _print_table(projects: dict[str, list[Subject]]) -> None:
    rows = {
        check.id: [
            sum(1 for one in subjects for _ in check.remarks(one)) for subjects in projects.values()
        ]
        for check in CHECKS.values()
        if check.over_pair or check.id == "wrong-language"
    }
    sizes = [sum(len(one.pairs) for one in subjects) for subjects in projects.values()]
    print("| check |", " | ".join(projects), "| all |")
    print("|---|", "---|" * (len(projects) + 1), sep="")
    print("| messages |", " | ".join(map(str, sizes)), f"| {sum(sizes)} |")
    for name, counts in rows.items():
        share = f"{100 * sum(counts) / max(1, sum(sizes)):.2f}%"
        print(
            f"| `{name}` ({CHECKS[name].severity}) |", " | ".join(map(str, counts)), f"| {share} |"
        )


def _print_findings(projects: dict[str, list[Subject]], name: str) -> None:
    seen: Counter[str] = Counter()
    for project, subjects in projects.items():
        for subject in subjects:
            for said in CHECKS[name].remarks(subject):
                seen[project] += 1
                print(f"\n{project} {seen[project]}: {said.text}")
                if said.message:
                    print(f"  {said.message.references} {said.message.id!r}")
                    print(f"  {said.message.string!r}")


if __name__ == "__main__":
    main()
