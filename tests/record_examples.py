"""Run the tests of Python-Markdown or PyMdown Extensions, and judge each page that they convert.

usage: python record_examples.py FOLDER

FOLDER is an unpacked source distribution. Every page that its tests convert is read with the
extensions of that test, each message gets a mark of its own, and both pages are rendered with
these extensions and those that MkDocs adds. A line of JSON is written for each page: its test, the
source, the page that is built, and whether the structure is kept.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import markdown
import pytest
from test_python_markdown import FIRST, outline_of

from toolkit.dialects import dialect_named
from toolkit.dialects.dialect import OwnSyntax
from toolkit.interfaces.mkdocs_plugin.extensions import plain_options
from toolkit.model.document import Document
from toolkit.model.errors import DocumentError
from toolkit.reading.segment import FRONT_MATTER_KEYS, read
from toolkit.writing.guard import Guard

ADDED = ("toc", "tables", "fenced_code")
"""What MkDocs adds to the extensions of a site."""
OPTIONS = ("-q", "-W", "ignore", "-p", "no:cacheprovider", "-c", os.devnull)
KNOWN = ("markdown.extensions.", "pymdownx.")


@dataclass(frozen=True)
class Example:
    """A page with the extensions that it is written for."""

    test: str
    source: str
    extensions: tuple[tuple[str, Mapping[str, Any]], ...]


class Recorder:
    """Keeps the pages that tests convert."""

    def __init__(self) -> None:
        self.examples: dict[tuple[str, str], Example] = {}

    def patch(self) -> None:
        """Listen to all that Python-Markdown converts."""
        make, convert = markdown.Markdown.__init__, markdown.Markdown.convert

        def making(program: Any, **options: Any) -> None:
            program.recorded = _extensions(options)
            make(program, **options)

        def converting(program: Any, source: str) -> str:
            self._keep(program, source)
            return convert(program, source)

        markdown.Markdown.__init__ = making  # type: ignore[method-assign, assignment]
        markdown.Markdown.convert = converting  # type: ignore[method-assign, assignment]

    def pytest_make_collect_report(self, collector: object) -> None:
        """Take back that warnings are errors, which one test module asks for."""
        del collector
        warnings.simplefilter("ignore")
        warnings.simplefilter = lambda *_, **__: None

    def _keep(self, program: Any, source: str) -> None:
        test = os.environ.get("PYTEST_CURRENT_TEST", "").removesuffix(" (call)")
        found = program.recorded
        if found is not None and source.strip():
            self.examples.setdefault((source, repr(found)), Example(test, source, found))


def _extensions(options: Mapping[str, Any]) -> tuple[tuple[str, Mapping[str, Any]], ...] | None:
    """The extensions of a program with their options; `None` where a test has one of its own."""
    found = []
    configured = options.get("extension_configs", {})
    for one in options.get("extensions", ()):
        if isinstance(one, str):
            found.append((one, dict(configured.get(one) or {})))
        elif type(one).__module__.startswith(KNOWN):
            found.append((type(one).__module__, one.getConfigs()))
        else:
            return None
    return tuple(found)


def _named(name: str) -> str:
    return name.removeprefix("markdown.extensions.").partition(":")[0]


def judged(example: Example) -> dict[str, object] | None:
    """Whether an example's page keeps its structure; `None` where it cannot be rendered."""
    given = {_named(name): options for name, options in example.extensions}
    program = markdown.Markdown(
        extensions=list(dict.fromkeys([*ADDED, *given])),
        extension_configs={name: dict(options) for name, options in given.items()},
    )
    try:
        before = outline_of(program.convert(example.source))
    except Exception:  # noqa: BLE001 - a page at which the program fails is none
        return None
    own = tuple((name, tuple(plain_options(options))) for name, options in given.items())
    dialect = dialect_named("mkdocs").configured(OwnSyntax(extensions=own))
    document = Document("page.md", example.source)
    try:
        reading = read(document, dialect)
    except DocumentError as error:
        # A page that is nested too deep is refused in one line.
        return {"test": example.test, "kept": True, "unread": str(error)}
    texts = dict.fromkeys((unit.context, unit.text) for unit in reading.units)
    marked = {key: f"{chr(FIRST + n % 500)} {key[1]}" for n, key in enumerate(texts)}
    result = Guard(dialect, FRONT_MATTER_KEYS).built(document, reading, marked)
    after = outline_of(program.reset().convert(result.document.text))
    return {
        "test": example.test,
        "source": example.source,
        "built": result.document.text,
        "units": len(reading.units),
        "refused": len(result.refusals),
        "extensions": [name for name, _ in own],
        "kept": before == after,
        "differs": next(([a, b] for a, b in zip(before, after, strict=False) if a != b), []),
    }


def main() -> None:
    """Record and judge."""
    folder = Path(sys.argv[1])
    recorder = Recorder()
    recorder.patch()
    os.chdir(folder)
    with contextlib.redirect_stdout(sys.stderr):
        pytest.main([*OPTIONS, f"--rootdir={folder}", "tests"], [recorder])
    for example in list(recorder.examples.values()):
        verdict = judged(example)
        if verdict is not None:
            sys.stdout.write(json.dumps(verdict, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
