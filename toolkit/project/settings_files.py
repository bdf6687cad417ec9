"""The names of the files that settings stand in."""

FILES = ("yiben.toml", "pyproject.toml")
