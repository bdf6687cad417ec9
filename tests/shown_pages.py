"""Pages as the programs of their dialects show them, and what differs there when they are built."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import judges
import lxml.html
import pytest
import quarto_pages
from markdown_it import MarkdownIt
from marking import MARKER, marked

from toolkit.dialects import dialect_named
from toolkit.model.document import Document
from toolkit.reading.segment import FRONT_MATTER_KEYS, read
from toolkit.writing.guard import Guard

Seen = object
"""What a program shows of a page, without the marker; two pages that look alike are equal."""

_HUGO = """\
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404", "section", "home"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser.attribute]
block = true
"""
_BOOK = """\
[book]
title = "x"
[output.html.print]
enable = false
[output.html.search]
enable = false
"""
_SPHINX = """\
extensions = ["myst_parser"]
suppress_warnings = ["*"]
myst_enable_extensions = [
    "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist",
    "html_admonition", "html_image", "strikethrough", "substitution", "tasklist",
]
"""
_MAIN = re.compile(r"<main>(.*?)</main>", re.DOTALL)
MDX_MODULES = Path(__file__).parents[1] / ".ci" / "mdx"


def _commonmark(pages: Sequence[str], _folder: Path) -> list[Seen]:
    return [_elements(MarkdownIt("commonmark").render(page)) for page in pages]


def _gfm(pages: Sequence[str], _folder: Path) -> list[Seen]:
    cmark = pytest.importorskip("cmarkgfm", reason="cmark-gfm is not installed")
    options = cmark.cmark.Options.CMARK_OPT_UNSAFE | cmark.cmark.Options.CMARK_OPT_FOOTNOTES
    return [
        _elements(cmark.github_flavored_markdown_to_html(page, options=options)) for page in pages
    ]


def _hugo(pages: Sequence[str], folder: Path) -> list[Seen]:
    (folder / "content").mkdir()
    (folder / "layouts/_default").mkdir(parents=True)
    (folder / "hugo.toml").write_text(_HUGO)
    (folder / "layouts/_default/single.html").write_text("{{ .Content }}")
    for number, page in enumerate(pages):
        (folder / f"content/p{number}.md").write_text(f"---\nkey: 1\n---\n{page}")
    subprocess.run([_program("hugo"), "build", "--quiet"], cwd=folder, check=True)
    built = (folder / f"public/p{number}/index.html" for number in range(len(pages)))
    # Hugo writes no page without content.
    return [_elements(page.read_text() if page.is_file() else "") for page in built]


def _mdbook(pages: Sequence[str], folder: Path) -> list[Seen]:
    (folder / "src").mkdir()
    (folder / "book.toml").write_text(_BOOK)
    listed = (f"- [P](p{number}.md)\n" for number in range(len(pages)))
    (folder / "src/SUMMARY.md").write_text("".join(listed))
    for number, page in enumerate(pages):
        (folder / f"src/p{number}.md").write_text(page)
    subprocess.run([_program("mdbook"), "build"], cwd=folder, check=True, capture_output=True)
    built = ((folder / f"book/p{number}.html").read_text() for number in range(len(pages)))
    return [_elements(found[1] if (found := _MAIN.search(page)) else "") for page in built]


def _myst(pages: Sequence[str], folder: Path) -> list[Seen]:
    pytest.importorskip("myst_parser", reason="MyST-Parser is not installed")
    application = pytest.importorskip("sphinx.application", reason="Sphinx is not installed")
    docutils = pytest.importorskip("sphinx.util.docutils")
    (folder / "conf.py").write_text(_SPHINX)
    (folder / "index.md").write_text("# Index\n")
    for number, page in enumerate(pages):
        (folder / f"p{number}.md").write_text(page)
    places = [str(path) for path in (folder, folder, folder / "_out", folder / "_trees")]
    with docutils.docutils_namespace():
        app = application.Sphinx(*places, "dummy", status=None, warning=io.StringIO())
        app.build(force_all=True)
        return [_nodes(app.env.get_doctree(f"p{number}")) for number in range(len(pages))]


def _mdx(pages: Sequence[str], _folder: Path) -> list[Seen]:
    return _by_mdx(pages, "mdx")


def _docusaurus(pages: Sequence[str], _folder: Path) -> list[Seen]:
    return _by_mdx(pages)


def _by_mdx(pages: Sequence[str], *words: str) -> list[Seen]:
    """The nodes of MDX' tree; none of what does not compile."""
    if not (shutil.which("node") and (MDX_MODULES / "node_modules/@mdx-js/mdx").is_dir()):
        pytest.skip("Node.js with @mdx-js/mdx is absent; .ci/run installs it")
    sent = json.dumps([{"name": str(number), "text": text} for number, text in enumerate(pages)])
    compiler = Path(__file__).with_name("compile_mdx.mjs")
    command = ["node", str(compiler), str(MDX_MODULES), *words]
    run = subprocess.run(command, input=sent, capture_output=True, text=True, check=True)
    return [
        None if "error" in one else (one["kinds"], _plain("".join(one["texts"])))
        for one in json.loads(run.stdout)
    ]


