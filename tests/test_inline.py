"""Inline text is read as the programs of each dialect read it."""

import html
import json
import re
import subprocess
from collections import Counter
from urllib.parse import unquote

import lxml.html
import pytest
import rendering
from hypothesis import given, settings
from hypothesis import strategies as st
from judges import COMPILER, MDX
from markdown.inlinepatterns import LinkInlineProcessor
from markdown_it import MarkdownIt
from test_shown import TEXTS as SHOWN

from toolkit.dialects import dialect_named
from toolkit.dialects.inline import Markup, marks
from toolkit.dialects.inline.bare import bare_url
from toolkit.dialects.inline.grammar import COMMONMARK, Grammar
from toolkit.dialects.inline.loose_resource import LooseResources
from toolkit.reading.targets.meaning import url_of
from toolkit.reading.targets.value import Writing

PIECES = st.sampled_from(
    [
        *"` `` ``` \\` \\\\ \\ [ ] ( ) ]( ](x) ](<y> ![ < > <b> </b> <!-- --> <https://e.org>".split(),
        *"<a@b.org> &amp; &#65; & \" ' ! : a b 1 {x} * _ ~ $ ? <?x?> <![CDATA[ ]]>".split(),
        *("<a href='x'>", "<i ", "\n", " "),
    ]
)
TEXTS = st.lists(PIECES | st.just(" "), min_size=1, max_size=14).map("".join)
many = settings(max_examples=400)


def found(text, grammar, *kinds, labels=()):
    return [mark for mark in marks(text, grammar, labels) if mark.kind in kinds]


def codes(text, grammar):
    return ["".join(text[m.inner : m.inner_end].split()) for m in found(text, grammar, Markup.CODE)]


def urls(text, grammar, *kinds):
    return Counter(
        unquote(url_of(text[m.inner : m.inner_end], Writing.PLAIN))
        for m in found(text, grammar, *kinds)
    )


def as_one_paragraph(text):
    """A text in which no line starts a block."""
    return "x " + re.sub(r"\s+", " ", text).strip() + " x"


def tokens_of(text):
    (token,) = MarkdownIt("commonmark").parseInline(text)
    yield from _flat(token.children)


def _flat(children):
    for token in children:
        yield token
        yield from _flat(token.children or ()) if token.type == "image" else ()


def check_commonmark(text):
    text = as_one_paragraph(text)
    tokens = list(tokens_of(text))
    own = ["".join(t.content.split()) for t in tokens if t.type == "code_inline"]
    assert codes(text, COMMONMARK) == own
    alt = {id(c) for t in tokens if t.type == "image" for c in _flat(t.children)}
    tags = [t.content for t in tokens if t.type == "html_inline" and id(t) not in alt]
    html_kinds = (Markup.TAG, Markup.COMMENT, Markup.INSTRUCTION)
    ours = [text[m.start : m.end] for m in found(text, COMMONMARK, *html_kinds)]
    assert Counter(tags) <= Counter(ours)
    assert Counter(ours) <= Counter(t.content for t in tokens if t.type == "html_inline")
    links = Counter(
        unquote(t.attrs["href"]) for t in tokens if t.type == "link_open" and id(t) not in alt
    )
    kinds = (Markup.LINK, Markup.AUTOLINK, Markup.MAIL)
    assert urls(text, COMMONMARK, *kinds) == Counter(
        {url.removeprefix("mailto:"): count for url, count in links.items()}
    )
    pictures = Counter(
        unquote(t.attrs["src"]) for t in tokens if t.type == "image" and id(t) not in alt
    )
    assert urls(text, COMMONMARK, Markup.IMAGE) == pictures


@many
@given(TEXTS)
def test_commonmark_as_markdown_it_reads_it(text):
    check_commonmark(text)


@pytest.mark.parametrize(
    "text",
    [
        r"\`` a `<b>` c ``",
        "`` a ` b",
        '<a title="`"> <b> `',
        '[a](b "`") <b> `',
        "[a [b](c) d](e)",
        "![a [b](c) d](e)",
        "[a](<b c>) [d](e(f)g)",
        "<!-- ` --> <b> `",
    ],
)
def test_commonmark_where_marks_lie_in_each_other(text):
    check_commonmark(text)


def test_cmark_forgets_where_backticks_stood():
    cmark = pytest.importorskip("cmarkgfm", reason="cmark-gfm is not installed")
    grammar = Grammar(cmark=True)
    for text in ("c ``}` x`$`<b>`", "a ``` `b` ``c`` `d` ```", "a `` `b` `c` `` `d"):
        root = lxml.html.fromstring(cmark.markdown_to_html(f"x {text}"))
        own = ["".join(code.text_content().split()) for code in root.iter("code")]
        assert codes(f"x {text}", grammar) == own


@many
@given(TEXTS)
def test_cmark_reads_code_so(text):
    cmark = pytest.importorskip("cmarkgfm", reason="cmark-gfm is not installed")
    text = as_one_paragraph(re.sub(r"[<&]", "", text))
    own = re.findall(r"<code>(.*?)</code>", cmark.markdown_to_html(text))
    expected = ["".join(html.unescape(code).split()) for code in own]
    links = codes(text, Grammar(cmark=True))
    assert [code for code in links if code in expected] == expected


@settings(max_examples=1500)
@given(TEXTS)
def test_python_markdown_reads_code_links_and_tags_so(text):
    text = as_one_paragraph(text)
    grammar = dialect_named("mkdocs").grammar
    program = rendering._python_markdown()
    root = lxml.html.fromstring(f"<div>{program.reset().convert(text)}</div>")
    own = ["".join((code.text or "").split()) for code in root.iter("code")]
    assert Counter(own) <= Counter(codes(text, grammar))
    hrefs = Counter(unquote(one.get("href")) for one in root.iter("a") if one.get("href"))
    kinds = (Markup.LINK, Markup.AUTOLINK, Markup.MAIL, Markup.URL)
    named = dict.fromkeys(urls(text, grammar, *kinds), 1)
    for href in hrefs:
        if href != "x":  # an attribute of a tag
            assert html.unescape(href).removeprefix("mailto:") in named or href in named, href


