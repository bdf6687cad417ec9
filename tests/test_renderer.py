"""The site's own renderer as a second opinion on built pages."""

import os
import subprocess
import sys

import pytest
from projects import yiben

from toolkit.dialects import dialect_named
from toolkit.model.document import Document
from toolkit.model.errors import ProjectError
from toolkit.project.project import Project
from toolkit.reading.renderer import Renderer
from toolkit.reading.segment import FRONT_MATTER_KEYS, read
from toolkit.writing.guard import Guard

PAGE = "# Title\n\nA text.\n\nAnother text.\n"
SETTINGS = (
    'source = "en"\ntargets = ["de"]\ncontent = "docs"\noutput = "build/{locale}/{path}"\n'
    'dialect = "mkdocs"\nsite = "mkdocs.yml"\n'
)
EXTENSION = """
import re
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
import xml.etree.ElementTree as etree

class Shouts(BlockProcessor):
    def test(self, parent, block):
        return block.startswith("§")

    def run(self, parent, blocks):
        etree.SubElement(parent, "aside").text = blocks.pop(0)

class ShoutsExtension(Extension):
    def extendMarkdown(self, md):
        md.parser.blockprocessors.register(Shouts(md.parser), "shouts", 101)

def makeExtension(**kwargs):
    return ShoutsExtension(**kwargs)
"""


def project(tmp_path, extensions="[shouts]"):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/page.md").write_text(PAGE)
    (tmp_path / "yiben.toml").write_text(SETTINGS)
    (tmp_path / "shouts.py").write_text(EXTENSION)
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\nmarkdown_extensions: {extensions}\n")
    yiben(tmp_path, "update")
    path = tmp_path / "locales/de/LC_MESSAGES/page.po"
    text = path.read_text()
    text = text.replace('"A text."\nmsgstr ""', '"A text."\nmsgstr "§ Ein Text."')
    path.write_text(text.replace('"Title"\nmsgstr ""', '"Title"\nmsgstr "Titel"'))
    return tmp_path


def test_what_an_extension_of_the_site_makes_a_block_is_refused(tmp_path, monkeypatch):
    root = project(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(root))
    command = [
        sys.executable,
        "-c",
        "from toolkit.interfaces.cli import main; main()",
        "-C",
        str(root),
    ]
    plain = subprocess.run([*command, "build"], capture_output=True, text=True, check=False)
    assert plain.returncode == 0, plain.stderr
    built = root / "build/de/page.md"
    assert "§ Ein Text." in built.read_text()
    checked = subprocess.run(
        [*command, "build", "--renderer-check"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 1
    assert "page.po:" in checked.stderr + checked.stdout
    assert built.read_text() == PAGE.replace("Title", "Titel")


@pytest.mark.parametrize(("option", "shown"), [("true", "A text."), ("false", "§ Ein Text.")])
def test_the_plugin_asks_the_renderer_of_the_site(tmp_path, option, shown):
    root = project(tmp_path)
    path = root / "mkdocs.yml"
    settings = path.read_text(encoding="utf-8").replace("site_name", "theme: mkdocs\nsite_name")
    path.write_text(f"{settings}plugins: [yiben: {{renderer_check: {option}}}]\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    page = (root / "site/de/page/index.html").read_text(encoding="utf-8")
    assert "Titel" in page
    assert f">{shown}</" in page
    assert ("changes the structure" in run.stderr) == (option == "true")
    assert ("<aside>" in page) == (option == "false")


def test_a_renderer_that_cannot_be_made_is_told_in_one_line(tmp_path):
    root = project(tmp_path, "[no_such_extension]")
    with pytest.raises(ProjectError, match=r"mkdocs\.yml: .*no_such_extension.*install"):
        Project.found_from(root).with_renderer(Renderer(root / "mkdocs.yml"))


def test_what_material_recommends_is_asked_where_no_site_is_known():
    renderer = Renderer()
    dialect = dialect_named("mkdocs")
    guard = Guard(dialect, FRONT_MATTER_KEYS, outline=renderer.outline)
    page = 'title: T\n\n!!! note "A"\n    Text.\n\n- item\n\n```py title="x"\ny\n```\n'
    document = Document("page.md", page)
    reading = read(document, dialect)
    found = guard.built(
        document, reading, {(None, one.text): f"X {one.text}" for one in reading.units}
    )
    assert not found.refusals
    assert "X item" in found.document.text
    assert renderer.outline(page) != renderer.outline(page.replace("- item", "item"))
