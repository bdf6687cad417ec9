"""Translators on localized pages."""

import pytest
from projects import project, translate, yiben

from toolkit.catalogs.po import read_catalog
from toolkit.catalogs.translators import translators_of

SETTINGS = 'source = "zh-Hans"\ntargets = ["de", "ja"]\ndialect = "gfm"\n'
PAGES = {"a.md": "# 安装\n\n先装好。\n", "b.md": "# 升级\n\n```\n# 升级\n"}
NAMES = "# Anna Schmidt <anna@example.org>, 2024, 2025.\n# Li Lei <lilei@example.org>, 2024.\n"


def catalog_of(comments, last=""):
    header = f'msgid ""\nmsgstr ""\n"Last-Translator: {last}\\n"\n'
    return read_catalog("de.po", (comments + header).encode("utf-8"))


@pytest.mark.parametrize(
    ("comments", "last", "names"),
    [
        (NAMES, "Somebody Else <x@example.org>", ("Anna Schmidt", "Li Lei")),
        ("# Translators:\n# 李雷 <a@b.cn>, 2020-2021\n", "", ("李雷",)),
        ("# Dupont, Jean <j@example.org>, 2020.\n", "", ("Dupont, Jean",)),
        ("# O’Neil-Ünal (team), 2023\n", "", ("O’Neil-Ünal (team)",)),
        ("# FIRST AUTHOR <EMAIL@ADDRESS>, YEAR.\n", "FULL NAME <EMAIL@ADDRESS>", ()),
        ("# German translations for docs.\n", "Anna <anna@example.org>", ("Anna",)),
        ("# Copyright (C) 2024 The authors, 2024\n", "Automatically generated", ()),
        ("# <script>alert(1)</script> <a@b.c>, 2024.\n", "", ()),
        ("# {{ secret }} <a@b.c>, 2024.\n# [x](http://y) <a@b.c>, 2024.\n", "", ()),
        ("# `code` <a@b.c>, 2024.\n# **b** <a@b.c>, 2024.\n# :tada: <a@b.c>, 2024.\n", "", ()),
        (
            "# Visit www.evil.example <a@b.c>, 2024.\n# J. R.R. Tolkien <a@b.c>, 2024.\n",
            "",
            ("J. R.R. Tolkien",),
        ),
        ("# evil.com <a@b.c>, 2024.\n", "", ()),
        ("# Anna <anna@example.org>, 2023.\n# Anna <other@example.org>, 2024.\n", "", ("Anna",)),
    ],
)
def test_names_come_from_the_header(comments, last, names):
    assert translators_of(catalog_of(comments, last)) == names


def built(tmp_path, setting, pages=PAGES):
    root = project(tmp_path, pages, f"{SETTINGS}{setting}\n")
    yiben(root, "update")
    for name in pages:
        path = root / f"locales/de/LC_MESSAGES/{name.removesuffix('.md')}.po"
        translate(path, {"安装": "Installation", "升级": "Aktualisierung"})
        path.write_text(NAMES + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert yiben(root, "build").returncode == 0
    return root


def page(root, locale, name):
    return (root / f"build/{locale}/{name}").read_text(encoding="utf-8")


def test_a_line_names_the_translators_of_a_page(tmp_path):
    root = built(tmp_path, 'credits = "auto"')
    line = "\nÜbersetzung: Anna Schmidt, Li Lei\n"
    assert page(root, "de", "a.md") == f"# Installation\n\n先装好。\n{line}"
    # Nobody has translated it, so that there is nobody to name.
    assert page(root, "ja", "a.md") == PAGES["a.md"]
    # Its last block is open: the line would be code.
    assert page(root, "de", "b.md") == "# Aktualisierung\n\n```\n# 升级\n"


def test_a_line_of_ones_own(tmp_path):
    root = built(tmp_path, 'credits = { de = "*Von {translators}*" }')
    assert page(root, "de", "a.md").endswith("\n\n*Von Anna Schmidt, Li Lei*\n")


def test_a_page_lists_all_translators(tmp_path):
    thanks = "# 致谢\n\n<!-- yiben:credits -->\n\n```html\n<!-- yiben:credits -->\n```\n"
    root = built(tmp_path, 'credits = "list"', {**PAGES, "thanks.md": thanks})
    assert page(root, "de", "thanks.md") == thanks.replace(
        "<!-- yiben:credits -->", "- Anna Schmidt\n- Li Lei", 1
    )
    assert page(root, "ja", "thanks.md") == thanks
    assert "Anna" not in page(root, "de", "a.md")


def test_without_the_setting_nobody_is_named(tmp_path):
    root = built(tmp_path, "", {"a.md": "# 安装\n\n<!-- yiben:credits -->\n"})
    assert page(root, "de", "a.md") == "# Installation\n\n<!-- yiben:credits -->\n"


def test_a_list_follows_other_catalogs(tmp_path):
    root = built(tmp_path, 'credits = "list"', {"a.md": "# 安装\n\n<!-- yiben:credits -->\n"})
    path = root / "locales/de/LC_MESSAGES/a.po"
    path.write_text(f"# Zoe <z@example.org>, 2026.\n{path.read_text('utf-8')}", encoding="utf-8")
    yiben(root, "build")
    assert "- Zoe\n- Anna Schmidt\n" in page(root, "de", "a.md")


@pytest.mark.parametrize("value", ['"Danke"', '"{translators}\\nx"', "3"])
def test_what_names_nobody_is_no_setting(tmp_path, value):
    root = project(tmp_path, PAGES, f"{SETTINGS}credits = {value}\n")
    run = yiben(root, "build")
    assert run.returncode == 2
    assert "yiben.toml:4:" in run.stderr


def test_an_initial_starts_no_list_in_a_list(tmp_path):
    root = project(
        tmp_path, {"a.md": "# 安装\n\n<!-- yiben:credits -->\n"}, f'{SETTINGS}credits = "list"\n'
    )
    yiben(root, "update")
    path = root / "locales/de/LC_MESSAGES/a.po"
    translate(path, {"安装": "Installation"})
    names = "# I. Newton <a@example.org>, 2024.\n# vi) Lenin <b@example.org>, 2024.\n"
    path.write_text(names + path.read_text(encoding="utf-8"), encoding="utf-8")
    yiben(root, "build")
    assert page(root, "de", "a.md") == "# Installation\n\n- I\\. Newton\n- vi\\) Lenin\n"
