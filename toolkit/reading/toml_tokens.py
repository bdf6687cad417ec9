"""The tokens of a TOML document with their places (TOML 1.0, "Spec")."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, NamedTuple

from toolkit.model.expressions import late
from toolkit.model.units import Form

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = late(
    r"(?P<blank>[ \t\r]++|\#[^\n]*+)|(?P<line>\n)"
    r'|(?P<text>"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3,5}|' + r"'''(?:[^']|'{1,2}(?!'))*+'{3,5}"
    r"|\"(?:[^\"\\\n]|\\.)*+\"|'[^'\n]*+')"
    r"|(?P<mark>[\[\]{},=.])|(?P<bare>[^\s\[\]{},=\"'#.]++)",
    re.DOTALL,
)
_FORMS = (
    ('"""', Form.TOML_LINES),
    ("'''", Form.TOML_LITERAL_LINES),
    ('"', Form.TOML_BASIC),
    ("'", Form.TOML_LITERAL),
)


class Token(NamedTuple):
    """A text with its quotes, a mark, a bare word, the end of a line or of the document."""

    kind: str
    text: str
    start: int
    end: int


def tokens(document: str) -> Iterator[Token]:
    """Iterate over the tokens of a valid document; blanks and comments are left out."""
    for match in _TOKEN.finditer(document):
        if match.lastgroup != "blank":
            yield Token(str(match.lastgroup), match[0], *match.span())
    yield Token("end", "", len(document), len(document))


def meaning(written: str) -> str:
    """Return the text that a text with its quotes means."""
    text: str = tomllib.loads(f"x = {written}")["x"]
    return text


def form_of(written: str) -> Form:
    """Return the form of a text by its quotes; the basic one where it has none."""
    return next((form for quote, form in _FORMS if written.startswith(quote)), Form.TOML_BASIC)
