"""Recognize the dialect of pages that no generator's settings lie next to."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from toolkit.dialects import dialect_names
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIGNS = {
    "docusaurus": late(
        r"^import [^\n]{1,200} from ['\"]@(?:theme|site|docusaurus)/"
        r"|^:::(?:note|tip|info|caution|warning|danger|important)\b",
        re.MULTILINE,
    ),
    "mkdocs": late(r"^(?:!!!|\?\?\?\+?) +[a-z\"]|^===[!+]? +\"[^\"\n]+\"[ \t]*$", re.MULTILINE),
    "myst": late(r"^(?:`{3,}|:{3,})\{[a-z:-]+\}|^\([\w-]+\)=[ \t]*$", re.MULTILINE),
    "hugo": late(r"^\{\{[<%]-? *[/a-z]", re.MULTILINE),
    "vitepress": late(r"^::: (?:tip|info|warning|danger|details|code-group)\b", re.MULTILINE),
}
"""Syntax that one dialect has alone, at the start of a line."""
_CODE = late(r"^(?P<mark>`{3,}|~{3,})(?!\{).*?^(?P=mark)`*[ \t]*$", re.MULTILINE | re.DOTALL)
_FEWEST, _SHARE, _LEAD = 2, 0.05, 2
"""The pages that show a dialect, their share of all, and how many times those of the next one."""


class Shown(NamedTuple):
    """A dialect, and how many pages show it."""

    dialect: str
    pages: int


def shown_dialect(texts: Iterable[str]) -> Shown | None:
    """Return the dialect that some pages plainly are written in; `None` where they don't tell."""
    pages, found = 0, Counter[str]()
    for text in texts:
        pages += 1
        bare = _CODE.sub("", text)
        found.update(name for name, sign in _SIGNS.items() if sign.search(bare))
    best, *others = [*found.most_common(2), ("", 0)]
    name, count = best
    if count < max(_FEWEST, _SHARE * pages) or count < _LEAD * others[0][1]:
        return None
    return Shown(name, count) if name in dialect_names() else None
