"""Sphinx with MyST-Parser accepts localized pages: no warning, the same structure."""

import io
import re
import shutil
from pathlib import Path

import pytest
from judges import JUDGES
from projects import project, translate, yiben

from toolkit.dialects import dialect_named
from toolkit.dialects.dialect import CodePart, OwnSyntax
from toolkit.model.catalog import MessageKey
from toolkit.model.document import Document
from toolkit.reading.segment import FRONT_MATTER_KEYS, read
from toolkit.writing.guard import Guard

pytestmark = pytest.mark.peers

polib = pytest.importorskip("polib")
SITE = Path(__file__).parent / "fixtures" / "myst_site"
PAGES = ("index.md", "brewing.md")
OF_SPHINX = {"Parameters"}
"""Texts that Sphinx adds of its own."""
HOSTILE = (
    "% gone",
    "(x)=",
    "+++",
    "^^^",
    "$$",
    ":::{note} In\n:::",
    ":x: y",
    ": definition",
    "```{raw} html\n<b>\n```",
    "```{eval-rst}",
    "{{ kettle }}",
    "{raw-html}`<b>`",
    "{#id}",
    "text\n:::\nmore",
    "text\n\n% gone",
    "- a\n- b",
    "> q",
    "---",
    "a: b # c",
    "'q",
    'a, "b',
    '"q',
    "x <y>",
    "[x]: y",
    "\\begin{align}",
)


def localized(name, translate):
    dialect = dialect_named("myst")
    document = Document.from_bytes(name, (SITE / name).read_bytes())
    reading = read(document, dialect)
    texts = {(unit.context, unit.text): translate(unit.text) for unit in reading.units}
    return Guard(dialect, FRONT_MATTER_KEYS).built(document, reading, texts)


def sphinx(folder, builder):
    """Sphinx's doctrees of a folder's pages, and its warnings."""
    pytest.importorskip("myst_parser", reason="MyST-Parser is not installed")
    application = pytest.importorskip("sphinx.application", reason="Sphinx is not installed")
    docutils = pytest.importorskip("sphinx.util.docutils")
    warnings = io.StringIO()
    paths = [folder, folder, folder / "_out", folder / "_trees"]
    with docutils.docutils_namespace():
        app = application.Sphinx(
            *(str(path) for path in paths), builder, status=None, warning=warnings
        )
        app.build(force_all=True)
        trees = [app.env.get_doctree(Path(name).stem) for name in PAGES]
    return trees, warnings.getvalue()


def structure(trees):
    """The nodes of block level, in their order."""
    nodes = pytest.importorskip("docutils.nodes")
    inline = (nodes.Inline, nodes.Text, nodes.system_message, nodes.raw, nodes.pending)
    return [
        type(node).__name__
        for tree in trees
        for node in tree.findall()
        if not isinstance(node, inline) and not type(node).__name__.startswith("pending_xref")
    ]


def site(folder, translate):
    shutil.copytree(SITE, folder)
    for name in PAGES:
        text = localized(name, translate).document.text
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_sphinx_sees_the_structure_of_the_source(tmp_path):
    source, warnings = sphinx(site(tmp_path / "source", lambda text: text), "dummy")
    assert not warnings
    for number, hostile in enumerate(HOSTILE):
        built = site(tmp_path / str(number), lambda _, text=hostile: text)
        assert same(structure(source), structure(sphinx(built, "dummy")[0])), hostile


def same(one, other):
    return one == other  # apart, so that pytest does not tell every node


def words_of(text):
    return re.sub(r"\W+", "", text)


def test_sphinx_has_no_text_that_is_no_unit(tmp_path):
    folder = site(tmp_path / "source", lambda text: text)
    sphinx(folder, "gettext")
    for name in PAGES:
        units = localized_units(name)
        known = words_of(" ".join(unit.text for unit in units))
        messages = polib.pofile(str((folder / "_out" / name).with_suffix(".pot")))
        texts = [one.msgid for one in messages if not one.msgid.startswith(("{{", ".. image"))]
        no_text = {text for text in texts if text.startswith((r"\begin", "t = 3"))}
        assert {text for text in texts if words_of(text) not in known} - no_text <= OF_SPHINX
        assert len(texts) > len(units) / 2


