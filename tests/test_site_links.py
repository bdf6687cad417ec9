"""In sites of real pages as many links and fragments hold after localization as before."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from lxml import etree, html
from marking import marked
from trees import CORPUS

from toolkit.catalogs.po import read_catalog, write_catalog
from toolkit.commands.update import UpdateOptions, update
from toolkit.project.project import Project
from toolkit.project.store import Run

pytestmark = pytest.mark.peers

MKDOCS = Path(sys.executable).with_name("mkdocs")
TREES = {"kubean": "docs/zh", "kdoctor": "docs", "mkdocs-material": "docs"}
SITE = """
site_name: Site
docs_dir: content
theme: {name: material, language: zh}
plugins: [yiben]
markdown_extensions: [admonition, attr_list, def_list, footnotes, md_in_html, tables, toc,
  pymdownx.details, pymdownx.superfences, pymdownx.tasklist, pymdownx.keys, pymdownx.mark]
"""


@pytest.mark.parametrize("name", TREES)
def test_no_link_breaks_by_localization(name, tmp_path):
    source = CORPUS / name / TREES[name]
    if not source.is_dir():
        pytest.skip(f"the corpus is not beside the project: no {name}")
    shutil.copytree(source, tmp_path / "content")
    for path in [tmp_path, *tmp_path.rglob("*")]:
        path.chmod(0o755)
    for path in tmp_path.rglob("*.md"):
        # The project's own templates are not in the corpus.
        path.write_bytes(re.sub(rb"(?m)^template: .*\n", b"", path.read_bytes()))
    (tmp_path / "mkdocs.yml").write_text(SITE)
    (tmp_path / "yiben.toml").write_text('source = "zh-Hans"\ntargets = ["en"]\n')
    run = Run(Project.found_from(tmp_path))
    update(run, UpdateOptions(run.project.locales(())), lambda domains: domains)
    for path in tmp_path.rglob("*.po"):
        catalog = read_catalog(path.name, path.read_bytes())
        messages = tuple(replace(one, string=marked(one.id)) for one in catalog.messages)
        path.write_bytes(write_catalog(replace(catalog, messages=messages)))
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [str(MKDOCS), "build", "--quiet"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, env=environment)
    before, after = checked(tmp_path / "site")
    assert len(before.links) > 20
    assert len(after.links) == len(before.links)
    assert len(after.broken) <= len(before.broken), after.broken


class Checked:
    """The links of some pages, and those that lead nowhere."""

    def __init__(self):
        self.links = []
        self.broken = []


def checked(site):
    """What holds of the source pages and of the localized ones."""
    parts = Checked(), Checked()
    ids: dict[Path, set[str]] = {}
    for path in sorted(site.rglob("*.html")):
        if path.name != "404.html":
            part = parts[path.is_relative_to(site / "en")]
            for link in links(path):
                part.links.append((path, link))
                if not holds(site, path, link, ids):
                    part.broken.append((path.relative_to(site).as_posix(), link))
    return parts


def links(path):
    tree = html.parse(str(path), etree.HTMLParser(encoding="utf-8"))
    for attribute in ("href", "src"):
        for element in tree.iterfind(f".//article//*[@{attribute}]"):
            url = element.get(attribute)
            parts = urlsplit(url)
            if not parts.scheme and not parts.netloc and not url.startswith("/"):
                yield url


def holds(site, path, url, ids):
    place, fragment = urldefrag(url)
    target = (path.parent / unquote(urlsplit(place).path)).resolve() if place else path
    if target.is_dir():
        target /= "index.html"
    if not target.is_file() or not target.is_relative_to(site):
        return False
    if not fragment or target.suffix != ".html":
        return True
    if target not in ids:
        tree = html.parse(str(target), etree.HTMLParser(encoding="utf-8"))
        ids[target] = {*tree.xpath("//@id"), *tree.xpath("//a/@name")}
    return unquote(fragment) in ids[target]
