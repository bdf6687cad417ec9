"""No translation breaks a page or brings in what is not its: hostile texts, and any text at all."""

import json
import re
from functools import cache
from pathlib import Path, PurePosixPath

import lxml.html
import pytest
import rendering
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marking import marked
from rendering import facts
from trees import SMALLER, corpus_or_skip

from toolkit.dialects import dialect_named
from toolkit.dialects.blocks.pandoc.escaping import escaped
from toolkit.model.catalog import MessageKey
from toolkit.model.document import Document
from toolkit.reading.segment import FRONT_MATTER_KEYS, read
from toolkit.writing.guard import Guard
from toolkit.writing.guard.foreign import foreign_features

FOLDER = Path(__file__).parent / "fixtures" / "hostile"
HOSTILE = [json.loads(line) for line in (FOLDER / "translations.jsonl").read_text().splitlines()]
INLINE = frozenset("a b br code del em i ins mark span strong sub sup u abbr kbd img".split())
MACROS = re.compile(r"\{\{|\{%|\{#|-8<-|\$\{")


@cache
def hostile_page(dialect_name="mkdocs"):
    dialect = dialect_named(dialect_name)
    document = Document.from_bytes("page.md", (FOLDER / "page.md").read_bytes())
    reading = read(document, dialect)
    return Guard(dialect, FRONT_MATTER_KEYS), document, reading


def built(text, translation, dialect="mkdocs"):
    guard, document, reading = hostile_page(dialect)
    keys = [key for key in ((u.context, u.text) for u in reading.units) if key[1] == text]
    assert keys, f"the page has no unit {text!r}"
    return guard.built(document, reading, dict.fromkeys(keys, translation)).document


def block_tags(html):
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    return [element.tag for element in root.iter(etree_element) if element.tag not in INLINE]


etree_element = lxml.html.etree.Element


def outside_features(html):
    """What a page can do: its elements, event attributes, styles and targets."""
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    found = set()
    for element in root.iter(etree_element):
        found.add(("element", element.tag if element.tag not in INLINE - {"img"} else "inline"))
        for name, value in element.attrib.items():
            if name.startswith("on") or name in {"style", "formaction"}:
                found.add((name, value))
            if name in {"href", "src", "action"} and not value.startswith("#"):
                found.add((name, value))
    return found


@cache
def source_facts():
    html = rendering._html((FOLDER / "page.md").read_text(), "mkdocs")
    return block_tags(html), outside_features(html)


def check(page):
    html = rendering._html(page.text, "mkdocs")
    tags, features = source_facts()
    assert block_tags(html) == tags
    assert outside_features(html) <= features
    source = hostile_page()[1].text
    assert sorted(MACROS.findall(page.text)) == sorted(MACROS.findall(source))


def test_there_are_hostile_translations_enough():
    assert len(HOSTILE) >= 300
    units = {unit.text for unit in hostile_page()[2].units}
    assert {context for context, _ in HOSTILE} <= units


@pytest.mark.parametrize(("context", "text"), HOSTILE)
def test_no_hostile_translation_changes_structure_or_brings_anything_in(context, text):
    check(built(context, text))


fragments = st.sampled_from(sorted({text for _, text in HOSTILE}))
texts = st.lists(fragments | st.text(max_size=8), min_size=1, max_size=4).map("".join)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), texts)
def test_no_text_at_all_changes_the_structure(data, text):
    unit = data.draw(st.sampled_from(hostile_page()[2].units))
    try:
        check(built(unit.text, text))
    except UnicodeEncodeError:
        pytest.fail("a text that cannot be encoded came through")


@pytest.mark.parametrize("dialect", ["commonmark", "gfm", "hugo", "mkdocs"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), text=texts)
def test_a_built_page_is_read_as_its_source(dialect, data, text):
    _, _, reading = hostile_page(dialect)
    unit = data.draw(st.sampled_from(reading.units))
    page = built(unit.text, text, dialect)
    again = read(page, dialect_named(dialect))
    assert [(t.type, t.level) for t in again.tokens] == [(t.type, t.level) for t in reading.tokens]


