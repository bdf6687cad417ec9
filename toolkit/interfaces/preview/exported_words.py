"""The words of exported pages: English ones, which a script of ours puts into other languages."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from html import escape, unescape
from importlib.resources import files

from toolkit.interfaces.preview.wording import LOCALES, SOURCE, wording_of
from toolkit.language.locale import locale_of

_DATA = "yiben-wordings"
_SCRIPTS = ("wording.js", "export.js")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"
_WORDED = re.compile(r' data-yiben-(?:word|label)="([^"]*)"')
Values = str | int


def word(text: str, **values: Values) -> str:
    """Return a text of ours as an element; `{names}` in it stand for values."""
    return _element(text.format(**values), {"text": text, "values": values})


def words(one: str, many: str, count: int) -> str:
    """Return a text that differs by a number, `{count}` in it, as an element."""
    english = (one if count == 1 else many).format(count=count)
    return _element(english, {"text": one, "many": many, "values": {"count": count}})


def label(text: str) -> str:
    """Return the attributes that name an element."""
    data = escape(json.dumps({"text": text, "values": {}}))
    return f'aria-label="{escape(text)}" data-yiben-label="{data}"'


def _element(english: str, value: object) -> str:
    return f'<span data-yiben-word="{escape(json.dumps(value))}">{escape(english)}</span>'


@cache
def policy() -> str:
    """Return what an exported page may do: run our script, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(_script().encode()).digest()).decode()
    return f"{_POLICY}; script-src 'sha256-{digest}'"


def scripts(body: str) -> str:
    """Return the elements after a page's body that put its words into the reader's language."""
    texts = {json.loads(unescape(data))["text"] for data in _WORDED.findall(body)}
    wordings = {
        tag: {
            "dir": "rtl" if locale_of(tag).right_to_left else "ltr",
            "wording": {
                text: found for text, found in wording_of(locale_of(tag)).items() if text in texts
            },
        }
        for tag in LOCALES
        if tag != SOURCE
    }
    data = json.dumps(wordings, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f'<script type="application/json" id="{_DATA}">{data}</script><script>{_script()}</script>'
    )


@cache
def _script() -> str:
    """Our modules as one script, since a file on a disk can load no modules."""
    folder = files("toolkit.interfaces.preview") / "static"
    lines = (
        line.removeprefix("export ")
        for name in _SCRIPTS
        for line in (folder / name).read_text(encoding="utf-8").split("\n")
        if not line.startswith("import ")
    )
    return "(() => {\n" + "\n".join(lines) + "\n})();"
