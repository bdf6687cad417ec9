"""`yiben translate`: memory first, then a provider, every answer behind the gates."""

import json
import re
import shutil
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from drafting import german, is_hostile, mixed
from model_server import Reply, asked_text, chat, serving
from projects import project, snapshot, translate, yiben
from rendering import facts
from trees import TREES, corpus_or_skip

from toolkit.catalogs.machine_marks import is_machine_made, machine_mark
from toolkit.catalogs.po import read_catalog
from toolkit.commands.translate.page_work import PageWork
from toolkit.project.files import append_line
from toolkit.project.store import Run

ROOT = Path(__file__).parents[1]
PAGES = {
    "a.md": "# 安装\n\n先装好 `kubectl`，再仔细阅读[指南](b.md)。\n\n然后启动所有服务。\n",
    "b.md": "# 指南\n\n这里说明怎样配置集群的网络。\n",
}
SOME = 6
"""Pages a tree; ten trees make sixty."""
LARGE = 6000
MOST_OF_GOOD = 0.8
PATIENCE = 10.0
"""Seconds."""


def toml(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{key}" = {toml(one)}' for key, one in value.items()) + " }"
    return json.dumps(value)


def settings(server, *more, source="zh-Hans", target="de", dialect="mkdocs", **machine):
    table = {"provider": "openai", "model": "m", "url": server.url, "pause": 0, **machine}
    lines = [f"{key} = {toml(value)}" for key, value in table.items()]
    return "\n".join(
        [
            f'source = "{source}"',
            f'targets = ["{target}"]',
            f'dialect = "{dialect}"',
            *more,
            "[machine]",
            *lines,
        ]
    )


def good(_path, body):
    return Reply(chat(german(asked_text(body), "mkdocs")))


def messages(root, page="a", locale="de"):
    path = root / f"locales/{locale}/LC_MESSAGES/{page}.po"
    catalog = read_catalog(path.name, path.read_bytes())
    return {message.id: message for message in catalog.messages}


def test_untranslated_messages_are_drafted_as_fuzzy_and_marked(tmp_path):
    with serving(good) as server:
        root = project(tmp_path, PAGES, settings(server))
        yiben(root, "update")
        translate(root / "locales/de/LC_MESSAGES/a.po", {"安装": "Installation"})
        before = (root / "locales/de/LC_MESSAGES/a.po").read_text(encoding="utf-8")
        run = yiben(root, "translate")
    assert run.returncode == 0, run.stderr
    found = messages(root)
    assert found["安装"].string == "Installation"
    assert not found["安装"].fuzzy
    draft = found["然后启动所有服务。"]
    assert draft.fuzzy
    assert draft.comments == (machine_mark("openai", draft.string),)
    assert is_machine_made(draft)
    after = (root / "locales/de/LC_MESSAGES/a.po").read_text(encoding="utf-8")
    start = before.index('msgid "安装"')
    assert after[after.index('msgid "安装"') :].startswith(
        before[start : before.index("#.", start)]
    )


def test_a_request_says_what_a_person_would_be_told(tmp_path):
    glossary = "source,target\n集群,Cluster\n"
    with serving(good) as server:
        text = settings(server, 'glossary = "terms.csv"', tone="formal", instructions="Kurz.")
        page = "# 指南\n\n<!-- yiben:note 网络 is the network -->\n\n这里说明怎样配置集群的网络。\n"
        root = project(tmp_path, {"b.md": page, "c.md": "这里说明怎样配置集群的存储。\n"}, text)
        (root / "terms.csv").write_text(glossary, encoding="utf-8")
        yiben(root, "update")
        known = {"这里说明怎样配置集群的存储。": "So konfigurieren Sie den Speicher des Cluster."}
        translate(root / "locales/de/LC_MESSAGES/c.po", known)
        printed = yiben(root, "translate", "content/b.md", "--dry-run").stdout
        assert not server.asked
        yiben(root, "translate", "content/b.md")
    requests = [json.loads(line) for line in printed.splitlines()]
    assert [one["text"] for one in requests] == ["指南"]
    drafted = messages(root, "b")["这里说明怎样配置集群的网络。"]
    assert drafted.previous_id == "这里说明怎样配置集群的存储。"
    system, user = (one["content"] for one in server.asked[0][1]["messages"])
    assert "German (de)" in system
    assert "Tone: formal" in system
    assert "Kurz." in system
    assert "这里说明怎样配置集群的网络。" in user


