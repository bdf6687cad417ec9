"""Translation memories: TMX in and out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from projects import project, translate, yiben

from toolkit.catalog import Message
from toolkit.errors import CatalogError
from toolkit.locale import locale_of
from toolkit.tmx import read_tmx, unwritable, write_tmx

EN, DE, HANS, HANT = map(locale_of, ("en", "de", "zh-Hans", "zh-Hant"))


def tmx(*units, head="", version="1.4"):
    body = "".join(f"<tu>{unit}</tu>" for unit in units)
    header = '<header srclang="en" segtype="sentence" o-tmf="x" adminlang="en" datatype="x"/>'
    text = f'<?xml version="1.0"?>{head}<tmx version="{version}">{header}<body>{body}</body></tmx>'
    return text.encode()


def unit(**texts):
    return "".join(
        f'<tuv xml:lang="{tag.replace("_", "-")}"><seg>{text}</seg></tuv>'
        for tag, text in texts.items()
    )


def pairs(data, source=EN, target=DE):
    return [(one.id, one.string) for one in read_tmx("m.tmx", data, source, target)]


def test_the_pair_that_is_asked_for_is_read():
    data = tmx(unit(en="Open", de="Offen", fr="Ouvert"), unit(en="Close", fr="Fermer"))
    assert pairs(data) == [("Open", "Offen")]
    assert pairs(data, DE, locale_of("fr")) == [("Offen", "Ouvert")]


def test_regions_serve_and_scripts_are_not_mixed():
    data = tmx(unit(en_US="Open", zh_TW="開啟", zh_CN="打开"), unit(EN="Close", zh_TW="關閉"))
    assert pairs(data, EN, HANS) == [("Open", "打开")]
    assert pairs(data, EN, HANT) == [("Open", "開啟"), ("Close", "關閉")]


def test_old_files_and_inline_elements_are_read():
    old = '<tuv lang="EN"><seg>Press <hi>now</hi></seg></tuv><tuv lang="DE"><seg>Jetzt</seg></tuv>'
    bold = unit(en="a <bpt i='1'>**</bpt>b<ept i='1'>**</ept>", de="A <ph>&lt;br&gt;</ph>")
    head = '<!DOCTYPE tmx SYSTEM "tmx11.dtd">'
    assert pairs(tmx(old, bold, head=head, version="1.1")) == [
        ("Press now", "Jetzt"),
        ("a **b**", "A <br>"),
    ]


def test_other_encodings_are_read():
    data = tmx(unit(en="Open", de="Öffnen")).decode()
    wide = data.replace('version="1.0"', 'version="1.0" encoding="UTF-16"', 1).encode("utf-16")
    assert pairs(wide) == [("Open", "Öffnen")]
    assert pairs(b"\xef\xbb\xbf" + data.encode()) == [("Open", "Öffnen")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            tmx(
                unit(en="&b;", de="x"),
                head='<!DOCTYPE tmx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
            ),
            "declares entities",
        ),
        (
            tmx(
                unit(en="&x;", de="x"),
                head='<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
            ),
            "declares entities",
        ),
        (b"<tmx><body>\n<tu></body></tmx>", "m.tmx:2:7: no valid XML: mismatched tag"),
        (b"<xliff/>", "is no TMX"),
        (b"", "no valid XML: no element found"),
    ],
)
def test_what_is_no_memory_is_refused_in_one_line(data, said):
    with pytest.raises(CatalogError, match=said) as error:
        read_tmx("m.tmx", data, EN, DE)
    assert str(error.value).count("\n") == 0


def test_huge_files_are_refused():
    with pytest.raises(CatalogError, match="larger than 0 MiB"):
        read_tmx("m.tmx", tmx(unit(en="a", de="b")), EN, DE, limit=100)


texts = st.text(min_size=1, max_size=20)


entries = st.tuples(texts, texts, st.none() | texts)


@given(st.lists(entries, max_size=6, unique_by=lambda entry: (entry[0], entry[2])))
def test_what_is_written_is_read_again(entries):
    messages = [Message(one, string, context=context) for one, string, context in entries]
    data = write_tmx(EN, {DE: messages})
    wanted = [(one.context, one.id, one.string) for one in messages if not unwritable(one)]
    found = [(one.context, one.id, one.string) for one in read_tmx("m.tmx", data, EN, DE)]
    assert found == wanted
    root = etree.fromstring(data)
    assert [len(unit.findall("tuv")) for unit in root.iter("tu")] == [2] * len(wanted)


def test_only_what_is_translated_is_written():
    messages = [Message("a", "A"), Message("b", "B", flags=("fuzzy",)), Message("c")]
    assert pairs(write_tmx(EN, {DE: messages})) == [("a", "A")]


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
