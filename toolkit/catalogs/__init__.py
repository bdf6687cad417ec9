"""Messages and what is done with them: PO, templates, merging, memory, glossary."""
