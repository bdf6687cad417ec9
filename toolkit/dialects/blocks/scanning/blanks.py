"""The characters that make a line blank for programs that know no others."""

BLANKS = " \t\n\v\f\r"
"""ASCII characters only: a line of a no-break space holds text for kramdown and Pandoc."""


def is_blank(line: str) -> bool:
    """Whether a line holds nothing but `BLANKS`."""
    return not line.strip(BLANKS)