@pytest.mark.parametrize("dialect", ["gfm", "mdx", "vitepress", "hugo", "mkdocs", "docusaurus"])
@pytest.mark.parametrize("text", ["$![short]`$", "a $[short]$ b", r"\\(![short]\\)"])
def test_a_reference_comes_in_through_no_formula_that_a_site_may_lack(dialect, text):
    assert built("ITEM", text, dialect) == hostile_page(dialect)[1]


@pytest.mark.parametrize(
    ("dialect", "source", "text"),
    [
        # Links are looked for before images are.
        ("mkdocs", '![i](a.png "Title") here', '![i](a.png "Ti [](tle") here'),
        ("mkdocs", '![i](a.png "Title") here', '![i](a.png "Ti [b][short]") here'),
        # In these elements nothing but tags is read.
        ("kramdown", "A <kbd>key</kbd>", "A <kbd>`<svg onload=x>`</kbd>"),
        ("kramdown", "A <SAMP>key</SAMP>", r"A <SAMP>\<svg onload=x></SAMP>"),
        ("kramdown", '<b markdown="0">key</b> A', '<b markdown="0">`<svg onload=x>`</b> A'),
        # A formula comes before code, also behind a letter.
        ("myst", "Last words", "L$```<i>``````$![short]`$``` words"),
        # An end of a line in a target is a blank.
        ("quarto", "A [link](https://a.example)", "A [link](htt\nps://a.example)"),
        # A reference without a semicolon is none, so that the address begins behind its sign.
        ("mdx", "Heading", "Ha&#64&#64;evil.example"),
    ],
)
def test_what_programs_read_in_another_order_is_refused(dialect, source, text):
    chosen = dialect_named(dialect)
    document = Document("page.md", f"{source}\n\n[short]: https://example.org/s\n")
    reading = read(document, chosen)
    (unit,) = reading.units
    result = Guard(chosen, FRONT_MATTER_KEYS).built(document, reading, {(None, unit.text): text})
    assert result.document == document
    assert result.refusals


def test_a_refused_message_is_named_and_the_others_are_used():
    guard, document, reading = hostile_page()
    texts: dict[MessageKey, str] = {(None, "ITEM"): "<script>x</script>", (None, "QUOTE"): "Zitat"}
    result = guard.built(document, reading, texts)
    assert "Zitat" in result.document.text
    (refusal,) = result.refusals
    assert refusal.unit.text == "ITEM"
    assert "<script>" in refusal.reason


@pytest.mark.parametrize(
    ("dialect", "text", "value"),
    [
        ("mkdocs", "All {berths} here", "All &#123;berths&#125; here"),
        ("mkdocs", 'The "quay"', "The &quot;quay&quot;"),
        ("hugo", "All {berths} here", "All {berths} here"),
        ("hugo", 'The "quay"', ""),
        ("myst", "All {berths} here", ""),
        ("vitepress", "All {berths} here", ""),
        ("vitepress", "The &quot;quay&quot;", ""),
        ("vitepress", "The “quay”", "The “quay”"),
        ("quarto", "All {berths} here", ""),
        ("quarto", 'The "quay"', 'The \\"quay\\"'),
    ],
)
def test_a_list_of_attributes_holds_what_its_program_can_read(dialect, text, value):
    page = '{#port title="Where ships rest"}\nHarbour\n'
    if dialect != "myst":
        page = '## Harbour {#port title="Where ships rest"}\n'
    document = Document("page.md", page)
    reading = read(document, dialect_named(dialect))
    texts: dict[tuple[str | None, str], str] = {(None, "Where ships rest"): text}
    found = Guard(dialect_named(dialect), FRONT_MATTER_KEYS).built(document, reading, texts)
    assert f'title="{value or "Where ships rest"}"' in found.text
    assert bool(found.refusals) is not bool(value)


