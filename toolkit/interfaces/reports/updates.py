"""Reports on changed messages, as text, JSON and Markdown."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Protocol

from toolkit.catalogs.merge import Fate
from toolkit.catalogs.statistics import count_words
from toolkit.interfaces.reports.differences import difference, escaped, markdown_difference
from toolkit.interfaces.reports.json_texts import json_text
from toolkit.language.phrases import counted

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.catalogs.merge import Change
    from toolkit.commands.update.value import UpdatedCatalog

_ASKED = (Fate.NEW, Fate.FUZZY)
"""Changes that a translator has to review."""
_MEANINGS = {
    Fate.NEW: "new",
    Fate.FUZZY: "fuzzy",
    Fate.CARRIED: "changed without a translator",
    Fate.UNAFFECTED: "kept by the writer's word",
    Fate.MOVED: "found elsewhere",
    Fate.OBSOLETE: "obsolete",
}
_LONGEST = 60_000
"""Characters of a comment; GitHub takes 65,536."""


class Report(Protocol):
    """Makes a report of what happened to the messages."""

    def __call__(
        self,
        updates: Sequence[UpdatedCatalog],
        wordless: re.Pattern[str],
        files: Sequence[str],
        *,
        details: bool,
    ) -> str:
        """The report; `files` are those that change, with `details` each message is in it."""
        ...


def as_text(
    updates: Sequence[UpdatedCatalog],
    wordless: re.Pattern[str],
    files: Sequence[str],
    *,
    details: bool,
) -> str:
    """A line a catalog, and with `details` each message, its difference marked as git does it."""
    if not files:
        return "nothing changes"
    lines = []
    for update in updates:
        if update.changes:
            lines.append(f"{update.path}: {_summary(update.changes, wordless)}")
            lines += _details(update.changes) if details else []
    return "\n".join(lines) or "no message changes, but comments and places do"


def _summary(changes: Sequence[Change], wordless: re.Pattern[str]) -> str:
    counts = Counter(change.fate for change in changes)
    words = sum(_words(change, wordless) for change in changes if change.fate in _ASKED)
    parts = [f"{counts[fate]} {meaning}" for fate, meaning in _MEANINGS.items() if counts[fate]]
    return f"{', '.join(parts)}; {counted(words, 'word')} to translate"


def _words(change: Change, wordless: re.Pattern[str]) -> int:
    return count_words(change.new.id, wordless)


def _details(changes: Sequence[Change]) -> Iterator[str]:
    for change in changes:
        text = change.new.id
        if change.old and change.old.id != text:
            text = difference(change.old.id, text)
        reason = f" ({change.reason})" if change.reason else ""
        yield f"  {change.fate}: {' '.join(text.split())}{reason}"
        if change.fate is Fate.CARRIED and change.old:
            string = difference(change.old.string, change.new.string)
            yield f"    → {' '.join(string.split())}"


def words_as_text(updates: Sequence[UpdatedCatalog]) -> str:
    """The edits that their writers call harmless, by catalog, those that were refused as well."""
    lines = []
    for update in updates:
        told = [change for change in update.changes if change.has_word]
        lines += [f"{update.path}:", *_details(told)] if told else []
    return "\n".join(lines)


def as_json(
    updates: Sequence[UpdatedCatalog],
    wordless: re.Pattern[str],
    files: Sequence[str],
    *,
    details: bool,
) -> str:
    """Report each changed file's messages as JSON, by what became of them; a template has none."""
    del details
    known = {update.path: update for update in updates}
    names = dict.fromkeys((*files, *(update.path for update in updates if update.changes)))
    data = [_entry(name, known.get(name), wordless) for name in names]
    return json_text(data)


def _entry(
    name: str, update: UpdatedCatalog | None, wordless: re.Pattern[str]
) -> dict[str, object]:
    return {
        "path": name,
        "locale": update.locale if update else None,
        "causes": dict(update.causes) if update else {},
        "messages": [
            {
                "fate": change.fate,
                "reason": change.reason or None,
                "id": change.new.id,
                "string": change.new.string,
                "old_id": change.old.id if change.old else None,
                "old_string": change.old.string if change.old else None,
                "words": _words(change, wordless),
            }
            for change in (update.changes if update else ())
        ],
    }


def as_markdown(
    updates: Sequence[UpdatedCatalog],
    wordless: re.Pattern[str],
    files: Sequence[str],
    *,
    details: bool,
) -> str:
    """A comment for a pull request: what becomes fuzzy or new in which locale, and the texts."""
    del files
    by_locale: dict[str, list[Change]] = defaultdict(list)
    for update in updates:
        by_locale[update.locale] += update.changes
    fates = {change.fate for found in by_locale.values() for change in found}
    shown = [fate for fate in _MEANINGS if fate is not Fate.UNAFFECTED or fate in fates]
    rows = [row for tag, found in by_locale.items() for row in _row(tag, found, shown, wordless)]
    if not rows:
        return "No translation changes."
    titles = ("locale", *(_MEANINGS[fate] for fate in shown), "words to translate")
    lines = [f"| {' | '.join(titles)} |", f"|---|{'--:|' * (len(titles) - 1)}", *rows]
    if details:
        lines += _sections(updates)
    text = "\n".join(lines)
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST].rpartition(chr(10))[0]}\n\n… and more."
    return text


def _row(
    tag: str, changes: Sequence[Change], shown: Sequence[Fate], wordless: re.Pattern[str]
) -> Iterator[str]:
    if not changes:
        return
    counts = Counter(change.fate for change in changes)
    words = sum(_words(change, wordless) for change in changes if change.fate in _ASKED)
    yield f"| {' | '.join((tag, *(str(counts[fate]) for fate in shown), str(words)))} |"


def _sections(updates: Sequence[UpdatedCatalog]) -> Iterator[str]:
    for update in updates:
        if update.changes:
            yield f"\n<details><summary>{escaped(update.path)}</summary>\n"
            yield from map(_line, update.changes)
            yield "\n</details>"


def _line(change: Change) -> str:
    old = change.old.id if change.old else change.new.id
    return f"- {change.fate}: {markdown_difference(old, change.new.id)}"


REPORTS: Mapping[str, Report] = {"text": as_text, "json": as_json, "markdown": as_markdown}
