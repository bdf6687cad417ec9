"""The values that all others speak in: errors, documents, units, catalogs, findings."""
