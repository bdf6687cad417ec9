"""How much of real pages survives a localization, as a table: `python benchmarks/fidelity.py`.

The same measure as `tests/test_corpus.py`, with every page named that does not hold.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from test_corpus import score
from trees import TREES


def main() -> None:
    """Print a row a tree and a line a broken page."""
    print(f"{'tree':20} {'pages':>6} {'kept':>6} {'letters':>9} {'reached':>8}")
    scores = [(tree.name, score(tree)) for tree in TREES]
    for name, found in scores:
        kept = found.pages - len(found.broken)
        reached = 100 * found.reached / max(1, found.letters)
        print(f"{name:20} {found.pages:6} {kept:6} {found.letters:9} {reached:7.2f}%")
        for page in found.broken:
            print(f"  changed: {page}")
    letters = sum(found.letters for _, found in scores)
    reached = 100 * sum(found.reached for _, found in scores) / letters
    pages = sum(found.pages for _, found in scores)
    kept = pages - sum(len(found.broken) for _, found in scores)
    print(f"{'all':20} {pages:6} {kept:6} {letters:9} {reached:7.2f}%")


if __name__ == "__main__":
    main()
