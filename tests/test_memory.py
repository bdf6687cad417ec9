"""The translation memory: what TMX files and catalogs teach, and how it is found again."""

import re
from collections import Counter
from datetime import datetime, timedelta, timezone
from math import nextafter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from projects import project, translate, yiben

from toolkit.catalogs.memory import Entry, Memory, entries_of, read_tmx, unwritable, write_tmx
from toolkit.catalogs.memory.languages import nearness
from toolkit.catalogs.merge.likeness import likeness
from toolkit.language.locale import locale_of
from toolkit.model.catalog import Catalog, Message
from toolkit.model.errors import CatalogError

FIXTURES = Path(__file__).parent / "fixtures" / "memory"
EN, DE, FR = map(locale_of, ("en", "de", "fr"))
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def tmx(body, declaration="", doctype=""):
    return f'{declaration}{doctype}<tmx version="1.4"><header/><body>{body}</body></tmx>'


def tu(*variants):
    """A unit of pairs of language tag and text."""
    parts = (f'<tuv xml:lang="{tag}"><seg>{text}</seg></tuv>' for tag, text in variants)
    return f"<tu>{''.join(parts)}</tu>"


def read(data, source=EN, target=DE, **options):
    data = data if isinstance(data, bytes) else data.encode()
    return read_tmx("m.tmx", data, source, target, **options)


def pairs(data, source=EN, target=DE):
    return [(entry.source, entry.translation) for entry in read(data, source, target)]


def fixture(name):
    return (FIXTURES / name).read_bytes()


# What is read


def test_inline_elements_are_text():
    assert read(fixture("inline.tmx")) == (
        Entry("Press **Save** & go", "**Speichern** <drücken>", "menu", "m.tmx", 9),
        Entry(
            "A bright ![alt text](a.png) day", "Ein heller ![Bild](a.png) Tag", None, "m.tmx", 16
        ),
        Entry("Two\nlines & <b>", " Zwei\tZeilen ", None, "m.tmx", 20),
    )


@pytest.mark.parametrize(
    ("target", "translations"),
    [
        ("fr", ["menu (CA)", "menu (FR)"]),
        ("fr-FR", ["menu (FR)"]),
        ("fr-BE", []),
        ("zh-Hans", ["菜单"]),
        ("zh-Hant", ["選單"]),
        ("zh-TW", ["選單"]),
        ("de", []),
    ],
)
def test_an_old_file_gives_the_nearest_variants(target, translations):
    found = pairs(fixture("old.tmx"), EN, locale_of(target))
    assert found == [("menu", one) for one in translations]


def test_a_file_is_read_in_either_direction():
    assert pairs(tmx(tu(("en", "a"), ("de", "b"))), DE, EN) == [("b", "a")]


BRITISH = [
    ([("en", "color"), ("en-GB", "colour")], [("color", "colour")]),
    ([("en-GB", "colour"), ("en-US", "color")], [("color", "colour")]),
    ([("en-GB", "colour"), ("de", "Farbe")], []),
]


@pytest.mark.parametrize(("variants", "found"), BRITISH)
def test_one_variant_is_not_both_source_and_target(variants, found):
    assert pairs(tmx(tu(*variants)), EN, locale_of("en-GB")) == found


def test_a_variant_as_near_to_both_is_the_source():
    data = tmx(tu(("en", "color"), ("en-GB", "colour")))
    assert pairs(data, locale_of("en-US"), locale_of("en-GB")) == [("color", "colour")]


# From RFC 5646's canonical forms, CLDR's likely subtags, and tags older tools wrote.
TAGS = [
    ("EN", "en", 0),
    ("en_us", "en-US", 0),
    ("zh-CHS", "zh-Hans", 0),
    ("ger", "de", 1),
    ("iw-IL", "he-IL", 1),
    ("en-US-POSIX", "en-US", 1),
    ("zh-Hans-CN", "zh-CN", 1),
    ("en-u-ca-buddhist", "en", 1),
    ("zh-CN", "zh-Hans", 2),
    ("zh-SG", "zh", 2),
    ("zh-HK", "zh-Hant", 2),
    ("zh-cmn-Hans-CN", "zh-Hans", 2),
    ("no-NO", "nb", 2),
    ("sr-SP-Latn", "sr-Latn", 2),
    ("en-XX", "en", 2),
    ("zh-TW", "zh-Hans", None),
    ("zh", "zh-Hant", None),
    ("zh-CHT", "zh-Hans", None),
    ("zh-yue", "zh-Hans", None),
    ("sr", "sr-Latn", None),
    ("sr-SP-Latn", "sr", None),
    ("pt-PT", "pt-BR", None),
    ("english", "en", None),
    ("x-none", "en", None),
    ("*all*", "en", None),
    ("", "en", None),
]


