"""Bad input: one clear line with its place, exit 2, the rest done, nothing overwritten."""

import os
from contextlib import suppress

import pytest
from projects import PAGE, SETTINGS, project, snapshot, translate, yiben
from steps import calls

from toolkit.dialects import dialect_named
from toolkit.language.locale import locale_of
from toolkit.model.document import Document
from toolkit.model.errors import DocumentError, SettingsError
from toolkit.reading.segment import segment

BAD_PAGES = {
    "not UTF-8": (b"ok\n\nab\xff\n", "content/bad.md:3:3: byte 0xff is not UTF-8"),
    "a NUL": (b"ok\nab\0\n", "content/bad.md:2:3: a NUL"),
    "nested quotes": (
        b">" * 10_000 + b" x\n",
        "content/bad.md:1:1: nested more than 200 levels deep",
    ),
    "nested lists": (
        b"- " * 3_000 + b"x\n",
        "content/bad.md:1:1: nested more than 200 levels deep",
    ),
}


@pytest.mark.parametrize(("data", "line"), BAD_PAGES.values(), ids=BAD_PAGES)
def test_a_page_that_cannot_be_read_stops_no_other(tmp_path, data, line):
    root = project(tmp_path, {"bad.md": data, "good.md": PAGE})
    for command in ("update", "build"):
        result = yiben(root, command)
        assert result.returncode == 2
        assert result.stderr.count(line) == 1
        assert "· 1 problem\n" in result.stderr
    assert (root / "build/de/good.md").exists()
    assert not (root / "build/de/bad.md").exists()


BAD_CATALOGS = {
    "syntax": ('msgid "a\nmsgstr "b"\n', "page.po:"),
    "duplicate": (
        'msgid ""\nmsgstr ""\n\nmsgid "x"\nmsgstr ""\n\nmsgid "x"\nmsgstr ""\n',
        "page.po:7",
    ),
    "conflict": ("<<<<<<< ours\n", "page.po:1"),
    "another page": (
        'msgid ""\nmsgstr "Language: de\\n"\n\n#: content/other.md:1\nmsgid "x"\nmsgstr "y"\n',
        "page.po:5:1: is the catalog of content/other.md",
    ),
}


@pytest.mark.parametrize(("text", "line"), BAD_CATALOGS.values(), ids=BAD_CATALOGS)
def test_a_catalog_that_cannot_be_used_is_left_alone(tmp_path, text, line):
    root = project(tmp_path, {"page.md": PAGE, "good.md": PAGE})
    yiben(root, "update")
    bad = root / "locales/de/LC_MESSAGES/page.po"
    bad.write_text(text)
    result = yiben(root, "update")
    assert result.returncode == 2
    assert line in result.stderr
    assert bad.read_text() == text
    assert (root / "locales/de/LC_MESSAGES/good.po").exists()


def test_a_catalog_of_another_page_builds_no_single_page(tmp_path):
    (tmp_path / "a.md").write_text("甲\n")
    (tmp_path / "b.md").write_text("乙\n")
    yiben(tmp_path, "md2po", "b.md", "-o", "b.po", "-l", "de")
    result = yiben(tmp_path, "po2md", "a.md", "b.po", "-o", "a.de.md")
    assert result.returncode == 2
    assert "is not the catalog of a.md" in result.stderr
    assert not (tmp_path / "a.de.md").exists()


