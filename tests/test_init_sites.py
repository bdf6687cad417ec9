"""What `yiben init` says about sites of all generators, as the table in `fixtures/init.toml`."""

import tomllib
from pathlib import Path

import pytest
from projects import write_files
from test_init import CHINESE, ENGLISH, GERMAN, RUSSIAN, settings_of, yiben

from toolkit.commands.init.first_settings import start_of
from toolkit.dialects import dialect_names
from toolkit.model.errors import ToolkitError

TABLE = Path(__file__).parent / "fixtures/init.toml"
SITES = tomllib.loads(TABLE.read_text(encoding="utf-8"))["site"]
PAGES = {"en": ENGLISH, "zh": CHINESE, "de": GERMAN, "ru": RUSSIAN}


def site(root, files):
    return write_files(root, {name: PAGES.get(text, text) for name, text in files.items()})


@pytest.mark.parametrize("case", SITES, ids=[case["title"] for case in SITES])
def test_init_finds_what_a_site_is(tmp_path, case):
    site(tmp_path, case["files"])
    result = yiben(tmp_path, "init")
    assert result.returncode == 0, result.stderr
    settings = settings_of(tmp_path)
    keys = ("source", "targets", "content", "output")
    assert {key: settings[key] for key in keys} == {key: case[key] for key in keys}, result.stderr
    assert settings["dialect"] == next(one for one in case["dialects"] if one in dialect_names())
    if "excludes" in case:
        assert set(case["excludes"]) <= set(settings["exclude"])
    elif settings["content"] != ".":
        assert settings.get("exclude", []) == case.get("exclude", [])
    for words in case.get("says", ()):
        assert words in result.stderr
    assert yiben(tmp_path, "update").returncode == 0
    # Where translations lie in the place of built pages, the build waits for their import.
    assert yiben(tmp_path, "build").returncode == (0 if case.get("built", True) else 1)
    assert yiben(tmp_path, "update", "--check").returncode == 0


@pytest.mark.parametrize(
    ("file", "text", "source", "sister", "output"),
    [
        (
            "conf.py",
            "extensions = ['myst_parser']\n",
            "docs/source",
            "docs/source_en",
            "docs/source_{locale}/{path}",
        ),
        ("book.toml", "[book]\n", "book", "book-en", "book-{locale}/src/{path}"),
        ("mkdocs.yml", "site_name: x\n", "docs", "docs.en", "docs.{locale}/docs/{path}"),
    ],
)
def test_init_finds_sites_next_to_that_of_the_source(tmp_path, file, text, source, sister, output):
    inner = output.partition("{locale}")[2].removesuffix("{path}")
    files = {f"{source}/{file}": text, f"{source}{inner}a.md": "zh", f"{source}{inner}b.md": "zh"}
    others = {f"{sister}/{file}": text, f"{sister}{inner}a.md": "en"}
    site(tmp_path, files | others)
    result = yiben(tmp_path, "init")
    settings = settings_of(tmp_path)
    assert settings["content"] == f"{source}{inner}".rstrip("/")
    assert (settings["targets"], settings["output"]) == (["en"], output)
    assert f"`yiben import {settings['content']} '{output}' -l en` imports them" in result.stderr
    assert yiben(tmp_path, "update").returncode == 0
    assert yiben(tmp_path, "build").returncode == 1
    assert (tmp_path / f"{sister}{inner}b.md").exists()


def test_init_takes_the_site_of_the_language_that_is_asked_for(tmp_path):
    conf = "extensions = ['myst_parser']\n"
    files = {"docs/en/conf.py": conf, "docs/en/a.md": "en", "docs/zh_cn/conf.py": conf}
    site(tmp_path, {**files, "docs/zh_cn/a.md": "zh"})
    assert yiben(tmp_path, "init", "--source", "zh-CN").returncode == 0
    settings = settings_of(tmp_path)
    assert (settings["content"], settings["targets"]) == ("docs/zh_cn", ["en"])


def problem_of(root, *words):
    with pytest.raises(ToolkitError) as caught:
        start_of(root, *words)
    return str(caught.value)


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        (
            {"docs/de/a.md": "de", "docs/ru/a.md": "ru"},
            "de and ru have equally many pages; choose the source with --source",
        ),
        (
            {"docs/a.md": "de", "docs/b.md": "ru"},
            "docs: only 50% of its pages are in",
        ),
        (
            {"docusaurus.config.js": "export default {}", "a.md": "en"},
            'pages in "docs", which does not exist',
        ),
        (
            {"docusaurus.config.js": "export default {presets: [['classic', {docs: {path: p()}}]]}"}
            | {"a.md": "en"},
            'path is computed and cannot be read; name the folder as "content"',
        ),
        ({"mkdocs.yml": "docs_dir: text\n", "a.md": "en"}, 'mkdocs.yml: has its pages in "text"'),
        ({"docs/a.rst": "en"}, "one file ends in .rst, which yiben does not read"),
    ],
)  # fmt: skip
def test_where_it_cannot_tell_it_says_so(tmp_path, files, problem):
    site(tmp_path, files)
    assert problem in problem_of(tmp_path)
    assert yiben(tmp_path, "init").returncode == 2
    assert not (tmp_path / "yiben.toml").exists()