@pytest.mark.parametrize(("tag", "locale", "near"), TAGS)
def test_tags_serve_locales(tag, locale, near):
    assert nearness(tag, locale_of(locale)) == near


BODY = tu(("en", "a"), ("de", "Öl €"))
UTF16 = '<?xml version="1.0" encoding="UTF-16"?>'
ENCODED = {
    "nothing declared": tmx(BODY).encode(),
    "UTF-8 with BOM": tmx(BODY).encode("utf-8-sig"),
    "UTF-16 with BOM": tmx(BODY, UTF16).encode("utf-16"),
    "UTF-16 big endian with BOM": b"\xfe\xff" + tmx(BODY, UTF16).encode("utf-16-be"),
    "UTF-16 without BOM": tmx(BODY, UTF16).encode("utf-16-le"),
    "UTF-16 with BOM, undeclared": tmx(BODY).encode("utf-16"),
    "UTF-8 that says UTF-16": tmx(BODY, UTF16).encode(),
    "UTF-8 with BOM that says UTF-16": tmx(BODY, UTF16).encode("utf-8-sig"),
    "UTF-16 that says UTF-8": tmx(BODY, '<?xml version="1.0" encoding="utf-8"?>').encode("utf-16"),
    "one byte a character": tmx(BODY, '<?xml version="1.0" encoding="windows-1252"?>').encode(
        "cp1252"
    ),
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED)
def test_a_memory_is_read_in_every_encoding_of_xml(data):
    assert pairs(data) == [("a", "Öl €")]


SYSTEM = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
REFUSED = {
    "billion laughs": (fixture("billion_laughs.tmx"), r'm\.tmx:3:\d+: declares the entity "a"'),
    "external entity": (fixture("external_entity.tmx"), r'm\.tmx:3:\d+: declares the entity "sec'),
    "parameter entity": (
        fixture("parameter_entity.tmx"),
        r'm\.tmx:3:\d+: declares the entity "mor',
    ),
    "HTML's entity": (
        tmx(tu(("en", "a&nbsp;b"), ("de", "c")), "", SYSTEM),
        r"m\.tmx:1:\d+: &nbsp; is not an XML entity",
    ),
    "the same without a DTD": (
        tmx(tu(("en", "a&nbsp;b"))),
        r"m\.tmx:1:\d+: is not valid XML: undefined",
    ),
    "mismatched": (b"<tmx>\n <body>\n</tmx>", r"m\.tmx:3:3: is not valid XML: mismatched tag$"),
    "empty": (b"", r"m\.tmx:1:1: is not valid XML: no element found$"),
    "text": (b"no XML", r"m\.tmx:1:1: is not valid XML: "),
    "broken UTF-8": (b"<tmx>\n\xff</tmx>", r"m\.tmx:2:1: is not valid XML: not well-formed"),
    "another root": (b"<xliff><tmx/></xliff>", r"m\.tmx:1:1: is not TMX: its root is <xliff>$"),
    "two bytes a character": (
        tmx(BODY, '<?xml version="1.0" encoding="GBK"?>'),
        r"m\.tmx:1:1: its enc",
    ),
    "no encoding": (
        tmx(BODY, '<?xml version="1.0" encoding="bogus"?>'),
        r"m\.tmx:1:1: its encoding",
    ),
}


