"""Block rules of our own: what no plugin has, and what has to note where its text stands."""
