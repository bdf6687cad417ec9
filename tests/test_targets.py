"""Targets against what the programs that render the pages make of them."""

import re
import time
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import lxml.html
import markdown
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it.common.utils import normalizeReference
from packaging.version import Version
from rendering import _html, _markdown_it, _python_markdown
from trees import CORPUS, TREES, corpus_or_skip

from toolkit.dialects import dialect_named
from toolkit.model.document import Document
from toolkit.reading.segment import read
from toolkit.reading.targets import TargetKind, Writing, edit, targets

FIXTURES = Path(__file__).parent / "fixtures" / "targets"
AGREEING = 0.995
GENERATED = frozenset("footnote-ref footnote-backref emojione twemoji".split())
LABEL = re.compile(r"\[((?:\\.|[^\[\]\\])+)\]:")
some = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
dialects = pytest.mark.parametrize("dialect", ["commonmark", "gfm", "mkdocs"])


def targets_of(text, dialect):
    document = Document("page.md", text)
    rules = dialect_named(dialect)
    return targets(document, read(document, rules), rules)


def urls(text, dialect, *kinds):
    found = targets_of(text, dialect)
    return [target.url for target in found if not kinds or target.kind in kinds]


def plain(url):
    return unquote(url).strip()


def rendered(html):
    """The targets of the elements in HTML, without those the program makes for itself."""
    found: Counter[str] = Counter()
    for element in lxml.html.fromstring(f"<div>{html}</div>").iter():
        if isinstance(element.tag, str) and not is_generated(element):
            values = [element.get(name) for name in ("href", "src", "poster")]
            values += [
                each.split()[0] for each in (element.get("srcset") or "").split(", ") if each
            ]
            found.update(plain(value) for value in values if value is not None)
    return found


def is_generated(element):
    around = {
        name for each in element.iterancestors() for name in (each.get("class") or "").split()
    }
    classes = set((element.get("class") or "").split())
    footnote = (element.get("href") or "").startswith("#fn") and "footnotes" in around
    return bool(classes & GENERATED) or "toc" in around or "footnote-ref" in around or footnote


def definitions(text, dialect):
    """The reference definitions as the program knows them, label and target."""
    if dialect == "mkdocs":
        known = {label: url for label, (url, _) in _python_markdown().references.items()}
    else:
        environment: dict[str, Any] = {}
        _markdown_it(dialect).parse(text, environment)
        known = {label: each["href"] for label, each in environment.get("references", {}).items()}
    return {(normalizeReference(label), plain(url)) for label, url in known.items()}


def is_markdown_it_blind(target, document):
    """Whether GitHub links it but markdown-it without its linkifier does not."""
    before = document.text[target.span.start - 1 : target.span.start]
    return target.writing is Writing.BARE or (target.writing is Writing.MAIL and before != "<")


def disagreement(path, dialect):
    """What is found too much, what too little, and definitions only one side knows."""
    document = Document.from_bytes(path.as_posix(), path.read_bytes())
    rules = dialect_named(dialect)
    found = targets(document, read(document, rules), rules)
    html = rendered(_html(document.text, dialect))
    known = definitions(document.text, dialect)
    inline = Counter(
        plain(each.url)
        for each in found
        if each.kind not in {TargetKind.DEFINITION, TargetKind.INCLUDE, TargetKind.SNIPPET}
        and (dialect == "mkdocs" or not is_markdown_it_blind(each, document))
    )
    own = {
        (normalizeReference(label_of(each, document)), plain(each.url))
        for each in found
        if each.kind is TargetKind.DEFINITION
    }
    resolved = {url for _, url in known}
    missing = [url for url in html - inline if url not in resolved]
    labels = {label for label, _ in known}
    return [
        *(inline - html),
        *missing,
        *(known - own),
        *(label for label, _ in own if label not in labels),
    ]


