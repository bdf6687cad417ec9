"""Find the revision of its source that a translation was made from.

A revision that the translation names counts. Otherwise the revisions are compared with it: by the
texts that each added, dropped or changed, and by when the translation itself was committed, for
most translations are made from what their source was by then.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

from toolkit.aligning.editions import Editions
from toolkit.commands.drift.recording import is_revision, record_of
from toolkit.commands.drift.value import How, Origin
from toolkit.model.document import Document
from toolkit.model.errors import Problem, ProjectError, ToolkitError
from toolkit.project.files import read_bytes
from toolkit.project.git import Repository
from toolkit.project.git_blobs import Blobs
from toolkit.project.history import History, Version, time_of_commit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from toolkit.commands.drift.recording import Record
    from toolkit.language.locale import Locale
    from toolkit.project.store import Run
    from toolkit.reading.page import Page

_MANY = 12
"""Versions of a page up to which all are compared; of more, those near the best ones."""
_LATER = -6.0
"""The weight of a version that is younger than the translation's last commit."""
_NO_COMMIT = (-2.5, -0.15)
"""The weights of a version between two commits of the translation: for any, and for each
further version up to the next commit."""
_DELIVERY = (-0.3, -0.03)
"""The same for a translation that came with many others at once, and has not changed since."""
_LAST, _OTHER, _SWEEP = 0.0, -0.5, -2.5
"""The weights of what was there at the translation's first or last commit, at others, and at those
that changed many pages, or the source as well: they keep links alive and translate none."""
_MANY_PAGES = 10
_BULK = 30
"""Pages that make a commit a delivery."""
_SCALE = 0.35
"""The weight of what the texts say; they depend on each other."""


@dataclass(frozen=True)
class Plan:
    """The facts that all translations of a locale need."""

    run: Run
    locale: Locale
    history: History
    blobs: Blobs
    use_records: bool = True
    """Whether the revisions that translations name count."""


def plan_of(run: Run, locale: Locale) -> Plan:
    """The plan for the translations of a locale; raises `ProjectError` without a repository."""
    history = History(Repository(run.project.root))
    return Plan(run, locale, history, Blobs(run.project.root))


def located(plan: Plan, page: str, translation: str) -> Origin:
    """Find the revision of a page that its translation was made from.

    Raises `ProjectError` for a revision that nobody knows.
    """
    name = plan.run.project.name_below_content(page)
    data = read_bytes(plan.run.project.root / translation, translation)
    document = Document.from_bytes(translation, data)
    settings = plan.run.project.settings
    record = record_of(document, settings.dialect_of(name), settings.revision_keys)
    if record and plan.use_records:
        version = _recorded(plan, page, translation, record)
        return Origin(page, translation, version, How.RECORDED, record.key)
    plan.history.require_whole()
    versions = plan.history.versions(page)
    if not versions:
        return Origin(page, translation, why="the source is not in any commit yet")
    target = plan.run.page_of(name, document)
    return _Search(plan, page, translation, target).origin(versions)


def _recorded(plan: Plan, page: str, translation: str, record: Record) -> Version:
    """The version of a page that a record means: that of a commit, or the page's own blob."""

    def error(text: str) -> ProjectError:
        what = f"{record.key}: {record.revision} {text}"
        return ProjectError(Problem(translation, record.line, record.column, what))

    versions = plan.history.versions(page)
    same = (one for one in versions if one.blob.startswith(record.revision.lower()))
    found = next(same, None)
    if found:
        return found
    if not is_revision(record.revision):
        raise error("is not the name of a commit; write its hexadecimal digits")
    commit = plan.blobs.find(f"{record.revision}^{{commit}}")
    if commit is None:
        raise error(plan.history.repository.how_to_get(record.revision))
    place = plan.history.place(commit.name)
    if place is not None:
        known = next((one for one in versions if one.place >= place), None)
        if known:
            return known
    return _beside(plan, page, commit.name, commit.data) or _missing(error, page)


def _missing(error: Callable[[str], ProjectError], page: str) -> Version:
    raise error(f"has no {page}, under any of its names; name a later commit")


def _beside(plan: Plan, page: str, commit: str, data: bytes) -> Version | None:
    """The version of a page in a commit that is none of HEAD's first parents."""
    time = time_of_commit(data)
    prefix = plan.history.repository.prefix
    later = [one.place for one in plan.history.versions(page) if one.time > time]
    for name in plan.history.names(page):
        stored = plan.blobs.find(f"{commit}:{prefix}{name}")
        if stored and stored.kind == "blob":
            same = (one for one in plan.history.versions(page) if one.blob == stored.name)
            place = max(later, default=-1) + 1
            return next(same, Version(commit, time, place, name, stored.name))
    return None


