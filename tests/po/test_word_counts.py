"""The words of versions of a catalog: what is remembered of entries changes no number."""

import re

from hypothesis import given
from hypothesis import strategies as st

from toolkit.catalogs.po import read_catalog
from toolkit.catalogs.statistics import count_words
from toolkit.catalogs.word_counts import WordCounts
from toolkit.model.errors import ToolkitError

WORDLESS = re.compile(r"`[^`]*`")
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"'
ENTRIES = [
    'msgid "one word"\nmsgstr "ein Wort"',
    '#, fuzzy\nmsgid "one word"\nmsgstr "ein Wort"',
    '#: a.md:1 b.md:2\nmsgid "three more words"\nmsgstr ""',
    '#: a.md:1 b.md:2\nmsgid "three more words"\nmsgstr "drei"',
    '#~ msgid "old"\n#~ msgstr "alt"',
    'msgctxt "c"\nmsgid "one word"\nmsgstr "x"',
    'msgid "two"\nmsgid_plural "twos"\nmsgstr[0] "zwei"',
    "# a note",
    "#, fuzzy",
    'msgid "no translation"',
    'msgid ""\n\n"over a gap"\nmsgstr "x"',
    "#-#-#-#-#  a.po  #-#-#-#-#",
    "<<<<<<< HEAD",
    '"more"',
    '#~| msgid "before"',
]  # fmt: skip
files = st.lists(
    st.tuples(st.sampled_from([HEADER, *ENTRIES]), st.sampled_from(["\n\n"] * 4 + ["\n", "\n\n\n"]))
).map(lambda parts: "".join(text + gap for text, gap in parts))


def words_of(text):
    """Count the words as the definition has it: of messages that are not obsolete."""
    try:
        messages = read_catalog("", text.encode()).messages
    except ToolkitError:
        return (0, 0)
    counts = [
        (count_words(one.id, WORDLESS) * max(1, len(one.references)), one.translated)
        for one in messages
        if not one.obsolete
    ]
    return sum(count for count, done in counts if done), sum(count for count, _ in counts)


@given(st.lists(files, min_size=1, max_size=4))
def test_many_versions_count_as_each_does(versions):
    counts = WordCounts(WORDLESS)
    for text in versions:
        assert counts.of_catalog(text.encode()) == words_of(text)


def test_real_catalogs_count_once_and_again(real):
    data = real.read_bytes()
    counts = WordCounts(WORDLESS)
    expected = words_of(data.decode())
    assert counts.of_catalog(data) == expected
    assert counts.of_catalog(data) == expected


def test_a_charset_of_the_header_holds():
    head = HEADER.replace("UTF-8", "ISO-8859-1")
    text = f'{head}\n\nmsgid "dé jà vu"\nmsgstr "x"\n'
    assert WordCounts(WORDLESS).of_catalog(text.encode("latin-1")) == (3, 3)