BAD_SETTINGS = {
    "unknown key": (
        'sorce = "en"\n',
        'yiben.toml:3:1: unknown setting "sorce"; did you mean "source"?',
    ),
    "unknown locale": (
        'catalog = "page"\nfront_matter = 1\n',
        "yiben.toml:4:1: front_matter: write a list",
    ),
    "a field that no key sets": ("renderer = 1\n", 'yiben.toml:3:1: unknown setting "renderer"'),
    "a path outside": ('output = "../{locale}/{path}"\n', "yiben.toml:3:1: output: "),
    "an unknown field": ('output = "b/{lang}/{path}"\n', "unknown {lang}; use {locale}"),
    "an unknown dialect": ('dialect = "mkdoc"\n', 'did you mean "mkdocs"?'),
    "a missing folder": ('content = "pages"\n', 'yiben.toml:3:1: content: no folder "pages"'),
    "no TOML": ("targets =\n", "yiben.toml:3:"),
    "an open list": ("targets = [", "yiben.toml: is not valid TOML: "),
    "a wrong pattern": ('opaque = ["("]\n', "is not a valid regular expression"),
    "a pattern that counts": ("opaque = ['(a)\\1']\n", "yiben.toml:3:1: opaque: "),
    "an open brace": ('output = "b/{locale}/{path"\n', 'yiben.toml:3:1: output: a lone "{"'),
    "a closed brace": ('output = "b/{locale}/{path}}"\n', 'yiben.toml:3:1: output: a lone "}"'),
    "no path": ('catalogs = "a\\u0000"\n', "yiben.toml:3:1: catalogs: "),
    "a check in a table": ("[severity]\nnumbr = 'off'\n", "yiben.toml:4:1: severity: unknown"),
    "a check behind a dot": ("severity.numbr = 'off'\n", "yiben.toml:3:1: severity: unknown"),
}


@pytest.mark.parametrize(("line", "message"), BAD_SETTINGS.values(), ids=BAD_SETTINGS)
def test_settings_that_cannot_be_used(tmp_path, line, message):
    root = project(tmp_path, {"page.md": PAGE}, SETTINGS + line)
    before = snapshot(root)
    result = yiben(root, "update")
    assert result.returncode == 2
    assert message in result.stderr
    assert snapshot(root) == before


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("skip_below = { fr = 50 }", 'skip_below: "fr"'),
        ('min_complete = { "*.md" = { FR = 50 } }', 'min_complete: "fr"'),
        ('exclude = { zh = ["a.md"] }', 'exclude: "zh"'),
        ('allow = { "*" = ["a.org"], fr = ["b.org"] }', 'allow: "fr"'),
        ('link_prefix = { fr = "/fr" }', 'link_prefix: "fr"'),
        ("skip_below = { en = 1, de = 1, zh-Hans = 1, en-XA = 1 }", ""),
    ],
)
def test_a_setting_for_a_locale_that_is_no_target_is_told_once(tmp_path, line, told):
    root = project(tmp_path, {"page.md": PAGE}, f"{SETTINGS}{line}\n")
    message = f"yiben.toml:3:1: {told} has no effect, as it is not a target (en, de)\n"
    for words in (("update",), ("update", "--quiet"), ("update", "--check"), ("build",)):
        result = yiben(root, *words)
        assert result.returncode == 0
        assert result.stderr.count("has no effect") == bool(told)
        assert not told or message in result.stderr


@pytest.mark.parametrize(
    ("targets", "message"),
    [
        ("[]", "name at least one locale"),
        ('["de", "de"]', "names a locale twice"),
        ('["en", "zh_Hans"]', "names the source locale"),
    ],
)
def test_targets_that_make_no_sense(tmp_path, targets, message):
    root = project(tmp_path, {}, f'source = "zh-Hans"\ntargets = {targets}\n')
    result = yiben(root, "update")
    assert result.returncode == 2
    assert result.stderr.startswith("yiben.toml:2:1: targets: ")
    assert message in result.stderr


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        ("cn", 'CN is a country, its language is "zh-Hans"'),
        ("jp", 'JP is a country, its language is "ja"'),
        ("HK", 'HK is a country, its language is "zh-Hant"'),
        ("gb", 'GB is a country, its language is "en"'),
        ("Chinese", 'did you mean "zh-Hans"?'),
        ("日本語", 'did you mean "ja"?'),
        ("zh-Hanss", 'did you mean "zh-Hans"?'),
        ("en_US.UTF-8", 'did you mean "en-US'),
        ("", "use a BCP 47 tag"),
    ],
)
def test_what_is_no_locale_gets_one_helpful_line(tag, hint):
    with pytest.raises(SettingsError) as caught:
        locale_of(tag)
    assert str(caught.value).startswith(f'locale "{tag}" does not exist; {hint}')