def label_of(target, document):
    start = document.text.rfind("\n\n", 0, target.span.start) + 1
    return LABEL.findall(document.text, start, target.span.start)[-1]


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.name)
def test_pages_of_the_corpus_agree_with_their_html(tree):
    pages = corpus_or_skip(tree)
    apart = {path: found for path in pages if (found := disagreement(path, tree.dialect))}
    allowed = (1 - AGREEING) * len(pages)
    # markdown-it takes `<file://Python>` for an unsafe target, which is no matter of places.
    apart = {path: found for path, found in apart.items() if found != ["file://Python"]}
    assert len(apart) <= allowed, apart


def examples_of_the_specification():
    path = CORPUS / "commonmark-spec" / "spec.txt"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    pattern = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.DOTALL | re.MULTILINE)
    return [
        pytest.param(source.replace("→", "\t"), html.replace("→", "\t"), id=str(number))
        for number, (source, html) in enumerate(pattern.findall(text), 1)
    ]


@pytest.mark.parametrize(("source", "html"), examples_of_the_specification())
def test_examples_of_the_specification_agree_with_their_html(source, html):
    wanted = rendered(html)
    found = Counter(
        plain(each.url)
        for each in targets_of(source, "commonmark")
        if each.kind is not TargetKind.DEFINITION
    )
    resolved = {plain(url) for url in urls(source, "commonmark", TargetKind.DEFINITION)}
    assert not found - wanted
    assert not set(wanted - found) - resolved


def test_a_page_with_every_kind():
    text = (FIXTURES / "commonmark.md").read_text(encoding="utf-8")
    assert [(each.kind.value, each.text, each.url) for each in targets_of(text, "commonmark")] == [
        ("link", "start.md", "start.md"),
        ("image", "img/logo.png", "img/logo.png"),
        ("link", "a page.md", "a page.md"),
        ("link", "a(b(c))d.md", "a(b(c))d.md"),
        (
            "autolink",
            "https://example.org/auto?x=1&amp;y=2",
            "https://example.org/auto?x=1&y=2",
        ),
        ("autolink", "team@example.org", "mailto:team@example.org"),
        ("image", "badge.svg", "badge.svg"),
        ("link", "https://ci.example.org/", "https://ci.example.org/"),
        ("link", "a&amp;b\\_c.md", "a&b_c.md"),
        ("link", "yes.md", "yes.md"),
        ("html", "first.html", "first.html"),
        ("html", "pic.png", "pic.png"),
        ("html", "small.png", "small.png"),
        ("html", "big.png", "big.png"),
        ("html", "still.png", "still.png"),
        ("html", "run.js", "run.js"),
        ("definition", "https://example.org/ref", "https://example.org/ref"),
        ("definition", "with blanks.md", "with blanks.md"),
        ("definition", "under.md", "under.md"),
    ]


MKDOCS = [
    ("[a](b c.md)", ["b c.md"]),
    ("[a]( b )", ["b"]),
    ("[a](b'c)", ["b'c"]),
    ('[a](b "x "y" z")', ["b"]),
    ("[a [b](c) d](e)", ["e"]),
    ("![a [b](c)](d)", ["d"]),
    ("[^1](x)\n\n[^1]: y", []),
    ("$[a](b)$ \\([a](b)\\)", []),
    ("`$a` [x](y) `$b`", ["y"]),
    ("[a\nb](\nc\n'title')", ["c"]),
    ("<div markdown>[a](b)</div>", ["b"]),
    ("<div>[a](b)</div>", []),
    ("<div markdown>\n\n[a](b)\n\n</div>", ["b"]),
    ('!!! note "See [a](b)"\n\n    [c](d)', ["b", "d"]),
    ('=== "[a](b)"\n\n    ![c](d)', ["b", "d"]),
    ("term [a](b)\n:   [c](d)", ["b", "d"]),
    ("x[^1]\n\n[^1]: [a](b)", ["b"]),
    ("|a|b|\n|-|-|\n|[x](c\\|d)|`|` [y](e)|[z](beyond)|", ["c|d", "e"]),
    (
        "see www.a.example, b@c.example (https://d.example/e(f)).",
        ["http://www.a.example", "mailto:b@c.example", "https://d.example/e(f)"],
    ),
    ("[https://a.example](b)", ["b"]),
    (
        "[https://a.example] and https://b.example/[c]; end",
        ["https://a.example", "https://b.example/[c]"],
    ),
    ('<a href="x&amp;y&copy=1">z</a>', ["x&y&copy=1"]),
]


