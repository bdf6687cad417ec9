"""The files of a project that a page may show: pictures, sounds, fonts and styles beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from pathlib import Path

_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".bmp": "image/bmp",
    ".svg": "image/svg+xml",
    ".css": "text/css; charset=utf-8",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
}
MOST_BYTES = 32 * 1024 * 1024


def file_of(root: Path, folder: str, name: str) -> tuple[Path, str] | None:
    """Return a file below a folder of the project, and its type; `None` for what is not shown.

    Neither a name nor a link leads out of the folder.
    """
    parts = name.split("/")
    if "\0" in name or "\\" in name or any(part in {"", ".", ".."} for part in parts):
        return None
    if any(part.startswith(".") for part in parts):
        return None
    base = real_path(root / folder)
    try:
        path = (base / name).resolve(strict=True)
        fits = path.is_file() and path.stat().st_size <= MOST_BYTES
    except (OSError, ValueError):
        return None
    kind = _TYPES.get(path.suffix.lower())
    if not (fits and kind and path.is_relative_to(base)):
        return None
    return path, kind
