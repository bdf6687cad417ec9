"""The corpus of real pages that lies beside the project, tree by tree."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
_DIALECTS = {
    "OI-wiki": "mkdocs",
    "fastapi": "mkdocs",
    "kdoctor": "mkdocs",
    "kubean": "mkdocs",
    "mkdocs-material": "mkdocs",
    "comprehensive-rust": "mdbook",
    "hwameistor": "docusaurus",
    "mdBook": "mdbook",
    "mdpo": "gfm",
    "commonmark-spec": "commonmark",
}
_OTHERWISE = "definition_lists.md"
"""Markdown-it has no such lists; mdBook itself shows this page in `test_mdbook`."""


@dataclass(frozen=True)
class Tree:
    """The pages of one public project."""

    name: str
    dialect: str

    @property
    def pages(self) -> list[Path]:
        """Its Markdown files in a stable order."""
        folder = CORPUS / self.name
        if self.dialect == "docusaurus":
            # What lies beside the site's pages is GitHub's.
            folder /= "docs"
        found = sorted([*folder.rglob("*.md"), *folder.glob("spec.txt")])
        return [path for path in found if path.name != _OTHERWISE]


TREES = [Tree(name, dialect) for name, dialect in _DIALECTS.items()]
SMALLER = [
    pytest.param(tree, id=tree.name, marks=(pytest.mark.nightly,) if tree.name == "OI-wiki" else ())
    for tree in TREES
]
"""The same, but that the largest waits for the night; `test_corpus` reads it by day."""


def corpus_or_skip(tree: Tree) -> list[Path]:
    """The pages of a tree; skips the test where the corpus is absent."""
    if not CORPUS.is_dir():
        pytest.skip(f"the corpus of real pages is not beside the project ({CORPUS.name})")
    return tree.pages
