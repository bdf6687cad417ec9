"""Sites that JavaScript programs build, told by configuration that is read without running it.

Where each keeps its pages is said in its own documentation: `docs` or the `path` of its plugin
(Docusaurus), the folder of `.vitepress` and `srcDir` (VitePress), that of `.vuepress` (VuePress),
`src/content/docs` (Starlight), `content` or `pages` (Nextra), `content/docs` (Fumadocs), `root`
(Rspress).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.commands.init.javascript import UNREAD, Call
from toolkit.commands.init.layout import (
    BUILD,
    Layout,
    dialect_for,
    excluded_patterns,
    folder_of,
    joined,
)
from toolkit.commands.init.script_files import (
    calls_in,
    configuration,
    merged,
    script_at,
    table,
    text,
    texts,
    unread,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolkit.commands.init.javascript import Script

_LANGUAGES = "name the languages with --source and -t"
_FOLDER = 'name the folder as "content" in yiben.toml'
_PRESETS = ("classic", "@docusaurus/preset-classic")
_DOCS_PLUGIN = ("docs", "content-docs", "@docusaurus/plugin-content-docs")


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of a site: `folder` is that of the source's pages, where they have one."""

    source: str = ""
    folder: str = ""
    targets: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def docusaurus(root: Path, name: str, source: str) -> Layout:
    """`docusaurus.config.*`."""
    script = script_at(root / name, source)
    values = configuration(script, "i18n", "presets", "plugins")
    i18n = table(values, "i18n")
    languages = _listed(name, i18n, "defaultLocale")
    plugin, options = _docs_of(values)
    path = text(options, "path", "blog" if plugin == "blog" else "docs")
    folder = text(i18n, "path", "i18n")
    output = f"{folder}/{{locale}}/docusaurus-plugin-content-{plugin}"
    output += "/{path}" if plugin == "blog" else "/current/{path}"
    return Layout(
        name,
        "docusaurus",
        joined(name, path),
        joined(name, output),
        source=languages.source,
        targets=languages.targets,
        unread=(
            *languages.unread,
            *unread(name, values, "i18n", _LANGUAGES),
            *unread(name, options, "path", _FOLDER),
        ),
        ignored=(joined(name, "build"), joined(name, ".docusaurus")),
    )


def _docs_of(values: dict[str, object]) -> tuple[str, dict[str, object]]:
    """The plugin that has the pages, and its options: the preset's documents, or else its blog."""
    presets = dict(_with_options(values.get("presets")))
    preset = next((presets[name] for name in _PRESETS if name in presets), {})
    if preset.get("docs") is not False and ("docs" in preset or preset):
        return "docs", table(preset, "docs")
    plugins = dict(_with_options(values.get("plugins")))
    known = [plugins[name] for name in _DOCS_PLUGIN if name in plugins]
    # One of the site's own that goes on from Docusaurus' has the options of that.
    known += [options for options in plugins.values() if "sidebarPath" in options]
    if known:
        return "docs", known[0]
    return ("blog", table(preset, "blog")) if preset.get("docs") is False else ("docs", {})


def _with_options(value: object) -> Iterator[tuple[str, dict[str, object]]]:
    """Presets or plugins by their names; those that are there twice have an id, the first none."""
    for item in reversed(value) if isinstance(value, list) else ():
        pair = item if isinstance(item, list) else [item]
        options = merged(pair[1]) if len(pair) > 1 else {}
        if pair and isinstance(pair[0], str) and not options.get("id"):
            yield pair[0], options


def _listed(name: str, values: dict[str, object], default: str, tags: str = "locales") -> Languages:
    """Languages that are named by a default and a list."""
    source = text(values, default)
    listed = texts(values.get(tags))
    missing = (*unread(name, values, default, _LANGUAGES), *unread(name, values, tags, _LANGUAGES))
    others = tuple(tag for tag in listed if tag != source)
    return Languages(source, "", others, tuple(dict.fromkeys(missing)))


