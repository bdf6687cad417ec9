"""The report of `yiben translate` on what it did or would do, as text and as JSON."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from toolkit.commands.translate.value import Lack
from toolkit.interfaces.reports.json_texts import json_text
from toolkit.language.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.commands.translate.value import Drafted, Estimate


def summary(drafted: Drafted, *, asked: bool) -> Iterator[str]:
    """Yield one line with the figures, and one about what else could be done."""
    total = sum(count for _, count in drafted.drafted)
    parts = [f"{counted(total, 'message')} drafted"]
    parts += [f"{count} by {name}" for name, count in drafted.drafted]
    lacks = Counter(one.lack for one in drafted.undone)
    parts += [f"{lacks[lack]} {lack}" for lack in Lack if lacks[lack]]
    parts += [f"{counted(drafted.words, 'word')} sent"] if drafted.words else []
    parts.append(f"{counted(len(drafted.changed), 'file')} written")
    yield f"translate: {' · '.join(parts)}"
    if lacks[Lack.UNKNOWN] and not asked:
        yield "for these, name a provider: machine.provider in the settings, or --provider"


def as_json(drafted: Drafted) -> str:
    """Return everything that happened, as one JSON object."""
    values = {
        "drafted": dict(drafted.drafted),
        "files": list(drafted.changed),
        "words": drafted.words,
        "requests": drafted.requests,
        "undone": [
            {
                "path": one.path,
                "line": one.line,
                "text": one.text,
                "lack": one.lack.value,
                "reasons": list(one.reasons),
            }
            for one in drafted.undone
        ],
        "causes": list(drafted.causes),
        "problems": [str(one) for one in drafted.problems],
    }
    return json_text(values)


def estimate_as_text(estimate: Estimate) -> str:
    """Return what a run would send, a line a figure."""
    rows = [
        ("messages", f"{estimate.messages}"),
        ("words", f"{estimate.words}"),
        ("characters", f"{estimate.characters}"),
        ("tokens, about", f"{estimate.tokens}"),
        ("price", _money(estimate.price)),
        ("from the memory", f"{estimate.known}"),
    ]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name.ljust(width)}  {value}" for name, value in rows)


def _money(price: float | None) -> str:
    if price is None:
        return "no prices in the settings"
    return f"{price:.2f}" if price >= 1 else f"{price:.4f}"


def estimate_as_json(estimate: Estimate) -> str:
    """Return the same as one JSON object."""
    values = {
        "messages": estimate.messages,
        "words": estimate.words,
        "characters": estimate.characters,
        "tokens": estimate.tokens,
        "price": estimate.price,
        "known": estimate.known,
        "problems": [str(one) for one in estimate.problems],
    }
    return json_text(values)
