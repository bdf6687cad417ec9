"""Pairs of texts: found in whatever order and cut, sure where there is proof, and never guessed."""

import importlib
import random
import re
import sys
from collections import Counter
from dataclasses import replace
from itertools import product
from math import exp
from pathlib import Path

import pytest
from trees import CORPUS

from toolkit.aligning import Knowledge, align
from toolkit.aligning.cutting import cut_like
from toolkit.aligning.editions import Editions
from toolkit.aligning.evidence import Evidence, kind_of
from toolkit.aligning.lattice import _DOUBLE, _GAP, _PAIR, _TRIPLE, Scores, beads
from toolkit.aligning.pieces import Piece, marks_of, place_of, prose_size
from toolkit.aligning.sentences import has_marks_of
from toolkit.aligning.verdict import CERTAIN, State, verdicts
from toolkit.catalogs.glossary import Glossary, Term
from toolkit.catalogs.usable import translations
from toolkit.dialects import dialect_named
from toolkit.language.locale import locale_of
from toolkit.model.document import Document
from toolkit.project.project import Project
from toolkit.project.store import Run
from toolkit.reading.page import Page
from toolkit.reading.segment import read
from toolkit.writing.guard import Guard

CHINESE = Knowledge(("Latn", "Hans"))
BEGIN = "Run `setup 1`.\n\nSee [it](guide.md).\n\n"
BEGIN_CHINESE = "运行 `setup 1`。\n\n见[它](guide.md)。\n\n"
SOURCE = """# Install the server

Download version 1.8 from [the web page](https://example.org/get) and unpack it.

Run `server --init` once. It writes the file `server.toml`.

- Port 8080 has to be free.
- The user `www` needs a home.

## Updates

Every update keeps your settings. Read [the notes](notes.md) before you start one.
"""
TARGET = """# 安装服务器

从[网页](https://example.org/get)下载 1.8 版本并解压。

运行一次 `server --init`。它会写入文件 `server.toml`。

- 端口 8080 必须空闲。
- 用户 `www` 需要主目录。

## 更新

每次更新都会保留您的设置。开始之前请阅读[说明](notes.md)。
"""
PAIRS = [
    ("Install the server", "安装服务器"),
    ("Run `server --init` once. It writes the file `server.toml`.",
     "运行一次 `server --init`。它会写入文件 `server.toml`。"),
    ("Port 8080 has to be free.", "端口 8080 必须空闲。"),
    ("Updates", "更新"),
]  # fmt: skip


def page(text, name="page.md"):
    document = Document.from_bytes(name, text.encode("utf-8"))
    return Page(document, read(document, dialect_named("mkdocs")))


def said(source, target, knowledge=CHINESE):
    """The verdicts on two texts, by source text."""
    alignment = align(page(source), page(target), knowledge)
    return {
        verdict.pairing.sources[0].text: verdict
        for verdict in verdicts(alignment, knowledge.scripts)
    }


def test_pages_of_equal_structure_are_paired_in_order():
    found = said(SOURCE, TARGET)
    assert len(found) == 7
    assert {verdict.state for verdict in found.values()} == {State.TRANSLATED}
    for source, target in PAIRS:
        assert found[source].text == target


@pytest.mark.parametrize("line", [2, 4, 6, 7, 9])
def test_a_missing_text_shifts_nothing(line):
    lines = TARGET.split("\n")
    gone = lines.pop(line)
    alignment = align(page(SOURCE), page("\n".join(lines)), CHINESE)
    found = {one.sources[0].text: one for one in alignment.pairings}
    for source, target in PAIRS:
        if target not in gone:
            assert found[source].targets[0].text == target
    assert len(alignment.sources) == 1
    assert not alignment.targets


