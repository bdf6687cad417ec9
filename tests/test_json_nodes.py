"""JSON with places: the same values and the same complaints as those of Python's own reader."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.json_nodes import Node, first_node, json_problem, only_node

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=15,
)
TEXTS = st.builds(
    lambda value, indent, ascii_: json.dumps(value, indent=indent, ensure_ascii=ascii_),
    VALUES,
    st.sampled_from([None, 1]),
    st.booleans(),
)


def value_of(node: Node, text: str) -> object:
    """A value read from the places of its parts alone."""
    if isinstance(node.value, list):
        return [value_of(one, text) for one in node.value]
    if isinstance(node.value, tuple):
        return {key: value_of(one, text) for key, one in node.value}
    return json.loads(text[node.start : node.end])


@given(TEXTS)
def test_places_hold_the_values(text):
    spaced = f"\n {text}\t"
    assert json.dumps(value_of(only_node(spaced), spaced)) == json.dumps(json.loads(text))
    strings = [node.value for _, node in only_node(text).texts()]
    assert strings == [json.loads(text[n.start : n.end]) for _, n in only_node(text).texts()]


@given(TEXTS, st.data(), st.sampled_from(["", "x", ",", '"', "]", "}", "\\", "\n"]))
def test_broken_json_is_reported_as_python_does(text, data, new):
    place = data.draw(st.integers(0, len(text)))
    broken = text[:place] + new + text[place + 1 :]
    assert outcome(only_node, broken) == outcome(json.loads, broken)


def outcome(read, text):
    try:
        read(text)
    except json.JSONDecodeError as error:
        return json_problem("a.json", error)
    return None


def test_members_and_trails():
    text = '{"a": [1, "x", {"b": "y"}], "a": "z"} rest'
    root = first_node(text)
    assert [(trail, node.value) for trail, node in root.texts()] == [
        (("a", 1), "x"),
        (("a", 2, "b"), "y"),
        (("a",), "z"),
    ]
    last = root.member("a")
    assert last
    assert (last.value, last.start, root.end) == ("z", text.index('"z"'), text.index(" rest"))
    assert root.member("b") is None
    assert last.member("a") is None


@pytest.mark.parametrize(
    ("text", "reason"), [("[" * 9999, "is nested too deeply"), ("9" * 9999, "has a number that")]
)
def test_what_python_cannot_hold(text, reason):
    with pytest.raises((RecursionError, ValueError)) as caught:
        only_node(text)
    assert isinstance(caught.value, RecursionError | ValueError)
    problem = json_problem("a.json", caught.value, 1)
    assert (problem.path, problem.line) == ("a.json", 1)
    assert problem.text.startswith(reason)
