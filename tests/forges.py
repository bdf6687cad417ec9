"""A forge on loopback that speaks the calls of our steps, and a runner of the steps themselves."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[1]
STEPS = ROOT / ".github/steps"
EVENTS = ROOT / "tests/fixtures/forge"
_PAGE = 100
_COMMENT = re.compile(r"/repos/team/docs/issues/comments/(\d+)|.*/merge_requests/7/notes/(\d+)")
_COMMENTS = re.compile(
    r"/repos/team/docs/issues/7/comments|/api/v4/projects/42/merge_requests/7/notes"
)
_REQUESTS = re.compile(r"(?:/repos/team/docs/pulls|/api/v4/projects/42/merge_requests)(?:/(\d+))?")


@dataclass
class Forge:
    """What a forge holds, and which requests changed it."""

    comments: list[dict[str, Any]] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    writes: list[tuple[str, str]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    may_write: bool = True
    url: str = ""

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        """Answer a request as both forges do, as far as our steps go."""
        place = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(place.query).items()}
        if method != "GET" and not self.may_write:
            return 403, {"message": "Resource not accessible by integration"}
        if method != "GET":
            self.writes.append((method, place.path))
        if _COMMENTS.fullmatch(place.path):
            return self._comments(method, query, body)
        one = _COMMENT.fullmatch(place.path)
        if one and method in {"PATCH", "PUT"}:
            return self._edit_comment(int(one[1] or one[2]), body)
        several = _REQUESTS.fullmatch(place.path)
        return self._requests(method, several[1], query, body) if several else (404, {})

    def _comments(self, method: str, query: Mapping[str, str], body: Any) -> tuple[int, Any]:
        if method == "POST":
            self.comments.append({"id": 1000 + len(self.comments), "body": body["body"]})
            return 201, self.comments[-1]
        start = (int(query["page"]) - 1) * int(query["per_page"])
        return 200, self.comments[start : start + _PAGE]

    def _edit_comment(self, number: int, body: Any) -> tuple[int, Any]:
        found = next((one for one in self.comments if one["id"] == number), None)
        if found is None or found.get("locked"):
            return (404, {}) if found is None else (403, {})
        found["body"] = body["body"]
        return 200, found

    def _requests(
        self, method: str, number: str | None, query: Mapping[str, str], body: Any
    ) -> tuple[int, Any]:
        if method == "POST":
            new = {**body, "number": 70 + len(self.requests), "state": "open", "html_url": "web"}
            self.requests.append(new)
            return 201, new
        if number:
            found = next(one for one in self.requests if str(one["number"]) == number)
            found.update(body)
            return 200, found
        branch = query.get("head", "").rpartition(":")[2] or query.get("source_branch")
        return 200, [
            one
            for one in self.requests
            if one["state"] == "open" and branch in {one.get("head"), one.get("source_branch")}
        ]


@contextmanager
def forge() -> Iterator[Forge]:
    """Serve a forge on loopback."""
    held = Forge()

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            size = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(size)) if size else None
            held.tokens.add(self.headers["authorization"] or self.headers["private-token"])
            status, found = held.answer(self.command, self.path, body)
            data = json.dumps(found).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = do_PUT = _any  # noqa: N815 - the library's own names

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    held.url = f"http://127.0.0.1:{server.server_port}"
    yield held
    server.shutdown()
    server.server_close()


@dataclass(frozen=True)
class Step:
    """How a step ended."""

    returncode: int
    output: str


def run_script(script: str, folder: Path, environment: Mapping[str, str]) -> Step:
    """Run a script of a job as a forge's runner does: nothing but its variables, and a shell."""
    done = subprocess.run(
        ["sh", "-e", "-c", script],
        cwd=folder,
        env=_environment(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Step(done.returncode, done.stdout)


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {**kept, "PATH": path, "GIT_CONFIG_GLOBAL": os.devnull, **more}


@dataclass
class Action:
    """The composite action with its inputs, run step by step; foreign actions are left out."""

    inputs: Mapping[str, str]
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)

    def run(self, folder: Path, environment: Mapping[str, str]) -> list[Step]:
        """Run the steps whose condition holds, until one fails; the first one only installs."""
        whole = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
        given = {name: one.get("default", "") for name, one in whole["inputs"].items()}
        values = {f"inputs.{name}": text for name, text in (given | dict(self.inputs)).items()}
        done: list[Step] = []
        for step in whole["runs"]["steps"]:
            if "run" not in step or "install.sh" in step["run"]:
                continue
            if not self._holds(step.get("if", "true"), values):
                continue
            env = {name: self._filled(text, values) for name, text in step["env"].items()}
            output = Path(environment["RUNNER_TEMP"]) / "outputs"
            output.write_text("", encoding="utf-8")
            more = {"GITHUB_ACTION_PATH": str(ROOT), "GITHUB_OUTPUT": str(output), **environment}
            done.append(run_script(step["run"], folder, more | env))
            lines = output.read_text(encoding="utf-8").splitlines()
            self.outputs[step.get("id", "")] = dict(line.split("=", 1) for line in lines)
            if done[-1].returncode:
                break
        return done

    def _filled(self, text: str, values: Mapping[str, str]) -> str:
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda found: self._value(found[1], values), text)

    def _value(self, name: str, values: Mapping[str, str]) -> str:
        found = re.fullmatch(r"steps\.(\w+)\.outputs\.([\w-]+)", name)
        if found:
            return self.outputs.get(found[1], {}).get(found[2], "")
        return values.get(name, "")

    def _holds(self, condition: str, values: Mapping[str, str]) -> bool:
        return all(self._is_equal(one, values) for one in condition.split(" && "))

    def _is_equal(self, condition: str, values: Mapping[str, str]) -> bool:
        name, sign, wanted = condition.partition(" == ")
        return not sign or self._value(name, values) == wanted.strip("'")


def component_jobs(inputs: Mapping[str, str]) -> dict[str, Any]:
    """The jobs of the GitLab component with its inputs filled in."""
    spec, jobs = (ROOT / "templates/yiben/template.yml").read_text("utf-8").split("\n---\n")
    names = yaml.safe_load(spec)["spec"]["inputs"]
    given = {name: one["default"] for name, one in names.items()} | dict(inputs)
    filled = re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda found: given[found[1]], jobs)
    found = yaml.safe_load(filled)
    assert isinstance(found, dict)
    return found


def run_job(
    job: Mapping[str, Any], base: Mapping[str, Any], folder: Path, environment: Mapping[str, str]
) -> Step:
    """Run a job of the component as GitLab's runner does; the step that installs is left out."""
    lines = [line for line in base["before_script"] if "pip install" not in line]
    variables = {
        name: text.replace("$CI_PROJECT_DIR", str(folder))
        for name, text in base["variables"].items()
    }
    script = "\n".join((*lines, *job["script"]))
    return run_script(script, folder, {**variables, **environment})
