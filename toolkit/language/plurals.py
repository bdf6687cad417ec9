"""Numbers of things in English sentences."""

from __future__ import annotations


def counted(number: int, thing: str, things: str = "") -> str:
    """A number with its noun: `no errors`, `1 error`, `2 errors`."""
    if number == 1:
        return f"1 {thing}"
    return f"{number or 'no'} {things or f'{thing}s'}"