@pytest.mark.parametrize(("data", "line"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_told_in_one_line(data, line):
    with pytest.raises(CatalogError, match="^" + line) as error:
        read(data)
    assert "\n" not in str(error.value)


def test_a_file_over_the_limit_is_refused():
    data = tmx(BODY).encode()
    assert len(read(data, limit=len(data))) == 1
    with pytest.raises(CatalogError, match=rf"^m\.tmx: has {len(data)} bytes, more than"):
        read(data, limit=len(data) - 1)


def test_nothing_is_fetched(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tmx14.dtd").write_text('<!ENTITY more "from outside">')
    assert pairs(tmx(BODY, "", SYSTEM)) == [("a", "Öl €")]
    with pytest.raises(CatalogError, match="&more; is not an XML entity"):
        read(tmx(tu(("en", "&more;"), ("de", "x")), "", SYSTEM))


def test_defaults_of_a_document_type_add_nothing():
    doctype = '<!DOCTYPE tmx [<!ATTLIST tuv xml:lang CDATA "de">]>'
    body = "<tu><tuv xml:lang='en'><seg>a</seg></tuv><tuv><seg>b</seg></tuv></tu>"
    assert pairs(tmx(body, "", doctype)) == []


# What is written

characters = st.characters(codec="utf-8") | st.sampled_from("\r\n\t\0\x01\x85\u2028\ufffe&<>]\"'")
texts = st.text(characters, min_size=1, max_size=12)
entries = st.builds(Entry, texts, texts, st.none() | st.text(characters, max_size=4))
XML_CHARACTERS = re.compile("[\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")


def kept(entry):
    """Whether TMX can hold an entry: XML 1.0, section 2.2, and no blank segment."""
    held = (entry.source, entry.translation, entry.context or "")
    return all(map(XML_CHARACTERS.fullmatch, held)) and all(map(str.strip, held[:2]))


def taught(found):
    return {(one.source, one.context, one.translation) for one in found}


@given(st.lists(entries, max_size=8), st.lists(entries, max_size=4))
def test_what_is_written_is_read_again(german, french):
    data = write_tmx({FR: french, DE: german}, EN)
    for target, wanted in ((DE, german), (FR, french)):
        found = read(data, EN, target)
        assert taught(found) == taught(filter(kept, wanted))
        assert len(found) == len(taught(found))
    assert write_tmx({DE: german, FR: french}, EN) == data


@given(entries)
def test_what_is_left_out_can_be_told(entry):
    written = b"<tu>" in write_tmx({DE: [entry]}, EN)
    blank = not (entry.source.strip() and entry.translation.strip())
    assert written == (not blank and not unwritable(entry))


@given(st.lists(entries.filter(kept), min_size=1, max_size=8))
def test_the_answer_survives_the_file(german):
    again = Memory.of(read(write_tmx({DE: german}, EN)))
    memory = Memory.of(german)
    for entry in german:
        wanted = memory.exact(entry.source, entry.context)
        found = again.exact(entry.source, entry.context)
        assert found
        assert wanted
        assert found.translation == wanted.translation


# The element types of TMX 1.4b that are written: required attributes, and children in their order.
MODEL = {
    "tmx": ({"version"}, "header body"),
    "header": (
        {
            "creationtool",
            "creationtoolversion",
            "segtype",
            "o-tmf",
            "adminlang",
            "srclang",
            "datatype",
        },
        "",
    ),
    "body": (set(), "(tu )*"),
    "tu": (set(), "(prop )*(tuv )+"),
    "prop": ({"type"}, ""),
    "tuv": ({LANG}, "seg"),
    "seg": (set(), ""),
}


@given(st.lists(entries, max_size=8))
def test_the_file_is_built_as_the_specification_says(german):
    created = datetime(2026, 3, 1, 1, 30, tzinfo=timezone(timedelta(hours=8)))
    root = etree.fromstring(write_tmx({DE: german, FR: german}, EN, created=created))
    assert root.getroottree().docinfo.doctype == SYSTEM
    assert root.get("version") == "1.4"
    for element in root.iter():
        required, children = MODEL[element.tag]
        assert required <= set(element.keys()) <= required | {"creationdate"}
        names = "".join(f"{child.tag} " for child in element)
        assert re.fullmatch(f"(?:{children})", names.strip()) or re.fullmatch(children, names)
    assert root[0].get("segtype") in {"block", "paragraph", "sentence", "phrase"}
    assert root[0].get("creationdate") == "20260228T173000Z"
    for unit in root.iter("tu"):
        tags = [variant.get(LANG) for variant in unit.iter("tuv")]
        assert tags[0] == "en"
        assert len(set(tags)) == len(tags)


def test_order_and_repeats_change_no_byte():
    some = [Entry("b", "B"), Entry("a", "A", "x"), Entry("a", "A"), Entry("a", "A", "")]
    data = write_tmx({DE: some}, EN)
    assert write_tmx({DE: [*reversed(some), some[0]]}, EN) == data
    contexts = [one.findtext("prop") for one in etree.fromstring(data).iter("tu")]
    assert contexts == [None, "", "x", None]
    assert b"date" not in data


def test_another_translation_gets_another_unit_the_most_frequent_first():
    german = [Entry("Open", "Offen"), Entry("Open", "Öffnen"), Entry("Open", "Öffnen")]
    data = write_tmx({FR: [Entry("Open", "Ouvrir")], DE: german}, EN)
    units = [[seg.text for seg in unit.iter("seg")] for unit in etree.fromstring(data).iter("tu")]
    assert units == [["Open", "Öffnen", "Ouvrir"], ["Open", "Offen"]]


def test_translate_toolkit_reads_what_is_written(tmp_path):
    reader = pytest.importorskip("translate.storage.tmx")
    path = tmp_path / "m.tmx"
    path.write_bytes(
        write_tmx({DE: [Entry("a <b> & **c**", "ä\n“d”", "menu"), Entry("x", "y")]}, EN)
    )
    units = reader.tmxfile.parsefile(str(path)).units
    found = [(unit.source, unit.target, unit.getcontext()) for unit in units]
    assert found == [("a <b> & **c**", "ä\n“d”", "menu"), ("x", "y", "")]


def test_what_translate_toolkit_writes_is_read():
    reader = pytest.importorskip("translate.storage.tmx")
    store = reader.tmxfile(sourcelanguage="en", targetlanguage="de")
    store.addtranslation("a & b", "en", "ä < c", "de", context="menu")
    found = read(bytes(store), EN, DE)
    assert [(one.source, one.translation, one.context) for one in found] == [
        ("a & b", "ä < c", "menu")
    ]


# What catalogs teach


def test_a_catalog_teaches_what_is_translated():
    messages = (
        Message("a", "A", context="menu", line=4),
        Message("fuzzy", "F", flags=("fuzzy",)),
        Message("untranslated"),
        Message("one", id_plural="many", plurals=("1", "2")),
        Message("old", "O", obsolete=True, line=20),
        Message("blank", "  "),
    )
    assert list(entries_of(Catalog(messages), "de.po")) == [
        Entry("a", "A", "menu", "de.po", 4),
        Entry("old", "O", None, "de.po", 20),
    ]


# What is found

OPEN = Memory.of(
    [
        Entry("Open", "Offen", "state", line=1),
        Entry("Open", "Öffnen", "menu", line=2),
        Entry("Open", "Öffnen", "button", line=3),
        Entry("Open", "Auf", "menu", line=4),
    ]
)


@pytest.mark.parametrize(
    ("text", "context", "line"),
    [
        ("Open", "state", 1),
        ("Open", "menu", 2),
        ("Open", None, 2),
        ("Open", "x", 2),
        ("open", None, 0),
    ],
)
def test_the_same_context_then_the_most_frequent_then_the_first(text, context, line):
    found = OPEN.exact(text, context)
    assert (found.line if found else 0) == line


def test_close_ones_come_best_first():
    sources = ["Open the file now", "Open a new file", "Open the file", "open the file", "Save"]
    memory = Memory.of(Entry(source, source.upper()) for source in sources)
    found = memory.close("open the file", 9, 0.4)
    # By words 3 of 4 and 3 are common, 6 / 7, by letters 12 of 17 and 13, 24 / 30: on the average
    # 0.171 differs, which counts 1.5 / 3 more among three words. The next: 4 / 7 and 20 / 28.
    assert [(entry.source, round(share, 3)) for entry, share in found] == [
        ("open the file", 1.0),
        ("Open the file", 0.942),
        ("Open the file now", 0.743),
        ("Open a new file", 0.464),
    ]
    assert memory.close("open the file", 2, 0.5) == found[:2]
    assert memory.close("open the file", 9, 0.75) == found[:2]


def test_a_typo_is_found_by_letters():
    memory = Memory.of([Entry("Installation", "Einbau"), Entry("Configuration", "Einrichtung")])
    # 11 of 11 and 12 letters are common; what differs counts 2.6 times.
    ((entry, share),) = memory.close("Instalation", 9, 0.75)
    assert entry.translation == "Einbau"
    assert share == pytest.approx(1 - 2.6 / 23)


def test_the_least_likeness_is_kept_to_the_last_bit():
    memory = Memory.of([Entry("Open the file now", "x")])
    ((_, share),) = memory.close("Open the file", 9, 0.5)
    assert memory.close("Open the file", 9, share)
    assert not memory.close("Open the file", 9, nextafter(share, 1))


def test_each_translation_of_a_text_is_told_once():
    found = OPEN.close("Open", 9, 1.0)
    assert [(entry.line, share) for entry, share in found] == [(2, 1.0), (1, 1.0), (4, 1.0)]


@pytest.mark.parametrize("least", [0.0, -1.0, 0.5, 1.0])
def test_an_empty_memory_and_no_limit_give_nothing(least):
    assert Memory.of([]).close("a", 5, least) == []
    assert OPEN.close("Open", 0, least) == []
    assert Memory.of([]).exact("a", None) is None


prose = st.lists(
    st.sampled_from("open Open the file 文件 打开 , . now naow".split()), min_size=1, max_size=7
)


@given(
    st.lists(prose.map(" ".join), max_size=12),
    prose.map(" ".join),
    st.sampled_from([0.3, 0.5, 2 / 3, 0.75, 0.8, 6 / 7, 1.0]),
)
def test_no_close_text_is_missed(sources, text, least):
    """The index gives what a comparison with every text gives."""
    found = Memory.of(Entry(source, "x") for source in sources).close(text, 99, least)
    every = {source: likeness(text, source) for source in sources}
    near = {source for source, share in every.items() if share >= least}
    # Two ways to the same share may differ by a rounding.
    sure = {source for source in near if every[source] > least + 1e-12}
    assert sure <= {entry.source for entry, _ in found}
    assert all(share == pytest.approx(every[entry.source]) for entry, share in found)
    assert all(share >= least for _, share in found)
    shares = [share for _, share in found]
    assert shares == sorted(shares, reverse=True)
    assert max(Counter(entry.source for entry, _ in found).values(), default=1) == 1


def test_export_and_use(tmp_path):
    settings = 'source = "en"\ntargets = ["de"]\n'
    root = project(tmp_path / "one", {"page.md": "# Install\n"}, settings)
    yiben(root, "update")
    translate(root / "locales/de/LC_MESSAGES/page.po", {"Install": "Einbau"})
    assert yiben(root, "memory", "export", "-o", "memory.tmx").returncode == 0
    first = (root / "memory.tmx").read_bytes()
    yiben(root, "memory", "export", "-o", "memory.tmx")
    assert (root / "memory.tmx").read_bytes() == first
    other = project(tmp_path / "two", {"b.md": "Install\n"}, f'{settings}memory = ["m.tmx"]\n')
    (other / "m.tmx").write_bytes(first)
    yiben(other, "update")
    catalog = (other / "locales/de/LC_MESSAGES/b.po").read_text(encoding="utf-8")
    assert "# from m.tmx\n#. paragraph" in catalog
    assert '#, fuzzy\nmsgid "Install"\nmsgstr "Einbau"' in catalog


@pytest.mark.parametrize(
    ("variants", "source", "target", "expected"),
    [
        ((("en", "a"), ("de", "b"), ("fr", "c")), "en", "de", [("a", "b")]),
        ((("fr", "c"), ("de", "b")), "en", "de", []),
        ((("en-US", "color"), ("en-GB", "colour")), "en-US", "en-GB", [("color", "colour")]),
        ((("en-US", "color"), ("en-GB", "colour")), "en-GB", "en-US", [("colour", "color")]),
        # Of two that are near the nearest counts, and the first of those alike.
        ((("en", "a"), ("de-AT", "b"), ("de", "c")), "en", "de", [("a", "c")]),
        ((("en-GB", "a"), ("en", "b"), ("de", "c")), "en", "de", [("b", "c")]),
    ],
)
def test_a_variant_serves_as_what_it_is_nearest_to(variants, source, target, expected):
    assert pairs(tmx(tu(*variants)), locale_of(source), locale_of(target)) == expected


def test_a_memory_may_be_as_long_as_its_bound():
    data = tmx(tu(("en", "a"), ("de", "b"))).encode()
    assert read(data, limit=len(data))
    with pytest.raises(CatalogError, match=f"has {len(data)} bytes, more than {len(data) - 1}"):
        read(data, limit=len(data) - 1)
