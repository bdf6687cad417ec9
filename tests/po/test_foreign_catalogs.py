"""PO files that other packages carry are read as msgcat reads them, and edited in place."""

import importlib.util
from pathlib import Path

import pytest

from toolkit.catalogs.po import CatalogFile
from toolkit.model.errors import CatalogError

EACH = 3
"""Files of each package; the others are much alike."""


def _folders():
    for name in ("sphinx", "sphinxcontrib", "babel", "mkdocs"):
        found = importlib.util.find_spec(name)
        yield from map(Path, found.submodule_search_locations or () if found else ())


def _found():
    for folder in _folders():
        paths = [*folder.rglob("*.po"), *folder.rglob("*.pot")]
        by_size = sorted(paths, key=lambda path: (path.stat().st_size, path))
        yield from by_size[:: max(1, len(by_size) // EACH)]


FILES = list(_found())


def said(file):
    return {
        message.key: (message.string, message.plurals, message.fuzzy, message.obsolete)
        for message in file.catalog.messages
    }


@pytest.mark.skipif(not FILES, reason="no installed package carries PO files")
@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-4:]))
def test_a_file_says_what_msgcat_makes_of_it(path, msgcat):
    data = path.read_bytes()
    theirs = msgcat(data, "--no-wrap")
    try:
        file = CatalogFile.parse(path.name, data)
    except CatalogError:
        assert theirs is None
        return
    assert file.with_catalog(file.catalog).data == data
    if theirs is not None:
        kept = {key: value for key, value in said(file).items() if value[0] or not value[3]}
        assert kept == said(CatalogFile.parse(path.name, theirs))
