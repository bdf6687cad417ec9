"""The shape of the house: imports run one way, modules and functions stay small."""

import ast
import tomllib
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from toolkit.dialects import module_of

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "toolkit"
MODULES = sorted(PACKAGE.rglob("*.py"))
ROOMS = (
    "model",
    "language",
    "dialects",
    "reading",
    "catalogs",
    "writing",
    "checks",
    "aligning",
    "project",
    "site",
    "commands",
    "interfaces",
)
"""The rooms in the order of the story; a module imports from its own and those above it."""
FACES = ("toolkit", "toolkit.testing")
"""What scripts import; no room imports from them."""

BLOCKS = [
    PACKAGE / "dialects/parser.py",
    *(PACKAGE / "dialects/blocks").rglob("*.py"),
    *(PACKAGE / "dialects/inline").rglob("*.py"),
]
_SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DIALECTS = {
    "toolkit.dialects",
    *(
        value.partition(":")[0]
        for value in _SETTINGS["project"]["entry-points"]["yiben.dialects"].values()
    ),
}


def name_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = frozenset(map(name_of, MODULES))


@cache
def nodes_of(path):
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def imports_of(path):
    """The modules that a module imports, for types only as well."""
    return tuple(_imports(path))


def _imports(path):
    for node in nodes_of(path):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in NAMES else node.module for name in names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def layer(name):
    return len(ROOMS) if name in FACES else ROOMS.index(name.split(".")[1])


def ours(path):
    return [name for name in imports_of(path) if name.startswith("toolkit.")]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_come_from_below(path):
    name = name_of(path)
    for imported in ours(path):
        assert layer(imported) <= layer(name), f"{name} imports {imported}"


def test_no_two_modules_import_each_other():
    graph = {name_of(path): set(ours(path)) - {name_of(path)} for path in MODULES}
    assert list(TopologicalSorter(graph).static_order())


PLACES = {
    "babel": ("interfaces/preview/wording.py", "language/locale.py"),
    "click": ("interfaces/cli/",),
    "filelock": ("project/lock.py",),
    "langdetect": ("language/detection.py",),
    "mkdocs": ("interfaces/mkdocs_plugin/", "reading/renderer.py"),
    "polib": ("catalogs/po/escapes.py", "catalogs/po/binary.py"),
    "pygments": ("reading/segment/lexing.py",),
    "rapidfuzz": ("aligning/", "catalogs/merge/", "commands/verify/"),
    "sqlite3": ("project/cache/database.py",),
    "starlette": ("interfaces/preview/",),
    "tomlkit": ("site/toml_settings.py",),
    "yaml": (
        "commands/init/yaml_files.py",
        "interfaces/preview/site_yaml_markdown.py",
        "model/yaml_nodes.py",
        "reading/segment/yaml_values.py",
        "reading/site_toml.py",
        "reading/site_yaml",
        "reading/strings/yaml_files.py",
        "site/yaml_",
        "writing/forms/yaml_scalars.py",
    ),
}
"""Where a library is used: the starts of paths below the package, each of which has a user."""


@pytest.mark.parametrize("library", PLACES)
def test_a_library_has_one_place(library):
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        for name in imports_of(path)
        if name.split(".")[0] == library
    }
    places = PLACES[library]
    assert not {user for user in users if not user.startswith(places)}
    assert not {place for place in places if not any(user.startswith(place) for user in users)}


def test_the_core_knows_no_dialect_by_name():
    core = [path for path in MODULES if layer_or_none(path) == "reading" or path in BLOCKS]
    assert core
    for path in core:
        assert not [name for name in ours(path) if name in DIALECTS]


def test_no_dialect_of_ours_is_looked_for_in_packages():
    """Reading the metadata of all packages takes longer than reading a page."""
    names = _SETTINGS["project"]["entry-points"]["yiben.dialects"]
    assert not [name for name in names if module_of(name)]
    assert not module_of("unheard-of")


def layer_or_none(path):
    parts = name_of(path).split(".")
    return parts[1] if len(parts) > 1 else None


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_and_functions_stay_small(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    for node in nodes_of(path):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, f"{path}: {node.name}"


RIDDLES = frozenset(
    "What Of Those How Where Which That With From In Who As Whose To By Only Not When For".split()
)


def test_docstrings_start_with_a_verb_or_a_noun():
    """CONTRIBUTING.md has the manner; strings below a field count as its docstring."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.value.value.split(chr(10))[0]}"
        for path in MODULES
        for node in nodes_of(path)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node.value.value, str) and node.value.value.split()[:1]
        if node.value.value.split()[0] in RIDDLES
    ]
    assert not found, "\n".join(found)
