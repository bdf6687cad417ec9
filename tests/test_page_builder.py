"""Localized pages are built in one place, each guarded once."""

from collections import Counter

from projects import project, yiben

from toolkit.commands.build import BuildOptions, build
from toolkit.project.project import Project
from toolkit.project.store import Run
from toolkit.writing.guard import Guard

SETTINGS = 'source = "en"\ntargets = ["de"]\nanchors = "rewrite"\n'
PAGES = {
    "a.md": "# Start here\n\nSee [there](b.md#go-on).\n",
    "b.md": "# Go on\n\nBack to [the start](a.md#start-here).\n",
    "c.md": "# More\n\nSee [there](b.md#go-on) and [the start](a.md#start-here).\n",
}
TEXTS = {"Start here": "Hier beginnen", "Go on": "Weiter", "More": "Mehr"}


def translate(root):
    for path in root.rglob("*.po"):
        text = path.read_text(encoding="utf-8")
        for source, target in TEXTS.items():
            text = text.replace(
                f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{target}"'
            )
        path.write_text(text, encoding="utf-8")


def test_a_page_is_guarded_once_for_itself_and_for_those_that_link_to_it(tmp_path, monkeypatch):
    root = project(tmp_path, PAGES, SETTINGS)
    assert yiben(root, "update").returncode == 0
    translate(root)
    counts = Counter()
    plain = Guard.built

    def counted(guard, document, *rest):
        counts[document.path] += 1
        return plain(guard, document, *rest)

    monkeypatch.setattr(Guard, "built", counted)
    run = Run(Project.found_from(root))
    built = build(run, BuildOptions(run.project.settings.targets), list)
    assert counts == dict.fromkeys(("content/a.md", "content/b.md", "content/c.md"), 1)
    texts = {one.output.source: (root / one.output.name).read_text() for one in built.placed}
    assert "(b.md#weiter)" in texts["content/a.md"]
    assert "(a.md#hier-beginnen)" in texts["content/b.md"]
    assert "(b.md#weiter)" in texts["content/c.md"]


def test_a_catalog_that_changes_between_two_builds_counts(tmp_path):
    root = project(tmp_path, PAGES, SETTINGS)
    assert yiben(root, "update").returncode == 0
    run = Run(Project.found_from(root))
    options = BuildOptions(run.project.settings.targets)
    first = build(run, options, list)
    translate(root)
    build(run, options, list)
    texts = [(root / one.output.name).read_text() for one in first.placed]
    assert any("(b.md#weiter)" in text for text in texts)
