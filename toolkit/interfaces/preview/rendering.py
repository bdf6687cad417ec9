"""Pages as their site renders them: a function from Markdown to HTML for each way to do so."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.interfaces.preview.rules import Rules
    from toolkit.interfaces.preview.site_yaml_markdown import SiteMarkdown

Render = Callable[[str], str]
"""Gives the HTML of a page's Markdown, its front matter aside."""

_RECOMMENDED = (
    "abbr admonition attr_list def_list footnotes md_in_html tables toc pymdownx.arithmatex "
    "pymdownx.betterem pymdownx.caret pymdownx.critic pymdownx.details pymdownx.emoji "
    "pymdownx.highlight pymdownx.inlinehilite pymdownx.keys pymdownx.mark pymdownx.smartsymbols "
    "pymdownx.superfences pymdownx.tabbed pymdownx.tasklist pymdownx.tilde"
).split()
"""The extensions that Material for MkDocs recommends."""
_OPTIONS: Mapping[str, Mapping[str, Any]] = {
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
}
_DEFAULTS = ("toc", "tables", "fenced_code")
"""The extensions that MkDocs always has."""
_READS_FILES = frozenset({"pymdownx.b64", "pymdownx.snippets", "b64", "snippets"})
"""Extensions that put other files into a page; texts of those belong to no unit of it."""
_READS_FILES_TOO = ("markdown_include", "mdx_include", "pymdownx.pathconverter")


@dataclass(frozen=True, slots=True)
class Renderer:
    """Makes HTML of pages in one dialect."""

    render: Render
    missing: tuple[str, ...] = ()
    """Extensions of the site that cannot be loaded here."""


def renderer_of(rules: Rules, site: SiteMarkdown | None) -> Renderer:
    """Return what renders pages by some rules, as their site does."""
    if rules.python_markdown:
        return _python_markdown(site)
    if rules.roles and find_spec("myst_parser") and find_spec("docutils"):
        from toolkit.interfaces.preview.myst import render_myst  # noqa: PLC0415

        return Renderer(_alone(render_myst))
    from toolkit.interfaces.preview.markdown_it_pages import renderer  # noqa: PLC0415

    return Renderer(_alone(renderer(rules)))


def _alone(render: Render) -> Render:
    """The function for one thread at a time, as programs keep what they know of a page."""
    lock = threading.Lock()

    def locked(text: str) -> str:
        with lock:
            return render(text)

    return locked


def _python_markdown(site: SiteMarkdown | None) -> Renderer:
    """Python-Markdown with the extensions of the site; those that do not load are left out."""
    import markdown  # noqa: PLC0415 - an optional library, slow to import

    from toolkit.interfaces.preview.quick_inline import quicken  # noqa: PLC0415

    wanted: dict[str, Mapping[str, Any] | None] = (
        dict(site.extensions) if site else dict.fromkeys(_RECOMMENDED)
    )
    names = dict.fromkeys((*_DEFAULTS, *wanted))
    if "pymdownx.superfences" in names:
        names.pop("fenced_code", None)
    program = markdown.Markdown()
    missing = []
    for name in names:
        if name in _READS_FILES or name.startswith(_READS_FILES_TOO):
            continue
        options = {**_OPTIONS.get(name, {}), **dict(wanted.get(name) or {})}
        options = {key: value for key, value in options.items() if value is not None}
        try:
            program.registerExtensions([name], {name: options})
        except Exception:  # noqa: BLE001 - an extension may fail in any way
            missing.append(name)
    quicken(program)

    def render(text: str) -> str:
        program.reset()
        return str(program.convert(text))

    return Renderer(_alone(render), tuple(missing))