@pytest.mark.parametrize("path", ["../docs", "../../x/../docs", "../docs/"])
def test_pages_outside_of_the_folder_name_the_one_that_holds_both(tmp_path, path, monkeypatch):
    config = f"module.exports={{presets:[['classic',{{docs:{{path:'{path}'}}}}]]}}"
    folder = "website" if path.count("../") < 3 else "a/website"
    site(tmp_path, {f"{folder}/docusaurus.config.js": config, "docs/a.md": "en"})
    monkeypatch.chdir(tmp_path / folder)
    problem = problem_of(tmp_path / folder)
    outer = "/".join([".."] * (folder.count("/") + 1))
    assert (
        f"outside of this folder; start in the one that holds both, `yiben -C {outer} init`"
        in problem
    )


def test_the_source_is_no_target(tmp_path):
    site(tmp_path, {"docs/a.md": "en"})
    assert "en is the language of the pages; it cannot be a target" in problem_of(
        tmp_path, "", ["en"]
    )


@pytest.mark.parametrize(
    ("source", "target", "same"),
    [
        ("zh-Hans", "zh", True),
        ("zh-Hans", "zh_CN", True),
        ("zh-CN", "zh-Hans-CN", True),
        ("zh-Hans", "zh-SG", False),
        ("zh-Hans", "zh-TW", False),
        ("pt", "pt-BR", True),
        ("pt", "pt-PT", False),
        ("en", "en-GB", False),
        ("ca", "ca-valencia", False),
    ],
)
def test_the_source_under_another_tag_is_no_target(tmp_path, source, target, same):
    site(tmp_path, {"docs/a.md": "en"})
    if same:
        assert f"is {source}, which is the language of the pages; it cannot be a target" in (
            problem_of(tmp_path, source, [target])
        )
    else:
        assert start_of(tmp_path, source, [target]).source == source


def test_the_source_that_somebody_says_picks_its_folder(tmp_path):
    site(tmp_path, {"docs/en/a.md": "en", "docs/en/b.md": "en", "docs/ru/a.md": "ru"})
    start = start_of(tmp_path, "ru")
    assert (start.source, start.targets, start.layout.content) == ("ru", ("en",), "docs/ru")


def test_a_language_that_texts_cannot_be_told_by_is_taken_from_the_configuration(tmp_path):
    catalan = {"mkdocs.yml": "theme: {language: gl}\n", "docs/a.md": "es"}
    spanish = "Primero hay que instalar los componentes en cada nodo y después comprobar todo.\n"
    write_files(tmp_path, catalan | {"docs/a.md": spanish})
    assert start_of(tmp_path).source == "gl"


def test_what_is_ignored_already_is_not_named(tmp_path):
    site(tmp_path, {"mkdocs.yml": "site_name: x\n", "docs/a.md": "en", ".gitignore": "site/\n"})
    assert ".gitignore: add /build/" in start_of(tmp_path).report


ADMONITION = "!!! note\n\n    Text.\n"


@pytest.mark.parametrize(
    ("pages", "dialect"),
    [
        (["import Tabs from '@theme/Tabs';\n", ":::note\nText\n:::\n"], "docusaurus"),
        ([ADMONITION, '??? tip "x"\n\n    Text.\n'], "mkdocs"),
        (['=== "A"\n\n    Text.\n', ADMONITION, "{{< x >}}\n"], "mkdocs"),
        (["```{note}\nText\n```\n", "(label)=\n## Title\n"], "myst"),
        (["{{< tabs >}}\n", "{{% x %}}\n"], "hugo"),
        (["::: tip\nText\n:::\n", "::: details More\nText\n:::\n"], "vitepress"),
        # One page may be an accident, equally many tell nothing, and code shows other programs.
        ([ADMONITION, "Text.\n"], "gfm"),
        ([ADMONITION, ADMONITION, "{{< x >}}\n", "{{< y >}}\n"], "gfm"),
        ([f"```md\n{ADMONITION}```\n", f"~~~~\n{ADMONITION}~~~~\n"], "gfm"),
    ],
)
def test_pages_show_their_dialect_where_nothing_else_does(tmp_path, pages, dialect):
    site(tmp_path, {f"docs/{place}.md": "en" for place in range(len(pages))})
    for place, text in enumerate(pages):
        page = tmp_path / f"docs/{place}.md"
        page.write_text(f"{page.read_text('utf-8')}\n{text}", "utf-8")
    start = start_of(tmp_path)
    assert start.layout.dialect == dialect
    told = start.report[0]
    assert told.endswith(f"dialect {dialect}") == (dialect == "gfm")
    assert start_of(tmp_path, "", (), "commonmark").layout.dialect == "commonmark"
