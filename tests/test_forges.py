"""The GitHub Action and the GitLab component, on a forge that stands on loopback."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from forges import EVENTS, ROOT, STEPS, Action, Forge, component_jobs, forge, run_job, run_script
from projects import project, translate
from repositories import commit, git, repository

SCRIPTS = sorted(STEPS.glob("*.sh"))
SETTINGS = 'source = "zh-Hans"\ntargets = ["de", "en"]\nseverity = { dead-link = "error" }\n'
WRONG = "# 存储\n\n见[说明](missing.md)。\n"
pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")


@pytest.fixture
def server():
    with forge() as held:
        yield held


def program(name):
    path = Path(sys.executable).with_name(name)
    if not path.exists():
        pytest.skip(f"needs {name}")
    return path


@pytest.mark.peers
def test_the_shell_is_sound():
    words = [program("shellcheck"), "--external-sources", "--source-path=SCRIPTDIR", *SCRIPTS]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert all(path.stat().st_mode & 0o111 for path in SCRIPTS)


@pytest.mark.peers
def test_the_schemas_of_both_forges_hold(tmp_path):
    checker = program("check-jsonschema")
    jobs = tmp_path / "jobs.yml"
    jobs.write_text(yaml.safe_dump(component_jobs({})), encoding="utf-8")
    for schema, path in (("github-actions", ROOT / "action.yml"), ("gitlab-ci", jobs)):
        words = [checker, "--builtin-schema", f"vendor.{schema}", path]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_the_component_has_the_steps_as_they_are():
    words = [sys.executable, str(ROOT / ".ci/generate/gitlab_component.py"), "--check"]
    assert subprocess.run(words, capture_output=True, check=False).returncode == 0


def event(folder, name, **shas):
    """A recorded event file with the commits of a repository in it."""
    text = (EVENTS / f"{name}.json").read_text(encoding="utf-8")
    for mark, sha in shas.items():
        text = text.replace(f"{mark}_SHA", sha)
    path = folder / "event.json"
    path.write_text(text, encoding="utf-8")
    return str(path)


class GitHub:
    """A runner's variables, and a report as the step before has left it."""

    def __init__(self, server: Forge, folder: Path, name: str = "pull_request") -> None:
        self.folder = folder
        self.report = folder / "yiben-report"
        self.report.mkdir()
        self.environment = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": server.url,
            "GITHUB_REPOSITORY": "team/docs",
            "GITHUB_EVENT_PATH": event(folder, name, HEAD="a1"),
            "RUNNER_TEMP": str(folder),
            "YIBEN_TOKEN": "secret",
        }

    def comment(self, findings: str, status: int = 0, **more: str) -> str:
        (self.report / "findings.md").write_text(findings, encoding="utf-8")
        (self.report / "stats.md").write_text("| locale |\n", encoding="utf-8")
        (self.report / "status").write_text(str(status), encoding="utf-8")
        done = run_script(str(STEPS / "comment.sh"), self.folder, self.environment | more)
        assert done.returncode == 0, done.output
        return done.output


def test_one_comment_is_kept_up_to_date(server, tmp_path):
    github = GitHub(server, tmp_path)
    for push, findings in enumerate(("| 3 | error |", "| 4 | error |", "no errors")):
        event_file = event(tmp_path, "pull_request", HEAD=f"push{push}")
        output = github.comment(findings, int("error |" in findings), GITHUB_EVENT_PATH=event_file)
        assert output == ""
        (comment,) = server.comments
        assert findings in comment["body"]
        assert f"Commit push{push}\n" in comment["body"]
    methods = [method for method, _ in server.writes]
    assert methods == ["POST", "PATCH", "PATCH"]
    assert server.tokens == {"Bearer secret"}


def test_nothing_is_said_where_nothing_was_wrong(server, tmp_path):
    GitHub(server, tmp_path).comment("**yiben check: no errors, no warnings**")
    assert not server.writes


def test_a_fork_without_rights_fails_softly(server, tmp_path):
    server.may_write = False
    output = GitHub(server, tmp_path, "fork_pull_request").comment("| 3 | error |", 1)
    assert output.startswith("::notice title=yiben::no right to comment here (status 403)")
    assert not server.comments
    output = GitHub(server, make(tmp_path / "b")).comment("| 3 | error |", 1, YIBEN_TOKEN="")
    assert output.startswith("::notice title=yiben::no token to comment with")


def make(folder):
    folder.mkdir()
    return folder


