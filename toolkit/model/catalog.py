"""Messages and catalogs as values; nothing here knows how a PO file is written."""

from __future__ import annotations

from dataclasses import dataclass, field

MessageKey = tuple[str | None, str]
"""The identity of a message in gettext: `msgctxt` and `msgid`."""


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a catalog. Texts are unescaped; comment lines come without their `#` mark."""

    id: str
    """The source text (`msgid`)."""
    string: str = ""
    """The translation (`msgstr`), empty when untranslated or when the message has plurals."""
    context: str | None = None
    """`msgctxt`; `None` (absent) and `""` (present, empty) differ."""
    id_plural: str | None = None
    plurals: tuple[str, ...] = ()
    """`msgstr[0]`, `msgstr[1]`, … of a message with `id_plural`."""
    comments: tuple[str, ...] = ()
    """Translator's comment lines (`# `), as written after the mark and one blank."""
    extracted: tuple[str, ...] = ()
    """Our comment lines for translators (`#. `)."""
    references: tuple[str, ...] = ()
    """The places of the text (`#: `): `path:line` or `path`, one item each."""
    flags: tuple[str, ...] = ()
    """`#, ` flags in their order, `fuzzy` included."""
    sticky: tuple[str, ...] = ()
    """`#= ` flags (gettext 0.23 and later) in their order."""
    previous_context: str | None = None
    previous_id: str | None = None
    previous_plural: str | None = None
    """The source text before it changed, as in `#| `."""
    obsolete: bool = False
    """Its source is gone; kept under `#~`."""
    line: int = field(default=0, compare=False)
    """Line of its `msgid` keyword in the file it was read from, from 1; 0 when made by us."""

    @property
    def key(self) -> MessageKey:
        """Context and source text."""
        return (self.context, self.id)

    @property
    def fuzzy(self) -> bool:
        """Whether a translator still has to look at the translation."""
        return "fuzzy" in self.flags

    @property
    def translated(self) -> bool:
        """Whether the build may use it: every text filled in, not fuzzy, not obsolete."""
        filled = all(self.plurals) and bool(self.plurals) if self.id_plural else bool(self.string)
        return filled and not self.fuzzy and not self.obsolete


@dataclass(frozen=True, slots=True)
class Catalog:
    """A template or catalog: header and messages, in file order, obsolete ones included."""

    messages: tuple[Message, ...] = ()
    header: tuple[tuple[str, str], ...] = ()
    """Header fields in their order, e.g. `("Language", "zh_Hans")`."""
    header_comments: tuple[str, ...] = ()
    header_flags: tuple[str, ...] = ()
    """Flags of the header entry; `fuzzy` in templates."""
