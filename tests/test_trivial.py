"""The writer's word that an edit affects no translation: when it is taken, and when not."""

from __future__ import annotations

import re
import sys
from random import Random
from typing import TYPE_CHECKING

import pytest
from projects import project, translate, yiben
from repositories import commit, git, repository
from trees import CORPUS

from toolkit.checks.harmless import objection
from toolkit.dialects import dialect_named
from toolkit.language.locale import locale_of
from toolkit.model.document import Document
from toolkit.reading.segment import segment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENGLISH, CHINESE = locale_of("en"), locale_of("zh-Hans")
SETTINGS = 'source = "en"\ntargets = ["de"]\n'
OLD = "Start the server before you open the page."
GERMAN = "Starten Sie den Server, bevor Sie die Seite öffnen."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (OLD, "Start the servr before you open the page."),
        (OLD, "Start the server before you open the Page."),
        (OLD, "Start the daemon before you open the page."),
        ("It is realy easy to use.", "It is really easy to use."),
        ("Teh server is there for you.", "The server is there for you."),
        ("Web site", "Website"),
        ("The colour of the button changes.", "The color of the button changes."),
        ("先装好这个组件，再看文档。", "先装好此组件，再看文档。"),
        (
            "See [the guide](a.md) for details on this.",
            "See [the manual](a.md) for details on this.",
        ),
    ],
)
def test_small_edits_are_harmless(old: str, new: str) -> None:
    locale = CHINESE if re.search("[一-龥]", old) else ENGLISH
    assert objection(old, new, locale) == ""


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (
            "It takes 5 minutes to start it.",
            "It takes 6 minutes to start it.",
            "a n",
        ),
        (
            "Wait for two minutes until it is there.",
            "Wait for ten minutes until it is there.",
            "a n",
        ),
        ("See [the guide](a.md) now.", "See [the guide](b.md) now.", "a target"),
        ("See [the guide][a] now.", "See [the guide][b] now.", "a target"),
        ("See the guide.[^a]", "See the guide.[^b]", "a target"),
        ("Run `a` to start the server now.", "Run `b` to start the server now.", "code"),
        ("You can open the page.", "You cannot open the page.", "“can"),
        ("Do open the page at this place.", "Don't open the page at this place.", "“do"),
        ("Don’t open the page.", "Do open the page.", "“"),
        ("You should open the page at once.", "You must open the page at once.", "“must”"),
        (OLD, "Start the server after you open the page.", "“after”"),
        ("This setting enables the old cache.", "This setting disables the old cache.", "“dis"),
        ("The format is supported by all.", "The format is unsupported by all.", "a word became"),
        ("This is a harmful thing to do here.", "This is a harmless thing to do here.", "a word b"),
        ("Open the page of the server.", "Open the page of the server?", "a question"),
        ("Use HTTP to open the page.", "Use HTTPS to open the page.", "a name"),
        ("Set maxSize to the size you want.", "Set minSize to the size you want.", "a name"),
        ("Save", "Print", "more than a few letters"),
        ("Somebody knows where it came from.", "Nobody knows where it came from.", "“nobody”"),
        ("A page of the site is slow.", "A blog of our shop was quick.", "more than"),
        ("请打开这个页面。", "请不要打开这个页面。", "“不要”"),
        ("最多三个节点可用。", "最多五个节点可用。", "a number"),
        ("必须先装好组件。", "可以先装好组件。", "“"),
    ],
)
def test_edits_that_matter_are_not(old: str, new: str, why: str) -> None:
    locale = CHINESE if re.search("[一-龥]", old) else ENGLISH
    assert objection(old, new, locale).startswith(why)
    assert objection(new, old, locale)


def test_other_languages_than_are_known_allow_slips_alone() -> None:
    finnish = locale_of("fi")
    assert objection("Avaa sivu ensin täällä", "Avaa sivun ensin täällä", finnish) == ""
    assert objection("Avaa sivu ensin täällä", "Avaa lehti ensin täällä", finnish)