BRACKETS_END_URLS = Version(version("pymdown-extensions")) < Version("13")
"""Whether the installed magiclink ends a bare URL in front of a closing bracket that it opened."""


@pytest.mark.parametrize(("source", "expected"), MKDOCS)
def test_targets_as_python_markdown_reads_them(source, expected):
    assert urls(source, "mkdocs") == expected
    if BRACKETS_END_URLS and re.search(r"https://\S*/\S*[(\[]", source):
        pytest.skip("magiclink reads brackets in URLs otherwise before 13")
    assert rendered(_html(source, "mkdocs")) == Counter(map(plain, expected))


GITHUB = [
    ("www.commonmark.org", ["http://www.commonmark.org"]),
    ("Visit www.commonmark.org/help for more.", ["http://www.commonmark.org/help"]),
    ("Visit www.commonmark.org/a.b.", ["http://www.commonmark.org/a.b"]),
    (
        "www.google.com/search?q=Markup+(business)",
        ["http://www.google.com/search?q=Markup+(business)"],
    ),
    (
        "(www.google.com/search?q=Markup+(business)))",
        ["http://www.google.com/search?q=Markup+(business)"],
    ),
    ("www.google.com/search?q=(business))+ok", ["http://www.google.com/search?q=(business))+ok"]),
    ("www.google.com/search?q=commonmark&hl;", ["http://www.google.com/search?q=commonmark"]),
    ("www.commonmark.org/he<lp", ["http://www.commonmark.org/he"]),
    (
        "(Visit https://encrypted.google.com/search?q=Markup+(business))",
        ["https://encrypted.google.com/search?q=Markup+(business)"],
    ),
    ("foo@bar.baz", ["mailto:foo@bar.baz"]),
    ("hello+xyz@mail.example isn't, hello@mail+xyz.example is", ["mailto:hello+xyz@mail.example"]),
    ("a.b-c_d@a.b", ["mailto:a.b-c_d@a.b"]),
    ("a.b-c_d@a.b.", ["mailto:a.b-c_d@a.b"]),
    ("a.b-c_d@a.b-", []),
    ("a.b-c_d@a.b_", []),
]
"""From the examples of GFM 0.29, section 6.9, with the targets that it gives for them."""


@pytest.mark.parametrize(("source", "expected"), GITHUB)
def test_bare_links_as_githubs_specification_has_them(source, expected):
    assert urls(source, "gfm") == expected
    assert urls(source, "commonmark") == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('--8<-- "a/b.md"', ["a/b.md"]),
        ("  -8<-  'b.md'", ["b.md"]),
        ('--8<-- "c.py:4:6"\n--8<-- "c.py:name"\n--8<-- "c.py:1:3,5:6"', ["c.py"] * 3),
        ('--8<-- "https://example.org/c.md"', ["https://example.org/c.md"]),
        ("--8<--\na.md\n\n; b.md\n  c d.md\n--8<--", ["a.md", "c d.md"]),
        ('```py\n--8<-- "code.py"\n```', ["code.py"]),
        (';--8<-- "off.md"\ntext --8<-- "in.md"\n--8<-- "a.md" text', []),
        ('---\nnote: |\n  --8<-- "front.md"\n---\n\n--8<-- "page.md"', ["page.md"]),
    ],
)
def test_snippets_are_targets_where_the_dialect_has_them(source, expected):
    assert urls(source, "mkdocs", TargetKind.SNIPPET) == expected
    assert urls(source, "gfm", TargetKind.SNIPPET) == []