def test_a_forge_that_is_away_fails_softly(server, tmp_path):
    output = GitHub(server, tmp_path).comment("| x |", 1, GITHUB_API_URL="http://127.0.0.1:9")
    assert "comments cannot be read" in output


def test_our_comment_is_found_behind_many_others(server, tmp_path):
    github = GitHub(server, tmp_path)
    server.comments = [{"id": number, "body": f"comment {number}"} for number in range(230)]
    server.comments.append({"id": 500, "body": "<!-- yiben:check . -->\nold"})
    github.comment("| new |", 1)
    assert server.writes == [("PATCH", "/repos/team/docs/issues/comments/500")]


def test_each_project_of_a_repository_has_its_own_comment(server, tmp_path):
    github = GitHub(server, tmp_path)
    github.comment("| a |", 1, YIBEN_DIRECTORY="docs")
    github.comment("| b |", 1, YIBEN_DIRECTORY="handbook")
    github.comment("| c |", 1, YIBEN_DIRECTORY="docs")
    bodies = [one["body"] for one in server.comments]
    assert ["| c |" in bodies[0], "| b |" in bodies[1]] == [True, True]
    assert "### Translations in docs" in bodies[0]


def test_a_comment_that_cannot_be_edited_does_not_stand_in_the_way(server, tmp_path):
    server.comments = [{"id": 5, "body": "<!-- yiben:check . -->\nours?", "locked": True}]
    GitHub(server, tmp_path).comment("| 3 |", 1)
    assert "| 3 |" in server.comments[1]["body"]


def test_texts_of_a_report_stay_texts(server, tmp_path):
    nasty = '| "quotes" \\n $(touch pwned) `touch pwned` %s 译本 |'
    GitHub(server, tmp_path).comment(nasty, 1)
    assert nasty in server.comments[0]["body"]
    assert not list(tmp_path.rglob("pwned"))


@pytest.fixture
def origin(tmp_path):
    """A repository on the forge whose project is in a subfolder, with a branch of work."""
    root = repository(make(tmp_path / "origin"))
    docs = project(root / "docs", {"a.md": "# 安装\n\n先装好。\n"}, SETTINGS)
    update(docs)
    translate(docs / "locales/de/LC_MESSAGES/a.po", {"安装": "Installation"})
    for number in range(3):
        (root / "notes.txt").write_text(f"{number}\n", encoding="utf-8")
        commit(root)
    git(root, "checkout", "--quiet", "-b", "work")
    git(root, "config", "receive.denyCurrentBranch", "ignore")
    return root


def update(docs):
    subprocess.run([program("yiben"), "-q", "update"], cwd=docs, check=True)


def cloned(origin, folder, branch="work"):
    """What `actions/checkout` makes: a clone without history."""
    shutil.rmtree(folder, ignore_errors=True)
    words = ("clone", "--quiet", "--depth=1", f"--branch={branch}", f"file://{origin}")
    git(origin, *words, str(folder))
    return folder


def pushed(origin, text):
    (origin / "docs/content/b.md").write_text(text, encoding="utf-8")
    commit(origin)
    return git(origin, "rev-parse", "HEAD").strip()


def github_variables(server, tmp_path, name, **shas):
    return {
        "GITHUB_ACTIONS": "true",
        "GITHUB_API_URL": server.url,
        "GITHUB_REPOSITORY": "team/docs",
        "GITHUB_EVENT_PATH": event(tmp_path, name, **shas),
        "GITHUB_REF_NAME": "main",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "RUNNER_TEMP": str(tmp_path),
    }


@pytest.mark.peers
def test_three_pushes_to_a_pull_request(server, origin, tmp_path):
    base = git(origin, "rev-parse", "main").strip()
    for push, (text, status) in enumerate(((WRONG, 1), (f"{WRONG}\n再来。\n", 1), ("# 好\n", 0))):
        head = pushed(origin, text)
        inputs = {"directory": "docs", "ignore": "stale", "token": "secret"}
        action = Action(inputs | {"preview": "false" if push else "true"})
        folder = cloned(origin, tmp_path / "clone")
        variables = github_variables(server, tmp_path, "pull_request", BASE=base, HEAD=head)
        done = action.run(folder, variables)
        assert done[-1].returncode == status, done
        assert len(server.comments) == 1
        body = server.comments[0]["body"]
        assert ("dead-link" in body, head in body) == (status == 1, True)
        assert action.outputs["check"] == {"status": str(status)}
        annotation = "::error file=docs/content/b.md,line=3,"
        assert (annotation in done[0].output) == (status == 1)
        preview = tmp_path / "yiben-report/preview/de"
        assert [path.name for path in preview.iterdir()] == ["b.html"]
    assert [method for method, _ in server.writes] == ["POST", "PATCH", "PATCH"]
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert "dead-link" in summary
    assert "| locale | page |" in summary


