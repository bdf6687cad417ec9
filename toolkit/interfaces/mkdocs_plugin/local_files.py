"""The files of localized pages, and how paths lead to them."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import PurePosixPath
from posixpath import dirname, normpath, splitext
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files, InclusionLevel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mkdocs.config.defaults import MkDocsConfig

    from toolkit.language.locale import Locale


class Counterparts:
    """The localized page of each page of the source."""

    def __init__(self) -> None:
        self._local: dict[tuple[str, str], File] = {}
        self._origins: dict[str, tuple[str, File]] = {}

    def add(self, tag: str, source: File, local: File) -> None:
        """Note that `local` is the page `source` in the locale with this tag."""
        self._local[tag, source.src_uri] = local
        self._origins[local.src_uri] = tag, source

    def of(self, source: File, tag: str) -> File | None:
        """Return the page in a locale; the source page itself for an empty tag."""
        return self._local.get((tag, source.src_uri)) if tag else source

    def origin(self, file: File) -> tuple[str, File]:
        """Return a page's tag and source page: an empty tag and itself for a source page."""
        return self._origins.get(file.src_uri, ("", file))

    def pairs(self, tag: str) -> Iterator[tuple[File, File]]:
        """Iterate over the source pages that a locale has, each with its localized page."""
        for (one, _), local in self._local.items():
            if one == tag:
                yield self._origins[local.src_uri][1], local


class Folders:
    """The folders of each locale's pages below `docs_dir`.

    A source in a folder of its own language (`en/`) has the locales beside it (`de/`), any other
    has them in front (`de/guide/`).
    """

    def __init__(self, parts: Iterable[tuple[str, Locale]]) -> None:
        # Each part's folder below `docs_dir` with its language, the deepest first.
        found = (prefix if _is_named(prefix, source) else "" for prefix, source in parts)
        self._replaced = tuple(dict.fromkeys(found))

    def local(self, uri: str, tag: str) -> str:
        """Return the path that a file of the source has in a locale."""
        own = next((one for one in self._replaced if uri.startswith(one)), "")
        return f"{tag}/{uri.removeprefix(own)}"

    def sources(self, uri: str, tag: str) -> Iterator[str]:
        """Iterate over the paths that a path in a locale's folder may stand for."""
        inside = uri.removeprefix(f"{tag}/")
        if inside != uri:
            yield from (f"{own}{inside}" for own in self._replaced)
        elif uri.startswith(self._replaced):
            yield uri


def _is_named(prefix: str, source: Locale) -> bool:
    """Whether a folder is named after a language."""
    own = {source.tag.lower(), source.folder.lower(), source.language}
    return prefix.rstrip("/").lower() in own


class LocalFiles(Files):
    """The files of the site; from a localized page, paths lead to what its locale has.

    Shares its content with the files that it is made from.
    """

    def __init__(self, files: Files, folders: Folders, aliases: Mapping[str, str]) -> None:
        super().__init__(())
        self._src_uris = files.src_uris  # type: ignore[assignment]
        self._folders = folders
        self._aliases = aliases
        self.tag = ""
        """The tag of the locale whose page is being made; empty for pages of the source."""

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file at a path below `docs_dir`, as the current page's locale has it."""
        found = self._file_at(PurePosixPath(path).as_posix())
        aliases = self._aliases.items() if found is None else ()
        for there, here in aliases:
            start = normpath(f"{self.tag}/{there}" if self.tag else there)
            inside = path.removeprefix(f"{start}/")
            if inside != path:
                return self._file_at(f"{here}{inside}")
        return found

    def _file_at(self, uri: str) -> File | None:
        if not self.tag:
            return super().get_file_from_path(uri)
        for candidate in self._candidates(uri):
            found = super().get_file_from_path(candidate)
            if found is not None:
                return found
        return None

    def _candidates(self, uri: str) -> Iterator[str]:
        for source in self._folders.sources(uri, self.tag):
            yield self._folders.local(source, self.tag)
            stem, ending = splitext(source)
            yield f"{stem}.{self.tag}{ending}"
            yield source
        yield uri


@contextmanager
def in_locale(files: Files, tag: str) -> Iterator[None]:
    """Let paths lead to what a locale has for a while."""
    before = files.tag if isinstance(files, LocalFiles) else ""
    if isinstance(files, LocalFiles):
        files.tag = tag
    yield
    if isinstance(files, LocalFiles):
        files.tag = before


class LocalFile(File):
    """A localized page, whose text is made when it is read."""

    def __init__(self, uri: str, config: MkDocsConfig, text: Callable[[], str]) -> None:
        super().__init__(uri, config.docs_dir, config.site_dir, config.use_directory_urls)
        self._made: str | bytes | None = None
        self._make = text

    def is_documentation_page(self) -> bool:
        """Whether this is a page, as all are that are localized, whatever their ending."""
        return True

    @property
    def _content(self) -> str | bytes | None:
        if self._made is None:
            self._made = self._make()
        return self._made

    @_content.setter
    def _content(self, value: str | bytes | None) -> None:
        self._made = value

    def __getstate__(self) -> dict[str, object]:
        """The content of a copy: the text, and no way to make it."""
        made = self._content
        return {**vars(self), "_made": made, "_make": None}


def local_file(
    config: MkDocsConfig, source: File, uri: str, text: Callable[[], str], locale: Locale
) -> File:
    """Return a localized page as a file whose text is in memory.

    Programs that ask for the file on the disk get the source's, which has the same history.
    """
    file = LocalFile(uri, config, text)
    file.abs_src_path = source.abs_src_path
    file.edit_uri = source.edit_uri
    file.locale = locale.folder  # type: ignore[attr-defined] # as mkdocs-static-i18n names it
    file.inclusion = source.inclusion
    if source.inclusion.is_included():
        # Until the site's own navigation stands.
        file.inclusion = InclusionLevel.NOT_IN_NAV
    plain = File(source.src_uri, config.docs_dir, config.site_dir, config.use_directory_urls)
    if source.dest_uri != plain.dest_uri:
        move(file, f"{locale.tag}/{source.dest_uri}", config)
    return file


def move(file: File, dest_uri: str, config: MkDocsConfig) -> None:
    """Give a file another place in the site."""
    moved = File(
        file.src_uri, None, config.site_dir, config.use_directory_urls, dest_uri=normpath(dest_uri)
    )
    file.dest_uri, file.abs_dest_path, file.url = moved.dest_uri, moved.abs_dest_path, moved.url


def addresses(files: Iterable[File]) -> Mapping[str, File]:
    """Return the included files of a site by their addresses below `site_url`, unquoted."""
    found: dict[str, File] = {}
    for file in files:
        if file.inclusion.is_included():
            found[file.dest_uri] = file
            if file.dest_uri.endswith("index.html"):
                folder = dirname(file.dest_uri)
                found[f"{folder}/" if folder else ""] = file
    return found
