"""Sites that Python programs build: MkDocs and its kin, Sphinx, Jupyter Book, MyST, Quarto.

Where each keeps its pages is said in its own documentation: `docs_dir` (MkDocs, Zensical), the
folder of `conf.py` (Sphinx), of `myst.yml`, of `_config.yml` beside `_toc.yml` (Jupyter Book 1) and
of `_quarto.yml`.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from toolkit.commands.init.layout import (
    BUILD,
    Layout,
    dialect_for,
    excluded_patterns,
    folder_of,
    joined,
)
from toolkit.model.errors import ToolkitError
from toolkit.model.toml import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_MOST_PARENTS = 8
_NAME_LANGUAGES = "name the languages with --source and -t"


def mkdocs(root: Path, name: str, text: str) -> Layout | None:
    """`mkdocs.yml` of MkDocs and what goes on from it, with what it inherits."""
    values = _inherited(root, name, text, _MOST_PARENTS)
    if not values:
        return None
    return _mkdocs_layout(name, values, dict(_plugins(values.get("plugins"))))


def _inherited(root: Path, name: str, text: str, parents: int) -> dict[str, Any]:
    """The settings of a file put over those of the one that `INHERIT` names."""
    from toolkit.commands.init.yaml_files import values_of  # noqa: PLC0415 - PyYAML is slow to import

    values = values_of(text)
    parent = values.get("INHERIT")
    if not isinstance(parent, str) or not parents:
        return values
    path = root / folder_of(name) / parent
    found = text_of(path) if path.is_file() else ""
    return _merged(_inherited(root, joined(name, parent), found, parents - 1), values)


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    both = {
        key: _merged(under[key], value)
        for key, value in over.items()
        if isinstance(value, dict) and isinstance(under.get(key), dict)
    }
    return {**under, **over, **both}


def text_of(path: Path) -> str:
    """The text of a file, whatever its bytes are; none where it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return ""


