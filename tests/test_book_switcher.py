"""Readers of a book of mdBook change the language with a menu that `yiben build` writes."""

import json
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from browsing import served, violations
from projects import write_files, yiben

BOOK = '[book]\ntitle = "Things"\n\n[output.html]\nadditional-js = ["theme/languages.js"]\n'
SETTINGS = """\
source = "en"
targets = ["fr", "ar"]
content = "src"
output = "build/{locale}/src/{path}"
dialect = "mdbook"
site = ["book.toml"]
switcher = "theme/languages.js"
exclude = { fr = ["guide/rare.md"] }
"""
SUMMARY = """\
# Summary

- [Start](start.md)
- [Guide](guide/README.md)
  - [Names](guide/names-é.md)
  - [Rare](guide/rare.md)
"""


def book(root: Path, settings: str = SETTINGS, toml: str = BOOK, folder: str = "") -> Path:
    files = {"yiben.toml": settings, f"{folder}book.toml": toml, f"{folder}src/SUMMARY.md": SUMMARY}
    for name in ("start", "guide/README", "guide/names-é", "guide/rare"):
        files[f"{folder}src/{name}.md"] = f"# Page {name}\n\n## More here\n\nText.\n"
    write_files(root, files)
    return root


def values_in(script: Path) -> Any:
    text = script.read_text(encoding="utf-8")
    return json.loads(text[text.index(" = {") + 3 : text.index(";\n", text.index(" = {"))])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The source's book with those of its locales in folders of it, as real mdBook builds them."""
    mdbook = shutil.which("mdbook")
    if not mdbook:
        pytest.skip("mdbook is not installed")
    root = book(tmp_path_factory.mktemp("book"))
    assert yiben(root, "update").returncode == 0
    done = yiben(root, "build")
    assert (done.returncode, done.stderr) == (0, "build: 14 files written\n"), done.stderr
    # A chapter that a book lacks is a draft in it, and no page beside the source's.
    assert "[Rare](<>)" in (root / "build/fr/src/SUMMARY.md").read_text(encoding="utf-8")
    folder = root / "public"
    for source, place in ((".", folder), ("build/fr", folder / "fr"), ("build/ar", folder / "ar")):
        words = [mdbook, "build", source, "-d", str(place)]
        subprocess.run(words, check=True, cwd=root, capture_output=True)
    assert not [*(root / "src").rglob("*.html"), *(folder / "fr").rglob("rare.html")]
    assert (folder / "ar/guide/rare.html").exists()
    return folder


def choose(page, name: str) -> str:
    """Choose a language in the menu as readers do with a keyboard; the page that it leads to."""
    page.focus(".languages button")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    while page.evaluate("document.activeElement.textContent") != name:
        page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return unquote(page.url)


@pytest.mark.peers
def test_readers_stay_on_their_page(site, chromium):
    with served(site) as url:
        page = chromium.new_page()
        page.goto(f"{url}guide/names-%C3%A9.html#more-here")
        assert page.text_content(".languages button") == "English"
        assert not page.is_visible(".languages ul")
        assert choose(page, "Français") == f"{url}fr/guide/names-é.html#more-here"
        assert page.get_attribute("html", "lang") == "fr"
        assert page.text_content(".languages button") == "Français"
        assert choose(page, "العربية") == f"{url}ar/guide/names-é.html#more-here"
        assert choose(page, "English") == f"{url}guide/names-é.html#more-here"
        page.goto(f"{url}guide/index.html")
        assert choose(page, "Français") == f"{url}fr/guide/index.html"
        page.goto(url)
        assert choose(page, "Français") == f"{url}fr/"


@pytest.mark.peers
def test_a_page_that_the_other_book_lacks_leads_to_its_start(site, chromium):
    with served(site) as url:
        page = chromium.new_page()
        page.goto(f"{url}guide/rare.html#more-here")
        assert choose(page, "Français") == f"{url}fr/index.html"
        page.goto(f"{url}ar/guide/rare.html")
        assert choose(page, "English") == f"{url}guide/rare.html"
        page.goto(f"{url}ar/guide/rare.html")
        assert choose(page, "Français") == f"{url}fr/index.html"


@pytest.mark.peers
def test_the_menu_is_one_for_all_readers(site, chromium):
    page = chromium.new_page()
    # Books are read from disks as well.
    page.goto((site / "ar/guide/rare.html").as_uri())
    page.click(".languages button")
    assert page.get_attribute(".languages button", "aria-expanded") == "true"
    links = page.eval_on_selector_all(
        ".languages a",
        "links => links.map(one => [one.lang, one.hreflang, one.dir, one.textContent,"
        " one.getAttribute('aria-current')])",
    )
    assert links == [
        ["en", "en", "ltr", "English", None],
        ["fr", "fr", "ltr", "Français", None],
        ["ar", "ar", "rtl", "العربية", "true"],
    ]
    page.keyboard.press("Escape")
    assert not page.is_visible(".languages ul")
    assert page.evaluate("document.activeElement.textContent") == "العربية"
    page.click(".languages button")
    page.click("main h2")
    assert not page.is_visible(".languages ul")
    assert choose(page, "English") == unquote((site / "guide/rare.html").as_uri())
    page.click(".languages button")
    assert not [one for one in violations(page) if "languages" in str(one[1])]


