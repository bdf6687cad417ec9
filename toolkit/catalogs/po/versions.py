"""Several versions of a text in one, as `msgcat a.po b.po` keeps them in a compendium."""

from __future__ import annotations

import re

_MARK = re.compile(r"^#-#-#-#-#  .*  #-#-#-#-#\n", re.MULTILINE)


def versions_of(text: str) -> tuple[str, ...]:
    """Return the versions that a text holds, each once; the text itself where it is one."""
    first, *others = _MARK.split(text)
    if not others:
        return (text,)
    found = (one.removesuffix("\n") for one in (first, *others))
    return tuple(dict.fromkeys(one for one in found if one))
