"""All checks: importing this module registers them."""

from toolkit.checks import CHECKS, across, catalogs, chinese, language, markup, wording

__all__ = ["CHECKS", "FAMILIES"]

FAMILIES = (catalogs, markup, wording, chinese, language, across)
