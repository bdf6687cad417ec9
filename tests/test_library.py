"""What `import toolkit` gives."""

import gc
import inspect
import subprocess
import sys
from dataclasses import FrozenInstanceError, is_dataclass, replace
from datetime import UTC, datetime

import pytest
from fixture_files import cases
from projects import project, snapshot, translate, yiben

import toolkit
from toolkit import testing
from toolkit.dialects import api

SIGNATURES = {
    "build": "(page, catalog, *, allow=())",
    "dialect": "(name)",
    "extract": "(pages, *, locations='line', project='', created=None)",
    "parse_po": "(data, *, path='')",
    "read": "(source, dialect='commonmark', *, path='', front_matter=…)",
    "serialize_po": "(catalog, *, wrap=0)",
    "update": "(catalog, template, *, locale=None)",
}
METHODS = {
    "find": "(path='.')",
    "extract": "(self, *, dry=False)",
    "update": "(self, locales=(), *, purge=False, fill=False, normalize=False, dry=False)",
    "build": "(self, locales=(), *, keep=(), replace=False, dry=False)",
    "check": "(self, locales=(), *, select=(), ignore=(), min_complete=None)",
    "stats": "(self, locales=())",
}
VALUES = "Built Catalog Dialect Document Finding Message Page Project Refusal Span Unit".split()
PO = b'msgid "Hello"\nmsgstr "Hallo"\n'


def signature_of(function):
    found = inspect.signature(function)
    named = {"front_matter": "…"}
    bare = [
        one.replace(annotation=one.empty, default=named.get(one.name, one.default))
        for one in found.parameters.values()
    ]
    text = str(found.replace(parameters=bare, return_annotation=found.empty))
    return text.replace("'…'", "…")


