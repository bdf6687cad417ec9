"""Quarto's pages as Pandoc shows them, once their cells are plain code."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

READER = Path(__file__).with_name("render_quarto.lua")
_SEPARATOR = "%%%%%%%% next page %%%%%%%%"
_CELL = re.compile(
    r"^([ ]*)(`{3,}|~{3,})[ ]*\{{1,2}([A-Za-z]\w*)\b([^}\n]*)\}{1,2}[ ]*$", re.MULTILINE
)
_HEADER = re.compile(r"\A---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
_SHORTCODE = re.compile(r"\{\{<\s*(.*?)\s*>\}\}", re.DOTALL)


def shown(texts: list[str]) -> list[str]:
    """Return the HTML of pages; front matter is left out."""
    program = shutil.which("pandoc")
    if program is None:
        pytest.skip("Pandoc is not installed")
    sent = f"{_SEPARATOR}\n".join(f"{_prepared(text)}\n\n" for text in texts)
    run = subprocess.run(
        [program, "-f", READER, "-t", "html", "--columns=100000"],
        input=sent,
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.split(_SEPARATOR)[: len(texts)]


def _prepared(text: str) -> str:
    body = _HEADER.sub("", text.replace("\r\n", "\n"), count=1)
    body = _SHORTCODE.sub(lambda code: f"`{{{{< {' '.join(code[1].split())} >}}}}`", body)
    return _CELL.sub(r"\1\2 {.\3}", body)
