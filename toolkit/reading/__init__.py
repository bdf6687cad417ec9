"""Turn a page's bytes into its units, targets and anchors."""
