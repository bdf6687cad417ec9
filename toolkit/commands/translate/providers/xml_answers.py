"""Answers of engines that got codes as XML tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.commands.translate.providers.provider import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.commands.translate.providers.provider import Request


def answers_of(texts: Sequence[str], requests: Sequence[Request]) -> list[Answer]:
    """Put the codes back into translations; raises `ValueError` for a wrong number of them."""
    if len(texts) != len(requests) or not all(isinstance(text, str) for text in texts):
        raise ValueError(f"no list of {len(requests)} translations")
    found = [one.untagged(text) for text, one in zip(texts, requests, strict=True)]
    return [Answer(one.text.strip(), one.faults) for one in found]