def test_a_text_that_only_the_translation_has_is_left_over():
    added = TARGET.replace("## 更新", "这个版本由社区提供支持。\n\n## 更新")
    alignment = align(page(SOURCE), page(added), CHINESE)
    assert [piece.text for piece in alignment.targets] == ["这个版本由社区提供支持。"]
    assert not alignment.sources


@pytest.mark.parametrize(
    ("source", "state"),
    [
        ("Run `server --init` once. It writes the file `server.toml`.", State.TRANSLATED),
        ("Run `server --init` once, and it writes the file `server.toml`.", State.FUZZY),
    ],
)
def test_a_split_text_is_joined_and_certain_where_its_sentences_end(source, state):
    parted = TARGET.replace("init`。它会", "init`。\n\n它会")
    whole = SOURCE.replace("Run `server --init` once. It writes the file `server.toml`.", source)
    verdict = said(whole, parted)[source]
    assert verdict.state is state
    assert verdict.text == "运行一次 `server --init`。它会写入文件 `server.toml`。"
    assert "two texts in the translation" in verdict.reasons


def test_a_text_with_the_sentences_of_two_is_both():
    text = (
        "Add a machine to the group, or choose one that is in it and that you do not need. It must "
        "fulfil all [conditions](notes.md). The new machine of this example has these parts:"
    )
    first = (
        "在组中添加一台机器，或者选择已经属于该组而且你暂时不需要使用的一台机器。"
        "它必须满足列表中所列出的全部[条件](notes.md)，没有任何例外情况。"
    )
    parts = (first, "例如，假设你有一台新机器，信息如下：")
    source = SOURCE.replace("Run `server --init` once. It writes the file `server.toml`.", text)
    target = TARGET.replace(
        "运行一次 `server --init`。它会写入文件 `server.toml`。", "\n\n".join(parts)
    )
    pairing = said(source, target)[text].pairing
    assert tuple(piece.text for piece in pairing.targets) == parts
    assert pairing.certainty > 0.95


@pytest.mark.parametrize(
    ("whole", "parts", "same"),
    [
        ("One. Two!", ("一。", "二！"), True),
        ("一。二：", ("One (e.g. `a.b`).", "Two:"), True),
        ("One. Two.", ("一。", "二。"), False),
        ("One! Two.", ("一。", "二！"), False),
        ("One? Two.", ("一", "二？三。"), False),
        ("One: two.", ("一：", "二。"), False),
        ("One", ("一", "二"), False),
    ],
)
def test_a_text_has_the_sentences_of_its_parts(whole, parts, same):
    assert has_marks_of(whole, parts) is same


def test_a_split_text_of_which_parts_are_left_over_is_not_certain():
    source = (
        "Run `init` once in the folder of the server. It writes the file `server.toml` with 12 "
        "lines. Each line names a thing that users may change later on. The last one is new."
    )
    parts = (
        "在服务器的文件夹中运行一次 `init`。\n\n它会写入 12 行的文件 `server.toml`。\n\n"
        "每一行都指定用户以后可以更改的内容，并且都可以单独更改。\n\n最后一行是新的。"
    )
    whole = SOURCE.replace("Run `server --init` once. It writes the file `server.toml`.", source)
    parted = TARGET.replace("运行一次 `server --init`。它会写入文件 `server.toml`。", parts)
    assert said(whole, parted)[source].state is State.FUZZY


def test_two_texts_that_became_one_are_fuzzy_and_tell_of_the_second():
    parted = SOURCE.replace("once. It writes", "once.\n\nIt writes")
    verdict = said(parted, TARGET.replace("。它会", "，它会"))["Run `server --init` once."]
    assert verdict.state is State.FUZZY
    assert [piece.text for piece in verdict.pairing.sources[1:]] == [
        "It writes the file `server.toml`."
    ]


