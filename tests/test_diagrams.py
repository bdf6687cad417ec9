"""The labels of diagrams: each kind, each shape of a node, and what looks like a label."""

import tomllib
from pathlib import Path

import pytest

from toolkit.reading.segment.diagrams import diagram_labels

CASES = tomllib.loads(
    (Path(__file__).parent / "fixtures/codes/diagrams.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"].split("\n")[0] or "none")
def test_a_diagram_has_the_labels_that_its_case_lists(case):
    text = case["text"]
    found = [text[start:end] for start, end in diagram_labels("mermaid", text)]
    assert found == case["labels"]
    assert list(diagram_labels("dot", text)) == []
    # Nothing rests on what stands in front of a diagram's line, or at its end.
    found = [
        f"%% x\n{text}\n"[start:end] for start, end in diagram_labels("mermaid", f"%% x\n{text}\n")
    ]
    assert found == case["labels"]
