"""The texts of Material's blog that no page has: names of authors and categories."""

from __future__ import annotations

import re
from dataclasses import dataclass
from posixpath import join, normpath
from typing import TYPE_CHECKING

import yaml

from toolkit.model.document import Span
from toolkit.model.units import Form, Kind, Unit
from toolkit.model.yaml_nodes import NotYamlError, value_of
from toolkit.reading.site_yaml import composed
from toolkit.reading.site_yaml_nodes import named_options, value_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.model.document import Document

_NAMES = frozenset({"blog", "material/blog"})
_HEADER = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(?P<values>.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Blog:
    """The places of a blog."""

    authors: str
    """The file of its authors."""
    posts: str
    """The folder of its posts."""


def blogs(document: Document, docs: str) -> Iterator[Blog]:
    """Iterate over the blogs of a site's settings, whose pages are in the folder `docs`."""
    for name, options in named_options(value_at(composed(document), "plugins")):
        if name in _NAMES:
            yield _blog(options, docs)


def _blog(options: yaml.Node | None, docs: str) -> Blog:
    pairs = options.value if isinstance(options, yaml.MappingNode) else []
    known = {name.value: str(value.value) for name, value in pairs}
    folder = known.get("blog_dir", "blog")

    def place(name: str, default: str) -> str:
        return normpath(join(docs, known.get(name, default).replace("{blog}", folder)))

    return Blog(place("authors_file", "{blog}/.authors.yml"), place("post_dir", "{blog}/posts"))


def category_units(document: Document, posts: Iterable[str]) -> Iterator[Unit]:
    """Iterate over the names of the categories of some posts, placed at the settings' end."""
    names = dict.fromkeys(name for text in posts for name in _categories(text))
    end = len(document.text)
    for name in sorted(names):
        detail = f"{Kind.SITE_SETTING} · category of the blog"
        yield Unit(Kind.SITE_SETTING, name, Span(end, end), Form.QUOTED, detail)


def _categories(post: str) -> Iterator[str]:
    """Iterate over the categories in a post's front matter."""
    header = _HEADER.match(post)
    try:
        values = value_of(header["values"]) if header else None
    except NotYamlError:
        return
    found = values.get("categories") if isinstance(values, dict) else None
    for name in found if isinstance(found, list) else ():
        if isinstance(name, str) and name.strip():
            yield " ".join(name.split())
