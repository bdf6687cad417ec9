"""`yiben stats` as a page, as badges and as CSV."""

import csv
import io
import json
import os
import re
import subprocess
from html.parser import HTMLParser

import pytest
from browsing import browser, violations
from lxml import etree
from projects import project, translate, yiben
from repositories import ENVIRONMENT, commit, repository

from toolkit.commands.completeness_history import _spread

SETTINGS = 'source = "zh-Hans"\ntargets = ["en", "ar"]\n'
PAGES = {
    "index.md": "# 首页\n\n欢迎。\n",
    "guide/a.md": "# 安装\n\n先装好 `kubectl`。\n",
    "guide/b.md": "# 升级\n",
}
A = "locales/en/LC_MESSAGES/guide/a.po"


def dated(root, day, message):
    """Commit everything on a day."""
    when = f"2026-03-{day:02}T12:00:00+0000"
    kept = {name: os.environ.get(name) for name in ("GIT_COMMITTER_DATE", "GIT_AUTHOR_DATE")}
    ENVIRONMENT.update(dict.fromkeys(kept, when))
    commit(root, message)
    for name in kept:
        ENVIRONMENT.pop(name)


@pytest.fixture
def root(tmp_path):
    made = project(repository(tmp_path), PAGES, SETTINGS)
    yiben(made, "update")
    (made / ".gitignore").write_text("/status/\n.yiben\n", encoding="utf-8")
    dated(made, 1, "first")
    translate(made / A, {"安装": "Install"})
    dated(made, 2, "one")
    translate(made / A, {"先装好 `kubectl`。": "First install it."})
    dated(made, 5, "two")
    return made


