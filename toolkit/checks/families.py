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
    targets,
    typography,
    wording,
)

__all__ = ["CHECKS", "FAMILIES", "SITE_CHECKS", "usual_checks"]

FAMILIES = (catalogs, targets, markup, wording, chinese, typography, language, links, across)
SITE_CHECKS = site.SITE_CHECKS
"""The ids of the checks of `yiben verify`; `yiben check` runs all others."""


def usual_checks(named: frozenset[str]) -> frozenset[str]:
    """Return the checks of catalogs that run by themselves, and those that settings name."""
    return frozenset(CHECKS) - SITE_CHECKS - (typography.ON_REQUEST - named)