def test_two_texts_that_became_one_are_cut_where_a_sentence_ends():
    parted = SOURCE.replace("once. It writes", "once.\n\nIt writes")
    found = said(parted, TARGET)
    first = found["Run `server --init` once."]
    second = found["It writes the file `server.toml`."]
    assert (first.text, second.text) == (
        "运行一次 `server --init`。",
        "它会写入文件 `server.toml`。",
    )
    assert {first.state, second.state} == {State.TRANSLATED}
    assert "part of a longer text in the translation" in second.reasons


@pytest.mark.parametrize(
    ("sources", "parts"),
    [
        (["Wait for a minute.", "Read [it](a.md) now."], ["等一分钟。", "现在阅读[它](a.md)。"]),
        (["**Note:**", "Nothing is lost:"], ["**注意：**", " 不会丢失任何内容："]),
        (["It can fail. 😅", "Try `x` again."], ["可能会失败。😅", "请再试一次 `x`。"]),
        (["Write three:", "Read *them all*."], ["写三个：", "*全部*阅读。"]),
        (["One is `a`.", "Two is `b`.", "Ten is `c`."], ["一为 `a`。", "二为 `b`。", "十为 `c`。"]),
        (["Stop it. (It runs.)", "Go on."], ["停止它。（它在运行。）", "继续。"]),
        (["Stop the first one, then", "Go on."], None),
        (["Stop the first one.", "Go on:"], None),
    ],
)
def test_a_text_is_cut_where_its_sources_end(sources, parts):
    whole = "".join(parts) if parts else "先停止第一个，再继续。"
    found = cut_like([piece(text) for text in sources], piece(whole), ("Latn", "Hans"))
    assert ([part.text for part in found.parts] if found else None) == (
        [part.strip() for part in parts] if parts else None
    )


def test_a_moved_text_is_found_and_told():
    lines = TARGET.split("\n")
    moved = [lines.pop(2), lines.pop(2)]
    verdict = said(SOURCE, "\n".join([*lines, *moved]))[
        "Download version 1.8 from [the web page](https://example.org/get) and unpack it."
    ]
    assert verdict.text.startswith("从[网页]")
    assert "in a different place in the translation" in verdict.reasons


def test_a_list_that_became_paragraphs_is_told():
    found = said(SOURCE, TARGET.replace("- 端口", "端口").replace("- 用户", "\n用户"))
    verdict = found["Port 8080 has to be free."]
    assert verdict.text == "端口 8080 必须空闲。"
    assert "paragraph in the translation" in verdict.reasons


def test_what_was_left_in_the_source_language_is_no_translation():
    line = "Every update keeps your settings. Read [the notes](notes.md) before you start one."
    english = TARGET.replace("每次更新都会保留您的设置。开始之前请阅读[说明](notes.md)。", line)
    assert said(SOURCE, english)[line].state is State.SAME
    older = english.replace("keeps your settings", "keeps all your settings")
    assert said(SOURCE, older)[line].state is State.SAME
    other = english.replace(line, "Settings stay; please see [the notes](notes.md) first.")
    assert said(SOURCE, other)[line].state is State.FOREIGN


def test_a_page_about_something_else_is_no_translation():
    other = (
        "# 食谱\n\n先把水烧开，再放入面条。\n\n煮三分钟。\n\n- 盐\n- 油\n\n## 上桌\n\n趁热吃。\n"
    )
    alignment = align(page(SOURCE), page(other), CHINESE)
    assert not alignment.related
    assert not [one for one in verdicts(alignment, CHINESE.scripts) if one.state == "translated"]


def test_tables_are_paired_cell_by_cell():
    head = "| Key | Meaning |\n|---|---|\n"
    source = (
        f"# Keys\n\n{head}| one | first thing |\n| two | second thing |\n| ten | last thing |\n"
    )
    target = "# 键\n\n| 键 | 含义 |\n|---|---|\n| 一 | 第一件事 |\n| 十 | 最后一件事 |\n"
    alignment = align(page(source), page(target), CHINESE)
    for one in alignment.pairings:
        assert one.sources[0].column == one.targets[0].column
    columns = sorted(piece.column for piece in alignment.sources)
    assert columns in ([0, 1], [])


