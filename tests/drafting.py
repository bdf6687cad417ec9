"""Made-up German for any text, as a good and as a hostile provider gives it."""

from __future__ import annotations

import hashlib
import re
from itertools import cycle
from typing import TYPE_CHECKING

from model_server import Reply, chat

from toolkit.dialects import dialect_named
from toolkit.reading.codes import Code, pieces_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from toolkit.reading.codes import Piece

_WORDS = (
    "zuerst installieren Anwender ihre Anwendung damit danach alle Dienste sauber starten und"
    " anschließend prüfen welche Einstellungen wirklich nötig waren bevor weitere Schritte folgen"
).split()
_RUN = re.compile(r"[\u3400-\u9fff]+|[^\W\d_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HALF_WIDTH = str.maketrans({"，": ", ", "。": ".", "：": ": ", "、": ", ", "；": "; "})
FRENCH = (
    "Avant de commencer, veuillez installer toutes les dépendances nécessaires puis relancer le"
    " service afin de vérifier que la configuration est bien prise en compte."
)
RUSSIAN = "Сначала установите приложение, затем перезапустите службу и проверьте настройки."
HTML_PAGE = b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>"


def german(text: str, dialect: str) -> str:
    """Return a text whose words are German and whose codes are those of `text`."""
    start = int(hashlib.sha256(text.encode()).hexdigest()[:6], 16) % len(_WORDS)
    words = cycle((*_WORDS[start:], *_WORDS[:start]))
    return "".join(_piece(piece, words) for piece in pieces_of(text, dialect_named(dialect)))


def _piece(piece: Piece, words: Iterator[str]) -> str:
    if isinstance(piece, Code):
        return piece.text
    return _RUN.sub(lambda run: _translated(run[0], words), _half_width(piece))


def _half_width(text: str) -> str:
    return text.translate(_HALF_WIDTH)


def _translated(run: str, words: Iterator[str]) -> str:
    count = 1 + len(run) // 3 if _HAN.match(run) else 1
    return " ".join(next(words) for _ in range(count))


_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
LONG = 120
"""Characters from which on a short answer, or none at all, is known to be no translation."""

HOSTILE: dict[str, Callable[[str, str], Reply | str]] = {
    "preamble on a line of its own": lambda _, good: f"Here is the translation:\n\n{good}",
    "preamble in the line": lambda _, good: f"Sure, here is the translation: {good}",
    "German preamble": lambda _, good: f"Hier ist die Übersetzung: {good}",
    "fences around": lambda _, good: f"```markdown\n{good}\n```",
    "quotes around": lambda _, good: f"„{good}“",
    "thoughts": lambda _, good: f"<think>Hm.</think>{good}",
    "codes lost": lambda source, good: _without_codes(good) if "`" in source else "",
    "links lost": lambda _, good: _LINK.sub(r"\1", good) if _LINK.search(good) else "",
    "links swapped": lambda _, good: _swapped(good),
    "French": lambda _, __: FRENCH,
    "Russian": lambda _, __: RUSSIAN,
    "heading": lambda _, good: f"# {good}",
    "quote": lambda _, good: f"> {good}",
    "list": lambda _, good: f"- {good}",
    "numbered": lambda _, good: f"1. {good}",
    "admonition": lambda _, good: f"!!! note\n\n    {good}",
    "script": lambda _, good: f"<script>alert(1)</script>{good}",
    "event": lambda _, good: f"{good} <img src=x onerror=alert(1)>",
    "script link": lambda _, good: f"[{good}](javascript:alert(1))",
    "foreign link": lambda _, good: f"{good} https://evil.example/login",
    "macro": lambda _, good: f"{good} {{{{ config }}}}",
    "obeyed": lambda source, __: "HACKED" if len(source) > LONG else "",
    "apology": lambda _, __: "I'm sorry, I cannot help with that.",
    "half JSON": lambda _, __: Reply(b'{"choices": [{"message": {"content": "Hal'),
    "a proxy's page": lambda _, __: Reply(HTML_PAGE, headers={"content-type": "text/html"}),
    "empty body": lambda _, __: Reply(b""),
    "empty text": lambda _, __: "",
    "null": lambda _, __: Reply({"choices": [{"message": {"content": None}}]}),
    "not translated": lambda source, _: source if len(source) > LONG else "",
    "ten times": lambda _, good: " ".join([good] * 10),
    "hang": lambda _, __: Reply(chat("zu spät"), pause=1.5),
    "server error": lambda _, __: Reply({"error": "busy"}, status=503),
    "open code": lambda _, good: f"{good} ``",
    "control character": lambda _, good: f"{good}\u202e",
}


def _without_codes(text: str) -> str:
    return text.replace("`", "")


def _swapped(text: str) -> str:
    targets = re.findall(r"\]\(([^)]*)\)", text)
    if len(set(targets)) < 2:
        return ""
    turned = iter([*targets[1:], targets[0]])
    return re.sub(r"\]\([^)]*\)", lambda _: f"]({next(turned)})", text)


def kind_for(text: str) -> str:
    """Return the kind of hostility for a text, always the same for it."""
    digest = int(hashlib.sha256(text.encode()).hexdigest(), 16)
    return list(HOSTILE)[digest % len(HOSTILE)]


def is_hostile(source: str) -> bool:
    """Whether a text is one of the half that gets a hostile answer."""
    return hashlib.sha256(source.encode()).digest()[0] % 2 == 0


def mixed(source: str, dialect: str) -> Reply:
    """Return what a chat model answers to a text that is hostile half of the time."""
    if not is_hostile(source):
        return Reply(chat(german(source, dialect)))
    found = HOSTILE[kind_for(source)](source, german(source, dialect))
    return found if isinstance(found, Reply) else Reply(chat(found))
