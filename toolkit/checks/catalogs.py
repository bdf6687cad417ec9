"""Checks of a catalog's header and of what concerns all its messages."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from toolkit.checks import CHECKS, Remark, announce, catalog_check
from toolkit.checks.ignoring import ignored_checks
from toolkit.language.field import language_field, names_language
from toolkit.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.checks.subject import Subject

_COUNT = re.compile(r"nplurals\s*=\s*(\d+)")
_CHARSET = re.compile(r"charset\s*=\s*utf-?8\s*$", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}[+-]\d{4}")
_FIELDS = (
    "Project-Id-Version",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "MIME-Version",
    "Content-Transfer-Encoding",
)
_DATES = frozenset({"POT-Creation-Date", "PO-Revision-Date"})
_DEFAULTS = {
    "Project-Id-Version": "PACKAGE VERSION",
    "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
    "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
    "Language-Team": "LANGUAGE <LL@li.org>",
}
"""The defaults that xgettext writes into a header (gettext manual, "Header Entry")."""

announce(
    "syntax",
    Severity.ERROR,
    "A page, template, catalog or glossary cannot be read; the exit status is 2.\n\n"
    "Bad:  a catalog with conflict markers of a version control system, or with a message twice.\n"
    "Good: a file that `msgfmt --check` accepts.",
)
announce(
    "stale",
    Severity.ERROR,
    "A template or catalog is out of date.\n\n"
    "Bad:  a page has a new paragraph, but no catalog contains it.\n"
    "Good: `yiben update` was run after the page was edited.",
)
announce(
    "incomplete",
    Severity.ERROR,
    "A page is translated less than required, as a percentage of its words.\n\n"
    "The setting `min_complete` or the option `--min-complete` gives the percentage.\n"
    "Bad:  `--min-complete 100`, and a message is untranslated or fuzzy.\n"
    "Good: every message of the page is translated.",
)
announce(
    "no-target",
    Severity.WARNING,
    "A locale has catalogs of this project's pages but is not in `targets`.\n\n"
    "Weblate lets translators add a language; it is not built until it is in `targets`.\n"
    "Bad:  `locales/fr/LC_MESSAGES/index.po` exists, and `targets` has no `fr`.\n"
    "Good: `fr` is in `targets`, or the folder is gone.",
)
announce(
    "shifted",
    Severity.WARNING,
    "A message has the translation of its neighbour.\n\n"
    "It is recognized by lengths, by what survives translation (code, numbers, link targets),\n"
    "and by words that occur together in the catalog.\n"
    "Bad:  `Install it.` and `Remove it.` are both translated as `Entferne es.`\n"
    "Good: each has a translation of its own, at its place.",
)
announce(
    "refused",
    Severity.ERROR,
    "The build does not use a translation, because it would break or hijack its page.\n\n"
    "Bad:  msgid `See the guide.`, msgstr `See <script src=x></script>.`\n"
    "Good: msgstr adds no element, link target or macro that its msgid doesn't have.",
)


@catalog_check("header", Severity.ERROR)
def broken_header(subject: Subject) -> Iterator[Remark]:
    """The header is malformed: wrong charset, an invalid line, or a field that occurs twice.

    Bad:  no `Content-Type`, or `Content-Type: text/plain; charset=CHARSET`.
    Good: `Content-Type: text/plain; charset=UTF-8`.
    """
    header = subject.catalog.header
    if not _CHARSET.search(dict(header).get("Content-Type", "")):
        yield Remark('needs "Content-Type: text/plain; charset=UTF-8"', facts=("Content-Type",))
    for name, count in Counter(name for name, _ in header if name).items():
        if count > 1:
            yield Remark(f"has {name} {count} times; keep one of them", facts=(name,))
    for name, value in header:
        if not name and value:
            yield Remark(
                f'the header line "{value}" is not a field; write "Name: value"', facts=(value,)
            )
    if "fuzzy" in subject.catalog.header_flags:
        yield Remark(
            "the header is fuzzy, so gettext's programs take this for a template; remove the flag",
            facts=("fuzzy",),
        )


@catalog_check("header-field", Severity.WARNING)
def incomplete_header(subject: Subject) -> Iterator[Remark]:
    """A field of the header is missing, still has gettext's default, or is not a valid date.

    Bad:  `Last-Translator: FULL NAME <EMAIL@ADDRESS>`
    Good: `Last-Translator: Li Lei <lilei@example.org>`
    """
    header = dict(subject.catalog.header)
    for name in _FIELDS:
        if name not in header:
            yield Remark(f"{name} is missing", facts=(name,))
        elif header[name] == _DEFAULTS.get(name):
            yield Remark(
                f"{name} is still “{header[name]}”; fill it in", facts=(name, header[name])
            )
    for name in sorted(_DATES & header.keys()):
        if not _DATE.fullmatch(header[name]) and header[name] != _DEFAULTS.get(name):
            text = f"{name} is not a date such as 2024-03-14 10:52+0800"
            yield Remark(text, facts=(name, header[name]))


@catalog_check("language", Severity.ERROR)
def other_language(subject: Subject) -> Iterator[Remark]:
    """The header and the folder name different languages.

    Spelling does not matter if language and script are the same: `zh`, `zh_CN` and
    `zh-Hans` in the folder `zh_Hans`.

    Bad:  `locales/de/…` with `Language: fr`.
    Good: `locales/de/…` with `Language: de`.
    """
    named = dict(subject.catalog.header).get("Language", "")
    if not names_language(named, subject.locale):
        right = language_field(subject.locale)
        folder = subject.locale.folder
        text = f'Language is "{named}" in the folder of {folder}; write "{right}"'
        yield Remark(text, facts=(named,))


@catalog_check("plural-forms", Severity.ERROR)
def wrong_plural_forms(subject: Subject) -> Iterator[Remark]:
    """The number of plural forms in the header is wrong for the language.

    Checked only if a message has plurals. Also: a message has more or fewer forms than the header.
    Bad:  `Plural-Forms: nplurals=2; …` in a Japanese catalog.
    Good: `Plural-Forms: nplurals=1; plural=0;`.
    """
    counted = [message for message in subject.catalog.messages if message.id_plural]
    if not counted:
        return
    found = _COUNT.search(dict(subject.catalog.header).get("Plural-Forms", ""))
    number = int(found[1]) if found else None
    if number not in subject.locale.plural_numbers:
        yield Remark(f"Plural-Forms should be: {subject.locale.plural_forms}")
    for message in counted:
        if number is not None and len(message.plurals) != number:
            text = f"has {len(message.plurals)} plural forms instead of {number}"
            yield Remark(text, message=message)


@catalog_check("unknown-check", Severity.WARNING)
def unknown_ignored(subject: Subject) -> Iterator[Remark]:
    """A comment ignores a check that does not exist.

    Bad:  `# yiben: ignore numbr`
    Good: `# yiben: ignore number`
    """
    for message in subject.catalog.messages:
        ignored = ignored_checks(message)
        for name in sorted(ignored - CHECKS.keys()) if ignored else ():
            text = f'the comment ignores "{name}", which is not a check'
            yield Remark(text, message=message, facts=(name,))
