"""Markdown's blocks as Python-Markdown finds them.

Python-Markdown does not read line by line: it looks for fenced code over the whole page, then for
HTML over the whole page, and then cuts what is left at blank lines into blocks, on which processors
are tried in a fixed order, each of which takes a part and hands the rest back. The modules here do
the same over slices of the page, so that of each text its place in the source is known.
"""
