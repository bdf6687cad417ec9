"""Take out of a rendered page what acts, and keep its links from leading anywhere."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlsplit

_DROPPED = frozenset(
    "script iframe frame frameset object embed applet base meta link style noscript template "
    "portal title head".split()
)
PAGE_ELEMENT = "yiben-page"
"""Stands for elements of which a document has one."""
_UNWRAPPED = frozenset({"form", PAGE_ELEMENT})
_FORM_ELEMENTS = frozenset({"input", "button", "select", "textarea"})
_TARGETS = frozenset(
    "href src srcset action formaction xlink:href poster data background cite ping longdesc".split()
)
_KEPT_STYLE = re.compile(r"(?:text-align|width|height|vertical-align):[\w .%-]+(?:;|\Z)")


@dataclass(frozen=True, slots=True)
class Places:
    """The destinations of a page's targets."""

    page: str
    """The page below the content folder."""
    files: str = "/files/"
    """The address of the content folder."""


def make_inert(root: Any, places: Places) -> None:  # noqa: ANN401 - lxml has no types
    """Drop what acts from a tree of elements, and show pictures of the project alone."""
    for element in list(root.iter()):
        tag = element.tag if isinstance(element.tag, str) else "script"
        if tag in _DROPPED or ":" in tag:
            remove(element)
        elif tag in _UNWRAPPED and element is not root:
            element.drop_tag()
        else:
            _clean_attributes(element, places)


def _clean_attributes(element: Any, places: Places) -> None:  # noqa: ANN401
    for name, value in list(element.attrib.items()):
        low = name.lower()
        if low in _TARGETS or low.endswith(":href"):
            del element.attrib[name]
            _keep_target(element, low, value, places)
        elif low == "style":
            element.set("style", "".join(match[0] for match in _KEPT_STYLE.finditer(value)))
        elif low.startswith(("on", "data-unit", "data-part", "data-yiben")) or low in {
            "autofocus",
            "srcdoc",
            "is",
        }:
            del element.attrib[name]
    if element.tag in _FORM_ELEMENTS and element.get("type") != "radio":
        element.set("disabled", "")
    if element.tag in {"audio", "video"}:
        element.attrib.pop("autoplay", None)


def _keep_target(element: Any, name: str, value: str, places: Places) -> None:  # noqa: ANN401
    """A link's target to be read, a picture of the project to be shown."""
    if name == "href" and element.tag == "a":
        element.set("data-href", value)
        return
    if name != "src":
        return
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        return
    if parts.scheme or parts.netloc or not parts.path:
        element.set("data-src", value)
        return
    path = unquote(parts.path)
    folder = "" if path.startswith("/") else posixpath.dirname(places.page)
    joined = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
    if not joined.startswith("../"):
        element.set("src", places.files + quote(joined))


def remove(element: Any) -> None:  # noqa: ANN401
    """Take an element out and leave what stands after it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