@pytest.mark.peers
def test_three_pushes_to_a_merge_request(server, origin, tmp_path):
    base = git(origin, "rev-parse", "main").strip()
    jobs = component_jobs({"directory": "docs", "ignore": "stale"})
    for text, status in ((WRONG, 1), (f"{WRONG}\n再来。\n", 1), ("# 好\n", 0)):
        head = pushed(origin, text)
        folder = cloned(origin, tmp_path / "clone")
        variables = gitlab_variables(server, origin, folder) | {
            "CI_MERGE_REQUEST_IID": "7",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
            "CI_COMMIT_SHA": head,
        }
        done = run_job(jobs["yiben-check"], jobs[".yiben"], folder, variables)
        assert done.returncode == status, done.output
        report = folder / "yiben-report"
        issues = json.loads((report / "code-quality.json").read_text(encoding="utf-8"))
        assert ("docs/content/b.md" in {one["location"]["path"] for one in issues}) == bool(status)
        assert head in server.comments[0]["body"]
        assert (report / "preview/de/b.html").is_file()
    assert [method for method, _ in server.writes] == ["POST", "PUT", "PUT"]
    assert server.tokens == {"secret"}


def gitlab_variables(server, origin, folder):
    return {
        "GITLAB_CI": "true",
        "CI_API_V4_URL": f"{server.url}/api/v4",
        "CI_PROJECT_ID": "42",
        "CI_PROJECT_DIR": str(folder),
        "CI_SERVER_URL": f"file://{origin.parent}",
        "CI_PROJECT_PATH": origin.name,
        "CI_JOB_URL": "job",
        "YIBEN_TOKEN": "secret",
    }


@pytest.mark.peers
@pytest.mark.parametrize("name", ["github", "gitlab"])
def test_an_update_opens_a_request_and_refreshes_it(server, origin, tmp_path, name):
    git(origin, "checkout", "--quiet", "main")
    origin.with_name("origin.git").symlink_to(origin)
    for text in ("# 一\n", "# 一\n\n二。\n"):
        head = pushed(origin, text)
        done = run_update(server, origin, tmp_path, name, head)
        assert done.returncode == 0, done.output
        (request,) = server.requests
        added = git(origin, "show", "yiben/update:docs/locales/de/LC_MESSAGES/b.po")
        assert all(f'msgid "{one}"' in added for one in text.split() if one != "#")
    names = git(origin, "diff", "--name-only", "main", "yiben/update").split()
    assert all(one.endswith((".po", ".pot")) for one in names)
    assert {request.get("base"), request.get("target_branch")} == {None, "main"}
    # A translator's commit on the branch stays.
    git(origin, "checkout", "--quiet", "yiben/update")
    translate(origin / "docs/locales/de/LC_MESSAGES/b.po", {"二。": "Zwei."})
    commit(origin, "Translate")
    git(origin, "checkout", "--quiet", "main")
    done = run_update(server, origin, tmp_path, name, pushed(origin, "# 一\n\n二。\n\n三。\n"))
    assert done.returncode == 0, done.output
    added = git(origin, "show", "yiben/update:docs/locales/de/LC_MESSAGES/b.po")
    assert 'msgstr "Zwei."' in added
    assert 'msgid "三。"' in added
    # When the main branch has everything, the request has no use any more.
    git(origin, "merge", "--quiet", "yiben/update")
    done = run_update(server, origin, tmp_path, name, git(origin, "rev-parse", "HEAD").strip())
    assert done.returncode == 0, done.output
    assert {request.get("state"), request.get("state_event")} & {"closed", "close"}


def run_update(server, origin, tmp_path, name, head):
    folder = cloned(origin, tmp_path / "clone", "main")
    if name == "github":
        variables = github_variables(server, tmp_path, "push", BASE=head, HEAD=head)
        inputs = {"directory": "docs", "command": "update", "token": "secret"}
        return Action(inputs).run(folder, variables)[-1]
    jobs = component_jobs({"directory": "docs", "update": "true"})
    variables = gitlab_variables(server, origin, folder) | {"CI_COMMIT_BRANCH": "main"}
    return run_job(jobs["yiben-update"], jobs[".yiben"], folder, variables)
