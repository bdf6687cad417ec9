"""The commands as functions: one, and what it gives, for each."""
