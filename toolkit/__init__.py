"""Localize Markdown documentation through gettext.

The way of the data, a room a step:

    model, language    the values that all others speak in; locales and scripts
    dialects, reading  the bytes of a page -> units, the translatable pieces with their spans
    catalogs           units -> messages; an earlier catalog -> the one to translate; PO files
    writing            units and translations -> the localized page, with nothing brought in
    checks, aligning   what is wrong with a translation; which texts belong together
    project, site      the files on disk, and where the links of a site lead

`toolkit.project.pool` runs them over a project, `toolkit.interfaces.cli` is the command `yiben`.
"""

__version__ = "0.1.0"
