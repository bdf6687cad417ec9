"""The dialects' programs show pages with a marker in each message as they show their sources."""

import re

import pytest
from fixture_files import cases
from shown_pages import differing
from trees import CORPUS

pytestmark = pytest.mark.peers

SPECIFICATION = CORPUS / "commonmark-spec/spec.txt"
EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", re.MULTILINE | re.DOTALL)
EXCEPTIONS = {
    "kramdown": {
        "---\nFoo\n---\nBar\n---\nBaz\n": "front matter for Jekyll",
        "[link](foo\nbar)\n": "a target of two lines becomes one of one",
        "[ẞ]\n\n[SS]: /url\n": "kramdown folds no case",
        "[bar\\\\]: /uri\n\n[bar\\\\]\n": "kramdown sees an escape in the short label alone",
        '[foo] \n[]\n\n[foo]: /url "title"\n': "blanks in front of an empty label",
        '![foo] \n[]\n\n[foo]: /url "title"\n': "blanks in front of an empty label",
        "[foo*]: /url\n\n*[foo*]\n": "what looks like an abbreviation is none",
    },
    "quarto": {
        "[foo]: /url '\ntitle\nline1\nline2\n'\n\n[foo]\n": "a quote as part of a target",
        "[foo]: /url 'title\n\nwith blank line'\n\n[foo]\n": "a quote as part of a target",
        "[foo]:\n\n[foo]\n": "a definition without a target",
        "```foo``\n": "lone backticks are escaped together",
        "__\nfoo bar__\n": "marks at the end of a line",
        "[ẞ]\n\n[SS]: /url\n": "Pandoc folds case otherwise",
        "[]\n\n[]: /uri\n": "the marker stands in a target",
        "[\n ]\n\n[\n ]: /uri\n": "the marker stands in a target",
    },
}
"""Pages that are shown otherwise, by dialect, with the reasons."""
PROGRAMS = ("commonmark", "hugo", "mdbook", "gfm", "myst", "mdx", "kramdown", "quarto")


@pytest.mark.parametrize("name", PROGRAMS)
def test_fixtures_stay_as_they_are_shown(name, tmp_path):
    pages = [
        case.source
        for case in cases()
        if case.dialect in {name, "commonmark"} and "{{" not in case.source
        if not case.source.startswith(("---", "+++", "{", "<!--\n+++"))
    ]
    assert len(pages) > 9
    assert differing(pages, name, tmp_path) == []


@pytest.mark.skipif(not SPECIFICATION.is_file(), reason="the corpus is not beside the project")
@pytest.mark.parametrize("name", PROGRAMS)
def test_examples_of_the_specification_stay_as_they_are_shown(name, tmp_path):
    text = SPECIFICATION.read_text(encoding="utf-8").replace("→", "\t")
    pages = EXAMPLE.findall(text)
    assert len(pages) > 600
    excepted = EXCEPTIONS.get(name, {})
    assert sorted(differing(pages, name, tmp_path)) == sorted(excepted)
