"""Find the file that translates each page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from toolkit.language.names import capitals, spellings, without_locale
from toolkit.model.errors import Problem, ProjectError
from toolkit.project.output_pattern import PLACEHOLDERS, filled, has_placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.language.locale import Locale


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the translations of pages below a folder, or by a pattern.

    `place` is a folder, or holds `{path}`, `{stem}`, `{locale}` as the setting `output` does.
    `names` are the files that exist; all names are relative to one root, with `/`.
    """

    place: str
    source: Locale
    target: Locale
    names: frozenset[str]

    def partner(self, page: str, itself: str) -> str | None:
        """The file that translates a page, named below the source folder, or nothing.

        `itself` is the page's own path, which is no translation of it.
        """
        names = (name for name in self.candidates(page) if name in self.names)
        return next((name for name in names if name != itself), None)

    def candidates(self, page: str) -> Iterator[str]:
        """The places where a page's translation may be, the likeliest first."""
        for path in self._below(PurePosixPath(page)):
            yield PurePosixPath(path).as_posix()

    def _below(self, page: PurePosixPath) -> Iterator[str]:
        tags = (*spellings(self.target), *capitals(self.target))
        bare = page.with_name(without_locale(page.stem, self.source) + page.suffix)
        if has_placeholder(self.place):
            for tag in tags:
                for path in dict.fromkeys((page, bare)):
                    yield filled(self.place, tag, path.as_posix())
            return
        folder = PurePosixPath(self.place)
        for tag in tags:
            for joint in "._-":
                yield str(folder / bare.with_name(f"{bare.stem}{joint}{tag}{bare.suffix}"))
            yield str(folder / tag / page)
            yield str(folder / tag / bare)
        yield str(folder / page)
        yield str(folder / bare)


def check_place(place: str) -> None:
    """Raise `ProjectError` for a pattern with other placeholders, or without one for the page."""
    named = set(re.findall(r"\{[^{}]*\}", place))
    known = [f"{{{name}}}" for name in PLACEHOLDERS]
    strange = named - set(known)
    if strange:
        text = f"{min(strange)} is not a placeholder; use {', '.join(known)}"
        raise ProjectError(Problem(place, 0, 0, text))


def is_pattern(place: str) -> bool:
    """Whether a place has placeholders."""
    return bool(re.search(r"\{[^{}]*\}", place))


def base_of(place: str) -> str:
    """The folder that everything a pattern can name lies in."""
    parts = PurePosixPath(place).parts
    fixed = next((n for n, part in enumerate(parts) if "{" in part), len(parts))
    return PurePosixPath(*parts[:fixed]).as_posix()


def below(folder: str, names: Sequence[str]) -> list[str]:
    """Keep the names in a folder, relative to it; a file itself is kept with its name."""
    if folder in names:
        return [PurePosixPath(folder).name]
    start = "" if folder in {"", "."} else f"{folder}/"
    return [name[len(start) :] for name in names if name.startswith(start)]
