"""`yiben platform`: what Weblate, Crowdin, Transifex and Pontoon have to be told of a project."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toolkit.project.project import Project


class PlatformName(StrEnum):
    """The platforms that settings are written for."""

    WEBLATE = "weblate"
    CROWDIN = "crowdin"
    TRANSIFEX = "transifex"
    PONTOON = "pontoon"


@dataclass(frozen=True, slots=True)
class Advice:
    """The settings of a platform, as words and as its own file."""

    words: tuple[str, ...]
    file: str
    """The name of the file, or of the import that takes its text."""
    text: str


def advise(projects: Sequence[Project], name: PlatformName) -> Advice:
    """Return the settings of a platform for the catalogs of a project, or of its parts."""
    match name:
        case PlatformName.WEBLATE:
            return _weblate(projects)
        case PlatformName.CROWDIN:
            return _crowdin(projects)
        case PlatformName.TRANSIFEX:
            return _transifex(projects)
        case PlatformName.PONTOON:
            return _pontoon(projects)


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _templates(project: Project) -> str:
    return f"{project.settings.catalogs}/templates/LC_MESSAGES"


def _catalogs(project: Project, locale: str) -> str:
    return f"{project.settings.catalogs}/{locale}/LC_MESSAGES"


def _weblate(projects: Sequence[Project]) -> Advice:
    words = _distinct(word for one in projects for word in _weblate_words(one))
    found = [_weblate_component(one, named=len(projects) > 1) for one in projects]
    if any(one.settings.catalog != "single" for one in projects):
        words += ('`catalog = "single"` is far quicker there than a component for each page.',)
        if len(projects) > 1:
            words += ("Set up the add-on once for each entry of this list.",)
        return Advice(words, "component discovery", _as_json(found if len(found) > 1 else found[0]))
    return Advice(words, "import_json", _as_json(found))


def _weblate_words(project: Project) -> Iterator[str]:
    settings = project.settings
    source = settings.source.tag
    yield f"Source language {source}: choose it when the component is created; it is fixed then."
    yield "X-Source-Language is ignored; a source language can't be changed later."
    yield (
        "File format: gettext PO file; line wrap 65535, so that lines stay as yiben writes them."
        if not settings.wrap
        else f"File format: gettext PO file; line wrap {settings.wrap}, as in the settings."
    )
    yield "New languages: contact the maintainers; a new one has to enter `targets` first."
    yield "Leave the checks safe-html and auto-safe-html off: they take Markdown for HTML."
    yield f"A placeholders flag for macros, icons, footnotes and attribute lists: {_PLACEHOLDERS}"


def _weblate_component(project: Project, *, named: bool) -> dict[str, object]:
    """Return the settings of a component, or of the discovery of components."""
    settings = project.settings
    catalogs = settings.catalogs
    shared = {
        "file_format": "po",
        "file_format_params": {"po_line_wrap": settings.wrap or 65535},
        "source_language": settings.source.tag.replace("-", "_"),
        "new_lang": "contact",
        "repoweb": "…/blob/{{branch}}/{{filename}}#L{{line}}",
    }
    if settings.catalog == "single":
        domain = settings.domain
        return {
            "name": f"{project.part}: {domain}" if named else domain,
            "slug": _slug(f"{project.part}/{domain}") if named else domain,
            "filemask": f"{catalogs}/*/LC_MESSAGES/{domain}.po",
            "new_base": f"{_templates(project)}/{domain}.pot",
            **shared,
        }
    return {
        "match": rf"{_escaped(catalogs)}/(?P<language>[^/.]*)/LC_MESSAGES/(?P<component>.*)\.po",
        "new_base_template": f"{_templates(project)}/{{{{ component }}}}.pot",
        "name_template": f"{project.part}: {{{{ component }}}}" if named else "{{ component }}",
        "language_regex": "^(?!templates$|left-over$)[^.]+$",
        **shared,
    }


_PLACEHOLDERS = (
    r'placeholders:r"\{\{.*?\}\}|\{%.*?%\}|:[a-z0-9_+-]+:|\[\^[^\]\s]+\]|\{:?[ ]*[.#][^}]*\}"'
)


_CROWDIN_CODES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "pt": "pt-PT", "es": "es-ES"}
"""Targets that Crowdin calls otherwise."""


def _crowdin(projects: Sequence[Project]) -> Advice:
    text = "files:\n" + "".join(map(_crowdin_files, projects))
    words = (
        *_distinct(
            f"Source language: {one.settings.source.tag}; target languages: "
            + ", ".join(locale.tag for locale in one.settings.targets)
            + "."
            for one in projects
        ),
        "Run `yiben update` after each download: it restores order, comments and line breaks.",
    )
    return Advice(words, "crowdin.yml", text)


def _crowdin_files(project: Project) -> str:
    mapping = "".join(
        f"        {_CROWDIN_CODES.get(locale.tag, locale.tag)}: {locale.folder}\n"
        for locale in project.settings.targets
    )
    return (
        f"  - source: /{_templates(project)}/**/*.pot\n"
        f"    translation: /{_catalogs(project, '%locale_with_underscore%')}/**/%file_name%.po\n"
        f"    languages_mapping:\n      locale_with_underscore:\n{mapping}"
    )


def _transifex(projects: Sequence[Project]) -> Advice:
    resources = "".join(
        f"\n[o:ORGANIZATION:p:PROJECT:r:{_slug(f'{one.part}/{name}'.strip('/'))}]\n"
        f"file_filter = {_catalogs(one, '<lang>')}/{name}.po\n"
        f"source_file = {_templates(one)}/{name}.pot\n"
        f"source_lang = {one.settings.source.folder}\n"
        "type = PO\n"
        for one in projects
        for name in _domains(one)
    )
    host = "[main]\nhost = https://app.transifex.com\n"
    words = (
        "Put the names of your organization and project in; `tx push -s` sends the templates.",
        "`tx pull --mode onlytranslated` leaves untranslated messages empty, as yiben wants them.",
    )
    return Advice(words, ".tx/config", host + resources)


def _pontoon(projects: Sequence[Project]) -> Advice:
    every = _distinct(locale.folder for one in projects for locale in one.settings.targets)
    text = f"locales = {_listed(every)}\n" + "".join(_pontoon_paths(one, every) for one in projects)
    words = (
        "Put the file at the root of the repository and name it as the project configuration.",
        "Pontoon creates missing catalogs itself; run `yiben update` afterwards.",
    )
    return Advice(words, "l10n.toml", text)


def _pontoon_paths(project: Project, every: Sequence[str]) -> str:
    own = tuple(locale.folder for locale in project.settings.targets)
    return (
        f'\n[[paths]]\n    reference = "{_templates(project)}/**/*.pot"\n'
        f'    l10n = "{_catalogs(project, "{locale}")}/**/*.po"\n'
        + ("" if set(own) == set(every) else f"    locales = {_listed(own)}\n")
    )


def _listed(names: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"


def _slug(name: str) -> str:
    return name.replace("/", "-").replace(".", "-")


def _domains(project: Project) -> list[str]:
    pages, _ = project.pages()
    settings = project.settings
    site = (settings.site,) if settings.site and settings.owns_site else ()
    return sorted({project.domain(name) for name in (*pages, *site)})


def _escaped(text: str) -> str:
    return text.replace(".", r"\.")


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