def vitepress(root: Path, name: str, source: str) -> Layout:
    """`.vitepress/config.*` or `.vitepress/config/index.*`; pages lie beside its folder."""
    folder = name.partition(".vitepress/")[0].rstrip("/") or "."
    values = configuration(script_at(root / name, source), "locales", "themeConfig", "title")
    content = joined(f"{folder}/x", text(values, "srcDir", "."))
    languages = _by_folder(name, values, "root")
    excluded = tuple(excluded_patterns(list(texts(values.get("srcExclude")))))
    layout = Layout(
        name,
        dialect_for("vitepress"),
        content,
        "",
        exclude=excluded,
        unread=unread(name, values, "srcDir", _FOLDER),
        ignored=(f"{folder}/.vitepress/dist".removeprefix("./"), _cache(folder)),
    )
    return _with_languages(layout, languages)


def _cache(folder: str) -> str:
    return f"{folder}/.vitepress/cache".removeprefix("./")


def vuepress(root: Path, name: str, source: str) -> Layout:
    """`.vuepress/config.*`; its languages are named by the paths of their folders."""
    folder = name.partition(".vuepress/")[0].rstrip("/") or "."
    values = configuration(script_at(root / name, source), "locales", "themeConfig", "title")
    languages = _by_folder(name, values, "/")
    layout = Layout(
        name,
        dialect_for("vitepress"),
        folder,
        "",
        anchors="rewrite",
        ignored=(f"{folder}/.vuepress/dist".removeprefix("./"),),
    )
    return _with_languages(layout, languages)


def _by_folder(name: str, values: dict[str, object], root: str, default: str = "") -> Languages:
    """Languages by the folders of their pages; that of the `root` lies above the others."""
    locales = table(values, "locales")
    missing = unread(name, values, "locales", _LANGUAGES)
    missing = missing or unread(name, {"locales": locales.get("...")}, "locales", _LANGUAGES)
    folders = [key.strip("/") for key in locales if key not in {root, "..."}]
    if root in locales or not folders:
        own = table(locales, root)
        source = text(own, "lang", text(values, "lang"))
        if own.get("lang") is UNREAD:
            missing = missing or unread(name, own, "lang", _LANGUAGES)
        return Languages(source, "", tuple(folders), missing)
    lang = text(values, "lang")
    tags = {key.strip("/"): text(table(locales, key), "lang", key) for key in locales}
    source = next((key for key, tag in tags.items() if default in {key, tag}), "")
    source = source or next((key for key, tag in tags.items() if lang in {key, tag}), "")
    return Languages(source, source, tuple(key for key in folders if key != source), missing)


def _with_languages(layout: Layout, languages: Languages) -> Layout:
    """The layout of a site whose languages have folders among its pages."""
    content = layout.content
    own = joined(f"{content}/x", languages.folder) if languages.folder else content
    beside = () if languages.folder else tuple(f"{tag}/*" for tag in languages.targets)
    return replace(
        layout,
        content=own,
        output=joined(f"{content}/x", "{locale}/{path}"),
        source=languages.source,
        targets=languages.targets,
        exclude=(*layout.exclude, *beside),
        unread=(*layout.unread, *languages.unread),
    )


def astro(root: Path, name: str, source: str) -> Layout | None:
    """`astro.config.*`: Starlight's documents, or the pages of a site without it."""
    values = configuration(script_at(root / name, source), "integrations", "i18n")
    calls = calls_in(values.get("integrations"))
    starlight = next((merged(call) for call in calls if call.name == "starlight"), None)
    if starlight is None and "starlight" not in source:
        return _plain_astro(root, name, values)
    languages = _by_folder(name, starlight or {}, "root", text(starlight or {}, "defaultLocale"))
    if starlight is None:
        missing = f"{name}: the options of Starlight are computed and cannot be read; {_LANGUAGES}"
        languages = Languages(unread=(missing,))
    layout = Layout(
        name,
        dialect_for("mdx"),
        joined(name, "src/content/docs"),
        "",
        ignored=(joined(name, "dist"), joined(name, ".astro")),
    )
    return _with_languages(layout, languages)


def _plain_astro(root: Path, name: str, values: dict[str, object]) -> Layout | None:
    folders = (joined(name, path) for path in ("src/content", "src/pages"))
    content = next((folder for folder in folders if (root / folder).is_dir()), "")
    if not content:
        return None
    i18n = table(values, "i18n")
    languages = _listed(name, i18n, "defaultLocale")
    languages = replace(languages, folder=_own_folder(root / content, languages.source))
    layout = Layout(name, dialect_for("mdx"), content, "", ignored=(joined(name, "dist"),))
    return _with_languages(layout, languages)


