"""The cache: what is in it can do nothing but save time, and nothing that happens to it matters."""

import json
import multiprocessing
import shutil
import sqlite3
import sys
import zlib

import pytest
from projects import SETTINGS, project, translate, yiben, yiben_process

from toolkit.model.catalog import Message
from toolkit.model.errors import Problem
from toolkit.project import cache, pool, store
from toolkit.project.cache import Values, database, open_cache
from toolkit.project.cache.database import Database
from toolkit.project.project import Project

PAGES = {"a.md": "# 安装\n\n先装好它。\n", "b.md": "# 使用\n\n再用它。\n"}


def here(root, *words):
    """Run the command with the cache beside the settings."""
    return yiben(root, *words, XDG_CACHE_HOME="")


@pytest.fixture
def root(tmp_path):
    return project(tmp_path / "project", PAGES)


def file_of(root):
    return root / ".yiben" / "cache.sqlite"


def counted(monkeypatch):
    """The pages that are cut from now on."""
    cut = []
    plain = vars(store)["read"]

    def read(document, *words):
        cut.append(document.path)
        return plain(document, *words)

    monkeypatch.setattr(store, "read", read)
    return cut


@pytest.mark.parametrize("command", ["extract", "update", "stats"])
def test_nothing_is_read_again(root, monkeypatch, command):
    here(root, "update")
    first = here(root, command)
    cut = counted(monkeypatch)
    assert here(root, command).stdout == first.stdout
    assert cut == []
    (root / "content/a.md").write_text("# 安装\n\n先装。\n", encoding="utf-8")
    here(root, command)
    assert set(cut) == {"content/a.md"}


def test_a_second_update_does_nothing(root, monkeypatch):
    here(root, "update")
    cut = counted(monkeypatch)
    assert "4 unchanged" in here(root, "update").stderr.replace("6 unchanged", "4 unchanged")
    assert cut == []


def test_a_translation_elsewhere_is_taken(root):
    text = {"a.md": "# 安装\n", "b.md": "# 安装\n"}
    project(root, text)
    here(root, "update")
    here(root, "update")
    translate(root / "locales/en/LC_MESSAGES/a.po", {"安装": "Installation"})
    here(root, "update")
    assert "Installation" in (root / "locales/en/LC_MESSAGES/b.po").read_text(encoding="utf-8")


def test_it_lies_beside_the_settings_and_git_does_not_see_it(root):
    here(root, "stats")
    assert file_of(root).is_file()
    assert (root / ".yiben/.gitignore").read_text().split("\n")[-2] == "*"
    here(root, "update")
    here(root, "build")
    assert not list((root / "build").rglob("cache.sqlite"))


def test_it_lies_where_caches_lie(root, tmp_path):
    yiben(root, "stats", XDG_CACHE_HOME=str(tmp_path / "home"))
    assert not (root / ".yiben").exists()
    assert len(list((tmp_path / "home/yiben").glob("*/cache.sqlite"))) == 1


@pytest.mark.parametrize("words", [["--no-cache"], []])
def test_it_can_be_left_out(root, words):
    if not words:
        (root / "yiben.toml").write_text(f"{SETTINGS}cache = false\n", encoding="utf-8")
    assert here(root, "stats", *words).returncode == 0
    assert not (root / ".yiben").exists()


def test_other_settings_and_other_code_know_nothing_of_each_other(root):
    places = Project.found_from(root)
    (root / "yiben.toml").write_text(f"{SETTINGS}wrap = 79\n", encoding="utf-8")
    others = Project.found_from(root)
    caches = [open_cache(one) for one in (places, others)]
    keys = {one.key("x") for one in caches if one}
    assert len(keys) == 2


def foreign(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE entries (key, value)")
    connection.commit()
    connection.close()


def spoiled(path):
    connection = sqlite3.connect(path)
    connection.execute("UPDATE entries SET value = x'5b5d'")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(4000)),
        lambda path: path.write_bytes(path.read_bytes()[:-3000]),
        lambda path: (path.unlink(), foreign(path)),
        spoiled,
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: path.with_name("cache.sqlite-journal").write_bytes(b"no journal"),
    ],
)
def test_harm_to_it_does_none_to_a_run(root, harm):
    here(root, "update")
    first = here(root, "stats")
    harm(file_of(root))
    for _ in range(2):
        assert here(root, "stats") == first


