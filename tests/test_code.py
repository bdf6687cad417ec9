"""What is translated of code: what a project asks for, and nothing that a program would run."""

import pytest
from odd_pages import WORD
from pygments.lexers import get_lexer_by_name
from test_shown import PAGES

from toolkit.dialects import dialect_named
from toolkit.dialects.dialect import CodePart
from toolkit.model.document import Document
from toolkit.model.units import Kind
from toolkit.reading.segment import FRONT_MATTER_KEYS, lexing, read
from toolkit.writing.guard import Guard

SHELL = "```bash\n#!/bin/bash\n# 安装依赖\napt install gettext  # 需要\necho \"好\" '#没有'\n```\n"
PYTHON = '```{.python title="a.py"}\ndef f():\n    """说明"""\n    return "值" # (1)!\n```\n'
C = "```c\n#include <a.h>\n/*\n * 第一行\n * 第二行\n */\nint x; // 尾\n```\n"
HTML = "```html\n<!-- 注释 -->\n<p>text</p>\n```\n"
SQL = "```sql\n-- 查询\nSELECT 'a' FROM t;\n```\n"
YAML = "- 项\n\n  ```yaml\n  # 副本数\n  replicas: 3\n  name: 名字\n  ```\n"
FLOW = """\
```mermaid
graph LR
    A[开始] --> B{成功？}
    B -->|是| C(结束)
    B -- 否 --> D["再来 (一次)"]
    subgraph 一组
    end
    style A fill:#fff
```
"""
SEQUENCE = """\
```mermaid
sequenceDiagram
    participant A as 用户
    A->>B: 请求 数据
    Note over A,B: 说明
    loop 每天
    end
```
"""
GROUPS = """\
```mermaid
flowchart TB
    subgraph one [Erste Gruppe]
      x@{ shape: rect, label: "Neue Art" } --> y["`Text **fett**`"]
    end
    subgraph Zweite Gruppe
      z
    end
    subgraph Dritte
      w
    end
    x --> Dritte
```
"""
CLASSES = """\
```mermaid
classDiagram
    class Tree["Ein Baum"]
    Tree <|-- Oak : ist einer
    Tree : +int age
    note for Oak "wird alt"
```
"""
STATES = """\
```mermaid
stateDiagram-v2
    [*] --> Calm: Anfang
    note right of Calm
        Noch ist es ruhig.
    end note
```
"""
MINDS = """\
```mermaid
mindmap
  root((Tee))
    a))Knall((
    b)Wolke(
    "`Gute **Blätter**`"
```
"""
TIMES = "```mermaid\ntimeline\n    2004 : Erstes : Zweites\n         : Drittes\n```\n"
QUADRANTS = """\
```mermaid
quadrantChart
    x-axis Wenig --> Viel
    quadrant-1 Ausbauen
    Der Tee: [0.3, 0.6]
```
"""
PIE = '```mermaid\npie title 占比\n    "狗" : 386\n    "猫" : 85\n```\n'


def dialect(parts, name="mkdocs"):
    return dialect_named(name).translating_code(
        {key: CodePart(part) for key, part in parts.items()}
    )


def texts(source, parts):
    return [unit.text for unit in read(Document("a.md", source), dialect(parts)).units]


@pytest.mark.parametrize(
    ("source", "part", "expected"),
    [
        (SHELL, "none", []),
        (SHELL, "comments", ["安装依赖", "需要"]),
        (SHELL, "texts", ["安装依赖", "需要", "好", "#没有"]),
        (SHELL, "blocks", [SHELL.split("\n", 1)[1].rsplit("\n", 2)[0]]),
        (PYTHON, "texts", ["说明", "值"]),
        (C, "comments", ["第一行", "第二行", "尾"]),
        (HTML, "comments", ["注释"]),
        (SQL, "comments", ["查询"]),
        (YAML, "comments", ["项", "副本数"]),
        (FLOW, "labels", ["开始", "成功？", "是", "结束", "否", "再来 (一次)", "一组"]),
        (SEQUENCE, "labels", ["用户", "请求 数据", "说明", "每天"]),
        (PIE, "labels", ["占比", "狗", "猫"]),
        (GROUPS, "labels", ["Erste Gruppe", "Neue Art", "Text **fett**", "Zweite Gruppe"]),
        (CLASSES, "labels", ["Ein Baum", "ist einer", "wird alt"]),
        (STATES, "labels", ["Anfang", "Noch ist es ruhig."]),
        (MINDS, "labels", ["Tee", "Knall", "Wolke", "Gute **Blätter**"]),
        (TIMES, "labels", ["Erstes", "Zweites", "Drittes"]),
        (QUADRANTS, "labels", ["Wenig", "Viel", "Ausbauen", "Der Tee"]),
    ],
)
def test_the_part_that_is_asked_for_is_translated(source, part, expected):
    assert texts(source, {"*": part}) == expected