NOT = {"en": ("not", "never", "no longer"), "zh": ("不", "没有", "不要")}
WORDS = ("quick", "simple", "nice", "handy", "little", "usual", "whole")


def texts() -> Iterator[tuple[str, str]]:
    """Sentences of real pages with their language."""
    for language, pattern in (("en", "fastapi/docs/en/**/*.md"), ("zh", "kubean/docs/zh/**/*.md")):
        for path in sorted(CORPUS.glob(pattern)):
            document = Document.from_bytes(path.name, path.read_bytes())
            for unit in segment(document, dialect_named("mkdocs")):
                if unit.kind == "paragraph" and 30 < len(unit.text) < 300:
                    yield language, unit.text


def _plain(text: str, pattern: str) -> list[re.Match[str]]:
    """The words of a text outside of code, targets and names."""
    kept = re.compile(r"`[^`]*`|\]\([^)]*\)|\]\[[^\]]*\]|<[^>]*>|https?\S+|\{[^}]*\}|:[a-z_]+:")
    hidden = kept.sub(lambda match: "_" * len(match[0]), text)
    return list(re.finditer(pattern, hidden))


SLIPS = {"en": r"(?<![\w-])[a-z]{6,}(?![\w-])", "zh": "[一-龥]{2}(?=[一-龥])"}


