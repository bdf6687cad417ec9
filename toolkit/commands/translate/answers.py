"""Answers that were paid for, kept until the page they belong to is saved.

One line of JSON each in `.yiben/answers.jsonl`: a run that is killed finds there what it had got.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from toolkit.commands.translate.providers.command import as_json
from toolkit.commands.translate.providers.provider import Answer
from toolkit.project.files import append_line, read_bytes, remove, write_bytes
from toolkit.project.own_folder import own_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from toolkit.commands.translate.providers.provider import Request
    from toolkit.language.locale import Locale
    from toolkit.project.machine_settings import MachineSettings

_NAME = "answers.jsonl"


@lru_cache(maxsize=4096)
def _key(asked: tuple[str | tuple[str, ...], ...], request: Request) -> str:
    text = json.dumps([asked, as_json(request, 0)], sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Answers:
    """The answers of one project; threads may share them."""

    def __init__(self, root: Path, settings: MachineSettings, provider: str) -> None:
        self._path = own_folder(root) / _NAME
        self._shown = f".yiben/{_NAME}"
        self._asked = (provider, settings.url, settings.model, settings.command)
        self._lock = Lock()
        self._known = self._read()

    def key(self, request: Request) -> str:
        """Return what names a request, for the same provider."""
        return _key(self._asked, request)

    def of(self, request: Request) -> Answer | None:
        """Return the answer to a request that was made before."""
        found = self._known.get(self.key(request))
        return Answer(found[1], tuple(found[2:])) if found else None

    def keep(self, request: Request, answer: Answer) -> None:
        """Write an answer down before anything else is done with it."""
        key, texts = self.key(request), [request.target, answer.text, *answer.faults]
        with self._lock:
            self._known[key] = texts
            line = json.dumps([key, *texts])
            append_line(self._path, f"{line}\n".encode(), self._shown)

    def forget(self, requests: list[Request]) -> None:
        """Drop answers whose page is saved."""
        self._keep_all_but({self.key(one) for one in requests})

    def clear(self, locales: Iterable[Locale]) -> None:
        """Drop all answers for locales that are done."""
        tags = {locale.tag for locale in locales}
        self._keep_all_but({key for key, texts in self._known.items() if texts[0] in tags})

    def _keep_all_but(self, gone: Collection[str]) -> None:
        with self._lock:
            if not self._known.keys().isdisjoint(gone):
                self._write_all_but(gone)

    def _write_all_but(self, gone: Collection[str]) -> None:
        self._known = {key: texts for key, texts in self._known.items() if key not in gone}
        if self._known:
            lines = (json.dumps([key, *texts]) for key, texts in self._known.items())
            write_bytes(self._path, "".join(f"{line}\n" for line in lines).encode(), self._shown)
        else:
            remove(self._path, self._shown)

    def _read(self) -> dict[str, list[str]]:
        """The answers of earlier runs; half a line at the end is what a killed one was writing."""
        data = read_bytes(self._path, self._shown) if self._path.is_file() else b""
        found: dict[str, list[str]] = {}
        for line in data.decode("utf-8", "replace").split("\n"):
            try:
                key, *texts = json.loads(line)
            except (ValueError, TypeError):
                continue
            if len(texts) > 1 and all(isinstance(one, str) for one in (key, *texts)):
                found[key] = texts
        return found