@pytest.mark.parametrize("dialect", ["hugo", "kramdown", "mkdocs", "quarto", "vitepress"])
def test_a_value_between_single_quotes_ends_with_them(dialect):
    page = "## Harbour\n{: #port title='Where ships rest'}\n"
    if dialect != "kramdown":
        page = "## Harbour {#port title='Where ships rest'}\n"
    document = Document("page.md", page)
    reading = read(document, dialect_named(dialect))
    attack: dict[MessageKey, str] = {(None, "Where ships rest"): "x' onclick='evil()"}
    found = Guard(dialect_named(dialect), FRONT_MATTER_KEYS).built(document, reading, attack)
    assert not re.search(r"(?<!\\)' onclick", found.text)


@pytest.mark.parametrize(
    ("dialects", "page", "text", "line"),
    [
        ("kramdown hugo mdbook mdx", "- WORDS\n  of it", "[x]\nWorte", "- \\[x]"),
        ("mkdocs", "- WORDS", "[\t] Worte", "- \\[\t] Worte"),
        ("quarto", "> WORDS", "|", "> &#124;"),
        ("hugo", "- # WORDS", "[x] Worte", "- # \\[x] Worte"),
        ("hugo", "- [WORDS](a.md)", "[x](a.md)", "- [WORDS](a.md)"),
        ("hugo", "[WORDS](a.md)", "[x](a.md)", "[x](a.md)"),
        (
            "hugo",
            "- [WORDS](https://e.org/a)",
            "[x](https://e.org/a)[y](https://e.org/a)",
            "- \\[x](<https://e.org/a>)[y](https://e.org/a)",
        ),
        ("vitepress", "> - WORDS", "[!NOTE] Worte", "> - \\[!NOTE] Worte"),
        ("vitepress", "> # WORDS", "[!NOTE] Worte", "> # \\[!NOTE] Worte"),
        ("vitepress", "> | WORDS |\n> | - |", "[!NOTE] Worte", "> | \\[!NOTE] Worte |"),
    ],
)
def test_a_box_and_an_alert_are_written_as_text(dialects, page, text, line):
    for dialect in map(dialect_named, dialects.split()):
        document = Document("page.md", f"Start\n\n{page}\n")
        reading = read(document, dialect)
        source = reading.units[1].text
        result = Guard(dialect, ()).built(document, reading, {(None, source): text})
        assert result.text.split("\n")[2] == line


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("C#", "C\\#"),
        ("#1 in C#", "\\#1 in C\\#"),
        ("a\\#b", "a\\#b"),
        ("a\\\\#b", "a\\\\\\#b"),
    ],
)
@pytest.mark.parametrize("end", ["", " #id"])
def test_a_number_sign_starts_no_id_of_a_tab_in_vuepress(text, written, end):
    page = "::: tabs\n@tab {}\n\nBody\n\n:::\n".format
    document, dialect = Document("page.md", page(f"Words{end}")), dialect_named("vitepress")
    result = Guard(dialect, ()).built(document, read(document, dialect), {(None, "Words"): text})
    assert result.text == page(f"{written}{end}")


def test_the_guilty_are_found_among_many():
    text = "".join(f"paragraph {n}\n\n" for n in range(40))
    dialect = dialect_named("commonmark")
    document = Document("page.md", text)
    reading = read(document, dialect)
    translations: dict[MessageKey, str] = {
        (None, f"paragraph {n}"): f"Absatz {n}" for n in range(40)
    }
    guard = Guard(dialect, ())
    plain = guard.built(document, reading, translations)
    assert not plain.refusals
    assert plain.document.text == text.replace("paragraph", "Absatz")


