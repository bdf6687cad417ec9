"""Small projects on disk, and the installed command run on them as a user would."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from toolkit.interfaces.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping

YIBEN = Path(sys.executable).with_name("yiben")
SETTINGS = 'source = "zh-Hans"\ntargets = ["en", "de"]\n'
PAGE = '# 安装\n\n先装好 Kubernetes。\n\n!!! note "注意"\n\n    - 一\n    - 二\n'


def project(root: Path, pages: Mapping[str, str | bytes], settings: str = SETTINGS) -> Path:
    """A project with these pages below `content`."""
    (root / "content").mkdir(parents=True, exist_ok=True)
    (root / "yiben.toml").write_text(settings, encoding="utf-8")
    write_files(root / "content", pages)
    return root


def write_files(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder, which need not be there."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return root


@dataclass(frozen=True)
class Run:
    """How a run of the command ended."""

    returncode: int
    stdout: str
    stderr: str


def yiben(root: Path, *words: str, stdin: bytes = b"", **environment: str) -> Run:
    """Run the command in `root`, in this process; what it printed comes back as text."""
    runner = CliRunner()
    with chdir(root):
        result = runner.invoke(main, words, input=stdin, env=environment, prog_name="yiben")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.stderr, result.stderr
    return Run(result.exit_code, result.stdout_bytes.decode(), result.stderr_bytes.decode())


def yiben_process(root: Path, *words: str, stdin: bytes = b"", **environment: str) -> Run:
    """Run the installed command in `root` as a process of its own."""
    result = subprocess.run(
        [str(YIBEN), *words],
        cwd=root,
        input=stdin,
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )
    stdout, stderr = result.stdout.decode("utf-8"), result.stderr.decode("utf-8")
    assert "Traceback" not in stderr, stderr
    return Run(result.returncode, stdout, stderr)


def heed_interrupts() -> None:
    """Let a new process heed interrupts, for `preexec_fn`.

    Whoever runs the tests in the background has them ignore interrupts, and their processes, too.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


def translate(path: Path, translations: dict[str, str], *, fuzzy: bool = False) -> None:
    """Fill in a catalog as a translator's editor does: by its lines."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines):
        text = line.removeprefix("msgid ").strip('"')
        if line.startswith("msgid ") and text in translations:
            lines[number + 1] = f'msgstr "{translations[text]}"'
            if fuzzy:
                lines[number] = f"#, fuzzy\n{line}"
    path.write_text("\n".join(lines), encoding="utf-8")


def snapshot(root: Path) -> dict[str, tuple[int, bytes]]:
    """Time stamp and content of every file of a project."""
    return {
        path.relative_to(root).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
