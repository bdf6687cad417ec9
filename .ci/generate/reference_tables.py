"""Write the tables of the reference from what the settings, dialects and checks say of themselves.

python .ci/generate/reference_tables.py

The text around the tables is written by hand, and so are the shares of false alarms in the table of
warnings, which `benchmarks/false_alarms.py` measures.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
from dataclasses import MISSING, fields
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markdown_text import prose

from toolkit.checks.families import CHECKS, SITE_CHECKS
from toolkit.dialects import dialect_named, dialect_names
from toolkit.model.findings import Severity
from toolkit.project.setting_fields import SettingFields

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from dataclasses import Field

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs/reference"
SCHEMA = ROOT / "toolkit/commands/init/settings.schema.json"
NOUNS = {
    "content": "folder",
    "catalogs": "folder",
    "site": "file or list of files",
    "contexts": '`"never"`, `"auto"` or list of kinds',
}
"""The types that the schema does not tell apart."""
MOST_WORDS = 4
NAMES = frozenset({"Markdown", "HTML", "CSV"})
"""Words that keep their capital within a sentence."""


def in_cell(text: str) -> str:
    """Return a text as the cell of a table has it."""
    return text.replace("|", "\\|")


def phrase(text: str) -> str:
    """Return a sentence as a part of another one."""
    text = text.removesuffix(".")
    name = re.match(r"\W*(\w+)", text)
    if text.startswith("`") or (name and name[1] in NAMES):
        return text
    return re.sub(r"\w", lambda first: first[0].lower(), text, count=1)


def rows(columns: Iterable[str], cells: Iterable[Iterable[str]]) -> str:
    """Return the lines of a table."""
    heads = tuple(columns)
    lines = [heads, ("---",) * len(heads), *cells]
    return "\n".join(
        "|" + "|".join(one) + "|" if one[0] == "---" else "| " + " | ".join(one) + " |"
        for one in map(tuple, lines)
    )


def with_table(page: str, behind: str, columns: tuple[str, ...], table: str) -> str:
    """Return a page whose first table with some columns behind a text is another one."""
    start, found, rest = page.partition(behind)
    head = f"| {' | '.join(columns)} |\n"
    before, there, old = rest.partition(head)
    if not (found and there):
        raise ValueError(f"no table with {columns} behind {behind}")
    tail = re.sub(r"\A(?:\|.*\n)*", "", old)
    return f"{start}{found}{before}{table}\n{tail}"


def settings_page(page: str) -> str:
    """Return the page of the settings with its table made anew."""
    properties = json.loads(SCHEMA.read_text(encoding="utf-8"))["properties"]
    columns = ("key", "type", "default", "example", "meaning")
    texts = setting_texts()
    cells = (
        (
            f"`{item.name}`",
            type_of(item.name, properties[item.name]),
            default_of(item),
            in_cell(texts[item.name][1]),
            in_cell(phrase(with_names(texts[item.name][0], properties[item.name]))),
        )
        for item in fields(SettingFields)
        if not item.metadata
    )
    return with_table(page, "# Settings\n", columns, rows(columns, cells))


def setting_texts() -> dict[str, tuple[str, str]]:
    """Return what each setting means, and its example."""
    body = ast.parse(inspect.getsource(SettingFields)).body[0]
    nodes = body.body if isinstance(body, ast.ClassDef) else []
    found = {}
    for node, after in pairwise(nodes):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            text = inspect.cleandoc(ast.literal_eval(after.value)) if _is_text(after) else ""
            meaning, _, example = text.partition("\nExample: ")
            found[node.target.id] = (" ".join(meaning.split()), example.strip())
    return found


def with_names(text: str, schema: Mapping[str, Any]) -> str:
    """Return a text with the words that a setting allows in the place of `{names}`."""
    return text.replace("{names}", ", ".join(f"`{word}`" for word in schema.get("enum", ())))


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def type_of(name: str, schema: Mapping[str, Any]) -> str:
    """Return the type of a setting in words, from its schema."""
    if name in NOUNS:
        return NOUNS[name]
    if "anyOf" in schema:
        kinds = (kind for one in schema["anyOf"] for kind in type_of("", one).split(" or "))
        return " or ".join(dict.fromkeys(kinds))
    if "enum" in schema:
        words = [f'`"{word}"`' for word in schema["enum"]]
        many = len(words) > MOST_WORDS
        return (
            "string" if not name else "name" if many else f"{', '.join(words[:-1])} or {words[-1]}"
        )
    if "$ref" in schema:
        return "locale"
    if schema.get("type") == "array":
        item = schema.get("items", {})
        return f"list of {type_of('', item)}s"
    return _plain_type(schema)


def _plain_type(schema: Mapping[str, Any]) -> str:
    kind, pattern = schema.get("type", ""), schema.get("pattern", "")
    if kind == "string" and pattern.startswith("^(?!/)"):
        return "file" if ")$" in pattern[-3:] else "path"
    return {"object": "table", "integer": "number"}.get(kind, kind)


def default_of(item: Field[Any]) -> str:
    """Return the default of a setting as TOML."""
    if item.default is MISSING:
        return "required" if item.default_factory is MISSING else "`{}`"
    value = list(item.default) if isinstance(item.default, tuple) else item.default
    if value is None:
        return "none"
    if isinstance(value, float):
        value = round(value)
    return f"`{json.dumps(value, ensure_ascii=False)}`"


def dialects_page(page: str) -> str:
    """Return the page of the dialects with its table made anew."""
    columns = ("name", "reads")
    cells = ((f"`{one}`", in_cell(dialect_named(one).description)) for one in dialect_names())
    return with_table(page, "# Dialects\n", columns, rows(columns, cells))


def checks_page(page: str) -> str:
    """Return the page of the checks with its tables made anew; shares stay as they are."""
    measurements = page.partition("| check | finds | share |")[2].partition("\n\n")[0]
    shares = dict(re.findall(r"^\| `([a-z-]+)` \| .* \| ([^|]+) \|$", measurements, re.MULTILINE))
    errors = [one.id for one in CHECKS.values() if one.severity is Severity.ERROR]
    warnings = [one.id for one in CHECKS.values() if one.severity is Severity.WARNING]
    measured = [one for one in shares if one in warnings]
    others = [one for one in warnings if one not in {*SITE_CHECKS, *shares}]
    tables = (
        ("## Errors\n", [one for one in errors if one not in SITE_CHECKS]),
        ("`yiben verify SITE`", [one for one in errors if one in SITE_CHECKS]),
        ("whole catalog or project:\n", others),
        ("`yiben verify` has two:\n", [one for one in warnings if one in SITE_CHECKS]),
    )
    for behind, ids in tables:
        cells = [(f"`{one}`", finding_of(one)) for one in ids]
        page = with_table(page, behind, ("check", "finds"), rows(("check", "finds"), cells))
    columns = ("check", "finds", "share")
    cells = [(f"`{one}`", finding_of(one), shares[one]) for one in measured]
    return with_table(page, "## Warnings", columns, rows(columns, cells))


def finding_of(name: str) -> str:
    """Return what a check finds, for a cell."""
    return in_cell(prose(CHECKS[name].title.removesuffix(".")))


PAGES = {
    "settings": settings_page,
    "dialects": dialects_page,
    "checks": checks_page,
}
"""The pages with tables that are made, and what makes these anew."""

if __name__ == "__main__":
    for page_name, remake in PAGES.items():
        path = FOLDER / f"{page_name}.md"
        path.write_text(remake(path.read_text(encoding="utf-8")), encoding="utf-8")