def test_what_fails_a_gate_is_asked_again_with_what_is_wrong(tmp_path):
    def answer(_path, body):
        text, told = asked_text(body), body["messages"][-1]["content"]
        translated = german(text, "mkdocs")
        if "Your last answer was of no use" in told:
            assert "kubectl" in told
            return Reply(chat(translated))
        return Reply(chat(translated.replace("`", "")))

    with serving(answer) as server:
        root = project(tmp_path, PAGES, settings(server))
        yiben(root, "update")
        assert yiben(root, "translate").returncode == 0
    assert "`kubectl`" in messages(root)["先装好 `kubectl`，再仔细阅读[指南](b.md)。"].string


def test_accept_and_the_notice_of_machine_percent(tmp_path):
    more = ['notice = "{machine}% by machine"']
    with serving(good) as server:
        text = settings(server, *more, accept={"de": {"paragraph": "translated"}})
        root = project(tmp_path, {"a.md": PAGES["a.md"]}, text)
        yiben(root, "update")
        yiben(root, "translate")
    found = messages(root)
    assert found["安装"].fuzzy
    assert not found["然后启动所有服务。"].fuzzy
    yiben(root, "build")
    page = (root / "build/de/a.md").read_text(encoding="utf-8")
    assert "90% by machine" in page  # 18 of 20 words


def test_a_person_who_changes_a_draft_takes_it_over(tmp_path):
    with serving(good) as server:
        root = project(tmp_path, {"a.md": "然后启动所有服务。\n"}, settings(server))
        yiben(root, "update")
        yiben(root, "translate")
    path = root / "locales/de/LC_MESSAGES/a.po"
    text = path.read_text(encoding="utf-8")
    draft = messages(root)["然后启动所有服务。"]
    path.write_text(text.replace(draft.string, "Dann starten Sie alles."), encoding="utf-8")
    assert not is_machine_made(messages(root)["然后启动所有服务。"])


def test_a_budget_is_never_exceeded(tmp_path):
    with serving(good) as server:
        root = project(tmp_path, PAGES, settings(server))
        yiben(root, "update")
        run = yiben(root, "translate", "--budget", "12", "--format", "json")
    report = json.loads(run.stdout)
    assert run.returncode == 1
    assert 0 < report["words"] <= 12
    assert {one["lack"] for one in report["undone"]} == {"over budget"}


def test_an_estimate_sends_nothing(tmp_path):
    with serving(good) as server:
        text = settings(server, prices={"characters": 20, "input": 1, "output": 2})
        root = project(tmp_path, PAGES, text)
        yiben(root, "update")
        before = snapshot(root)
        found = json.loads(yiben(root, "translate", "--estimate", "--format", "json").stdout)
    assert not server.asked
    assert snapshot(root) == before
    texts = [line.lstrip("# ") for page in PAGES.values() for line in page.split("\n") if line]
    assert (found["messages"], found["characters"]) == (5, sum(map(len, texts)))
    assert found["words"] == 2 + 10 + 8 + 2 + 13
    assert found["price"] > found["characters"] * 20 / 1e6


@pytest.mark.parametrize(
    ("reply", "cause"),
    [
        (Reply({}, status=429, headers={"retry-after": "0"}), "answered 429"),
        (Reply({}, status=500), "answered 500"),
        (Reply(b"<html>", headers={"content-type": "text/html"}), "cannot be read (text/html)"),
        (Reply({"choices": []}), "cannot be read"),
        (Reply({"error": "bad key"}, status=401), "answered 401"),
        (Reply({}, pause=2.0), "did not answer in time"),
    ],
)
def test_a_server_that_fails_ends_the_run_with_one_line_a_cause(tmp_path, reply, cause):
    with serving(lambda _path, _body: reply) as server:
        text = settings(server, tries=2, timeout=0.5, concurrency=1)
        root = project(tmp_path, PAGES, text)
        yiben(root, "update")
        before = snapshot(root / "locales")
        run = yiben(root, "translate", "-q")
    assert run.returncode == 1
    assert snapshot(root / "locales") == before
    causes = [line for line in run.stderr.splitlines() if line.startswith("openai: ")]
    assert len(causes) == 1
    assert cause in causes[0]
    assert len(server.asked) <= 6


