"""Texts of a project made fit for what a report is written into."""

from __future__ import annotations

from unicodedata import category

from toolkit.model.expressions import late

_COMMAND = late(r"(?m)^(?P<indent>[^\S\n]*):(?=:[A-Za-z][\w-]*(?:[ ][^\n]*?)?::)")
"""Starts a command to GitHub's runner, which looks for them in all that a step prints."""
_MARKED = late(r"(?<=##)(?P<name>[A-Za-z]*)\[")
"""Starts a command to the runners of Azure, TeamCity and, by its old form, GitHub."""
UNSEEN = late(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Characters that change what a terminal shows of others; tabs and line ends are none."""


def encodable(text: str) -> str:
    """The text with `?` for lone surrogates, which a file name can hold and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


def printable(text: str) -> str:
    """One line that leaves a terminal and a runner of CI alone, character for character.

    Line ends, control and format characters are blanks; blanks of every width stay.
    """
    if not text.isprintable():
        text = "".join(
            char if char.isprintable() or category(char) == "Zs" else " " for char in text
        )
    return _without_commands(text)


def printable_lines(text: str) -> str:
    """Lines of a report that leave both alone; what joins letters stays, and so do tabs."""
    return _without_commands(UNSEEN.sub(" ", text))


def _without_commands(text: str) -> str:
    if "::" in text:
        text = _COMMAND.sub("\\g<indent>\ua789", text)
    return _MARKED.sub("\\g<name>\u27e6", text) if "##" in text else text