MDX_TEXTS = [
    r"\`` a `{1+1}` c ``",
    "`{a}` {b} \\{c} {`}`} d",
    "<B c={`d`}>e `<f>`</B>",
    "[a](b) ![c](d) <e/> `{f}`",
    "a {'`'} `b` {\"}\"} c",
]


@given(st.text("()\"'<> \n\tab.", max_size=24))
def test_python_markdown_ends_targets_there(text):
    text = f"({text}"
    program = rendering._python_markdown()
    program.convert("x")
    href, _, behind, is_link = LinkInlineProcessor(r"\[", program).getLink(text, 0)
    found = LooseResources(text)(0)
    assert is_link is (found is not None)
    if found:
        assert text[found.start : found.end] == href
        # The program counts from the end where it loses count.
        assert found.behind % len(text) == behind % len(text)


@pytest.mark.peers
def test_mdx_names_the_same_expressions_tags_and_links():
    if not (MDX / "node_modules").is_dir():
        pytest.skip("MDX is not installed")
    grammar = dialect_named("docusaurus").grammar
    pages = [{"name": text, "text": text} for text in MDX_TEXTS]
    run = subprocess.run(
        ["node", COMPILER, MDX], input=json.dumps(pages), capture_output=True, text=True, check=True
    )
    for page in json.loads(run.stdout):
        text = page["name"]
        nodes = page["kinds"]
        own = [text[m.start + 1 : m.end - 1] for m in found(text, grammar, Markup.EXPRESSION)]
        assert own == [node[4] for node in nodes if node[0] == "mdxTextExpression"], text
        tags = [text[m.start : m.end] for m in found(text, grammar, Markup.TAG)]
        opened = [tag for tag in tags if not tag.startswith("</")]
        assert len(opened) == sum(node[0] == "mdxJsxTextElement" for node in nodes), text
        own_urls = [node[5] for node in nodes if node[0] in {"link", "image"}]
        assert sorted(urls(text, grammar, Markup.LINK, Markup.IMAGE)) == sorted(own_urls), text


@pytest.mark.parametrize(
    ("text", "end"),
    [
        # https://github.github.com/gfm/#valid-domain: no underscore in the last two segments.
        ("http://foo_bar.baz/", None),
        ("http://foo.b_z/", None),
        ("http://a_b.foo.baz/", 19),
        ("https://a.b/x]y z", 15),
        ("https://a.b/x", 13),
        ("https://a.b/x.", 13),
    ],
)
def test_bare_addresses_are_those_of_gfm(text, end):
    assert bare_url(text, 0) == (end and (0, end))


@pytest.mark.parametrize(
    ("behind", "dialects"),
    [
        ("]", "gfm hugo"),
        ("^", "gfm mdx hugo vitepress"),
        ('"', "hugo"),
        ("~", "vitepress"),
        ("_", "vitepress"),
        ("*", ""),
        (";", "hugo"),
        ("}", "gfm mdx hugo mkdocs"),
        (")", ""),
    ],
)
def test_a_bare_address_ends_where_its_program_ends_it(behind, dialects):
    """cmark-gfm, micromark, Goldmark, markdown-it and `magiclink` were asked for `a]`, `a^`."""
    for name in ("gfm", "mdx", "hugo", "vitepress", "mkdocs"):
        end = dialect_named(name).grammar.url_end
        found = bare_url(f"https://a.b/x{behind} y", 0, end)
        own = len(behind) if name in dialects.split() else 0
        assert found == (0, len("https://a.b/x") + own), name


def test_in_brackets_an_address_ends_in_front_of_theirs():
    assert bare_url("https://a.b/x]y", 0, bracketed=True) == (0, 13)
    assert bare_url("https://a.b/[x]y]", 0, bracketed=True) == (0, 16)


@pytest.mark.parametrize("dialect", ["mkdocs", "gfm", "hugo", "mdbook"])
@pytest.mark.parametrize("text", ["a &amp; b", "`a` &#65; b", "&lt; <b>b</b>"])
def test_references_to_characters_are_marks(dialect, text):
    found = marks(text, dialect_named(dialect).grammar)
    references = [text[mark.start : mark.end] for mark in found if mark.kind is Markup.CHARACTER]
    assert references == re.findall("&[^;]*;", text)


@pytest.mark.parametrize("dialect", SHOWN)
def test_marks_are_the_same_at_the_edges_of_a_text(dialect):
    grammar = dialect_named(dialect).grammar

    def found(text, shift=0):
        return [
            (mark.kind, *(place + shift for place in (mark.start, mark.end)))
            for mark in marks(text, grammar)
        ]

    texts = [case.source.rstrip("\n") for case in SHOWN[dialect]]
    drawn = [text for text in texts if text.startswith("x ") and text.endswith(" x")]
    assert drawn
    for text in drawn:
        assert found(text[2:], 2) == found(text)
        # At the end a backslash escapes nothing.
        if not text.endswith("\\ x"):
            assert found(text.removesuffix(" x")) == found(text)


@pytest.mark.parametrize("comment", ["<!---->", "<!-- -->", "<!-- `a` -->", "<!--\n-->"])
def test_comments_are_whole_in_docusaurus(comment):
    text = f"{comment} `b` --> {comment}"
    grammar = dialect_named("docusaurus").grammar
    assert [text[one.start : one.end] for one in marks(text, grammar)] == [comment, "`b`", comment]