def test_a_reference_leads_to_its_definition_and_not_to_a_heading():
    """In CommonMark headings define nothing, whatever they are called."""
    dialect = dialect_named("gfm")
    document = Document("page.md", "# Guide\n\nSee [Guide].\n\n[guide]: a.md\n")
    reading = read(document, dialect)
    texts: dict[MessageKey, str] = {
        (None, "Guide"): "Anleitung",
        (None, "See [Guide]."): "Siehe [Anleitung].",
    }
    built = Guard(dialect, ()).built(document, reading, texts)
    assert built.text == "# Anleitung\n\nSiehe [Anleitung][Guide].\n\n[guide]: a.md\n"


def test_a_short_reference_may_be_written_in_full():
    dialect = dialect_named("commonmark")
    document = Document("page.md", "See [guide].\n\n[guide]: a.md\n[other]: b.md\n")
    reading = read(document, dialect)
    guard = Guard(dialect, ())

    def built(text):
        return guard.built(document, reading, {(None, "See [guide]."): text})

    assert not built("Siehe [die Anleitung][guide].").refusals
    assert built("Siehe [die Anleitung][other].").refusals


@pytest.mark.parametrize(
    "source",
    [
        '<img alt="A tree\nwith leaves" src="tree.svg" />\n\nMore.\n',
        '> <img\n> alt="A tree" src="tree.svg" />\n',
        "<sup>\nMade by <b>three</b>\npeople.\n</sup>\n",
        '<a href="x">\nOne\n</a> two.\n',
    ],
)
def test_html_at_the_start_of_a_text_is_shown_as_before(source):
    document = Document("page.md", source)
    dialect = dialect_named("gfm")
    reading = read(document, dialect)
    texts = {(unit.context, unit.text): marked(unit.text) for unit in reading.units}
    result = Guard(dialect, ()).built(document, reading, texts)
    assert not result.refusals
    before, after = facts(source, "gfm"), facts(result.document.text, "gfm")
    assert after.tags == before.tags
    assert "ẊX" in result.document.text
    assert after.targets == before.targets


def test_allowed_hosts_and_elements_come_in():
    dialect = dialect_named("commonmark")
    document = Document("page.md", "See [a](https://docs.example.org/zh/).\n")
    reading = read(document, dialect)
    texts: dict[MessageKey, str] = {
        (None, reading.units[0].text): "Voir [a](https://docs.example.org/fr/)<wbr>."
    }
    assert Guard(dialect, ()).built(document, reading, texts).refusals
    allowed = Guard(dialect, (), ("docs.example.org", "wbr"))
    assert not allowed.built(document, reading, texts).refusals
    for target in (
        "https://docs.example.org:!@evil.example/",
        "https://docs.example.org@evil.example/",
        "https://docs.example.org.evil.example/",
        "//docs.example.org\\@evil.example/",
    ):
        texts = {(None, reading.units[0].text): f"Voir [a]({target})."}
        assert allowed.built(document, reading, texts).refusals, target


@pytest.mark.parametrize("tree", SMALLER)
def test_a_marker_at_the_very_start_of_every_message_keeps_every_page(tree):
    dialect = dialect_named(tree.dialect)
    guard = Guard(dialect, FRONT_MATTER_KEYS)
    changed = []
    paths = corpus_or_skip(tree)
    for path in paths:
        document = Document.from_bytes(path.as_posix(), path.read_bytes())
        reading = read(document, dialect)
        marked = {(unit.context, unit.text): f"ẊX {unit.text}" for unit in reading.units}
        page = guard.built(document, reading, marked).document
        before = rendering.facts(document.text, tree.dialect)
        after = rendering.facts(page.text, tree.dialect)
        if before.tags != after.tags or before.targets != after.targets:
            changed.append(path)
    assert len(changed) <= 0.01 * len(paths), changed


