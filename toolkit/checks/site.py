"""The checks of a built site; `yiben verify` finds what they tell of."""

from __future__ import annotations

from toolkit.checks import announce
from toolkit.model.findings import Severity

_ERRORS = {
    "site-missing": (
        "A page of the built site is missing in a locale.",
        "`site/guide/index.html` is there, `site/de/guide/index.html` is not.",
        "every page is there in all locales, or `skip_below` leaves it out.",
    ),
    "site-structure": (
        "The blocks of a localized page are not those of its source page.",
        "a table of three rows where the source page has four.",
        "the same headings, lists, tables, admonitions and tabs in the same order.",
    ),
    "site-code": (
        "Code of a localized page is not the code of its source page.",
        "`kubectl get pod` where the source page has `kubectl get pods`.",
        "the same code in all languages, unless `code` has it translated.",
    ),
    "site-target": (
        "A link or image of a localized page is lost, or leads elsewhere than its source's.",
        "a link of a German page to `../guide/`, with `../de/guide/` built.",
        "the same target, or the locale's own.",
    ),
    "site-link": (
        "A link, script or style leads to no file of the built site.",
        '`<a href="../nope/">`',
        "a target that was built.",
    ),
    "site-fragment": (
        "A link leads to an id that its page does not have.",
        '`<a href="../guide/#install">`, and the page has only `#安装`.',
        "the id of an element of that page; `anchors` keeps those of the source.",
    ),
    "site-image": (
        "An image leads to no file of the built site.",
        '`<img src="img/nope.png">`',
        "a picture that was copied into the site.",
    ),
    "site-source-text": (
        "A localized page shows a text of the source that its catalog translates.",
        "`Install it.` on a German page whose catalog has `Installieren Sie es.`",
        "the translation; build the site anew, or see why the build refused it.",
    ),
    "site-foreign-text": (
        "A localized page shows another text than its catalog has.",
        "a sentence that stands neither in the source nor in the catalog.",
        "the translation of the catalog; build the site anew.",
    ),
    "site-syntax": (
        "Readers see marks of Markdown that should have become something else.",
        "`**加粗 **`, `{ #id }`, `!!! note`, `:::`, `{{ name }}` in running text.",
        "bold text, an id, an admonition.",
    ),
    "site-markup": (
        "A text of a localized page lacks bold, code or other elements of its source, or has more.",
        "`<strong>` once in the source's paragraph, and not in the translation's.",
        "the same elements, in whatever order.",
    ),
    "site-lang": (
        "A page names another language than its own.",
        '`<html lang="en">` on a German page.',
        '`<html lang="de">`; the theme\'s language decides about it.',
    ),
    "site-dir": (
        "A page runs in the wrong direction.",
        'an Arabic page without `dir="rtl"`.',
        '`<html lang="ar" dir="rtl">`',
    ),
    "site-canonical": (
        "A page names another page as its canonical address, so that search engines drop it.",
        "`https://example.org/guide/` on `https://example.org/de/guide/`.",
        "its own address: `site_url` with the locale.",
    ),
    "site-alternate": (
        "The alternates of a page do not lead to the same page in other languages, or not back.",
        '`hreflang="de"` leads to the German home page from every page.',
        "every page of a group names all others.",
    ),
}
_WARNINGS = {
    "site-title": (
        "A page has no title, or that of its source page over a translated heading.",
        "`<title>Install</title>` over `<h1>安装</h1>`.",
        "the title in the readers' language.",
    ),
    "site-duplicate-id": (
        "Several elements of a page have one id.",
        "two headings with `{ #install }`.",
        "an id for each.",
    ),
}
for severity, known in ((Severity.ERROR, _ERRORS), (Severity.WARNING, _WARNINGS)):
    for name, (title, bad, good) in known.items():
        announce(name, severity, f"{title}\n\nBad:  {bad}\nGood: {good}")

SITE_CHECKS = frozenset((*_ERRORS, *_WARNINGS))
"""The ids of the checks of a built site."""
