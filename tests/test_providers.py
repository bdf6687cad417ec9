"""The protocols of the providers: what is sent, and what is made of the answers."""

import json
import sys

import pytest
from model_server import Reply, chat, serving

from toolkit.commands.translate.providers import provider_names, provider_of
from toolkit.commands.translate.providers.deepl import target_language
from toolkit.commands.translate.providers.provider import (
    Access,
    ProviderError,
    Request,
    UnansweredError,
)
from toolkit.dialects import dialect_named
from toolkit.project.machine_settings import MachineSettings
from toolkit.reading.codes import pieces_of

TEXTS = ("先装好 `kubectl`，再看[指南](b.md)。", "然后 <b>启动</b> & 检查。")
TAGGED = (
    '先装好 <x id="1"/>，再看<g id="2">指南</g>。',
    '然后 <g id="1">启动</g> &amp; 检查。',
)
ANSWERS = (
    'See the <g id="2">guide</g> after <x id="1"/>.',
    'Then <g id="1">start</g> &amp; check.',
)
WANTED = ["See the [guide](b.md) after `kubectl`.", "Then <b>start</b> & check."]


def requests(count=2, target="en"):
    dialect = dialect_named("gfm")
    return [Request(text, pieces_of(text, dialect), "zh-Hans", target) for text in TEXTS[:count]]


def made(name, url="", key="", **settings):
    values = {"url": url, "pause": 0.0, "tries": 2, "timeout": 2.0, "batch": "page", **settings}
    return provider_of(name, Access(MachineSettings(provider=name, **values), key))


def test_deepl_gets_codes_as_xml():
    reply = Reply({"translations": [{"text": text} for text in ANSWERS]})
    with serving(lambda _path, _body: reply) as server:
        provider = made("deepl", server.url, "k:fx", model="")
        found = provider.translate(requests())
    path, body, headers = server.asked[0]
    assert path == "/v2/translate"
    assert headers["Authorization"] == "DeepL-Auth-Key k:fx"
    assert (body["source_lang"], body["target_lang"]) == ("ZH", "EN-US")
    assert (body["tag_handling"], body["text"]) == ("xml", list(TAGGED))
    assert [one.text for one in found] == WANTED
    assert all(not one.faults for one in found)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        *(("de", "DE"), ("en", "EN-US"), ("en-GB", "EN-GB"), ("pt-BR", "PT-BR"), ("pt", "PT-PT")),
        *(("zh-Hans", "ZH-HANS"), ("zh-Hant", "ZH-HANT"), ("fr-CA", "FR"), ("no", "NB")),
    ],
)
def test_deepl_has_names_of_its_own(tag, name):
    assert target_language(tag) == name


def test_libretranslate_gets_codes_as_html():
    reply = Reply({"translatedText": list(ANSWERS)})
    with serving(lambda _path, _body: reply) as server:
        found = made("libretranslate", server.url, "k").translate(requests())
    path, body, _ = server.asked[0]
    assert path == "/translate"
    assert (
        body
        == {
            "q": list(TAGGED),
            "source": "zh",
            "target": "en",
            "format": "html",
            "api_key": "k",
        }
        or body["source"] == "zh-Hans"
    )
    assert [one.text for one in found] == WANTED


def test_apertium_gets_a_form():
    reply = Reply({"responseStatus": 200, "responseData": {"translatedText": ANSWERS[0]}})
    with serving(lambda _path, _body: reply) as server:
        found = made("apertium", server.url).translate(requests(1))
    path, body, _ = server.asked[0]
    assert path == "/translate"
    assert (body["langpair"], body["q"], body["format"]) == (["zh|en"], [TAGGED[0]], ["html"])
    assert [one.text for one in found] == WANTED[:1]


