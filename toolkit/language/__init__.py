"""Locales and their spellings, scripts, detection, characters."""
