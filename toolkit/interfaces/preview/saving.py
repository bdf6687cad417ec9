"""A translation into its catalog: this entry's bytes and the header's date change, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from toolkit.catalogs.header import with_header
from toolkit.catalogs.merge import merge
from toolkit.catalogs.po import CatalogFile
from toolkit.catalogs.template import template_of
from toolkit.commands.extract import fresh_template, template_in
from toolkit.interfaces.preview.views import message_as_json
from toolkit.model.catalog import Catalog, Message
from toolkit.model.errors import CatalogError, Problem, ToolkitError
from toolkit.project.files import replace_bytes
from toolkit.project.lock import locked

if TYPE_CHECKING:
    from toolkit.interfaces.preview.workspace import Place, Workspace
    from toolkit.project.store import Run
    from toolkit.reading.page import Page

_PATIENCE = 5.0
_REVISED = "PO-Revision-Date"
_FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True)
class EntryChange:
    """A translator's change of an entry."""

    text: str
    fuzzy: bool
    comment: str

    @classmethod
    def of(cls, message: Message | None) -> EntryChange:
        """Return what an entry says."""
        if message is None:
            return cls("", fuzzy=False, comment="")
        return cls(message.string, message.fuzzy, "\n".join(message.comments))


class ConflictError(ToolkitError):
    """Somebody else changed the very entry meanwhile."""

    def __init__(self, theirs: dict[str, Any]) -> None:
        super().__init__(
            Problem("", 0, 0, "this text has been changed by another program in the meantime")
        )
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class Saved:
    """The result of a save: what it found and left."""

    message: Message
    """The entry as it is now."""
    before: str
    """The revision that the save found."""
    after: str


def save(
    workspace: Workspace, place: Place, number: int, base: EntryChange, change: EntryChange
) -> Saved:
    """Put a translation into the catalog of its page.

    `base` is what the translator saw. Raises `ConflictError` when the entry says something else
    by now, and `ToolkitError` for what cannot be read or written.
    """
    with locked(workspace.project.root, _PATIENCE):
        page = workspace.page(place.name)
        unit = page.units[number]
        name = workspace.catalog_name(place)
        workspace.check_inside(name)
        old = workspace.run.data(name)
        file = CatalogFile.parse(name, old) if old is not None else _new_file(workspace, place)
        key = (unit.context, unit.text)
        found = next((one for one in file.catalog.messages if one.key == key), None)
        if found and found.id_plural:
            problem = "this message has plural forms; delete msgid_plural, as pages have none"
            raise CatalogError(Problem(name, found.line, 1, problem))
        current = EntryChange.of(found if found and not found.obsolete else None)
        if current not in (base, change):
            raise ConflictError(message_as_json(found))
        before = workspace.revision_with(place, old)
        if current == change and found is not None:
            return Saved(found, before, before)
        message = _with(found, page, number, change)
        better = _with_message(file, page, message, workspace.run)
        _check_readable(better, message)
        replace_bytes(workspace.project.root / name, old, better.data, name)
        return Saved(message, before, workspace.revision_with(place, better.data))


def _with(found: Message | None, page: Page, number: int, change: EntryChange) -> Message:
    """The entry as it is to be; a comment that only differs in nothing keeps its lines."""
    message = found or _fresh(page, number)
    flags = tuple(flag for flag in message.flags if flag != _FUZZY)
    fuzzy = change.fuzzy and bool(change.text)
    comments = message.comments
    if change.comment != "\n".join(comments):
        comments = tuple(change.comment.split("\n")) if change.comment else ()
    changed = replace(
        message,
        string=change.text,
        flags=(_FUZZY, *flags) if fuzzy else flags,
        comments=comments,
        obsolete=False,
    )
    if fuzzy:
        return changed
    return replace(changed, previous_context=None, previous_id=None, previous_plural=None)


def _fresh(page: Page, number: int) -> Message:
    unit = page.units[number]
    messages = template_of([page]).messages
    return next(one for one in messages if one.key == (unit.context, unit.text))


def _with_message(file: CatalogFile, page: Page, message: Message, run: Run) -> CatalogFile:
    """The file with an entry that says something else, or one more after those before it."""
    messages = list(file.catalog.messages)
    places = {one.key: place for place, one in enumerate(messages)}
    if message.key in places:
        messages[places[message.key]] = message
    else:
        before = 0
        for unit in page.units:
            if (unit.context, unit.text) == message.key:
                break
            before = places.get((unit.context, unit.text), before - 1) + 1
        messages.insert(before, message)
    header = tuple(
        (name, run.now() if name == _REVISED else value) for name, value in file.catalog.header
    )
    return run.with_catalog(file, replace(file.catalog, messages=tuple(messages), header=header))


def _new_file(workspace: Workspace, place: Place) -> CatalogFile:
    """The catalog of a page that has none yet, as an update would make it."""
    name = workspace.catalog_name(place)
    run, domain = workspace.run, workspace.project.domain(place.name)
    domains, _ = run.domains()
    pages, problems = run.pages(dict(domains)[domain])
    if problems:
        raise CatalogError(problems)
    template = fresh_template(run, domain, pages)
    own = template_in(run, domain, template, pages, place.locale)
    catalog = merge(own, Catalog()).catalog
    with_fields = with_header(catalog, template, place.locale, Catalog())
    return run.with_catalog(CatalogFile(name), with_fields)


def _check_readable(file: CatalogFile, message: Message) -> None:
    """Raise `CatalogError` unless what is to be written says what is wanted, read back."""
    again = CatalogFile.parse(file.path, file.data).catalog
    found = next((one for one in again.messages if one.key == message.key), None)
    if found is None or found.string != message.string:
        problem = "the translation cannot be written into this catalog; nothing was changed"
        raise CatalogError(Problem(file.path, 0, 0, problem))
