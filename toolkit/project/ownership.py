"""A manifest of the outputs that yiben has written: their paths and hashes.

A line a file, sorted, so that git merges it: `sha256  path`, as `sha256sum` writes it, or `kept` in
the hash's place where a file is the locale's own.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from toolkit.model.errors import Problem, ProjectError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MANIFEST = ".yiben-built"
JOURNAL = ".yiben-built-journal"
"""The outputs that a run is about to write, until its manifest is there; a killed run leaves it."""
_KEPT = "kept"
_LINE = re.compile(rf"(\\?)([0-9a-f]{{64}}|{_KEPT}) [ *](.+)")
_MERGE_MARK = re.compile(r"(?:<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|)(?: .*)?")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}


@dataclass(frozen=True, slots=True)
class Link:
    """An output that is a symbolic link."""

    target: str


Content = bytes | Link


class Standing(StrEnum):
    """The possible contents of an output's place."""

    ABSENT = "absent"
    SAME = "same"
    """The same content, apart from line ends."""
    OURS = "ours"
    """A file that yiben wrote, unchanged."""
    KEPT = "kept"
    """A file that the project keeps as the locale's own."""
    EDITED = "edited"
    """A file that yiben wrote, changed by somebody since."""
    FOREIGN = "foreign"
    """A file that yiben did not write."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The outputs that are known, by their names below the root."""

    digests: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The hashes that an output of ours may have; several after a merge or a killed run."""
    kept: frozenset[str] = frozenset()
    """The outputs that are the locale's own."""
    exists: bool = False
    """Whether there is a file of it."""

    def of(self, names: Iterable[str]) -> Manifest:
        """The part of the manifest about some outputs."""
        wanted = set(names)
        digests = {name: self.digests[name] for name in wanted & self.digests.keys()}
        return Manifest(digests, self.kept & wanted, self.exists)

    def standing(self, name: str, there: Content | None, content: Content) -> Standing:
        """Return what is in the place of an output that would have this content."""
        if there is None:
            return Standing.ABSENT
        known = self.digests.get(name, frozenset())
        if name in self.kept:
            return Standing.KEPT
        if there != content and digest(there) in known:
            return Standing.OURS
        if _plain(there) == _plain(content):
            return Standing.SAME
        if any(digest(form) in known for form in _line_end_forms(there)):
            return Standing.OURS
        return Standing.EDITED if known else Standing.FOREIGN


def digest(content: Content) -> str:
    """The hash of an output as the manifest has it."""
    data = content if isinstance(content, bytes) else b"link to " + os.fsencode(content.target)
    return hashlib.sha256(data).hexdigest()


def _plain(content: Content) -> Content:
    """A text with the line ends that git and editors agree on; anything else as it is."""
    if not isinstance(content, bytes) or b"\0" in content:
        return content
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _line_end_forms(content: Content) -> Iterator[Content]:
    """The texts that git's conversion of line ends may have turned into this one."""
    plain = _plain(content)
    yield plain
    if isinstance(plain, bytes):
        yield plain.replace(b"\n", b"\r\n")


def read_manifest(name: str, data: bytes) -> tuple[Manifest, list[Problem]]:
    """The manifest in a file, and what is told of the marks that a merge left in it.

    The lines of both sides count: yiben wrote all of them. Raises `ProjectError` with each line
    that is none of a manifest.
    """
    digests: dict[str, frozenset[str]] = {}
    kept: set[str] = set()
    marks, problems = [], []
    for number, line in enumerate(_text(data).split("\n"), 1):
        match = _LINE.fullmatch(line.removesuffix("\r"))
        if not line.strip():
            continue
        if match is None:
            text = 'is not a line of the form "sha256  path"; remove it'
            problems += (
                [] if _MERGE_MARK.fullmatch(line.rstrip()) else [Problem(name, number, 1, text)]
            )
            marks.append(number)
            continue
        path = _unescaped(match[3]) if match[1] else match[3]
        if match[2] == _KEPT:
            kept.add(path)
        else:
            digests[path] = digests.get(path, frozenset()) | {match[2]}
    if problems:
        raise ProjectError(problems)
    text = (
        "has merge conflict markers; the lines of both sides are used, "
        "and the next build removes the markers"
    )
    warnings = [Problem(name, marks[0], 1, text)] if marks else []
    return Manifest(digests, frozenset(kept), exists=True), warnings


def read_journal(data: bytes) -> Manifest:
    """Return what a killed run was about to write; its last line may be cut off."""
    whole = data[: data.rfind(b"\n") + 1]
    lines = [line for line in whole.split(b"\n") if _LINE.fullmatch(_text(line))]
    return read_manifest("", b"\n".join(lines))[0]


def with_journal(manifest: Manifest, journal: Manifest) -> Manifest:
    """The manifest with what a killed run may have written."""
    both = dict(manifest.digests)
    for name, known in journal.digests.items():
        both[name] = both.get(name, frozenset()) | known
    return Manifest(both, manifest.kept, manifest.exists)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def line_of(name: str, word: str = _KEPT) -> bytes:
    """The line about an output: its hash, or none for one that is kept."""
    plain = "".join(_ESCAPES.get(character, character) for character in name)
    mark = "" if plain == name else "\\"
    return f"{mark}{word}  {plain}\n".encode("utf-8", "surrogateescape")


def _unescaped(path: str) -> str:
    return re.sub(r"\\([\\nr])", lambda found: {"n": "\n", "r": "\r"}.get(found[1], "\\"), path)


def write_manifest(manifest: Manifest) -> bytes:
    """The manifest as a file, sorted by path."""
    lines = [(name, line_of(name)) for name in manifest.kept]
    for name, known in manifest.digests.items():
        if name not in manifest.kept:
            lines += [(name, line_of(name, word)) for word in sorted(known)]
    lines.sort()
    return b"".join(line for _, line in lines)
