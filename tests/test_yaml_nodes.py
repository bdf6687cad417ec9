"""YAML that cannot be read has one kind of error, with a place where there is one."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.yaml_nodes import NotYamlError, node_of, nodes_of, value_of

PIECES = st.sampled_from(
    [
        *("a", ": ", "\n", "- ", "[", "]", "{", "}", '"', "'", "&x ", "*x", "!!int ", "!!bool "),
        *(
            "!t ",
            "  ",
            "#",
            "2024-02-30",
            "0x",
            "1e400",
            "---\n",
            "|\n",
            "? ",
            "<<: ",
            "%",
            "12:60",
        ),
        *("\t", "\x07", "!!set ", "!!omap ", "!!binary ", "!!float ", "!!timestamp ", "!!map "),
    ]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=20)


@given(TEXTS)
def test_nothing_but_one_kind_of_error_comes_out(text):
    for read in (node_of, nodes_of, value_of):
        try:
            read(text)
        except NotYamlError as error:
            problem = error.problem("a.yml", 1)
            assert (problem.path, problem.text[:3]) == ("a.yml", "is ")
            assert problem.line >= 1


@pytest.mark.parametrize(
    "value", ["1", "0x1f", "12:60", "1e3", "yes", "~", "2024-02-28", "[a, {b: c}]", "!!str 1"]
)
def test_values_are_those_of_the_librarys_own_loader(value):
    assert value_of(f"a: {value}") == yaml.safe_load(f"a: {value}")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1\nb: 2", "a.yml:2:2: is not valid YAML: did not find expected ',' or ']'"),
        ("a: 2024-02-30", "a.yml: is not valid YAML: day is out of range for month"),
    ],
)
def test_a_fault_has_its_place_and_reason(text, line):
    with pytest.raises(NotYamlError) as caught:
        value_of(text)
    assert str(caught.value.problem("a.yml")) == line