def test_a_cell_of_code_that_became_text_is_no_pair():
    head = "\n\nRun `setup 1`.\n\n| {} | {} |\n|---|---|\n| `a` | `one` |\n"
    source = "# Settings" + head.format("Name", "Value") + "| `b` | two |\n"
    target = "# 设置" + head.format("名称", "值").replace("| `a`", "| `a` 等") + "| `b` | 二 |\n"
    found = said(source, target)
    assert found["two"].text == "二"
    assert "`a`" not in found


def test_cells_of_a_table_with_other_columns_are_certain_by_their_content_alone():
    rows = "| `key` | {} | {} {} |\n| `age` | {} | {} {} |\n"
    own = ("string", "The key that expires after", "`10 s`", "number", "The age of", "`users`")
    other = ("", "要在此之后过期的键", "`10 s`", "", "年龄，属于", "`users`")
    source = f"{BEGIN}| Name | Type | Description |\n|---|---|---|\n{rows.format(*own)}"
    target = f"{BEGIN_CHINESE}| 名称 | 说明 |\n|---|---|\n{rows.format(*other)}".replace("|  ", "")
    found = said(source, target)
    assert found["The key that expires after `10 s`"].state is State.TRANSLATED
    assert found["Name"].state is State.TRANSLATED
    assert State.TRANSLATED not in {found[one].state for one in ("Type", "string") if one in found}


def test_an_edition_with_the_rows_of_a_translation_leads():
    head = "# Options\n\n| name | says |\n|---|---|\n"
    now = f"{head}| `port` | the port of the server |\n| `home` | the home of the server |\n"
    before = f"{head}| `port` | the port of the server |\n"
    target = "# 选项\n\n| 名称 | 说明 |\n|---|---|\n| `port` | 服务器的端口 |\n"
    editions = Editions(page(now), page(target), CHINESE.scripts)
    assert editions.lead(page(before)) > editions.lead(page(now)) == 0


def test_comments_with_the_source_text_are_proof():
    source = "# A\n\n" + "\n\n".join(f"Some words {letter}." for letter in "pqrstu")
    lines = [f"<!-- Some words {letter}. -->\n\n文字{letter * 3}。" for letter in "qsu"]
    alignment = align(page(source), page("# 甲\n\n" + "\n\n".join(lines)), CHINESE)
    found = {one.sources[0].text: one.targets[0].text for one in alignment.pairings}
    for letter in "qsu":
        assert found[f"Some words {letter}."] == f"文字{letter * 3}。"


def test_a_memory_is_proof():
    source = "# A\n\n" + "\n\n".join(f"Say it {word}." for word in "well badly often never".split())
    target = "# 甲\n\n说得好。\n\n从不说。"
    memory = {"Say it never.": "从不说。", "Say it well.": "说得好。"}
    alignment = align(page(source), page(target), Knowledge(CHINESE.scripts, memory))
    found = {one.sources[0].text: one.targets[0].text for one in alignment.pairings}
    assert found["Say it never."] == "从不说。"
    assert found["Say it well."] == "说得好。"


def test_a_glossary_is_proof():
    words = {"cloud": "云", "wind": "风", "rain": "雨", "snow": "雪", "storm": "暴"}
    source = "# A\n\n" + "\n\n".join(f"Look at the {word} now." for word in words)
    target = "# 甲\n\n看现在的雨。\n\n看现在的暴。"
    glossary = Glossary(tuple(Term(word, target=(text,)) for word, text in words.items()))
    alignment = align(page(source), page(target), Knowledge(CHINESE.scripts, glossary=glossary))
    found = {one.sources[0].text: one.targets[0].text for one in alignment.pairings}
    assert found["Look at the rain now."] == "看现在的雨。"
    assert found["Look at the storm now."] == "看现在的暴。"