def localized_units(name):
    document = Document.from_bytes(name, (SITE / name).read_bytes())
    return read(document, dialect_named("myst")).units


def test_a_localized_site_is_built_without_a_warning(tmp_path):
    pages = {path.relative_to(SITE).as_posix(): path.read_bytes() for path in SITE.iterdir()}
    settings = 'source = "en"\ntargets = ["de"]\ndialect = "myst"\n'
    root = project(tmp_path, pages, settings + 'output = "site/{locale}/{path}"\n')
    assert yiben(root, "update").returncode == 0
    for path in (root / "locales/de/LC_MESSAGES").glob("*.po"):
        catalog = polib.pofile(str(path))
        for entry in catalog:
            entry.msgstr = f"Ü {entry.msgid}"
        catalog.save()
    result = yiben(root, "build")
    assert result.returncode == 0, result.stderr
    assert "refused" not in result.stderr
    built = root / "site" / "de"
    shutil.copy(SITE / "conf.py", built)
    trees, warnings = sphinx(built, "html")
    assert not warnings
    text = "".join(tree.astext() for tree in trees)
    for expected in ("Ü Boiling water burns", "Ü Be careful", "Ü A cup with a lid.", "Ü which one"):
        assert expected in text
    page = (built / "_out" / "brewing.html").read_text(encoding="utf-8")
    assert 'alt="Ü A cup: white"' in page
    assert 'content="Ü How tea is brewed"' in page


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("See {ref}`the pot <pot>`.", "Siehe {ref}`den Deckel <lid>`."),
        ("See {ref}`pot`.", "Siehe {ref}`lid`."),
        ("See the pot.", "Siehe {download}`/etc/passwd`."),
        ("The {kbd}`Ctrl` key", "Die Taste {raw}`Strg`"),
        ("The {kbd}`Ctrl` key", "\\`{ref}`Strg`"),
        ("See the pot.", "Siehe {raw}`" + "x" * 1000 + "`."),
        ("See the pot.", "`" + "x" * 1000 + "` {raw}`Strg`"),
    ],
)
def test_no_role_comes_in_or_names_something_else(source, translation):
    assert page_with(source, translation) == f"{source}\n"


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("See {ref}`the pot <pot>`.", "{ref}`Die Kanne <pot>`."),
        ("See {ref}`pot`.", "Siehe {ref}`die Kanne <pot>`."),
        ("The {kbd}`Ctrl` key", "Die Taste {kbd}`Strg`"),
        ("Read this: \\\n{ref}`pot` and all.", "Lies das: \\\n{ref}`pot` und alles."),
        ("Uses `${name}`: `a`", "Nimmt `${name}` und `a`"),
    ],
)
def test_texts_of_roles_are_translated(source, translation):
    assert page_with(source, translation) == f"{translation}\n"


def test_what_could_be_an_attribute_list_gets_no_line_of_its_own():
    built = page_with("The pot.", "Die Kanne\\\n{ ist gut \\")
    assert built == "Die Kanne { ist gut \\\n"


def page_with(source, translation):
    dialect = dialect_named("myst")
    document = Document("page.md", f"{source}\n")
    texts: dict[MessageKey, str] = {(None, source): translation}
    return Guard(dialect, ()).built(document, read(document, dialect), texts).document.text


