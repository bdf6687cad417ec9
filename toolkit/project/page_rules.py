"""Settings that differ by page: glob patterns below `content`, the most specific first."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatch
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Iterator

Value = TypeVar("Value")

_WILD = late(r"\[[^\]]*\]|[*?]")
_GLOB = late(r"[*?\[/]|\.(?:md|markdown|mdx|ya?ml)$")


def fits(pattern: str, page: str) -> bool:
    """Whether a pattern means a page below `content`; one that ends with `/` is a folder."""
    return fnmatch(page, f"{pattern}*" if pattern.endswith("/") else pattern)


def is_wild(pattern: str) -> bool:
    """Whether a pattern may mean several pages or folders."""
    return bool(_WILD.search(pattern))


def is_glob(key: str) -> bool:
    """Whether a key of a table means pages, rather than a locale or a check."""
    return bool(_GLOB.search(key))


class PageRule(NamedTuple, Generic[Value]):
    """One value, and where it holds."""

    value: Value
    glob: str = ""
    """A pattern for pages; empty for all of them."""
    name: str = ""
    """A locale or check; empty for all of them."""

    def holds(self, page: str, name: str) -> bool:
        """Whether the rule says something of a page and a locale or check."""
        return self.name in {"", name} and (not self.glob or fits(self.glob, page))

    @property
    def weight(self) -> tuple[int, bool, bool]:
        """The rank of a rule by the plain characters of its pattern, then by its name."""
        plain = len(_WILD.sub("", self.glob))
        return plain, bool(self.name), bool(self.glob)


@dataclass(frozen=True, slots=True)
class PageRules(Generic[Value]):
    """Values by page and by locale or check."""

    rules: tuple[PageRule[Value], ...] = ()

    def of(self, page: str, name: str) -> Value | None:
        """The value for a page and a locale or check; `None` where nothing is said."""
        fitting = [rule for rule in self.rules if rule.holds(page, name)]
        return max(fitting, key=lambda rule: rule.weight).value if fitting else None

    def patterns(self) -> Iterator[str]:
        """Return the patterns of pages that have a value of their own."""
        return (rule.glob for rule in self.rules if rule.glob)

    def names(self) -> frozenset[str]:
        """The locales or checks that something is said of."""
        return frozenset(rule.name for rule in self.rules if rule.name)
