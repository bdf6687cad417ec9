"""Checks of a catalog's header and of what concerns all its messages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.checks import announce, check
from toolkit.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.checks import Said, Subject

_COUNT = re.compile(r"nplurals\s*=\s*(\d+)")

announce(
    "stale",
    Severity.ERROR,
    "A template or catalog is behind the pages.\n\n"
    "Bad:  a page has a new paragraph, and no catalog has its message.\n"
    "Good: `yiben update` was run after the page was edited.",
)
announce(
    "incomplete",
    Severity.ERROR,
    "Less of a page is translated than `--min-complete` asks for, in percent of its words.\n\n"
    "Bad:  `--min-complete 100`, and a message is untranslated or fuzzy.\n"
    "Good: every message of the page is translated.",
)
announce(
    "refused",
    Severity.ERROR,
    "The build does not use a translation: it would break its page or hijack it.\n\n"
    "Bad:  msgid `See the guide.`, msgstr `See <script src=x></script>.`\n"
    "Good: msgstr brings in no element, target or macro that its msgid has not.",
)


@check("language", Severity.ERROR)
def wrong_language(subject: Subject) -> Iterator[Said]:
    """The header names another language than the folder.

    Bad:  `locales/de/…` with `Language: fr`.
    Good: `locales/de/…` with `Language: de`.
    """
    named = dict(subject.catalog.header).get("Language", "").replace("-", "_")
    if named != subject.locale.folder:
        yield 1, f'Language is "{named}" in the folder of {subject.locale.folder}; correct it'


@check("plural-forms", Severity.ERROR)
def wrong_plural_forms(subject: Subject) -> Iterator[Said]:
    """The header's number of plural forms is not the language's, or a message has another one.

    Bad:  `Plural-Forms: nplurals=2; …` in a Japanese catalog.
    Good: `Plural-Forms: nplurals=1; plural=0;`.
    """
    wanted = _COUNT.search(subject.locale.plural_forms)
    found = _COUNT.search(dict(subject.catalog.header).get("Plural-Forms", ""))
    if wanted and (not found or found[1] != wanted[1]):
        yield 1, f"Plural-Forms should be: {subject.locale.plural_forms}"
    for message in subject.catalog.messages:
        if message.id_plural and found and len(message.plurals) != int(found[1]):
            yield message.line, f"has {len(message.plurals)} plural forms instead of {found[1]}"


@check("edge-newline", Severity.ERROR)
def edge_newlines(subject: Subject) -> Iterator[Said]:
    r"""A translation starts or ends with a line break where its source does not.

    Bad:  msgid `Done.`, msgstr `Fertig.\n`.
    Good: msgstr `Fertig.`.
    """
    for message in subject.translated:
        for name, edge in (("starts", slice(1)), ("ends", slice(-1, None))):
            if (message.id[edge] == "\n") != (message.string[edge] == "\n"):
                yield message.line, f"{name} with a line break on one side only"
