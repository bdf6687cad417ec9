"""Each check finds what it has to, in the number it has to, and is silent otherwise.

A file of `fixtures/checks` belongs to each check, with translations that it must pass, must find
(and how often), and finds although they are right.
"""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import project, translate, write_files, yiben

from toolkit.catalogs.glossary import Glossary, Term
from toolkit.catalogs.po import read_catalog
from toolkit.checks.across import (
    Translation,
    chosen,
    contested,
    differing,
    is_contested,
    marks_of,
    packed,
)
from toolkit.checks.families import CHECKS, SITE_CHECKS
from toolkit.checks.fixes import fixed
from toolkit.checks.subject import Subject
from toolkit.commands.check import CheckOptions, check_project, plan_of
from toolkit.dialects import dialect_named
from toolkit.language.locale import locale_of
from toolkit.model.catalog import Catalog, Message
from toolkit.project.project import Project
from toolkit.project.store import Run

FOLDER = Path(__file__).parent / "fixtures/checks"
FILES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.toml")}
KINDS = ("pass", "fail", "false_alarm")
CASES: list[Any] = [
    pytest.param(check, {**defaults, **case}, id=f"{check}-{kind}-{number}")
    for check, content in sorted(FILES.items())
    for defaults in [{key: value for key, value in content.items() if key not in KINDS}]
    for kind in KINDS
    for number, case in enumerate(content[kind], 1)
    if "none" not in case
]


def test_every_check_has_fixtures_of_each_kind():
    assert FILES.keys() == CHECKS.keys() - SITE_CHECKS
    for content in FILES.values():
        assert all(content[kind] for kind in KINDS)
        assert all(case["findings"] > 0 for case in content["fail"])
        assert all("why" in case or "none" in case for case in content["false_alarm"])


@pytest.mark.parametrize(("check", "case"), CASES)
def test_a_check_finds_what_it_has_to(check, case, tmp_path):
    found = in_project(check, case, tmp_path) if "files" in case else in_catalog(check, case)
    assert len(found) == case.get("findings", 0), found


@pytest.mark.parametrize(
    ("check", "case"), [param for param in CASES if "translation" in param.values[1]]
)
def test_what_no_build_uses_is_not_checked(check, case):
    for changes in ({"flags": ("fuzzy",)}, {"obsolete": True}):
        assert not list(CHECKS[check].remarks(subject(case, **changes)))


PIECELESS = frozenset(
    "edge-blank edge-newline end-mark hard-break length same-as-source script-variant "
    "wrong-language".split()
)
"""Checks that find fault with a text as a whole."""
STAND_IN = "\ufffc"
"""Stands for code in a piece."""


@pytest.mark.parametrize(
    ("check", "case"), [param for param in CASES if "translation" in param.values[1]]
)
def test_a_finding_names_the_words_that_it_is_about(check, case):
    source, translation = (" ".join(case[side].split()) for side in ("source", "translation"))
    remarks = in_catalog(check, case)
    if "pieces" in case:
        assert [one.piece for one in remarks] == case["pieces"]
    for found in remarks:
        piece = found.piece.strip(STAND_IN)
        assert not (piece and check in PIECELESS)
        if found.lost:
            # Of a role it is the name and the target.
            counts = [(source.count(one), translation.count(one)) for one in piece.split()]
            assert any(here > there for here, there in counts), found
            assert piece in found.text, found
        else:
            assert piece in translation.replace("\\", ""), found


def in_catalog(check, case):
    return list(CHECKS[check].remarks(subject(case)))


def subject(case, **changes):
    source = locale_of(case.get("from", "en"))
    if "po" in case:
        catalog = read_catalog("de.po", case["po"].encode("utf-8"))
    else:
        extracted = tuple(case.get("extracted", ()))
        message = Message(
            case["source"],
            case["translation"],
            extracted=extracted,
            references=("a.md:1",),
            **changes,
        )
        catalog = Catalog((message,))
    return Subject(
        catalog,
        locale_of(case.get("locale", "de")),
        source,
        dialect_named(case.get("dialect", "mkdocs")),
        tuple(map(locale_of, case.get("locales", ("de",)))),
        tuple(case.get("allow", ())),
        case.get("labels", {}),
        Glossary(tuple(map(term, case.get("glossary", ())))).of(
            locale_of(case.get("locale", "de"))
        ),
    )


def term(values):
    found: dict[str, Any] = {
        key: tuple(v) if isinstance(v, list) else v for key, v in values.items()
    }
    return Term(**found)


def in_project(check, case, folder):
    settings = f'source = "zh-Hans"\ntargets = ["de"]\n{case.get("settings", "")}'
    root = project(folder, {}, settings)
    write_files(root, case["files"])
    assert yiben(root, "update").returncode == 0
    for page, translations in case.get("translations", {}).items():
        translate(root / f"locales/de/LC_MESSAGES/{page}.po", translations)
    write_files(root, case.get("later", {}))
    run = Run(Project.found_from(root), dry=True)
    minimum = float(case["options"][1]) if "options" in case else None
    options = CheckOptions(frozenset({check}), min_complete=minimum)
    plan = plan_of(run, run.project.locales(()), options)
    found = check_project(run, plan, lambda domains: domains).findings
    return [finding for finding in found if finding.check == check]


def test_every_check_explains_itself():
    for known in CHECKS.values():
        assert known.title.endswith(".")
        assert "Bad:" in known.explanation
        assert "Good:" in known.explanation


def test_the_language_of_a_page_is_told_alike_a_hundred_times():
    cases = [
        one for param in CASES for one in [param.values[1]] if param.values[0] == "wrong-language"
    ]
    first = [in_catalog("wrong-language", case) for case in cases]
    assert any(first)
    for _ in range(99):
        assert [in_catalog("wrong-language", case) for case in cases] == first


@pytest.mark.parametrize("check", ["language", "plural-forms"])
@pytest.mark.parametrize("values", [{}, {"Language": "de"}, {"Plural-Forms": "nplurals=1;"}])
def test_a_field_of_the_header_is_added_where_it_lacks(check, values):
    field, value = {
        "language": ("Language", "de"),
        "plural-forms": ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
    }[check]
    one = replace(
        subject({"po": 'msgid ""\nmsgstr ""\n'}), catalog=Catalog((), tuple(values.items()))
    )
    assert dict(fixed(one, (check,), ()).header) == {field: value} | values


_WORDS = st.sampled_from(["", "a", "a\0b", "安", "\ud800"])
_TRANSLATIONS = st.tuples(st.none() | _WORDS, _WORDS, _WORDS, st.booleans())


@given(st.lists(st.lists(_TRANSLATIONS, max_size=6), max_size=4))
def test_texts_with_several_translations_are_known_by_their_numbers(catalogs):
    listed = [
        [
            Translation("en", context, source, text, f"{name}.po", line, tab, "")
            for line, (context, source, text, tab) in enumerate(rows)
        ]
        for name, rows in enumerate(catalogs)
    ]
    packs = [(packed(one), marks_of(one)) for one in listed]
    sources = contested(marks for _, marks in packs)
    some = [
        one
        for data, marks in packs
        if is_contested(marks, sources)
        for one in chosen(data, marks, sources)
    ]
    everything = [one for rows in listed for one in rows]
    assert list(differing(some)) == list(differing(everything))
    known = {(one.context, one.source): one.text for one in everything}
    assert bool(some) == any(known[one.context, one.source] != one.text for one in everything)
