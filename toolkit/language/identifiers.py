"""Texts that are only names and values of programs: `spec.x.y`, `MAX_SIZE`, `v1.2`, `3.5ms`."""

from __future__ import annotations

import re

_LONGEST = 200
_JOINTS = re.compile(r"[\s,;|…→⟶⇒<>≤≥=~≈±+&]+|(?<=\d)[–—-](?=\d)|\.{3}")
_WRAPPED = re.compile(r"[(\[{\"'“‘]*(.*?)[)\]}\"'”’:.]*")
_WORD = r"[A-Za-z_$][\w$]*"
_UNITS = (
    *("ns", "us", "µs", "μs", "ms", "s", "sec", "min", "h", "d"),
    *("bit", "B", "kB", "KB", "MB", "GB", "TB", "PB", "K", "M", "G", "T", "k", "m"),
    *("Ki", "Mi", "Gi", "Ti", "Pi", "KiB", "MiB", "GiB", "TiB", "PiB", "kbps", "Mbps", "Gbps"),
    *("Hz", "kHz", "MHz", "GHz", "px", "pt", "em", "rem", "vh", "vw", "fps", "dpi", "x"),
    *("V", "mV", "A", "mA", "W", "kW", "kWh", "mm", "cm", "km", "kg", "g", "mg", "°C", "°F"),
)
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_NUMBER = r"[-+−]?\d+(?:[.,:]\d+)*"
_CAMEL_CASE = r"[a-z]+\d*(?:[A-Z][a-z\d]*)+"
"""The only names that consist of letters alone: `maxSize`."""
_NAMES = re.compile(
    "|".join(
        (
            rf"{_WORD}(?:\[[\w*]*\])?(?:\.(?:{_WORD}|\*|\d+)(?:\[[\w*]*\])?)+(?:\(\))?",  # a.b[].c
            rf"{_WORD}(?:::{_WORD})+",  # std::vector
            r"[A-Za-z$]*_\w*[A-Za-z]\w*",  # MAX_SIZE, max_size, _private
            _CAMEL_CASE,
            rf"{_WORD}\([\w, ]*\)",  # run()
            r"\$\{?\w+\}?|%\w+%",  # $HOME
            r"--?[A-Za-z][\w-]*",  # --dry-run
            r"(?:\.{0,2}|~)/[\w@.*{}$/-]*\w[\w@.*{}$/-]*",  # /etc/hosts
            r"[\w@.-]+(?:/[\w@.*-]+)*/?[\w@-]+\.[A-Za-z]\w{0,9}",  # a/b.yaml
            r"(?:\[\]|map\[)[\w.\]\[*]+|\w+\[\d*\]",  # []string
            r"[vV]\d+(?:\.(?:\d+|x))*(?:(?:alpha|beta|rc)\d*)?(?:[-+][\w.]+)?",  # v1.2, v1beta1
            r"\d+(?:\.(?:\d+|x|X))+(?:-?(?:alpha|beta|rc|dev|post)[\w.]*)?",  # 1.2.x
            r"[A-Z][A-Z\d]*(?:-[A-Z\d]+)*-\d[A-Z\d]*(?:-\d+)*",  # SHA-256
            r"[a-z]+\d+[a-z]+",  # i18n
            r"0x[\dA-Fa-f]+",
            rf"{_NUMBER}(?:{_UNIT}|%)(?:/(?:{_UNIT}))?",  # 3.5ms
        )
    )
)
_PLAIN_NUMBER = re.compile(rf"{_NUMBER}%?")
_MARK = re.compile(r"[-–—/*·×:]+")
_UNIT_ALONE = re.compile(rf"(?:{_UNIT})(?:/(?:{_UNIT}))?")
_ABBREVIATION = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]?")
_FIRST_WORD = re.compile(
    rf"[\s*]*(?!{_CAMEL_CASE}(?![^\W_]))[^\W\d_]+\**(?:[\s,;，。．、；：？！（）「」《》【】]|\Z)"
)


def starts_with_word(text: str, start: int = 0) -> bool:
    """Whether a text, markup and all, has a word at a place, so that it is not only names.

    Most texts do, and then nobody has to look for their markup.
    """
    return _FIRST_WORD.match(text, start) is not None


def is_only_names(text: str) -> bool:
    """Whether a text, freed of markup, is nothing but names and values that programs use.

    A text that may be a word of a language is not: `read-only`, `TCP/IP`, `string`, `NOTE`.
    """
    if len(text) > _LONGEST:
        return False
    names, number = False, False
    for piece in _JOINTS.split(text.replace("\\", "").strip()):
        bare = piece if _NAMES.fullmatch(piece) else _inside(piece)
        if not bare or _MARK.fullmatch(bare):
            continue
        if _PLAIN_NUMBER.fullmatch(bare):
            number = True
            continue
        if number and _UNIT_ALONE.fullmatch(bare):
            names = True
        elif _NAMES.fullmatch(bare) and not _ABBREVIATION.fullmatch(bare):
            names, number = True, False
        else:
            return False
    return names


def _inside(piece: str) -> str:
    """A piece without the brackets, quotes and marks around it."""
    match = _WRAPPED.fullmatch(piece)
    return match[1] if match else piece
