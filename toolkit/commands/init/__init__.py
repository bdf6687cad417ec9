"""A project's first settings, from what lies in its folder."""