def test_a_chat_model_gets_markdown_and_gives_a_list():
    reply = Reply(chat(f"Sure!\n```json\n{json.dumps(WANTED)}\n```"))
    with serving(lambda _path, _body: reply) as server:
        found = made("openai", f"{server.url}/v1", "k", model="m").translate(requests())
    path, body, _ = server.asked[0]
    assert (path, body["model"], body["temperature"]) == ("/v1/chat/completions", "m", 0)
    sent = json.loads(body["messages"][1]["content"])
    assert [one["text"] for one in sent] == list(TEXTS)
    assert [one.text for one in found] == WANTED


@pytest.mark.parametrize(
    "text", ["", "[]", '["one"]', '["one", 2]', '["one", "two"', '{"a": 1}', '["1","2","3"]']
)
def test_a_wrong_number_of_answers_is_asked_again_and_then_given_up(text):
    with serving(lambda _path, _body: Reply(chat(text))) as server:
        provider = made("openai", server.url, model="m")
        with pytest.raises(UnansweredError):
            provider.translate(requests())
    assert len(server.asked) == 2


@pytest.mark.parametrize("name", ["openai", "deepl", "libretranslate"])
@pytest.mark.parametrize(
    "body",
    [
        b"[" * 9_000,
        b'{"a":' * 9_000,
        json.dumps(chat("[" * 9_000 + "]" * 9_000)).encode(),
        json.dumps(chat('["\ud800", "b"]')).encode(),
        b'{"translations": [{"text": "\\ud800"}, {"text": "b"}]}',
        b'{"translatedText": ["\\ud800", "b"]}',
    ],
)
def test_no_answer_of_a_server_ends_a_run(name, body):
    with serving(lambda _path, _body: Reply(body)) as server:
        provider = made(name, server.url, "key", model="m")
        with pytest.raises(UnansweredError):
            provider.translate(requests())


def program(code):
    return {"command": (sys.executable, "-c", code)}


ECHO = """
import json, sys
for line in sys.stdin:
    one = json.loads(line)
    print(json.dumps({"id": one["id"], "tagged": one["tagged"].upper().replace("ID=", "id=")}))
"""


def test_a_program_gets_and_gives_json_lines():
    found = made("command", **program(ECHO)).translate(requests())
    assert [one.text for one in found] == [
        "先装好 `kubectl`，再看[指南](b.md)。",
        "然后 <b>启动</b> & 检查。",
    ]


@pytest.mark.parametrize(
    "code",
    [
        "print('nonsense')",
        "print('{}')",
        "pass",
        "raise SystemExit(3)",
        "import time; time.sleep(9)",
        "print('[1]'); print('null')",
        "print('[' * 9000)",
        "import sys; sys.stdout.buffer.write(b'\\xff')",
        """print('{"id": 1e999}'); print('{"id": 1}')""",
        """print('{"translation": {"a": 1}}'); print('{"translation": "b"}')""",
        r"""print('{"translation": "\\ud800"}'); print('{"translation": "b"}')""",
    ],
)
def test_a_program_that_fails_is_an_answer_that_lacks(code):
    with pytest.raises(UnansweredError):
        made("command", timeout=0.5, **program(code)).translate(requests())


@pytest.mark.parametrize(
    ("name", "settings", "words"),
    [
        ("openai", {}, 'needs "model"'),
        ("deepl", {}, "needs a key"),
        ("apertium", {}, 'needs "url"'),
        ("command", {}, 'needs "command"'),
        ("deepel", {}, 'did you mean "deepl"?'),
    ],
)
def test_what_a_provider_lacks_is_said_in_one_line(name, settings, words):
    with pytest.raises(ProviderError, match=words.replace("?", r"\?")):
        made(name, **settings)


def test_a_missing_program_is_said_in_one_line():
    with pytest.raises(ProviderError, match='no program "no-such-program"'):
        made("command", command=("no-such-program",)).translate(requests())


def test_all_providers_are_registered():
    names = ["apertium", "command", "deepl", "libretranslate", "memory", "openai"]
    assert set(names) <= set(provider_names())
