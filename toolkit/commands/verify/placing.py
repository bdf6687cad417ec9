"""Faults of built pages as findings, at the catalog's message where one is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from toolkit.checks.families import CHECKS
from toolkit.model.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.commands.verify.site import BuiltSite
    from toolkit.commands.verify.value import Fault
    from toolkit.model.catalog import Message


class Origin(NamedTuple):
    """The source of a built page."""

    page: str = ""
    """The source page below the project's root; empty where none is known."""
    catalog: str = ""
    """Its catalog in the page's locale; empty for a source page, or where there is none."""
    messages: Sequence[Message] = ()
    """The messages that a fault is about."""


def finding_of(fault: Fault, site: BuiltSite, origin: Origin) -> Finding:
    """The finding that tells of a fault.

    It stands at the message where one is known, and in the built page elsewhere.
    """
    check, built = CHECKS[fault.check], site.name(fault.path)
    message = origin.messages[0] if origin.messages and origin.catalog else None
    if message:
        context = "" if message.context is None else f"{message.context}\4"
        return Finding(
            origin.catalog,
            message.line,
            check.id,
            check.severity,
            f"{built}: {fault.text}",
            message=f"{context}{message.id}",
            source=next(iter(message.references), ""),
            page=origin.page,
            others=(built,),
            facts=(built, *fault.facts),
        )
    others = (origin.catalog,) if origin.catalog else ()
    line = _line(site.text(fault.path), fault.piece) if fault.piece else 0
    return Finding(
        built,
        line,
        check.id,
        check.severity,
        fault.text,
        page=origin.page,
        others=others,
        facts=fault.facts,
    )


def _line(data: str, piece: str) -> int:
    """The line that a piece stands in, 0 where it is not written as it is read."""
    place = data.find(piece)
    return data.count("\n", 0, place) + 1 if place >= 0 else 0
