"""Blocks found as Pandoc finds them, and what Quarto adds to them."""