def test_the_script_is_never_put_over_another(tmp_path):
    root = book(tmp_path)
    own = root / "theme/languages.js"
    own.parent.mkdir()
    own.write_text("// mine\n", encoding="utf-8")
    yiben(root, "update")
    assert yiben(root, "build").returncode == 1
    done = yiben(root, "build")
    assert done.returncode == 1
    line = "theme/languages.js: was not written by yiben and is left alone; `yiben build --keep"
    assert line in done.stderr
    assert own.read_text(encoding="utf-8") == "// mine\n"
    assert (root / "build/fr/theme/languages.js").exists()
    own.unlink()
    assert yiben(root, "build").returncode == 0
    assert "theme/languages.js" in (root / "build/.yiben-built").read_text(encoding="utf-8")
    assert (root / "book.toml").read_text(encoding="utf-8") == BOOK


def test_a_build_of_one_locale_writes_what_a_whole_build_does(tmp_path):
    one, whole = book(tmp_path / "one"), book(tmp_path / "whole")
    for root, words in ((one, ("-l", "fr")), (whole, ())):
        yiben(root, "update")
        assert yiben(root, "build", *words).returncode == 0
    for name in ("theme/languages.js", "build/fr/theme/languages.js"):
        assert (one / name).read_bytes() == (whole / name).read_bytes()
    assert yiben(one, "build", "src/start.md").returncode == 0
    assert not (one / "build/ar/theme").exists()


def test_a_book_in_a_folder_whose_books_stand_side_by_side(tmp_path):
    settings = SETTINGS.replace('"src"', '"docs/src"').replace('"book.toml"', '"docs/book.toml"')
    settings = settings.replace('"theme/', '"docs/js/theme/').replace("{locale}/src", "{locale}/s")
    settings += 'link_prefix = { en = "/book/en", fr = "/book/fr", ar = "/book/ar" }\n'
    root = book(tmp_path, settings, '[book]\nlanguage = "en-GB"\n', folder="docs/")
    yiben(root, "update")
    done = yiben(root, "build")
    assert done.returncode == 0
    assert 'put additional-js = ["js/theme/languages.js"] below [output.html]' in done.stderr
    found = values_in(root / "docs/js/theme/languages.js")
    assert (found["book"], found["language"], found["depth"]) == ("en", "en-GB", 2)
    assert [one["folder"] for one in found["books"]] == ["en/", "fr/", "ar/"]
    assert found["pages"] == ["SUMMARY", "guide/", "guide/names-é", "guide/rare", "start"]
    french = values_in(root / "build/fr/js/theme/languages.js")
    assert (french["book"], french["language"]) == ("fr", "fr")


def test_a_script_without_a_book(tmp_path):
    root = book(tmp_path, SETTINGS.replace('site = ["book.toml"]\n', ""))
    yiben(root, "update")
    done = yiben(root, "build")
    assert done.returncode == 2
    assert done.stderr.startswith('yiben.toml:6:1: switcher: no book.toml in "site" or "strings"')
    assert not (root / "theme").exists()


@pytest.mark.peers
def test_books_of_locales_have_the_theme_styles_and_scripts_of_the_source(tmp_path):
    mdbook = shutil.which("mdbook")
    if not mdbook:
        pytest.skip("mdbook is not installed")
    toml = BOOK.replace(
        'js"]', 'js", "mermaid.js"]\nadditional-css = ["css/own.css", "src/in.css"]'
    )
    root = book(tmp_path, toml=toml)
    files = {
        "mermaid.js": "// drawings\n",
        "css/own.css": "main { color: red }\n",
        "src/in.css": "h1 { color: red }\n",
        "theme/css/chrome.css": ".menu-bar { color: red }\n",
        "theme/.hidden": "x",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(exist_ok=True, parents=True)
        (root / name).write_text(text, encoding="utf-8")
    yiben(root, "update")
    assert yiben(root, "build").returncode == 0
    for name in files.keys() - {"theme/.hidden"}:
        assert (root / "build/fr" / name).read_text(encoding="utf-8") == files[name]
    assert not (root / "build/fr/theme/.hidden").exists()
    words = [mdbook, "build", "build/fr", "-d", str(root / "out")]
    subprocess.run(words, check=True, cwd=root, capture_output=True)
    (style,) = (root / "out/css").glob("own*.css")
    assert style.read_text(encoding="utf-8") == files["css/own.css"]
    # A record of the build knows the folders of the theme.
    assert yiben(root, "build").stderr.startswith("build: no files written")
    (root / "theme/css/new.css").write_text("p { color: red }\n", encoding="utf-8")
    assert yiben(root, "build").returncode == 0
    assert (root / "build/fr/theme/css/new.css").exists()


def test_a_locale_takes_its_book_along(tmp_path):
    root = book(tmp_path)
    (root / "theme").mkdir()
    (root / "theme/own.css").write_text("main { color: red }\n", encoding="utf-8")
    yiben(root, "update")
    assert yiben(root, "build").returncode == 0
    assert (root / "build/fr/theme/own.css").exists()
    assert yiben(root, "locale", "remove", "fr").returncode == 0
    assert not (root / "build/fr").exists()
    assert "build/fr" not in (root / "build/.yiben-built").read_text(encoding="utf-8")
    assert yiben(root, "locale", "rename", "ar", "ar-EG").returncode == 0
    assert not (root / "build/ar").exists()
    assert (root / "theme/languages.js").exists()


def test_init_proposes_the_menu(tmp_path):
    root = book(tmp_path)
    (root / "yiben.toml").unlink()
    done = yiben(root, "init", "--source", "en", "--target", "fr")
    assert done.returncode == 0
    settings = tomllib.loads((root / "yiben.toml").read_text(encoding="utf-8"))
    assert settings["switcher"] == "theme/languages.js"
