"""Check a translator's file, and cut it into messages.

polib 1.2.0 reads sound files well and unsound ones too: it takes `msgid "a` for nothing, cuts
texts at U+2028, drops `#~|`, and so on. So every line is checked here against the grammar of
GNU gettext (po-gram-gen.y, po-lex.c of 0.21), everything wrong is reported with its place, and
`reading` gets the lines of each sound message in one form: one line for a text, stand-ins of
`catalogs.po.marks` for odd blanks, obsolete comments as ordinary ones. The same pass
finds where each message stands in the file, so that the file can be edited in place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.po.diagnosis import misread
from toolkit.catalogs.po.escapes import KNOWN_TO_POLIB, UNKNOWN, simplify
from toolkit.catalogs.po.marks import BLANK, END, STICKY, hide_breaks, hide_spaces
from toolkit.catalogs.po.usual import Place, usual_entry
from toolkit.model.errors import Problem
from toolkit.model.expressions import late

if TYPE_CHECKING:
    import re

    from toolkit.catalogs.po.usual import Usual
    from toolkit.model.catalog import Message

_FIELD = late(
    rf"[{BLANK}]*(?:(#~\|?|#\|)[{BLANK}]*)?"
    rf"(?:(msg(?:id_plural|id|ctxt|str))(?:(?<=str)[{BLANK}]*\[[{BLANK}]*([0-9]+)[{BLANK}]*\])?)?"
    rf'[{BLANK}]*"([^"\\]*(?:\\{KNOWN_TO_POLIB}[^"\\]*)*)"[{BLANK}]*\Z'
)
_LOOSE = late(
    rf"[{BLANK}]*(#~\|?|#\|)?([{BLANK}]*(?:msg[a-z_]+(?:[{BLANK}]*\[[^]]*\])?)?)"
    rf'((?:[{BLANK}]*"[^"\\]*(?:\\.[^"\\]*)*")+)[{BLANK}]*'
)
_QUOTED = late(r'"([^"\\]*(?:\\.[^"\\]*)*)"')
_PLAIN_REFERENCES = late(r"[!-~ \t]*\Z")
_REFERENCE = late("\u2068([^\u2069]*)\u2069([^ \\t]*)|[^ \\t]+")
_HEADER = late(rf'msgid "{END}[A-Za-z-]+: .*\\n"')
_HEADERLESS = 'the header has no msgstr; write msgstr "" below its msgid ""'
_MOST_PLURALS = 10

_FOLLOWERS = {
    "": ("msgctxt", "msgid"),
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr"),
    "msgid_plural": ("msgstr[]",),
    "msgstr": ("msgctxt", "msgid"),
    "msgstr[]": ("msgstr[]", "msgctxt", "msgid"),
}
_UNFINISHED = ("msgctxt", "msgid", "msgid_plural")
_OPENERS = ("msgctxt", "msgid")
_ANY_TEXT = 'msgstr ""'


class Scan(NamedTuple):
    """The text for polib to read, and what polib cannot find out."""

    messages: tuple[tuple[str, ...] | Message, ...]
    """The lines of every sound message, the header included, as `reading` takes them; or the
    message itself, where it has the usual form."""
    places: tuple[Place, ...]
    """The place of each sound message, in order; a header that we add has none."""
    problems: tuple[Problem, ...]
    """The problems of the messages left out of `text`."""


def scan(path_name: str, text: str) -> Scan:
    r"""Check the text of a PO file (line ends are `\n`) and rewrite it for polib."""
    scanner = _Scanner(path_name)
    hidden = hide_breaks(text)
    # Stand-ins would have to be taken back.
    is_usual = hidden == text
    start = 0
    while start <= len(hidden):
        entry = (
            usual_entry(hidden, start, scanner.line) if is_usual and scanner.is_between else None
        )
        if entry:
            start = scanner.take(hidden, entry)
        else:
            end = (hidden.find("\n", start) + 1 or len(hidden) + 1) - 1
            scanner.read(hidden[start:end])
            start = end + 1
    scanner.finish()
    return Scan(tuple(scanner.messages), tuple(scanner.places), tuple(scanner.problems))


class _Scanner:
    """The lines read so far; `stage` is the last field of the message being read."""

    __slots__ = (
        "at_id", "first", "forms", "last", "line", "mark", "messages", "obsolete", "out",
        "path_name", "places", "problems", "sound", "stage", "whole",
    )  # fmt: skip

    def __init__(self, path_name: str) -> None:
        self.path_name = path_name
        self.messages: list[tuple[str, ...] | Message] = []
        self.places: list[Place] = []
        self.problems: list[Problem] = []
        self.line = 0
        self._begin()

    def _begin(self) -> None:
        self.stage = ""
        self.out: list[str] = []
        self.whole: Message | None = None
        self.sound = True
        self.first = 0
        self.at_id = 0
        self.last = 0
        self.forms = 0
        self.obsolete = False
        self.mark: str | None = None

    @property
    def is_between(self) -> bool:
        """Whether the next line may start a message, and nothing stands before it."""
        if self.stage:
            return self.stage not in _UNFINISHED
        return self.sound and not (self.out or self.first)

    def take(self, text: str, entry: Usual) -> int:
        """Take an entry and those behind it, as if they had been read line by line; their end."""
        if self.stage:
            self._close()
        message, place, end = entry
        while following := usual_entry(text, end, place.last):
            self.messages.append(message)
            self.places.append(place)
            message, place, end = following
        self.whole = message
        self.first, self.at_id, self.last = place
        self.line = place.last
        self.stage, self.mark, self.out = "msgstr", "", [_ANY_TEXT]
        return end

    def read(self, line: str) -> None:
        """Take one line of the file."""
        self.line += 1
        if not line:
            return
        if line[0] == "#" and line[1:2] not in ("~", "|"):
            self._comment(line)
        elif field := _FIELD.match(line):
            self._field(*field.groups())
        else:
            self._unlike_field(line)
        if not self.first and line.strip(BLANK):
            self.first = self.line

    def _unlike_field(self, line: str) -> None:
        words = line.strip(BLANK)
        if words.startswith("#") and words[1:2] not in ("~", "|"):
            self._comment(line.lstrip(BLANK))
        elif words.startswith("#~") and words[2:].lstrip(BLANK).startswith("#"):
            self._comment(words[2:].lstrip(BLANK))
        elif words not in ("", "#~", "#|", "#~|"):
            self._unusual(line)

    def finish(self) -> None:
        """Close the last message; comments after it belong to nothing."""
        self._close()

    def _report(self, column: int, text: str) -> None:
        self.sound = False
        self.problems.append(Problem(self.path_name, self.line, column, text))

    def _close(self) -> None:
        if self.stage in _UNFINISHED and self.sound:
            self.sound = False
            header = not self.places and _HEADER.match(self.out[-1])
            words = _HEADERLESS if header else "this message has no msgstr; add one"
            self.problems.append(Problem(self.path_name, self.at_id, 1, words))
        if self.stage and self.sound:
            self.places.append(Place(self.first or self.line, self.at_id, self.last))
            self.messages.append(self.whole or tuple(self.out))
        self._begin()

    def _unusual(self, line: str) -> None:
        """Take a line that is no plain field: odd escapes, several texts, a comment, a mistake."""
        mark = ""
        end = 0
        while found := _LOOSE.match(line, end):
            # What `#~` says holds to the end of the line.
            mark = found[1] or mark
            if not self._piece(line, found, mark):
                return
            end = found.end()
        if line.startswith("#", end) and end:
            self._comment(line[end:])
        elif line[end:]:
            self._report(*misread(line))

    def _piece(self, line: str, found: re.Match[str], mark: str) -> bool:
        """Take a keyword with its texts, or texts that go on; whether they are sound."""
        for unknown in UNKNOWN.finditer(found[3]):
            if unknown[1]:
                column = found.start(3) + unknown.start() + 1
                self._report(column, f"unknown escape {unknown[1]}; write \\{unknown[1]}")
        if not self.sound:
            return False
        try:
            plain = "".join(simplify(body) for body in _QUOTED.findall(found[3]))
        except ValueError:
            column = line.index('"', found.start()) + 1
            self._report(column, "numbers after backslashes give no UTF-8 text")
            return False
        field = _FIELD.match(f'{mark}{found[2]}"{hide_breaks(plain)}"')
        if field:
            self._field(*field.groups())
            return True
        self._report(*misread(line))
        return False

    def _field(self, mark: str | None, word: str | None, index: str | None, body: str) -> None:
        if word is None:
            self._continue(mark, body)
        elif mark in ("#|", "#~|"):
            self._previous(mark, word, body)
        else:
            self._keyword(mark, word, index, body)

    def _continue(self, mark: str | None, body: str) -> None:
        if self.mark != (mark or ""):
            if self.sound:
                self._report(1, "this string belongs to no keyword; put msgid or msgstr before it")
            return
        self.out[-1] = f'{self.out[-1][:-1]}{body}"'
        if self.stage:
            self.last = self.line

    def _previous(self, mark: str, word: str, body: str) -> None:
        self._before_fields("what the source was before (#|)")
        if word == "msgstr":
            self._report(1, "a previous source (#|) has no msgstr; delete this line")
            return
        self.mark = mark
        self.out.append(f'#| {word} "{body}"')

    def _keyword(self, mark: str | None, word: str, index: str | None, body: str) -> None:
        stage = f"{word}[]" if index is not None else word
        if stage not in _FOLLOWERS[self.stage]:
            self._misplaced(stage)
        if stage in _OPENERS and self.stage != "msgctxt":
            if self.stage:
                self._close()
            self.obsolete = mark is not None
        if self.obsolete != (mark is not None):
            self._report(
                1, "this message is only partly obsolete; put #~ before all its lines or none"
            )
        if index is not None:
            self._number(int(index))
        self.stage = stage
        self.mark = mark or ""
        self._emit(word, index, body)

    def _emit(self, word: str, index: str | None, body: str) -> None:
        self.last = self.line
        if word in _OPENERS:
            self.at_id = self.line
        if word == "msgid":
            self.out.append(f'{"#~ " if self.obsolete else ""}msgid "{END}{body}"')
        elif word == "msgid_plural":
            self.out.append(f'msgid_plural "{END}{body}"')
        elif index is None:
            self.out.append(f'{word} "{body}"')
        else:
            self.out.append(f'msgstr[{index}] "{body}"')

    def _misplaced(self, stage: str) -> None:
        if stage in _OPENERS:
            # `_close` is about to tell it, and starts afresh.
            if self.stage == stage == "msgctxt":
                self._close()
            return
        if not self.sound:
            return
        before = self.stage or "no msgid"
        wanted = " or ".join(_FOLLOWERS[self.stage]).replace("[]", "[0]")
        self._report(1, f"{stage.replace('[]', '[…]')} after {before}; here belongs {wanted}")

    def _number(self, index: int) -> None:
        if index != self.forms and self.sound:
            self._report(
                1, f"msgstr[{index}] where msgstr[{self.forms}] belongs; number them in order"
            )
        elif index >= _MOST_PLURALS:
            self._report(1, f"more than {_MOST_PLURALS} plural forms; no language has that many")
        self.forms += 1

    def _before_fields(self, what: str) -> None:
        if self.stage in _UNFINISHED:
            # Where its msgstr cannot be read, what follows is no part of it.
            if self.sound:
                self._report(1, f"{what} is inside a message; move it above the message")
        elif self.stage:
            self._close()

    def _comment(self, line: str) -> None:
        self._before_fields("a comment")
        self.mark = None
        kind = line[1:2]
        if kind == ":":
            self._references(line[2:])
        elif kind in (",", "!"):
            self._flags(line[2:], "")
        elif kind == "=":
            self._flags(line[2:], STICKY)
        elif kind == ".":
            self.out.append(f"#. {line[2:].removeprefix(' ')}{END}")
        else:
            self.out.append(f"# {line[1:].removeprefix(' ')}{END}")

    def _flags(self, words: str, sign: str) -> None:
        flags = [sign + word.strip(BLANK) for word in words.split(",") if word.strip(BLANK)]
        if flags:
            self.out.append("#, " + ", ".join(flags))

    def _references(self, words: str) -> None:
        if not _PLAIN_REFERENCES.match(words):
            found = _REFERENCE.finditer(words)
            # gettext takes a tab in a name for a blank.
            words = " ".join(
                hide_spaces((one[1] or "").replace("\t", " ") + one[2])
                if one[2] is not None
                else hide_spaces(one[0])
                for one in found
            )
        if words.strip(BLANK):
            self.out.append(f"#: {words}")
