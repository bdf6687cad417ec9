"""Links in front matter, as home pages have them: `hero.actions.link`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.model.units import Form
from toolkit.reading.segment.front_matter import read_front_matter
from toolkit.reading.targets.value import Place, TargetKind, Writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.dialects.dialect import Dialect

_KEYS = frozenset({"link"})
_WRITINGS = {
    Form.YAML_PLAIN: Writing.PATH_LINE,
    Form.YAML_SINGLE: Writing.PATH_SINGLE,
    Form.YAML_DOUBLE: Writing.PATH,
}


def front_matter_places(source: str, dialect: Dialect) -> Iterator[Place]:
    """The targets in a page's front matter, in order."""
    if not source.startswith("---"):
        return
    for value in read_front_matter(source, dialect.front_matter, _KEYS).values:
        quoted = value.form in {Form.YAML_SINGLE, Form.YAML_DOUBLE}
        if value.form in _WRITINGS and value.text:
            start, end = value.start + quoted, value.end - quoted
            yield Place(start, end, TargetKind.FRONT_MATTER, _WRITINGS[value.form])
