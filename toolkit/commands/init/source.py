"""The language that pages are written in, and the folder that others were made from."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from toolkit.commands.init.translated import locale_named
from toolkit.language.detection import can_tell, tag_of
from toolkit.language.locale import locale_of
from toolkit.model.errors import Problem, ProjectError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from toolkit.commands.init.layout import Layout
    from toolkit.commands.init.tree import Tree
    from toolkit.language.detection import Detected
    from toolkit.language.locale import Locale

_LEAST_SHARE = 0.67
"""Share of the pages that a language has where nothing else names it."""
_SURE_SHARE = 0.8
"""And where the configuration names another one."""
_NEARLY = 0.9
"""Share of the most pages at which a folder could as well be the source."""
_LIKELIEST = "en"
_FRONT_PAGES = ("README.md", "readme.md", "index.md")


class Source(NamedTuple):
    """The tag of the source's language, and how it is known."""

    tag: str
    how: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of several sets of pages, each in a language; and why it is the source."""

    name: str
    why: str


def source_of(layout: Layout, tree: Tree, asked: str, why: str) -> Source:
    """The language of a project's pages.

    `asked` is what somebody said, `why` how the folder of the pages was told among several.
    Raises `ProjectError` where neither the configuration nor the pages say enough.
    """
    if asked:
        return Source(locale_of(asked).tag, "as given")
    found = tree.language()
    named = locale_named(layout.source) if layout.source else None
    origin = why or f"as {layout.file} says"
    if named is None:
        return _by_pages(layout, found)
    if found is None:
        return Source(named.tag, origin)
    told = locale_of(found.tag)
    if same_writing(named, told):
        # `zh` alone does not say how it is written.
        named = told if named.tag == named.language == "zh" else named
        return Source(named.tag, why or f"as {layout.file} and the pages say")
    tellable = can_tell(named.language) or named.script != told.script
    if found.share >= _SURE_SHARE and tellable:
        instead = f"{found.share:.0%} of the pages, though {layout.file or why} says {named.tag}"
        return Source(found.tag, instead)
    return Source(named.tag, origin)


def _by_pages(layout: Layout, found: Detected | None) -> Source:
    if found is None:
        problem = "there is too little text to detect its language; name it with --source"
        raise ProjectError(Problem(layout.content, 0, 0, problem))
    if found.share < _LEAST_SHARE:
        others = ", ".join(f"{share:.0%} in {tag}" for tag, share in found.others[:3])
        problem = (
            f"only {found.share:.0%} of its pages are in {found.tag} ({others}); name the language"
            " of the pages that are to be translated with --source"
        )
        raise ProjectError(Problem(layout.content, 0, 0, problem))
    return Source(found.tag, f"{found.share:.0%} of the pages")


def same_writing(one: Locale, other: Locale) -> bool:
    """Whether two locales are one language in one script: `zh-CN` and `zh-Hans`."""
    return one.language == other.language and one.script == other.script


def chosen(root: Path, tree: Tree, sets: Mapping[str, Sequence[str]], named: str) -> Chosen:
    """The source among sets of pages, by the names of their locales.

    It is what the configuration names, else the set with the most pages. Where others have nearly
    as many it is the one whose texts stand in the others still, then the language of the front
    page, then English. Raises `ProjectError` where none of these tells.
    """
    known = locale_named(named) if named else None
    own = [name for name in sets if known and locale_named(name) == known]
    own = own or [name for name in sets if known and _is_writing(name, known)]
    if own:
        return Chosen(own[0], "")
    most = max(map(len, sets.values()))
    near = sorted(name for name, pages in sets.items() if len(pages) >= _NEARLY * most)
    if len(near) == 1:
        return Chosen(near[0], f"{near[0]} has the most pages")
    left = _left_over(tree, {name: sets[name] for name in near})
    if left:
        return Chosen(left, f"some pages in other folders are still in the language of {left}")
    larger = [name for name in near if len(sets[name]) == most]
    if len(larger) == 1:
        return Chosen(larger[0], f"{larger[0]} has the most pages")
    return _by_custom(root, larger)


def _is_writing(name: str, known: Locale) -> bool:
    locale = locale_named(name)
    return locale is not None and same_writing(locale, known)


def _left_over(tree: Tree, sets: Mapping[str, Sequence[str]]) -> str:
    """The set whose language pages of the others are in, where it is one alone."""
    languages = {name: locale_named(name) for name in sets}
    counts = dict.fromkeys(sets, 0)
    for name, pages in sets.items():
        found = tree.language(pages)
        shares = ((found.tag, found.share), *found.others) if found else ()
        for (tag, share), (other, locale) in product(shares, languages.items()):
            if other != name and locale and locale.language == locale_of(tag).language:
                counts[other] += round(share * len(pages))
    some = [name for name, count in counts.items() if count]
    return some[0] if len(some) == 1 else ""


def _by_custom(root: Path, names: Sequence[str]) -> Chosen:
    """One of several that have as many pages."""
    listed = " and ".join([", ".join(names[:-1]), names[-1]])
    for page in _FRONT_PAGES:
        path = root / page
        told = tag_of(path.read_bytes().decode("utf-8", "replace")) if path.is_file() else ""
        fit = [name for name in names if told and _is_writing(name, locale_of(told))]
        if fit:
            return Chosen(fit[0], f"{listed} have equally many pages; {page} is in {fit[0]}")
    english = [name for name in names if _is_writing(name, locale_of(_LIKELIEST))]
    if english:
        why = f"{listed} have equally many pages; --source chooses another one"
        return Chosen(english[0], why)
    problem = f"{listed} have equally many pages; choose the source with --source"
    raise ProjectError(Problem("", 0, 0, problem))