def test_retry_after_is_heeded(tmp_path, monkeypatch):
    waited = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waited.append)
    replies = iter([Reply({}, status=429, headers={"retry-after": "7"})])

    def answer(path, body):
        return next(replies, None) or good(path, body)

    with serving(answer) as server:
        root = project(tmp_path, {"a.md": "然后启动所有服务。\n"}, settings(server))
        yiben(root, "update")
        assert yiben(root, "translate").returncode == 0
    assert 7.0 in waited


def test_nobody_who_asks_waits_for_the_gates(tmp_path, monkeypatch):
    """While the first page is judged, the requests of the pages behind it go out."""
    pages = {f"{name}.md": f"启动服务{name}。\n\n停止服务{name}。\n" for name in "abcdef"}
    judged = PageWork.judged

    def judged_late(work, name, *, in_order):
        late = time.monotonic() + PATIENCE
        while len(server.asked) < len(pages) and time.monotonic() < late:
            time.sleep(0.01)
        sent.append(len(server.asked))
        return judged(work, name, in_order=in_order)

    sent: list[int] = []
    monkeypatch.setattr(PageWork, "judged", judged_late)
    with serving(good) as server:
        root = project(tmp_path, pages, settings(server, concurrency=2))
        yiben(root, "update")
        assert yiben(root, "translate").returncode == 0
    assert sent[0] >= len(pages)


