"""Sites that programs in other languages build: mdBook, Zola, Jekyll, Hexo, Docsify, GitBook.

Where each keeps its pages is said in its own documentation: `src` (mdBook), `content` (Zola), the
folder of `_config.yml` or its `source` (Jekyll), `source_dir` (Hexo), the folder of `index.html`
(Docsify), `root` (GitBook).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from toolkit.commands.init.layout import (
    BUILD,
    Layout,
    dialect_for,
    excluded_patterns,
    folder_of,
    joined,
    locales_in,
)
from toolkit.commands.init.python_sites import toml_values

if TYPE_CHECKING:
    from pathlib import Path

_SWITCHER = "theme/languages.js"
_OF_HEXO = frozenset({"new_post_name", "public_dir", "source_dir"})
"""Keys that `_config.yml` has where it is Hexo's."""
_FOLDERS_OF_JEKYLL = ("_site/*", "vendor/*", "node_modules/*")


def mdbook(root: Path, name: str, text: str) -> Layout | None:
    """`book.toml`; the languages of its catalogs in `po` are the targets."""
    book = toml_values(name, text).get("book", {})
    book = book if isinstance(book, dict) else {}
    catalogs = sorted((root / folder_of(name) / "po").glob("*.po"))
    line = f'additional-js = ["{_SWITCHER}"]'
    return Layout(
        name,
        "mdbook",
        joined(name, str(book.get("src") or "src")),
        BUILD.replace("{path}", f"{book.get('src') or 'src'}/{{path}}"),
        source=str(book.get("language") or ""),
        targets=tuple(path.stem for path in catalogs),
        switcher=joined(name, _SWITCHER),
        plugin="" if _SWITCHER in text else f"{name}: put {line} below [output.html]",
        ignored=(joined(name, "book"),),
    )


def zola(_root: Path, name: str, text: str) -> Layout | None:
    """`config.toml` of Zola, whose pages of other languages lie beside those of the first."""
    values = toml_values(name, text)
    if "base_url" not in values or not _OF_ZOLA & values.keys():
        return None
    source = str(values.get("default_language") or "")
    languages = values.get("languages")
    listed = languages if isinstance(languages, dict) else {}
    targets = tuple(tag for tag in listed if tag != source)
    content = joined(name, "content")
    return Layout(
        name,
        dialect_for("gfm"),
        content,
        f"{content}/{{stem}}.{{locale}}.md",
        source=source,
        targets=targets,
        exclude=tuple(f"*.{tag}.md" for tag in targets),
        ignored=(joined(name, "public"),),
    )


_OF_ZOLA = frozenset(
    "build_search_index compile_sass default_language generate_feeds minify_html markdown".split()
)
"""Keys that `config.toml` has besides `base_url` where it is Zola's."""


def _yaml(text: str) -> dict[str, Any]:
    from toolkit.commands.init.yaml_files import values_of  # noqa: PLC0415 - PyYAML is slow to import

    return values_of(text)


def jekyll(_root: Path, name: str, text: str) -> Layout | None:
    """`_config.yml` of Jekyll, with the languages of Polyglot or of its themes."""
    values = _yaml(text)
    if _OF_HEXO & values.keys():
        return None
    content = joined(name, str(values.get("source") or "."))
    source, targets = _jekyll_languages(values)
    return Layout(
        name,
        dialect_for("kramdown"),
        content,
        locales_in(content),
        source=source,
        targets=targets,
        exclude=(*excluded_patterns(values.get("exclude")), *_FOLDERS_OF_JEKYLL),
        ignored=(joined(name, "_site"),),
    )


def _jekyll_languages(values: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    listed = values.get("languages")
    tags = [str(tag) for tag in listed] if isinstance(listed, list) else []
    own = values.get("default_lang") or values.get("lang") or values.get("locale")
    source = str(own or next(iter(tags), "")).replace("_", "-")
    return source, tuple(tag for tag in tags if tag != source)


def hexo(_root: Path, name: str, text: str) -> Layout | None:
    """`_config.yml` of Hexo; the first of its languages is that of the pages."""
    values = _yaml(text)
    if not _OF_HEXO & values.keys():
        return None
    language = values.get("language")
    tags = [str(tag) for tag in language] if isinstance(language, list) else [str(language or "")]
    content = joined(name, str(values.get("source_dir") or "source"))
    return Layout(
        name,
        "gfm",
        content,
        locales_in(content),
        source=tags[0] if tags else "",
        targets=tuple(tag for tag in tags[1:] if tag != "default"),
        ignored=(joined(name, str(values.get("public_dir") or "public")),),
    )


def docsify(_root: Path, name: str, text: str) -> Layout | None:
    """`index.html` that loads Docsify; a language has a folder below its pages."""
    if "$docsify" not in text:
        return None
    folder = folder_of(name)
    found = re.search(r"fallbackLanguages\s*:\s*\[([^\]]*)\]", text)
    targets = tuple(re.findall(r"[\"']([\w-]+)[\"']", found[1])) if found else ()
    return Layout(name, "gfm", folder, locales_in(folder), targets=targets)


def gitbook(_root: Path, name: str, text: str) -> Layout | None:
    """`.gitbook.yaml`, whose `root` is the folder of the pages."""
    content = joined(name, str(_yaml(text).get("root") or "."))
    return Layout(name, "gfm", content, BUILD)
