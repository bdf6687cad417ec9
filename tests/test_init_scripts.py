"""Configuration in JavaScript and TypeScript is read by its literals; nothing stops the reader."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.commands.init.javascript import UNREAD, Script
from toolkit.commands.init.javascript_tokens import tokens_of
from toolkit.commands.init.script_files import configuration, merged, script_at

KEY = st.text("abcxyz-_é中 \"'\\", min_size=1, max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9999) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY, inner, max_size=4),
    max_leaves=12,
)


def value_of(text):
    return Script(tokens_of(text)).value()


@given(VALUES, st.booleans())
def test_what_is_literal_is_read_as_it_is(value, as_module):
    head = "export default " if as_module else "module.exports = "
    assert value_of(f"// x {{\n{head}{json.dumps(value)};\n") == value


@given(st.text("{}[]()<>=:;,.'\"`$/\\*!?&|-+ \nabcconstexportdefaultreturnasync01", max_size=80))
def test_whatever_stands_in_a_file_is_no_error(text):
    script = Script(tokens_of("const a = a; export default " + text))
    script.value()
    script.with_key("a")
    list(script.calls("a"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("const x = ['a', `b`] as const\nexport default { x, y: x[1] }",
         {"x": ["a", "b"], "y": "b"}),
        ("export default { a: cond ? 'x' : 'y', b: 1 + 2, c: `${d}` , e: 'e' }",
         {"a": UNREAD, "b": UNREAD, "c": UNREAD, "e": "e"}),
        ("export default { re: /[/'\"{]/g, fn() { return {a: 1}; }, a: 2 }",
         {"re": UNREAD, "fn": UNREAD, "a": 2}),
        ("export default { a: env.A ?? 'x', b: process.env.B || 'y' }", {"a": "x", "b": "y"}),
        ("const base = { a: 1 }; const c: Config<{ x: 1 }> = { ...base, b: 2 }; module.exports = c",
         {"a": 1, "b": 2}),
        ("export default (async () => { const q = 1; return { a: 'b' } })", {"a": "b"}),
        ("export default { a: 'it\\'s \\u4e2d\\x41\\u{1F600}' }", {"a": "it's 中A😀"}),
        ("const a = [b, b]; const b = [a, a]; export default { a }", {"a": [[UNREAD] * 2] * 2}),
    ],
)  # fmt: skip
def test_what_a_script_exports(text, value):
    assert value_of(text) == value


def test_what_calls_get_and_files_beside_give(tmp_path):
    (tmp_path / "en.ts").write_text("export const en = f<T>({ lang: 'en' })\n", encoding="utf-8")
    (tmp_path / "self.js").write_text("import a from './self.js'\nexport default a\n", "utf-8")
    text = (
        "import { en as own } from './en'\nimport me from './self'\nexport default g(f(own), me)\n"
    )
    script = script_at(tmp_path / "config.ts", text)
    assert merged(script.value()) == {"lang": "en"}


def test_an_object_that_is_not_exported_plainly_is_found_by_its_keys(tmp_path):
    text = (
        "function make(x) { x.y = { i18n: { locales: ['a'] } }; return x }\nexport default make({})"
    )
    script = script_at(tmp_path / "c.js", text)
    assert configuration(script, "i18n")["i18n"] == {"locales": ["a"]}
