"""Assembling with care: no translation breaks the structure of a page or brings in what is not its.

Every translation is looked at on its own, written so that it stays what it was, and the built page
is read again. Where its structure is not that of the source, the messages that are guilty fall back
to the source text. A page is never shipped broken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference

from toolkit import canonical
from toolkit.assemble import edit_for
from toolkit.errors import DocumentError
from toolkit.guard.escapes import escaped
from toolkit.guard.foreign import foreign_features
from toolkit.guard.skeleton import same_skeleton
from toolkit.segment import read_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.catalog import MessageKey
    from toolkit.dialect import Dialect
    from toolkit.document import Document
    from toolkit.segment import Reading
    from toolkit.units import Unit


@dataclass(frozen=True, slots=True)
class Refusal:
    """A translation that was not used, and why."""

    unit: Unit
    reason: str
    piece: str = ""
    """The words that are not the source's, where there are such."""


@dataclass(frozen=True, slots=True)
class Built:
    """A localized page, and the translations it had to do without."""

    document: Document
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Guard:
    """Builds localized pages of one dialect; `keys` are the front matter's translated ones."""

    dialect: Dialect
    keys: tuple[str, ...]
    allowed: tuple[str, ...] = ()
    """What translations may bring in: hosts of link targets, names of elements."""

    def built(
        self, document: Document, reading: Reading, translations: Mapping[MessageKey, str]
    ) -> Built:
        """The page with every translation that is safe; `reading` is what `read` said of it."""
        refusals: list[Refusal] = []
        usable: list[tuple[Unit, str]] = []
        for unit in reading.units:
            text = translations.get((unit.context, unit.text), "")
            if not text.strip() or text == unit.text:
                continue
            foreign = self._foreign(unit, text, reading)
            if foreign:
                reason = f"brings in what its source has not: {', '.join(foreign[:3])}"
                refusals.append(Refusal(unit, reason, _quoted(foreign[0])))
            else:
                usable.append((unit, escaped(unit, text, document, self.dialect)))
        page, broken = self._sound(document, reading, usable)
        reason = "changes the structure of the page"
        refusals += [Refusal(unit, reason) for unit in broken]
        return Built(page, tuple(refusals))

    def _foreign(self, unit: Unit, text: str, reading: Reading) -> list[str]:
        apart = self.dialect.apart
        definitions = reading.definitions if reading.labels else {}
        found = foreign_features(
            apart(unit.text),
            apart(text),
            self.allowed,
            self.dialect.own_syntax,
            roles=self.dialect.roles,
            definitions=definitions,
        )
        if definitions and "[" in text:
            found += _foreign_references(unit, text, definitions)
        return found

    def _sound(
        self, document: Document, reading: Reading, usable: Sequence[tuple[Unit, str]]
    ) -> tuple[Document, list[Unit]]:
        """The page built from as many of the translations as keep its structure."""
        page = _built(document, usable)
        if page is document or self._is_sound(page, reading):
            return page, []
        guilty = set(self._guilty(document, reading, list(range(len(usable))), usable))
        kept = [pair for index, pair in enumerate(usable) if index not in guilty]
        page = _built(document, kept)
        if not self._is_sound(page, reading):
            # Translations that are harmless alone but not together: none is above suspicion.
            return document, [unit for unit, _ in usable]
        return page, [usable[index][0] for index in sorted(guilty)]

    def _is_sound(self, page: Document, reading: Reading) -> bool:
        """Whether a page, read again, is built as its source is."""
        try:
            again = read_blocks(page, self.dialect, self.keys)
        except DocumentError:
            return False
        return same_skeleton(again, reading, self.dialect)

    def _guilty(
        self,
        document: Document,
        reading: Reading,
        suspects: list[int],
        usable: Sequence[tuple[Unit, str]],
    ) -> Iterator[int]:
        """Those of the suspects that break the page, found by halves."""
        page = _built(document, [usable[index] for index in suspects])
        if self._is_sound(page, reading):
            return
        if len(suspects) == 1:
            yield suspects[0]
            return
        middle = len(suspects) // 2
        yield from self._guilty(document, reading, suspects[:middle], usable)
        yield from self._guilty(document, reading, suspects[middle:], usable)


def _built(document: Document, texts: Sequence[tuple[Unit, str]]) -> Document:
    if not texts:
        return document
    return document.edited([edit_for(document, unit, text) for unit, text in texts])


def _quoted(feature: str) -> str:
    """The text of a feature such as `link target “x.md”`."""
    return feature.partition("“")[2].rpartition("”")[0]


def _foreign_references(unit: Unit, text: str, definitions: Mapping[str, str]) -> Iterator[str]:
    """The short references of a translation that lead where nothing in its source does."""
    own = {normalizeReference(label) for label in unit.references}
    for name in canonical.shortcuts(text):
        if name in definitions and name not in own and f"[{name}]" not in unit.text.upper():
            linked = f"[]({definitions[name]})"
            if foreign_features(unit.text, linked, definitions=definitions):
                yield f"reference “{name}”"