def test_the_names_are_these():
    assert sorted(toolkit.__all__) == sorted([*SIGNATURES, *VALUES, "ToolkitError", "__version__"])
    assert set(toolkit.__all__) <= set(dir(toolkit))
    for name in toolkit.__all__:
        assert getattr(toolkit, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        toolkit.Nothing  # type: ignore[attr-defined] # noqa: B018


@pytest.mark.parametrize("name", SIGNATURES)
def test_functions_take_what_is_promised(name):
    function = getattr(toolkit, name)
    assert signature_of(function) == SIGNATURES[name]
    assert inspect.getdoc(function)


@pytest.mark.parametrize("name", METHODS)
def test_methods_take_what_is_promised(name):
    method = inspect.getattr_static(toolkit.Project, name)
    shown = signature_of(getattr(toolkit.Project, name))
    assert shown == METHODS[name]
    assert inspect.getdoc(method)


@pytest.mark.parametrize("name", VALUES)
def test_values_are_frozen_and_documented(name):
    value = getattr(toolkit, name)
    assert is_dataclass(value)
    assert vars(value)["__dataclass_params__"].frozen
    assert inspect.getdoc(value)


@pytest.mark.process
def test_importing_loads_nothing_until_it_is_asked_for():
    code = (
        "import sys; before = set(sys.modules); import toolkit;"
        "ours = [name for name in set(sys.modules) - before if name.startswith('toolkit.')];"
        "assert not ours, ours; assert not {'click', 'markdown_it', 'babel'} & set(sys.modules);"
        "toolkit.ToolkitError; assert 'toolkit.model.errors' in sys.modules;"
        "assert 'markdown_it' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_catalog_lives_through_two_versions_of_a_page():
    first = toolkit.read("# Hello\n\nBoil water.\n", "mkdocs", path="docs/tea.md")
    created = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    template = toolkit.extract([first], created=created)
    assert dict(template.header)["POT-Creation-Date"] == "2026-01-02 03:04+0000"
    assert template.messages[0].references == ("docs/tea.md:1",)
    catalog = toolkit.update(toolkit.parse_po(PO), template, locale="de")
    assert [(one.id, one.string) for one in catalog.messages] == [
        ("Hello", "Hallo"),
        ("Boil water.", ""),
    ]
    second = toolkit.read(b"# Hello you\n\nBoil water.\n", "mkdocs", path="docs/tea.md")
    later = toolkit.update(catalog, toolkit.extract([second]), locale="de")
    assert later.messages[0].fuzzy
    assert later.messages[0].previous_id == "Hello"
    again = toolkit.parse_po(toolkit.serialize_po(later))
    assert [one.key for one in again.messages] == [one.key for one in later.messages]
    assert toolkit.build(second, later).text == "# Hello you\n\nBoil water.\n"
    assert toolkit.build(first, catalog).text == "# Hallo\n\nBoil water.\n"


def test_an_update_without_change_keeps_the_date():
    page = toolkit.read("# Hello\n", path="a.md")
    old = toolkit.extract([page], created=datetime(2020, 1, 1, tzinfo=UTC))
    catalog = toolkit.update(toolkit.Catalog(), old, locale="de")
    again = toolkit.update(catalog, toolkit.extract([page]), locale="de")
    assert again == catalog
    assert toolkit.serialize_po(again) == toolkit.serialize_po(catalog)


def test_a_page_without_a_path_has_no_references():
    template = toolkit.extract([toolkit.read("Hello\n\nHello\n")])
    assert template.messages[0].references == ()
    assert b"#: " not in toolkit.serialize_po(template)


def test_what_a_translation_brings_in_is_refused():
    page = toolkit.read("See [us](https://example.org).\n")
    other = "Siehe [hier](https://example.com)."
    built = toolkit.build(page, {"See [us](https://example.org).": other})
    assert built.data == b"See [us](https://example.org).\n"
    assert isinstance(built.refusals[0], toolkit.Refusal)
    allowed = toolkit.build(page, {page.units[0].text: other}, allow=["example.com"])
    assert allowed.text == f"{other}\n"


@pytest.mark.parametrize("character", [chr(0xD800), chr(0xDFFF)])
def test_half_a_surrogate_pair_is_refused_wherever_it_stands(character):
    source = (
        '---\ntitle: A page\n---\n# Hi\n\nText `x`.\n\n| a |\n|---|\n| b |\n\n<p title="c">d</p>\n'
    )
    page = toolkit.read(source, "mkdocs", path="a.md")
    assert [unit.text for unit in page.units] == ["A page", "Hi", "Text `x`.", "a", "b", "c", "d"]
    for unit in page.units:
        result = toolkit.build(page, {unit.text: f"x{character}"})
        assert result.data == source.encode()
        assert f"U+{ord(character):X}" in result.refusals[0].reason


def test_a_context_tells_equal_texts_apart():
    page = toolkit.read("<!-- yiben:context menu -->\nFile\n\nFile\n", "mkdocs")
    texts: dict[tuple[str | None, str], str] = {("menu", "File"): "Datei", (None, "File"): "Feile"}
    assert toolkit.build(page, texts).text.endswith("Datei\n\nFeile\n")


def test_front_matter_keys_are_those_of_the_page():
    page = toolkit.read("---\nlabel: Tea\ntitle: Pot\n---\n", "mkdocs", front_matter=["label"])
    assert [unit.text for unit in page.units] == ["Tea"]
    built = toolkit.build(page, {"Tea": "Tee: [1"})
    assert built.text == '---\nlabel: "Tee: [1"\ntitle: Pot\n---\n'


@pytest.mark.parametrize("source", [b"\xff", "\ud800", "a\0b"], ids=["byte", "surrogate", "nul"])
def test_what_cannot_be_read_is_an_error_of_ours(source):
    with pytest.raises(toolkit.ToolkitError, match=r"^a\.md:1:\d"):
        toolkit.read(source, path="a.md")


def test_a_project_does_what_the_command_does(tmp_path):
    pages = {"a.md": "# 安装\n\n先装好。\n", "b/c.md": "# 升级\n"}
    ours, theirs = project(tmp_path / "one", pages), project(tmp_path / "two", pages)
    script = toolkit.Project.find(ours / "content")
    assert script.root == ours.resolve()
    assert len(script.update(dry=True).changed) == 6
    assert not (ours / "locales").exists()
    script.update("de")
    yiben(theirs, "update", "-l", "de")
    for root in (ours, theirs):
        translate(root / "locales/de/LC_MESSAGES/a.po", {"安装": "Installieren"})
    built = script.build(["de"])
    assert not built.problems
    yiben(theirs, "build", "-l", "de")
    assert_same_files(ours, theirs)
    assert (ours / "build/de/a.md").read_text(encoding="utf-8").startswith("# Installieren")
    assert {one.check for one in script.check("de", min_complete=100).findings} == {"incomplete"}
    assert not script.check(select=["placeholder"], min_complete=100).findings
    with pytest.raises(toolkit.ToolkitError, match=r'"placeholders".*did you mean "placeholder"'):
        script.check(select=["placeholders"])
    assert not script.extract().changed


def assert_same_files(one, other):
    def bare(root):
        return {
            name: b"\n".join(line for line in data.split(b"\n") if b"-Date" not in line)
            for name, (_, data) in snapshot(root).items()
        }

    assert bare(one) == bare(other)


def test_a_project_counts_as_the_command_does(tmp_path):
    script = toolkit.Project.find(project(tmp_path, {"a.md": "# 安装\n\n先装好。\n"}))
    script.update("de")
    translate(tmp_path / "locales/de/LC_MESSAGES/a.po", {"安装": "Installieren"})
    count = script.stats("de").counts["de"]["content/a.md"]
    assert (count.total.units, count.translated.units) == (2, 1)


def test_a_call_leaves_no_trace_in_the_process(tmp_path):
    before = (gc.get_threshold(), gc.get_freeze_count(), gc.isenabled())
    script = toolkit.Project.find(project(tmp_path, {"a.md": "# 安装\n"}))
    script.update()
    script.build()
    script.check()
    assert (gc.get_threshold(), gc.get_freeze_count(), gc.isenabled()) == before


def test_a_locale_that_is_no_target_is_an_error(tmp_path):
    script = toolkit.Project.find(project(tmp_path, {"a.md": "# 安装\n"}))
    with pytest.raises(toolkit.ToolkitError, match='"fr"'):
        script.update("fr")
    with pytest.raises(FrozenInstanceError):
        script.places = script.places  # type: ignore[misc]


def test_the_names_for_authors_are_there():
    for name in api.__all__:
        assert getattr(api, name) is not None


@pytest.mark.parametrize("case", cases()[::7], ids=lambda case: case.title)
def test_our_dialects_keep_the_promises(case):
    testing.assert_round_trip(case.dialect, case.source)


def with_rule(name, shift):
    """GFM with a block of its own that starts with `%%`, one that ends where `shift` says."""

    def rule(state, start, _end, silent):
        line = state.src[state.bMarks[start] : state.eMarks[start]]
        if not line.startswith("%%"):
            return False
        if not silent:
            api.push_leaf(state, (start, start + shift(state.src)), api.Opaque())
        return True

    gfm = toolkit.dialect("gfm")
    plugins = (*gfm.plugins, lambda parser: parser.block.add(name, rule, before="code", starts="%"))
    return replace(gfm, name=name, plugins=plugins)


def test_a_dialect_that_breaks_a_promise_fails():
    page = "%% a\nb\n\nText\n"
    testing.assert_round_trip(with_rule("sound", lambda _source: 2), page)
    with pytest.raises(AssertionError, match="not one text can be translated"):
        testing.assert_round_trip(with_rule("odd", lambda source: 1 + ("Ẋ" not in source)), page)


def test_an_attribution_names_the_words_that_it_belongs_to():
    quotes = "> “Good.”\n>\n> A. Writer\n"
    template = toolkit.extract([toolkit.read(quotes, "mkdocs", path="a.md")])
    comments = {message.id: message.extracted for message in template.messages}
    assert comments["A. Writer"] == ("block quote.", "attribution of: “Good.”")


def test_a_lone_backtick_reaches_into_no_other_cell():
    page = toolkit.read("| Key | `b` |\n|---|---|\n| one | `two` words |\n", "mkdocs")
    built = toolkit.build(page, {"one": "ei`n"})
    assert built.text.endswith("| ei&#96;n | `two` words |\n")
    assert not built.refusals


@pytest.mark.parametrize("name", ["a.md", "a.mdx"])
def test_links_in_both_kinds_of_mdx_pages_are_addresses(name):
    assert toolkit.dialect("mdx").for_file(name).addresses


def test_a_text_below_several_headings_names_its_places():
    text = "# A\n\nSame.\n\nTitle\n---\n\nSame.\n\nOther.\n"
    template = toolkit.extract([toolkit.read(text, "gfm", path="a.md")])
    assert {message.id: message.extracted for message in template.messages} == {
        "Same.": ("paragraph.", "under: A (a.md:3)", "under: A › Title (a.md:8)"),
        "A": ("heading 1.",),
        "Title": ("heading 2.", "under: A"),
        "Other.": ("paragraph.", "under: A › Title"),
    }
