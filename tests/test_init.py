"""`yiben init` finds out what lies in a folder, and its settings can be used at once."""

import tomllib
from dataclasses import dataclass

import pytest
from click.testing import CliRunner
from projects import write_files

from toolkit.interfaces.cli import main

CHINESE = (
    "# 安装指南\n\n"
    "先在每个节点上安装 Kubernetes 的运行组件，然后检查集群的状态是否正常，再继续下一步。\n"
)
TRADITIONAL = (
    "# 安裝指南\n\n"
    "先在每個節點上安裝執行元件，然後檢查叢集的狀態是否正常，再繼續進行後續的設定與測試。\n"
)
JAPANESE = (
    "# インストール\n\n"
    "まず各ノードにコンポーネントをインストールし、次にクラスタの状態を確認してから先に進みます。\n"
)
ENGLISH = "# Install\n\nFirst install the components on every node, then look at the cluster.\n"
GERMAN = (
    "# Einrichten\n\nZuerst werden die Bestandteile auf jedem Knoten eingerichtet und geprüft.\n"
)
RUSSIAN = "# Установка\n\nСначала установите компоненты на каждом узле, затем проверьте кластер.\n"
KOREAN = (
    "# 설치\n\n"
    "먼저 각 노드에 구성 요소를 설치한 다음 클러스터의 상태를 확인하고 "
    "다음 단계로 넘어가세요. 그리고 계속하세요.\n"
)
ARABIC = "# التثبيت\n\nأولاً قم بتثبيت المكونات على كل عقدة ثم تحقق من حالة المجموعة قبل المتابعة.\n"
DOCUSAURUS = """\
export default {
  title: 'x',
  i18n: { defaultLocale: 'en', locales: ['en', 'zh-Hans', 'fr'] },
};
"""
MKDOCS = "site_name: x\ntheme: {custom_dir: !ENV [A, b]}\n"


@dataclass(frozen=True)
class Result:
    returncode: int
    stderr: str


def yiben(root, *words):
    """The command in this process, since there are many sites."""
    result = CliRunner().invoke(main, ["-C", str(root), *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Result(result.exit_code, result.stderr)


def settings_of(root):
    return tomllib.loads((root / "yiben.toml").read_text(encoding="utf-8"))


def started(root, files, *words):
    result = yiben(write_files(root, files), "init", *words)
    assert result.returncode == 0, result.stderr
    settings = settings_of(root)
    updated = yiben(root, "update")
    assert updated.returncode == 0, updated.stderr
    assert list((root / "locales/templates").rglob("*.pot"))
    assert yiben(root, "build").returncode == 0
    assert "no files written" in yiben(root, "build").stderr
    assert yiben(root, "update", "--check").returncode == 0
    return settings


CASES = [
    (
        {"mkdocs.yml": MKDOCS, "docs/a.md": CHINESE},
        ("zh-Hans", "mkdocs", "docs", "build/{locale}/{path}"),
    ),
    (
        {"docs/mkdocs.yml": "site_name: x\ndocs_dir: text\n", "docs/text/a.md": ENGLISH},
        ("en", "mkdocs", "docs/text", "build/{locale}/{path}"),
    ),
    (
        {"mkdocs.yml": MKDOCS, "docs/zh/a.md": CHINESE, "docs/zh/b.md": CHINESE}
        | {"docs/en/a.md": ENGLISH * 9},
        ("zh-Hans", "mkdocs", "docs/zh", "build/{locale}/{path}"),
    ),
    (
        {"book.toml": '[book]\nsrc = "pages"\n', "pages/SUMMARY.md": "# S\n\n- [好](a.md)\n"}
        | {"pages/a.md": CHINESE},
        ("zh-Hans", "mdbook", "pages", "build/{locale}/pages/{path}"),
    ),
    ({"content/a.md": GERMAN}, ("de", "gfm", "content", "build/{locale}/{path}")),
    ({"README.md": ENGLISH}, ("en", "gfm", ".", "build/{locale}/{path}")),
]


@pytest.mark.parametrize(("files", "expected"), CASES)
def test_the_generator_is_told_by_its_configuration(tmp_path, files, expected):
    settings = started(tmp_path, files)
    found = tuple(settings[key] for key in ("source", "dialect", "content", "output"))
    assert found == expected


LANGUAGES = """\
defaultContentLanguage = "en"
[Languages.zh-cn]
contentDir = "content/zh-cn"
weight = 2
[Languages.en]
contentDir = "content/en"
weight = 1
[Languages.fr]
contentDir = "content/fr"
disabled = true
"""
FOLDERS = ("content/en", "content/{locale}/{path}", ["zh-cn"])
IN_YAML = "languages:\n  en: {contentDir: content/en}\n  zh-cn: {contentDir: content/zh-cn}\n"
IN_JSON = '{"languages": {"en": {"contentDir": "content/en"}, "zh-cn": {"weight": 2}}}'
MOUNTS = """\
baseurl: https://docs.example.org
module:
  mounts:
    - {source: content/en, target: content, lang: en}
    - {source: content/zh-cn, target: content, lang: zh-cn}
    - {source: static, target: static}
"""


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"hugo.toml": LANGUAGES}, FOLDERS),
        ({"config.toml": LANGUAGES}, FOLDERS),
        ({"hugo.yaml": IN_YAML}, FOLDERS),
        ({"hugo.json": IN_JSON}, FOLDERS),
        ({"config.yml": MOUNTS}, FOLDERS),
        ({"config/_default/hugo.toml": 'title = "x"\n', "config/_default/languages.toml": ""}
         | {"config/_default/languages.en.toml": 'contentDir = "content/en"\n'}
         | {"config/_default/languages.zh-cn.yaml": "contentDir: content/zh-cn\n"}, FOLDERS),
        ({"config/_default/config.toml": LANGUAGES}, FOLDERS),
        ({"hugo.yaml": "[", "config/_default/module.yaml": "[]"}, (*FOLDERS[:2], ["zh-Hans"])),
        ({"hugo.toml": LANGUAGES.replace("/zh-cn", "/zh")}, (*FOLDERS[:2], ["zh"])),
        ({"config.yml": MOUNTS.replace("content/zh-cn", "content/zh_CN")},
         (*FOLDERS[:2], ["zh_CN"])),
        ({"hugo.toml": LANGUAGES.replace("/zh-cn", "/ja")},
         ("content/en", "content/en/{stem}.{locale}.md", ["zh-cn"])),
        ({"hugo.toml": LANGUAGES.replace("/zh-cn", "/other")},
         ("content/en", "content/en/{stem}.{locale}.md", ["zh-cn"])),
        ({"hugo.toml": "[languages.en]\n[languages.de]\n", "content/a.en.md": ENGLISH},
         ("content/en", FOLDERS[1], ["de"])),
    ],
)  # fmt: skip
def test_hugo_tells_its_languages_and_their_folders(tmp_path, files, expected):
    settings = started(tmp_path, files | {"content/en/_index.md": ENGLISH})
    assert settings["dialect"] == "hugo"
    assert tuple(settings[key] for key in ("content", "output", "targets")) == expected


