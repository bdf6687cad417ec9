"""Locales: tags, folders, names and plural rules.

Names and directions are Babel's (CLDR); plural rules come from a table of ours, since Babel's
change from release to release.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from gettext import c2py

from babel import Locale as BabelLocale
from babel import UnknownLocaleError, localedata
from babel.core import get_global
from babel.localedata import locale_identifiers

from toolkit.language.phrases import did_you_mean
from toolkit.language.plural_rules import OTHER_NUMBERS, RULES
from toolkit.model.errors import Problem, SettingsError
from toolkit.model.expressions import late

_SCRIPT_LENGTH = 4


PSEUDO_LOCALES = {"en-XA": "English (Pseudo-Accents)", "ar-XB": "Arabic (Pseudo-Bidi)"}
"""The pseudo-locales of CLDR and their names."""
_PSEUDO_TERRITORIES = frozenset({"XA", "XB"})


@dataclass(frozen=True, slots=True)
class Locale:
    """A language as the project names it."""

    tag: str
    """BCP 47, in the case that it recommends: `zh-Hans`."""
    written: str = field(compare=False)
    """The tag as the project spells it: `zh-hans`."""

    @property
    def folder(self) -> str:
        """The tag as gettext and the disk have it: `zh_Hans`."""
        return self.tag.replace("-", "_")

    @property
    def english_name(self) -> str:
        """Its name in English, for the header's `Language-Team`."""
        named = PSEUDO_LOCALES.get(self.tag)
        return named or _parsed(self.tag).get_display_name("en") or self.tag

    @property
    def own_name(self) -> str:
        """Its name in itself, for readers who choose it: `简体中文`, `Deutsch`."""
        parsed = _parsed(self.tag)
        name = parsed.languages.get(self.folder) or parsed.get_display_name(parsed) or self.tag
        return name[:1].upper() + name[1:]

    @property
    def plural_forms(self) -> str:
        """The value of the `Plural-Forms` header field."""
        number, expression = _plural_rule(self.tag)
        return f"nplurals={number}; plural={expression};"

    @property
    def plural_numbers(self) -> frozenset[int]:
        """The numbers of plural forms that catalogs of this language have in practice."""
        others = (
            number for number, names in OTHER_NUMBERS.items() if self.language in names.split()
        )
        return frozenset({_plural_rule(self.tag)[0], *others})

    @property
    def language(self) -> str:
        """The language alone: `zh` of `zh-Hans`."""
        return _parsed(self.tag).language

    @property
    def script(self) -> str:
        """The script it is written in (ISO 15924), from CLDR's likely subtags: `Hans`, `Latn`."""
        parsed = _parsed(self.tag)
        return parsed.script or likely_script(parsed.language, parsed.territory or "")

    @property
    def full(self) -> tuple[str, ...]:
        """Language, script, territory and variants, with CLDR's likely subtags where unwritten.

        `zh`, `zh-Hans` and `zh-CN` have the same.
        """
        parsed = _parsed(self.tag)
        likely = get_global("likely_subtags")
        names = (f"{parsed.language}_{self.script}", parsed.language)
        usual = next((likely[name] for name in names if name in likely), "__")
        territory = self.territory or usual.split("_")[2]
        return parsed.language, self.script, territory, *self.variants

    @property
    def territory(self) -> str:
        """The country or region it names: `BR` of `pt-BR`; empty where it names none."""
        return _parsed(self.tag).territory or ""

    @property
    def variants(self) -> tuple[str, ...]:
        """The variant: `VALENCIA` in `ca-valencia`."""
        return tuple(part for part in self.tag.split("-")[1:] if len(part) > _SCRIPT_LENGTH)

    @property
    def month_names(self) -> tuple[tuple[str, ...], ...]:
        """The names of the months, those of January first, in lower case."""
        widths = list(_month_widths(str(_parsed(self.tag))))
        return tuple(tuple(names[n].lower() for names in widths) for n in range(1, 13))

    @property
    def size_words(self) -> Mapping[str, int]:
        """The words that stand after a number for its size, in lower case: `million`, `万`."""
        return _size_words(str(_parsed(self.tag)))

    def counts_alike(self, one: int, other: int) -> bool:
        """Whether words that are counted by two numbers have the same plural form."""
        form = c2py(_plural_rule(self.tag)[1])
        return bool(form(one) == form(other))

    @property
    def pseudo(self) -> bool:
        """Whether its translations are made by rule, to try a site."""
        return self.tag in PSEUDO_LOCALES

    @property
    def right_to_left(self) -> bool:
        """Whether its script runs from right to left."""
        return _parsed(self.tag).text_direction == "rtl"

    def text_of(self, value: str | Mapping[str, str]) -> str:
        """The text of a setting that is one for all locales, or a table by locale tag."""
        return value if isinstance(value, str) else value.get(self.tag, "")


