"""Which tags start a block of HTML in a paragraph: all elements, held to the real programs."""

import re

import pytest
from judges import JUDGES

from toolkit import read

pytestmark = pytest.mark.peers

NAMES = """
a abbr acronym address applet area article aside audio b base basefont bdi bdo big blockquote body
br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir
div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h6 h7 head header
hgroup hr html i iframe img input ins kbd label legend li link main map mark math menu menuitem
meta meter nav noframes noscript object ol optgroup option output p param picture pre progress q
rp rt ruby s samp script search section select slot small source span strike strong style sub
summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var
video wbr x-y
""".split()
FORMS = (
    *("<{} a=b> more", "<{}> more", "<{}>", "<{}", "<{}/> more", "<{}/", "<{} a=b\nmore>"),
    *("</{}> more", "</{} > more", "</ {}> more", "</{}", "< {}> more", "   <{}> more"),
    *("<{}\ta=b> more", "<{}\fa> more", "<{}\va> more", "<{}\xa0a> more", "<{}/a> more"),
)
CUT = re.compile(r"<p[^>]*>Words\s*</p>")
"""What programs show of a paragraph that ends before the tag."""


@pytest.mark.parametrize("dialect", ["gfm", "hugo", "mdbook", "kramdown"])
def test_a_tag_starts_a_block_where_the_program_has_it(dialect):
    tags = [form.format(name) for form in FORMS for name in (*NAMES, "DIV", "SCRIPT")]
    pages = [f"Words\n{tag}\n" for tag in tags]
    ((_, judge),) = JUDGES[dialect]
    shown = [bool(CUT.search(html)) for html in judge(pages)]
    ours = [all(len(one.text) == len("Words") for one in _words(page, dialect)) for page in pages]
    pairs = zip(tags, shown, ours, strict=True)
    assert [tag for tag, program, own in pairs if program is not own] == []
    assert any(shown)
    assert not all(shown)


def _words(page, dialect):
    return [one for one in read(page, dialect).units if one.text.startswith("Words")]
