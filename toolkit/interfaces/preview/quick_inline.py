"""Python-Markdown's inline stage with less to do: patterns that cannot match are not tried out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown.inlinepatterns import InlineProcessor as InlinePattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from xml.etree.ElementTree import Element

    from markdown import Markdown

_HANDLE = "_InlineProcessor__handleInline"
_APPLY = "_InlineProcessor__applyPattern"
_MOST_QUIET = 100_000
"""Texts that are remembered to have no match or one."""


def quicken(program: Markdown) -> None:
    """Quicken all inline stages of a Markdown program that are of the kind this was made for."""
    for stage in program.treeprocessors:
        if type(stage) is InlineProcessor and hasattr(stage, _HANDLE) and hasattr(stage, _APPLY):
            stage.__class__ = QuickInline


class QuickInline(InlineProcessor):
    """Looks for a pattern before all that is done for a match of it.

    Nearly all patterns of a site match in nearly none of its texts.
    """

    _patterns: Sequence[tuple[object, Callable[[str, int], Any] | None]] = ()
    _quiet: dict[str, bool]
    """Whether no pattern matches, by text."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply all patterns to the texts of a tree.

        Texts without any match are out of the tree meanwhile: each costs the more the more
        elements it stands among, and after some extensions all is gone through twice.
        """
        patterns = [(one, _search_of(one)) for one in self.inlinePatterns]
        if patterns != self._patterns or len(self._quiet) > _MOST_QUIET:
            self._patterns, self._quiet = patterns, {}
        texts = [(one, text) for one in tree.iter() if self._is_quiet(text := one.text)]
        tails = [(one, tail) for one in tree.iter() if self._is_quiet(tail := one.tail)]
        for element, _ in texts:
            element.text = None
        for element, _ in tails:
            element.tail = None
        found = super().run(tree, ancestors)
        for element, text in texts:
            element.text = text
        for element, tail in tails:
            element.tail = tail
        return found

    def _is_quiet(self, text: str | None) -> bool:
        """Whether no pattern matches in a text."""
        if not text or isinstance(text, AtomicString):
            return False
        known = self._quiet.get(text)
        if known is None:
            searches = (search for _, search in self._patterns)
            known = not any(search is None or search(text, 0) for search in searches)
            self._quiet[text] = known
        return known

    def _InlineProcessor__handleInline(  # noqa: N802 - the name of what it replaces
        self,
        data: str,
        patternIndex: int = 0,  # noqa: N803
    ) -> str:
        if isinstance(data, AtomicString):
            return data
        place, start, patterns = patternIndex, 0, self._patterns
        apply = getattr(self, _APPLY)
        while place < len(patterns):
            pattern, search = patterns[place]
            matched = False
            if search is None or search(data, start):
                data, matched, start = apply(pattern, data, place, start)
            else:
                start = 0
            place += not matched
        return data


def _search_of(pattern: object) -> Callable[[str, int], Any] | None:
    """The function that finds a pattern in a text; `None` for kinds that are found otherwise."""
    return pattern.getCompiledRegExp().search if isinstance(pattern, InlinePattern) else None