def locale_of(tag: str) -> Locale:
    """The locale of a BCP 47 or gettext tag; `SettingsError` when CLDR does not know it."""
    try:
        _check(tag)
    except (ValueError, UnknownLocaleError):
        problem = f'locale "{tag}" does not exist; {_hint(tag)}'
        raise SettingsError(Problem("", 0, 0, problem)) from None
    return Locale("-".join(map(_cased, tag.replace("_", "-").split("-"), range(9))), tag)


def likely_script(language: str, territory: str = "") -> str:
    """Return the script a language is usually written in, in a country (CLDR's likely subtags)."""
    likely = get_global("likely_subtags")
    names = (f"{language}_{territory}", language)
    full = next((likely[name] for name in names if name in likely), "__")
    return str(full.split("_")[1])


def _check(tag: str) -> None:
    """Raise `ValueError` or `UnknownLocaleError` for a tag that CLDR does not know."""
    if not _TAG.fullmatch(tag):
        raise ValueError(tag)
    _parsed(tag)
    # Babel passes over a script or variant with a slip, `zh-Hanss`.
    others = {subtag.upper() for subtag in re.split("[-_]", tag)[1:]} - _USUAL
    if others and not others <= _subtags():
        raise ValueError(tag)


_USUAL = frozenset("HANS HANT LATN CYRL ARAB CN TW HK US GB BR PT XA XB".split())
"""Subtags that need no look into CLDR's names, which take a while to load."""


@lru_cache(maxsize=1)
def _subtags() -> frozenset[str]:
    """Scripts, countries and variants that CLDR has a name for."""
    names = BabelLocale("en")
    known = (*names.scripts, *names.territories, *names.variants, *_PSEUDO_TERRITORIES)
    return frozenset(str(name).upper() for name in known)


_TAG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
"""The shape of a tag (RFC 5646, section 2.1), and that of gettext's and CLDR's names."""


def _hint(tag: str) -> str:
    """Suggest a replacement for a tag that does not exist: `zh-Hans` for `cn` and for `Chinese`."""
    country = _language_of_country(tag)
    if country:
        return f'{tag.upper()} is a country, its language is "{country}"'
    named = _languages_by_name().get(tag.casefold())
    known = [named] if named else [name.replace("_", "-") for name in locale_identifiers()]
    return did_you_mean(named or tag.replace("_", "-"), known, "use a BCP 47 tag such as zh-Hans")


_UNKNOWN_COUNTRY = "ZZ"


def _language_of_country(code: str) -> str:
    """The tag of the language that is most likely in a country, empty for what is none."""
    known = BabelLocale("en").territories.keys() - {_UNKNOWN_COUNTRY}
    if code.upper() not in known or len(code) != 2:  # noqa: PLR2004
        return ""
    # Without a language of its own in the table it is that of "und".
    full = str(get_global("likely_subtags").get(f"und_{code.upper()}", "en")).split("_")
    return _with_script(full[0], full[1]) if len(full) > 1 else full[0]