def test_snippets_are_those_that_pymdown_puts_in(tmp_path):
    names = ["a.md", "b.md", "c.md", "d.md", "e.md"]
    for name in names:
        (tmp_path / name).write_text(f"PUT {name} IN", encoding="utf-8")
    source = (
        '--8<-- "a.md"\n\n- item\n\n    --8<-- "b.md:1:1"\n\n--8<--\nc.md\n; d.md\n--8<--\n\n'
        ';--8<-- "e.md"\n\ntext --8<-- "d.md"\n'
    )
    options = {"base_path": [str(tmp_path)]}
    html = markdown.markdown(
        source, extensions=["pymdownx.snippets"], extension_configs={"pymdownx.snippets": options}
    )
    assert urls(source, "mkdocs", TargetKind.SNIPPET) == [
        name for name in names if f"PUT {name}" in html
    ]


@pytest.mark.parametrize(
    "source",
    [
        "`[a](b)`",
        "``[a](b) ` <c@d.e>``",
        "\\[a](b)",
        "    [a](b)",
        "~~~\n[a](b)\n~~~",
        "<!-- [a](b) <a href='c'> -->",
        "<!--\n\n[a](b)\n\n-->",
        '---\ntitle: "[a](b)"\n---\n',
        "<script>\nlet a = '<a href=b>';\n\nlet c = '[a](b)';\n</script>",
        "[a][b] [b][] [b]",
        "[a] (b)",
        "[ ]: not a definition",
    ],
)
@dialects
def test_what_holds_no_target(dialect, source):
    assert urls(source, dialect) == []


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@dialects
def test_places_hold_under_every_line_end(dialect, newline):
    source = "# [a](b)\n\n> [c\n> d](e 'f')\n> ![g](<h i>)\n\n[j]: k\n".replace("\n", newline)
    found = targets_of(source, dialect)
    assert [source[each.span.start : each.span.end] for each in found] == ["b", "e", "h i", "k"]
    assert [each.text for each in found] == ["b", "e", "h i", "k"]


@pytest.mark.parametrize(
    ("source", "url", "expected"),
    [
        ("[a](b)", "c d(e.md", "[a](c%20d%28e.md)"),
        ("[a](b)", "c(d).md#e", "[a](c(d).md#e)"),
        ("[a](b)", "", "[a](<>)"),
        ("[a](b)", "?x=1&copy;=2", "[a](?x=1&amp;copy;=2)"),
        ("[a](<b>)", "c d", "[a](<c d>)"),
        ("[a](<b>)", "c<d>", "[a](<c%3Cd%3E>)"),
        ("[a](b 'c')", 'd"e', "[a](d%22e 'c')"),
        ("[a](b)", "{{ base }}/c d", "[a]({{ base }}/c%20d)"),
        ("[a]: b 'c'", "d e", "[a]: d%20e 'c'"),
        ('<a href="b">', 'c"d&e', '<a href="c&quot;d&amp;e">'),
        ("<a href='b'>", "c'd", "<a href='c&#39;d'>"),
        ("<a href=b>", "c", "<a href=c>"),
        ("<a href=b>", "c d", '<a href="c d">'),
        ('<img srcset="b 1x, c 2x">', "d e", '<img srcset="d%20e 1x, c 2x">'),
        ("<https://a.example>", "https://b.example/c d", "<https://b.example/c%20d>"),
        ("<a@b.example>", "mailto:c@d.example", "<c@d.example>"),
    ],
)
def test_another_url_is_written_for_its_place(source, url, expected):
    document = Document("page.md", source)
    first = targets_of(source, "commonmark")[0]
    assert document.edited([edit(first, url)]).text == expected


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("<https://a.example>", "b.md"),
        ("<a@b.example>", "https://b.example"),
        ("a https://a.example", "b.md"),
        ('--8<-- "a.md"', "b\nc"),
        ('--8<-- "a.md"', 'b"c'),
        ("--8<-- 'a.md'", "b'c"),
    ],
)
def test_a_url_that_cannot_stand_there_is_refused(source, url):
    with pytest.raises(
        ValueError, match=r"no scheme|not a web address|not a mail address|one line"
    ):
        edit(targets_of(source, "mkdocs")[0], url)


