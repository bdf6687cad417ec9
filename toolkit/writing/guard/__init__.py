"""Assembling with care: no translation breaks the structure of a page or brings in what is not its.

Every translation is looked at on its own, written so that it stays what it was, and the built page
is read again. Where its structure is not that of the source, the messages that are guilty fall back
to the source text. A page is never shipped broken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference

from toolkit.dialects.inline.grammar import ListValues
from toolkit.model.document import Edit
from toolkit.model.units import Form, Kind
from toolkit.reading.heading_references import heading_targets, with_heading_links
from toolkit.reading.segment.words import may_refer, short_references
from toolkit.writing.assemble import placed, with_labels
from toolkit.writing.forms import in_lines
from toolkit.writing.guard.boxes import ticks_of, with_open_box
from toolkit.writing.guard.escapes import MARKDOWN_FORMS, escaped
from toolkit.writing.guard.feature import Act, Feature
from toolkit.writing.guard.foreign import ended_urls, foreign_features
from toolkit.writing.guard.guilt import Court
from toolkit.writing.guard.inert import keeps_blocks
from toolkit.writing.guard.places import place_of
from toolkit.writing.guard.plain import has_label, has_other_labels, is_plain
from toolkit.writing.guard.readings import readings
from toolkit.writing.guard.template_tags import always_shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from toolkit.dialects.dialect import Dialect
    from toolkit.model.catalog import MessageKey
    from toolkit.model.document import Document
    from toolkit.model.units import Unit
    from toolkit.reading.canonical import Definitions
    from toolkit.reading.segment import Reading

_WORD = re.compile(r"\w")
_QUOTES = "\"'`"
_LIST_VALUE, _CODE_STRING = Form.LIST_VALUE, Kind.CODE_STRING
"""Members that are compared for every text: Python looks up one of an enum slowly."""
_UNWRITABLE = {
    ListValues.ENTITIES: re.compile(r"(?!)"),
    ListValues.VERBATIM: re.compile(r"[\"\\]"),
    ListValues.WITHOUT_BRACES: re.compile(r"[\"\\{}]|&#?\w+;"),
    # Pandoc reads lists behind captions as text, notes over blocks, nests of brackets for hours.
    ListValues.ESCAPED: re.compile(r"[{}]|\^\[|\[(?:[^\[\]]*\[){4}"),
    ListValues.NONE: re.compile(""),
}
"""The characters that a list of attributes cannot hold between its quotes."""


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
    reading: Reading | None = None
    """The reading of the page, where it had to be read."""
    edits: tuple[Edit, ...] = ()
    """The edits that made it of its source, where they change nothing but words within lines."""

    @property
    def text(self) -> str:
        """Its text, without a byte order mark."""
        return self.document.text

    @property
    def data(self) -> bytes:
        """Its bytes, as they are written to disk."""
        return self.document.to_bytes()


@dataclass(frozen=True, slots=True)
class Guard:
    """Builds localized pages of one dialect; `keys` are the front matter's translated ones."""

    dialect: Dialect
    keys: tuple[str, ...]
    allowed: tuple[str, ...] = ()
    """The hosts of link targets and the names of elements that translations may add."""
    outline: Callable[[str], object] | None = None
    """Returns the site's own rendering of a page, if a second opinion is wanted."""

    def built(
        self, document: Document, reading: Reading, translations: Mapping[MessageKey, str]
    ) -> Built:
        """Build the page with every safe translation; `reading` is the result of `read`."""
        refusals: list[Refusal] = []
        pairs: list[tuple[Unit, Edit]] = []
        linked = self._heading_links(document, reading, translations)
        definitions = reading.definitions
        inserting = self.dialect.inserting
        inserts = inserting is not None and inserting.search(document.text) is not None
        for unit in reading.units:
            found = translations.get((unit.context, unit.text), "")
            if found != unit.text and found.strip():
                edit = self._edit(unit, found, document, definitions, linked, inserts=inserts)
                if isinstance(edit, Refusal):
                    refusals.append(edit)
                    continue
            elif (text := linked(unit, unit.text)) != unit.text:
                edit = self._placed(unit, text, document)
            else:
                continue
            pairs.append((unit, edit))
        if not pairs:
            return Built(document, tuple(refusals), reading)
        edits = [edit for _, edit in pairs]
        page = document.edited(edits)
        if self.outline is None and keeps_blocks(document, page, reading, pairs):
            return Built(page, tuple(refusals), edits=tuple(edits))
        page, broken, again = self._sound(document, reading, page, edits)
        if broken:
            reason = "changes the structure of the page"
            refusals += [Refusal(unit, reason) for unit, edit in pairs if edit in broken]
        return Built(page, tuple(refusals), again)

    def _edit(
        self,
        unit: Unit,
        text: str,
        document: Document,
        definitions: Definitions,
        linked: Callable[[Unit, str], str],
        *,
        inserts: bool = False,
    ) -> Edit | Refusal:
        """Write a translation for its place, or refuse it.

        A page that inserts others (`inserts`) may have definitions that are not known.
        """
        inserts = inserts and "[" in text and unit.form in MARKDOWN_FORMS
        if is_plain(unit, text, document, self.dialect, definitions) and not (
            inserts and has_other_labels(unit, text)
        ):
            return Edit(unit.span, text)
        text = in_lines(unit, text)
        foreign = self._foreign(unit, text, definitions)
        if unit.form is _LIST_VALUE:
            foreign = foreign or self._quotes_that_end(unit, text, document)
        safe = text
        if not foreign:
            safe = self._written(unit, text, document)
            if safe != text:
                # An escape may undo a code span that something stood in.
                foreign = self._foreign(unit, safe, definitions)
            foreign = foreign or ticks_of(unit, safe, document, self.dialect.grammar)
        if inserts:
            safe = self._without_references(unit, safe, definitions)
        if foreign:
            reason = f"adds what its source doesn't have: {', '.join(map(str, foreign[:3]))}"
            return Refusal(unit, reason, foreign[0].text)
        return self._placed(unit, linked(unit, safe), document)

    def _placed(self, unit: Unit, text: str, document: Document) -> Edit:
        return placed(document, unit, text, self.dialect.grammar)

    def _heading_links(
        self, document: Document, reading: Reading, translations: Mapping[MessageKey, str]
    ) -> Callable[[Unit, str], str]:
        """Return what makes links of a text's references to headings whose texts change."""
        if not self.dialect.heading_references or not reading.definitions:
            return lambda _, text: text
        changed = {
            normalizeReference(unit.text)
            for unit in reading.units
            if unit.kind is Kind.HEADING
            and translations.get((unit.context, unit.text), "").strip() not in {"", unit.text}
        }
        known = heading_targets(reading, document) if changed else {}
        targets = {label: name for label, name in known.items() if label in changed}
        grammar = self.dialect.grammar

        def linked(unit: Unit, text: str) -> str:
            if not targets or not unit.references or unit.form not in MARKDOWN_FORMS:
                return text
            full = with_labels(unit.text, unit.references, text, grammar)
            return with_heading_links(full, targets, grammar)

        return linked

    def _written(self, unit: Unit, text: str, document: Document) -> str:
        """The text with escapes and labels, as it is put into the page."""
        grammar = self.dialect.grammar
        if unit.form in MARKDOWN_FORMS:
            text = ended_urls(unit.text, text, grammar)
        text = with_open_box(unit, text, document, grammar)
        safe = escaped(unit, text, document, self.dialect)
        if safe != text and unit.form in MARKDOWN_FORMS:
            # What was a link may be a bare URL behind an escape.
            safe = ended_urls(unit.text, safe, grammar)
        return with_labels(unit.text, unit.references, safe, grammar)

    def _foreign(self, unit: Unit, text: str, definitions: Definitions) -> list[Feature]:
        apart = self.dialect.apart
        found = self._features(unit, apart(unit.text), apart(text), definitions)
        if not found and self.dialect.has_vanishing(text):
            found = self._features_of_rest(unit, text, definitions)
        if definitions and "[" in text:
            found += self._foreign_references(unit, text, definitions)
        if unit.kind is _CODE_STRING and _takes_quote(text) and not _takes_quote(unit.text):
            found.append(Feature(Act.STRING_END, text))
        if unit.form is _LIST_VALUE:
            found = [one for one in found if one.act is not Act.ATTRIBUTES]
            values = self.dialect.grammar.list_values
            ends = _UNWRITABLE[values].findall(text)
            if values is ListValues.ESCAPED:
                ends = [one for one in ends if one not in unit.text]
            found += [Feature(Act.LIST_END, one) for one in ends]
        return found

    def _features(
        self, unit: Unit, source: str, text: str, definitions: Definitions
    ) -> list[Feature]:
        return foreign_features(
            source,
            text,
            self.dialect.grammar,
            place=place_of(unit),
            allowed=self.allowed,
            definitions=definitions,
        )

    def _features_of_rest(self, unit: Unit, text: str, definitions: Definitions) -> list[Feature]:
        """Return what a text adds where its tags leave nothing in the page."""
        left = self.dialect.without_vanishing
        shown, own = (_WORD.search(left(always_shown(one))) for one in (text, unit.text))
        if own and not shown:
            return [Feature(Act.MACRO, "tags around all words")]
        return self._features(unit, left(unit.text), left(text), definitions)

    def _quotes_that_end(self, unit: Unit, text: str, document: Document) -> list[Feature]:
        """Return the single quotes that end a value in such, where nothing can be written for one.

        Double quotes cannot stand in any value of a list of attributes.
        """
        single = document.text[unit.span.start - 1] == "'"
        values = self.dialect.grammar.list_values
        if not single or "'" not in text or values in {ListValues.ENTITIES, ListValues.ESCAPED}:
            return []
        return [Feature(Act.LIST_END, "'")]

    def _short_references(self, unit: Unit, text: str) -> list[tuple[int, int]]:
        """Return where short references stand in a text by any of its readings."""
        found = (
            short_references(text, one)
            for one in readings(self.dialect.grammar, place_of(unit), text)
        )
        return sorted(set(chain.from_iterable(found)))

    def _without_references(self, unit: Unit, text: str, definitions: Definitions) -> str:
        """Return a text with those brackets escaped that an unknown definition may make a link."""
        source = unit.text.upper()
        for start, end in reversed(self._short_references(unit, text)):
            name = normalizeReference(text[start + 1 : end - 1])
            if name not in definitions and not has_label(source, text, start, name):
                # For pulldown-cmark a backslash keeps nothing from being a label.
                mark = "&#91;" if text.startswith("]", start - 1) else "\\["
                text = f"{text[:start]}{mark}{text[start + 1 :]}"
        return text

    def _foreign_references(
        self, unit: Unit, text: str, definitions: Definitions
    ) -> Iterator[Feature]:
        """The short references of a translation that lead where nothing in its source does."""
        own = {normalizeReference(label) for label in unit.references}
        if not may_refer(text, definitions, () if "![" in text else own):
            return
        grammar = self.dialect.grammar
        for start, end in self._short_references(unit, text):
            name = normalizeReference(text[start + 1 : end - 1])
            if name not in definitions:
                continue
            if text.startswith("!", start - 1):
                if f"![{name}]" not in unit.text.upper():
                    yield Feature(Act.IMAGE, definitions[name])
            elif name not in own and f"[{name}]" not in unit.text.upper():
                linked = f"[](<{definitions[name]}>)"
                if foreign_features(unit.text, linked, grammar, definitions=definitions):
                    yield Feature(Act.REFERENCE, name)

    def _sound(
        self, document: Document, reading: Reading, page: Document, edits: list[Edit]
    ) -> tuple[Document, frozenset[Edit], Reading | None]:
        """The page built from as many of the edits as keep its structure, and the others.

        `page` is built from all of them. With what was read in it, where that is known.
        """
        court = Court(document, reading, self.dialect, self.keys, self.outline)
        again = court.sound_reading(page)
        if again is not None:
            return page, frozenset(), again
        guilty = court.guilty(edits)
        kept = [edit for edit in edits if edit not in guilty]
        return document.edited(kept) if kept else document, guilty, None


def _takes_quote(text: str) -> bool:
    """Whether a string of code ends with a backslash that escapes its closing quote."""
    inner = text.strip().rstrip(_QUOTES)
    return (len(inner) - len(inner.rstrip("\\"))) % 2 == 1
