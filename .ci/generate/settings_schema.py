"""Write `toolkit/commands/init/settings.schema.json` from `settings.py`."""

from __future__ import annotations

import ast
import inspect
import json
import re
from dataclasses import MISSING, Field, fields
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any

from toolkit.dialects import dialect_names
from toolkit.dialects.dialect import CodePart, Emphasis
from toolkit.model.units import Kind
from toolkit.project import setting_fields as settings
from toolkit.project.output_pattern import PLACEHOLDERS
from toolkit.project.setting_fields import SettingFields
from toolkit.project.settings import Settings
from toolkit.reading.anchors import SLUGS
from toolkit.reading.left_out import NAMES
from toolkit.reading.strings import ENDINGS

FILE = Path(__file__).parents[2] / "toolkit/commands/init/settings.schema.json"
Schema = dict[str, Any]
_PATH = "^(?!/)(?!(.*/)?\\.\\.(/|$))[^\\u0000]+$"
_LINK = re.compile(r" \(\[[^\[\]]+\]\([^()]*\)\)|\[([^\[\]]+)\]\([^()]*\)")
_LOCALE = {"$ref": "#/definitions/locale"}
_TEXT = {"type": "string", "minLength": 1}
_PERCENT = {"type": "number", "minimum": 0, "maximum": 100}
_DIALECT = {"anyOf": [{"enum": dialect_names()}, _TEXT]}
_PAGES = "|".join(name for name, one in PLACEHOLDERS.items() if one.by_page)
_PLACE = (
    f"(?=.*\\{{locale\\}})(?=.*\\{{({_PAGES})\\}})([^{{}}]|\\{{({'|'.join(PLACEHOLDERS)})\\}})+$"
)


def _path(*endings: str) -> Schema:
    ending = f"({'|'.join(endings)})$".replace(".", "\\.") if endings else "$"
    return {"type": "string", "pattern": _PATH.replace("+$", f"*{ending}" if endings else "+$")}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _or_table(value: Schema) -> Schema:
    return {"anyOf": [value, {"type": "object", "additionalProperties": value}]}


def _words(*words: str) -> Schema:
    return {"enum": list(words)}


def _number(kind: str, least: float, most: float) -> Schema:
    return {"type": kind, "minimum": least, "maximum": most}


_TYPES: dict[str, Schema] = {
    "Locale": _LOCALE,
    "tuple[Locale, ...]": {**_list(_LOCALE), "minItems": 1, "uniqueItems": True},
    "str": _TEXT,
    "int": {"type": "integer", "minimum": 0},
    "float": _PERCENT,
    "bool": {"type": "boolean"},
    "tuple[str, ...]": _list(_TEXT),
    "str | Mapping[str, str]": _or_table(_TEXT),
    "tuple[str, ...] | Mapping[str, tuple[str, ...]]": _or_table(_list(_TEXT)),
    "PageRules[float]": _or_table(_or_table(_PERCENT)),
    "Mapping[str, str]": {"type": "object", "additionalProperties": _TEXT},
}
"""The schemas of types; what a setting allows of its type stands below."""
_STRINGS = _path(*ENDINGS, "conf.py")
_OWN: dict[str, Schema] = {
    "content": _path(),
    "catalogs": _path(),
    "domain": _path(),
    "output": {"type": "string", "pattern": _PATH.removesuffix("[^\\u0000]+$") + _PLACE},
    "dialect": _or_table(_DIALECT),
    "code": _or_table(_or_table(_words(*CodePart))),
    "skip": _or_table(_list(_words(*Kind, NAMES))),
    "contexts": {"anyOf": [_words("never", "auto"), _list(_TEXT)]},
    "unaffected_trailer": {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9-]*: \S"},
    "revision_keys": {**_list(_TEXT), "minItems": 1},
    "catalog": _words("page", "folder", "single"),
    "site": {"anyOf": [_path(".yml", ".yaml", "zensical[^/]*.toml"), _list(_STRINGS)]},
    "strings": {
        "type": "object",
        "propertyNames": _STRINGS,
        "additionalProperties": {
            "anyOf": [
                _list(_TEXT),
                {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {
                        "keys": _list(_TEXT),
                        "output": {"type": "string", "pattern": "\\{locale\\}"},
                        "language": _TEXT,
                    },
                },
            ]
        },
    },
    "site_output": {"type": "string", "pattern": "^[^{}]*\\{locale\\}[^{}/]*\\.(ya?ml|toml)$"},
    "switcher": _path(".js"),
    "slugs": _words(*SLUGS),
    "links": _words("localize", "keep"),
    "assets": _words("copy", "link", "none"),
    "link_prefix": {
        "anyOf": [
            {"type": "string", "pattern": "^/.*\\{locale\\}"},
            {"type": "object", "additionalProperties": {"type": "string", "pattern": "^/[^/]"}},
        ]
    },
    "as_of": _words("now", "catalog"),
    "outdated": _words("source", "mark"),
    "page_language": _list(_words("lang", "dir")),
    "severity": {
        "type": "object",
        "additionalProperties": _or_table(_words("error", "warning", "off")),
    },
    "emphasis": _words(*Emphasis),
    "glossary": _path(".csv", ".toml"),
    "baseline": _path(".json"),
    "memory": _list(_path(".tmx", ".po")),
    "machine": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "provider": _TEXT,
            "url": {"type": "string", "pattern": "^https?://[^/\\s@]+(/|$)"},
            "model": _TEXT,
            "key": {"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$"},
            "command": _list(_TEXT),
            "batch": _words("message", "page"),
            "concurrency": _number("integer", 1, 64),
            "requests_per_minute": _number("integer", 0, 100_000),
            "timeout": _number("number", 0.1, 3600),
            "tries": _number("integer", 1, 10),
            "pause": _number("number", 0, 600),
            "retries": _number("integer", 0, 10),
            "prices": {
                "type": "object",
                "additionalProperties": False,
                "properties": dict.fromkeys(
                    ("characters", "input", "output"), _number("number", 0, 1e9)
                ),
            },
            "tone": _or_table(_TEXT),
            "instructions": _or_table(_TEXT),
            "accept": _or_table(_or_table(_words("fuzzy", "translated"))),
        },
    },
}


