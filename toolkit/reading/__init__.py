"""From a page's bytes to its units, targets and anchors."""
