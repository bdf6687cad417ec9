"""Nothing that a page or a catalog says acts in a terminal, or gives orders to a runner of CI."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
from projects import project, yiben

from toolkit.interfaces.reports.characters import printable, printable_lines
from toolkit.interfaces.reports.findings import REPORTS
from toolkit.model.findings import Excerpt, Finding, Severity

SETTINGS = 'source = "en"\ntargets = ["de"]\n'
EVIL = "\x1b]0;pwn\x07\x9b31m\u202eevil ##[add-mask]y"
PAGES = {
    "a.md": f"# Title {EVIL} one\n\nText of the page {EVIL} goes on.\n\n- Item [l](x{EVIL}.md)\n\n"
    "::set-output name=x::y\n",
    "##[warning]b.md": f"# Other\n\nSame [words](none.md) here {EVIL} too.\n",
}
HOSTILE = rf"Worte {EVIL} ::error::x [x](https://evil.example) <script>\x1b[31m"
ACTS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]|##\w*\["
    r"|(?:^|\n)[ \t]*::[a-z-]+[^\n]*?::"
)
COMMANDS = (
    *(["check", "--format", form] for form in REPORTS),
    *(["build", "--check"], ["build", "-v"], ["stats"], ["stats", "--format", "markdown"]),
    *(["segment", "content/a.md"], ["segment", "--format", "json", "content/a.md"]),
    *(["next", "-l", "de", "--fuzzy"], ["next", "-l", "de", "--fuzzy", "--format", "json"]),
    *(["update", "--check"], ["update", "--diff"], ["update", "--check", "--format", "markdown"]),
    *(["update", "--check", "--format", "json"], ["translate", "-l", "de"]),
    ["import", "content/a.md", "content/##[warning]b.md", "-l", "de"],
)


def test_no_command_prints_what_acts(tmp_path):
    project(tmp_path, PAGES, SETTINGS)
    printed = [yiben(tmp_path, "update", "-v")]
    for catalog in (tmp_path / "locales/de").rglob("*.po"):
        head, *rest = catalog.read_text("utf-8").split('msgstr ""\n', 2)
        text = f'msgstr "{HOSTILE}"\n'.join(rest[-1].split('msgstr ""\n'))
        catalog.write_text('msgstr ""\n'.join((head, *rest[:-1], text)), "utf-8")
    page = tmp_path / "content/a.md"
    page.write_text(page.read_text("utf-8").replace("goes on", "went on"), "utf-8")
    printed += [yiben(tmp_path, *words) for words in COMMANDS]
    for run in printed:
        assert run.returncode in {0, 1}
        lines = [line for line in run.stdout.split("\n") if not line.startswith(("::w", "::e"))]
        assert not ACTS.search("\n".join((*lines, run.stderr)))
    assert any("⟦add-mask]y" in run.stdout for run in printed)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::error file=a::b", "꞉:error file=a::b"),
        ("  ::stop-commands::x", "  ꞉:stop-commands::x"),
        ("::: note", "::: note"),
        ("std::vec::Vec", "std::vec::Vec"),
        ("x ##vso[task.x]y", "x ##vso⟦task.x]y"),
        ("## [Link](x)", "## [Link](x)"),
        ("a\x1b[1m", "a [1m"),
    ],
)
def test_commands_of_runners_are_disarmed(text, shown):
    assert printable(text) == printable_lines(text) == shown
    assert printable_lines(f"x\n{text}") == f"x\n{shown}"


@pytest.mark.parametrize("form", ["json", "gitlab", "sarif", "junit"])
def test_programs_read_the_same_text(form):
    text = "a \u202e\x9b ##[x] b"
    report = REPORTS[form]([Finding("a", 1, "x", Severity.ERROR, text, 1, "", Excerpt(text, 0, 1))])
    assert not ACTS.search(report)
    if form == "junit":
        failure = ET.fromstring(report).find(".//failure")  # noqa: S314 - our own
        assert failure is not None
        assert failure.get("message") == "a \ufffd\ufffd ##[x] b"
    else:
        assert text in json.dumps(json.loads(report), ensure_ascii=False)
