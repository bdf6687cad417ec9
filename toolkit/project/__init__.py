"""The project on disk: settings, files, outputs, and the work spread over processes."""