@lru_cache(maxsize=1)
def _languages_by_name() -> dict[str, str]:
    """The tags of languages by their English names, and by those that they have for themselves."""
    known = frozenset(locale_identifiers())
    found: dict[str, str] = {}
    for code, name in BabelLocale("en").languages.items():
        if code in known:
            own = BabelLocale.parse(code).languages.get(code) or name
            tag = "zh-Hans" if code == "zh" else code.replace("_", "-")
            found |= {name.casefold(): tag, own.casefold(): tag}
    return found


def _with_script(language: str, script: str) -> str:
    """A tag that names the script of Chinese, which is written in two."""
    return f"{language}-{script}" if language == "zh" else language


def likely_tag(script: str) -> str:
    """The tag of the language that a script is most likely used for, empty where CLDR has none.

    It names the script where the language is mostly written in another one: `ff-Adlm`.
    """
    language = str(get_global("likely_subtags").get(f"und_{script}", "")).split("_")[0]
    for tag in (language, f"{language}-{script}"):
        try:
            if locale_of(tag).script in {script, *_WRITTEN_AS.get(script, ())}:
                return tag
        except SettingsError:
            continue
    return ""


_WRITTEN_AS = {"Hang": ("Kore",), "Hira": ("Jpan",), "Kana": ("Jpan",)}
"""Codes of ISO 15924 that CLDR has for languages written in a script of Unicode among others."""


def _cased(subtag: str, place: int) -> str:
    """A subtag in the case BCP 47 recommends (RFC 5646, section 2.1.1): `zh`, `Hans`, `CN`."""
    if place == 0:
        return subtag.lower()
    return subtag.title() if len(subtag) == _SCRIPT_LENGTH else subtag.upper()


@lru_cache(maxsize=256)
def _size_words(name: str) -> Mapping[str, int]:
    """CLDR's words of compact numbers, with what a number before them is multiplied by."""
    words: dict[str, int] = {}
    for forms in BabelLocale.parse(name).compact_decimal_formats["long"].values():
        for number, pattern in forms.items():
            found = _COMPACT.fullmatch(pattern.pattern)
            if found:
                words[found["word"].lower()] = int(number) // 10 ** (len(found["digits"]) - 1)
    return words


_COMPACT = late(r"(?P<digits>0+)\s*'?(?P<word>[^\W\d_][^\d']*?)'?\s*")
"""CLDR's pattern of a compact number: the digits that are shown, and the word after them."""


@lru_cache(maxsize=256)
def _parsed(tag: str) -> BabelLocale:
    parts = tag.replace("-", "_").split("_")
    # Babel has no data for pseudo-locales, and they are read as their languages are.
    known = [part for part in parts if part.upper() not in _PSEUDO_TERRITORIES]
    return BabelLocale.parse("_".join(known))


def _month_widths(name: str) -> Iterator[Mapping[int, str]]:
    """The names of months in their widths, those that stand alone where they have their own.

    Read without following aliases: Babel 2.16 keeps what it found for one locale for all others.
    """
    months = localedata.load(name)["months"]
    wide: dict[int, str] = {}
    for context, width in (("format", "wide"), ("stand-alone", "wide"), ("format", "abbreviated")):
        names = months[context][width]
        own = names[1] if isinstance(names, tuple) else names
        wide = wide or own
        yield {**wide, **own} if isinstance(own, Mapping) else wide


@lru_cache(maxsize=256)
def _plural_rule(tag: str) -> tuple[int, str]:
    """The number of forms and the expression; Babel's for a language that the table lacks."""
    locale = Locale(tag, tag)
    parsed = _parsed(tag)
    regional = f"{parsed.language}_{parsed.territory}"
    for name in (locale.folder, f"{parsed.language}_{locale.script}", regional, parsed.language):
        if name in _rules():
            return _rules()[name]
    # It brings all catalogs and dates of Babel with it.
    from babel.messages.plurals import get_plural  # noqa: PLC0415

    plural = get_plural(str(parsed))
    return plural.num_plurals, plural.plural_expr


@lru_cache(maxsize=1)
def _rules() -> dict[str, tuple[int, str]]:
    return {name: (number, rule) for number, rule, names in RULES for name in names.split()}
