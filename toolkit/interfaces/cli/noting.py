"""Note what is written to standard output and standard error."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO, TextIO

    from typing_extensions import Buffer

Output = list[tuple[int, bytes]]
"""The bytes that were written, each with the number of the stream."""
_STREAMS = ("stdout", "stderr")


class _Noted(io.BufferedIOBase):
    """A stream whose bytes are noted, and passed on unless it is silent."""

    def __init__(self, stream: TextIO, number: int, output: Output, *, silent: bool) -> None:
        super().__init__()
        self.stream = stream
        self._number, self._output, self.silent = number, output, silent

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self.stream.isatty()

    def fileno(self) -> int:
        return self.stream.fileno()

    def write(self, data: Buffer, /) -> int:
        self._output.append((self._number, bytes(data)))
        return len(bytes(data)) if self.silent else self.stream.buffer.write(data)

    def flush(self) -> None:
        if not self.silent:
            self.stream.flush()


def can_be_noted() -> bool:
    """Whether both streams are there and take bytes."""
    return all(hasattr(getattr(sys, name), "buffer") for name in _STREAMS)


@contextmanager
def noting(*, silent: bool = False) -> Iterator[Output]:
    """Note what is written meanwhile; `silent` keeps it from where it would go."""
    output: Output = []
    streams = [getattr(sys, name) for name in _STREAMS]
    for number, stream in enumerate(streams):
        stream.flush()
        noted = _Noted(stream, number, output, silent=silent)
        text = io.TextIOWrapper(
            cast("BinaryIO", noted), stream.encoding, stream.errors, write_through=True
        )
        setattr(sys, _STREAMS[number], text)
    try:
        yield output
    finally:
        for name, stream in zip(_STREAMS, streams, strict=True):
            getattr(sys, name).flush()
            getattr(sys, name).detach()
            setattr(sys, name, stream)


def joined_pieces(output: Output) -> Output:
    """Join what was written to one stream in several pieces."""
    runs = groupby(output, key=itemgetter(0))
    return [(number, b"".join(data for _, data in pieces)) for number, pieces in runs]


def write_again(output: Output) -> None:
    """Write what was noted."""
    for number, data in output:
        stream = getattr(sys, _STREAMS[number])
        stream.buffer.write(data)
        stream.flush()


def terminal() -> TextIO | None:
    """The standard error for what comes and goes and is not noted; `None` where all is silent."""
    noted = getattr(sys.stderr, "buffer", None)
    if not isinstance(noted, _Noted):
        return sys.stderr
    return None if noted.silent else noted.stream
