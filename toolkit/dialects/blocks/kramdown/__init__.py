"""Blocks found as kramdown finds them, with its parser for GitHub's Markdown, as in Jekyll."""
