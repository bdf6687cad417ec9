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
        "The blocks of a localized page differ from those of its source page.",
        "a table of three rows where the source page has four.",
        "the same headings, lists, tables, admonitions and tabs in the same order.",
    ),
    "site-code": (
        "The code on a localized page differs from that on its source page.",
        "`kubectl get pod` where the source page has `kubectl get pods`.",
        "the same code in all languages, unless the setting `code` has it translated.",
    ),
    "site-target": (
        "A link or image is missing on a localized page, or has a different target.",
        "a German page links to `../guide/` although `../de/guide/` exists.",
        "the same target, or the locale's own.",
    ),
    "site-link": (
        "The target of a link, script or style does not exist in the built site.",
        '`<a href="../nope/">`',
        "a target that was built.",
    ),
    "site-fragment": (
        "A link leads to an id that its page does not have.",
        '`<a href="../guide/#install">`, and the page has only `#安装`.',
        "the id of an element of that page; `anchors` keeps those of the source.",
    ),
    "site-image": (
        "An image does not exist in the built site.",
        '`<img src="img/nope.png">`',
        "a picture that was copied into the site.",
    ),
    "site-source-text": (
        "A localized page shows a source text that is translated in its catalog.",
        "`Install it.` on a German page whose catalog has `Installieren Sie es.`",
        "the translation; rebuild the site, or see why the build refused it.",
    ),
    "site-foreign-text": (
        "A localized page shows a text that differs from its catalog.",
        "a sentence that is neither in the source nor in the catalog.",
        "the translation in the catalog; rebuild the site.",
    ),
    "site-syntax": (
        "Readers see Markdown syntax that should have been rendered.",
        "`**加粗 **`, `{ #id }`, `!!! note`, `:::`, `{{ name }}` in running text.",
        "bold text, an id, an admonition.",
    ),
    "site-markup": (
        "A text on a localized page has more or fewer elements (bold, code, …) than its source.",
        "`<strong>` once in the source's paragraph, and not in the translation's.",
        "the same elements, in whatever order.",
    ),
    "site-lang": (
        "A page declares the wrong language.",
        '`<html lang="en">` on a German page.',
        '`<html lang="de">`; the theme\'s language decides about it.',
    ),
    "site-dir": (
        "A page has the wrong text direction.",
        'an Arabic page without `dir="rtl"`.',
        '`<html lang="ar" dir="rtl">`',
    ),
    "site-canonical": (
        "The canonical address of a page is that of another page, so search engines ignore it.",
        "`https://example.org/guide/` on `https://example.org/de/guide/`.",
        "its own address: `site_url` with the locale.",
    ),
    "site-alternate": (
        "The alternates of a page are not the same page in other languages, or do not link back.",
        '`hreflang="de"` leads to the German home page from every page.',
        "every page of a group names all others.",
    ),
}
_WARNINGS = {
    "site-title": (
        "A page has no title, or a translated heading but its source page's title.",
        "`<title>Install</title>` over `<h1>安装</h1>`.",
        "the title in the readers' language.",
    ),
    "site-duplicate-id": (
        "Several elements of a page have the same id.",
        "two headings with `{ #install }`.",
        "an id for each.",
    ),
}
for severity, known in ((Severity.ERROR, _ERRORS), (Severity.WARNING, _WARNINGS)):
    for name, (title, bad, good) in known.items():
        announce(name, severity, f"{title}\n\nBad:  {bad}\nGood: {good}")

SITE_CHECKS = frozenset((*_ERRORS, *_WARNINGS))
"""The ids of the checks of a built site."""
