"""Reports on a build, in lines: files written, files left alone and what to do about them."""

from __future__ import annotations

import shlex
from collections import Counter
from typing import TYPE_CHECKING

from toolkit.project.finding_files import shown
from toolkit.project.ownership import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.commands.build import Built
    from toolkit.project.outputs import Placed
    from toolkit.project.settings import Settings

_FEW = 3
"""Files that have a line each; of more, the first are named."""
_WHY = {
    Standing.FOREIGN: "was not written by yiben",
    Standing.EDITED: "was edited since yiben wrote it",
}
_WHY_ALL = {
    Standing.FOREIGN: "were not written by yiben",
    Standing.EDITED: "were edited since yiben wrote them",
}


def written_lines(built: Built, *, dry: bool) -> Iterator[str]:
    """A line for each file that was written, or would be, and with `dry` for each that is left."""
    for one in built.placed:
        name = shown(one.output.name)
        if one.written:
            what = "replace" if one.standing is not Standing.ABSENT else "write"
            why = f", which {_WHY[one.standing]}" if one.standing in _WHY else ""
            if dry:
                yield f"would {what} {name}{why}"
            elif not why:
                yield f"wrote {name}"
        elif dry and one.left:
            yield f"would leave {name}, which {_WHY[one.standing]}"
    if built.manifest_changed:
        yield f"would write {built.manifest}" if dry else f"wrote {built.manifest}"


def note_lines(built: Built, *, dry: bool) -> Iterator[str]:
    """Name what was replaced, catalogs that are missing and pages that are left out."""
    for one in built.placed:
        if one.written and not dry and one.standing in _WHY:
            yield f"replaced {shown(one.output.name)}, which {_WHY[one.standing]}"
    for tag, count in sorted(Counter(built.missing).items()):
        pages = "1 page" if count == 1 else f"{count} pages"
        yield f"{tag}: no catalog for {pages}, built in the source language"
    for tag, count in sorted(Counter(built.left_out).items()):
        yield f"{tag}: {_counted(count, 'page')} left out, not translated enough"


def left_lines(built: Built, settings: Settings, waiting: Mapping[str, int]) -> Iterator[str]:
    """The lines about files that stay because yiben did not write them, and what can be done.

    `waiting` has for each page the number of its texts that an import found no place for.
    """
    left = [one for one in built.placed if one.left]
    pages = [one for one in left if one.output.is_page]
    files = [one for one in left if not one.output.is_page]
    for standing in (Standing.FOREIGN, Standing.EDITED):
        group = [one for one in pages if one.standing is standing]
        unknown = standing is Standing.FOREIGN and not built.had_manifest
        if unknown and group:
            yield _of_unknown(built, group, settings, waiting)
        elif len(group) > _FEW:
            what = f"{_WHY_ALL[standing]} and are left alone: {_named(group)}"
            yield f"{_counted(len(group), 'page')} {what}; {_remedies(group, settings)}"
        else:
            for one in group:
                text = f"{_WHY[standing]} and is left alone; {_remedies([one], settings)}"
                yield f"{shown(one.output.name)}: {text}{_in_memory([one], settings, waiting)}"
    if files:
        yield _of_files(built, files)


def _of_unknown(
    built: Built, group: Sequence[Placed], settings: Settings, waiting: Mapping[str, int]
) -> str:
    """The one line of a project whose outputs nobody has kept a record of yet."""
    if len(group) == 1:
        start = f"{shown(group[0].output.name)}: differs from what would be written and is"
    else:
        start = f"{len(group)} pages differ from what would be written and are"
    names = "" if len(group) == 1 else f": {_named(group)}"
    why = f"left alone, as no {built.manifest} records that yiben wrote"
    them = "it" if len(group) == 1 else "them"
    return (
        f"{start} {why} {them}{names}; {_remedies(group, settings)}"
        f"{_in_memory(group, settings, waiting)}"
    )


def _of_files(built: Built, files: Sequence[Placed]) -> str:
    """The one line about files beside pages that are not copies of the source's."""
    if len(files) == 1:
        what = "1 other file differs from the source's and is kept as the locale's own"
    else:
        what = f"{len(files)} other files differ from the source's and are kept as the "
        what += "locales' own"
    hint = "; if these are old copies, `yiben build --replace` renews them"
    return f"{what}: {_named(files)}{'' if built.had_manifest else hint}"


def _remedies(group: Sequence[Placed], settings: Settings) -> str:
    """Advice about pages that are left alone."""
    one = group[0].output
    if len(group) == 1 and settings.holds_strings(one.source):
        kept = f"`yiben build --keep {_quoted(one.name)}` leaves it as it is"
        return f"{kept}, `yiben build --replace` overwrites all such files"
    if len(group) == 1:
        source, place, kept = _quoted(one.source), _quoted(one.name), _quoted(one.name)
        replacing = f"`yiben build {source} -l {one.tag} --replace` overwrites it"
    else:
        source, place, kept = _quoted(settings.content), _quoted(settings.output), "PATH"
        replacing = "`yiben build --replace` overwrites all of them"
    return (
        f"`yiben import {source} {place} -l {one.tag}` imports the translations, "
        f"`yiben build --keep {kept}` makes a page the locale's own, "
        f'"exclude" in the settings leaves its source out, {replacing}'
    )


def _in_memory(group: Sequence[Placed], settings: Settings, waiting: Mapping[str, int]) -> str:
    """The number of texts of some pages that wait for a place, and where they are."""
    found = [one.output for one in group if waiting.get(one.output.name)]
    if not found:
        return ""
    count = sum(waiting[output.name] for output in found)
    file = f"{settings.catalogs}/left-over/{found[0].tag.replace('-', '_')}.po"
    return f"; {_counted(count, 'text')} that an import found no place for: {file}"


def _named(group: Sequence[Placed]) -> str:
    names = ", ".join(shown(one.output.name) for one in group[:_FEW])
    more = len(group) - _FEW
    return f"{names} and {more} more (`yiben build --check` lists them)" if more > 0 else names


def _counted(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"


def _quoted(word: str) -> str:
    return shlex.quote(shown(word))
