"""A program of the user's: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from toolkit.commands.translate.providers.provider import (
    UNREADABLE,
    Answer,
    ProviderError,
    UnansweredError,
)
from toolkit.language.phrases import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.commands.translate.providers.provider import Access, Request

_BATCH = 100
_SHOWN = 120


class Command:
    """Runs a program once for each batch of messages."""

    name = "command"
    gives_markdown = True

    def __init__(self, access: Access) -> None:
        if not access.settings.command:
            raise ProviderError("machine", 'provider "command" needs "command" in the settings')
        self.most = _BATCH if access.settings.batch == "page" else 1
        self._words = access.settings.command
        self._timeout = access.settings.timeout

    def translate(self, requests: Sequence[Request]) -> list[Answer]:
        """Write a line of JSON for each message, and read one for each."""
        lines = (json.dumps(as_json(one, number)) for number, one in enumerate(requests))
        output = self._run("".join(f"{line}\n" for line in lines))
        try:
            return _answers(output.decode("utf-8"), requests)
        except UNREADABLE as error:
            text = f"printed something other than one answer for each message: {error}"
            raise UnansweredError(self.name, text) from None

    def close(self) -> None:
        """Do nothing; no program outlives its batch."""

    def _run(self, text: str) -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 - the user's own program
                self._words,
                input=text.encode(),
                capture_output=True,
                timeout=self._timeout,
                check=False,
            )
        except FileNotFoundError:
            raise ProviderError("machine", f'no program "{self._words[0]}"') from None
        except OSError as error:
            problem = f"{self._words[0]}: {error.strerror or error}"
            raise ProviderError("machine", problem) from None
        except subprocess.TimeoutExpired:
            raise UnansweredError(self.name, "did not answer in time") from None
        if done.returncode:
            said = shortened(done.stderr.decode("utf-8", "replace"), _SHOWN)
            raise UnansweredError(self.name, f"ended with status {done.returncode}: {said}")
        return done.stdout


def as_json(request: Request, number: int) -> dict[str, Any]:
    """Return a request as programs get it; `tagged` is its text with codes as XML tags."""
    values = {**asdict(request), "id": number, "tagged": request.tagged}
    del values["pieces"]
    return {"id": values.pop("id"), **values}


def _answers(output: str, requests: Sequence[Request]) -> list[Answer]:
    found: dict[int, Answer] = {}
    lines = [line for line in output.splitlines() if line.strip()]
    for place, line in enumerate(lines):
        value = json.loads(line)
        number = int(value.get("id", place))
        if "tagged" in value:
            untagged = requests[number].untagged(str(value["tagged"]))
            found[number] = Answer(untagged.text.strip(), untagged.faults)
        else:
            found[number] = Answer(value["translation"] or "")
    if len(found) != len(requests):
        raise ValueError(f"{len(found)} answers to {len(requests)} messages")
    return [found[number] for number in range(len(requests))]
