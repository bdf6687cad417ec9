"""A site as MkDocs builds it has no findings; each fault that is put into it is found."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from projects import project, translate, yiben

from toolkit.commands.verify.addresses import SiteFiles, base_of
from toolkit.commands.verify.layout import SiteLayout, layout_of
from toolkit.commands.verify.links import Compared, target_faults
from toolkit.commands.verify.reading import read_page
from toolkit.commands.verify.texts import letters, letters_of_markdown
from toolkit.commands.verify.value import Link, Piece
from toolkit.language.locale import locale_of

pytest.importorskip("selectolax", reason="selectolax is not installed")
MKDOCS = Path(sys.executable).with_name("mkdocs")
SETTINGS = 'source = "en"\ntargets = ["de", "ar"]\nsite = "mkdocs.yml"\n'
SITE = """\
site_name: Harbour
site_url: https://example.org/manual/
docs_dir: content
theme: {name: material, font: false}
plugins: [search, yiben]
markdown_extensions: [admonition, attr_list, tables, toc, pymdownx.superfences]
"""
INDEX = """\
# Harbour manual

Read the **guide** first, then [the page](guide/page.md#second-part) on `ships`.

![A chart](img/chart.png)

| Name | Price |
|------|-------|
| Boat | Three |
| Ship | Seven |

```sh
harbour start --all
```
"""
PAGE = """\
# A page

Come back to [the manual](../index.md).

!!! note "Mind the tide"

    It comes twice a day.

!!! warning

    Nobody swims here.

## Second part

- One berth is free.
- Two berths are taken.

See [the project](https://example.org/project).
"""
WORDS = {"de": "Übersetzt: {} (fertig)", "ar": "ترجمة {} كاملة"}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project with its site, in three languages."""
    root = project(
        tmp_path_factory.mktemp("site"), {"index.md": INDEX, "guide/page.md": PAGE}, SETTINGS
    )
    (root / "content/img").mkdir()
    (root / "content/img/chart.png").write_bytes(b"\x89PNG")
    (root / "mkdocs.yml").write_text(SITE, encoding="utf-8")
    yiben(root, "update")
    for path in root.glob("locales/*/LC_MESSAGES/**/*.po"):
        words = WORDS[path.relative_to(root / "locales").parts[0]]
        texts = re.findall(r'^msgid "(.+)"', path.read_text(encoding="utf-8"), re.MULTILINE)
        translate(path, {text: words.format(text) for text in texts})
    subprocess.run([MKDOCS, "build", "-q"], cwd=root, check=True, capture_output=True)
    return root


@pytest.fixture
def root(built, tmp_path):
    return Path(shutil.copytree(built, tmp_path / "project"))


def findings(root, *words):
    result = yiben(root, "verify", "site", "--format", "json", *words)
    assert result.returncode in {0, 1}, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize("credit", ["auto", "list", "*Thanks to {translators}*"])
def test_what_the_settings_add_is_no_fault(root, credit):
    more = f"credits = '{credit}'\nnotice = '**{{percent}} %** are done.'\n"
    (root / "yiben.toml").write_text(SETTINGS + more, encoding="utf-8")
    path = root / "locales/de/LC_MESSAGES/index.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"# Anna Schmidt <anna@example.org>, 2024.\n{text}", encoding="utf-8")
    translate(path, {"Three": ""})
    with (root / "content/index.md").open("a", encoding="utf-8") as file:
        file.write("\n<!-- yiben:credits -->\n" if credit == "list" else "")
    subprocess.run([MKDOCS, "build", "-q"], cwd=root, check=True, capture_output=True)
    shown = (root / "site/de/index.html").read_text(encoding="utf-8")
    assert "Anna Schmidt" in shown
    assert "%</strong> are done" in shown
    assert [one["text"] for one in findings(root) if one["check"] == "site-structure"] == []


def test_a_site_that_is_whole_has_no_findings(root):
    assert findings(root) == []


FAULTS = {
    "a lost image": ("index", r"<img [^>]*>", "", ["site-target"]),
    "an image of nothing": ("index", r"chart\.png", "map.png", ["site-image"]),
    "a lost row": ("index", r"<tr>\s*<td>[^<]*Ship.*?</tr>", "", ["site-structure"]),
    "a lost table": ("index", r"<table>.*?</table>", "", ["site-structure"]),
    "other code": ("index", r"--all", "--none", ["site-code"]),
    "other inline code": ("index", r">ships<", ">boats<", ["site-code"]),
    "lost bold": ("index", r"</?strong>", "", ["site-markup"]),
    "stars": ("index", r"</?strong>", "**", ["site-syntax"]),
    "an id as text": ("guide/page", r"(Second part)", r"\1 { #two }", ["site-syntax"]),
    "a macro as text": ("guide/page", r"(Two berths)", r"\1 {{ version }}", ["site-syntax"]),
    "a dead link": (
        "index",
        r'(<a href=")[^"]*(page/#second-part)',
        r"\1../de/no\2",
        ["site-link"],
    ),
    "a dead fragment": ("index", r"#second-part", "#third-part", ["site-fragment"]),
    "a link to the source's page": (
        "guide/page",
        r'(<a href=")../../(">the manual)',
        r"\1../../../\2",
        ["site-target"],
    ),
    "another address": ("guide/page", r"example.org/project", "example.net/p", ["site-target"]),
    "the source's text": (
        "guide/page",
        r"Übersetzt: (It comes twice a day\.) \(fertig\)",
        r"\1",
        ["site-source-text"],
    ),
    "foreign text": (
        "guide/page",
        r"Übersetzt: It comes[^<]*",
        "Kaufen Sie",
        ["site-foreign-text"],
    ),
    "an admonition in a paragraph": (
        "guide/page",
        r'<div class="admonition warning">.*?</div>',
        "<p>!!! warning Niemand schwimmt hier</p>",
        ["site-syntax"],
    ),
    "a lost item": ("guide/page", r"<li>[^<]*One berth.*?</li>", "", ["site-structure"]),
    "another language": ("index", r'<html lang="de"', '<html lang="fr"', ["site-lang"]),
    "no language": ("index", r'<html lang="de"', "<html", ["site-lang"]),
    "the wrong direction": ("index", r'dir="ltr"', 'dir="rtl"', ["site-dir"]),
    "the source's title": (
        "guide/page",
        r"<title>[^<]*</title>",
        "<title>A page - Harbour</title>",
        ["site-title"],
    ),
    "no title": ("guide/page", r"<title>[^<]*</title>", "", ["site-title"]),
    "the source's canonical address": (
        "guide/page",
        r'(rel="canonical" href="https://example.org/manual/)de/',
        r"\1",
        ["site-canonical"],
    ),
    "no canonical address": ("index", r'<link rel="canonical"[^>]*>', "", ["site-canonical"]),
    "an alternate of another page": (
        "guide/page",
        r'(<link rel="alternate" href=")[^"]*(" hreflang="ar")',
        r"\1../../../ar/\2",
        ["site-alternate"],
    ),
    "no alternates": ("guide/page", r'<link rel="alternate"[^>]*>', "", ["site-alternate"]),
    "an id twice": (
        "guide/page",
        r"(<h1)",
        r'<span id="second-part"></span>\1',
        ["site-duplicate-id"],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found_and_nothing_else(name, root):
    page, pattern, new, expected = FAULTS[name]
    path = root / "site/de" / page.removesuffix("index") / "index.html"
    text = path.read_text(encoding="utf-8")
    changed = re.sub(pattern, new, text, flags=re.DOTALL)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    found = findings(root)
    assert sorted({one["check"] for one in found}) == expected, found
    about = {one["path"] for one in found} | {one["text"].partition(":")[0] for one in found}
    assert path.relative_to(root).as_posix() in about


def test_a_list_that_follows_the_titles_may_have_another_order(root):
    """As the lists of the plugins for tags and blogs do."""
    items = ['<li><a href="./guide/page/">A page</a></li>', '<li><a href="./">Top</a></li>']
    for folder, order in (("", items), ("ar/", items), ("de/", items[::-1])):
        path = root / "site" / folder / "index.html"
        text = path.read_text(encoding="utf-8")
        changed = text.replace("</article>", f"<ul>{''.join(order)}</ul></article>")
        assert changed != text
        path.write_text(changed, encoding="utf-8")
    assert findings(root) == []
    other = changed.replace('<a href="./">Top', '<a href="./guide/page/">Top')
    path.write_text(other, encoding="utf-8")
    assert [one["check"] for one in findings(root)] == ["site-target"]


def test_a_page_without_its_localization_is_missing(root):
    shutil.rmtree(root / "site/ar/guide")
    found = findings(root)
    assert [one["check"] for one in found if one["check"] == "site-missing"] == ["site-missing"]
    assert "skip_below = 80" not in (root / "yiben.toml").read_text()
    (root / "yiben.toml").write_text(SETTINGS + "skip_below = 80\n", encoding="utf-8")
    assert "site-missing" not in {one["check"] for one in findings(root)}


def test_a_finding_about_a_text_names_page_catalog_and_message(root):
    path = root / "site/de/guide/page/index.html"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Übersetzt: Nobody swims here. (fertig)", "Nobody swims here."))
    (one,) = findings(root)
    assert one["path"] == "locales/de/LC_MESSAGES/guide/page.po"
    catalog = (root / one["path"]).read_text(encoding="utf-8").split("\n")
    assert catalog[one["line"] - 1] == 'msgid "Nobody swims here."'
    assert one["message"] == "Nobody swims here."
    assert one["source"].startswith("content/guide/page.md:")
    assert one["text"].startswith("site/de/guide/page/index.html: ")


def test_a_baseline_hides_what_it_holds_and_keeps_that_of_other_checks(root):
    path = root / "site/de/index.html"
    path.write_text(path.read_text(encoding="utf-8").replace("chart.png", "map.png"))
    kept = {"path": "content/x.md", "check": "number", "fingerprint": "f"}
    (root / "b.json").write_text(json.dumps({"version": 1, "findings": [kept]}), encoding="utf-8")
    assert yiben(root, "verify", "site", "--baseline", "b.json", "--write-baseline").returncode == 0
    assert findings(root, "--baseline", "b.json") == []
    checks = {one["check"] for one in json.loads((root / "b.json").read_text())["findings"]}
    assert checks == {"site-image", "number"}


def test_a_severity_and_a_choice_hold(root):
    path = root / "site/de/index.html"
    path.write_text(path.read_text(encoding="utf-8").replace("chart.png", "map.png"))
    assert findings(root, "--ignore", "site-image") == []
    (root / "yiben.toml").write_text(SETTINGS + 'severity = { site-image = "off" }\n')
    assert findings(root) == []
    assert [one["check"] for one in findings(root, "--select", "site-image")] == ["site-image"]


def test_only_what_a_change_is_about(root):
    for words in (["init", "-q"], ["add", "-A", "-f"], ["commit", "-q", "-m", "x"]):
        names = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *names, *words], cwd=root, check=True)
    for page in ("index.html", "guide/page/index.html"):
        path = root / "site/de" / page
        path.write_text(re.sub(r"</?strong>|<li>", "", path.read_text(encoding="utf-8")))
    catalog = root / "locales/de/LC_MESSAGES/guide/page.po"
    new = catalog.read_text(encoding="utf-8").replace("Übersetzt: A page", "Hafenordnung")
    catalog.write_text(new, encoding="utf-8")
    assert len({one["path"] for one in findings(root)}) == 3
    paths = {one["path"] for one in findings(root, "--since", "HEAD")}
    assert paths == {"locales/de/LC_MESSAGES/guide/page.po", "site/de/guide/page/index.html"}


@pytest.mark.parametrize("form", ["text", "github", "gitlab", "sarif", "junit", "markdown"])
def test_all_reports_can_be_had(form, root):
    path = root / "site/de/index.html"
    path.write_text(path.read_text(encoding="utf-8").replace("chart.png", "map.png"))
    result = yiben(root, "verify", "site", "--format", form)
    assert result.returncode == 1
    assert "site-image" in result.stdout


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["nowhere"], "nowhere: is not a folder; build the site first, or name the right one"),
        (["locales"], "locales: has no pages of the source language (HTML); build the site first"),
        (["site", "--root", "de"], 'write LOCALE=FOLDER, such as "de=german"'),
        (["site", "--select", "number"], 'unknown check "number"'),
    ],
)
def test_misuse_gets_one_line(words, line, root):
    result = yiben(root, "verify", *words)
    assert result.returncode == 2
    assert line in result.stderr


