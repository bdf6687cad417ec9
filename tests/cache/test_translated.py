"""An update notes which texts its catalogs translate, so that nobody reads them again for that."""

from projects import project

from toolkit.commands.update import UpdateOptions, memories, update
from toolkit.commands.update.memories import translated_elsewhere
from toolkit.project.cache import digest_of, open_cache
from toolkit.project.project import Project
from toolkit.project.store import Run

FIRST, SECOND, THIRD = "请先安装这个工具。", "然后启动它的服务。", "最后再检查一遍吧。"
SETTINGS = 'source = "zh-Hans"\ntargets = ["en"]\n'


def updated(root):
    found = Project.found_from(root)
    run = Run(found, cache=open_cache(found))
    update(run, UpdateOptions(found.settings.targets), list)
    assert run.cache
    run.cache.flush()
    return run


def read_again(*_):
    raise AssertionError("a catalog was read again")


def test_the_texts_that_an_update_wrote_are_known(tmp_path, monkeypatch):
    pages = {"a.md": f"{FIRST}\n\n{SECOND}\n"}
    root = project(tmp_path, pages, SETTINGS)
    updated(root)
    catalog = root / "locales/en/LC_MESSAGES/a.po"
    text = catalog.read_text("utf-8")
    text = text.replace(f'msgid "{FIRST}"\nmsgstr ""', f'msgid "{FIRST}"\nmsgstr "First"')
    text = text.replace(f'msgid "{SECOND}"', f'#, fuzzy\nmsgid "{SECOND}"')
    catalog.write_text(text, encoding="utf-8")
    project(root, {**pages, "b.md": f"{FIRST}\n\n{THIRD}\n"}, SETTINGS)
    run = updated(root)
    assert 'msgstr "First"' in catalog.with_name("b.po").read_text("utf-8")
    monkeypatch.setattr(memories, "_translated_names", read_again)
    again = Run(run.project, cache=open_cache(run.project))
    kind, answer = translated_elsewhere(again, run.project.settings.targets[0])
    assert kind == "translated into en"
    names = [digest_of(text.encode())[:16] for text in (FIRST, SECOND, THIRD)]
    assert list(map(answer, names)) == ["1", "", ""]


def translate(catalog, text, translation):
    old = catalog.read_text("utf-8")
    blank = f'msgid "{text}"\nmsgstr ""'
    assert blank in old
    new = old.replace(blank, f'msgid "{text}"\nmsgstr "{translation}"')
    catalog.write_text(new, encoding="utf-8")


def translated_pages(tmp_path):
    """Three pages: of one, what it has not translated is translated by another."""
    pages = {
        "a.md": f"{FIRST}\n\n{THIRD}\n",
        "b.md": f"{FIRST}\n\n{SECOND}\n",
        "c.md": f"{SECOND}\n",
    }
    root = project(tmp_path, pages, SETTINGS)
    updated(root)
    folder = root / "locales/en/LC_MESSAGES"
    translate(folder / "b.po", FIRST, "First")
    translate(folder / "b.po", SECOND, "Second")
    translate(folder / "c.po", SECOND, "Second")
    return root, folder


def test_only_catalogs_that_lend_something_are_gone_through(tmp_path, monkeypatch):
    root, folder = translated_pages(tmp_path)
    read, lent = [], memories._all_lent

    def noted(run, names):
        read.extend(name.rpartition("/")[2] for name in names)
        return lent(run, names)

    monkeypatch.setattr(memories, "_all_lent", noted)
    updated(root)
    assert 'msgstr "First"' in (folder / "a.po").read_text("utf-8")
    assert read == ["b.po"]


def test_what_catalogs_lend_is_known_from_an_update(tmp_path, monkeypatch):
    root, folder = translated_pages(tmp_path)
    updated(root)
    project(root, {"d.md": f"{SECOND[:-1]}了。\n"}, SETTINGS)
    monkeypatch.setattr(memories, "_found_lent", read_again)
    updated(root)
    assert '#, fuzzy\n#| msgid "' in (folder / "d.po").read_text("utf-8")


def test_texts_like_a_new_one_are_looked_for_in_all_catalogs(tmp_path):
    root, folder = translated_pages(tmp_path)
    project(root, {"d.md": f"{SECOND[:-1]}了。\n"}, SETTINGS)
    updated(root)
    assert '#, fuzzy\n#| msgid "' in (folder / "d.po").read_text("utf-8")