@pytest.mark.parametrize(
    ("name", "translation", "taken"),
    [
        # Python-Markdown's reader of HTML looks at code, too: the quote would end in another text.
        ("page.md", "w `<b '\" y=\"'>`", False),
        ("page.md", "w `\n<b c=\"'>`", False),
        ("page.md", "w `<b c='\">`", False),
        ("page.md", "w `<b c=\"d>e\">` `<i f='g' h=i>`", True),
        # remark-math takes the backtick for a formula, and what is left begins no tag.
        ("page.mdx", "a$`$<[b>`c", False),
        ("page.mdx", "$`$ {b` c", False),
        ("page.mdx", "$a$ <5 {b", True),
        # Mistune ends a URL at the semicolon, and not before the reference.
        ("page.ipynb", "https://example.org&quot; x", False),
        ("page.ipynb", "https://example.org? x", True),
        ("page.ipynb", "(see https://example.org); x", True),
    ],
)
def test_what_programs_read_otherwise_than_it_looks_is_refused(name, translation, taken):
    dialects = {"page.md": "mkdocs", "page.mdx": "docusaurus", "page.ipynb": "gfm"}
    dialect = dialect_named(dialects[name])
    dialect = dialect.by_ending.get(PurePosixPath(name).suffix, dialect)
    document = Document(name, "Words of https://example.org and more.\n")
    reading = read(document, dialect)
    known = {(unit.context, unit.text): translation for unit in reading.units}
    page = Guard(dialect, ()).built(document, reading, known).document
    assert (page.text != document.text) == taken


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ('[a](b "c")', '[a](b "`") <script>d</script> `'),
        ('[a](b "c")', "[a](b '\")`') <script>d</script> `"),
        ('[a](b "c")', '[a](b (d "`)) <script>d</script> `'),
        ('[a](b "c")', '[a](b "d\\")`") <script>d</script> `'),
        ('a <abbr title="b">c</abbr>', 'a <abbr title=">`"> <script>d</script> `">c</abbr>'),
        ("a <!-- b --> c", "a <!-- > ` --> <script>d</script> ` <!-- b --> c"),
    ],
)
def test_what_looks_like_code_and_is_none_is_searched(source, translation):
    document = Document("page.md", f"{source}\n")
    dialect = dialect_named("gfm")
    reading = read(document, dialect)
    known = {(unit.context, unit.text): translation for unit in reading.units}
    page = Guard(dialect, FRONT_MATTER_KEYS).built(document, reading, known).document
    assert "script" in rendering.facts(translation, "gfm").tags
    assert "script" not in rendering.facts(page.text, "gfm").tags


CARD = '[:material-home:](a.md){ .card title="Home" }'


@pytest.mark.parametrize(
    ("translation", "taken"),
    [
        (CARD.replace("Home", "Zuhause"), True),
        ('[:material-home:](a.md){ title="Zuhause" .card }', True),
        (CARD.replace(".card", ".card alt='Haus'"), True),
        (CARD.replace(".card", ".button"), False),
        (CARD.replace("Home", 'x" onclick="f()'), False),
        (CARD.replace("title", "style"), False),
        (CARD.replace("title", "data-title").replace("Home", "&lt;img src=x&gt;"), False),
        (CARD.replace("Home", "{{ x }}"), False),
    ],
)
def test_texts_in_attribute_lists_may_be_translated(translation, taken):
    document = Document("page.md", f"{CARD}\n")
    dialect = dialect_named("mkdocs")
    reading = read(document, dialect)
    built = Guard(dialect, ()).built(document, reading, {(None, CARD): translation})
    assert (built.document.text == f"{translation}\n") is taken
    assert bool(built.refusals) is not taken


def test_a_value_of_an_attribute_list_stays_in_its_quotes():
    page = '# Home { #home title="Where I live" }\n'
    document = Document("page.md", page)
    reading = read(document, dialect_named("mkdocs"))
    translation: dict[MessageKey, str] = {(None, "Where I live"): 'Wo "ich" wohne'}
    built = Guard(reading.dialect, ()).built(document, reading, translation)
    assert built.document.text == page.replace("Where I live", "Wo &quot;ich&quot; wohne")


