"""Reading files and replacing them whole."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from errno import ELOOP
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.model.errors import Problem, ProjectError
from toolkit.project.ownership import Content, Link
from toolkit.project.real_path import real_path
from toolkit.project.sealing import check_unsealed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TEMPORARY = ".yiben-part"
"""The suffix of our temporary files."""
_NAME = 40
"""Characters of a file's name in that of its temporary file, which may not become too long."""


def read_bytes(path: Path, name: str) -> bytes:
    """Read a file; raise `ProjectError`, which calls it `name`, if that fails."""
    try:
        check_regular(path, name)
        return path.read_bytes()
    except OSError as error:
        raise ProjectError(Problem(name, 0, 0, _why_unread(path, error))) from None


def read_stream(path: Path, name: str) -> bytes:
    """Return `read_bytes`, but from a pipe or device, too, where the user names one."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ProjectError(Problem(name, 0, 0, _why_unread(path, error))) from None


def check_regular(path: Path, name: str) -> None:
    """Raise `ProjectError` for a pipe, socket or device, which would keep its reader waiting."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        text = f"is {kind_of(mode)}, not a file; remove it"
        raise ProjectError(Problem(name, 0, 0, text))


def kind_of(mode: int) -> str:
    """The kind of file at a path, by its mode."""
    kinds = {
        stat.S_IFDIR: "a folder",
        stat.S_IFIFO: "a pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
    }
    return kinds.get(stat.S_IFMT(mode), "a file")


def write_bytes(path: Path, data: bytes, name: str, *, durable: bool = True) -> bool:
    """Make a file hold `data`; whether it had to be changed.

    A file that holds it already is not touched. Otherwise the data goes to a temporary file in the
    same folder, with `durable` on to the disk, and then takes the old file's place in one step.
    """
    try:
        if path.is_file() and path.read_bytes() == data:
            return False
        check_unsealed(path)
        _make_folder(path.parent)
        _replace(path, data, durable=durable)
    except OSError as error:
        raise ProjectError(Problem(name, 0, 0, f"{_reason(error)}; nothing was written")) from None
    return True


def replace_bytes(path: Path, old: bytes | None, data: bytes, name: str) -> bool:
    """Write as `write_bytes` does, if the file still holds `old` (`None`: if there still is none).

    Raises `ProjectError` when it holds something else by now: an editor saved it meanwhile.
    """
    if old != data and (path.read_bytes() if path.is_file() else None) != old:
        problem = "has been saved by another program and is left alone; run yiben again"
        raise ProjectError(Problem(name, 0, 0, problem))
    return write_bytes(path, data, name)


def read_content(path: Path, name: str, *, as_link: bool) -> Content | None:
    """The content at the place of an output; with `as_link`, a link's own path."""
    try:
        if path.is_symlink() and (as_link or not path.exists()):
            return Link(str(path.readlink()))
        return read_bytes(path, name) if path.exists() else None
    except OSError as error:
        raise ProjectError(Problem(name, 0, 0, _reason(error))) from None


def write_content(path: Path, old: Content | None, content: Content, name: str) -> None:
    """Put an output in the place of what stood there when it was read.

    Raises `ProjectError` when something else stands there by now, or it cannot be written.
    """
    as_link = isinstance(content, Link) or isinstance(old, Link)
    check_unsealed(path)
    try:
        _make_folder(path.parent)
        target = real_path(path) if path.is_symlink() and not as_link else path
        with _temporary(target, content) as temporary:
            if read_content(path, name, as_link=as_link) != old:
                problem = "has been changed by another program and is left alone; run yiben again"
                raise ProjectError(Problem(name, 0, 0, problem))
            temporary.replace(target)
    except OSError as error:
        raise ProjectError(Problem(name, 0, 0, f"{_reason(error)}; nothing was written")) from None


def append_line(path: Path, line: bytes, name: str) -> None:
    """Add a line to a file, in one piece though several processes do so."""
    check_unsealed(path)
    try:
        _make_folder(path.parent)
        with path.open("ab", buffering=0) as file:
            file.write(line)
    except OSError as error:
        raise ProjectError(Problem(name, 0, 0, _reason(error))) from None


def remove(path: Path, name: str) -> None:
    """Delete a file; `ProjectError` when that cannot be."""
    try:
        if path.exists() or path.is_symlink():
            check_unsealed(path)
            path.unlink(missing_ok=True)
    except OSError as error:
        raise ProjectError(Problem(name, 0, 0, _reason(error))) from None


def sweep(folder: Path) -> None:
    """Delete the temporary files that killed runs have left below a folder."""
    for path in folder.rglob(f".*{_TEMPORARY}"):
        check_unsealed(path)
        with suppress(OSError):
            path.unlink()


def sweep_folders(folders: Iterable[Path]) -> None:
    """Delete the temporary files that killed runs have left in some folders."""
    for folder in folders:
        with suppress(OSError):
            for path in folder.glob(f".*{_TEMPORARY}"):
                check_unsealed(path)
                path.unlink()


def _make_folder(folder: Path) -> None:
    # Mostly it is there, and an error takes longer than a question.
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)


def _replace(path: Path, data: bytes, *, durable: bool) -> None:
    target = real_path(path) if path.is_symlink() else path
    if target.is_symlink():
        raise OSError(ELOOP, os.strerror(ELOOP))
    if target.exists():
        check_regular(target, target.name)
    with _temporary(target, data, durable=durable) as temporary:
        temporary.replace(target)


@contextmanager
def _temporary(target: Path, content: Content, *, durable: bool = False) -> Iterator[Path]:
    """A file beside `target` with its new content and its mode, gone where it was not used."""
    # Slow to import, and many runs write nothing.
    import tempfile  # noqa: PLC0415

    handle, name = tempfile.mkstemp(_TEMPORARY, f".{target.name[:_NAME]}.", target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content if isinstance(content, bytes) else b"")
            if durable:
                file.flush()
                os.fsync(handle)
        if isinstance(content, Link):
            temporary.unlink()
            temporary.symlink_to(content.target)
        else:
            temporary.chmod(_mode(target))
        yield temporary
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those of a new one."""
    there = target.is_file() and not target.is_symlink()
    return target.stat().st_mode & 0o777 if there else 0o666 & ~_umask()


def make_executable_as(source: Path, target: Path) -> None:
    """Let those who may run its source run a copy, as far as the process' mask allows."""
    runs = source.stat().st_mode & 0o111 & ~_umask()
    if runs and not target.is_symlink():
        target.chmod(stat.S_IMODE(target.stat().st_mode) | runs)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _why_unread(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "is a link to a file that does not exist" if path.is_symlink() else "no such file"
    return _reason(error)


def _reason(error: OSError) -> str:
    return f"cannot be used: {error.strerror or error}"
