"""The values that all rooms speak in: places, what is read and what is refused, at each edge."""

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.catalogs.glossary import Term, stands_in
from toolkit.catalogs.memory.entries import Entry
from toolkit.catalogs.po import CatalogFile, write_catalog
from toolkit.catalogs.po.decoding import Decoded
from toolkit.model.catalog import Catalog, Message
from toolkit.model.document import Document, Edit, Span
from toolkit.model.errors import DocumentError, SettingsError
from toolkit.model.findings import Finding, Severity
from toolkit.model.json_nodes import first_node, json_problem
from toolkit.model.notebook import Notebook
from toolkit.model.toml import read_toml, toml_problem
from toolkit.model.units import Form, Kind, Unit
from toolkit.writing.forms import written
from toolkit.writing.forms.quoted import written_quoted


def book(*cells):
    made = [{"cell_type": kind, "metadata": {}, "source": source} for kind, source in cells]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def sources(data):
    return [cell["source"] for cell in json.loads(data)["cells"]]


def test_a_character_stands_in_a_cell_and_a_column():
    data = book(("markdown", "\none\ntwo"), ("code", "x\nzz"), ("markdown", "three"))
    notebook = Notebook("a.ipynb", data)
    text = notebook.text
    places = {
        word: notebook.place(text, text.index(word)) for word in ("one", "two", "zz", "three")
    }
    assert places == {"one": (1, 1), "two": (1, 1), "zz": (2, 1), "three": (3, 1)}
    assert notebook.place(text, text.index("wo")) == (1, 2)
    assert notebook.place(text, 0) == (1, 1)
    assert notebook.place(text, text.index("hree")) == (3, 2)


@pytest.mark.parametrize(
    ("cells", "old", "new", "wanted"),
    [
        ([("markdown", "one")], "one", "eins\nzwei", ["eins\nzwei"]),
        ([("markdown", ["one\n", "two"])], "one\ntwo", "eins\nzwei", [["eins\n", "zwei"]]),
        ([("markdown", ["one\n", "two"])], "one\ntwo", "eins", [["eins"]]),
        ([("markdown", ["one"])], "one", "eins\nzwei\ndrei", [["eins\n", "zwei\n", "drei"]]),
        ([("markdown", [])], "", "neu", [["neu"]]),
        ([("markdown", [])], "", "neu\nund", [["neu\n", "und"]]),
        ([("code", "x = 1")], "x = 1", "x = 2", ["x = 2"]),
        ([("markdown", "```\none")], "one", "eins", ["```\neins"]),
        ([("markdown", "one"), ("markdown", "two")], "two", "zwei", ["one", "zwei"]),
        ([("markdown", "one")], "one", "", [""]),
        ([("code", "one")], "one", "", [""]),
    ],
)
def test_what_changed_is_put_into_the_cells(cells, old, new, wanted):
    notebook = Notebook("a.ipynb", book(*cells))
    assert sources(notebook.filled(notebook.text.replace(old, new, 1))) == wanted
    assert notebook.filled(notebook.text) == book(*cells)


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        # The fences of code have to be there, both of them.
        ([("code", "x")], "```python\nx"),
        ([("code", "x")], "x\n```"),
        ([("code", "x")], "```python\n```"),
        ([("code", "x")], "```python\nx\n```\n"),
        # Nothing is shown of a raw cell.
        ([("raw", "x")], "x"),
        ([("markdown", "x")], "x\n\n<!-- notebook cell 2 -->\n\ny"),
        ([("markdown", "x"), ("markdown", "y")], "x\n\n<!-- notebook cell 3 -->\n\ny"),
        ([("markdown", "x"), ("markdown", "y")], "x\n\ny"),
    ],
)
def test_other_cells_are_refused(cells, text):
    notebook = Notebook("a.ipynb", book(*cells))
    with pytest.raises(DocumentError, match="has different cells") as caught:
        notebook.filled(text)
    assert [(one.line, one.column) for one in caught.value.problems] == [(1, 1)]


