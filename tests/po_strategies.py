"""Catalogs of any kind, for properties of what reads and writes PO files."""

from hypothesis import strategies as st

from toolkit.model.catalog import Catalog, Message

HEADER = (
    ("Language", "zh_Hans"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=UTF-8"),
    ("Content-Transfer-Encoding", "8bit"),
)
CONTROLS = [chr(code) for code in range(1, 32)]
ODD = [*CONTROLS, "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\u2068", "\u2069", "\ue000"]
MANNERS = [
    *'"\\\n#\t-/ab，。「」é😀', "\\n", "#~", "msgid", " ", "  ", "b c", "中文，", "e\u0301",
]  # fmt: skip

characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
texts = st.one_of(
    st.text(characters, max_size=30),
    st.lists(st.sampled_from(MANNERS + ODD), max_size=30).map("".join),
)
lines = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\n")),
    st.lists(st.sampled_from([word for word in MANNERS + ODD if "\n" not in word])).map("".join),
).filter(lambda line: not line.endswith(("\\", "\\ ", "\r")) and "#-#-#-#-#" not in line)
"""Of comments; gettext itself puts a blank behind a last backslash."""
references = (
    st.tuples(st.from_regex(r"[a-z/中]*[a-z.][a-z/中]*[a-z]", fullmatch=True), st.integers(0, 9999))
    .map(lambda pair: f"{pair[0]}:{pair[1]}" if pair[1] else pair[0])
    .filter(
        lambda place: not place.startswith("./")  # which gettext takes away
    )
)
known_flags = st.lists(
    st.sampled_from(["python-format", "no-c-format", "python-brace-format"]), unique=True
).map(lambda flags: tuple(sorted(flags, key="no-c-format python-format python-brace-format".find)))


@st.composite
def messages(draw):
    plural = draw(st.booleans())
    previous = draw(st.none() | texts)
    fuzzy = draw(st.booleans())
    string = draw(texts.filter(bool) if fuzzy else texts)
    return Message(
        id=draw(texts.filter(bool)),
        string="" if plural else string,
        context=draw(st.none() | texts),
        id_plural=draw(texts) if plural else None,
        plurals=(string, *draw(st.lists(texts, max_size=3))) if plural else (),
        comments=tuple(draw(st.lists(lines, max_size=3))),
        extracted=tuple(draw(st.lists(lines, max_size=3))),
        references=tuple(draw(st.lists(references, max_size=6, unique=True))),
        flags=(("fuzzy",) if fuzzy else ()) + draw(known_flags),
        previous_context=draw(st.none() | texts) if previous is not None else None,
        previous_id=previous,
        previous_plural=draw(st.none() | texts) if previous is not None else None,
        # gettext drops an obsolete message that has no translation.
        obsolete=bool(string) and draw(st.booleans()),
    )


def ordered(found):
    return Catalog(tuple(sorted(found, key=lambda message: message.obsolete)), HEADER)


catalogs = st.lists(messages(), max_size=4, unique_by=lambda message: message.key).map(ordered)