def test_links_to_terms_follow_their_translations(tmp_path):
    glossary = "```{glossary}\nTea pot\n  Holds tea.\n```\n"
    page = "A {term}`tea  pot`, {term}`pots <Tea pot>`, {term}`Cup`.\n\n`{term}` stays.\n"
    page += "\n> Two: ``{term}`Tea pot` `` is code and \\{term}`Tea pot` a brace.\n"
    settings = 'source = "en"\ntargets = ["de"]\ndialect = "myst"\n'
    root = project(tmp_path, {"words.md": glossary, "page.md": page}, settings)
    assert yiben(root, "update").returncode == 0
    translate(root / "locales/de/LC_MESSAGES/words.po", {"Tea pot": "Teekanne"})
    assert yiben(root, "build").returncode == 0
    built = (root / "build/de/page.md").read_text(encoding="utf-8")
    assert built == page.replace("tea  pot", "Teekanne").replace("<Tea pot>", "<Teekanne>")


def test_comments_in_code_blocks_follow_the_setting():
    page = (
        "- x\n\n  ```{code-block} python\n  :caption: A file\n  :linenos:\n\n"
        "  x = 1  # one\n  ```\n"
        "- ```{mermaid}\n  flowchart LR\n  a[Tea] --> b\n  ```\n"
    )
    document = Document("page.md", page)
    dialect = dialect_named("myst").translating_code(
        {"python": CodePart.COMMENTS, "mermaid": CodePart.LABELS}
    )
    reading = read(document, dialect)
    texts = [unit.text for unit in reading.units]
    assert texts == ["x", "A file", "one", "Tea"]
    upper: dict[MessageKey, str] = {(None, text): text.upper() for text in texts}
    built = Guard(dialect, ()).built(document, reading, upper).document.text
    changed = page.replace("one", "ONE").replace("Tea", "TEA").replace("A file", "A FILE")
    assert built == changed.replace("- x", "- X")


def test_files_outside_of_the_pages_are_led_to(tmp_path):
    page = (
        "```{literalinclude} ../a.py\n```\n\n- ```{include} ../a.py\n  ```\n\n"
        "{download}`Get it <../a.py>`, {download}`../a.py` or {download}`b.py`\n"
    )
    settings = 'source = "en"\ntargets = ["de"]\ndialect = "myst"\noutput = "b/{locale}/{path}"\n'
    root = project(tmp_path, {"page.md": page, "b.py": "b = 1\n"}, settings)
    (root / "a.py").write_text("a = 1\n", encoding="utf-8")
    assert yiben(root, "build").returncode == 0
    built = (root / "b/de/page.md").read_text(encoding="utf-8")
    assert built == page.replace("../a.py", "../../a.py")
    assert (root / "b/de/b.py").exists()


def test_a_project_names_its_own_directives():
    page = "```{conftabs} A *title*\n:x: y\n\nText\n```\n\n```{box} no-title\nInside\n```\n"
    document = Document("page.md", page)
    dialect = dialect_named("myst").configured(OwnSyntax(directives=("conftabs.0", "box")))
    units = read(document, dialect).units
    assert [(unit.kind, unit.text) for unit in units] == [
        ("directive title", "A *title*"),
        ("paragraph", "Text"),
        ("paragraph", "Inside"),
    ]
    assert not read(document, dialect_named("myst")).units


@pytest.mark.peers
@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Worte [^a`b]<script>x</script>` hier", r"Worte \[^a`b]<script>x</script>` hier"),
        ("Worte [^a$`b]`$ {ref}`H <t>` hier", None),
        ("Worte [^`b`](u) hier", None),
        ("Worte `[^a`b] hier", "Worte `[^a`b] hier"),
        (r"Worte \[^a`b]` hier", r"Worte \[^a`b]` hier"),
        ("Worte [^a] hier", "Worte [^a] hier"),
    ],
)
def test_references_to_notes_do_not_cut_code(text, safe):
    page = "Some [^a] words {ref}`H <t>`\n\n[^a]: Note\n"
    document = Document("a.md", page)
    reading = read(document, dialect_named("myst"))
    key: MessageKey = (None, "Some [^a] words {ref}`H <t>`")
    made = Guard(dialect_named("myst"), FRONT_MATTER_KEYS).built(document, reading, {key: text})
    assert made.text == page.replace(key[1], safe or key[1])
    ((_, render),) = JUDGES["myst"]
    assert "<script" not in render([made.text])[0]