@pytest.mark.parametrize("source", ["", "# A\n", "```\ncode\n```\n", SOURCE])
@pytest.mark.parametrize("target", ["", "# \u7532\n", "```\ncode\n```\n"])
def test_pages_with_next_to_nothing(source, target):
    alignment = align(page(source), page(target), CHINESE)
    paired = sum(len(one.sources) for one in alignment.pairings)
    assert paired + len(alignment.sources) == len(page(source).units)
    assert not alignment.related


@pytest.mark.parametrize("size", [300])
@pytest.mark.parametrize(
    "text", ["<!--", "](", "`", "[^", "{{", "<a ", "** ", "1.", "http://", "a  \n", "|", "\\"]
)
def test_hostile_texts_end(text, size):
    long = f"# A\n\nwords {text * size * 100}\n"
    alignment = align(page(long), page(long + "\nend\n"), CHINESE)
    assert len(alignment.pairings) >= 1


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("![a](a.png)\nThe demo does this here.", "![a](a.png)\n\n演示如下。"),
        ("The demo does this:\n\n![a](a.png)", "演示如下： ![a](a.png)"),
        ('<img src="a.png" alt="a"> The demo.', '<img src="a.png" alt="a">\n\n演示。'),
    ],
)
def test_words_beside_an_image_are_not_lost_as_translated(source, target):
    begin, same = (
        "Run `setup 1`.\n\nSee [it](guide.md).\n\n",
        "运行 `setup 1`。\n\n见[它](guide.md)。\n\n",
    )
    alignment = align(page(begin + source + "\n"), page(same + target + "\n"), CHINESE)
    found = [
        one.state
        for one in verdicts(alignment, ("Latn", "Hans"))
        if re.search(r"!\[|<img", one.text + one.pairing.sources[0].text)
    ]
    assert found
    assert State.TRANSLATED not in found


@pytest.mark.parametrize("between", ["\n\n", "\n", " "])
def test_images_beside_each_other_may_be_one_paragraph_or_two(between):
    begin, same = (
        "Run `setup 1`.\n\nSee [it](guide.md).\n\n",
        "运行 `setup 1`。\n\n见[它](guide.md)。\n\n",
    )
    source = f"{begin}Look at the shape of these two:\n![a](a.png)\n![b](b.png)\n\nAnd more.\n"
    images = f"![a](a.png){between}![b](b.png)"
    target = f"{same}看看这两个的形状：\n\n{images}\n\n还有更多。\n"
    found = said(source, target)["Look at the shape of these two: ![a](a.png) ![b](b.png)"]
    assert found.state is State.TRANSLATED
    assert found.text.startswith("看看这两个的形状： ![a](a.png)")
    assert found.text.endswith("![b](b.png)")


def test_an_image_at_the_end_of_a_text_may_have_become_a_paragraph():
    image = "![a](a.png)"
    found = said(f"{BEGIN}It does this:\n{image}\n", f"{BEGIN_CHINESE}演示如下：\n\n{image}\n")
    (verdict,) = (one for one in found.values() if image in one.text)
    assert (verdict.state, verdict.text) == (State.TRANSLATED, f"演示如下： {image}")


def case_study():
    """The project's own page in all its languages."""
    run = Run(Project.found_from(Path(__file__).parents[1], part="case-study"))
    settings = run.project.settings
    source = run.page("daocloud-case-study.md")
    guard = Guard(run.dialect, settings.front_matter, settings.allowed())
    found = {settings.source.tag: source}
    for locale in settings.targets:
        catalog = run.catalog(run.project.catalog_name("daocloud-case-study", locale))
        assert catalog
        texts = translations(catalog)
        document = guard.built(source.document, source.reading, texts).document
        found[locale.tag] = Page(document, read(document, run.dialect, settings.front_matter))
    return found


