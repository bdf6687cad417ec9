"""The block stage of a dialect whose program scans a page, as a plugin of markdown-it's core."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from markdown_it.common.utils import normalizeReference

from toolkit.dialects.blocks.pymd.slices import Expanded
from toolkit.dialects.blocks.scanning.blanks import BLANKS
from toolkit.dialects.blocks.scanning.emitter import Emitter
from toolkit.dialects.blocks.scanning.scanner import page_from
from toolkit.dialects.blocks.values import ReferenceDefinition
from toolkit.dialects.parser import FIRST_LINE

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping, Sequence

    from markdown_it.rules_core import StateCore

    from toolkit.dialects.blocks.pymd.slices import Slice
    from toolkit.dialects.blocks.scanning.scanner import Scanner
    from toolkit.dialects.parser import PageParser


class ScannedPage:
    """A page whose blocks are read, with what all readers of its texts share."""

    def __init__(
        self, text: Slice, emitter: Emitter, opaque: Sequence[re.Pattern[str]], first_line: int
    ) -> None:
        self.text = text
        self.emitter = emitter
        self.first_line = first_line
        """The line after the front matter; 0 where there is none."""
        self._opaque = opaque
        self._links: dict[str, tuple[str, str]] = {}

    def is_own_syntax(self, line: str) -> bool:
        """Whether a line holds nothing to translate by the project's own rules."""
        return any(pattern.fullmatch(line.strip(BLANKS)) for pattern in self._opaque)

    def define(self, scan: Scanner, found: re.Match[str], target: str, title: str) -> None:
        """Add the definition of a link that was found at the scanner's position."""
        label = " ".join(found["label"].split())
        rows = scan.rows(scan.position, found.end())
        self._links[label] = (target, title)
        self.emitter.leaf(ReferenceDefinition(label, target, title), rows)
        scan.position = found.end()

    def references(self) -> dict[str, dict[str, str | bool]]:
        """Return the targets and titles by labels, as markdown-it keeps them."""
        return {
            normalizeReference(label): {"href": target, "title": title}
            for label, (target, title) in self._links.items()
        }


def use_stage(
    parser: PageParser,
    read: Callable[[ScannedPage], Mapping[str, dict[str, str | bool]]],
    first_characters: str,
) -> None:
    """Let a function read the blocks of pages in the place of markdown-it's rules.

    It gives the references that a page defines.
    """

    def stage(state: StateCore) -> None:
        expanded = Expanded.of(state.src)
        emitter = Emitter(expanded, state.src)
        first = state.env[FIRST_LINE]
        opaque = cast("PageParser", state.md).opaque_lines
        page = ScannedPage(page_from(expanded, first), emitter, opaque, first)
        state.env["references"] = read(page)
        state.tokens.extend(emitter.tokens)

    parser.core.ruler.at("block", stage)
    parser.block.ruler.enableOnly([])
    parser.block.first_characters = frozenset(first_characters)