@pytest.mark.parametrize(
    ("language", "code", "comments", "strings"),
    [
        ("c", '#include "a.h"\n#define A "b"\nchar *c = "d"; // e\n', ["e"], ["d"]),
        ("c", "#include <a.h>\n/* b */\n/** c */\n/*d*/\n", ["b", "c", "d"], []),
        ("c", "/* a\n\n   b\n */\n", ["a", "b"], []),
        ("sh", "#!/bin/sh\n# a\n#\necho `b` \"c\" 'd'\n", ["a"], ["c", "d"]),
        ("ruby", "a = :b; c = `d`; e = /f/ # g\nh = 'i'\n", ["g"], ["i"]),
        ("js", "let a = /b/, c = 'd'; // e\n", ["e"], ["d"]),
        ("rust", '/// a\n//! b\nfn f() { "c"; }\n', ["a", "b"], ["c"]),
        ("python", 'def f():\n    "a"\n    # b\n', ["b"], ["a"]),
        ("python", "a = ''\nb = 'c'\nd = '''e\nf'''\n", [], ["c"]),
        ("python", "a = b'c', 'd\\te', '''f'''\n", [], ["c", "d\\te", "f"]),
        ("html", "<!-- a\n b -->\n<p title='c'>\n", ["a", "b"], ["c"]),
        ("lua", "-- a\n--[[ b\nc ]]\n", ["a", "b", "c"], []),
        ("none-such", "# a\n", [], []),
        ("", "# a\n", [], []),
    ],
)
def test_comments_and_strings_are_those_of_the_language(language, code, comments, strings):
    source = f"```{language}\n{code}```\n"
    assert texts(source, {"*": "comments"}) == comments
    both = texts(source, {"*": "texts"})
    assert sorted(both) == sorted([*comments, *strings])
    document = Document("a.md", source)
    for unit in read(document, dialect({"*": "texts"})).units:
        assert source[unit.span.start : unit.span.end].strip() == unit.text


def test_a_language_may_have_a_part_of_its_own():
    parts = {"*": "none", "bash": "comments", "mermaid": "labels"}
    assert texts(SHELL + PYTHON + PIE, parts) == ["安装依赖", "需要", "占比", "狗", "猫"]


def built(source, parts, translate):
    chosen = dialect(parts)
    document = Document("a.md", source)
    reading = read(document, chosen)
    known = {(unit.context, unit.text): translate(unit.text) for unit in reading.units}
    return Guard(chosen, FRONT_MATTER_KEYS).built(document, reading, known)


@pytest.mark.parametrize("source", [SHELL, PYTHON, C, HTML, SQL, YAML])
@pytest.mark.parametrize("part", ["comments", "texts", "blocks"])
def test_a_translation_takes_its_place_and_nothing_else(source, part):
    page = built(source, {"*": part}, lambda text: text.replace("装", "X").replace("行", "Y"))
    assert page.document.text == source.replace("装", "X").replace("行", "Y")
    assert not page.refusals


@pytest.mark.parametrize(
    "source", [FLOW, SEQUENCE, PIE, GROUPS, CLASSES, STATES, MINDS, TIMES, QUADRANTS]
)
def test_labels_of_diagrams_take_their_places(source):
    page = built(source, {"*": "labels"}, lambda text: f"a{text}")
    assert not page.refusals
    assert len(texts(page.document.text, {"*": "labels"})) == len(texts(source, {"*": "labels"}))


