"""The values of a settings file of Hugo's, which may be TOML, YAML or JSON."""

from __future__ import annotations

import json
import tomllib
from posixpath import splitext
from typing import TYPE_CHECKING

from toolkit.model.errors import DocumentError
from toolkit.model.json_nodes import json_problem
from toolkit.model.toml import toml_problem

if TYPE_CHECKING:
    from toolkit.model.document import Document


def hugo_values(document: Document) -> object:
    """Return what a file says; `DocumentError` with the place where it cannot be read."""
    ending = splitext(document.path)[1].lower()
    if ending == ".toml":
        return _toml_values(document)
    if ending == ".json":
        return _json_values(document)
    from toolkit.reading.site_yaml import values_of  # noqa: PLC0415 - PyYAML is slow to import

    return values_of(document)


def _toml_values(document: Document) -> object:
    try:
        return tomllib.loads(document.with_newlines().text)
    except (ValueError, RecursionError) as error:
        raise DocumentError(toml_problem(document.path, error)) from None


def _json_values(document: Document) -> object:
    try:
        return json.loads(document.text)
    except (ValueError, RecursionError) as error:
        raise DocumentError(json_problem(document.path, error)) from None
