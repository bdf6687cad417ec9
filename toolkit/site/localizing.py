"""A source page and a catalog as the page of a localized site."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import ceil
from typing import TYPE_CHECKING

from toolkit.catalogs.ready_texts import OUTDATED, ready_notice, ready_texts
from toolkit.model.units import Form, Kind
from toolkit.project.settings import Anchors
from toolkit.reading.anchors import heading_ids
from toolkit.reading.segment import read, read_blocks
from toolkit.site.credits import with_credits
from toolkit.site.front import with_front_matter, with_notice
from toolkit.site.front_paths import with_paths
from toolkit.site.links import new_urls, relocated
from toolkit.site.pinning import named_headings, pin_edits
from toolkit.site.terms import with_terms
from toolkit.site.titles import lacks_titles, title_edits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from toolkit.catalogs.statistics import Count
    from toolkit.dialects.dialect import Dialect
    from toolkit.dialects.slug_rule import Slugs
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import MessageKey
    from toolkit.model.document import Document, Edit
    from toolkit.project.guards import GuardedPage
    from toolkit.project.settings import Settings
    from toolkit.reading.anchors import Heading
    from toolkit.reading.page import Page
    from toolkit.site.as_of import PastPage
    from toolkit.site.layout import Layout
    from toolkit.site.links import Renames
    from toolkit.writing.guard import Guard, Refusal


@dataclass(frozen=True, slots=True)
class PageRequest:
    """The site's requirements for a localized page."""

    name: str
    """The source page below the content folder."""
    layout: Layout | None = None
    """The places of everything; `None` to leave links as they are."""
    anchors: Anchors = Anchors.KEEP
    slugs: Slugs = ""
    """The way the site's generator makes ids of headings."""
    linked: Collection[str] = ()
    """The fragments that anything in the project links to."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """The present urls of targets that were moved since, for a page as it was once."""
    renames: Renames | None = None
    """The ids that headings have now, where links follow them."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """The titles of admonitions that have none, by type."""
    terms: Mapping[str, str] = field(default_factory=dict)
    """The terms of the project's glossaries with their translations."""
    untranslated: str = ""
    """The replacement for a text that is not translated; empty to keep the text."""
    notice: str = ""
    """A block of Markdown before the page."""
    credits: str = ""
    """A line below the page that names its translators."""
    translators: tuple[str, ...] = ()
    """All who translated the project, for a page that lists them."""
    day: str = ""
    """The day of the page's texts as its catalog has them."""
    front_matter: Mapping[str, str] = field(default_factory=dict)
    """Keys of the front matter that are set."""
    paths: Collection[str] = ()
    """Keys of the front matter whose paths are rewritten as links are."""

    def at(self, count: Count, locale: Locale, past: PastPage | None = None) -> PageRequest:
        """The same for a page that is translated as far as `count` says, maybe in the past."""
        if past:
            return self._behind(locale, past)
        if self.notice == AUTO:
            ready = ready_notice(locale, count)
            return replace(self, notice=f"> {ready}" if ready else "")
        by_machine = _MACHINE in self.notice and count.machine.units
        notice = self.notice if count.complete < _ALL or by_machine else ""
        notice = notice.replace(_MACHINE, str(ceil(count.by_machine)))
        notice = notice.replace(_DATE, self.day).replace(_BEHIND, "0")
        return replace(self, notice=notice.replace("{percent}", str(int(count.complete))))

    def _behind(self, locale: Locale, past: PastPage) -> PageRequest:
        """The same for a page that is built as it was once."""
        if self.notice == AUTO:
            ready = ready_texts(locale).get(OUTDATED, "")
            return replace(self, notice=f"> {ready} ({past.date})" if ready else "")
        notice = self.notice if _DATE in self.notice or _BEHIND in self.notice else ""
        notice = notice.replace(_DATE, past.date).replace(_BEHIND, str(past.behind))
        return replace(self, notice=notice.replace("{percent}", "100").replace(_MACHINE, "0"))


_ALL = 100
_DATE, _BEHIND = "{date}", "{behind}"
_MACHINE = "{machine}"
AUTO = "auto"
"""The notice that is one of ours, in the readers' language."""