def test_lines_keep_their_manner_in_a_list():
    data = book(("markdown", ["one\n", "two\n", "three"])).replace('["one\\n", ', '["one\\n" ,\n')
    notebook = Notebook("a.ipynb", data)
    built = notebook.filled(notebook.text.replace("two", "zwei"))
    assert built == data.replace("two", "zwei")
    fewer = notebook.filled(notebook.text.replace("two\n", ""))
    assert '["one\\n" ,\n"three"]' in fewer


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({}, "python"),
        ({"language_info": {"name": "julia"}}, "julia"),
        ({"kernelspec": {"language": "R"}}, "R"),
        ({"language_info": {"name": "julia"}, "kernelspec": {"language": "R"}}, "julia"),
        ({"language_info": {"name": "a b"}, "kernelspec": {"language": "R"}}, "R"),
        ({"language_info": {"name": 1}}, "python"),
        ({"language_info": {}}, "python"),
    ],
)
def test_code_has_the_language_of_its_notebook(metadata, language):
    data = json.dumps({**json.loads(book(("code", "x"))), "metadata": metadata})
    assert Notebook("a.ipynb", data).text == f"```{language}\nx\n```"


@pytest.mark.parametrize(
    ("code", "fence"), [("x", "```"), ("`", "```"), ("```", "````"), ("a `````", "``````")]
)
def test_a_fence_is_longer_than_what_it_holds(code, fence):
    assert Notebook("a.ipynb", book(("code", code))).text == f"{fence}python\n{code}\n{fence}"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\0one", (1, 1)),
        (b"one\ntw\0o", (2, 3)),
        (b"\xffone", (1, 1)),
        ("é\r\nz\udcff".encode("utf-8", "surrogateescape"), (2, 2)),
        ("ééé\0".encode(), (1, 4)),
    ],
)
def test_bytes_that_are_no_page_have_a_place(data, place):
    with pytest.raises(DocumentError) as caught:
        Document.from_bytes("a.md", data)
    assert [(one.line, one.column) for one in caught.value.problems] == [place]


@given(st.text("ab\n\r", max_size=9), st.data())
def test_edits_lie_beside_each_other_in_the_text(text, data):
    document = Document("a.md", text)
    ends = st.integers(0, len(text) + 1)
    spans = [sorted(span) for span in data.draw(st.lists(st.tuples(ends, ends), max_size=3))]
    edits = [Edit(Span(*span), "X") for span in spans]
    place, pieces, fits = 0, [], True
    for start, end in sorted(spans):
        fits = fits and place <= start <= end <= len(text)
        pieces += [text[place:start], "X"]
        place = end
    if fits:
        assert document.edited(edits).text == "".join((*pieces, text[place:]))
    else:
        with pytest.raises(ValueError, match="overlaps or leaves the text"):
            document.edited(edits)


@pytest.mark.parametrize(
    ("data", "place", "says"),
    [
        (b"\xff", (0, 0), "is not UTF-8"),
        (b"a = " + b"[" * 3000, (0, 0), "is nested too deeply"),
        (b"a = " + b"1" * 5000, (0, 0), "has a number that is too long"),
        (b"a = 1\nb\nc = 2", (2, 2), "is not valid TOML: Expected"),
        (b"\xef\xbb\xbfa = ]", (1, 5), "is not valid TOML: Invalid value"),
    ],
)
def test_a_toml_file_that_cannot_be_read_has_its_place(data, place, says):
    with pytest.raises(SettingsError) as caught:
        read_toml("a.toml", data)
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == place
    assert problem.text.startswith(says)


def test_a_toml_fault_without_a_place_has_that_of_its_page():
    problems = [
        toml_problem("a.md", error, 1)
        for error in (RecursionError(), ValueError("digits"), tomllib.TOMLDecodeError("at the end"))
    ]
    assert [(one.line, one.column) for one in problems] == [(1, 1)] * 3
    assert problems[2].text == "is not valid TOML: at the end"


def test_a_finding_below_another_folder():
    one = Finding("de.po", 3, "number", Severity.ERROR, "text", source="content/a.md:1")
    below = one.below("docs")
    assert (below.path, below.source, below.line) == ("docs/de.po", "docs/content/a.md:1", 3)
    plain = Finding("de.po", 0, "number", Severity.ERROR, "text").below("docs")
    assert (plain.path, plain.source) == ("docs/de.po", "")
    assert str(plain) == "docs/de.po: error: text [number]"
    assert str(below) == "docs/de.po:3:1: error: text [number]"


def unit(form, text="one", continuation="\n", size=3):
    return Unit(Kind.PARAGRAPH, text, Span(5, 5 + size), form, "", continuation=continuation)


STRINGS = (Form.TOML_BASIC, Form.TOML_LITERAL, Form.TOML_LINES, Form.TOML_LITERAL_LINES)