def _own_folder(content: Path, source: str) -> str:
    return source if source and (content / source).is_dir() else ""


def next_site(root: Path, name: str, source: str) -> Layout | None:
    """`next.config.*` of Nextra or Fumadocs."""
    script = script_at(root / name, source)
    if "fumadocs" in source:
        return _fumadocs(root, name)
    if "nextra" not in source:
        return None
    i18n = table(configuration(script, "i18n"), "i18n")
    languages = _listed(name, i18n, "defaultLocale")
    folders = [joined(name, path) for path in ("content", "src/content", "pages", "src/pages")]
    content = next((folder for folder in folders if (root / folder).is_dir()), folders[0])
    languages = replace(languages, folder=_own_folder(root / content, languages.source))
    layout = Layout(name, dialect_for("mdx"), content, "", ignored=(joined(name, ".next"),))
    if languages.targets and not languages.folder and "pages" in content:
        return _beside(root, layout, languages)
    return _with_languages(layout, languages)


def _fumadocs(root: Path, name: str) -> Layout:
    """Fumadocs has its languages in a module of the application, and its pages side by side."""
    found = next(_language_settings(root / folder_of(name)), {})
    languages = _listed(name, found, "defaultLanguage", "languages")
    content = joined(name, _fumadocs_folder(root / folder_of(name)))
    layout = Layout(name, dialect_for("mdx"), content, "", ignored=(joined(name, ".source"),))
    if found.get("parser") == "dir":
        languages = replace(languages, folder=_own_folder(root / content, languages.source))
        return _with_languages(layout, languages)
    return _beside(root, layout, languages)


def fumadocs_collections(root: Path, name: str, source: str) -> Layout | None:
    """`source.config.*` of Fumadocs, whichever program builds its site."""
    return _fumadocs(root, name) if "fumadocs-mdx" in source else None


def _fumadocs_folder(folder: Path) -> str:
    """The folder of its documents, as its collections say."""
    for path in sorted(folder.glob("source.config.*s")):
        script = script_at(path, path.read_bytes().decode("utf-8-sig", "replace"))
        for call in script.calls("defineDocs"):
            return text(merged(call), "dir", "content/docs")
    return "content/docs"


def _language_settings(folder: Path) -> Iterator[dict[str, object]]:
    """The languages of Fumadocs, in the modules where applications have their settings."""
    for place in ("lib", "src/lib", ".", "src", "app", "src/app"):
        for path in sorted((folder / place).glob("*i18n*.*s*")):
            source = path.read_bytes().decode("utf-8-sig", "replace")
            script: Script = script_at(path, source)
            calls: Iterator[Call] = script.calls("defineI18n")
            yield from (merged(call) for call in calls)
            if plain := script.with_key("defaultLanguage"):
                yield plain


def _beside(root: Path, layout: Layout, languages: Languages) -> Layout:
    """The layout of a site whose languages stand in the names of its pages."""
    pages = sum(1 for _ in (root / layout.content).rglob("*.md"))
    ending = "md" if pages > sum(1 for _ in (root / layout.content).rglob("*.mdx")) else "mdx"
    return replace(
        layout,
        output=f"{layout.content}/{{stem}}.{{locale}}.{ending}",
        source=languages.source,
        targets=languages.targets,
        exclude=tuple(f"*.{tag}.{end}" for tag in languages.targets for end in ("md", "mdx")),
        unread=languages.unread,
    )


def rspress(root: Path, name: str, source: str) -> Layout:
    """`rspress.config.*`, whose languages each have a folder."""
    values = configuration(script_at(root / name, source), "root", "lang", "locales", "title")
    listed = values.get("locales")
    items = [merged(item) for item in listed] if isinstance(listed, list) else []
    tags = tuple(text(item, "lang") for item in items if text(item, "lang"))
    own = text(values, "lang")
    content = joined(name, text(values, "root", "docs"))
    languages = Languages(
        own,
        _own_folder(root / content, own),
        tuple(tag for tag in tags if tag != own),
        unread(name, values, "locales", _LANGUAGES),
    )
    layout = Layout(name, dialect_for("mdx"), content, BUILD, ignored=(joined(name, "doc_build"),))
    return _with_languages(layout, languages)