FRAGMENTS = st.sampled_from(
    [
        "[a](b.md)",
        "![a](b.png 'c')",
        "[![a](<b c>)](d)",
        "[a](<b>",
        "[a]((b)",
        "[a]:\n b\n",
        "\n[a]: <b> 'c'\n",
        "[a][b]",
        "<a href='b'>",
        "<img src=a srcset='b, c 2x'>",
        "<https://a.example>",
        "<a@b.example>",
        "https://a.example/b.",
        "www.a.example",
        "a@b.example",
        '\n--8<-- "a.md:1:2"\n',
        "\n--8<--\na.md\n--8<--\n",
        "\n|a|b|\n|-|-|\n|[c](d)|<a href=e>|\n",
        '\n!!! note "[a](b)"\n',
        "\n<div>\n<a href=b>\n</div>\n",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "`",
        "``",
        "\\",
        "$",
        "[",
        "]",
        "(",
        ")",
        "!",
        "{{ a }}",
        "> ",
        "- ",
        "    ",
        "\n",
        "\r\n",
        "\n\n",
        "# ",
        "```\n",
        " ",
        '"',
    ]
)
pages = st.lists(FRAGMENTS | st.text(max_size=3), max_size=16).map("".join)


@dialects
@some
@given(pages)
def test_targets_stand_apart_and_replaced_by_themselves_change_nothing(dialect, text):
    document = Document("page.md", text.replace("\0", ""))
    found = targets_of(document.text, dialect)
    end = 0
    for target in found:
        assert end <= target.span.start <= target.span.end <= len(document.text)
        assert target.text == document.text[target.span.start : target.span.end]
        end = target.span.end
    assert document.edited(edit(each, each.url) for each in found).text == document.text


OTHERS = [
    "x.md",
    "../x/y.md#z",
    "x y.md",
    "x(y.md",
    "x[y",
    "x'y\"z",
    "x&copy;y",
    "x|y",
    "x`y",
    "x<y>z",
]
FITTING = {
    Writing.AUTOLINK: "https://example.org/x",
    Writing.BARE: "https://example.org/x",
    Writing.MAIL: "mailto:x@example.org",
}


@dialects
@some
@given(pages, st.data())
def test_another_url_changes_its_place_alone_and_is_read_back(dialect, text, data):
    # Not at the start, where MkDocs takes `https://…` for a key and its value.
    document = Document("page.md", f"Page\n\n{text}".replace("\0", ""))
    found = targets_of(document.text, dialect)
    if not found:
        return
    number = data.draw(st.integers(0, len(found) - 1))
    target = found[number]
    paths = PATHS if target.kind is TargetKind.SNIPPET else OTHERS
    url = FITTING.get(target.writing) or data.draw(st.sampled_from(paths))
    text = document.edited([edit(target, url)]).text
    start, behind = target.span.start, len(document.text) - target.span.end
    assert text.startswith(document.text[:start])
    assert text.endswith(document.text[len(document.text) - behind :])
    after = targets_of(text, dialect)
    assert [each.kind for each in after] == [each.kind for each in found]
    assert plain(after[number].url) == plain(url)


PATHS = ["x.md", "../x y/z.md", "https://example.org/x.md"]


PLACES = [
    "[a](b)",
    "![a](<b>)",
    "[a](b 'c')",
    "[a]\n\n[a]: b",
    '<span><a href="b">c</a></span>',
    "<span><a href='b'>c</a></span>",
    "<span><a href=b>c</a></span>",
    "<div>\n<img src=b alt='c'>\n</div>",
    "|a|b|\n|-|-|\n|[c](d)|e|",
]


