"""Real pages, an edited version of each, and the truth about every edit.

What edits bring in (words, sentences, link targets, paragraphs) comes from a reserve of pages that
are not translated. An edit is made at the span of a unit and the page is read again; where anything
but the one unit has changed, or another message has the new text already, the edit is dropped.
"""

from __future__ import annotations

import re
import string
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from toolkit.dialects import dialect_named
from toolkit.model.document import Document, Edit, Span
from toolkit.reading.page import Page
from toolkit.reading.segment import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from random import Random

    from toolkit.model.units import Unit

TREES = {
    "zh": "OI-wiki/docs/**/*.md kubean/docs/zh/**/*.md kdoctor/docs/**/*-zh_CN.md"
    " hwameistor/docs/i18n/cn/**/*.md".split(),
    "en": "mkdocs-material/docs/**/*.md fastapi/docs/en/**/*.md comprehensive-rust/src/**/*.md"
    " mdBook/guide/**/*.md".split(),
}
"""For each language the pages of the corpus that are in it."""
_DIALECT = dialect_named("mkdocs")
_KEPT = (
    r"`+[^`]*`+"  # code
    r"|\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)|\]\[[^\]]*\]|\[\^[^\]]+\]"
    r"|<[^<>\n]+>|\{[^{}\n]*\}|\$[^$]+\$|(?:https?|ftp)://[^\s)]+|&#?\w+;|:[a-z0-9_+-]+:|\\."
)
"""What is no prose: code, targets, references, tags, attributes, math, addresses, escapes."""
KEPT = re.compile(_KEPT)
HAN = re.compile("[\u4e00-\u9fff]")
_WORD = re.compile(rf"{_KEPT}|(?P<spot>[\u4e00-\u9fff]{{2}}|[A-Za-z]{{2,}})")
"""A run of Latin letters, or two Chinese characters, which is what most Chinese words have."""
_MARK = re.compile(rf"{_KEPT}|(?P<spot>[,;:!.](?=\s|$)|[，。．；：！、])")
_MARKS = {",": ";", ";": ",", ":": ".", ".": "!", "!": "."}
_MARKS |= {"，": "；", "；": "，", "：": "。", "。": "！", "．": "！", "！": "。", "、": "，"}
_TARGET = re.compile(r"(?<=\]\()[^()\s]+(?=\))")
_LETTERS = string.ascii_lowercase
_HAN = "".join(map(chr, range(0x4E00, 0xA000)))
_OTHERS = str.maketrans(_HAN + _LETTERS, _HAN[7919:] + _HAN[:7919] + _LETTERS[13:] + _LETTERS[:13])
_SENTENCE = re.compile(r"(?<=[。．！？])|(?<=[.!?])\s+")
_PLAIN = re.compile(r"[^\[\]`*_<>{}$\\&|#~^]{12,160}[.!?。．！？]")
_GAP = re.compile(r"(?:[ \t>]*(?:\r\n|\n|\r)){2}[ \t>]*")
_FEW = 3
"""Words that a text must have: of fewer an edit leaves nothing to know it by."""
_TWIN = 0.85
"""How alike two texts are of which one cannot be called new beside the other."""
_FAR = 3
"""A moved paragraph is moved by more units."""


class Kind(StrEnum):
    """What was done to a message."""

    CHANGED = "word changed"
    ADDED = "word added"
    REMOVED = "word removed"
    TYPO = "typo"
    PUNCTUATION = "punctuation"
    SENTENCE = "sentence added"
    TARGET = "link target"
    JOINED = "two joined"
    MOVED = "moved"
    NEW = "new"


EDITS = tuple(kind for kind in Kind if kind is not Kind.NEW)


@dataclass(frozen=True, slots=True)
class Change:
    """One edit of a page."""

    kind: Kind
    page: str
    """The page's name below the content folder."""
    text: str
    """The `msgid` as it is now."""
    sources: tuple[str, ...]
    """The old texts of which any one has a right translation for it; none for a new paragraph."""


class Draft(NamedTuple):
    """An edit that has not been tried yet."""

    edits: tuple[Edit, ...]
    shape: list[tuple[str, str]]
    """Kind and text of every unit that the page has to have then."""
    text: str
    sources: tuple[str, ...]