@pytest.mark.parametrize("table", ["tool.yiben", "yiben", " tool . 'yiben' "])
def test_a_table_in_our_own_file_is_one_line(tmp_path, table):
    root = project(tmp_path, {"page.md": PAGE}, f"# A note.\n[{table}]\n{SETTINGS}")
    result = yiben(root, "update")
    assert result.returncode == 2
    assert result.stderr.startswith("yiben.toml:2:1: [")
    assert "is for pyproject.toml; remove this line" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_key_is_found_in_our_table_alone(tmp_path):
    text = '[tool.other]\nsource = "x"\n[tool.yiben]\ntargets = ["en"]\nsource = "cn"\n'
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    assert yiben(tmp_path, "update").stderr.startswith("pyproject.toml:5:1: source: ")


@pytest.mark.parametrize(
    "patterns",
    [
        ["(?m)^x.*"],
        ["y", "(?im)^X.*"],
        ["(?x) x .*  # a comment"],
        ["(?P<a>x)(?P=a)?.*", "(?P<a>y)(?(a)z|)"],
    ],
)
def test_patterns_with_flags_and_groups_stand_beside_others(tmp_path, patterns):
    settings = f"{SETTINGS}opaque = {patterns!r}\n"
    root = project(tmp_path, {"page.md": "x1 text\n\nText with y here.\n"}, settings)
    assert yiben(root, "update").returncode == 0
    template = (root / "locales/templates/LC_MESSAGES/page.pot").read_text(encoding="utf-8")
    assert "x1" not in template
    assert "Text with y here." in template
    assert yiben(root, "build").returncode == 0


def test_the_name_of_the_project_in_its_own_file(tmp_path):
    root = project(tmp_path, {"page.md": PAGE}, f'{SETTINGS}project = "Handbook"\n')
    assert yiben(root, "update").returncode == 0
    catalog = root / "locales/de/LC_MESSAGES/page.po"
    assert '"Project-Id-Version: Handbook\\n"' in catalog.read_text(encoding="utf-8")


def test_all_that_is_wrong_with_the_settings_is_told_at_once(tmp_path):
    root = project(tmp_path, {}, 'source = "xx-nowhere"\nwrap = "wide"\n')
    result = yiben(root, "update")
    assert len(result.stderr.splitlines()) == 3
    assert 'yiben.toml:1:1: source: locale "xx-nowhere" does not exist' in result.stderr
    assert '"targets" is missing' in result.stderr


def test_no_settings_and_no_folder(tmp_path):
    assert "no settings; `yiben init` writes" in yiben(tmp_path, "update").stderr
    result = yiben(tmp_path, "-C", "nowhere", "update")
    assert (result.returncode, result.stderr) == (2, "nowhere: no such folder\n")


def test_symbolic_link_loops(tmp_path):
    root = project(tmp_path, {"page.md": PAGE})
    (root / "content/again").symlink_to(root / "content", target_is_directory=True)
    (root / "content/loop.md").symlink_to(root / "content/loop.md")
    result = yiben(root, "update")
    assert result.returncode == 2
    assert (
        result.stderr.count("content/again: this symbolic link points to a folder that contains it")
        == 1
    )
    assert "content/loop.md: cannot be used" in result.stderr
    assert (root / "locales/de/LC_MESSAGES/page.po").exists()


def test_an_output_that_leads_out_of_the_project_by_a_link(tmp_path):
    root = project(tmp_path / "in", {"page.md": PAGE})
    outside = tmp_path / "out"
    outside.mkdir()
    (root / "build").symlink_to(outside, target_is_directory=True)
    result = yiben(root, "build")
    assert result.returncode == 2
    assert "leads out of the project" in result.stderr
    assert not list(outside.rglob("*"))