@pytest.mark.parametrize(
    ("source", "target"),
    [("zh-Hans", "en"), ("en", "de"), ("en", "ar"), ("de", "ja"), ("zh-Hans", "ja"), ("ar", "en")],
)
@pytest.mark.parametrize("seed", range(3))
def test_translations_with_holes_are_paired_between_any_scripts(source, target, seed):
    pages = case_study()
    one, other = pages[source], pages[target]
    gone = set(random.Random(seed).sample(range(len(other.units)), 6))  # noqa: S311 - a test
    kept = [place for place in range(len(other.units)) if place not in gone]
    units = tuple(other.units[place] for place in kept)
    holed = Page(other.document, replace(other.reading, units=units))
    scripts = (locale_of(source).script, locale_of(target).script)
    alignment = align(one, holed, Knowledge(scripts))
    places = {id(unit): place for place, unit in enumerate(one.units)}
    others = {id(unit): place for place, unit in enumerate(other.units)}
    sure = [pairing for pairing in alignment.pairings if pairing.certainty >= CERTAIN]
    right = [
        pairing
        for pairing in sure
        if places[id(pairing.sources[0].unit)] == others[id(pairing.targets[0].unit)]
    ]
    assert alignment.related
    assert len(right) >= 0.8 * len(kept)
    assert len(sure) - len(right) <= 1
    assert sum(len(pairing.sources) for pairing in alignment.pairings) == (
        len(one.units) - len(alignment.sources)
    )
    assert sum(len(pairing.targets) for pairing in alignment.pairings) == (
        len(kept) - len(alignment.targets)
    )


@pytest.fixture(scope="module")
def measured():
    """The benchmark's pages, of which it calibrates on the other half."""
    if not CORPUS.is_dir():
        pytest.skip(f"the corpus of real pages is not beside the project ({CORPUS.name})")
    sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
    aligning = importlib.import_module("aligning")
    pairs = [*aligning.real_pairs(CORPUS), *aligning.book_pairs(CORPUS)]
    return aligning, [pair for pair in pairs if not aligning.is_for_calibration(pair)]


def test_changed_translations_are_paired_as_they_truly_are(measured):
    aligning, pairs = measured
    counts: Counter[str] = Counter()
    for gold in aligning.gold_set(pairs, random.Random(5)):  # noqa: S311 - a test
        alignment = align(gold.pair.source, gold.pair.target, aligning.knowledge_of(gold.pair))
        counts["to find"] += sum(1 for _ in aligning.to_find(gold))
        for one in aligning.judged(gold, alignment):
            aligning.count_pairing(counts, one, related=alignment.related)
    assert counts["to find"] > 1000
    assert counts["translated right"] >= 0.99 * counts["translated"]
    assert counts["found"] >= 0.95 * counts["to find"]
    assert counts["fuzzy right"] >= 0.85 * counts["fuzzy"]


def test_pages_with_the_translations_of_others_get_nothing(measured):
    aligning, pairs = measured
    rng = random.Random(5)  # noqa: S311 - a test
    strangers = [pair for _ in range(3) for pair in aligning.shuffled(pairs, rng)]
    wrong = []
    for pair in strangers:
        knowledge = aligning.knowledge_of(pair)
        alignment = align(pair.source, pair.target, knowledge)
        states = {verdict.state for verdict in verdicts(alignment, knowledge.scripts)}
        wrong += [pair.name] if State.TRANSLATED in states else []
    assert len(strangers) > 200
    assert len(wrong) <= 0.01 * len(strangers), wrong


# The parts


