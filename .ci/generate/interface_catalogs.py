"""Bring the catalogs of the preview's interface up to date with its scripts.

    python .ci/generate/interface_catalogs.py [--check]

Translators edit toolkit/interfaces/preview/locales/*/LC_MESSAGES/preview.po.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po, write_po

from toolkit.interfaces.preview.wording import DOMAIN, LOCALES, SOURCE
from toolkit.language.locale import locale_of

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "toolkit/interfaces/preview"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
EXPORTED = {
    "exported_pages.py": FOLDER / "exported_pages.py",
    "status/page.py": ROOT / "toolkit/interfaces/reports/status/page.py",
}
EXPORTED_KEYWORDS = {"word": None, "label": None, "words": (1, 2)}


def template() -> Catalog:
    """Return the texts of scripts and exported pages, each with the file it stands in."""
    found = Catalog(project="yiben preview", copyright_holder="", msgid_bugs_address="")
    texts = extract_from_dir(FOLDER / "static", [("*.js", "javascript")], keywords=KEYWORDS)
    for name, _, message, comments, context in sorted(texts, key=lambda one: (one[0], one[1])):
        found.add(message, None, [(f"static/{name}", None)], (), comments, context=context)
    for name, path in EXPORTED.items():
        for _, message, comments, context in extract_from_file(
            "python", path, keywords=EXPORTED_KEYWORDS
        ):
            found.add(message, None, [(name, None)], (), comments, context=context)
    return found


def updated(path: Path, tag: str, fresh: Catalog) -> bytes:
    """Return the catalog of a language with the texts of the template."""
    old = read_po(io.BytesIO(path.read_bytes())) if path.exists() else Catalog(tag)
    catalog = Catalog(
        tag, project="yiben preview", copyright_holder="", fuzzy=False,
        creation_date=old.creation_date, revision_date=old.revision_date, last_translator="",
        language_team="", header_comment=f"# {tag} for yiben preview",
    )  # fmt: skip
    for message in fresh:
        if message.id:
            known = old.get(message.id)
            strings = known.string if known else ""
            catalog.add(message.id, strings, message.locations, known.flags if known else ())
    out = io.BytesIO()
    write_po(out, catalog, width=0, omit_header=False)
    return out.getvalue()


def texts_of(catalog: Catalog) -> list[object]:
    """Return the texts of a catalog in their order, with their places."""
    return [(one.id, sorted(place for place, _ in one.locations)) for one in catalog if one.id]


def main() -> int:
    """Write what changed; with `--check` only tell whether something would."""
    fresh, changed = template(), []
    for tag in LOCALES:
        if tag == SOURCE:
            continue
        folder = locale_of(tag).folder
        path = FOLDER / "locales" / folder / "LC_MESSAGES" / f"{DOMAIN}.po"
        if path.exists() and texts_of(read_po(io.BytesIO(path.read_bytes()))) == texts_of(fresh):
            continue
        changed.append(path)
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(updated(path, folder, fresh))
    for path in changed:
        print(path.relative_to(ROOT))
    return 1 if changed and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