def test_a_file_of_its_own_name_that_is_none_is_told_with_v_only(root):
    file_of(root).mkdir(parents=True)
    assert "cache" not in here(root, "stats").stderr
    assert "is not used" in here(root, "stats", "-v").stderr


def test_a_link_in_its_place_is_passed_by(root, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (root / ".yiben").symlink_to(tmp_path / "elsewhere")
    assert here(root, "stats").returncode == 0
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_lock_makes_nobody_wait_for_long(root, monkeypatch):
    monkeypatch.setattr(database, "_PATIENCE", 0.01)
    first = here(root, "stats")
    other = sqlite3.connect(file_of(root), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert here(root, "stats") == first
    assert "is not used: database is locked" in here(root, "stats", "-v").stderr
    other.close()


def write_many(path, name):
    database = Database(path)
    for number in range(20):
        database.write({f"{name}{number}": name.encode()})
    database.close()


def test_two_processes_use_it_at_once(tmp_path):
    path = tmp_path / "cache.sqlite"
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    workers = [context.Process(target=write_many, args=(path, name)) for name in "xy"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    keys = [f"{name}{number}" for name in "xy" for number in range(20)]
    assert len(Database(path).read(keys)) == 40


def test_it_is_bounded_and_the_oldest_go_first(tmp_path, monkeypatch):
    hours = 0
    monkeypatch.setattr(database, "_now", lambda: hours)
    kept = Database(tmp_path / "cache.sqlite", limit=100_000)
    for hours in range(0, 3000, 100):
        kept.write({f"k{hours}": bytes(5000)})
        kept.read(["k0"])
    kept.write({})
    names = [f"k{one}" for one in range(0, 3000, 100)]
    left = kept.read(names)
    assert "k0" in left
    assert "k100" not in left
    assert "k2900" in left
    assert sum(map(len, left.values())) <= 100_000


def test_only_values_of_known_classes_come_out():
    values = Values(Problem)
    problem = Problem("a", 1, 2, "\ud800")
    given = (problem, {"x": (1, None)}, frozenset({"b", "a"}), b"\0\xff", 1.5)
    assert values.read(values.write(given)) == given
    for other in (["os.system", "ls"], ["Problem", 1], ["b", 7], [["x"]], [":", 1]):
        with pytest.raises(ValueError, match=r"not a value|base64|argument"):
            values.read(json.dumps(other).encode())
    with pytest.raises(TypeError):
        values.write(print)


def test_usual_fields_are_left_out_and_come_back():
    values = Values(Message)
    for one in (
        Message("a"),
        Message("a", "b", context=""),
        Message("a", flags=("fuzzy",), line=3),
        Message("a", obsolete=True),
        Message("a", line=False),
    ):
        again = values.read(values.write(one))
        assert (again, again.line, type(again.line)) == (one, one.line, type(one.line))
    assert values.write(Message("a", "b")) == b'["Message","a","b"]'


def test_a_write_that_failed_is_tried_again(root):
    here(root, "update")
    path = root / "locales/templates/LC_MESSAGES/a.pot"
    path.unlink()
    path.mkdir()
    assert here(root, "extract").returncode == 2
    path.rmdir()
    assert here(root, "extract").returncode == 0
    assert path.is_file()


def test_an_interrupted_run_leaves_a_cache_that_serves(root):
    assert yiben_process(root, "update", XDG_CACHE_HOME="").returncode == 0
    assert yiben_process(root, "stats", XDG_CACHE_HOME="") == yiben(root, "stats", "--no-cache")


def forget(root, start):
    """Take the entries out of the cache whose values start so; how many there were."""
    connection = sqlite3.connect(file_of(root))
    with connection:
        words = "DELETE FROM entries WHERE substr(value, 1, ?) = ?"
        count = connection.execute(words, (len(start), start)).rowcount
    connection.close()
    return count


@pytest.mark.parametrize("forgotten", [False, True])
@pytest.mark.parametrize("harm", ["gone", "older"])
def test_a_page_comes_back_though_only_its_hash_was_read(root, monkeypatch, harm, forgotten):
    here(root, "update")
    here(root, "build")
    here(root, "build")
    page = root / "build/en/a.md"
    right = page.read_bytes()
    assert not forgotten or forget(root, right)
    if harm == "gone":
        page.unlink()
    else:
        page.write_bytes(b"old")
    cut = counted(monkeypatch)
    here(root, "build", "--replace")
    assert page.read_bytes() == right
    assert set(cut) == ({"content/a.md"} if forgotten else set())


def test_what_is_found_out_does_not_wait_for_the_end(root, monkeypatch):
    written = []
    plain = Database.write

    def write(self, values):
        written.append(len(values))
        plain(self, values)

    here(root, "update")
    monkeypatch.setattr(cache, "_MUCH", 0)
    monkeypatch.setattr(Database, "write", write)
    first = here(root, "check").stdout
    assert len([count for count in written if count]) >= len(PAGES)
    assert here(root, "check").stdout == first == here(root, "check", "--no-cache").stdout


def test_several_processes_leave_behind_what_one_would(tmp_path, monkeypatch):
    root = project(tmp_path / "project", {f"{number}.md": "# 安装\n" for number in range(50)})
    here(root, "update")
    for number in range(50):
        translate(root / f"locales/en/LC_MESSAGES/{number}.po", {"安装": f"Setup {number % 2}"})
    monkeypatch.setattr(pool, "processors", lambda: 2)
    monkeypatch.setattr(cache, "_MUCH", 0)
    first = [here(root, command).stdout for command in ("build", "check")]
    assert "differs from “Setup 0”" in first[1]
    monkeypatch.setattr(pool, "processors", lambda: 1)
    cut = counted(monkeypatch)
    shutil.rmtree(root / "build")
    translate(root / "locales/en/LC_MESSAGES/7.po", {"安装": "Installation"})
    here(root, "build")
    second = here(root, "check").stdout
    assert set(cut) == {"content/7.md"}
    assert second == here(root, "check", "--no-cache").stdout
    assert (root / "build/en/8.md").read_text("utf-8") == "# Setup 0\n"


def test_the_parts_of_one_catalog_are_checked_by_several_processes(tmp_path, monkeypatch):
    pages = {f"{number}.md": f"# 安装{number}\n\n见 [甲](a{number}.md)。\n" for number in range(50)}
    root = project(tmp_path / "project", pages, SETTINGS + 'catalog = "single"\ndomain = "all"\n')
    here(root, "update")
    texts = {f"见 [甲](a{number}.md)。": f"See [A](b{number}.md)" for number in range(50)}
    translate(root / "locales/en/LC_MESSAGES/all.po", texts)
    monkeypatch.setattr(pool, "processors", lambda: 1)
    alone = here(root, "check", "--no-cache").stdout
    assert alone.count("b49.md") > 1
    monkeypatch.setattr(pool, "processors", lambda: 2)
    assert here(root, "check", "--no-cache").stdout == alone
    assert here(root, "check").stdout == alone
    cut = counted(monkeypatch)
    assert here(root, "check").stdout == alone
    (root / "content/b3.md").write_text("# B\n", "utf-8")
    assert here(root, "check").stdout == here(root, "check", "--no-cache").stdout != alone
    assert cut


@pytest.mark.parametrize("edit", ["lines", "words"])
@pytest.mark.parametrize("forgotten", [False, True])
def test_differences_between_catalogs_follow_them(root, edit, forgotten):
    project(root, {"a.md": "# 安装\n", "b.md": "# 安装\n"})
    here(root, "update")
    for name, word in (("a", "Setup"), ("b", "Installation")):
        translate(root / f"locales/en/LC_MESSAGES/{name}.po", {"安装": word})
    first = here(root, "check").stdout
    assert "differs from “Setup”" in first
    here(root, "check")
    # What catalogs translate is kept compressed.
    assert not forgotten or forget(root, zlib.compress(b"", 1)[:2]) >= 2
    path = root / "locales/en/LC_MESSAGES/a.po"
    text = path.read_text("utf-8")
    text = f"# Hello.\n{text}" if edit == "lines" else text.replace("Setup", "Set-up")
    path.write_text(text, "utf-8")
    second = here(root, "check").stdout
    assert second == here(root, "check", "--no-cache").stdout
    assert second != first
