"""Localize Markdown documentation through gettext.

    page = toolkit.read(source, "mkdocs")           a page and its units
    template = toolkit.extract([page])              what there is to translate
    catalog = toolkit.update(catalog, template)     nothing lost
    built = toolkit.build(page, catalog)            the localized page: built.data, built.refusals

    project = toolkit.Project.find(".")             the same over a folder, as the command does it

The names are loaded when they are first used, so that importing the package costs nothing. Names
that are not listed here may change.

The way of the data, a room a step:

    model, language    the values that all others speak in; locales and scripts
    dialects, reading  the bytes of a page -> units, the translatable pieces with their spans
    catalogs           units -> messages; an earlier catalog -> the one to translate; PO files
    writing            units and translations -> the localized page, with nothing brought in
    checks, aligning   what is wrong with a translation; which texts belong together
    project, site      the files on disk, and where the links of a site lead
    commands           what each command does, and what it returns
    interfaces         the command line, Python, MkDocs, mdBook, Babel
"""

TYPE_CHECKING = False
"""Type checkers take it for true, as the one of `typing`, which is slow to import."""

if TYPE_CHECKING:
    from toolkit.dialects.dialect import Dialect
    from toolkit.interfaces.library.pages import (
        build,
        dialect,
        extract,
        parse_po,
        read,
        serialize_po,
        update,
    )
    from toolkit.interfaces.library.project import Project
    from toolkit.model.catalog import Catalog, Message
    from toolkit.model.document import Document, Span
    from toolkit.model.errors import ToolkitError
    from toolkit.model.findings import Finding
    from toolkit.model.units import Unit
    from toolkit.reading.page import Page
    from toolkit.writing.guard import Built, Refusal

__version__ = "0.1.0"

__all__ = [
    "Built",
    "Catalog",
    "Dialect",
    "Document",
    "Finding",
    "Message",
    "Page",
    "Project",
    "Refusal",
    "Span",
    "ToolkitError",
    "Unit",
    "__version__",
    "build",
    "dialect",
    "extract",
    "parse_po",
    "read",
    "serialize_po",
    "update",
]

_HOMES = {
    "dialects.dialect": ("Dialect",),
    "interfaces.library.pages": (
        *("build", "dialect", "extract", "parse_po", "read", "serialize_po", "update"),
    ),
    "interfaces.library.project": ("Project",),
    "model.catalog": ("Catalog", "Message"),
    "model.document": ("Document", "Span"),
    "model.errors": ("ToolkitError",),
    "model.findings": ("Finding",),
    "model.units": ("Unit",),
    "reading.page": ("Page",),
    "writing.guard": ("Built", "Refusal"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

if not TYPE_CHECKING:  # so that a type checker finds fault with names that do not exist

    def __getattr__(name: str) -> object:
        """Load a public name from its home (PEP 562)."""
        if name not in _HOME_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module  # noqa: PLC0415 - seldom asked

        value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
