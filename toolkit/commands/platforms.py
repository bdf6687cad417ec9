"""`yiben platform`: what Weblate, Crowdin, Transifex and Pontoon have to be told of a project."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


def advise(project: Project, name: PlatformName) -> Advice:
    """Return the settings of a platform for the catalogs of a project."""
    match name:
        case PlatformName.WEBLATE:
            return _weblate(project)
        case PlatformName.CROWDIN:
            return _crowdin(project)
        case PlatformName.TRANSIFEX:
            return _transifex(project)
        case PlatformName.PONTOON:
            return _pontoon(project)


def _templates(project: Project) -> str:
    return f"{project.settings.catalogs}/templates/LC_MESSAGES"


def _catalogs(project: Project, locale: str) -> str:
    return f"{project.settings.catalogs}/{locale}/LC_MESSAGES"


def _weblate(project: Project) -> Advice:
    settings = project.settings
    catalogs, source = settings.catalogs, settings.source.tag
    shared = {
        "file_format": "po",
        "file_format_params": {"po_line_wrap": settings.wrap or 65535},
        "source_language": source.replace("-", "_"),
        "new_lang": "contact",
        "repoweb": "…/blob/{{branch}}/{{filename}}#L{{line}}",
    }
    words = [
        f"Source language {source}: choose it when the component is created; it is fixed then.",
        "X-Source-Language is ignored; a source language can't be changed later.",
        "File format: gettext PO file; line wrap 65535, so that lines stay as yiben writes them."
        if not settings.wrap
        else f"File format: gettext PO file; line wrap {settings.wrap}, as in the settings.",
        "New languages: contact the maintainers; a new one has to enter `targets` first.",
        "Leave the checks safe-html and auto-safe-html off: they take Markdown for HTML.",
        "A placeholders flag for macros, icons, footnotes and attribute lists: " + _PLACEHOLDERS,
    ]
    if settings.catalog == "single":
        domain = settings.domain
        component = {
            "name": domain,
            "slug": domain,
            "filemask": f"{catalogs}/*/LC_MESSAGES/{domain}.po",
            "new_base": f"{_templates(project)}/{domain}.pot",
            **shared,
        }
        return Advice(tuple(words), "import_json", _as_json([component]))
    words.append('`catalog = "single"` is far quicker there than a component for each page.')
    discovery = {
        "match": rf"{_escaped(catalogs)}/(?P<language>[^/.]*)/LC_MESSAGES/(?P<component>.*)\.po",
        "new_base_template": f"{_templates(project)}/{{{{ component }}}}.pot",
        "name_template": "{{ component }}",
        "language_regex": "^(?!templates$|left-over$)[^.]+$",
        **shared,
    }
    return Advice(tuple(words), "component discovery", _as_json(discovery))


_PLACEHOLDERS = (
    r'placeholders:r"\{\{.*?\}\}|\{%.*?%\}|:[a-z0-9_+-]+:|\[\^[^\]\s]+\]|\{:?[ ]*[.#][^}]*\}"'
)


_CROWDIN_CODES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "pt": "pt-PT", "es": "es-ES"}
"""Targets that Crowdin calls otherwise."""


def _crowdin(project: Project) -> Advice:
    settings = project.settings
    mapping = "".join(
        f"        {_CROWDIN_CODES.get(locale.tag, locale.tag)}: {locale.folder}\n"
        for locale in settings.targets
    )
    text = (
        "files:\n"
        f"  - source: /{_templates(project)}/**/*.pot\n"
        f"    translation: /{_catalogs(project, '%locale_with_underscore%')}/**/%file_name%.po\n"
        f"    languages_mapping:\n      locale_with_underscore:\n{mapping}"
    )
    words = (
        f"Source language: {settings.source.tag}; target languages: "
        + ", ".join(locale.tag for locale in settings.targets)
        + ".",
        "Run `yiben update` after each download: it restores order, comments and line breaks.",
    )
    return Advice(words, "crowdin.yml", text)


def _transifex(project: Project) -> Advice:
    settings = project.settings
    names = _domains(project)
    resources = "".join(
        f"\n[o:ORGANIZATION:p:PROJECT:r:{name.replace('/', '-').replace('.', '-')}]\n"
        f"file_filter = {_catalogs(project, '<lang>')}/{name}.po\n"
        f"source_file = {_templates(project)}/{name}.pot\n"
        f"source_lang = {settings.source.folder}\n"
        "type = PO\n"
        for name in names
    )
    host = "[main]\nhost = https://app.transifex.com\n"
    words = (
        "Put the names of your organization and project in; `tx push -s` sends the templates.",
        "`tx pull --mode onlytranslated` leaves untranslated messages empty, as yiben wants them.",
    )
    return Advice(words, ".tx/config", host + resources)


def _pontoon(project: Project) -> Advice:
    settings = project.settings
    locales = ", ".join(f'"{one.folder}"' for one in settings.targets)
    text = (
        f"locales = [{locales}]\n\n[[paths]]\n"
        f'    reference = "{_templates(project)}/**/*.pot"\n'
        f'    l10n = "{_catalogs(project, "{locale}")}/**/*.po"\n'
    )
    words = (
        "Put the file at the root of the repository and name it as the project configuration.",
        "Pontoon creates missing catalogs itself; run `yiben update` afterwards.",
    )
    return Advice(words, "l10n.toml", text)


def _domains(project: Project) -> list[str]:
    pages, _ = project.pages()
    site = (project.settings.site,) if project.settings.site else ()
    return sorted({project.domain(name) for name in (*pages, *site)})


def _escaped(text: str) -> str:
    return text.replace(".", r"\.")


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
