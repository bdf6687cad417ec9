"""Reading files and replacing them whole."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from toolkit.errors import Problem, ProjectError

_TEMPORARY = ".yiben-part"
"""What the names of our temporary files end with."""


def read_bytes(path: Path, name: str) -> bytes:
    """What a file holds; `ProjectError` naming it by `name` when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ProjectError(Problem(name, 0, 0, _reason(error))) from None


def write_bytes(path: Path, data: bytes, name: str, *, durable: bool = True) -> bool:
    """Make a file hold `data`; whether it had to be changed.

    A file that holds it already is not touched. Otherwise the data goes to a temporary file in the
    same folder, with `durable` on to the disk, and then takes the old file's place in one step.
    """
    try:
        if path.is_file() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data, durable=durable)
    except OSError as error:
        raise ProjectError(Problem(name, 0, 0, f"{_reason(error)}; nothing was written")) from None
    return True


def replace_bytes(path: Path, old: bytes | None, data: bytes, name: str) -> bool:
    """As `write_bytes`, for a file that held `old` when it was read; `None` if there was none.

    Raises `ProjectError` when it holds something else by now: an editor saved it meanwhile.
    """
    if old != data and (path.read_bytes() if path.is_file() else None) != old:
        problem = "was saved by another program meanwhile and is left alone; run yiben again"
        raise ProjectError(Problem(name, 0, 0, problem))
    return write_bytes(path, data, name)


def copy_file(source: Path, path: Path, name: str) -> bool:
    """Make a file a copy of another one; whether it had to be changed."""
    return write_bytes(path, read_bytes(source, name), name, durable=False)


def link_file(source: Path, path: Path, name: str) -> bool:
    """Make a file a symbolic link to another one; whether it had to be changed."""
    wanted = os.path.relpath(source, path.parent)
    try:
        if path.is_symlink() and path.readlink() == Path(wanted):
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.symlink_to(wanted)
    except OSError as error:
        raise ProjectError(Problem(name, 0, 0, _reason(error))) from None
    return True


def remove(path: Path, name: str) -> None:
    """Delete a file; `ProjectError` when that cannot be."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise ProjectError(Problem(name, 0, 0, _reason(error))) from None


def sweep(folder: Path) -> None:
    """Delete the temporary files that killed runs have left below a folder."""
    for path in folder.rglob(f".*{_TEMPORARY}"):
        with suppress(OSError):
            path.unlink()


def _replace(path: Path, data: bytes, *, durable: bool) -> None:
    target = path.resolve()
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(_TEMPORARY, f".{target.name}.", target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(handle)
        temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _reason(error: OSError) -> str:
    return f"cannot be used: {error.strerror or error}"
