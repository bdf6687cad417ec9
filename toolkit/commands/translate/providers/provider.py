"""The requests to a provider of translations, and its answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from toolkit.model.errors import Problem, ToolkitError
from toolkit.reading.codes import Untagged, tagged, untagged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.project.machine_settings import MachineSettings
    from toolkit.reading.codes import Piece


UNREADABLE = (
    *(ValueError, KeyError, TypeError, IndexError),
    *(AttributeError, OverflowError, RecursionError),
)
"""The errors of those who read an answer that is something else than asked for."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the glossary that stands in a text, and what it becomes."""

    source: str
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """A text that was translated before, and how like it the one at hand is, from 0 to 1."""

    source: str
    translation: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Request:
    """One message to translate, with what a person would be told about it."""

    text: str
    """Markdown, as it stands in the catalog."""
    pieces: tuple[Piece, ...]
    """The same as words and codes."""
    source: str
    """The tag of the source locale."""
    target: str
    """The tag of the target locale."""
    context: str | None = None
    """The `msgctxt` of the message."""
    kind: str = ""
    trail: tuple[str, ...] = ()
    """The headings it stands under."""
    notes: tuple[str, ...] = ()
    """The writer's notes."""
    before: str = ""
    """The text before it on its page."""
    behind: str = ""
    terms: tuple[Term, ...] = ()
    similar: tuple[Similar, ...] = ()
    tone: str = ""
    instructions: str = ""
    answer: str = ""
    """The answer that was given before, if it was of no use."""
    complaints: tuple[str, ...] = ()
    """The fault of that translation."""

    @property
    def tagged(self) -> str:
        """The text with its codes as XML tags."""
        return tagged(self.pieces)

    def untagged(self, answer: str) -> Untagged:
        """Put the codes back into a translation of `tagged`."""
        return untagged(answer, self.pieces)


@dataclass(frozen=True, slots=True)
class Answer:
    """A provider's translation of a message, and what is known to be wrong with it.

    Raises `ValueError` or `TypeError` for what is no text, such as half a character.
    """

    text: str
    faults: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise TypeError(f"a translation is a {type(self.text).__name__}")
        self.text.encode("utf-8")


class Provider(Protocol):
    """Somebody who translates."""

    name: str
    """The name in catalogs; one word."""
    most: int
    """The most messages that it takes in one request."""
    gives_markdown: bool
    """Whether it is given Markdown and writes links itself, and could swap them."""

    def translate(self, requests: Sequence[Request]) -> list[Answer]:
        """Return an answer to each request, in their order; may be called by several threads.

        Raises `UnansweredError` when there is none for these requests after all tries, and
        `ProviderError` when asking on is of no use.
        """
        ...

    def close(self) -> None:
        """Let go of connections; requests under way fail."""
        ...


class ProviderError(ToolkitError):
    """A provider that cannot be used: no key, an unknown model, nothing left of a quota."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(Problem(name, 0, 0, text))

    def __reduce__(self) -> tuple[type[ProviderError], tuple[str, str]]:  # type: ignore[override]
        problem = self.problems[0]
        return type(self), (problem.path, problem.text)


class UnansweredError(ProviderError):
    """Requests that were not answered, or not in a way that can be read, after all tries."""


@dataclass(frozen=True, slots=True)
class Access:
    """The parts of a provider: the settings, and the key that the command line has read."""

    settings: MachineSettings
    key: str = field(default="", repr=False)
