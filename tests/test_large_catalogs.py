"""Work on a catalog with many messages does not look at all of it for each of them."""

import pytest

from toolkit.catalogs.merge import merge
from toolkit.catalogs.merge.index import Index
from toolkit.catalogs.po import CatalogFile, write_catalog
from toolkit.catalogs.po.decoding import Decoded
from toolkit.model.catalog import Catalog, Message


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_are_counted_once_for_a_file(monkeypatch, newline):
    old = Catalog(tuple(Message(f"old {number}", "x") for number in range(50)))
    new = Catalog(tuple(Message(f"neu {number}") for number in range(50)))
    data = write_catalog(old).replace(b"\n", newline.encode())
    file, asked = CatalogFile.parse("a.po", data), []
    plain = vars(Decoded)["newline"]

    def counted(self):
        asked.append(self)
        return plain.fget(self)

    monkeypatch.setattr(Decoded, "newline", property(counted))
    written = file.with_catalog(merge(new, file.catalog).catalog).data
    assert written.count(b"neu ") == 50
    assert written.count(b"\r\n") == (written.count(b"\n") if newline == "\r\n" else 0)
    assert len(asked) == 1


class Places(list[int]):
    """A list that must not be compared as a whole."""

    def __eq__(self, other):
        raise AssertionError("compared")

    __lt__ = __gt__ = __eq__
    __hash__ = None


def test_places_of_common_words_are_not_compared():
    texts = [f"All texts share these words, {number}" for number in range(2000)]
    index = Index(texts)
    index.prepare()
    sharing = index._sharing
    common = {one: Places(places) for one, places in sharing.places.items() if places[500:]}
    assert len(common) > 5
    vars(sharing)["places"] = {**sharing.places, **common}
    assert index.nearest("All texts share these words, 77", 0.5) == (77, 1.0)
    assert index.nearest("All texts share these words", 0.5) is not None
