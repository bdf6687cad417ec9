"""`yiben terms`: candidates that a person can decide on."""

import csv
import io

import pytest
from projects import project, snapshot, translate, yiben

from toolkit.catalogs.glossary import read_glossary
from toolkit.catalogs.phrases_in_texts import Phrases
from toolkit.catalogs.term_candidates import _alike, _most_words

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


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("cluster", "clusters", True),
        ("node pool", "nodepool", True),
        ("pool", "node pool", True),
        # The same beginning, but for two letters.
        ("abcdefgh", "abcdefxy", True),
        ("abcdefgh", "abcdexyz", False),
        # Four letters are a beginning, three are none.
        ("abcdx", "abcdy", True),
        ("abcxy", "abczw", False),
    ],
)
def test_phrases_are_forms_of_one(one, other, alike):
    assert _alike(one, other) is _alike(other, one) is alike


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("pod", 2),
        ("node pool", 3),
        ("one two three", 4),
        ("große kiste", 3),
        ("größe", 3),
        ("集群", 2),
        ("集群管理", 2),
        ("集群管理者", 3),
    ],
)
def test_a_translation_has_a_word_more_or_one_for_two_characters(term, words):
    assert _most_words(term) == words


def phrases(*texts):
    return {phrase: set(places) for phrase, places in Phrases(texts, latin=True).terms(2)}


def test_terms_are_phrases_and_names_of_several_texts():
    texts = ("Use the Pod of a node pool.", "A node pool and its Pod.", "The pool has one Pod.")
    assert phrases(*texts) == {"pod": {0, 1, 2}, "node pool": {0, 1}}
    assert phrases("The pods run.", "All pods stop.", "Pods start.") == {}
    assert phrases("iPod runs.", "iPod stops.") == {"ipod": {0, 1}}
