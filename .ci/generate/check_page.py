"""Write docs/reference/check-list.md from the explanations of the checks.

python .ci/generate/check_page.py
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_text import prose

from toolkit.checks.families import CHECKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.checks import Check

PAGE = Path(__file__).parents[2] / "docs/reference/check-list.md"
START = """\
# Every check, explained

This page is made from the checks' own explanations; `yiben check --explain ID` prints one.
[Checks](checks.md) shows how to choose them, ignore a message, and start with a baseline.
"""


def section(check: Check) -> Iterator[str]:
    """Iterate over the paragraphs of a check's section."""
    yield f"## `{check.id}`"
    yield f"{prose(check.title)} ({check.severity})"
    rest = check.explanation.partition("\n")[2]
    told, *examples = re.split(r"^(?=Bad: |Good: )", rest, flags=re.MULTILINE)
    yield from (prose(one.strip()) for one in told.split("\n\n") if one.strip())
    lines = (
        re.sub(r"^(Bad|Good): +", r"\1: ", re.sub(r"\s*\n\s*", " ", one.strip()))
        for one in examples
    )
    yield "\n".join(f"- {prose(one)}" for one in lines)


def page() -> str:
    """Return the page."""
    checks = sorted(CHECKS.values(), key=lambda one: (one.id.startswith("site-"), one.id))
    return "\n\n".join((START.rstrip(), *(part for one in checks for part in section(one)))) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