def request_of(
    settings: Settings, dialect: Dialect, locale: Locale, name: str, layout: Layout
) -> PageRequest:
    """The changes that the settings ask for in the localized page of `name`."""
    values = {"lang": locale.tag, "dir": "rtl" if locale.right_to_left else "ltr"}
    return PageRequest(
        name=name,
        layout=layout if settings.links == "localize" else None,
        anchors=settings.anchors,
        slugs=settings.slugs or dialect.slugs,
        untranslated=locale.text_of(settings.untranslated),
        notice=locale.text_of(settings.notice),
        front_matter={key: values[key] for key in settings.page_language},
        paths=settings.front_matter_paths,
    )


@dataclass(frozen=True, slots=True)
class Localized:
    """A page of a localized site."""

    document: Document
    refusals: tuple[Refusal, ...] = ()
    """Translations that it had to do without."""
    urls: tuple[tuple[str, str], ...] = ()
    """The urls that were changed, and what to."""


def localized(built: GuardedPage, wanted: PageRequest) -> Localized:
    """Give a page with its translations the links, anchors and notice that the site wants.

    What is done to links and anchors is done to the built page, after the guard: it comes from the
    project, not from a translation.
    """
    page, guard = built.page, built.guard
    edits = list(_edits_by_reading(built, wanted))
    document = built.document.edited(edits) if edits else built.document
    document = with_terms(document, guard, wanted.terms)
    urls = new_urls(page, guard, wanted.name, wanted.layout, wanted.renames, wanted.moved)
    document, paths = with_paths(
        relocated(document, guard, urls), guard.dialect, wanted.paths, wanted.name, wanted.layout
    )
    document = _with_top(document, guard, wanted)
    if wanted.credits or wanted.translators:
        document = with_credits(document, guard, wanted.credits, wanted.translators)
    changed = tuple((old, new) for (_, old), new in urls.items())
    return Localized(document, built.refusals, (*changed, *paths))


def _edits_by_reading(built: GuardedPage, wanted: PageRequest) -> Iterator[Edit]:
    """Yield the titles and pins of a page, which is read only where any may be wanted."""
    page, document, guard = built.page, built.document, built.guard
    titles = wanted.titles if lacks_titles(page.reading, wanted.titles) else {}
    source = _headings_to_pin(built, wanted)
    reading = built.reading
    if titles:
        reading = reading or read_blocks(document, guard.dialect, guard.keys)
        yield from title_edits(document, reading, titles)
    if source:
        here = heading_ids(reading or built.headings(), document, guard.dialect, wanted.slugs)
        named = named_headings(page)
        yield from pin_edits(source, here, guard.dialect, wanted.anchors, wanted.linked, named)


def _headings_to_pin(built: GuardedPage, wanted: PageRequest) -> Sequence[Heading]:
    """The headings of the source page; none where no heading of the built one may need a pin."""
    page, dialect, anchors = built.page, built.guard.dialect, wanted.anchors
    if not dialect.heading_id or anchors not in {Anchors.PIN, Anchors.PIN_ALL}:
        return ()
    if built.document is page.document:
        return ()
    source = heading_ids(page.reading, page.document, dialect, wanted.slugs)
    if anchors is Anchors.PIN_ALL:
        return source
    named = named_headings(page)
    return source if any(one.id in named or one.id in wanted.linked for one in source) else ()


def stand_ins(page: Page, text: str) -> dict[MessageKey, str]:
    """Return a text for all that may be without a translation."""
    return {
        (unit.context, unit.text): text
        for unit in page.units
        if unit.form in _RUNNING and unit.kind not in _NAMES
    }


_RUNNING = frozenset({Form.FLOW, Form.CELL, Form.CODE_CELL})
_NAMES = frozenset({Kind.HEADING, Kind.TABLE_HEADER})
"""The kinds of units that name other texts; readers find their way in a page by them."""


def _with_top(document: Document, guard: Guard, wanted: PageRequest) -> Document:
    if wanted.notice:
        reading = read_blocks(document, guard.dialect, guard.keys)
        document = with_notice(document, reading, wanted.notice)
    if wanted.front_matter:
        reading = read(document, guard.dialect, guard.keys)
        document = with_front_matter(document, reading, wanted.front_matter)
    return document
