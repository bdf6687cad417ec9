"""The types of admonitions that themes know, and the titles that programs make of them."""

TYPES = tuple(
    "note abstract info tip success question warning failure danger bug example quote".split()
)
"""The types of Material for MkDocs; the title is the type with a capital."""
