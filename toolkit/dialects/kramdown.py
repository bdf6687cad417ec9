"""Markdown as Jekyll's sites write it: kramdown with GitHub's additions, behind Liquid."""

from __future__ import annotations

import re

from toolkit.dialects.blocks.kramdown.escaping import escaped
from toolkit.dialects.blocks.kramdown.liquid import nesting
from toolkit.dialects.blocks.kramdown.stage import kramdown_blocks
from toolkit.dialects.dialect import TEMPLATE_TAGS, Dialect, Emphasis, Syntax
from toolkit.dialects.gfm import EMOJI, FOOTNOTE_MARK
from toolkit.dialects.inline.grammar import Flavour, Grammar, ListValues

_MATH = r"\$\$.{1,999}?\$\$"
_LISTS = r"\{:[^{}\n]{1,999}\}"
_EXTENSIONS = (
    r"\{::(?:comment|nomarkdown)[^{}\n]{0,99}\}.{0,999}?\{:/[a-z]{0,99}\}|\{::[^{}\n]{0,999}\}"
)
_RAW = r"\{%-?\s{0,9}raw\s{0,9}-?%\}.{0,999}?\{%-?\s{0,9}endraw\s{0,9}-?%\}"

_PLUGINS = (kramdown_blocks,)

DIALECT = Dialect(
    name="kramdown",
    description=(
        "kramdown with GitHub's additions, as Jekyll calls it: lists of attributes (`{: "
        ".class}`, `{:toc}`), extensions, definition lists, footnotes, abbreviations, tables "
        'with or without headers, `$$` formulas, `markdown="1"` in HTML, `^`; Liquid\'s tags '
        "and blocks (`{% highlight %}`, `{% raw %}`, `{% include %}`, `{{ }}`) protected"
    ),
    syntax=frozenset({Syntax.DEFINITION, Syntax.TABLE}),
    plugins=_PLUGINS,
    by_line_starts=_PLUGINS,
    grammar=Grammar(Flavour.KRAMDOWN, formulas=_MATH, list_values=ListValues.WITHOUT_BRACES),
    emphasis=Emphasis.KRAMDOWN,
    escaping=escaped,
    nesting=nesting,
    vanishing=TEMPLATE_TAGS,
    inserting=re.compile(r"\{%-?\s*+include"),
    heading_id=" {#ID}",
    slugs="jekyll",
    code_hides_pipes=True,
    task=re.compile(r"\[[ xX]\]\s+"),
    hides_dot_files=True,
    inline=(_RAW, _EXTENSIONS, _LISTS, _MATH, FOOTNOTE_MARK, EMOJI),
)