class Tables(HTMLParser):
    """The tables of a page, as rows of texts."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.addresses, self.inside = [], [], False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.addresses += [text for name, text in attrs if name in {"href", "src", "srcset"}]
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"th", "td"}:
            self.tables[-1][-1].append("")
            self.inside = True
        elif tag == "small":
            self.handle_data(" ")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in {"th", "td"}

    def handle_data(self, data):
        if self.inside:
            self.tables[-1][-1][-1] += data


def exported(root, *words):
    run = yiben(root, "stats", "--format", "html", "--export", "status", *words)
    assert run.returncode == 0, run.stderr
    return Tables((root / "status/index.html").read_text(encoding="utf-8"))


def test_its_numbers_are_those_of_the_other_formats(root):
    found = json.loads(yiben(root, "stats", "--format", "json").stdout)
    languages, sections, pages = exported(root).tables
    for row, (tag, one) in zip(languages[1:], found.items(), strict=True):
        total = one["total"]
        assert row[0].split()[-1] == tag
        assert row[1] == f"{total['complete']}%"
        words = [total[kind]["words"] for kind in ("translated", "untranslated", "fuzzy")]
        assert [row[2].split("/")[0], row[3], row[4]] == list(map(str, words))
    assert [row[0] for row in sections[1:]] == ["Without a folder", "guide"]
    for row in pages[1:]:
        complete = [found[tag]["pages"][row[0]]["complete"] for tag in ("en", "ar")]
        assert [cell.split("%")[0] for cell in row[2:]] == list(map(str, complete))


def test_what_is_wrong_and_old_stands_at_its_page(root):
    (root / "content/guide/a.md").write_text("# 安装\n\n再装好 `kubectl`。\n", encoding="utf-8")
    dated(root, 9, "later")
    _, _, pages = exported(root).tables
    rows = {row[0]: row[1:] for row in pages[1:]}
    day, english, arabic = rows["content/guide/a.md"]
    # The template is stale.
    assert day == "2026-03-09 ✕1"
    # Two words of five; the error is that it is stale, the warning a header without a translator.
    assert english == "40.0% ↓ ✕1 !1 2026-03-05"
    assert "↓" not in arabic
    assert rows["content/index.md"][0] == "2026-03-01"


def test_a_chart_shows_the_way(root):
    found = exported(root, "--history")
    table = found.tables[1]
    assert table[0] == ["Date", "en", "ar"]
    assert [row[0] for row in table[1:]] == ["2026-03-01", "2026-03-02", "2026-03-05"]
    shares = [float(row[1].rstrip("%")) for row in table[1:]]
    assert shares[0] == 0 < shares[1] < shares[2]
    now = json.loads(yiben(root, "stats", "--format", "json").stdout)["en"]["total"]["complete"]
    assert shares[2] == now
    assert [row[2] for row in table[1:]] == ["0.0%"] * 3


def test_nothing_is_outside_of_the_page(root):
    found = exported(root, "--history")
    text = (root / "status/index.html").read_text(encoding="utf-8")
    assert not found.addresses
    assert not re.findall(r"https?://(?!www\.w3\.org)", text)
    assert "url(" not in text


def test_texts_of_a_project_are_no_markup(tmp_path):
    settings = f"{SETTINGS}project = '<b>&\"'\n"
    root = project(tmp_path, {"<i>x.md": "# 一\n", "&lt/b.md": "# 二\n"}, settings)
    yiben(root, "update")
    tables = exported(root).tables
    assert {row[0] for row in tables[-1][1:]} == {"content/<i>x.md", "content/&lt/b.md"}
    text = (root / "status/index.html").read_text(encoding="utf-8")
    assert "<b>&" not in text
    assert "<i>" not in text


def test_a_page_without_git_has_no_dates(tmp_path):
    root = project(tmp_path, PAGES, SETTINGS)
    yiben(root, "update")
    tables = exported(root, "--history").tables
    assert len(tables) == 3
    assert {row[1] for row in tables[-1][1:]} == {"–"}


def test_badges_say_how_far_each_locale_is(root):
    exported(root, "--badge")
    texts = {}
    for path in sorted((root / "status").glob("*.svg")):
        picture = etree.fromstring(path.read_bytes())
        texts[path.name] = picture.attrib["aria-label"]
    share = json.loads(yiben(root, "stats", "--format", "json").stdout)["en"]["total"]["complete"]
    assert texts["badge-en.svg"] == f"English: {int(share)}%"
    assert texts["badge-ar.svg"] == "العربية: 0%"
    assert texts.keys() == {"badge.svg", "badge-ar.svg", "badge-en.svg"}


def test_a_table_of_comma_separated_values(root):
    run = yiben(root, "stats", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(run.stdout)))
    assert len(rows) == 6
    found = json.loads(yiben(root, "stats", "--format", "json").stdout)
    for row in rows:
        one = found[row["locale"]]["pages"][row["page"]]
        assert float(row["complete"]) == one["complete"]
        assert int(row["untranslated_words"]) == one["untranslated"]["words"]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("--format", "html"), "--format html needs --export DIR"),
        (("--history",), "--history needs --format html"),
        (("--badge",), "--badge needs --export DIR"),
        (("--export", "x"), "--export needs --format html or --badge"),
        (("--format", "html", "--export", "content"), "content: is a folder of the project"),
        (("--format", "html", "--export", "."), ".: is a folder of the project"),
        (("--format", "html", "--export", "x", "--since", "HEAD"), "--since goes with the other"),
    ],
)
def test_what_does_not_go_together_is_said(root, words, text):
    run = yiben(root, "stats", *words)
    assert run.returncode == 2
    assert text in run.stderr
    assert not (root / "x").exists()


def test_a_folder_of_somebody_else_stays_as_it_is(root):
    (root / "status").mkdir()
    (root / "status/mine.txt").write_text("mine", encoding="utf-8")
    run = yiben(root, "stats", "--format", "html", "--export", "status")
    assert run.returncode == 2
    assert "holds files that yiben did not write" in run.stderr


def test_a_long_history_has_sixty_points_and_one_at_most():
    states = [(number * 10, {"a.po": str(number)}) for number in range(500)]
    chosen = _spread(states)
    assert 50 < len(chosen) <= 61
    assert (chosen[0], chosen[-1]) == (states[0], states[-1])


@pytest.mark.peers
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_a_screen_reader(root, scheme):
    exported(root, "--history")
    with browser() as chromium:
        asked = []
        page = chromium.new_page(color_scheme=scheme, locale="ar", bypass_csp=True)
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        page.goto((root / "status/index.html").as_uri())
        assert page.locator("h2").first.inner_text() == "اللغات"
        assert violations(page) == []
        assert len(asked) == 1


def test_a_page_is_the_same_whatever_is_known_already(root):
    def page(*words):
        exported(root, "--history", *words)
        return (root / "status/index.html").read_bytes()

    alone = page("--no-cache")
    yiben(root, "check", "-l", "en")
    assert page() == alone
    translate(root / A, {"安装": "Set up"})
    dated(root, 6, "three")
    changed = page()
    assert changed != alone
    assert page() == changed == page("--no-cache")


def test_a_clone_without_old_catalogs_says_so(root, tmp_path):
    git = ("git", "-c", "uploadpack.allowFilter=true")
    partial = tmp_path / "partial"
    address = root.as_uri()
    subprocess.run([*git, "-C", str(root), "config", "uploadpack.allowFilter", "true"], check=True)
    clone = [*git, "clone", "-q", "--filter=blob:none", address, str(partial)]
    subprocess.run(clone, check=True, capture_output=True)
    gone = ("remote", "set-url", "origin", (tmp_path / "nowhere").as_uri())
    subprocess.run([*git, "-C", str(partial), *gone], check=True)
    run = yiben(partial, "stats", "--format", "html", "--history", "--export", "status")
    assert run.returncode == 2
    assert run.stderr == "git: this clone lacks some of its files; git fetch --refetch\n"
    assert not (partial / "status").exists()