class _Search:
    """Compares the versions of a page with one translation."""

    def __init__(self, plan: Plan, page: str, translation: str, target: Page) -> None:
        self._plan = plan
        self._page, self._translation, self._target = page, translation, target
        self._name = plan.run.project.name_below_content(page)
        self._leads: dict[str, float] = {}
        self._anchor: Editions | None = None

    def origin(self, versions: Sequence[Version]) -> Origin:
        """The version that fits best."""
        weights = self._weights(versions)
        likeliest = max(range(len(versions)), key=lambda place: (weights[place], -place))
        first = self._anchored(versions, likeliest)
        if first is None:
            why = "the two pages don't seem to be translations of each other"
            return Origin(self._page, self._translation, why=why)
        scores = self._scores(versions, weights, first)
        best = max(scores, key=lambda place: (scores[place], -place))
        return Origin(
            self._page,
            self._translation,
            versions[best],
            How.STRUCTURE,
            certainty=self._certainty(versions, scores, best),
        )

    def _anchored(self, versions: Sequence[Version], likeliest: int) -> int | None:
        """Compare the likeliest version with the translation, others where that is none of it."""
        last = len(versions) - 1
        for place in dict.fromkeys((likeliest, 0, last // 2, last // 4, last - last // 4)):
            self._anchor = self._editions(versions[place])
            if self._anchor and self._anchor.alignment.plausible:
                return place
        return None

    def _editions(self, version: Version) -> Editions | None:
        settings = self._plan.run.project.settings
        scripts = (settings.source.script, self._plan.locale.script)
        page = self._read(version)
        return Editions(page, self._target, scripts) if page else None

    def _read(self, version: Version) -> Page | None:
        """A version of the page; `None` where it could not be read even then."""
        try:
            data = self._plan.blobs.read(version.blob)
            return self._plan.run.page_of(self._name, Document.from_bytes(version.name, data))
        except ToolkitError:
            return None

    def _lead(self, version: Version) -> float:
        if version.blob not in self._leads:
            page = self._read(version)
            lead = self._anchor.lead(page) if page and self._anchor else float("-inf")
            self._leads[version.blob] = lead * _SCALE
        return self._leads[version.blob]

    def _scores(
        self, versions: Sequence[Version], weights: Sequence[float], first: int
    ) -> dict[int, float]:
        """The scores of the versions that were compared, by their places."""
        scores: dict[int, float] = {}
        young = max(0, min(place for place, one in enumerate(weights) if one > _LATER) - 1)
        step = max(1, (len(versions) - young) // _MANY)
        wanted: Iterable[int] = (*range(young, len(versions), step), len(versions) - 1, first)
        while True:
            for place in wanted:
                if place not in scores:
                    scores[place] = weights[place] + self._lead(versions[place])
            if step == 1:
                return scores
            step = (step + 1) // 2
            best = sorted(scores, key=lambda place: -scores[place])[:3]
            near = {one + shift for one in best for shift in (-step, step, -1, 1)}
            wanted = [place for place in sorted(near) if young <= place < len(versions)]

    def _certainty(
        self, versions: Sequence[Version], scores: Mapping[int, float], best: int
    ) -> float:
        """The share of the versions whose bytes are the best one's among all that are likely."""
        top = scores[best]
        odds = {place: exp(score - top) for place, score in scores.items()}
        same = (odds[place] for place in odds if versions[place].blob == versions[best].blob)
        return sum(same) / sum(odds.values())

    def _weights(self, versions: Sequence[Version]) -> list[float]:
        """Return the likelihood of each version, given when the translation was committed."""
        commits = self._plan.history.versions(self._translation)
        if not commits:
            return [0.0] * len(versions)
        known = dict(_commit_weights(versions, commits))
        last = min(known)
        delivered = len(commits) == 1 and commits[0].together >= _BULK
        any_, each = _DELIVERY if delivered else _NO_COMMIT
        weights = []
        for place in range(len(versions)):
            steps = min((place - one - 1 for one in known if one < place), default=0)
            weight = any_ + each * steps
            weight = max(weight, known.get(place, weight))
            weights.append(_LATER if place < last else weight)
        return weights


def _commit_weights(
    versions: Sequence[Version], commits: Sequence[Version]
) -> Iterator[tuple[int, float]]:
    """The weights of the versions that were there at a translation's commits, the best ones last.

    Both are in the order of the history, the newest first.
    """
    with_source = {one.commit for one in versions}
    found: list[tuple[float, int]] = []
    is_last = True
    for commit in commits:
        swept = commit.commit in with_source or commit.together > _MANY_PAGES
        weight = _LAST if is_last or commit.new else _OTHER
        if swept and not commit.new:
            weight = _SWEEP
        is_last = is_last and swept
        found.append((weight, _there(versions, commit.place)))
    yield from ((place, weight) for weight, place in sorted(found))


def _there(versions: Sequence[Version], commit: int) -> int:
    """The place of the version that was there at a commit, the oldest one for an earlier commit."""
    found = (place for place, one in enumerate(versions) if one.place >= commit)
    return next(found, len(versions) - 1)
