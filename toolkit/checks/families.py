"""All checks: importing this module registers them."""

from toolkit.checks import (
    CHECKS,
    across,
    catalogs,
    chinese,
    language,
    links,
    markup,
    site,
    wording,
)

__all__ = ["CHECKS", "FAMILIES", "SITE_CHECKS"]

FAMILIES = (catalogs, markup, wording, chinese, language, links, across)
SITE_CHECKS = site.SITE_CHECKS
"""The ids of the checks of `yiben verify`; `yiben check` runs all others."""