def page_of(document: Document) -> Page:
    """A page of MkDocs, segmented."""
    return Page(document, read(document, _DIALECT))


def language_of(text: str) -> str:
    """`zh` for a text with Chinese characters in it, `en` for others."""
    return "zh" if HAN.search(text) else "en"


def spots(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """The places of the prose of a text that a pattern finds under the name `spot`."""
    return [match for match in pattern.finditer(text) if match["spot"]]


class Reserve:
    """Texts of pages that are not translated, by language, to take edits from."""

    def __init__(self, pages: Iterable[tuple[str, Page]], rng: Random) -> None:
        places = ((name, unit) for name, page in pages for unit in page.units)
        texts = [(unit.text, name) for name, unit in places if unit.kind == "paragraph"]
        rng.shuffle(texts)
        self.words: defaultdict[str, list[str]] = defaultdict(list)
        self.sentences: defaultdict[str, list[str]] = defaultdict(list)
        self.paragraphs: defaultdict[str, list[str]] = defaultdict(list)
        self.targets: list[str] = []
        for text, name in dict(texts).items():
            self._take(text, name)

    def _take(self, text: str, name: str) -> None:
        self.targets += _TARGET.findall(text)
        found = [match["spot"] for match in spots(_WORD, text)]
        for word in found:
            self.words[language_of(word)].append(word)
        for sentence in _SENTENCE.split(text):
            if sentence and _PLAIN.fullmatch(sentence):
                self.sentences[language_of(sentence)].append(sentence)
        if len(found) >= _FEW and "\n" not in text:
            self.paragraphs[name[:2]].append(text)


def _word_changed(text: str, reserve: Reserve, rng: Random) -> str | None:
    words = spots(_WORD, text)
    if len(words) < _FEW:
        return None
    match = rng.choice(words)
    word = rng.choice(reserve.words[language_of(match[0])])
    word = word.capitalize() if match[0].istitle() else word
    return text[: match.start()] + word + text[match.end() :]


def _word_added(text: str, reserve: Reserve, rng: Random) -> str | None:
    words = spots(_WORD, text)
    if len(words) < _FEW:
        return None
    match = rng.choice(words)
    language = language_of(match[0])
    word = rng.choice(reserve.words[language]) + (" " if language == "en" else "")
    return text[: match.start()] + word + text[match.start() :]


def _word_removed(text: str, _reserve: Reserve, rng: Random) -> str | None:
    words = spots(_WORD, text)
    if len(words) < _FEW:
        return None
    match = rng.choice(words)
    before, after = text[: match.start()], text[match.end() :]
    return before + (after.removeprefix(" ") if not before or before[-1] == " " else after)


def _typo(text: str, reserve: Reserve, rng: Random) -> str | None:
    words = spots(_WORD, text)
    if not words:
        return None
    match = rng.choice(words)
    place = rng.randrange(match.start() + len(match[0]) // 2, match.end())
    one = text[place]
    other = rng.choice(rng.choice(reserve.words[language_of(one)])).lower()
    wrong = rng.choice(("", one + one, other))
    return text[:place] + wrong + text[place + 1 :]


def _punctuation(text: str, _reserve: Reserve, rng: Random) -> str | None:
    marks = spots(_MARK, text)
    if not marks or not spots(_WORD, text):
        return None
    match = rng.choice(marks)
    return text[: match.start()] + _MARKS[match[0]] + text[match.end() :]


def _sentence(text: str, reserve: Reserve, rng: Random) -> str | None:
    if len(spots(_WORD, text)) < _FEW or text[-1] not in ".!?。．！？":
        return None
    language = language_of(text)
    blank = " " if language == "en" else ""
    sentence = rng.choice(reserve.sentences[language])
    return sentence + blank + text if rng.random() < 1 / 3 else text + blank + sentence


def _target(text: str, reserve: Reserve, rng: Random) -> str | None:
    links = list(_TARGET.finditer(text))
    if not links:
        return None
    match = rng.choice(links)
    folder, slash, _ = match[0].rpartition("/")
    renamed = f"{folder}{slash}{rng.choice(reserve.words['en'])}.md"
    target = rng.choice((renamed, rng.choice(reserve.targets)))
    return text[: match.start()] + target + text[match.end() :]


_REWRITERS: Mapping[Kind, Callable[[str, Reserve, Random], str | None]] = {
    Kind.CHANGED: _word_changed,
    Kind.ADDED: _word_added,
    Kind.REMOVED: _word_removed,
    Kind.TYPO: _typo,
    Kind.PUNCTUATION: _punctuation,
    Kind.SENTENCE: _sentence,
    Kind.TARGET: _target,
}
"""How the text of a message becomes another one; `None` where it has no place for the edit."""


def _shape(page: Page) -> list[tuple[str, str]]:
    return [(unit.kind, unit.text) for unit in page.units]


def _replaced(page: Page, place: int, text: str) -> Draft:
    unit, shape = page.units[place], _shape(page)
    shape[place] = (unit.kind, text)
    return Draft((Edit(unit.span, text),), shape, text, (unit.text,))


def _joined(page: Page, place: int) -> Draft | None:
    """The paragraph at `place` and the next one as one."""
    one, other = page.units[place : place + 2]
    gap = page.document.text[one.span.end : other.span.start]
    same = one.kind == other.kind == "paragraph" and one.continuation == other.continuation
    if not same or not _GAP.fullmatch(gap) or not all(spots(_WORD, u.text) for u in (one, other)):
        return None
    han = HAN.match(other.text) and not one.text[-1].isascii()
    text = one.text + ("" if han else " ") + other.text
    shape = _shape(page)
    shape[place : place + 2] = [("paragraph", text)]
    edit = Edit(Span(one.span.start, other.span.end), text)
    return Draft((edit,), shape, text, (one.text, other.text))


def _free(page: Page, unit: Unit) -> bool:
    """Whether a unit is a paragraph in no container, with an empty line on both sides."""
    text, line = page.document.text, page.document.newline
    before, after = text[: unit.span.start], text[unit.span.end :]
    return unit.kind == "paragraph" and before.endswith(line * 2) and after.startswith(line * 2)


def _moved(page: Page, place: int, rng: Random) -> Draft | None:
    """The paragraph at `place` before another one of the page."""
    unit, text = page.units[place], page.document.text
    aims = [n for n, one in enumerate(page.units) if abs(n - place) > _FAR and _free(page, one)]
    if not aims or not _free(page, unit):
        return None
    aim = rng.choice(aims)
    span = Span(unit.span.start, unit.span.end + 2 * len(page.document.newline))
    there = page.units[aim].span.start
    shape = _shape(page)
    shape.insert(aim, shape[place])
    del shape[place + (aim < place)]
    edits = (Edit(span, ""), Edit(Span(there, there), text[span.start : span.end]))
    return Draft(edits, shape, unit.text, (unit.text,))


def _inserted(page: Page, place: int, text: str) -> Draft:
    """A new paragraph before the one at `place`."""
    start, shape = page.units[place].span.start, _shape(page)
    shape.insert(place, ("paragraph", text))
    edit = Edit(Span(start, start), text + page.document.newline * 2)
    return Draft((edit,), shape, text, ())


@dataclass
class Edition:
    """Pages that are being edited, and what was done to them."""

    pages: dict[str, Page]
    """By their names below the content folder; first as they were, then as edited."""
    reserve: Reserve
    rng: Random
    changes: list[Change] = field(default_factory=list)

    def __post_init__(self) -> None:
        texts = Counter(unit.text for page in self.pages.values() for unit in page.units)
        self._known = set(texts)
        self._old = list(texts)
        self._touched = {text for text, count in texts.items() if count > 1 or "\n" in text}
        self._places = [(name, unit.text) for name in self.pages for unit in self.pages[name].units]

    def edit(self, share: float, new: float) -> None:
        """Edit a share of the messages, all kinds alike, and put in a share of new ones."""
        messages = len(self._known)
        quotas: dict[Kind, int] = {kind: round(share * messages / len(EDITS)) for kind in EDITS}
        quotas[Kind.NEW] = round(new * messages)
        # What finds the fewest places goes first; every message is edited only once.
        for kind in sorted(quotas, key=[Kind.TARGET, Kind.JOINED, Kind.MOVED, *Kind].index):
            self._edit(kind, quotas[kind])

    def _edit(self, kind: Kind, quota: int) -> None:
        for name, text in self.rng.sample(self._places, len(self._places)):
            if quota and text not in self._touched:
                quota -= self._done(kind, name, text)

    def _done(self, kind: Kind, name: str, text: str) -> bool:
        """Try an edit of the message `text`; whether it was made."""
        page = self.pages[name]
        place = next((n for n, unit in enumerate(page.units) if unit.text == text), None)
        if place is None or page.units[place].context is not None:
            return False
        draft = self._draft(kind, name, place)
        if draft is None or not self._touched.isdisjoint((draft.text, *draft.sources)):
            return False
        if kind is not Kind.MOVED and draft.text in self._known:
            return False
        edited = page_of(page.document.edited(draft.edits))
        if _shape(edited) != draft.shape:
            return False
        self.pages[name] = edited
        self._known.add(draft.text)
        self._touched.update((draft.text, *draft.sources))
        self.changes.append(Change(kind, name, draft.text, draft.sources))
        return True

    def _draft(self, kind: Kind, name: str, place: int) -> Draft | None:
        page = self.pages[name]
        if kind is Kind.NEW:
            text = self._unheard(name[:2]) if _free(page, page.units[place]) else None
            return _inserted(page, place, text) if text else None
        if kind is Kind.MOVED:
            return _moved(page, place, self.rng)
        if kind is Kind.JOINED:
            return _joined(page, place) if place + 1 < len(page.units) else None
        text = _REWRITERS[kind](page.units[place].text, self.reserve, self.rng)
        return _replaced(page, place, text) if text and text != page.units[place].text else None

    def _unheard(self, language: str) -> str | None:
        """A paragraph of the reserve that no old text is nearly the same as."""
        paragraphs = self.reserve.paragraphs[language]
        while paragraphs:
            text = paragraphs.pop()
            twin = extractOne(text, self._old, scorer=ratio, score_cutoff=100 * _TWIN)
            if text not in self._known and twin is None:
                return text
        return None


def read_corpus(corpus: Path) -> Iterator[tuple[str, Page]]:
    """The pages of the trees with their names, which start with the language."""
    for language, patterns in TREES.items():
        for path in (path for pattern in patterns for path in sorted(corpus.glob(pattern))):
            name = f"{language}/{path.relative_to(corpus).as_posix()}"
            document = Document.from_bytes(f"content/{name}", path.read_bytes())
            yield name, page_of(document)


def edition_of(corpus: Path, messages: int, rng: Random) -> Edition:
    """Pages that together have so many distinct messages, half in each language; not edited yet.

    Raises `ValueError` when the corpus has too few of them to leave a reserve.
    """
    pages = list(read_corpus(corpus))
    found = chosen(pages, messages, rng)
    reserve = Reserve((one for one in pages if one[0] not in found), rng)
    return Edition(dict(sorted(found.items())), reserve, rng)


def chosen(pages: Sequence[tuple[str, Page]], messages: int, rng: Random) -> dict[str, Page]:
    """Some of the pages that together have so many distinct messages, half in each language.

    Raises `ValueError` when there are too few of them.
    """
    found: dict[str, Page] = {}
    texts: set[str] = set()
    for number, language in enumerate(TREES, 1):
        own = [(name, page) for name, page in pages if name.startswith(language)]
        for name, page in rng.sample(own, len(own)):
            if len(texts) >= messages * number // len(TREES):
                break
            found[name] = page
            texts.update(unit.text for unit in page.units)
        else:
            raise ValueError(f"the corpus has no {messages} messages and a reserve")
    return found


def tagged(number: int, text: str) -> str:
    """A translation of a text: its prose in other letters, behind a tag of its own."""
    tag = "".join(_LETTERS[number // 26**power % 26] for power in range(4))
    return f"T{tag}T: {translated(text)}"


def translated(text: str) -> str:
    """A text with other letters and characters; code, targets, math and marks stay."""
    pairs = zip(KEPT.split(text), [*KEPT.findall(text), ""], strict=True)
    return "".join(plain.translate(_OTHERS) + same for plain, same in pairs)