def _descriptions() -> dict[str, str]:
    """The texts behind the fields of the settings, by their names, without links and examples."""
    body = ast.parse(inspect.getsource(SettingFields)).body[0]
    nodes = body.body if isinstance(body, ast.ClassDef) else []
    return {
        node.target.id: _LINK.sub(lambda link: link[1] or "", _described(str(after.value.value)))
        for node, after in pairwise(nodes)
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
    }


def _described(text: str) -> str:
    """What a text says before its example."""
    return " ".join(re.split(r"\n\s*Example: ", text)[0].split())


def _property(item: Field[Any], description: str) -> Schema:
    kind = getattr(settings, str(item.type), None)
    words = _words(*kind) if isinstance(kind, type) and issubclass(kind, StrEnum) else None
    schema = _OWN.get(item.name) or words or _TYPES[str(item.type).removesuffix(" | None")]
    listed = ", ".join(f"`{word}`" for word in schema.get("enum", ()))
    description = description.replace("{names}", listed)
    found = {"description": description} | schema if description else dict(schema)
    default = list(item.default) if isinstance(item.default, tuple) else item.default
    return found if default in ("", None, MISSING) else found | {"default": default}


def _parts(names: list[str]) -> Schema:
    """The schema of the tables of parts: all settings, and the name of the part."""
    name = {"description": "Name of the part [default: its content folder].", **_path()}
    references = {one: {"$ref": f"#/properties/{one}"} for one in names}
    table = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"name": name, **references},
    }
    text = "Parts of the project, each with settings of its own beside those above."
    return {"description": text, "minItems": 1, **_list(table)}


def schema() -> Schema:
    """The schema of the settings as they are."""
    descriptions = _descriptions()
    properties = {
        item.name: _property(item, descriptions.get(item.name, ""))
        for item in fields(Settings)
        if not item.metadata
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Settings of Yiben",
        "type": "object",
        "additionalProperties": False,
        "anyOf": [{"required": ["source", "targets"]}, {"required": ["part"]}],
        "properties": {**properties, "part": _parts(list(properties))},
        "definitions": {
            "locale": {
                "type": "string",
                "description": "A BCP 47 tag such as zh-Hans, en or pt-BR.",
                "pattern": "^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$",
            }
        },
    }


def text() -> str:
    """The schema as it stands in its file."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
