"""From units and translations to a page's bytes, and what keeps the page sound."""
