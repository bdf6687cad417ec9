"""How near `yiben translate` comes to the time that a server's answers alone would take.

A thousand messages, one a request, through a server on loopback that takes 50 ms for each, with
eight requests at the same time: `python benchmarks/translating.py`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
MESSAGES, PER_PAGE, LATENCY, CONCURRENCY = 1000, 25, 0.05, 8
SERVER = f"""
import sys, time
sys.path.insert(0, {str(TESTS)!r})
from drafting import german
from model_server import Reply, asked_text, chat, serving

def answer(_path, body):
    return Reply(chat(german(asked_text(body), "mkdocs")), pause={LATENCY})

with serving(answer) as server:
    print(server.url, flush=True)
    time.sleep(600)
"""


def main() -> None:
    """Print the seconds of a run, the ideal, and their ratio."""
    server = subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True)
    try:
        url = server.stdout.readline().strip() if server.stdout else ""
        with tempfile.TemporaryDirectory() as folder:
            seconds, drafted = _run(Path(folder), url)
    finally:
        server.terminate()
    ideal = MESSAGES / CONCURRENCY * LATENCY
    print(f"{drafted}\n{seconds:.2f} s, ideal {ideal:.2f} s: {seconds / ideal:.2f}")


def _run(root: Path, url: str) -> tuple[float, str]:
    (root / "content").mkdir()
    settings = (
        f'source = "en"\ntargets = ["de"]\n[machine]\nprovider = "openai"\nmodel = "m"\n'
        f'url = "{url}"\nconcurrency = {CONCURRENCY}\nretries = 0\n'
    )
    (root / "yiben.toml").write_text(settings, encoding="utf-8")
    for page in range(MESSAGES // PER_PAGE):
        lines = (
            f"Step {page * PER_PAGE + number} opens `file{number}` and [reads](x{number}.md) it."
            for number in range(PER_PAGE)
        )
        (root / f"content/{page}.md").write_text("\n\n".join(lines), encoding="utf-8")
    yiben = [str(Path(sys.executable).with_name("yiben")), "-C", str(root)]
    subprocess.run([*yiben, "update", "-q"], check=True)
    start = time.perf_counter()
    done = subprocess.run([*yiben, "translate"], capture_output=True, text=True, check=False)
    return time.perf_counter() - start, done.stderr.strip().split("\n")[-1]


if __name__ == "__main__":
    main()
