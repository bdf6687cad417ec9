"""The inline grammar of a dialect, as a table of facts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Flavour(StrEnum):
    """The way of reading that a dialect builds on."""

    COMMONMARK = "commonmark"
    """One pass from left to right (CommonMark 0.31, appendix "A parsing strategy")."""
    PYTHON_MARKDOWN = "python-markdown"
    """A pass over the text for each pattern, in the order of their priorities."""
    MDX = "mdx"
    """CommonMark's pass with JSX and expressions, without HTML, autolinks and indented code."""
    KRAMDOWN = "kramdown"
    """A pass from left to right by kramdown's own rules."""
    PANDOC = "pandoc"
    """A pass from left to right by Pandoc's rules."""
    HTML = "html"
    """Tags and comments alone, as in a block of HTML."""


class ListValues(StrEnum):
    """The spelling of a text between quotes in a list of attributes."""

    ENTITIES = "entities"
    """Quotes and braces as entities (Python-Markdown)."""
    VERBATIM = "verbatim"
    """The text as it is, so that it can hold no double quote (Goldmark)."""
    WITHOUT_BRACES = "without braces"
    """The text as it is, with no double quote and no brace in it (markdown-it's plugins)."""
    ESCAPED = "escaped"
    """Quotes and backslashes after a backslash (Pandoc)."""
    NONE = "none"
    """Values have no blanks, so that none is a text (pulldown-cmark)."""


class UrlEnd(NamedTuple):
    """The end of a bare URL that belongs to the sentence around it."""

    marks: str
    brackets: tuple[str, ...]
    """Pairs of brackets whose closing one ends a URL that it was not opened in."""
    entities: bool = True
    """Whether a character reference is none of its."""
    in_words: bool = False
    """Whether one may start behind a letter."""
    mail: str = r"(?<![\w/+@-])(?P<local>[\w+-](?:[\w+-]|\.(?!\.))*+)"
    """Pattern of what stands before the `@` of a mail address, which is its group `local`."""
    late_mail: bool = False
    """Whether mail addresses are looked for once escapes and character references are resolved."""
    any_user: bool = False
    """Whether all but blanks and brackets may stand for a user before an `@` and the host."""
    scheme: str = "http://"
    """The scheme of one that starts with `www.`; empty if that makes no link."""
    over_brackets: bool = False
    """Whether one goes on over brackets that make no link."""


MAGICLINK_END = UrlEnd("?!.,:*_~^'\";", ("()", "[]"))
_GITHUBS_MAIL = r"(?P<local>(?:xmpp:)?[\w.+-]+)"
CMARK_END = UrlEnd("?!.,:*_~'\";", ("()",), late_mail=True, mail=_GITHUBS_MAIL)
MICROMARK_END = UrlEnd(
    "?!.,:*_~'\";]", ("()",), late_mail=True, mail=_GITHUBS_MAIL, over_brackets=True
)
MICROMARK_LATE_END = UrlEnd("!\"&',.:;<>?]}", ("()",), entities=False)
"""The end of one that micromark finds in its second pass."""
GOLDMARK_END = UrlEnd(
    "?!.,:*_~", ("()",), scheme="https://", mail=r"(?P<local>[A-Za-z0-9][\w.!#$%&'*+/=?^`{|}~-]*)"
)
LINKIFY_END = UrlEnd(
    "?!.,*'\";",
    ("()", "[]", "{}"),
    entities=False,
    any_user=True,
    scheme="",
    mail=r"(?:mailto:)?(?P<local>[\w;:&=+$,.-][\w;:&=+$,.\"-]*)",
)
NOTEBOOK_END = UrlEnd(".,:\"');]", (), entities=False, in_words=True, scheme="", over_brackets=True)
"""The ends of URLs to the programs (`linkify` is markdown-it's, Mistune reads notebooks)."""


@dataclass(frozen=True, eq=False, slots=True)
class Grammar:
    """The markup that a dialect's programs recognize in a text."""

    flavour: Flavour = Flavour.COMMONMARK
    cmark: bool = False
    """Whether backticks pair as cmark pairs them, GitHub's program."""
    code: bool = True
    """Whether backticks make code."""
    formulas: str = ""
    """Pattern of formulas; whether a site has them is its own choice."""
    formulas_first: bool = False
    """Whether formulas are looked for before escapes and code."""
    loose_formulas: bool = False
    """Whether runs of dollars make formulas whatever stands beside them (remark-math)."""
    roles: bool = False
    """Whether `` {name}`content` `` is a role (MyST's)."""
    bare: bool = False
    """Whether URLs and mail addresses are links by themselves."""
    url_end: UrlEnd = MAGICLINK_END
    """The ends of such URLs."""
    mail_in_code: bool = False
    """Whether mail addresses are links where code spans start before them (Goldmark)."""
    mentions: bool = False
    """Whether `@name` and `#1` may become links to a code host, or citations."""
    domains: bool = False
    """Whether domains are links without a scheme in front."""
    list_values: ListValues = ListValues.ENTITIES
    """The spelling of the texts in these."""
    snippets: bool = False
    """Whether `--8<--` puts a file in, in code as well."""
    components: bool = False
    """Whether tags may be components, with texts in their slots and attributes (Vue's).

    Comments put files in there (VitePress).
    """
    own_syntax: tuple[str, ...] = ()
    """Patterns of a project's own syntax, which acts as macros do."""
    escaped_labels: bool = False
    """Whether brackets behind others are a label though a backslash stands between them.

    This is an oversight of pulldown-cmark.
    """
    code_acts: bool = False
    """Whether a code span may be run, or put out raw (Quarto)."""
    html_reader: bool = False
    """Whether HTML is looked for in the whole page before any text, in code as well."""


COMMONMARK = Grammar()
"""The specification's own."""