@pytest.mark.parametrize(
    ("dialect", "source", "translation", "brought"),
    [
        ("vitepress", "a", "b <!-- @include: x.md -->", "<!-- @include: x.md -->"),
        ("gfm", "a", "see octo/repo#12", "octo/repo#12"),
        ("gfm", "a", "see #12", "#12"),
        ("gfm", "see octo/repo#12", "siehe octo/repo#12", ""),
        ("gfm", "see octo/repo#12", "siehe octo/other#12", "octo/other#12"),
        ("gfm", "a", "ask @octo-cat.", "@octo-cat"),
        ("gfm", "a", f"in {'0a' * 20}", "0a" * 20),
        ("gfm", "a", f"in {'0a' * 19}", ""),
        ("hugo", "`a`", "`b@c.org`", "@c.org"),
        ("mkdocs", "`a`", "`b@c.org`", ""),
        ("mkdocs", "a", "`{++b++}`", "{++"),
        ("mkdocs", "a", "`{!x.md!}`", "{!x.md!}"),
        ("mkdocs", "a{.x} b", "b {.x}", "block {.x}"),
        ("mkdocs", "a {.x} b", "b{.x} c", ""),
        ("mkdocs", "a\n{.x}", "b\n{.x}", ""),
        ("mkdocs", "*a* <b>b</b>", "*x* <b>*y*</b> z", ""),
        ("mkdocs", "当 $i<t$，则 $a$", "Für $i<t$，gilt $a$", ""),
        ("gfm", "当 a<b，则", "Für a<b onclick=x", "<b"),
        ("mkdocs", "见 [a](b.md) 与 $c$", "$x$の[a](b.md)れ$c$語", ""),
        ("mkdocs", "a](b(c)) d", "x](b(c))。d", ""),
        ("mkdocs", "a](b) d", "x](b(c)。d", "b(c)。d"),
        ("mkdocs", "a {{ x }}", "b {{ x }}", ""),
        ("mkdocs", "a {{ x }}", "b {% raw %}{{ x }}{% endraw %}", "kept {{ x }}"),
        ("mkdocs", "a", "\u2066b\u2069", ""),
        # The last character there is, and what is none.
        ("kramdown", "a", "&#x10FFFF; &#1114111; &#xD7FF; &#xE000; &#0000065;", ""),
        ("kramdown", "a", "&#x110000;", "&#x110000;"),
        ("kramdown", "a", "&#1114112;", "&#1114112;"),
        ("kramdown", "a", "&#99999999999;", "&#99999999999;"),
        ("kramdown", "a", "&#xD800;", "&#xd800;"),
        ("kramdown", "a", "&#xDFFF;", "&#xdfff;"),
        ("kramdown", "&#xDFFF;", "&#xDFFF;", ""),
        ("mkdocs", "a", "\u2066b\nc\u2069", "\u2066"),
        ("mkdocs", "a", "b\u2069\u2066", "\u2066"),
    ],
)
def test_a_feature_is_what_the_text_brings(dialect, source, translation, brought):
    found = foreign_features(source, translation, dialect_named(dialect).grammar)
    texts = [feature.text for feature in found]
    assert brought in texts if brought else not texts


@pytest.mark.parametrize(
    ("source", "translation", "written"),
    [
        ("a \\b", "a \\b \\c", "a \\b \\\\c"),
        ("a", "\\\\\\x y", "\\\\\\\\x y"),
        ("a", "^[n]", "\\^[n]"),
        ("a [b]", "a [b", "a \\[b"),
        ("a", "a [b $c", "a \\[b \\$c"),
    ],
)
def test_commands_of_tex_are_shown_in_pandoc(source, translation, written):
    assert escaped(source, translation) == written
