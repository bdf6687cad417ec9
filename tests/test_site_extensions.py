"""The site's Markdown extensions decide what is a block."""

import markdown
import pytest
import yaml
from fixture_files import FIXTURES
from record_examples import Example, judged

from toolkit.dialects import dialect_named
from toolkit.dialects.dialect import OwnSyntax
from toolkit.interfaces.mkdocs_plugin.extensions import plain_options
from toolkit.model.document import Document
from toolkit.project.project import Project
from toolkit.reading.segment import segment

PAGE = """\
!!! note "A title"
    Inside.

```py title="A file"
x
```

- [x] one
1. two

Term
: Meaning

/// tip | Title
Text.
///

#Tight
"""
SETTINGS = (
    'source = "en"\ntargets = ["de"]\ncontent = "docs"\noutput = "build/{locale}/{path}"\n'
    'dialect = "mkdocs"\nsite = "mkdocs.yml"\n'
)
CASES = yaml.safe_load((FIXTURES / "site_extensions.yml").read_text(encoding="utf-8"))
TIPS = {"pymdownx.blocks.admonition": {"types": ["tip"]}}


def units(text, extensions):
    own = OwnSyntax(extensions=extensions)
    dialect = dialect_named("mkdocs").configured(own)
    return [f"{unit.kind} | {unit.text}" for unit in segment(Document("page.md", text), dialect)]


def rendered(text, names, options):
    return markdown.markdown(
        text, extensions=["tables", "fenced_code", *names], extension_configs=options
    )


@pytest.mark.parametrize(
    ("names", "options", "tags"),
    [
        ([], {}, ["<p>!!! note", "<p>Term", "<p>/// tip", "<h1>Tight"]),
        (["admonition"], {}, ['class="admonition note"', "<p>Term"]),
        (["def_list"], {}, ["<dt>Term</dt>", "<p>!!! note"]),
        (["pymdownx.blocks.admonition"], TIPS, ['<div class="admonition tip">', "<p>!!! note"]),
        (["sane_lists"], {}, ["<li>[x] one\n1. two</li>"]),
        (["pymdownx.saneheaders"], {}, ["<p>#Tight</p>"]),
    ],
)
def test_only_what_a_site_names_is_on(names, options, tags):
    html = rendered(PAGE, names, options)
    assert all(tag in html for tag in tags)
    given = tuple(
        (name, tuple((key, ",".join(value)) for key, value in options.get(name, {}).items()))
        for name in names
    )
    found = units(PAGE, given)
    assert ("admonition title | A title" in found) == ('class="admonition note"' in html)
    assert ("term | Term" in found) == ("<dt>" in html)
    assert ("block title | Title" in found) == ('<div class="admonition tip">' in html)
    assert ("heading | Tight" in found) == ("<h1>" in html)
    assert ("list item | two" in found) == ("<li>two</li>" in html)
    assert not any("x\n" in one or one.endswith("| x") for one in found)


def test_fences_of_the_core_stand_at_the_margin_and_hold_anything():
    page = (
        "Text\n~~~ a b\n- item\n~~~\n\n- item\n\n    ```\n    code\n    ```\n\n```sh\n```\nEnd.\n"
    )
    found = units(page, (("toc", ()),))
    html = rendered(page, [], {})
    assert "<p>Text\n~~~ a b\n- item\n~~~</p>" in html
    assert "<p><code>code</code></p>" in html
    assert found == ["paragraph | Text ~~~ a b - item ~~~", "list item | item", "paragraph | End."]


def test_the_settings_of_the_site_are_read(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/page.md").write_text(PAGE)
    (tmp_path / "yiben.toml").write_text(SETTINGS)
    (tmp_path / "base.yml").write_text("site_name: x\nmarkdown_extensions:\n  - admonition\n")
    (tmp_path / "mkdocs.yml").write_text(
        "INHERIT: base.yml\nmarkdown_extensions:\n  pymdownx.blocks.admonition:\n    types: [tip]\n"
    )
    dialect = Project.found_from(tmp_path).settings.dialect_of("page.md")
    kinds = [unit.kind for unit in segment(Document("page.md", PAGE), dialect)]
    assert "admonition title" in kinds
    assert "block title" in kinds
    assert "term" not in kinds


@pytest.mark.parametrize("case", CASES, ids=lambda case: ",".join(case["with"]) or "none")
def test_each_extension_and_option_is_read_as_python_markdown_reads_it(case):
    extensions = tuple(case["with"].items())
    program = markdown.Markdown(
        extensions=["tables", "fenced_code", *case["with"]], extension_configs=case["with"]
    )
    assert case["html"] in program.convert(case["page"])
    verdict = judged(Example("", case["page"], extensions))
    assert verdict is not None
    assert verdict["kept"], verdict["differs"]
    assert not verdict["refused"]
    given = tuple((name, tuple(plain_options(options))) for name, options in extensions)
    assert [one.partition(" | ")[2] for one in units(case["page"], given)] == case["units"]
