"""`yiben terms`: candidates that a person can decide on."""

import csv
import io

import pytest
from projects import project, snapshot, translate, yiben

from toolkit.catalogs.glossary import read_glossary

SETTINGS = 'source = "en"\ntargets = ["zh-Hans", "de"]\n'
TEXTS = {
    "Each worker node runs Kubelet.": "每个工作节点都运行 Kubelet。",
    "A worker node joins the cluster.": "工作节点加入集群。",
    "Remove the worker node.": "移除该工作节点。",
    "Drain a worker node, then restart Kubelet.": "清空主机器，再重启 Kubelet。",
    "Watch your worker node.": "观察您的主机器。",
    "The logs of Kubelet help.": "Kubelet 的日志有帮助。",
    "Old worker node": "旧主机器",
}


@pytest.fixture
def root(tmp_path):
    body = "\n\n".join(TEXTS)
    made = project(tmp_path, {"a.md": f"# Nodes\n\n{body}\n"}, SETTINGS)
    yiben(made, "update")
    translate(made / "locales/zh_Hans/LC_MESSAGES/a.po", TEXTS)
    return made


def rows(run):
    assert run.returncode == 0, run.stderr
    return {row["source"]: row for row in csv.DictReader(io.StringIO(run.stdout))}


def test_two_ways_come_first_and_kept_words_are_told(root):
    found = rows(yiben(root, "terms", "-l", "zh-Hans"))
    assert next(iter(found)) == "worker node"
    assert found["worker node"]["target"] in {"工作节点|主机器", "主机器|工作节点"}
    assert "translated in two ways: in 6 texts" in found["worker node"]["note"]
    assert "locales/zh_Hans/LC_MESSAGES/a.po:" in found["worker node"]["note"]
    assert (found["Kubelet"]["keep"], found["Kubelet"]["target"]) == ("yes", "")


def test_the_candidates_are_a_glossary(root):
    before = snapshot(root)
    run = yiben(root, "terms", "-o", "terms.csv")
    assert "terms: " in run.stderr
    terms = read_glossary("terms.csv", (root / "terms.csv").read_bytes()).terms
    assert {term.source for term in terms} >= {"worker node", "Kubelet"}
    assert {term.locale for term in terms} == {"zh-Hans"}
    after = snapshot(root)
    assert {name: after[name] for name in before} == before
    # What somebody has decided is not proposed again.
    (root / "yiben.toml").write_text(f"{SETTINGS}glossary = 'terms.csv'\n", encoding="utf-8")
    assert not rows(yiben(root, "terms", "-l", "zh-Hans"))


def test_a_limit_keeps_the_best(root):
    assert list(rows(yiben(root, "terms", "-n", "1"))) == ["worker node"]
    assert yiben(root, "terms", "-n", "0").returncode == 2


def test_chinese_terms_are_whole_words(tmp_path):
    texts = {
        "控制平面由三部分组成。": "The control plane has three parts.",
        "升级控制平面之前先备份。": "Back up before you upgrade the control plane.",
        "没有控制平面，集群不能工作。": "Without a control plane, a cluster is of no use.",
        "这是新的控制平面。": "This is the new control plane.",
    }
    settings = 'source = "zh-Hans"\ntargets = ["en"]\n'
    root = project(tmp_path, {"a.md": "\n\n".join(texts) + "\n"}, settings)
    yiben(root, "update")
    translate(root / "locales/en/LC_MESSAGES/a.po", texts)
    found = rows(yiben(root, "terms"))
    assert found["控制平面"]["target"] == "control plane"
    assert not found.keys() & {"控制", "制平面", "平面", "控制平"}


def test_nothing_translated_is_nothing_to_propose(tmp_path):
    root = project(tmp_path, {"a.md": "# A\n"}, SETTINGS)
    assert rows(yiben(root, "terms")) == {}
