"""One entry of a PO file rewritten: the parts of it that do not change keep their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.po.writing import parts_of
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from toolkit.catalogs.po.manner import Manner
    from toolkit.model.catalog import Message

_LINE = late(r"[^\n]*\n|[^\n]+\Z")
_OBSOLETE = late(r"\s*#~(?!\|)\s*")
_PREVIOUS = late(r"\s*(?:#~?\|)")
_COMMENT = late(r"\s*#([.:,=!]?)")
_KEYWORD = late(r"\s*(msg(?:ctxt|id_plural|id|str))\s*(?:\[\s*(\d+)\s*\])?")
_INNER_FEED = late(r"(?:[^\\]|\\[^n])*+\\n.")
"""A line feed, as PO escapes it, with text behind it."""
_ORDER = ("#", "#.", "#:", "#,", "#=", "#|", "msgctxt", "msgid", "msgid_plural", "msgstr")


class _Part(NamedTuple):
    """Lines of an entry that belong together."""

    kind: str
    """Its mark or keyword, as `parts_of` names it; `msgstr[1]` has its number."""
    lines: tuple[str, ...]


def respelled(text: str, old: Message, new: Message, manner: Manner) -> str:
    """Return the text of an entry that says `old` as one that says `new`.

    Neither text has the line end of its last line.
    """
    if old.obsolete != new.obsolete:
        return manner.entry(new)
    found = _parts(text + manner.newline)
    kept = _unchanged(old, new)
    changed = [
        _with_old_lines(_Part(kind, tuple(map(manner.lines, lines))), found)
        for kind, lines in parts_of(new, manner.wrap)
        if lines and kind not in kept
    ]
    parts = _merged(found, kept, changed)
    return "".join(line for part in parts for line in part.lines).removesuffix(manner.newline)


def _unchanged(old: Message, new: Message) -> set[str]:
    """The kinds of parts that two messages have in common."""
    before, after = map(_values, (old, new))
    return {kind for kind in before.keys() & after.keys() if before[kind] == after[kind]}


def _values(message: Message) -> Mapping[str, object]:
    # A translation that is there and one that is not differ in whether `fuzzy` may be written.
    marked = any(message.plurals[:1]) if message.plurals else bool(message.string)
    fields: dict[str, object] = {
        "#": message.comments,
        "#.": message.extracted,
        "#:": message.references,
        "#,": (message.flags, marked or not message.fuzzy),
        "#=": message.sticky,
        "#|": (message.previous_context, message.previous_id, message.previous_plural),
        "msgctxt": message.context,
        "msgid": message.id,
    }
    if message.id_plural is None:
        return {**fields, "msgstr": message.string}
    forms = {f"msgstr[{number}]": form for number, form in enumerate(message.plurals)}
    return {**fields, "msgid_plural": message.id_plural, **forms}


def _parts(text: str) -> list[_Part]:
    """Cut an entry into its parts; a blank line belongs to what stands before it."""
    parts: list[_Part] = []
    for line in _LINE.findall(text):
        kind = _kind(line)
        before = parts[-1].kind if parts else "#"
        kind = before if kind is None or (kind == "" and before) else kind
        if parts and kind == before:
            parts[-1] = _Part(kind, (*parts[-1].lines, line))
        else:
            parts.append(_Part(kind, (line,)))
    return parts


def _kind(line: str) -> str | None:
    """The kind of the part that a line starts, `None` where it goes on."""
    if _PREVIOUS.match(line):
        return "#|"
    obsolete = _OBSOLETE.match(line)
    rest = line[obsolete.end() :] if obsolete else line
    keyword = _KEYWORD.match(rest)
    if keyword:
        number = f"[{int(keyword[2])}]" if keyword[2] else ""
        return keyword[1] + number
    comment = _COMMENT.match(rest)
    return f"#{comment[1].replace('!', ',')}" if comment else None


def _with_old_lines(part: _Part, found: Iterable[_Part]) -> _Part:
    """Part of an entry with the lines it had, where they say the same."""
    old = [line for one in found if one.kind == part.kind for line in one.lines]
    if part.kind in {"#", "#."}:
        known = {_bare(line): line for line in old}
        return part._replace(lines=tuple(known.get(_bare(line), line) for line in part.lines))
    if part.kind != "msgstr":
        return part
    new = [line for text in part.lines for line in _LINE.findall(text)]
    if len(old) == 1 and _INNER_FEED.match(_text_of((old[0],))):
        return part._replace(lines=(_respelled_line(old[0], _text_of(tuple(new))),))
    ours, theirs = _runs(old), _runs(new)
    # The line of the keyword takes no other's place, whatever text stands in it.
    runs = (*_known_runs(ours[:1], theirs[:1]), *_known_runs(ours[1:], theirs[1:]))
    return part._replace(lines=tuple(line for run in runs for line in run))


def _respelled_line(line: str, text: str) -> str:
    """A line with another text, whose line feeds break it no more than they did before."""
    return line[: line.index('"') + 1] + text + line[line.rindex('"') :]


def _known_runs(
    ours: Sequence[tuple[str, ...]], theirs: Sequence[tuple[str, ...]]
) -> Iterator[tuple[str, ...]]:
    """The runs of a new text, in the lines that the old one had for them."""
    known = {_text_of(run): run for run in ours}
    return (known.get(_text_of(run), run) for run in theirs)


def _bare(line: str) -> str:
    return line.strip().removeprefix("#.").removeprefix("#").removeprefix(" ")


def _runs(lines: Iterable[str]) -> list[tuple[str, ...]]:
    """The lines of a text, behind that of its keyword those together that make one line of it."""
    runs: list[tuple[str, ...]] = []
    run: tuple[str, ...] = ()
    for line in lines:
        run = (*run, line)
        if not runs or line.rstrip().endswith('\\n"'):
            runs.append(run)
            run = ()
    return [*runs, run] if run else runs


def _text_of(run: tuple[str, ...]) -> str:
    """The text that some lines spell, without quotes, keyword and breaks."""
    return "".join(line[line.index('"') + 1 : line.rindex('"')] for line in run if '"' in line)


def _merged(found: Sequence[_Part], kept: Collection[str], changed: Sequence[_Part]) -> list[_Part]:
    """The parts in the order they had, new kinds of them where gettext writes them."""
    fresh = {part.kind: part for part in changed}
    parts: list[_Part] = []
    for part in found:
        if part.kind in kept:
            parts.append(part)
        elif part.kind in fresh:
            parts.append(fresh.pop(part.kind))
    for part in fresh.values():
        behind = (number for number, one in enumerate(parts) if _rank(one) > _rank(part))
        parts.insert(next(behind, len(parts)), part)
    return parts


def _rank(part: _Part) -> tuple[int, int]:
    """The rank of a part in the order in which gettext writes them."""
    stem, _, number = part.kind.partition("[")
    return _ORDER.index(stem), int(number[:-1]) if number else 0
