"""The dialects' programs show pages with a marker in each message as they show their sources."""

import re

import pytest
from fixture_files import cases
from shown_pages import differing
from trees import CORPUS

pytestmark = pytest.mark.peers

SPECIFICATION = CORPUS / "commonmark-spec/spec.txt"
EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", re.MULTILINE | re.DOTALL)
PROGRAMS = ("commonmark", "hugo", "mdbook", "gfm", "myst", "mdx")


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
    assert differing(pages, name, tmp_path) == []
