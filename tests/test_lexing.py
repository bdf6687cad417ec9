"""Code is read for less than all of its tokens, and yet as Pygments' lexers read it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments.lexers import get_lexer_by_name

from toolkit.reading.segment.lexing import _MARKS, _runs, comments_and_strings

ALL = r"""
" "a" "a\"b" ' 'a' 'a\n' ` `a` // //· /// //! /* */ /*·a·*/ /**·b·*/ /*! # #· #! #a #if·0 #endif
\ \\ << <<E E ${ $ } { ( ) [ ] , ; . .. : :: -> => - + * / % & | < > ! ? ~ @ ^ = == <!-- --> " '
a b_1 x2 12 0x1f 1.5 word return if else for in \n \n ·  ·· é 字
""".split()
OWN = {
    "rust": r"""mod fn struct enum type union default break continue default·fn b br r b' b" br"
    r" r#" "# br##" "## r#type b'a' 'static 'a 'a: println!( self Self let x: &' &'a #[a #![a
    impl dyn mut 0.. u8 5u8 5foo b"\x9f" r#""".split(),
    "toml": """[a] [[a]] a.b·= true 1979-05-27 \"\"\" ''' {·a·=·1 ]] \"\" a·=·"b"\n""".split(),
    "go": r"""/\\n*·a·*/ a/b func var ' '\n' package chan rune""".split(),
    "java": r"""class record @Ann \"\"\"\n public·void·a( import """.split(),
    "c": r"""#include·<a> #include·"b" #define #if·0\n int·main( L"a" u8'a' struct {{#include·a}}
    {# )# /\\n*·a·*/ int·f(int·a)·#include·<a>·b\n{ int·f(int·a)·#if·0\na\n{ """.split(),
    "c++": """R"x( )x" R"( )" class namespace template<""".split(),
    "bash": """$' $" $(( )) $( case esac \\n function done ${a#b} EOF <<EOF\n""".split(),
    "python": '''f" f" {a} {a!r} """ \'\'\' r" b' def class match _: case @a f"{"'''.split(),
    "js": r"""${a} /a/ /[/]/g function => class #!a `a${ }b`""".split(),
}
"""Pieces of code in which the lexers change their states."""


def text_of(pieces: list[str]) -> str:
    return "".join(pieces).replace("·", " ").replace("\\n", "\n")


@pytest.mark.parametrize("language", OWN)
@settings(max_examples=40)
@given(data=st.data())
def test_as_all_tokens_say(language, data):
    pieces = st.sampled_from([*ALL, *OWN[language] * 3, "\n", " ", " "])
    text = text_of(data.draw(st.lists(pieces, max_size=24)))
    lexer = get_lexer_by_name(language)
    assert lexer.name in _MARKS
    expected = list(_runs(lexer.get_tokens_unprocessed(text), len(text)))
    assert list(comments_and_strings(language, text)) == expected