@pytest.mark.parametrize("form", STRINGS)
@given(text=st.text(st.sampled_from("a'\"\\+\n\x7f\t\x01é"), max_size=8))
def test_strings_of_toml_hold_what_was_written(form, text):
    if form in STRINGS[:2]:
        text = text.replace("\n", "")
    string = written_quoted(unit(form), text)
    assert tomllib.loads(f"a = {string}")["a"] == text
    assert not any(line.startswith("+++") for line in string.split("\n"))


@pytest.mark.parametrize(
    ("form", "text", "string"),
    [
        (Form.TOML_LINES, "one", '"""one"""'),
        (Form.TOML_LINES, "one\ntwo", '"""\none\ntwo"""'),
        (Form.TOML_LINES, "+++ a + b", r'"""\u002B++ a + b"""'),
        (Form.TOML_LINES, "a +++", '"""a +++"""'),
        (Form.TOML_LITERAL_LINES, "one", "'''one'''"),
        (Form.TOML_LITERAL_LINES, "one\r\ntwo", "'''\none\ntwo'''"),
        (Form.TOML_LITERAL_LINES, "it's", "'''it's'''"),
        (Form.TOML_LITERAL_LINES, "its'", '"""its\'"""'),
        (Form.TOML_LITERAL, "one", "'one'"),
        (Form.TOML_LITERAL, "it's", '"it\'s"'),
        (Form.TOML_BASIC, 'a "b"', r'"a \"b\""'),
        (Form.JSON_STRING, 'a "é"', r'"a \"é\""'),
    ],
)
def test_a_string_keeps_its_quotes_where_they_can_hold_it(form, text, string):
    assert written_quoted(unit(form), text) == string


@pytest.mark.parametrize(
    ("text", "size", "string"),
    [
        ("ab", 6, "ab:   "),
        ("ab", 4, "ab: "),
        # A name as wide as its column would touch its body.
        ("ab", 3, "ab:\n    "),
        ("abc", 3, "abc:\n    "),
        ("a:b", 9, "a&#58;b: "),
    ],
)
def test_a_name_ends_before_the_column_of_its_body(text, size, string):
    assert written(unit(Form.ALIGNED_NAME, continuation="\n    ", size=size), text, "") == string


def test_values_are_what_they_say():
    document, same = Document("a.md", "a\nb"), Document("a.md", "a\nb")
    assert document.place(2) == (2, 1)
    assert document == same
    assert repr(document) == repr(same)
    assert not document.bom
    assert document != Document("a.md", "a\nb", bom=True)
    with pytest.raises(TypeError):
        Document("a.md", "a", False, None, [])  # type: ignore[call-arg]
    message = Message("a", "b")
    assert (message.line, message.obsolete, message.fuzzy) == (0, False, False)
    assert message == Message("a", "b", line=7)
    one = Finding("de.po", 3, "number", Severity.ERROR, "text")
    assert one == Finding("de.po", 3, "number", Severity.ERROR, "text", facts=("x",))
    assert (one.column, one.facts) == (1, None)


def test_a_catalog_in_a_file_is_its_bytes():
    catalog = Catalog((Message("a", "b" * 99 + " c"),))
    file = CatalogFile.write("x.po", catalog)
    assert file == CatalogFile("x.po", file.data)
    assert repr(file) == repr(CatalogFile("x.po", file.data))
    assert file.with_catalog(catalog) is file
    # It is not wrapped, where nobody says so.
    assert file.data == b'msgid "a"\nmsgstr "' + b"b" * 99 + b' c"\n'
    assert write_catalog(catalog) == file.data
    assert CatalogFile.write("x.po", catalog, 79).data != file.data
    assert not Decoded("a").bom


def test_settings_of_terms_are_off():
    term, entry = Term("a"), Entry("a", "b")
    assert (term.keep, term.case) == (False, False)
    assert (entry.line, entry.doubtful) == (0, False)
    assert stands_in("Pod", "the pod")
    assert not stands_in("Pod", "the pod", case=True)


def test_what_has_no_place_has_none():
    assert first_node("[1]").start == 0
    assert first_node("x [1]", 2).start == 2
    deep = json_problem("a.json", RecursionError())
    assert (deep.line, deep.column, deep.text) == (0, 0, "is nested too deeply")
    long = json_problem("a.json", ValueError(), 1)
    assert (long.line, long.column, long.text) == (1, 1, "has a number that is too long")