def piece(text, kind="paragraph", detail="", column=0, depth=""):
    marks = dict(marks_of(text, "Latn", "Latn"))
    return Piece(kind, detail, 1, column, depth, prose_size(text), marks, text)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("see `make all`", {"c:make all": True, "w:make": False, "w:all": False, "w:see": False}),
        ("[a](../en/Guide.en.md#x)", {"t:guide": True, "a:": False, "w:a": False}),
        ("[b](#top)", {"t:#": True, "a:": False, "w:b": False}),
        ("12 of 1.5", {"n:12": True, "n:1.5": True, "w:of": False}),
        ("note[^1]", {"f:1": True, "n:1": True, "w:note": False}),
        ("<kbd>x</kbd>", {"h:kbd": True, "w:x": False}),
        (":tada: {{ v }}", {"m:{{ v }}": True, "e::tada:": True, "w:tada": False}),
        ("so?", {"p:?": False, "w:so": False}),
        ("**b**", {"b:": False, "w:b": False}),
    ],
)
def test_what_survives_a_translation(text, marks):
    assert dict(marks_of(text, "Latn", "Latn")) == marks


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ("guide.md", "guide"),
        ("../zh/guide.zh-CN.md", "guide"),
        ("install-zh_CN.md", "install"),
        ("https://example.org/a/b/", "b"),
        ("#anchor", "#"),
        ("img/arch.png", "arch"),
    ],
)
def test_the_place_of_a_target_has_no_language(target, place):
    assert place_of(target) == place


def test_what_cannot_be_a_pair():
    assert kind_of(piece("a", "code"), piece("b")) is None
    inside = ("code comment", "code string", "diagram label")
    for one, other in product(inside, (*inside, "paragraph", "list item", "heading")):
        assert (kind_of(piece("a", one), piece("b", other)) is None) == (one != other)
        assert (kind_of(piece("a", other), piece("b", one)) is None) == (one != other)
    assert kind_of(piece("a", "heading", "heading 1"), piece("b", "heading", "heading 2")) == (
        "other heading"
    )
    assert kind_of(piece("a", "table cell", column=1), piece("b", "table cell")) == "other column"


def test_a_rare_mark_is_stronger_proof_than_a_common_one():
    left = [piece(f"`common` `rare{n}`") for n in range(8)]
    found = Evidence(left, left, ("Latn", "Latn"))
    assert found.fit((3,), (3,)).content > found.fit((3,), (4,)).content
    assert found.rare()[0] == (0, 0)


def _all_alignments(rows, columns, score):
    """Every alignment of two short sequences, as pairs with its weight; by brute force."""

    def ways(i, j):
        if (i, j) == (rows, columns):
            yield (), 1.0
        steps = [(1, 0, _GAP), (0, 1, _GAP)]
        if i < rows and j < columns:
            steps.append((1, 1, _PAIR + score[i][j]))
            steps += [(2, 1, _DOUBLE - 1.0), (1, 2, _DOUBLE - 2.0)]
            steps += [(3, 1, _TRIPLE - 1.0), (1, 3, _TRIPLE - 2.0)]
        for down, right, weight in steps:
            if i + down <= rows and j + right <= columns:
                for rest, value in ways(i + down, j + right):
                    yield ((i, j, down, right), *rest), value * exp(weight)

    return list(ways(0, 0))


@pytest.mark.parametrize("seed", range(4))
def test_likelihoods_are_those_of_all_alignments(seed):
    rng = random.Random(seed)  # noqa: S311 - a test
    rows, columns = rng.randint(1, 5), rng.randint(1, 5)
    score = [[rng.uniform(-3, 3) for _ in range(columns)] for _ in range(rows)]
    scores = Scores(
        lambda i, j: score[i][j],
        lambda _i, down, _j, _right: -1.0 if down > 1 else -2.0,
        lambda _i, _down, _right: True,
    )
    ways = _all_alignments(rows, columns, score)
    whole = sum(weight for _, weight in ways)
    found = beads((rows, columns), scores, (), 1e-12)
    assert found
    for bead in found:
        step = (bead.lefts[0], bead.rights[0], len(bead.lefts), len(bead.rights))
        share = sum(weight for way, weight in ways if step in way) / whole
        assert bead.likelihood == pytest.approx(share)