def test_not_all_that_is_named_like_it_is_the_configuration_of_hugo(tmp_path):
    other = {"hugo.md": ENGLISH, "config.json": '{"theme": "dark"}', "config.yaml": "a: b\n"}
    assert started(tmp_path, other)["dialect"] == "gfm"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        (CHINESE, "zh-Hans"),
        (TRADITIONAL, "zh-Hant"),
        (JAPANESE, "ja"),
        (ENGLISH, "en"),
        (GERMAN, "de"),
        (RUSSIAN, "ru"),
        (KOREAN, "ko"),
        (ARABIC, "ar"),
    ],
)
def test_the_language_is_told_by_the_pages(tmp_path, text, tag):
    code = "\n```sh\nkubectl get pods --all-namespaces # list them all in every namespace\n```\n"
    result = yiben(write_files(tmp_path, {"docs/a.md": text + code}), "init")
    assert settings_of(tmp_path)["source"] == tag
    assert f"source language: {tag} (100% of the pages)" in result.stderr
    assert settings_of(tmp_path)["targets"] == (["zh-Hans"] if tag == "en" else ["en"])


def test_what_is_said_wins(tmp_path):
    words = ("--source", "de", "-t", "ja", "-t", "pt-br", "--dialect", "commonmark")
    settings = started(tmp_path, {"docs/a.md": ENGLISH}, *words)
    assert settings["source"] == "de"
    assert settings["targets"] == ["ja", "pt-BR"]
    assert settings["dialect"] == "commonmark"


