"""Reading a text as programs do that scan it from its start, with the places of all it holds."""