@pytest.mark.parametrize("url", [*OTHERS, "x\\y", "x'y'", "x\ty", "*x*_y_", "", "?x=1&y=2", "x:y"])
@pytest.mark.parametrize("source", PLACES)
@pytest.mark.parametrize("dialect", ["gfm", "mkdocs"])
def test_another_url_reaches_the_html(dialect, source, url):
    document = Document("page.md", source)
    (target,) = targets_of(source, dialect)
    html = _html(document.edited([edit(target, url)]).text, dialect)
    assert rendered(html) == Counter([plain(url)])


HOSTILE = [
    ("", "[a](", ""),
    ("", "[a](b ", ""),
    ("", "![", ""),
    ("", "[a](<", ""),
    ("", "<a x='", ""),
    ("", "<a ", ""),
    ("", "`a``", ""),
    ("", "<!--", ""),
    ("", '[a](b "', ""),
    ("", "a@b.", ""),
    ("", "[[](", ""),
    ("", "x https://a.b(", ""),
    ("", "https://a.b/", ""),
    ("", "a" * 9 + "@", ""),
    ("[", "[a](b)", ""),
    ("[", "![a](b)", "](c)"),
    ("![", "![a](b)", "](c)"),
    ("", "[a](b(", "))"),
    ("", "<a href=b ", ">"),
    ("", "<!-- ` ", "`"),
    ("", "\n--8<--\n", ""),
    ("", "<script>", ""),
    ("", "\n\n<div markdown>", ""),
    ("", "|[a](b", "\n-|-\n"),
]
"""What is repeated in front, in the middle and behind."""


@pytest.mark.nightly
@pytest.mark.parametrize("pieces", HOSTILE)
@dialects
def test_hostile_text_takes_linear_time(dialect, pieces):
    """Steps of regular expressions cannot be counted, so this one goes by the processor's time."""
    rules = dialect_named(dialect)

    def seconds(count):
        document = Document("page.md", "".join(piece * count for piece in pieces))
        reading = read(document, rules)
        started = time.process_time()
        targets(document, reading, rules)
        return time.process_time() - started

    assert seconds(16000) < 0.5 + 16 * seconds(2000)


def test_a_shortcode_is_the_whole_target_of_a_definition():
    text = '[a]: {{< ref "a b.md" >}}\n[c]: {{% relref "#c" %}} "Title"\n\n[a] [c]\n'
    assert urls(text, "hugo") == ['{{< ref "a b.md" >}}', '{{% relref "#c" %}}']


def test_targets_with_a_scheme_of_the_project_are_its_pages():
    page = "<project:#a-b>, [x](project:b.md#c), [y](<path:d e.zip>)\n\n[z]: project:f.md\n"
    page += '\n```{image} x.png\n:target: "#a-b"\n```\n'
    page += "\n> ```{figure} y.png\n> ---\n> alt: Y\n> target: g.md#h\n> ---\n> ```\n"
    document = Document("a.md", page)
    dialect = dialect_named("myst")
    found = targets(document, read(document, dialect), dialect)
    expected = ["#a-b", "b.md#c", "d e.zip", "f.md", "x.png", "#a-b", "y.png", "g.md#h"]
    assert [one.url for one in found] == expected
    document = document.edited([edit(one, "new.md") for one in found])
    assert document.text.startswith("<project:new.md>, [x](project:new.md), [y](<path:new.md>)")
    assert ':target: "new.md"' in document.text


def test_links_in_front_matter_are_the_letters_between_their_quotes():
    text = "---\nhero:\n  actions:\n    - link: /a\n    - link: \"/b\"\n    - link: '/c'\n---\nx\n"
    document = Document("a.md", text)
    dialect = dialect_named("vitepress")
    found = targets(document, read(document, dialect), dialect)
    assert [text[one.span.start : one.span.end] for one in found] == ["/a", "/b", "/c"]
    assert [one.url for one in found] == ["/a", "/b", "/c"]
