"""There and back over the JSON, YAML and TOML of installed packages."""

from __future__ import annotations

import json
import random
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from toolkit.model.document import Document
from toolkit.model.errors import ToolkitError
from toolkit.reading.strings import string_units
from toolkit.reading.strings.key_paths import KeyPaths
from toolkit.writing.strings import localized_strings

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDERS = (Path(sys.prefix) / "lib", Path("/usr/share"), Path("/usr/lib"))
ENDINGS = (".json", ".toml", ".yaml", ".yml")
WANTED, LEAST, LARGEST = 80, 200, 200_000
EVERYTHING = KeyPaths.parse(("**",))


class Loader(yaml.SafeLoader):
    """PyYAML's own loader, to which tags of programs are nothing special."""


def _any(loader: Loader, _tag: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    assert isinstance(node, yaml.ScalarNode)
    return loader.construct_scalar(node)


Loader.add_multi_constructor("", _any)


def load(ending: str, data: bytes) -> Any:
    text = data.decode("utf-8-sig")
    if ending == ".json":
        return json.loads(text)
    return tomllib.loads(text) if ending == ".toml" else list(yaml.load_all(text, Loader))


def chosen() -> list[Path]:
    """Files of each kind, none twice, the same each time on the same machine."""
    found: dict[str, dict[bytes, Path]] = defaultdict(dict)
    chance = random.Random(31)  # noqa: S311 - a choice of files
    names = sorted(path for folder in FOLDERS for path in folder.rglob("*.*"))
    chance.shuffle(names)
    for path in names:
        kept = found[path.suffix]
        if path.suffix in ENDINGS and len(kept) < WANTED and path.is_file():
            data = path.read_bytes()
            if len(data) < LARGEST:
                kept.setdefault(data, path)
    return [path for kept in found.values() for path in kept.values()]


def differences(one: Any, other: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(one, dict) and isinstance(other, dict) and list(one) == list(other):
        for key, value in one.items():
            yield from differences(value, other[key])
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for pair in zip(one, other, strict=True):
            yield from differences(*pair)
    elif one != other and not (one != one and other != other):  # noqa: PLR0124 - not a number
        yield one, other


def folded(text: Any) -> str:
    return " ".join(text.split()) if isinstance(text, str) else repr(text)


@pytest.mark.nightly
def test_two_hundred_files_there_and_back() -> None:
    files = translated = 0
    for path in chosen():
        data = path.read_bytes()
        try:
            before = load(path.suffix, data)
            document = Document.from_bytes(path.name, data)
            units = string_units(document, EVERYTHING)
        except (ToolkitError, ValueError, yaml.YAMLError, TypeError):
            # What its own loader or we refuse as a whole is left alone.
            continue
        files += 1
        assert localized_strings(document, units, {})[0].to_bytes() == data, path
        marked = {(unit.context, unit.text): f"⟦{unit.text}⟧" for unit in units}
        copy, _ = localized_strings(document, units, marked)
        for old, new in differences(before, load(path.suffix, copy.to_bytes())):
            assert folded(new) == f"⟦{folded(old)}⟧", path
            translated += 1
    if files < LEAST:
        pytest.skip(f"{files} files of packages are not {LEAST}")
    assert translated > 10 * files
