"""Localize Markdown documentation through gettext.

The way of the data, each step a module of this name or a package:

    document   bytes of a page -> text with positions
    segment    text and dialect -> units, the translatable pieces with their spans
    template   units -> messages
    merge      messages and an earlier catalog -> the catalog to translate
    po         catalog <-> the bytes of a PO file
    guard      units and translations -> the localized page, sound and with nothing brought in

`toolkit.pool` runs them over a project, `toolkit.cli` is the command `yiben`.
"""

__version__ = "0.1.0"
