"""Links that name pages by their addresses on a site lead to the localized pages."""

import pytest

from toolkit.dialects import dialect_named
from toolkit.model.document import Document
from toolkit.reading.segment import read_blocks
from toolkit.reading.targets import targets
from toolkit.site.layout import Layout

PAGES = {"index.md", "guide/index.md", "guide/start.md", "guide/a b.md", "api.md"}
LEFT_OUT = {"guide/later.md"}
FILES = {f"docs/{name}" for name in PAGES | LEFT_OUT} | {"docs/guide/code.js"}


def layout(content="docs", output="docs/zh/{}", root="docs"):
    files = {name.replace("docs/", f"{content}/", 1) for name in FILES}
    return Layout(content, "zh", PAGES, output.format, files.__contains__, root=root)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/", "/zh/"),
        ("/guide/", "/zh/guide/"),
        ("/guide", "/zh/guide"),
        ("/guide/start", "/zh/guide/start"),
        ("/guide/start.html#part?", "/zh/guide/start.html#part?"),
        ("/guide/start.md", "/zh/guide/start.md"),
        ("/guide/index.html", "/zh/guide/index.html"),
        ("/guide/start/?q=1#part", "/zh/guide/start/?q=1#part"),
        ("/guide/a%20b", "/zh/guide/a%20b"),
        ("/api", "/zh/api"),
        ("/guide/later", None),
        ("/logo.png", None),
        ("/nowhere", None),
        ("//example.org/guide/start", None),
        ("https://example.org/guide/start", None),
        ("#part", None),
        ("./start", None),
        ("start.html#part", None),
        ("../api", None),
        ("..", None),
        ("../", None),
        ("start.md", None),
        ("./later", "../../guide/later"),
        ("later.html#x", "../../guide/later.html#x"),
        ("later.md", "../../guide/later.md"),
        ("./code.js", "../../guide/code.js"),
        ("./nowhere", None),
    ],
)
def test_where_an_address_leads_from_a_localized_page(url, expected):
    assert layout().resolved("guide/index.md", url, addresses=True) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [("/en/guide/start", "/zh/guide/start"), ("/en/", "/zh/"), ("/guide/start", None)],
)
def test_addresses_where_each_locale_has_its_folder(url, expected):
    own = layout("docs/en", "docs/zh/{}", "docs")
    assert own.resolved("index.md", url, addresses=True) == expected


def test_addresses_from_a_root_that_is_not_known_stay():
    own = layout("docs", "build/zh/{}", "")
    assert own.resolved("index.md", "/guide/start", addresses=True) is None
    assert layout().resolved("index.md", "/guide/start") is None


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("/guide/start#a", "guide/start.md"),
        ("./start", "guide/start.md"),
        ("/guide/", "guide/index.md"),
        ("../api.html", "api.md"),
        ("#a", "guide/index.md"),
        ("./later", None),
        ("/nowhere", None),
    ],
)
def test_the_page_that_an_address_leads_to(url, page):
    assert layout().page_of("guide/index.md", url, addresses=True) == page


def test_targets_in_front_matter_and_scripts():
    text = (
        "---\nhero:\n  actions:\n    - link: /guide/\n    - link: '/api'\n"
        '    - link: "./start"\ntitle: /no\n---\n\n<script setup>\n'
        "import Thing, { a } from '../Thing.vue'\nimport './a.css'\nimport b from \"vue\"\n"
        "const c = '../no'\n</script>\n\n[x](/guide/start)\n\n<<< ../a.js{1}\n"
        "\n<!--@include: ./b.md#part-->\n\n```js\nimport d from './d'\n```\n"
    )
    document = Document("a.md", text)
    dialect = dialect_named("vitepress")
    found = targets(document, read_blocks(document, dialect), dialect)
    assert [one.text for one in found] == [
        *("/guide/", "/api", "./start"),
        *("../Thing.vue", "./a.css", "/guide/start", "../a.js", "./b.md"),
    ]
