"""Translations that repeat pieces of their source need no reading: a reading finds nothing new."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from toolkit.dialects import dialect_named
from toolkit.writing.guard.acting import Place
from toolkit.writing.guard.foreign import _foreign, ended_urls
from toolkit.writing.guard.repeating import repeats
from toolkit.writing.guard.suspicion import is_suspicious

GRAMMARS = [
    dialect_named(name).grammar
    for name in ("commonmark", "gfm", "mkdocs", "myst", "hugo", "docusaurus", "quarto", "kramdown")
]
MKDOCS = dialect_named("mkdocs").grammar
PIECES = [
    piece.replace("·", " ")
    for piece in r"""
[`a<b>`](c) [`a<b>`][c] [`{a:·b}`](c) `{·..·}` `{:?}` {a:?}:·b {a}ms {a:#?}" {a:#}" {a}B
{a:?}·[b](c) `a` `a·b` `(x)` `r·x` `//` `www.a` `a="b"` `{` `` ` $a$ $a_{1}$ $\alpha$
$[0,1)$ $a<b$ $a·<·b$ $f'$ $\{x\}$ $a[i][j]$ $a[i]$ $x^{2^{n}}$ $\href{a}{b}$ $\,·$ $$ $
$a//b$ $(0,1]$ $a{b$ $c}d$ $n!$ ${a}$ $-->$ $x++}$ [a](b) [www](http://e.f/g) [x](y#z)
[TOC](z) ![i](j.png) [`a`](b) [`c`](http://e.f) [a][b] [a] [c] [^1] [^2] #12 #13 [ ] ](b)
(b) ( <b> < x> {.c} { } {{ }} {% @me a@b.cd http://e.f/g www.x.y \ &lt; & ! :: : / // " ' =
-- -> * ** _ ~~ x foo 字 。 ， ） 1 . , ; ) ? TOC <http://a.b> <http://a.c> {x} {y} `<b>` `a<b`
`&lt;` $a:b$ $data:x$ $a~b$ $x_{f'}$ [^1][^2] $\{n,m\}$ $\{-1\}$ $\{a_{b}\}$ $\{a$ $a\}$
$\frac{a_{b}}{c_{d}}$ $x_{a_{b_{c}}}$ {{b}_c}$ ${a_{b}}$ $\{.c\}$ [x·`a`·y](b) [`a``b`](b)
[`a`][b] [`a`] [x·`a`] [![i](j.png)](b) [![i](j.png)](www.c) ![`a`](j.png) [a](b?c=d&e=f)
[a](b&#c) [a](b&lt;c) http://e.f/g/ http://e.f/a_b_ https://e.f. @me @you/x @me-2 `<a>`
`</b>` `a<b` `a>b` `<!--` `&lt;` `&amp` `&#60;` `a·&·b` `\n` `\href` `\` `\d+` `{a}` `{}`
`{{a}}` `@me` `a@b.cd` `@a.b()` `8<` `--8<--` `{a` `a}` `<a` `a>` `<a·b="c">` &·a &nbsp;
&amp; &lt;a &nbsp {:?} {} {}" {a:?}" {x}" {a:.2}, "{} " \n \n" \t\n \name \newcommand \tex
\re \_ \* a\_b \*\* \_) \*[ \*, <br> <br/> <br·/> <a·id="b"></a> <a·name="c"></a>
<i·class="a·b"></i> <a·id="b"> ![a] ![a][b] ![a][] ![`a`] [a]: [`a`]: [a][b]: [^1]: -> -->
--!> :: a::b ::a ::: __[a](b)__ _[a]_ [a]_ [a]{ __ _`a`_ 1 " ' }, ." {x}{y} {x}( {x}! {x}![
;$a$ :$a$ ,`a` $a$- `a`-- "> '> =' -} "·/> http: [a·\[b\]](c) [a\[b\]·c](d) \[a\] [\[a](b)
[a\]](b) [a·&·b](c) [a·$x_{1}$](b) [a·$\(x$](b) [$a$](b) [$a$] [a$b$](c) [`a`$b$](c)
[http://e.f](http://e.f) [http://e.f](http://g.h) [www.e.f](b) {.a·b} {*·a·b[9]·*} {a[^1]}
<abbr·title="a">b</abbr> <abbr·title="a·javascript:b">b</abbr> <abbr·title="//a">b</abbr>
<a·id="b.c"></a> <small>a</small> <small>·b·</small> <b>a</b> <i> </b> <sub>x=y</sub>
<em>*a</em> <u>`a`</u> </small> $[a_{b},c]$ $[a_{b}]{c}$ $30\%$ $\%}$ $f(x;y)$ $a÷b$
{a={b}}$ $x_{a={b}}$ $\{:a\}$ $\{a={b}\}$
""".split()
]
"""Simple pieces, and what could join two of them or make others of them."""
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6)
JOINED = st.sampled_from([" ", " ", "", "。", "\n"])


@settings(max_examples=300)
@given(
    grammar=st.sampled_from(GRAMMARS),
    source=TEXTS,
    order=st.permutations(range(6)),
    joined=JOINED,
    place=st.sampled_from([Place.TEXT, Place.HEADING]),
)
def test_what_repeats_its_source_adds_nothing(grammar, source, order, joined, place):
    text = joined.join(source[number] for number in order if number < len(source))
    before = " ".join(source)
    assume(repeats(before, text, grammar, place))
    assert ended_urls(before, text, grammar) == text
    assert not list(_foreign(before, text, grammar, place))


SCHEMES = "JavaScript:a vbscript: http:a https: ftps:a FILE: mailto:a tel:1 blob: data:a".split()
UNSUSPICIOUS = st.lists(
    st.sampled_from([*PIECES, *SCHEMES, "note:**", "le:", "s:a", "a"]),
    max_size=5,
)


@settings(max_examples=200)
@given(
    grammar=st.sampled_from(GRAMMARS),
    pieces=UNSUSPICIOUS,
    joined=st.sampled_from(["", " "]),
    place=st.sampled_from(Place),
)
def test_texts_without_suspicious_characters_have_no_features(grammar, pieces, joined, place):
    text = joined.join(pieces)
    assume(not is_suspicious(text, grammar, place))
    assert not list(_foreign("", text, grammar, place))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("See `a` and $x_{1}$.", "Siehe $x_{1}$ und `a`."),
        ("Read [the guide](guide.md#x), #12.[^1]", "#12: [das Handbuch](guide.md#x) hier[^1]"),
        ("![A house](house.png)", "![Ein Haus](house.png)"),
        (r"The set $\{1,n\}$ of $\frac{a_{b}}{c}$", r"$\frac{a_{b}}{c}$ der Menge $\{1,n\}$"),
        ("[The `jni` crate](a.md) and [`x`]", "Siehe [`x`] und [`jni`, das Paket](a.md)"),
        ("[![State](a.svg)](b)", "[![Stand](a.svg)](b)"),
        ("By @me in https://e.org/a <sub>now</sub>", "<sub>Jetzt</sub> von @me in https://e.org/a"),
    ],
)
def test_most_translations_repeat(source, text):
    assert repeats(source, text, MKDOCS, Place.TEXT)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Read [this](a.md).", "Lies [das](b.md)."),
        ("Write `<!-- [a](b.md) -->`.", "[a](b.md)"),
        ("Write ``[a](b.md) `x` ``.", "`x`"),
        ("Use `a`.", "Nimm \\`a`."),
        ("$a$ and $b$", "$a$5 und $b$"),
        ("[^1] here", "[^1]: hier"),
        (r"$\{a$ and $b\}$", r"$b\}$ und $\{a$"),
        ("See https://e.org/a now", "Siehe https://e.org/a。Dann"),
        ("See https://e.org/a now", "Siehe https://e.org/b jetzt"),
        ("<small>a</small> b", "<small>a b"),
        ("<small>a</small> b", "<b>a</b> b"),
        ("[![State](a.svg)](b)", "![Stand](a.svg)"),
        ("Ask @me", "Frag @you"),
    ],
)
def test_others_are_read(source, text):
    assert not repeats(source, text, MKDOCS, Place.TEXT)


def test_formulas_with_braces_in_braces_may_move():
    source, text = (
        r"$\frac{a_{b}}{c_{d}}$ and $\frac{a}{b}$",
        r"$\frac{a}{b}$ und $\frac{a_{b}}{c_{d}}$",
    )
    assert not list(_foreign(source, text, MKDOCS, Place.TEXT))
    assert list(_foreign(r"$a={b}$ and $c$", r"*a*{b={c}} und $c$", MKDOCS, Place.TEXT))
