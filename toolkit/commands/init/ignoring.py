"""Files that programs make again, which belong into `.gitignore`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def not_ignored(
    root: Path, output: str, made: Sequence[str], targets: Sequence[str]
) -> tuple[str, ...]:
    """The folders of built pages, and those that the generator fills, as lines of `.gitignore`.

    What stands in that file already is left out.
    """
    path = root / ".gitignore"
    text = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
    known = {line.strip().strip("/") for line in text.split("\n")}
    # A folder that is there holds what people wrote; it is not for us to hide.
    built = [one for one in _built(output, targets) if one == "build" or not (root / one).is_dir()]
    folders = [*built, *made]
    return tuple(
        f"/{folder}" + ("" if "*" in folder else "/")
        for folder in dict.fromkeys(folders)
        if folder not in known and folder.rpartition("/")[2] not in known
    )


def _built(output: str, targets: Sequence[str]) -> list[str]:
    """The folders of built pages: one for all of them, or those of the locales."""
    before, _, behind = output.partition("{locale}")
    if "{" in before:
        ending = behind.rpartition(".")[2]
        return [f"{before.partition('{')[0]}**/*.{tag}.{ending}" for tag in targets]
    folder, _, name = before.rpartition("/")
    if folder == "build" and not name:
        return [folder]
    return [f"{before}{tag}{behind.partition('/')[0]}" for tag in targets]
