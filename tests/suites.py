"""The example pages of the suites of Markdown programs, read from their public repositories."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mirrors import Mirror, pages_or_skip

_FENCED = re.compile(r"^(`{32,}) example[^\n]*\n(.*?)^\.\n.*?^\1$", re.MULTILINE | re.DOTALL)
_DOTTED = re.compile(r"^\.\n(.*?)^\.\n(.*?)^\.$", re.MULTILINE | re.DOTALL)
_SLASHED = re.compile(
    r"^//- - - - - - - - -//\n(.*?)^//- - - - - - - - -//\n.*?^//= = ", re.MULTILINE | re.DOTALL
)
_STRING = r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|`(?:[^`\\$]|\\.)*`"
_CALL = re.compile(
    rf"\b(?:compile|evaluate|micromark)(?:Sync)?\(\s*(?P<text>(?:{_STRING})(?:\s*\+\s*(?:{_STRING}))*)"
)
_LITERAL = re.compile(_STRING)


def _of_specification(text: str) -> Iterator[str]:
    for found in _FENCED.finditer(text):
        yield found[2].replace("→", "\t")


def _of_markdown_it(text: str) -> Iterator[str]:
    for found in _DOTTED.finditer(text):
        yield found[1]


def _of_goldmark(text: str) -> Iterator[str]:
    for found in _SLASHED.finditer(text):
        yield found[1]


def _of_script(text: str) -> Iterator[str]:
    """The pages that a test in JavaScript hands to its compiler."""
    for call in _CALL.finditer(text):
        literals = (one[0] for one in _LITERAL.finditer(call["text"]))
        page = "".join(map(_string, literals))
        if page.strip():
            yield f"{page}\n"


def _string(literal: str) -> str:
    """What a string of JavaScript says; Python's are written alike but for line breaks."""
    inside = literal[1:-1].replace("\\`", "`").replace("\\$", "$")
    quoted = inside.replace("\n", "\\n").replace('"', '\\"').replace('\\\\"', '\\"')
    return str(ast.literal_eval(f'"{quoted}"'))


@dataclass(frozen=True)
class Suite:
    """Files with examples in a public repository, and how these are marked there."""

    repository: str
    files: tuple[str, ...]
    reading: Callable[[str], Iterator[str]]

    def examples(self) -> dict[tuple[str, int], str]:
        """The examples by the names of their files and their numbers; skips without the files."""
        mirror = Mirror(self.repository, endings=self.files)
        return {
            (name.rpartition("/")[2], number): page
            for name, data in pages_or_skip(mirror).items()
            for number, page in enumerate(self.reading(data.decode("utf-8")), 1)
        }

    def __str__(self) -> str:
        return self.repository


CMARK_GFM = Suite(
    "github/cmark-gfm",
    tuple(f"test/{name}.txt" for name in ("spec", "extensions", "regression")),
    _of_specification,
)
GOLDMARK = Suite(
    "yuin/goldmark",
    (
        *("_test/extra.txt", "_test/options.txt"),
        *(
            f"extension/_test/{name}.txt"
            for name in (
                *("definition_list", "footnote", "linkify", "strikethrough", "table"),
                *("tasklist", "typographer"),
            )
        ),
    ),
    _of_goldmark,
)
PULLDOWN_CMARK = Suite(
    "pulldown-cmark/pulldown-cmark",
    tuple(
        f"pulldown-cmark/specs/{name}.txt"
        for name in (
            *("blockquotes_tags", "definition_lists", "footnotes", "heading_attrs", "math"),
            *("metadata_blocks", "old_footnotes", "regression", "strikethrough", "table"),
            *("super_sub", "wikilinks", "container_extensions"),
        )
    ),
    _of_specification,
)
MYST_PARSER = Suite(
    "executablebooks/MyST-Parser",
    (
        *("tests/test_html/html_to_nodes.md", "tests/test_html/html_round_trip.md"),
        *(
            f"tests/test_renderers/fixtures/{name}"
            for name in (
                *("amsmath.md", "attributes.md", "containers.md", "definition_lists.md"),
                *("directive_options.md", "directive_parsing.txt", "docutil_directives.md"),
                *("docutil_link_resolution.md", "docutil_roles.md"),
                *("docutil_syntax_elements.md", "docutil_syntax_extensions.txt"),
                *("dollarmath.md", "eval_rst.md", "myst-config.txt", "reporter_warnings.md"),
                *("sphinx_directives.md", "sphinx_link_resolution.md", "sphinx_roles.md"),
                *("sphinx_syntax_elements.md", "tables.md"),
            )
        ),
    ),
    _of_markdown_it,
)
MDX = Suite(
    "mdx-js/mdx",
    tuple(f"packages/mdx/test/{name}.js" for name in ("compile", "core", "evaluate", "syntax")),
    _of_script,
)
MDX_JSX = Suite("micromark/micromark-extension-mdx-jsx", ("test/index.js",), _of_script)
MDX_EXPRESSION = Suite(
    "micromark/micromark-extension-mdx-expression", ("test/index.js",), _of_script
)
