"""Names for the author of a dialect, in one place; the names stay, their modules may move.

`toolkit.dialect("gfm")` is a dialect to start from, `toolkit.testing.assert_round_trip` tests one.
"""

from __future__ import annotations

from toolkit.dialects import GROUP, dialect_named, dialect_names
from toolkit.dialects.blocks.alerts import alerts, titled_alerts
from toolkit.dialects.blocks.leaves import read_leaf, read_paragraph
from toolkit.dialects.blocks.opaque import line_rule
from toolkit.dialects.blocks.pushing import push_leaf
from toolkit.dialects.blocks.values import Opaque, OwnLeaf, Text, Title
from toolkit.dialects.dialect import (
    CodePart,
    Dialect,
    Emphasis,
    FrontMatter,
    OwnSyntax,
    Plugin,
    Syntax,
)
from toolkit.dialects.inline.grammar import Grammar
from toolkit.dialects.parser import BlockRule, PageParser, line_text

__all__ = [
    "GROUP",
    "BlockRule",
    "CodePart",
    "Dialect",
    "Emphasis",
    "FrontMatter",
    "Grammar",
    "Opaque",
    "OwnLeaf",
    "OwnSyntax",
    "PageParser",
    "Plugin",
    "Syntax",
    "Text",
    "Title",
    "alerts",
    "dialect_named",
    "dialect_names",
    "line_rule",
    "line_text",
    "push_leaf",
    "read_leaf",
    "read_paragraph",
    "titled_alerts",
]