def test_a_locale_that_was_not_built_is_named(root):
    (root / "site/de").rename(root / "site/german")
    result = yiben(root, "verify", "site")
    assert result.returncode == 2
    assert "site: has no folder for de; build it, or name it: --root de=FOLDER" in result.stderr
    assert yiben(root, "verify", "site", "--root", "de=german").returncode == 1


FILES = frozenset({"index.html", "a/index.html", "b.html", "de/a/index.html", "img/x y.png"})


@pytest.mark.parametrize(
    ("page", "url", "file"),
    [
        ("a/index.html", "../b.html#x", "b.html"),
        ("a/index.html", "../b", "b.html"),
        ("a/index.html", "./", "a/index.html"),
        ("a/index.html", "?q=1", "a/index.html"),
        ("a/index.html", "../img/x%20y.png", "img/x y.png"),
        ("a/index.html", "/manual/de/a/", "de/a/index.html"),
        ("a/index.html", "/manual", "index.html"),
        ("a/index.html", "https://example.org/manual/b/", ""),
        ("a/index.html", "//example.org/manual/b", "b.html"),
        ("a/index.html", "https://example.org/manual/de/a", "de/a/index.html"),
        ("a/index.html", "nope/", ""),
        ("a/index.html", "/other/b", None),
        ("a/index.html", "https://example.org/", None),
        ("a/index.html", "mailto:a@example.org", None),
        ("a/index.html", "../../b.html", None),
    ],
)
def test_a_link_leads_to_what_a_server_answers_with(page, url, file):
    address = SiteFiles(FILES, "https://example.org/manual/").address(page, url)
    assert (address.file if address else None) == file


