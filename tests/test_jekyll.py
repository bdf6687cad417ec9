"""Pages of Jekyll: kramdown and Jekyll show localized ones as they show their sources."""

import re
import shutil
import subprocess

import judges
import pytest
from mirrors import Mirror, pages_or_skip
from projects import write_files, yiben
from shown_pages import differing

from toolkit.dialects import dialect_named
from toolkit.model.document import Document
from toolkit.reading.anchors import heading_ids
from toolkit.reading.segment import FRONT_MATTER_KEYS, read
from toolkit.writing.guard import Guard

DIALECT = dialect_named("kramdown")
HEADINGS = """\
# Plain words

## Plain words

## Über `code` & *more* -- so

## With an id {#own}

## Listed
{: .wide #listed}

{: #above}
## Below it

Underlined, 2nd time
--------------------

### Emoji :smile: and [a link](x.md)

### What's "quoted"?
"""
IDS = [
    *("plain-words", "plain-words-1", "über-code--more--so", "own", "listed", "above"),
    *("underlined-2nd-time", "emoji-smile-and-a-link", "whats-quoted"),
]
SITE = {
    "_config.yml": "title: x\nexclude: [locales]\ncollections:\n  guides:\n    output: true\n",
    "index.md": "---\nlayout: none\ntitle: Start here\n---\n\n# Welcome {#top}\n\n"
    "{% include note.html %}\n\nRead the [first guide]({% link _guides/first.md %}).\n{: .lead}\n",
    "_guides/first.md": "---\nlayout: none\n---\n\n| Name | Use |\n|------|-----|\n"
    "| quay | to land |\n\n"
    "{% highlight ruby %}\nputs 1\n{% endhighlight %}\n\n* One\n* Two\n{: .list}\n",
    "_posts/2020-01-02-news.md": "---\nlayout: none\ntitle: News\n---\n\nSome news.\n",
    "_includes/note.html": '<aside class="note">kept</aside>\n',
}


def ids(text):
    document = Document("a.md", text)
    return [one.id for one in heading_ids(read(document, DIALECT), document, DIALECT, "jekyll")]


@pytest.mark.peers
def test_ids_are_those_of_jekyll():
    (html,) = judges.by_kramdown([HEADINGS])
    assert re.findall(r'<h[1-6][^>]*\bid="([^"]*)"', html) == IDS


def test_our_ids_are_those_that_jekyll_has_shown():
    assert ids(HEADINGS) == IDS


@pytest.mark.peers
@pytest.mark.parametrize("opening", ["![", "![a ", "[![a "])
def test_images_that_nothing_closes_do_not_hold_kramdown_up(opening):
    """It takes twice as long for each of them; a few are as they are."""
    few, many = f"See {opening * 2}x.", f"See {opening * 60}x."
    pages = [built(SHORT, {"A text.": text}) for text in (few, many)]
    assert pages[0] == SHORT.replace("A text.", few)
    assert "![" not in pages[1]
    for html in judges.by_kramdown(pages):
        assert "<img" not in html
        assert html.count("![") in {2, 60}


def built(text, translations):
    document = Document("a.md", text)
    reading = read(document, DIALECT)
    known: dict[tuple[str | None, str], str] = {
        (None, one): words for one, words in translations.items()
    }
    return Guard(DIALECT, FRONT_MATTER_KEYS, ()).built(document, reading, known).text


SHORT = "# Heading\n\nA text.\n"


def site(root):
    write_files(root, SITE)
    return root


@pytest.mark.parametrize("text", ["L\\\\`x`|t", "L\\`x`|t", "L|t", "`x`|t", "L\\|t"])
def test_definitions_with_pipes_are_the_tables_of_kramdown(text):
    """A backslash in front of code escapes no pipe behind it."""
    page = f'[s]: u.md "{text}"\n\nx [s]\n'
    tables = sum("<table" in shown for shown in judges.by_kramdown([page]))
    tokens = dialect_named("kramdown").parser.blocks(page)[0]
    assert bool(tables) is (tokens[0].type != "definition")


def test_a_site_starts_with_its_collections(tmp_path):
    root = site(tmp_path)
    result = yiben(root, "init", "-t", "de")
    assert result.returncode == 0, result.stderr
    settings = (root / "yiben.toml").read_text(encoding="utf-8")
    assert 'dialect = "kramdown"' in settings
    assert yiben(root, "update").returncode == 0
    domains = {path.name for path in (root / "locales/de/LC_MESSAGES").rglob("*.po")}
    assert domains == {"index.po", "first.po", "2020-01-02-news.po"}


@pytest.mark.peers
def test_jekyll_builds_the_localized_pages_as_the_sources(tmp_path):
    program = shutil.which("jekyll") or pytest.skip("Jekyll is not installed")
    root = site(tmp_path)
    assert yiben(root, "init", "-t", "de").returncode == 0
    assert yiben(root, "update").returncode == 0
    assert yiben(root, "build", "-l", "en-XA").returncode == 0
    subprocess.run([program, "build", "--quiet"], cwd=root, check=True, capture_output=True)
    built = root / "_site"
    source = (built / "index.html").read_text(encoding="utf-8")
    localized = (built / "en-XA/index.html").read_text(encoding="utf-8")
    assert source != localized
    deeds = [judges.deeds_of(page) for page in (source, localized)]
    assert deeds[0] == deeds[1]
    assert 'id="top"' in localized
    news = [path.parent.as_posix() for path in built.rglob("news.html")]
    assert len(news) == 2


@pytest.mark.nightly
@pytest.mark.parametrize("mirror", [Mirror("jekyll/jekyll", "docs/_docs")], ids=str)
def test_real_pages_are_shown_as_they_were(mirror, tmp_path):
    pages = [judges.without_header(data.decode("utf-8")) for data in pages_or_skip(mirror).values()]
    broken = differing(pages, "kramdown", tmp_path)
    # One has a tag that takes the blank line behind its heading away.
    assert len(broken) <= 1, broken