def _typo(text: str, language: str, rng: Random) -> str | None:
    found = _plain(text, SLIPS[language])
    if not found:
        return None
    match = rng.choice(found)
    if language == "zh":
        return text[: match.start() + 1] + text[match.start() + 2 :]
    at = rng.randrange(match.start() + 1, match.end() - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _word(text: str, language: str, rng: Random) -> str | None:
    found = _plain(text, r"(?<=\bthe )[a-z]{3,}\b" if language == "en" else "的(?=[一-龥])")
    if not found:
        return None
    at = rng.choice(found).start()
    return text[:at] + (text[at + 1 :] if language == "zh" else f"{rng.choice(WORDS)} {text[at:]}")


def _negation(text: str, language: str, rng: Random) -> str | None:
    found = _plain(text, r"(?<=[a-z] )[a-z]{3,}\b" if language == "en" else "(?<=[一-龥])[一-龥]")
    if not found:
        return None
    at = rng.choice(found).start()
    return text[:at] + rng.choice(NOT[language]) + (" " if language == "en" else "") + text[at:]


def _number(text: str, _language: str, rng: Random) -> str | None:
    found = _plain(text, r"\d+")
    if not found:
        return None
    match = rng.choice(found)
    return text[: match.start()] + str(int(match[0]) + rng.randint(1, 9)) + text[match.end() :]


def _target(text: str, _language: str, rng: Random) -> str | None:
    found = list(re.finditer(r"(?<=\]\()[^)\s\"]+", text))
    if not found:
        return None
    match = rng.choice(found)
    return (
        f"{text[: match.start()]}{match[0].rstrip('/')}-{rng.randint(1, 9)}x{text[match.end() :]}"
    )


EDITS = {"typo": _typo, "word": _word, "negation": _negation, "number": _number, "target": _target}
HARMLESS = ("typo", "word")


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the project")
def test_of_500_edits_no_harmful_one_is_carried(capsys: pytest.CaptureFixture[str]) -> None:
    rng = Random(33)  # noqa: S311 - the same edits again
    known = list(texts())
    told: dict[str, list[tuple[str, str, str]]] = {name: [] for name in EDITS}
    for language, text in rng.sample(known, len(known)):
        for name, edit in EDITS.items():
            new = edit(text, language, rng) if len(told[name]) < 100 else None
            if new and new != text:
                locale = ENGLISH if language == "en" else CHINESE
                told[name].append((text, new, objection(text, new, locale)))
    assert [len(edits) for edits in told.values()] == [100] * 5
    for name in EDITS.keys() - set(HARMLESS):
        assert [edit for edit in told[name] if not edit[2]] == []
    for name in HARMLESS:
        carried = sum(not edit[2] for edit in told[name])
        with capsys.disabled():
            sys.stdout.write(f"\n{name}: {carried} of {len(told[name])} carried\n")
        assert carried >= 60


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A page with a translation, in a repository."""
    root = project(repository(tmp_path), {"a.md": f"# Page\n\n{OLD}\n"}, SETTINGS)
    yiben(root, "update")
    translate(root / PO, {OLD: GERMAN})
    commit(root)
    return root


PO = "locales/de/LC_MESSAGES/a.po"


def edit(root: Path, new: str) -> None:
    (root / "content/a.md").write_text(f"# Page\n\n{new}\n", "utf-8")


def test_update_trivial_keeps_translations_and_shows_them(root: Path) -> None:
    new = "Start the servr before you open the page."
    edit(root, new)
    run = yiben(root, "update", "--trivial")
    assert run.returncode == 0
    assert (
        run.stdout
        == f"{PO}:\n  unaffected: Start the [-server-]{{+servr+}} before you open the page.\n"
    )
    text = (root / PO).read_text("utf-8")
    assert f'#| msgid "{OLD}"\nmsgid "{new}"\nmsgstr "{GERMAN}"\n' in text
    assert "fuzzy" not in text
    assert f'#~ msgid "{OLD}"' in text
    edit(root, OLD)
    yiben(root, "update")
    assert git(root, "diff", "--stat", "--", "locales/de") == ""


def test_update_trivial_refuses_what_matters_and_says_why(root: Path) -> None:
    edit(root, "Start the server after you open the page.")
    run = yiben(root, "update", "--trivial")
    assert "{+after+} you open the page. (“after” changes the meaning)\n" in run.stdout
    assert "#, fuzzy" in (root / PO).read_text("utf-8")


TRAILER = "Mend a slip\n\nTranslations: unaffected"


@pytest.mark.parametrize(
    ("messages", "fuzzy"),
    [
        ([TRAILER], False),
        ([TRAILER, TRAILER.replace("un", "UN")], False),
        (["Edit", TRAILER], True),
        ([TRAILER, "Edit"], True),
        ([], True),
    ],
)
def test_a_trailer_says_the_same(root: Path, messages: list[str], fuzzy: bool) -> None:  # noqa: FBT001
    with (root / "yiben.toml").open("a") as file:
        file.write('unaffected_trailer = "Translations: unaffected"\n')
    for number, message in enumerate(messages, 1):
        edit(root, OLD.replace("server", "serve" + "r" * number + "s"))
        commit(root, message)
    if not messages:
        edit(root, OLD.replace("server", "servers"))
    run = yiben(root, "update")
    assert ("unaffected: Start the" in run.stdout) is not fuzzy
    assert ("#, fuzzy" in (root / PO).read_text("utf-8")) is fuzzy


def test_a_trailer_needs_a_repository(tmp_path: Path) -> None:
    settings = SETTINGS + 'unaffected_trailer = "Translations: unaffected"\n'
    root = project(tmp_path, {"a.md": f"{OLD}\n"}, settings)
    yiben(root, "update")
    translate(root / PO, {OLD: GERMAN})
    (root / "content/a.md").write_text("Start the servr before you open the page.\n", "utf-8")
    run = yiben(root, "update")
    assert (run.returncode, run.stderr.split("\n")[0]) == (2, f"{root}: is not in a git repository")


def test_projects_may_want_fewer_fuzzy_messages_or_none(root: Path) -> None:
    settings = (root / "yiben.toml").read_text("utf-8")
    edit(root, "Start the whole server and the page before you go home.")
    for more, fuzzy in (("fuzzy = false", 0), ("fuzzy_limit = 90", 0), ("fuzzy_limit = 30", 1)):
        git(root, "checkout", "-q", "--", "locales")
        (root / "yiben.toml").write_text(f"{settings}{more}\n", "utf-8")
        yiben(root, "update")
        text = (root / PO).read_text("utf-8")
        assert text.count("#, fuzzy") == fuzzy
        assert (f'#~ msgid "{OLD}"\n#~ msgstr "{GERMAN}"' in text) == (not fuzzy)
    run = yiben(root, "update", "--check")
    assert run.returncode == 0