def test_most_canonical_addresses_tell_where_the_site_is():
    known = [
        ("index.html", "https://example.org/m/"),
        ("a/index.html", "https://example.org/m/a/"),
        ("b.html", "https://example.org/m/b.html"),
        ("c.html", "https://example.org/elsewhere/"),
        ("d.html", ""),
    ]
    assert base_of(known) == "https://example.org/m/"


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("See [the **guide**](a(b).md#c) and `x_y`.", "See the guide and x_y."),
        ("![alt](x.png) Text[^1] :smile: &amp; { .c }", "Text &"),
        ("<kbd>Ctrl</kbd> <https://example.org>", "Ctrl https://example.org"),
        ("[text][label] and [label]", "text and label"),
    ],
)
def test_a_message_has_the_letters_that_readers_see(markdown, shown):
    assert letters_of_markdown(markdown) == letters(shown)


def test_a_page_is_read_as_browsers_read_it():
    page = read_page(
        "x.html",
        b"<html lang=zh dir=rtl><title>T</title><main>"
        b"<h1 id=a>A<a class=headerlink href=#a>#</a></h1>"
        b"<p>One <b>two</b><img src=i.png srcset='j.png 2x, k.png 3x'><pre>c\n</pre>"
        b"<svg><g id=inner></svg><nav><a href=n.html>N</a></nav></main>",
    )
    assert (page.language, page.direction, page.title) == ("zh", "rtl", "T")
    assert page.ids == {"a"}
    assert {link.url for link in page.links} == {"#a", "i.png", "j.png", "k.png", "n.html"}
    texts = [piece.text for block in page.blocks for piece in block if piece.text]
    assert texts == ["A", "One two", "c"]


