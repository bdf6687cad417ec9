"""The site's own renderer as a second opinion: what its block stage makes of a page.

With it a build refuses translations that change a page for an extension of the site's own, of which
our reading knows nothing. Python-Markdown and the extensions have to be installed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from toolkit.dialects.blocks.pymd.extensions import MATERIAL, MORE
from toolkit.dialects.dialect import FrontMatter
from toolkit.model.errors import Problem, ProjectError
from toolkit.reading.segment.front_matter import read_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_TAG = re.compile(r"<(/?[A-Za-z][\w:-]*)")
_HIGHLIGHTING = frozenset({"span", "/span", "a", "/a"})
"""The names of extensions that colour code, which may be translated."""
_SHOWN = frozenset({"class", "markdown", "type", "open"})
_INSTALL = "pip install 'yiben[site]', and what else the site's settings name"

Outline = tuple[object, ...]
"""A page's blocks without its texts; equal ones are built alike."""


@dataclass(slots=True, eq=False)
class Renderer:
    """Python-Markdown with the extensions of a site."""

    site: Path | None = None
    """The settings of the site; without them it is what Material for MkDocs recommends."""
    extensions: Sequence[str] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    program: Any = None
    """`markdown.Markdown`, once it is made."""
    _outlines: dict[str, Outline | None] = field(default_factory=dict)

    def __getstate__(self) -> tuple[object, ...]:
        """Leave the program itself out: another process makes its own."""
        return self.site, self.extensions, self.options

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """Take what another process has given."""
        self.site, self.extensions, self.options = state
        self.program, self._outlines = None, {}

    def check(self) -> None:
        """Make the program. Raises `ProjectError` where it cannot be made."""
        if self.program is not None:
            return
        try:
            import markdown  # noqa: PLC0415 - slow to import, and seldom wanted

            names, options = self._named()
            self.program = markdown.Markdown(extensions=names, extension_configs=options)
        except Exception as error:  # noqa: BLE001 - extensions raise whatever they like
            place = self.site.name if self.site else "--renderer-check"
            reason = " ".join(str(error).split())
            text = f"the site's renderer cannot be used ({reason}); {_INSTALL}"
            raise ProjectError(Problem(place, 0, 0, text)) from None

    def outline(self, text: str) -> Outline | None:
        """Return what the block stage makes of a page; `None` where it fails at it."""
        if text not in self._outlines:
            if len(self._outlines) > 1:
                self._outlines.clear()
            self.check()
            self._outlines[text] = self._read(text)
        return self._outlines[text]

    def _named(self) -> tuple[Sequence[str], Mapping[str, Any]]:
        if self.extensions:
            return self.extensions, self.options
        if self.site is None:
            options = {
                name: {key: value.split(",") for key, value in given} for name, given in MATERIAL
            }
            return [*options, *MORE], {name: given for name, given in options.items() if given}
        return _configured(self.site)

    def _read(self, text: str) -> Outline | None:
        text = re.sub(r"\r\n?", "\n", text)
        header = read_front_matter(text, FrontMatter.MKDOCS, frozenset()).lines
        program = self.program
        program.reset()
        program.lines = text.split("\n")[header:]
        try:
            for step in program.preprocessors:
                program.lines = step.run(program.lines)
            tree = program.parser.parseDocument(program.lines).getroot()
        except Exception:  # noqa: BLE001 - whatever an extension throws at a page
            return None
        raw = tuple(one for block in program.htmlStash.rawHtmlBlocks for one in _tags(block))
        references = tuple(sorted(program.references))
        return (*_elements(tree), raw, references)


def _configured(site: Path) -> tuple[Sequence[str], Mapping[str, Any]]:
    """The extensions of a site with their options, as MkDocs reads its settings."""
    from mkdocs.config.defaults import MkDocsConfig  # noqa: PLC0415 - slow, and seldom wanted
    from mkdocs.exceptions import ConfigurationError  # noqa: PLC0415 - as above

    config = MkDocsConfig(config_file_path=str(site))
    with site.open("rb") as file:
        config.load_file(file)
    errors, _ = config.validate()
    if errors:
        raise ConfigurationError("; ".join(f"{name}: {error}" for name, error in errors))
    return config.markdown_extensions, config.mdx_configs


def _elements(element: Any) -> Iterator[object]:  # noqa: ANN401 - of whatever library
    """Yield the elements of a tree, outside first."""
    shown = sorted(pair for pair in element.attrib.items() if pair[0] in _SHOWN)
    yield str(element.tag), tuple(shown), len(element)
    for child in element:
        yield from _elements(child)


def _tags(block: object) -> Iterator[str]:
    """Yield the names of tags in HTML that was put aside."""
    if isinstance(block, str):
        yield from (name for name in _TAG.findall(block) if name not in _HIGHLIGHTING)
    else:
        yield "element"