def test_the_settings_say_what_else_there_is(tmp_path):
    started(tmp_path, {"docs/a.md": ENGLISH})
    text = (tmp_path / "yiben.toml").read_text(encoding="utf-8")
    suggested = "\n".join(
        line.removeprefix("# ")
        for line in text.split("\n")
        if line.startswith("# ") and " = " in line
    )
    own = '\nsource = "en"\ntargets = ["de"]\ncontent = "docs"\n'
    (tmp_path / "yiben.toml").write_text(own + suggested, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: A name\n", encoding="utf-8")
    assert yiben(tmp_path, "update").returncode == 0


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({}, "no Markdown pages here"),
        ({"docs/a.md": "ok\n"}, "too little text to detect its language; name it with --source"),
        ({"docs/a.md": ENGLISH, "yiben.toml": "source = 1"}, "has settings already"),
        ({"docs/a.md": ENGLISH, "yiben.toml": "source ="}, "yiben.toml: is not valid TOML"),
    ],
)
def test_where_it_cannot_start_nothing_is_written(tmp_path, files, problem):
    write_files(tmp_path, files)
    before = sorted(tmp_path.rglob("*"))
    result = yiben(tmp_path, "init")
    assert result.returncode == 2
    assert problem in result.stderr
    assert result.stderr.count("\n") == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_unknown_words_are_told(tmp_path):
    write_files(tmp_path, {"docs/a.md": ENGLISH})
    for words in (("-t", "klingon"), ("--dialect", "mkdoc"), ("--source", "xx-yy")):
        result = yiben(tmp_path, "init", *words)
        assert result.returncode == 2, words
        assert not (tmp_path / "yiben.toml").exists()


@pytest.mark.parametrize(
    ("files", "content", "targets", "exclude", "place"),
    [
        (
            {"docs/a.md": ENGLISH, "docs/a-zh_CN.md": CHINESE, "docs/b-zh_CN.md": CHINESE},
            *("docs", ["zh-CN"], ["*-zh_CN.md"], "docs -l zh-CN"),
        ),
        (
            {"docs/a.md": CHINESE, "docs/x/b.md": CHINESE, "docs/x/b.en.md": ENGLISH},
            *("docs", ["en"], ["*.en.md"], "docs -l en"),
        ),
        (
            {"docs/zh/a.md": CHINESE, "docs/zh/b.md": CHINESE, "docs/en/a.md": ENGLISH * 9},
            *("docs/zh", ["en"], None, "docs -l en"),
        ),
        (
            {"docs/a.md": ENGLISH, "docs/x/b.md": ENGLISH}
            | {"docs/zh/a.md": CHINESE * 3, "docs/zh/x/b.md": CHINESE * 3}
            | {"docs/de/a.md": GERMAN, "docs/api/a.md": ENGLISH},
            *("docs", ["de", "zh"], ["de/*", "zh/*"], "docs -l de"),
        ),
        (
            {"docusaurus.config.js": "x", "docs/a.md": ENGLISH}
            | {"i18n/zh-Hans/docusaurus-plugin-content-docs/current/a.md": CHINESE},
            *("docs", ["zh-Hans"], None),
            "'i18n/{locale}/docusaurus-plugin-content-docs/current/{path}' -l zh-Hans",
        ),
        # No locale, no such page, another language.
        ({"docs/a.md": ENGLISH, "docs/a-to.md": ENGLISH}, "docs", ["zh-Hans"], None, ""),
        ({"docs/a.md": ENGLISH, "docs/b-ja.md": ENGLISH}, "docs", ["zh-Hans"], None, ""),
    ],
)
def test_translations_that_are_there_are_told(tmp_path, files, content, targets, exclude, place):
    result = yiben(write_files(tmp_path, files), "init")
    assert result.returncode == 0, result.stderr
    settings = settings_of(tmp_path)
    assert (settings["content"], settings["targets"]) == (content, targets)
    assert settings.get("exclude") == exclude
    told = [line for line in result.stderr.split("\n") if line.startswith("translations: ")]
    assert [line.split("`")[1] for line in told][:1] == (
        [f"yiben import {content} {place}"] if place else []
    )
    assert len(told) == (len(targets) if place else 0)


def test_folders_beside_those_of_languages_are_believed(tmp_path):
    """Bengali that is only begun, Malay that looks like Indonesian; but not a folder alone."""
    malay = (
        "# Pasang\n\nPasang komponen pada setiap nod dahulu, kemudian lihat kluster itu semula.\n"
    )
    folders = {"de": GERMAN, "ru": RUSSIAN, "bn": ENGLISH, "ms": malay, "x/id": ENGLISH}
    pages = {"_articles/a.md": ENGLISH, "_articles/b.md": ENGLISH, "_articles/x/a.md": ENGLISH}
    for folder, text in folders.items():
        pages |= {f"_articles/{folder}/{name}.md": text for name in "ab"}
    write_files(tmp_path, pages)
    assert yiben(tmp_path, "init").returncode == 0
    settings = settings_of(tmp_path)
    left_out = {one for one in settings["exclude"] if one.startswith("_articles")}
    assert left_out == {f"_articles/{name}/*" for name in ("bn", "de", "ms", "ru")}
    assert settings["source"] == "en"
    assert set(settings["targets"]) == {"bn", "de", "ms", "ru"}
