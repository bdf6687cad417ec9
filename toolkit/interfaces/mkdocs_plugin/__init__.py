"""The MkDocs plugin: localized pages as files in memory, built from the catalogs.

Its hooks are thin: what the text of a page becomes is said by `toolkit.site`. Nothing of MkDocs is
changed but what its hooks give away: configuration, files, navigation and the context of a page.
"""

from toolkit.interfaces.mkdocs_plugin.plugin import YibenConfig, YibenPlugin

__all__ = ["YibenConfig", "YibenPlugin"]
