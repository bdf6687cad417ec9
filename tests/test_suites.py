"""The example pages of other programs' suites stay as they are shown, with a marker in each."""

import pytest
import suites
from marking import MARKER
from shown_pages import differing, localized

pytestmark = pytest.mark.peers

READ_AS = [
    (suites.CMARK_GFM, "gfm"),
    (suites.GOLDMARK, "hugo"),
    (suites.PULLDOWN_CMARK, "mdbook"),
    (suites.MYST_PARSER, "myst"),
    (suites.MDX, "mdx"),
    (suites.MDX, "docusaurus"),
    (suites.MDX_JSX, "mdx"),
    (suites.MDX_EXPRESSION, "mdx"),
]
EXCEPTIONS = {
    (suites.PULLDOWN_CMARK, "regression.txt", 66): "a target over two lines of a quote",
    (suites.PULLDOWN_CMARK, "regression.txt", 213): "pulldown-cmark drops an escaped bracket",
    (suites.MDX_EXPRESSION, "index.js", 11): "blanks in front of a line's end are no text",
    (suites.MDX_EXPRESSION, "index.js", 13): "a comment's lines are joined",
    (suites.MDX_EXPRESSION, "index.js", 47): "the lines of a template lose their indents",
}
"""What is shown otherwise or is other code, by suite, file and number, with the reason."""


@pytest.mark.parametrize(("suite", "dialect"), READ_AS, ids=str)
def test_examples_stay_as_they_are_shown(suite, dialect, tmp_path):
    examples = suite.examples()
    pages = examples.values()
    assert len(pages) > 80
    assert [one for one in pages if localized(one, dialect, lambda text: text) != one] == []
    assert sum(MARKER in localized(one, dialect) for one in pages) > len(pages) / 3
    excepted = [examples[file, number] for one, file, number in EXCEPTIONS if one is suite]
    assert sorted(set(differing(pages, dialect, tmp_path))) == sorted(excepted)
