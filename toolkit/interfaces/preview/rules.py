"""The rules by which pages of a dialect are rendered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.dialects.dialect import Dialect


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules by which a dialect's pages are rendered, told from its facts."""

    flavour: str
    """The value of its `Flavour`, which a second process need not load."""
    python_markdown: bool = False
    """Whether Python-Markdown renders them."""
    roles: bool = False
    """Whether they have roles, as MyST-Parser's do."""
    tables: bool = False
    """Whether they have tables, and what else GitHub added to Markdown."""
    alerts: bool = False
    definitions: bool = False
    containers: bool = False
    """Whether they have admonitions between colons."""
    shortcodes: bool = False
    heading_ids: bool = False
    fence_labels: bool = False
    """Whether code can have a label and come from a file, as VitePress' can."""

    @classmethod
    def of(cls, dialect: Dialect) -> Rules:
        """Return the rules of a dialect."""
        from toolkit.dialects.dialect import Syntax  # noqa: PLC0415 - not for a second process

        return cls(
            dialect.grammar.flavour.value,
            dialect.python_markdown,
            dialect.grammar.roles,
            dialect.knows(Syntax.TABLE),
            dialect.knows(Syntax.ALERT),
            dialect.knows(Syntax.DEFINITION),
            dialect.knows(Syntax.COLON_BLOCK),
            dialect.knows(Syntax.SHORTCODE),
            dialect.knows(Syntax.HEADING_ID),
            dialect.fence_labels,
        )