def test_the_key_stands_in_no_file_and_no_message(tmp_path):
    def answer(_path, body):
        return Reply({"error": f"bad key sk-secret {body['model']}"}, status=400)

    with serving(answer) as server:
        root = project(tmp_path, PAGES, settings(server, key="YIBEN_TEST_KEY"))
        yiben(root, "update")
        unset = yiben(root, "translate")
        assert (unset.returncode, "YIBEN_TEST_KEY is not set" in unset.stderr) == (2, True)
        run = yiben(root, "translate", "-v", YIBEN_TEST_KEY="sk-secret")
    assert server.asked[0][2]["Authorization"] == "Bearer sk-secret"
    assert "sk-secret" not in run.stdout + run.stderr
    texts = (path.read_bytes() for path in root.rglob("*") if path.is_file())
    assert not any(b"sk-secret" in text for text in texts)


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.name)
def test_no_hostile_answer_enters_and_each_is_listed(tree, tmp_path, monkeypatch):
    """Half of the answers are hostile; the built pages keep their structure."""
    # Three failures in a row end a run, and come by chance here.
    monkeypatch.setattr("toolkit.commands.translate.askers._FAILURES", 1000)
    paths = [path for path in corpus_or_skip(tree) if path.stat().st_size < LARGE]
    pages = paths[:: max(1, len(paths) // SOME)][:SOME]
    source = "zh-Hans" if tree.name in {"OI-wiki", "hwameistor"} else "en"
    with serving(lambda _path, body: mixed(asked_text(body), tree.dialect)) as server:
        quick = {"tries": 1, "retries": 1, "timeout": 1.0, "concurrency": 8}
        more = ['locations = "never"', 'anchors = "keep"', 'links = "keep"']
        text = settings(
            server, *more, source=source, dialect=tree.dialect, accept="translated", **quick
        )
        named = {f"{number}.md": path.read_bytes() for number, path in enumerate(pages)}
        root = project(tmp_path, named, text)
        yiben(root, "update")
        report = json.loads(yiben(root, "translate", "--format", "json", "-q").stdout)
    entered = [one for path in (root / "locales/de").rglob("*.po") for one in entries(path)]
    by_model = [one for one in entered if any("openai" in line for line in one.comments)]
    hostile = [(one.id, one.string) for one in by_model if is_hostile(one.id)]
    assert not hostile
    undone = {one["text"] for one in report["undone"]}
    assert undone == {one.id for one in entered if not one.string}
    wanted = [one for one in entered if not is_hostile(one.id)]
    assert sum(bool(one.string) for one in wanted) >= MOST_OF_GOOD * len(wanted)
    yiben(root, "build")
    for name in named:
        before = facts((root / "content" / name).read_text(encoding="utf-8"), tree.dialect)
        after = facts((root / "build/de" / name).read_text(encoding="utf-8"), tree.dialect)
        assert (after.tags, after.targets) == (before.tags, before.targets), name


def entries(path):
    return read_catalog(path.name, path.read_bytes()).messages


class Kill(BaseException):
    """Ends a run as a signal does."""


@pytest.mark.parametrize(
    "number",
    [n if n % 3 == 0 else pytest.param(n, marks=pytest.mark.nightly) for n in range(50)],
)
def test_a_killed_run_loses_and_repeats_nothing(tmp_path, monkeypatch, number):
    """The moments: before and after an answer is written down, and around each save."""
    page = "".join(f"第{name}步，启动服务并检查它的状态。\n\n" for name in "一二三四五六七八九十")
    left = iter(range(number))

    def dying(real):
        def call(*words, **named):
            if next(left, None) is None:
                raise Kill
            result = real(*words, **named)
            if next(left, None) is None:
                raise Kill
            return result

        return call

    with serving(good) as server:
        root = project(
            tmp_path, {"a.md": page, "b.md": page.replace("启动", "停止")}, settings(server)
        )
        yiben(root, "update")
        with monkeypatch.context() as patched:
            patched.setattr("toolkit.commands.translate.answers.append_line", dying(append_line))
            patched.setattr(Run, "save_catalog", dying(Run.save_catalog))
            with suppress(Kill):
                yiben(root, "translate")
        asked = [asked_text(body) for _, body, _ in server.asked]
        stored = root / ".yiben/answers.jsonl"
        known = len(stored.read_text(encoding="utf-8").splitlines()) if stored.exists() else 0
        done = sum(bool(one.string) for one in entries(root / "locales/de/LC_MESSAGES/a.po"))
        server.asked.clear()
        assert yiben(root, "translate").returncode == 0
    again = [asked_text(body) for _, body, _ in server.asked]
    assert len(set(asked) & set(again)) <= 4
    assert known + done + len(again) >= 10
    for name in "ab":
        assert all(one.string for one in entries(root / f"locales/de/LC_MESSAGES/{name}.po"))
    assert not stored.exists()


LOCALES = sorted(path.parent.name for path in (ROOT / "locales").glob("*/LC_MESSAGES"))


@pytest.mark.parametrize("folder", [name for name in LOCALES if name != "templates"])
def test_a_program_that_answers_from_a_memory_gives_the_catalogs_back(folder, tmp_path):
    """The case study: a catalog is exported, emptied, and filled again by a program."""
    root = tmp_path / "project"
    root.mkdir()
    for name in ("content", "locales", "mkdocs.yml"):
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, root / name)
    tag = folder.replace("_", "-")
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ours = text[text.index("[tool.yiben]") :].split("\n\n[")[0]
    (root / "answer.py").write_text(ANSWERING, encoding="utf-8")
    program = f'command = ["{sys.executable}", "{root / "answer.py"}", "{root / "memory.tmx"}"]'
    more = f'machine = {{ provider = "command", batch = "page", {program} }}\n'
    (root / "yiben.toml").write_text(ours.removeprefix("[tool.yiben]\n") + f"\n{more}")
    assert yiben(root, "memory", "export", "-l", tag, "-o", "memory.tmx").returncode == 0
    paths = sorted((root / "locales" / folder / "LC_MESSAGES").glob("*.po"))
    before = {path: entries(path) for path in paths}
    for path in paths:
        full = path.read_text(encoding="utf-8")
        emptied = re.sub(r'^msgstr ".+"$', 'msgstr ""', full, flags=re.MULTILINE)
        path.write_text(emptied, encoding="utf-8")
    run = yiben(root, "translate", "-l", tag)
    assert run.returncode == 0, run.stderr
    for path in paths:
        for old, new in zip(before[path], entries(path), strict=True):
            assert (new.id, new.string) == (old.id, old.string)
            assert new.comments == (*old.comments, machine_mark("command", old.string))


ANSWERING = """
import json, sys
from xml.etree import ElementTree

lang = "{http://www.w3.org/XML/1998/namespace}lang"
known = {}
for unit in ElementTree.parse(sys.argv[1]).iter("tu"):
    source, *others = [
        (one.get(lang), "".join(one.find("seg").itertext())) for one in unit.iter("tuv")
    ]
    known[source[1]] = others[0][1]
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"id": request["id"], "translation": known[request["text"]]}))
"""
