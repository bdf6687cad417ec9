"""What the preview shows of a page is harmless however a browser reads it: markup at random."""

from random import Random

import pytest
from attacks import lines_of

from toolkit.interfaces.preview.inert import Places
from toolkit.interfaces.preview.marks import Markers
from toolkit.interfaces.preview.tree import rendered, standalone

TAGS = lines_of("preview/tags.txt")
ATTRIBUTES = lines_of("preview/attributes.txt")
TEXTS = lines_of("preview/texts.txt")
_PAGES = 2_000
_MARKERS = Markers.unlike("")
ACTING = """
(pages) => {
  const dropped = "script,iframe,frame,frameset,object,embed,applet,base,meta,link,style,"
    + "noscript,template,portal,title,form";
  const targets = new Set(("href src srcset action formaction xlink:href poster data background "
    + "cite ping").split(" "));
  const acts = ({name, value}) => name.startsWith("on") || name.endsWith(":href")
    || (targets.has(name) && !(name === "src" && value.startsWith("/files/")))
    || (name === "style" && /url/i.test(value));
  const places = [
    (html) => new DOMParser().parseFromString(`<!doctype html><main>${html}`, "text/html").body,
    (html) => {
      const span = document.implementation.createHTMLDocument("").createElement("span");
      span.innerHTML = html;
      return span;
    },
  ];
  return pages.map((html) => places.some((read) => {
    const root = read(html);
    const every = [...root.querySelectorAll("*")];
    return root.querySelector(dropped) || every.some((one) => [...one.attributes].some(acts));
  }));
}
"""


def _markup(random):
    """Tags, attributes and texts that browsers and lxml may read differently, nested anyhow."""
    pieces, tags = [], []
    for _ in range(random.randint(2, 9)):
        kind = random.random()
        if kind < 0.5:
            tags.append(random.choice(TAGS))
            attributes = random.choices(ATTRIBUTES, k=random.choice((0, 0, 1, 1, 2)))
            pieces += [" ".join(("<" + tags[-1], *attributes)), random.choice(("", ">", ">", "/>"))]
        elif kind < 0.7 and tags:
            pieces.append(f"</{tags.pop()}>")
        else:
            pieces.append(random.choice(TEXTS))
    return "".join(pieces)


def _shown(seeds):
    pages = [_markup(Random(f"inert {seed}")) for seed in seeds]  # noqa: S311 - to be had again
    shown = [rendered(page, _MARKERS, Places("a.md")).html for page in pages]
    return pages, shown


@pytest.mark.peers
def test_no_markup_acts_in_a_browser(chromium):
    page = chromium.new_context().new_page()
    page.goto("about:blank")
    pages, shown = _shown(range(_PAGES))
    for make in (lambda html: html, lambda html: standalone(html, lambda _: "/files/a")):
        found = page.evaluate(ACTING, [make(html) for html in shown])
        assert [one for one, acts in zip(pages, found, strict=True) if acts] == []
    assert any(page.evaluate(ACTING, pages))
    page.context.close()


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>文</p></body></html><p>b</p>", "<p>文</p><p>b</p>"),
        ('<html data-x="</p>"><body><p>文</p>', "<p>文</p>"),
        ("<plaintext><p>文</p>", "<p>文</p>"),
        ("<p>文 \uffff \x01 &#xFFFF; &#1; b</p>", "<p>文 \ufffd \ufffd \ufffd \ufffd b</p>"),
        ('<p title="&#65535;&#11;">文 &#38;</p>', '<p title="\ufffd\ufffd">文 &amp;</p>'),
    ],
)
def test_markup_that_lxml_reads_otherwise_is_shown(html, expected):
    marked = html.replace("文", _MARKERS.around(0, "文"))
    shown = rendered(marked, _MARKERS, Places("a.md")).html
    plain = shown.replace('<span data-unit="0">文</span>', "文").replace(' data-unit="0"', "")
    assert plain == expected
