"""The face for Python code: what `import toolkit` gives, for pages and for projects."""