def _plugins(value: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """The plugins of MkDocs with their options; they stand in a list or in a mapping."""
    if isinstance(value, dict):
        yield from ((str(name), _table(options)) for name, options in value.items())
    for item in value if isinstance(value, list) else ():
        if isinstance(item, dict):
            yield from ((str(name), _table(options)) for name, options in item.items())
        else:
            yield str(item), {}


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _mkdocs_layout(
    name: str, values: Mapping[str, Any], plugins: Mapping[str, dict[str, Any]]
) -> Layout:
    content = joined(name, str(values.get("docs_dir") or "docs"))
    i18n = plugins.get("i18n", {})
    source, targets = _i18n_languages(i18n)
    theme = _table(values.get("theme"))
    source = source or str(theme.get("language") or theme.get("locale") or "")
    suffix = i18n.get("docs_structure", "suffix") == "suffix"
    return Layout(
        name,
        "mkdocs",
        content,
        BUILD,
        site=name,
        source=source,
        targets=targets or tuple(_alternates(values, source)),
        exclude=tuple(f"*.{tag}.md" for tag in targets if suffix),
        plugin="" if "yiben" in plugins else _plugin_line(name, values, plugins),
        ignored=(joined(name, str(values.get("site_dir") or "site")),),
    )


def _plugin_line(name: str, values: Mapping[str, Any], plugins: Mapping[str, Any]) -> str:
    """The line that adds the plugin; a list of plugins replaces MkDocs' own, search included."""
    if "plugins" not in values:
        return f'{name}: add "plugins: [search, yiben]" to build all languages at once'
    where = ' before "i18n"' if "i18n" in plugins else ""
    return f'{name}: add "- yiben" to "plugins"{where} to build all languages at once'


def _i18n_languages(options: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The default language of mkdocs-static-i18n, and the others."""
    languages = options.get("languages")
    if isinstance(languages, dict):
        # So it was before version 1.
        tags = tuple(str(tag) for tag in languages if tag != "default")
        default = str(options.get("default_language") or "")
        return default, tuple(tag for tag in tags if tag != default)
    items = [one for one in (languages if isinstance(languages, list) else ()) if _table(one)]
    tags = tuple(str(item["locale"]) for item in items if item.get("locale"))
    marked = (str(item.get("locale")) for item in items if item.get("default") is True)
    default = next(marked, "")
    return default, tuple(tag for tag in tags if tag not in {default, "null"})


def _alternates(values: Mapping[str, Any], source: str) -> Iterator[str]:
    """The languages of the switcher of Material's theme."""
    listed = _table(values.get("extra")).get("alternate")
    for item in listed if isinstance(listed, list) else ():
        tag = str(_table(item).get("lang") or "")
        if tag and tag != source and source:
            yield tag


def zensical(_root: Path, name: str, text: str) -> Layout | None:
    """`zensical.toml`, which has the settings of MkDocs in a table."""
    values = _table(toml_values(name, text).get("project"))
    found = _mkdocs_layout(name, values, {"yiben": {}})
    site = name if values else ""
    return replace(found, site=site, targets=(), exclude=(), plugin="")


def toml_values(name: str, text: str) -> dict[str, Any]:
    """The values of a TOML file, none where it cannot be read."""
    try:
        return dict(read_toml(name, text.encode("utf-8"))[1])
    except ToolkitError:
        return {}


def sphinx(_root: Path, name: str, text: str) -> Layout | None:
    """`conf.py` of a Sphinx project that reads Markdown."""
    if "myst" not in text:
        return None
    values = _assigned(text)
    unread = "language" in values and values["language"] is None and "language = None" not in text
    excluded = values.get("exclude_patterns")
    return Layout(
        name,
        "myst",
        folder_of(name),
        BUILD,
        source=str(values.get("language") or ""),
        exclude=tuple(excluded_patterns(excluded)),
        unread=(f"{name}: language is computed and cannot be read; {_NAME_LANGUAGES}",) * unread,
        ignored=(joined(name, "_build"),),
    )


def _assigned(text: str) -> dict[str, object]:
    """The names that a Python file gives literal values at its top; `None` for others."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    found: dict[str, object] = {}
    for node in body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            if isinstance(target, ast.Name) and isinstance(node, ast.Assign):
                found[target.id] = _literal(node.value)
    return found


def _literal(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None


def jupyter_book(root: Path, name: str, text: str) -> Layout | None:
    """`_config.yml` with a table of contents beside it: Jupyter Book 1."""
    contents = root / folder_of(name) / "_toc.yml"
    if not contents.is_file() or "jb-" not in text_of(contents):
        return None
    from toolkit.commands.init.yaml_files import values_of  # noqa: PLC0415 - PyYAML is slow to import

    values = values_of(text)
    config = _table(_table(values.get("sphinx")).get("config"))
    excluded = tuple(excluded_patterns(values.get("exclude_patterns")))
    return Layout(
        name,
        "myst",
        folder_of(name),
        BUILD,
        source=str(config.get("language") or ""),
        exclude=(*excluded, "_build/*"),
        ignored=(joined(name, "_build"),),
    )


def myst(_root: Path, name: str, text: str) -> Layout | None:
    """`myst.yml` of the MyST engine and Jupyter Book 2."""
    from toolkit.commands.init.yaml_files import values_of  # noqa: PLC0415 - PyYAML is slow to import

    values = values_of(text)
    if not {"project", "site"} & values.keys():
        return None
    project = _table(values.get("project"))
    excluded = project.get("exclude")
    listed = [excluded] if isinstance(excluded, str) else excluded
    return Layout(
        name,
        "mystmd",
        folder_of(name),
        BUILD,
        source=str(project.get("language") or ""),
        exclude=(*excluded_patterns(listed), "_build/*"),
        ignored=(joined(name, "_build"),),
    )


def quarto(_root: Path, name: str, text: str) -> Layout | None:
    """`_quarto.yml` of a website, a book or a project of pages."""
    from toolkit.commands.init.yaml_files import values_of  # noqa: PLC0415 - PyYAML is slow to import

    values = values_of(text)
    project = _table(values.get("project"))
    default = {"website": "_site", "book": "_book"}.get(str(project.get("type")), "")
    made = str(project.get("output-dir") or default)
    return Layout(
        name,
        dialect_for("quarto"),
        folder_of(name),
        BUILD,
        source=str(values.get("lang") or ""),
        exclude=(f"{made}/*",) if made else (),
        ignored=(joined(name, ".quarto"), *((joined(name, made),) if made else ())),
    )
