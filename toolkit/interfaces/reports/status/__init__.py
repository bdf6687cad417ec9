"""The state of a project as one page for people, and as badges."""
