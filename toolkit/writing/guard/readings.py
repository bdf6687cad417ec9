"""The grammars by which a text may be read: programs and sites differ."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.dialects.inline import Flavour
from toolkit.dialects.inline.runs import Runs
from toolkit.writing.guard.acting import Place

if TYPE_CHECKING:
    from toolkit.dialects.inline import Grammar


def readings(grammar: Grammar, place: Place, text: str) -> tuple[Grammar, ...]:
    """Return the grammars by which a text may be read in its place.

    Whether a site has formulas, or links bare URLs, is its own choice, and backticks that do not
    pair make other code for cmark than for others: what acts in any of them is a feature.
    """
    has_formulas = bool(grammar.formulas) and ("$" in text or "\\" in text)
    ticks = text.count("`") if grammar.flavour is Flavour.COMMONMARK else 0
    has_odd_code = ticks > _FEWEST_ODD
    has_lost_code = ticks >= _FEWEST_ODD and "[" in text and _has_loose_ticks(text)
    is_raw = place in {Place.HTML, Place.NAME} or (
        grammar.flavour is Flavour.KRAMDOWN and _RAW.search(text) is not None
    )
    has_marks_in_urls = not grammar.bare and _MARKS_IN_URL.search(text) is not None
    return _readings(
        grammar,
        has_marks_in_urls=has_marks_in_urls,
        is_raw=is_raw,
        has_formulas=has_formulas,
        has_odd_code=has_odd_code,
        has_lost_code=has_lost_code,
    )


def _has_loose_ticks(text: str) -> bool:
    """Whether a run of backticks pairs with none; one after a backslash may be shorter."""
    return "\\`" in text or Runs(text).has_loose()


_MARKS_IN_URL = re.compile(r"(?<![^\s<])(?>[^\s<]*?(?:://|[wW]{3}\.))[^\s<\[`\\]*+[\[`\\]")
"""Matches a URL that takes in what is markup where URLs are none."""
_FEWEST_ODD = 3
"""Backticks of which each has its partner."""


_LOOSE_FORMULA = r"(?<!\$)(?P<dollars>\$++).{1,999}?(?<!\$)(?P=dollars)(?!\$)"
"""Matches formulas as remark-math finds them, with blanks at their ends as well."""
_DOLLAR_FORMULA = r"\$(?:\\.|[^\\$])+\$"
"""Matches formulas as the plugin `dollarmath` finds them, also in the middle of a word."""


_RAW = re.compile(
    r"<(?:script|style|math|option|textarea|pre|code|kbd|samp|var)\b"
    r"|<[^<>]*\smarkdown=[\"']?(?:0|raw)",
    re.IGNORECASE,
)
"""Matches the start of an element in which kramdown reads nothing but tags."""


@lru_cache(maxsize=64)
def _readings(
    grammar: Grammar,
    *,
    has_marks_in_urls: bool,
    is_raw: bool,
    has_formulas: bool,
    has_odd_code: bool,
    has_lost_code: bool,
) -> tuple[Grammar, ...]:
    found = [grammar if grammar.bare else replace(grammar, bare=True)]
    if has_marks_in_urls:
        found.append(grammar)
    if has_formulas:
        found += [replace(one, formulas="") for one in found]
        if grammar.loose_formulas:
            found.append(replace(found[0], formulas=_LOOSE_FORMULA))
        if grammar.formulas_first:
            found.append(replace(found[0], formulas=_DOLLAR_FORMULA))
    if has_odd_code:
        found += [replace(one, cmark=not one.cmark) for one in found]
    if has_lost_code:
        # markdown-it forgets where runs are closed once it has looked through a link's text.
        found.append(replace(found[0], code=False))
    if is_raw:
        found.append(replace(grammar, flavour=Flavour.HTML))
    return tuple(found)