def _kramdown(pages: Sequence[str], _folder: Path) -> list[Seen]:
    return [_elements(html) for html in judges.by_kramdown(list(pages))]


def _quarto(pages: Sequence[str], _folder: Path) -> list[Seen]:
    return [_elements(html) for html in quarto_pages.shown(list(pages))]


PROGRAMS: dict[str, Callable[[Sequence[str], Path], list[Seen]]] = {
    "commonmark": _commonmark,
    "gfm": _gfm,
    "hugo": _hugo,
    "mdbook": _mdbook,
    "myst": _myst,
    "mdx": _mdx,
    "docusaurus": _docusaurus,
    "kramdown": _kramdown,
    "quarto": _quarto,
}
"""The program of each dialect."""


def _program(name: str) -> str:
    return shutil.which(name) or pytest.skip(f"{name} is not installed")


def _elements(page: str) -> Seen:
    """The elements of a page with classes and targets, its code, and its text."""
    root = lxml.html.fromstring(f"<div>{page}\n</div>")
    elements = [
        (
            element.tag,
            element.get("class"),
            *(
                element.get(name)
                for name in ("href", "src")
                if not (element.get(name) or "#").startswith("#")
            ),
        )
        for element in root.iter()
        if isinstance(element.tag, str)
    ]
    return elements, _plain(root.text_content())


def _nodes(tree: object) -> Seen:
    """The nodes of a doctree with classes and targets, and its text."""
    nodes = pytest.importorskip("docutils.nodes")
    found = [
        (
            type(node).__name__,
            [name for name in node.get("classes", ()) if not name.startswith("admonition-")],
            *(node.get(name) for name in ("uri", "refuri", "reftarget", "language", "format")),
        )
        for node in tree.findall(nodes.Element)  # type: ignore[attr-defined]
        if not isinstance(node, nodes.system_message)
    ]
    return found, _plain(tree.astext())  # type: ignore[attr-defined]


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text.replace(MARKER.strip(), ""))


def localized(page: str, name: str, translate: Callable[[str], str] = marked) -> str:
    """A page in a dialect, built from translations of all its messages."""
    dialect = dialect_named(name)
    document = Document("page.md", page)
    reading = read(document, dialect)
    translations = {(unit.context, unit.text): translate(unit.text) for unit in reading.units}
    return Guard(dialect, FRONT_MATTER_KEYS).built(document, reading, translations).document.text


def differing(pages: Iterable[str], name: str, folder: Path) -> list[str]:
    """The pages that their program shows otherwise with a marker in each message."""
    sources = list(pages)
    sides = []
    for side, texts in (("source", sources), ("built", [localized(one, name) for one in sources])):
        (folder / side).mkdir()
        sides.append(PROGRAMS[name](texts, folder / side))
    return [
        page
        for page, source, built in zip(sources, *sides, strict=True)
        if source is not None and source != built
    ]
