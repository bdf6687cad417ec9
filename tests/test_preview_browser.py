"""`yiben preview` as a translator uses it, in a real browser."""

import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from browsing import PATIENCE, eventually, go, violations
from previewing import serving
from projects import project, translate, yiben

from toolkit.interfaces.preview import application, saving
from toolkit.interfaces.preview.views import Views

pytestmark = pytest.mark.peers
ROOT = Path(__file__).parents[1]
SETTINGS = 'source = "zh-Hans"\ntargets = ["en", "ar"]\n'
PAGE = "# 安装\n\n先装好 `kubectl`。\n\n然后启动服务。\n\n1. 第一步\n2. 第二步\n"
CATALOG = "locales/en/LC_MESSAGES/a.po"


@pytest.fixture
def root(tmp_path):
    project(tmp_path, {"a.md": PAGE}, SETTINGS)
    yiben(tmp_path, "update")
    return tmp_path


def opened(chromium, preview, *place, **options):
    """A new tab at a place of the interface, as who has its address sees it."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, **options)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    page.goto(preview.address)
    page.wait_for_selector("table.pages")
    if place:
        go(page, preview.at(*place))
    return page


def target(page):
    return page.frame_locator("iframe").nth(1)


def saved(page):
    page.wait_for_selector(".say.done")


def changed_lines(before, after):
    """The lines of a catalog that differ, its date aside."""
    pairs = zip(before.split("\n"), after.split("\n"), strict=True)
    return [new for old, new in pairs if old != new and "PO-Revision-Date" not in new]


def test_click_type_see_and_save(chromium, root):
    before = (root / CATALOG).read_text(encoding="utf-8")
    with serving(root) as preview:
        page = opened(chromium, preview, "en", "a.md")
        target(page).get_by_text("先装好").click()
        assert page.input_value("#translation") == ""
        page.keyboard.type("First install it.")
        target(page).get_by_text("First install it.").wait_for()
        page.wait_for_selector(".finding")
        assert target(page).locator("[data-state=warning], [data-state=error]").count() == 1
        page.fill("#translation", "First install `kubectl`.")
        page.wait_for_selector(".finding", state="detached")
        target(page).locator("code", has_text="kubectl").wait_for()
        page.keyboard.press("Control+s")
        saved(page)
        page.context.close()
    after = (root / CATALOG).read_text(encoding="utf-8")
    assert changed_lines(before, after) == ['msgstr "First install `kubectl`."']


def test_a_refused_text_is_said_and_the_page_keeps_its_source(chromium, root):
    with serving(root) as preview:
        page = opened(chromium, preview, "en", "a.md", 2)
        page.fill("#translation", "Start <script>alert(1)</script>")
        page.wait_for_selector(".finding.refused")
        assert page.locator(".backdrop mark").first.inner_text() in "<script>alert(1)</script>"
        assert target(page).get_by_text("然后启动服务。").count() == 1
        page.context.close()


def test_the_keyboard_alone_will_do(chromium, root):
    with serving(root) as preview:
        page = opened(chromium, preview)
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.getAttribute('href')") == "#/en/a.md":
                break
        page.keyboard.press("Enter")
        page.wait_for_selector(".source-text:not(:empty)")
        words = {
            "安装": "Install",
            "先装好": "First `kubectl`.",
            "然后启动服务": "Then start it.",
            "第一步": "One",
            "第二步": "Two",
        }
        for source, word in words.items():
            page.wait_for_selector(f".source-text:has-text('{source}')")
            page.wait_for_selector("#translation:focus")
            page.keyboard.type(word)
            page.keyboard.press("Control+Enter")
        wait_for_text(root, 'msgstr "Two"')
        page.keyboard.press("Alt+ArrowUp")
        page.keyboard.press("Alt+o")
        page.wait_for_selector("table.pages")
        page.keyboard.press("?")
        page.wait_for_selector("dialog[open]")
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog", state="detached")
        page.context.close()
    assert 'msgid "第二步"\nmsgstr "Two"' in (root / CATALOG).read_text(encoding="utf-8")


def wait_for_text(root, text):
    assert eventually(lambda: text in (root / CATALOG).read_text(encoding="utf-8"))


def test_right_to_left(chromium, root):
    with serving(root) as preview:
        page = opened(chromium, preview, "ar", "a.md", 0)
        assert page.get_attribute("#translation", "dir") == "rtl"
        assert page.get_attribute("#translation", "lang") == "ar"
        box = target(page).locator("h1").bounding_box()
        text = (
            target(page)
            .locator("h1")
            .evaluate(
                "e => { const r = document.createRange(); r.selectNodeContents(e);"
                " return r.getBoundingClientRect().right }"
            )
        )
        assert box["width"] > 100
        assert text > box["width"] * 0.8
        page.context.close()


def test_an_outside_edit_of_the_same_text_shows_both_and_asks(chromium, root):
    with serving(root) as preview:
        page = opened(chromium, preview, "en", "a.md", 0)
        page.fill("#translation", "Mine")
        translate(root / CATALOG, {"安装": "Theirs", "第一步": "One"})
        page.wait_for_selector(".conflict:has-text('Theirs')")
        target(page).get_by_text("One").wait_for()
        assert page.input_value("#translation") == "Mine"
        page.get_by_role("button", name="Keep mine").click()
        saved(page)
        page.context.close()
    text = (root / CATALOG).read_text(encoding="utf-8")
    assert 'msgid "安装"\nmsgstr "Mine"' in text
    assert 'msgid "第一步"\nmsgstr "One"' in text


def test_what_was_typed_outlives_the_server_and_the_tab(chromium, root):
    with serving(root) as preview:
        port = preview.port
        page = opened(chromium, preview, "en", "a.md", 0)
        page.fill("#translation", "Half a")
    page.wait_for_selector(".connection.lost")
    page.locator("#translation").press("End")
    page.keyboard.type(" sentence")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".say.error")
    context = page.context
    page.close()
    with serving(root, port=port) as preview:
        page = context.new_page()
        page.goto(preview.address)
        page.wait_for_selector("a.card.resume")
        page.click("a.card.resume")
        page.wait_for_selector(".say.draft")
        assert page.input_value("#translation") == "Half a sentence"
        page.keyboard.press("Control+s")
        saved(page)
        context.close()
    assert 'msgstr "Half a sentence"' in (root / CATALOG).read_text(encoding="utf-8")


def test_pages_changed_outside_show_at_once(chromium, root):
    with serving(root) as preview:
        page = opened(chromium, preview, "en", "a.md", 0)
        path = root / "content" / "a.md"
        path.write_text(PAGE + "\n末尾一段。\n", encoding="utf-8")
        page.frame_locator("iframe").nth(0).get_by_text("末尾一段。").wait_for()
        page.context.close()


def test_a_language_that_is_added_or_taken_away_shows_at_once(chromium, root):
    with serving(root) as preview:
        page = opened(chromium, preview)
        (root / "yiben.toml").write_text(SETTINGS.replace('"ar"', '"ar", "ja"'), encoding="utf-8")
        page.wait_for_selector("option[value=ja]", state="attached")
        go(page, preview.at("ja", "a.md", 1))
        page.fill("#translation", "最初に")
        (root / "yiben.toml").write_text(SETTINGS, encoding="utf-8")
        page.wait_for_selector(".notes .error")
        assert page.input_value("#translation") == "最初に"
        page.goto(preview.at("ja", "a.md"))
        page.wait_for_selector("table.pages")
        assert page.locator("option[value=ja]").count() == 0
        page.context.close()


def test_a_folder_that_gets_another_name_shows_at_once(chromium, root):
    folder = root / "content" / "v1.2"
    folder.mkdir()
    (folder / "b.md").write_text("# 二\n", encoding="utf-8")
    with serving(root) as preview:
        page = opened(chromium, preview)
        page.wait_for_selector("table.pages a:has-text('b.md')")
        folder.rename(root / "content" / "v2.0")
        page.wait_for_selector("table.pages [href='#/en/v2.0%2Fb.md']")
        (root / "content").rename(root / "elsewhere")
        page.wait_for_selector("table.pages [href='#/en/a.md']", state="detached")
        (root / "elsewhere").rename(root / "content")
        page.wait_for_selector("table.pages [href='#/en/a.md']")
        page.context.close()


def test_a_catalog_that_breaks_is_named_and_shown_again_when_mended(chromium, root):
    path = root / CATALOG
    good = path.read_bytes()
    path.write_bytes(good + b'msgid "x\n')
    with serving(root) as preview:
        page = opened(chromium, preview)
        page.goto(preview.at("en", "a.md"))
        page.wait_for_selector(f".problem:has-text('{CATALOG}:')")
        path.write_bytes(good)
        page.wait_for_selector(".source-text:not(:empty)")
        page.fill("#translation", "Kept")
        path.write_bytes(good + b'msgid "x\n')
        page.wait_for_selector(f".notes .error:has-text('{CATALOG}:')")
        page.keyboard.press("Control+s")
        page.wait_for_selector(".say.error")
        assert page.input_value("#translation") == "Kept"
        path.write_bytes(good)
        page.wait_for_selector(".notes .error", state="detached")
        page.keyboard.press("Control+s")
        saved(page)
        page.context.close()
    assert 'msgstr "Kept"' in path.read_text(encoding="utf-8")


def test_both_sides_scroll_together(chromium, root):
    text = "# 安装\n\n" + "".join(f"第 {n} 段。\n\n" for n in range(80))
    (root / "content" / "a.md").write_text(text, encoding="utf-8")
    yiben(root, "update")
    with serving(root) as preview:
        page = opened(chromium, preview, "en", "a.md", 0)
        page.locator("iframe").nth(0).hover()
        page.mouse.wheel(0, 900)

        def tops():
            frames = (page.frame_locator("iframe").nth(side) for side in (0, 1))
            return [one.get_by_text("第 30 段。").bounding_box()["y"] for one in frames]

        assert eventually(lambda: abs(tops()[0] - tops()[1]) < 12 and tops()[0] < 1200)
        page.context.close()


def test_undo_takes_a_save_back(chromium, root):
    before = (root / CATALOG).read_text(encoding="utf-8")
    with serving(root) as preview:
        page = opened(chromium, preview, "en", "a.md", 0)
        page.fill("#translation", "Install")
        page.keyboard.press("Control+s")
        saved(page)
        page.keyboard.press("Alt+z")
        page.wait_for_selector(".say.done:has-text('undone')")
        page.context.close()
    assert changed_lines(before, (root / CATALOG).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_stands_in_the_way_of_a_screen_reader(chromium, root, scheme, language):
    words = {"安装": "Install", "先装好 `kubectl`。": "First it", "第一步": "One <b>x</b>"}
    translate(root / CATALOG, words)
    translate(root / CATALOG, {"第二步": "Two"}, fuzzy=True)
    options = {"color_scheme": scheme, "locale": language, "bypass_csp": True}
    with serving(root) as preview:
        page = opened(chromium, preview, **options)
        page.fill("#query", "t")
        page.wait_for_selector(".hit-list")
        assert violations(page) == []
        go(page, preview.at("en", "a.md", 1))
        page.wait_for_selector(".finding")
        assert violations(page) == []
        page.keyboard.press("F1")
        page.wait_for_selector("dialog[open]")
        assert violations(page) == []
        page.keyboard.press("Escape")
        page.fill("#translation", "Mine")
        translate(root / CATALOG, {"先装好 `kubectl`。": "Theirs"})
        page.wait_for_selector(".conflict")
        assert violations(page) == []
        page.goto(f"http://127.0.0.1:{preview.port}/frame/target/en/a.md")
        page.evaluate(f"document.documentElement.dataset.theme = '{scheme}'")
        assert violations(page) == []
        page.context.close()


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("zh-CN", "翻译"),
        ("ja", "翻訳"),
        ("de-AT", "Übersetzungen"),
        ("ar-EG", "الترجمات"),
        ("fr", "Translations"),
    ],
)
def test_the_interface_speaks_the_readers_language(chromium, root, language, word):
    with serving(root) as preview:
        page = opened(chromium, preview, locale=language)
        assert page.inner_text("h1") == word
        wanted = "rtl" if language.startswith("ar") else "ltr"
        assert page.evaluate("() => document.documentElement.dir") == wanted
        page.context.close()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (834, 1112), (640, 400)])
def test_nothing_is_cut_off_on_a_tablet_or_at_200_percent(chromium, root, width, height):
    with serving(root) as preview:
        page = opened(chromium, preview, "en", "a.md", 1)
        page.set_viewport_size({"width": width, "height": height})
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= width
        page.locator(".primary").scroll_into_view_if_needed()
        assert page.locator(".primary").is_visible()
        assert page.locator("iframe").nth(1).bounding_box()["height"] > 100
        page.context.close()


SAVES = (
    ("安装", "Install"),
    ("先装好", "First `kubectl`."),
    ("然后", "Then start."),
    ("第一步", "One"),
)


def loads_of(page):
    """The addresses of frames that are loaded from now on."""
    found = []
    page.on("request", lambda request: found.append(request.url) if "/frame/" in request.url else 0)
    return found


def look_at_the_disk(page, act):
    """Do something, and wait until the page has looked at what that changed."""
    with page.expect_response(lambda answer: "/api/page" in answer.url, timeout=PATIENCE):
        act()


@pytest.mark.parametrize("slow", [0, 400])
def test_a_save_does_not_load_the_page_again(chromium, root, monkeypatch, slow):
    slow_down(monkeypatch, slow / 1000)
    with serving(root) as preview:
        page = opened(chromium, preview, "en", "a.md", 0)
        loaded = loads_of(page)
        for source, text in SAVES:
            page.wait_for_selector(f".source-text:has-text('{source}')")
            page.fill("#translation", text)
            page.keyboard.press("Control+Enter")
        wait_for_text(root, SAVES[-1][1])
        page.fill("#translation", "Two")
        look_at_the_disk(page, lambda: page.keyboard.press("Control+s"))
        saved(page)
        assert loaded == []
        assert target(page).get_by_text("Then start.").count() == 1
        translate(root / CATALOG, {"第一步": "1"})
        target(page).get_by_text("1", exact=True).wait_for()
        assert len(loaded) == 2
        page.context.close()


def slow_down(monkeypatch, seconds):
    """Let each answer about a page be late, when files have changed again."""
    as_json = Views.as_json

    def late(self, place):
        found = as_json(self, place)
        time.sleep(seconds)
        return found

    monkeypatch.setattr(Views, "as_json", late)


def test_files_that_are_written_as_they_were_load_nothing(chromium, root):
    names = ("content/a.md", CATALOG, "yiben.toml")
    with serving(root) as preview:
        page = opened(chromium, preview, "en", "a.md", 0)
        loaded = loads_of(page)
        for name in names:
            data = (root / name).read_bytes()
            look_at_the_disk(page, lambda path=root / name, data=data: path.write_bytes(data))
        assert loaded == []
        page.context.close()


def test_others_texts_show_though_a_save_came_between(chromium, root):
    with serving(root) as preview:
        page = opened(chromium, preview, "en", "a.md", 0)
        page.fill("#translation", "Install")
        target(page).get_by_text("Install").wait_for()
        translate(root / CATALOG, {"第一步": "One"})
        page.keyboard.press("Control+s")
        target(page).get_by_text("One").wait_for()
        assert target(page).get_by_text("Install").count() == 1
        page.context.close()


def test_what_is_typed_while_a_save_runs_stays(chromium, root, monkeypatch):
    entered = threading.Event()
    go_on = threading.Event()
    real = saving.save

    def waiting(*args):
        entered.set()
        go_on.wait(PATIENCE / 1000)
        return real(*args)

    monkeypatch.setattr(application, "save", waiting)
    with serving(root) as preview:
        page = opened(chromium, preview, "en", "a.md", 0)
        page.fill("#translation", "Install")
        page.keyboard.press("Control+s")
        assert entered.wait(PATIENCE / 1000)
        page.locator("#translation").press("End")
        page.keyboard.type(" it")
        page.keyboard.press("Control+s")
        go_on.set()
        wait_for_text(root, 'msgstr "Install it"')
        saved(page)
        assert page.locator(".conflict").count() == 0
        go_on.clear()
        page.keyboard.type(" now")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector(".source-text:has-text('先装好')")
        page.keyboard.type("First")
        go_on.set()
        wait_for_text(root, 'msgstr "Install it now"')
        assert page.input_value("#translation") == "First"
        page.context.close()


def test_a_save_before_the_page_knows_of_the_last_one_is_no_conflict(chromium, root):
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs Playwright")
    held: list[Any] = []
    free = threading.Event()
    with serving(root) as preview:
        page = opened(chromium, preview, "en", "a.md", 0)
        page.route(
            "**/api/try*", lambda route: route.continue_() if free.is_set() else held.append(route)
        )
        page.fill("#translation", "Install")
        page.keyboard.press("Control+s")
        wait_for_text(root, 'msgstr "Install"')
        page.locator("#translation").press("End")
        page.keyboard.type(" now")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector(".source-text:has-text('先装好')")
        free.set()
        for route in held:
            with suppress(sync_api.Error):  # what was typed since has taken a try back
                route.continue_()
        wait_for_text(root, 'msgstr "Install now"')
        page.context.close()


EXPORTS = [
    ("zh-CN", "翻译", "ltr"),
    ("ja", "翻訳", "ltr"),
    ("de-AT", "Übersetzungen", "ltr"),
    ("ar-EG", "الترجمات", "rtl"),
    ("fr-FR", "Translations", "ltr"),
]


@pytest.mark.parametrize(("language", "heading", "direction"), EXPORTS)
def test_an_export_speaks_the_readers_language(chromium, root, language, heading, direction):
    translate(root / CATALOG, {"安装": "Install", "先装好 `kubectl`。": "First it"})
    assert yiben(root, "preview", "--export", "review", "-l", "en").returncode == 0
    context = chromium.new_context(locale=language)
    page = context.new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto((root / "review/index.html").as_uri())
    assert page.inner_text("h1") == heading
    assert page.evaluate("() => document.documentElement.dir || 'ltr'") == direction
    page.click("th a")
    page.wait_for_selector("section.pair")
    english = page.locator("[data-yiben-word]", has_text="untranslated").count()
    assert bool(english) == (language == "fr-FR")
    assert page.locator("article").nth(1).inner_text().startswith("Install")
    assert said == []
    assert all(url.startswith("file:") for url in asked)
    context.close()


def test_two_tabs_keep_what_each_typed(chromium, root):
    with serving(root) as preview:
        one = opened(chromium, preview, "en", "a.md", 0)
        two = one.context.new_page()
        two.set_default_timeout(PATIENCE)
        go(two, preview.at("en", "a.md", 0))
        one.fill("#translation", "Of the first tab")
        two.fill("#translation", "Of the second tab")
        one.keyboard.press("Control+Enter")
        wait_for_text(root, 'msgstr "Of the first tab"')
        two.wait_for_selector(".conflict:has-text('Of the first tab')")
        two.get_by_role("button", name="Take the other").click()
        two.fill("#translation", "Third")
        one.close()
        two.close()
        page = two.context.new_page()
        page.set_default_timeout(PATIENCE)
        go(page, preview.at("en", "a.md", 0))
        page.wait_for_selector(".say.draft")
        assert page.input_value("#translation") == "Third"
        page.context.close()


def test_a_closed_tab_leaves_its_draft_to_others(chromium, root):
    with serving(root) as preview:
        one = opened(chromium, preview, "en", "a.md", 0)
        one.fill("#translation", "Typed first")
        two = one.context.new_page()
        two.set_default_timeout(PATIENCE)
        go(two, preview.at("en", "a.md", 0))
        two.wait_for_selector(".say.draft")
        one.fill("#translation", "Typed first, then more")
        two.fill("#translation", "Quite another")
        one.close()
        two.keyboard.press("Control+s")
        two.wait_for_selector(".say.done")
        two.wait_for_selector(".say.draft:has-text('Typed first, then more')")
        two.get_by_role("button", name="Use it").click()
        assert two.input_value("#translation") == "Typed first, then more"
        two.context.close()


def test_what_is_typed_for_a_text_that_goes_is_kept(chromium, root):
    with serving(root) as preview:
        page = opened(chromium, preview, "en", "a.md", 2)
        page.fill("#translation", "Then start")
        path = root / "content" / "a.md"
        path.write_text(PAGE.replace("然后启动服务。", "然后停止服务。"), encoding="utf-8")
        page.wait_for_selector(".strays:has-text('Then start')")
        go(page, preview.at("en", "a.md", 1))
        page.wait_for_selector(".strays:has-text('然后启动服务。')")
        page.get_by_role("button", name="Use it").click()
        assert page.input_value("#translation") == "Then start"
        page.get_by_role("button", name="Discard").click()
        page.wait_for_selector(".strays", state="hidden")
        page.context.close()


def test_a_browser_that_keeps_nothing_asks_before_it_leaves(chromium, root):
    full = "() => { Storage.prototype.setItem = () => { throw new DOMException('full') } }"
    with serving(root) as preview:
        page = opened(chromium, preview, "en", "a.md", 0)
        page.evaluate(full)
        page.fill("#translation", "Install")
        page.wait_for_selector(".say.error")
        page.keyboard.press("Alt+ArrowDown")
        page.wait_for_selector(".source-text:has-text('先装好')")
        page.keyboard.press("Alt+ArrowUp")
        page.wait_for_selector(".say.draft")
        assert page.input_value("#translation") == "Install"
        asked = []

        def leave(dialog):
            asked.append(dialog.type)
            dialog.accept()

        page.on("dialog", leave)
        page.close(run_before_unload=True)
        page.context.close()
    assert asked == ["beforeunload"]


def test_undo_keeps_what_was_typed_since(chromium, root):
    with serving(root) as preview:
        page = opened(chromium, preview, "en", "a.md", 0)
        page.fill("#translation", "Install")
        page.keyboard.press("Control+s")
        saved(page)
        page.fill("#translation", "Installing")
        page.keyboard.press("Alt+z")
        page.wait_for_selector(".say.done:has-text('undone')")
        assert page.input_value("#translation") == "Installing"
        page.context.close()
    assert 'msgid "安装"\nmsgstr ""' in (root / CATALOG).read_text(encoding="utf-8")


def test_many_tabs_hear_of_changes(chromium, root):
    with serving(root) as preview:
        first = opened(chromium, preview, "en", "a.md", 0)
        others = []
        for _ in range(9):
            page = first.context.new_page()
            page.set_default_timeout(PATIENCE)
            go(page, preview.at("en", "a.md", 0))
            others.append(page)
        translate(root / CATALOG, {"第一步": "One"})
        target(others[-1]).get_by_text("One").wait_for()
        first.close()
        translate(root / CATALOG, {"第二步": "Two"})
        for page in others:
            target(page).get_by_text("Two").wait_for()
        first.context.close()


def test_an_old_tab_hears_of_changes_when_the_server_is_back(chromium, root):
    with serving(root) as preview:
        port = preview.port
        old = opened(chromium, preview, "en", "a.md", 0)
    old.wait_for_selector(".connection.lost")
    with serving(root, port=port) as preview:
        new = old.context.new_page()
        new.set_default_timeout(PATIENCE)
        new.goto(preview.address)
        go(new, preview.at("en", "a.md", 0))
        old.wait_for_selector(".connection:not(.lost)", state="attached")
        translate(root / CATALOG, {"第一步": "One"})
        for page in (old, new):
            target(page).get_by_text("One").wait_for()
        old.context.close()


def test_terms_and_colours_follow_what_changes(chromium, root):
    settings = f'{SETTINGS}glossary = "terms.csv"\n'
    (root / "yiben.toml").write_text(settings, encoding="utf-8")
    (root / "terms.csv").write_text("source,locale,target\n安装,en,set up\n", encoding="utf-8")
    with serving(root) as preview:
        page = opened(chromium, preview, "en", "a.md", 0)
        page.wait_for_selector(".terms:has-text('set up')")
        page.fill("#translation", "Setup")
        page.wait_for_selector(".finding:has-text('set up')")
        (root / "terms.csv").write_text("source,locale,target\n安装,en,setup\n", encoding="utf-8")
        page.wait_for_selector(".terms:has-text('setup')")
        page.wait_for_selector(".finding", state="detached")
        page.emulate_media(color_scheme="dark")
        target(page).locator("[data-theme=dark] h1").wait_for()
        page.context.close()


def test_much_that_is_found_leaves_room_for_the_page_and_its_text(chromium, tmp_path):
    links = "\n\n".join(f"[去{n}](gone{n}.md)。" for n in range(12))
    project(tmp_path, {"a.md": f"# 标题\n\n{links}\n\n{'很长的文字，' * 120}\n"}, SETTINGS)
    yiben(tmp_path, "update")
    with serving(tmp_path) as preview:
        page = opened(chromium, preview, "en", "a.md", 13)
        page.wait_for_selector(".notes summary:has-text('12 warnings')")
        frame = page.locator("iframe").nth(1)
        assert frame.bounding_box()["height"] > 500
        page.click(".notes summary")
        page.wait_for_selector(".notes p:has-text('gone3.md')")
        assert frame.bounding_box()["height"] > 300
        text = page.locator("#translation").bounding_box()
        assert text["y"] + text["height"] <= 800