@pytest.mark.parametrize(
    ("shown", "prose"),
    [
        (r"For \(f^{**}\) it holds", "For \ufffc it holds"),
        (r"<span class=arithmatex>\[ \frac{1}{{a}} \]</span>", "\ufffc"),
        ("$$a_{{b}}$$ and $x^{{2}}$ and $5 or **$6", "\ufffc and \ufffc and $5 or **$6"),
        ("a \\$ **b $ c", "a \\$ **b $ c"),
        (r"\begin{align*} x &= {{y}} \end{align*} is", "\ufffc is"),
        (r"\begin{align} {{y}} \end{cases}", r"\begin{align} {{y}} \end{cases}"),
    ],
)
def test_formulas_that_the_browser_sets_are_no_prose(shown, prose):
    page = read_page("x.html", f"<main><p>{shown}</p></main>".encode())
    assert [piece.prose for block in page.blocks for piece in block if piece.prose] == [prose]


@pytest.mark.parametrize(
    ("more", "source"),
    [
        # Hugo leads from the folder of the first language to its pages, which lie at the root.
        (("a/index.html", "b/index.html"), ""),
        (("en/a/index.html", "en/b/index.html"), "en"),
        (("404.html", "search.html", "en/a/index.html"), "en"),
        ((), "en"),
    ],
)
def test_a_folder_that_only_leads_to_the_source_is_not_its_own(more, source):
    target = ("zh-cn/index.html", "zh-cn/a/index.html", "zh-cn/b/index.html")
    files = ("index.html", "en/index.html", *target, *more)
    layout = layout_of(files, locale_of("en"), [locale_of("zh-CN")], {})
    assert layout.source == source
    assert set(more) - {"404.html", "search.html"} <= set(layout.pages)


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("https://t.example/share?url={}a/&text=A", "https://t.example/share?url={}zh/a/", True),
        ("https://t.example/share?url={}a/", "https://u.example/share?url={}zh/a/", False),
        ("https://t.example/?q=a", "https://t.example/?q=b", False),
        ("img/plan.png", "img/plan.zh-cn.png", True),
        ("img/plan.png", "img/plan_zh.png", False),
        ("img/plan.png", "img/other.zh-cn.png", False),
    ],
)
def test_links_that_are_the_same_for_other_readers(ours, theirs, same):
    base = "https://example.org/"
    pages = ("a.html", "zh/a.html")
    others = ("zh/img/plan.zh-cn.png", "zh/img/plan_zh.png", "zh/img/other.zh-cn.png")
    images = ("img/plan.png", *others)
    site = SiteFiles(frozenset((*pages, *images)), base)
    known = Compared(site, SiteLayout("", {"zh-CN": "zh"}, ("a.html",)), {"a.html": "zh/a.html"})
    own, other = (Piece("", 0, "x", links=(Link("a", one.format(base)),)) for one in (ours, theirs))
    assert (not list(target_faults(own, other, pages, known, ""))) == same
