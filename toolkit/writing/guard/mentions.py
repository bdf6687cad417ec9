"""Find names that programs make links of: people, issues, commits, and domains alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.model.expressions import late
from toolkit.writing.guard.anywhere import has_commit
from toolkit.writing.guard.feature import Act, Feature

if TYPE_CHECKING:
    from collections.abc import Iterator

_MENTION = re.compile(r"(?<![A-Za-z])@(?:[a-z]+:)?[A-Za-z0-9_][\w.-]*(?:/[\w.-]+)?", re.ASCII)
_ISSUES = (
    re.compile(r"[#!?](?<!&.)[1-9]\d*(?!\w)", re.ASCII),
    re.compile(r"[0-9a-f](?<![A-Za-z0-9].)[0-9a-f]{39}(?!\w)", re.ASCII),
)
"""Patterns start with the character searched for; what has to precede it is tested last."""
_MENTION_MARKS = re.compile(r"[@#!?]")
_MAY_MENTION = re.compile(r"@|[#!?][1-9]")
_ISSUE_PLACE = re.compile(r"[\w./-]*\Z", re.ASCII)
_LONGEST_PLACE = 140
_COUNTRIES = (
    "a[c-gilmnoq-uwxz]|b[abd-jm-or-twyzv]|c[acdf-ik-oru-z]|d[ejkmoz]|e[cegr-u]|f[i-kmor]"
    "|g[abd-il-np-uwy]|h[kmnrtu]|i[del-oq-t]|j[emop]|k[eg-imnprwyz]|l[a-cikr-vy]|m[acdeghk-z]"
    "|n[acefgiloprzu]|om|p[ae-hk-nr-twy]|qa|r[eosuw]|s[a-eg-ortuvx-z]|t[cdf-hj-ortvwz]|u[agksyz]"
    "|v[aceginu]|w[fs]|y[et]|z[amw]"
)
_DOMAIN = late(
    r"(?<![\w./:@-])\w[\w-]{0,62}(?:\.[\w-]{1,63}){0,9}\.(?:biz|com|edu|gov|net|org|pro|web|xxx"
    rf"|aero|asia|coop|info|museum|name|shop|рф|{_COUNTRIES})(?![\w-])",
    re.IGNORECASE,
)
"""The top-level domains are those that `linkify` takes for some unasked."""


def features_of_mentions(text: str) -> Iterator[Feature]:
    """People and issues that code hosts and `magiclink` make links of."""
    if not (_MENTION_MARKS.search(text) and _MAY_MENTION.search(text)) and not has_commit(text):
        return
    for match in _MENTION.finditer(text) if "@" in text else ():
        yield Feature(Act.MENTION, match[0].rstrip(".-").casefold())
    for pattern in _ISSUES:
        for match in pattern.finditer(text):
            start = match.start()
            before = _ISSUE_PLACE.search(text[max(0, start - _LONGEST_PLACE) : start])
            yield Feature(Act.MENTION, (before[0] if before else "") + match[0])


def has_domain(text: str) -> bool:
    """Whether a text has a domain without a scheme."""
    return _DOMAIN.search(text) is not None


def features_of_domains(text: str) -> Iterator[Feature]:
    """Yield the targets of a text's domains without a scheme, which mystmd makes links of."""
    for match in _DOMAIN.finditer(text) if "." in text else ():
        yield Feature(Act.TARGET, f"http://{match[0].lower()}")
