"""Localized pages of Docusaurus compile: Docusaurus' own compiler reads every one of them."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import judges
import marking
import pytest
from attacks import dialect_of
from fixture_files import FIXTURES
from hypothesis import example, given, settings
from hypothesis import strategies as st

from toolkit.dialects import dialect_named
from toolkit.dialects.blocks.javascript import expression_end
from toolkit.dialects.blocks.jsx import jsx_in, tag_at
from toolkit.dialects.blocks.jsx_guarding import escaped_jsx, nesting
from toolkit.model.document import Document
from toolkit.reading.segment import FRONT_MATTER_KEYS, read
from toolkit.writing.guard import Guard

pytestmark = pytest.mark.peers

MODULES = Path(__file__).parents[1] / ".ci" / "mdx"
PAGES = sorted((FIXTURES / "mdx_pages").iterdir())
DIALECT = dialect_named("docusaurus")
needs_mdx = pytest.mark.skipif(
    not (shutil.which("node") and (MODULES / "node_modules/@mdx-js/mdx").is_dir()),
    reason="Node.js with @mdx-js/mdx is absent; .ci/run installs it",
)
HOSTILE = [
    "{",
    "}",
    "{{",
    "text {expression} text",
    "{process.exit(1)}",
    "<script>alert(1)</script>",
    "<",
    "a < b and c > d",
    "<名称> 未关闭",
    "</Card>",
    "<Card title='x'>",
    "<b>never closed",
    "import x from 'y'",
    "export const a = 1",
    ":::",
    ":::note\n\ntext",
    "::::::danger x",
    "# heading",
    "- item",
    "> quote",
    "```js",
    "{/* comment",
    "*/}",
    "<!-- comment",
    "-->",
    "a\n\nb",
    "{#id}",
    "text {#id}",
    "[x]: javascript:alert(1)",
    "| a | b |",
    "---",
    "$$",
    "`",
    "\\",
    "a ] b [ c",
    "\"quoted\" 'single'",
    "{`${`",
    "<a b={`>`}>",
    "<>",
    "</>",
    "&lt;b&gt; {'{'}",
    "', x: alert(1), y: '",
    "`, ${alert(1)}, `",
    "ends with \\\\",
    "a `\n<div\nx`",
    "`a\n  {b\n c`",
]


def document_of(path):
    return Document.from_bytes(path.name, path.read_bytes())


def built(document, translate):
    reading = read(document, DIALECT)
    known = {(unit.context, unit.text): translate(unit.text) for unit in reading.units}
    return Guard(DIALECT, FRONT_MATTER_KEYS).built(document, reading, known)


def compiled(pages):
    """What the compiler says of some pages: the kinds of their nodes by name; all must compile."""
    sent = json.dumps([{"name": name, "text": text} for name, text in pages.items()])
    program = ["node", str(Path(__file__).with_name("compile_mdx.mjs")), str(MODULES)]
    result = subprocess.run(program, input=sent, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    said = json.loads(result.stdout)
    errors = [
        f"{one['name']}: {one['error']}\n{pages[one['name']]}" for one in said if "error" in one
    ]
    assert not errors, errors[0]
    return {one["name"]: one["kinds"] for one in said}


def plain(kinds):
    """Nodes without addresses of pages, which a heading's id and a text's links share."""
    return [kind for kind in kinds if kind[0] not in {"textDirective", "link"}]


@needs_mdx
def test_localized_pages_compile_to_the_same_structure():
    sources = {path.name: document_of(path) for path in PAGES}
    pages = {name: document.text for name, document in sources.items()}
    for name, document in sources.items():
        page = built(document, marking.marked)
        assert not page.refusals, (name, page.refusals)
        assert marking.MARKER in page.document.text
        pages[f"{name}, marked"] = page.document.text
        pages[f"{name}, doubled"] = built(document, lambda text: f"{text} {text}").document.text
    found = compiled(pages)
    for name in sources:
        assert found[f"{name}, marked"] == found[name]


@needs_mdx
def test_hostile_translations_do_not_break_a_page():
    sources = {path.name: document_of(path) for path in PAGES}
    pages = {name: document.text for name, document in sources.items()}
    for name, document in sources.items():
        for number, text in enumerate(HOSTILE):
            pages[f"{name}, {number}"] = built(document, lambda _, text=text: text).document.text
            page = built(document, lambda source, text=text: f"{source} {text}").document
            pages[f"{name}, behind {number}"] = page.text
            page = built(document, lambda source, text=text: f"{text} {source}").document
            pages[f"{name}, before {number}"] = page.text
    found = compiled(pages)
    for name, kinds in found.items():
        source = plain(found[name.partition(",")[0]])
        kept = [kind for kind in plain(kinds) if kind[0] not in IN_TEXT]
        assert kept == [kind for kind in source if kind[0] not in IN_TEXT], (name, pages[name])


IN_TEXT = {
    "mdxTextExpression",
    "mdxJsxTextElement",
    "inlineMath",
    "image",
    "footnoteReference",
    "linkReference",
    "comment",
}
"""What stands in texts, which a translation may leave out; it cannot bring any in."""


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_untranslated_pages_come_back(path, newline):
    text = path.read_text(encoding="utf-8").replace("\n", newline)
    document = Document(path.name, text)
    assert built(document, lambda _: "").document.to_bytes() == text.encode("utf-8")
    for name in ("mkdocs", "gfm", "commonmark", "mdbook"):
        # The wrong dialect loses nothing.
        dialect = dialect_named(name)
        reading = read(document, dialect)
        same = {(unit.context, unit.text): unit.text for unit in reading.units}
        page = Guard(dialect, FRONT_MATTER_KEYS).built(document, reading, same)
        assert page.document.to_bytes() == text.encode("utf-8")


def test_a_translation_brings_in_nothing():
    for path in PAGES:
        document = document_of(path)
        before = _acting(document.text)
        for text in HOSTILE:
            for translate in (lambda _, text=text: text, lambda source, text=text: source + text):
                after = _acting(built(document, translate).document.text)
                assert after <= before, (path.name, text, after - before)


def _acting(text):
    # Front matter and the header of a code block are no JSX.
    text = re.sub(r"\A---\r?\n.*?^---[ \t]*$", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"(?m)^([ \t]*```.*?title=).*$", r"\1", text)
    tags, expressions, _ = jsx_in(text)
    names = {(tag.name, tag.closes) for tag in tags}
    return names | {text[start:end] for start, end in expressions if "#" not in text[start:end]}


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("{a}", 3),
        ("{'}'}b", 5),
        ('{"\\"}"}', 7),
        ("{`${{a: `}`}}`}", 15),
        ("{/* } */}", 9),
        ("{// }\n}", 7),
        ("{[(])}", 6),
        ("{a", -1),
        ("{`}", -1),
        ("a", -1),
    ],
)
def test_where_an_expression_ends(text, end):
    assert expression_end(text, 0) == end


@pytest.mark.parametrize(
    ("text", "name", "attributes"),
    [
        ("<A>", "A", []),
        ("<a.B:c />", "a.B:c", []),
        ("</A >", "A", []),
        ("<>", "", []),
        ("<A b='x' c=\"y>\" {...d} e={f > 1} g>", "A", ["b", "c"]),
        ("<A\n  b\n  =\n  'x'\n>", "A", ["b"]),
        ("<A b=<c/>>", None, []),
        ("< A>", None, []),
        ("<1>", None, []),
        ("<A b=c>", None, []),
        ("<https://x.y>", None, []),
    ],
)
def test_what_a_tag_is(text, name, attributes):
    tag = tag_at(text, 0)
    assert (tag.name if tag else None) == name
    assert [one[0] for one in tag.attributes] == attributes if tag else not attributes


@settings(max_examples=300)
@example("{{}}")
@example("a {b {c} `{d}` {")
@given(st.text(alphabet="<>{}/`'\"\\a B=$*-\n:!", max_size=60))
def test_escaping_leaves_no_expression_or_brace(text):
    safe = escaped_jsx("", text)
    _, expressions, lone = jsx_in(safe)
    assert not expressions
    assert not [start for start in lone if safe[start] == "{"]
    assert safe.replace("\\", "") == text.replace("\\", "")


@pytest.mark.parametrize(
    "text", ["<a " * 9000, "{" * 9000, "{`" * 9000, "<a b={" * 9000, "`{" * 9000]
)
def test_marks_that_nothing_closes_are_no_trouble(text):
    assert nesting(text)
    assert read(Document("a.mdx", f"{text}\n"), DIALECT).units is not None


def test_an_expression_may_be_long():
    row = "  {name: 'a', description: 'What it is.'},\n"
    page = f"<Table\nrows={{[\n{row * 2000}]}}\n/>\n\nText.\n"
    assert {unit.text for unit in read(Document("a.mdx", page), DIALECT).units} == {
        "What it is.",
        "Text.",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Worte ```a{evil\n```\nx`und mehr",
        "Worte ```<[a\n```x`x",
        "Worte t`\n<div>\n<`t`t",
        "Worte `a\n<b> {`x` c",
        "Worte `a\n{b}\n<b>\n<`c",
    ],
)
def test_what_stood_in_code_is_escaped_where_lines_undo_it(text):
    """An escaped fence, or a line that starts with tags, is no code any more."""
    page = "Some words\n"
    reading = read(Document("a.mdx", page), DIALECT)
    guard = Guard(DIALECT, FRONT_MATTER_KEYS)
    made = guard.built(Document("a.mdx", page), reading, {(None, "Some words"): text}).text
    (deeds,) = judges.compiled([made])
    assert isinstance(deeds, judges.Deeds), deeds
    assert deeds.blocks == ("root",)


@pytest.mark.peers
@pytest.mark.parametrize("text", ["a `b\n::c{x}\nd`", "a `b\n  ::c\nd` e", "a\n::c[d]\ne"])
def test_lines_that_would_be_directives_are_put_behind_others(text):
    document = Document("a.mdx", "Some words\n")
    dialect = dialect_of("docusaurus")
    guard = Guard(dialect, FRONT_MATTER_KEYS)
    made = guard.built(document, read(document, dialect), {(None, "Some words"): text}).text
    (deeds,) = judges.compiled([made], "docusaurus")
    assert isinstance(deeds, judges.Deeds), deeds
    assert not any(feature[0] == "leafDirective" for feature in deeds.features)


@pytest.mark.parametrize("dialect", ["docusaurus", "mdx", "mdx-md"])
@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Worte :a[x `<Tabs>]` hier", r"Worte \:a[x `<Tabs>]` hier"),
        ("Worte `a:b[<Tabs>]` hier", None),
        ("Worte :c[x] hier", None),
        ("Worte :c[x `y] <script>` hier", r"Worte \:c[x `y] <script>` hier"),
        (r"Worte \:a[x] hier", None),
    ],
)
def test_directives_that_would_cut_code_are_escaped(dialect, text, safe):
    page = "Some :c[words]\n"
    document = Document("a.mdx", page)
    reading = read(document, dialect_of(dialect))
    guard = Guard(dialect_of(dialect), FRONT_MATTER_KEYS)
    made = guard.built(document, reading, {(None, "Some :c[words]"): text}).text
    assert made == f"{safe or text}\n"
    (deeds,) = judges.compiled([made], dialect)
    assert isinstance(deeds, judges.Deeds), deeds
