"""The options and results of a build."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.language.locale import Locale
    from toolkit.model.errors import Problem
    from toolkit.model.findings import Finding
    from toolkit.project.outputs import Placed


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """The options of a build."""

    locales: tuple[Locale, ...]
    pages: frozenset[str] | None = None
    """The pages to build, below the content folder; `None` for all, with the files beside them."""
    keep: tuple[str, ...] = ()
    """Outputs, or folders of such, that are the locale's own from now on."""
    replace: bool = False
    """Whether files that yiben did not write are replaced."""
    diff: bool = False
    """Whether the differences are wanted."""
    binary: bool = False
    """Whether each catalog is written as `msgfmt` does, too."""
    trees: tuple[Locale, ...] = ()
    """Further locales whose trees have the source pages, and whose site has settings of its own."""

    @property
    def of_site(self) -> tuple[Locale, ...]:
        """The locales whose site gets settings."""
        return (*self.locales, *self.trees)


@dataclass(frozen=True, slots=True)
class Built:
    """The result of a build, or of a dry run."""

    placed: tuple[Placed, ...] = ()
    """The outcome for each output."""
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Translations that were refused."""
    rewritten: tuple[str, ...] = ()
    """Links that were rewritten, one per line."""
    missing: tuple[str, ...] = ()
    """The tag of the locale of each catalog that does not exist."""
    left_out: tuple[str, ...] = ()
    """The tag of the locale of each page that is not translated enough."""
    manifest: str = ""
    """The path of the manifest."""
    had_manifest: bool = True
    """Whether there was one."""
    manifest_changed: bool = False

    @classmethod
    def of(cls, parts: Iterable[Built]) -> Built:
        """Join the results of the parts of a build."""
        listed = list(parts)
        return cls(
            placed=tuple(chain.from_iterable(one.placed for one in listed)),
            problems=tuple(dict.fromkeys(chain.from_iterable(one.problems for one in listed))),
            warnings=tuple(chain.from_iterable(one.warnings for one in listed)),
            findings=tuple(chain.from_iterable(one.findings for one in listed)),
            rewritten=tuple(chain.from_iterable(one.rewritten for one in listed)),
            missing=tuple(chain.from_iterable(one.missing for one in listed)),
            left_out=tuple(chain.from_iterable(one.left_out for one in listed)),
        )