@pytest.mark.parametrize(
    ("source", "part", "translation"),
    [
        (C, "comments", "*/ system(); /*"),
        (PYTHON, "texts", '" + run() + "'),
        (SHELL, "texts", '"; rm -rf /; "'),
        (HTML, "comments", "--> text <!--"),
        (FLOW, "labels", "x] --> Z[y"),
        (PIE, "labels", 'a" : 5\n"b'),
        (SHELL, "blocks", "a\n```\n\ntext"),
    ],
)
def test_what_would_be_code_is_refused(source, part, translation):
    page = built(source, {"*": part}, lambda _: translation)
    assert page.refusals
    kept = read(page.document, dialect({"*": part})).units
    assert len(kept) == len(read(Document("a.md", source), dialect({"*": part})).units)


def test_a_block_in_a_quote_keeps_its_prefix():
    source = "> ```text\n> 一\n>\n>   二\n> ```\n"
    page = built(source, {"*": "blocks"}, lambda text: text.replace("一", "one\n\nmore"))
    assert page.document.text == "> ```text\n> one\n>\n> more\n>\n>   二\n> ```\n"


def test_code_keeps_its_line_ends():
    source = SHELL.replace("\n", "\r\n")
    page = built(source, {"*": "comments"}, lambda text: f"{text}!")
    assert page.document.text == source.replace("依赖", "依赖!").replace("需要", "需要!")


TITLED = '``` py title="A first try" linenums="1"\nprint(1)\n```\n'


@pytest.mark.parametrize(
    ("translation", "shown"),
    [
        ("Ein erster Versuch", "Ein erster Versuch"),
        ("Über “dies”\n  und das", "Über “dies” und das"),
        # What would end the title, or be none, leaves it as it was.
        ('Ein "erster" Versuch', "A first try"),
        ('x" linenums="7', "A first try"),
        ("a\\", "a\\"),
        ("src/main.py", "A first try"),
    ],
)
def test_pymdown_shows_the_title(translation, shown):
    markdown = pytest.importorskip("markdown")
    document = Document("page.md", TITLED)
    mkdocs = dialect({})
    page = Guard(mkdocs, ()).built(
        document, read(document, mkdocs), {(None, "A first try"): translation}
    )
    extensions = ["pymdownx.highlight", "pymdownx.superfences"]
    html = markdown.markdown(page.document.text, extensions=extensions)
    assert f'<span class="filename">{shown}</span>' in html
    assert html.count("print") == 1


def test_a_language_is_loaded_once_and_an_unknown_one_never(monkeypatch):
    loaded = []

    def load(name):
        loaded.append(name)
        return get_lexer_by_name(name)

    monkeypatch.setattr("pygments.lexers.get_lexer_by_name", load)
    lexing._lexer.cache_clear()
    for number in range(3):
        page = f"```scala\n// one {number}\n```\n\n```nonesuch\n// two {number}\n```\n"
        units = read(Document("page.md", page), dialect_named("mdbook")).units
        assert [unit.text for unit in units] == [f"// one {number}"]
    lexing._lexer.cache_clear()
    assert loaded == ["scala"]


CODE = {"fence", "code_block"}
FENCED = [
    (name, page.source)
    for name, pages in PAGES.items()
    for page in pages
    if ("```" in page.source or "~~~" in page.source) and "\t" not in page.source
]


@pytest.mark.parametrize("name", PAGES)
def test_code_of_small_pages_stands_at_its_place(name):
    """In quotes, lists, notes, with lines that are indented less or not marked."""
    whole = dialect_named(name).translating_code({"*": CodePart.BLOCKS})
    found = 0
    for source in (text for dialect, text in FENCED if dialect == name):
        reading = read(Document("a.md", source), whole)
        codes = [one.content.strip("\n") for one in reading.tokens if one.type in CODE]
        for unit in reading.units:
            if unit.kind is Kind.CODE_BLOCK:
                piece = source[unit.span.start : unit.span.end]
                assert unit.text in codes, source
                assert WORD.findall(piece) == WORD.findall(unit.text), source
                assert (piece[0], piece[-1]) == (unit.text[0], unit.text[-1]), source
                found += 1
    assert found >= 5