def test_a_file_where_a_folder_has_to_be(tmp_path):
    root = project(tmp_path, {"page.md": PAGE})
    (root / "build").write_text("in the way")
    result = yiben(root, "build")
    assert result.returncode == 2
    assert "build/de/page.md: cannot be used" in result.stderr
    assert (root / "build").read_text() == "in the way"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(tmp_path):
    root = project(tmp_path, {"page.md": PAGE})
    yiben(root, "update")
    folder = root / "locales/de/LC_MESSAGES"
    translate(folder / "page.po", {"安装": "A"})
    before = (folder / "page.po").read_bytes()
    (root / "content/page.md").write_text(PAGE + "\n新\n")
    folder.chmod(0o555)
    result = yiben(root, "update")
    folder.chmod(0o755)
    assert result.returncode == 2
    assert (folder / "page.po").read_bytes() == before


def test_an_empty_page_is_built_empty(tmp_path):
    root = project(tmp_path, {"empty.md": b"", "page.md": PAGE})
    assert yiben(root, "update").returncode == 0
    assert yiben(root, "build").returncode == 0
    assert (root / "build/de/empty.md").read_bytes() == b""


def test_a_line_of_five_megabytes(tmp_path):
    page = ("word " * 1_000_000).rstrip() + "\n"
    root = project(tmp_path, {"page.md": page})
    assert yiben(root, "update").returncode == 0
    assert yiben(root, "build").returncode == 0
    assert (root / "build/de/page.md").read_text() == page


def test_a_missing_file(tmp_path):
    result = yiben(tmp_path, "segment", "none.md")
    assert result.returncode == 2
    assert result.stderr == "none.md: no such file\n"


NASTY = {
    "open elements": "<div>\n\n",
    "open formulas": "$$ a\n",
    "open blocks": "/// note\n",
    "open fences": "~~~ x\n",
    "growing fences": None,
    "backticks": "`a ",
    "brackets": "[",
    "macros": "{{ ",
    "comments": "<!-- ",
    "rows": "|a",
    "definitions": "[a]: b\n",
    "terms": ":   b\n",
    "quotes": "> a\n",
    "soft breaks": "中文\n",
    "hash marks": "# a #",
    "attributes": "a { ",
}


@pytest.mark.parametrize("piece", NASTY.values(), ids=NASTY)
def test_work_grows_with_the_page_and_not_with_its_square(piece):
    def text(size):
        if piece is None:
            return "".join("`" * (3 + n) + "\n" for n in range(size))
        return piece * size

    steps = [steps_of_segmenting(text(size)) for size in (150, 300)]
    assert steps[1] <= 2.6 * steps[0] + 500


def steps_of_segmenting(text):
    """How many functions run to segment a text."""
    dialect = dialect_named("mkdocs")
    document = Document("page.md", text)
    segment(Document("warm.md", "warm"), dialect)

    def work():
        with suppress(DocumentError):
            segment(document, dialect)

    return calls(work)


@pytest.mark.parametrize("place", ["locales", "locales/de", "locales/templates/LC_MESSAGES"])
@pytest.mark.parametrize("as_link", [False, True])
@pytest.mark.parametrize("command", ["update", "check", "build", "stats"])
def test_what_stands_where_catalogs_belong_is_named_once(tmp_path, place, as_link, command):
    """Nothing is built as if there were no catalogs."""
    root = project(tmp_path, {"a.md": PAGE, "b.md": PAGE})
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    if as_link:
        path.symlink_to(tmp_path / "gone")
    else:
        path.write_text("mine")
    before = snapshot(root)
    result = yiben(root, command)
    assert result.returncode == 2
    told = f"{place}: is not a folder, but catalogs belong into it; move it away\n"
    assert result.stderr == told
    assert snapshot(root) == before
