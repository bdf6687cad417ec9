"""Sphinx with MyST-Parser accepts localized pages: no warning, the same structure."""

import io
import shutil
from collections import Counter
from pathlib import Path

import pytest

from toolkit.dialects import dialect_named
from toolkit.document import Document
from toolkit.guard import Guard
from toolkit.segment import FRONT_MATTER_KEYS, read

SITE = Path(__file__).parent / "fixtures" / "myst_site"
PAGES = ("index.md", "brewing.md")
HOSTILE = (
    "% gone",
    "(x)=",
    "+++",
    ":::{note} In\n:::",
    ":x: y",
    ": definition",
    "```{raw} html\n<b>\n```",
    "{{ kettle }}",
    "text\n:::\nmore",
    "text\n\n% gone",
)


def localized(name, translate):
    dialect = dialect_named("myst")
    document = Document.from_bytes(name, (SITE / name).read_bytes())
    reading = read(document, dialect)
    texts = {(unit.context, unit.text): translate(unit.text) for unit in reading.units}
    guard = Guard(dialect, FRONT_MATTER_KEYS)
    return guard.built(document, reading, texts).document.text


def structure(folder, translate):
    """What Sphinx makes of the site: kinds of nodes by number, all text, warnings."""
    pytest.importorskip("myst_parser", reason="MyST-Parser is not installed")
    application = pytest.importorskip("sphinx.application", reason="Sphinx is not installed")
    folder.mkdir()
    shutil.copy(SITE / "conf.py", folder)
    for name in PAGES:
        (folder / name).write_text(localized(name, translate), encoding="utf-8")
    warnings = io.StringIO()
    paths = [str(folder), str(folder), str(folder / "_out"), str(folder / "_trees")]
    namespace = pytest.importorskip("sphinx.util.docutils").docutils_namespace
    with namespace():
        app = application.Sphinx(*paths, "dummy", status=None, warning=warnings)
        app.build(force_all=True)
        trees = [app.env.get_doctree(Path(name).stem) for name in PAGES]
    kinds = Counter(
        type(node).__name__ for tree in trees for node in tree.findall() if node.children
    )
    inline = ("inline", "Text", "emphasis", "strong", "literal", "problematic")
    counted = {kind: number for kind, number in kinds.items() if kind not in inline}
    return counted, "".join(tree.astext() for tree in trees), warnings.getvalue()


def test_sphinx_builds_localized_pages(tmp_path):
    source, _, none = structure(tmp_path / "source", lambda text: text)
    result, text, warnings = structure(tmp_path / "built", lambda text: f"Ü {text}")
    assert not none
    assert not warnings
    assert result == source
    assert "Ü Boiling water burns." in text
    assert "Ü Be careful" in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_sphinx_sees_the_structure_of_the_source(tmp_path, hostile):
    source, _, _ = structure(tmp_path / "source", lambda text: text)
    plain = ("admonition", "note", "tip", "table", "literal_block")
    result, _, _ = structure(tmp_path / "built", lambda _: hostile)
    assert [result.get(kind) for kind in plain] == [source.get(kind) for kind in plain]
    assert result.get("paragraph") == source.get("paragraph")
