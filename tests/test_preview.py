"""The server of `yiben preview`: what it shows, what a save changes, and whom it refuses."""

import re
import socket
import subprocess
import threading
import zipfile
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir, extract_from_file
from previewing import serving
from projects import project, translate, yiben
from repositories import commit, repository

from toolkit.interfaces.preview.application import Server, _findings
from toolkit.interfaces.preview.assets import modules, version
from toolkit.interfaces.preview.serving import listener_at
from toolkit.interfaces.preview.views import Views
from toolkit.interfaces.preview.wording import LOCALES, _compiled_wording, chosen_locale, wording_of
from toolkit.interfaces.preview.workspace import Workspace
from toolkit.language.locale import locale_of

PAGE = """\
---
title: 指南
---

# 安装

先装好 **Kubernetes**。

| 名称 | 值 |
|---|---|
| 端口 | 使用的端口 |

![结构图](a.png)

!!! note "注意"

    - 小心 [手册](https://example.org/a)
"""
STATIC = Path(__file__).parents[1] / "toolkit/interfaces/preview/static"
STATUS = Path(__file__).parents[1] / "toolkit/interfaces/reports/status/page.py"
CATALOG = "locales/en/LC_MESSAGES/a.po"


@pytest.fixture
def root(tmp_path):
    (project(tmp_path, {"a.md": PAGE}) / "content" / "a.png").write_bytes(b"\x89PNG\r\n")
    assert yiben(tmp_path, "update").returncode == 0
    return tmp_path


@pytest.fixture
def preview(root):
    with serving(root) as running:
        yield running


def units(preview):
    return preview.read("page", locale="en", page="a.md")["units"]


def number(preview, source):
    return next(unit["n"] for unit in units(preview) if unit["source"] == source)


def frame(preview, side="target"):
    answer = preview.request(f"/frame/{side}/en/a.md")
    assert answer.status == 200
    return answer.body.decode()


def test_each_unit_is_an_element_or_in_the_list(preview):
    html = frame(preview, "source")
    placed = set(map(int, re.findall(r'data-(?:unit|part)="(\d+)"', html)))
    assert [one["source"] for one in units(preview) if one["n"] not in placed] == ["指南"]
    heading, cell = number(preview, "安装"), number(preview, "端口")
    assert f'<h1 id="_1" data-unit="{heading}">安装</h1>' in html
    assert f'<td data-unit="{cell}">端口</td>' in html
    title = number(preview, "注意")
    assert f'<p class="admonition-title" data-unit="{title}">注意</p>' in html
    assert 'src="/files/a.png"' in html
    assert "<strong>Kubernetes</strong>" in html


def test_a_save_changes_its_entry_and_the_date_only(root, preview):
    path = root / CATALOG
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes().split(b"\r\n")
    n = number(preview, "先装好 **Kubernetes**。")
    assert preview.save(n, "Install **Kubernetes** first.").status == 200
    after = path.read_bytes().split(b"\r\n")
    assert len(before) == len(after)
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    changed = [line for line in changed if not line.startswith(b'"PO-Revision-Date: ')]
    assert changed == [b'msgstr "Install **Kubernetes** first."']
    assert "Install <strong>Kubernetes</strong> first." in frame(preview)


def test_fuzzy_and_comment_go_into_the_entry_and_out_of_it(root, preview):
    n = number(preview, "安装")
    assert preview.save(n, "Setup", fuzzy=True, comment="ask\n\nagain").status == 200
    text = (root / CATALOG).read_text(encoding="utf-8")
    entry = r'# ask\n#\n# again\n#\. heading 1.*\n#: content/a.md:5\n#, fuzzy\nmsgid "安装"'
    assert re.search(entry, text)
    assert units(preview)[n]["state"] == "fuzzy"
    assert preview.save(n, "Install", comment="").status == 200
    text = (root / CATALOG).read_text(encoding="utf-8")
    entry = r'"\n\n#\. heading 1.*\n#: content/a.md:5\nmsgid "安装"\nmsgstr "Install"'
    assert re.search(entry, text)


def test_the_same_entry_changed_outside_is_a_conflict_others_are_not(root, preview):
    n = number(preview, "安装")
    base = {"text": "", "fuzzy": False, "comment": ""}
    translate(root / CATALOG, {"注意": "Mind"})
    assert preview.save(n, "Install", base=base).status == 200
    translate(root / CATALOG, {"安装": "Setting up"})
    before = (root / CATALOG).read_bytes()
    answer = preview.save(n, "Installing", base={**base, "text": "Install"})
    assert answer.status == 409
    assert answer.json["theirs"]["target"] == "Setting up"
    assert (root / CATALOG).read_bytes() == before


def test_a_revision_stands_for_bytes(root, preview):
    def revision():
        return preview.read("page", locale="en", page="a.md")["revision"]

    before, data = revision(), (root / CATALOG).read_bytes()
    for name in (CATALOG, "content/a.md", "yiben.toml"):
        (root / name).write_bytes((root / name).read_bytes())
    assert revision() == before
    saved = preview.save(number(preview, "安装"), "Install").json
    assert saved["before"] == before
    assert saved["revision"] == revision() != before
    (root / CATALOG).write_bytes(data)
    assert revision() == before


def test_a_catalog_that_cannot_be_read_is_said_and_left_alone(root, preview):
    n = number(preview, "安装")
    base = {"text": "", "fuzzy": False, "comment": ""}
    values = {"locale": "en", "page": "a.md", "n": n, "text": "x", "fuzzy": False, "comment": ""}
    (root / CATALOG).write_bytes(b'msgid "a\nmsgstr ""\n')
    answer = preview.request("/api/save", {**values, "base": base})
    assert answer.status == 422
    assert answer.json["problem"].startswith(f"{CATALOG}:1:")
    assert (root / CATALOG).read_bytes() == b'msgid "a\nmsgstr ""\n'


def test_a_missing_catalog_and_a_new_text_are_made_as_an_update_would(root, preview):
    wanted = (root / CATALOG).read_text(encoding="utf-8")
    (root / CATALOG).unlink()
    assert preview.save(number(preview, "安装"), "Install").status == 200
    made = (root / CATALOG).read_text(encoding="utf-8")
    assert made.replace('msgstr "Install"', 'msgstr ""') == wanted
    page = root / "content" / "a.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n新的一段。\n", encoding="utf-8")
    assert preview.save(number(preview, "新的一段。"), "A new one.").status == 200
    subprocess.run(["msgfmt", "--check", "-o", "/dev/null", str(root / CATALOG)], check=True)
    assert yiben(root, "update").returncode == 0
    assert 'msgid "新的一段。"\nmsgstr "A new one."' in (root / CATALOG).read_text(encoding="utf-8")


def test_what_is_typed_is_rendered_and_checked(preview):
    n = number(preview, "小心 [手册](https://example.org/a)")
    values = {"locale": "en", "page": "a.md", "n": n}
    found = preview.request("/api/try", {**values, "text": "See [it](https://example.org/a)"}).json
    assert found["html"] == 'See <a data-href="https://example.org/a">it</a>'
    assert found["refused"] is None
    evil = preview.request("/api/try", {**values, "text": "See [it](https://evil.example)"}).json
    assert evil["refused"]["piece"] == "https://evil.example"
    assert "example.org/a" in evil["html"]
    lost = preview.request("/api/try", {**values, "text": "See it"}).json
    assert [one["check"] for one in lost["findings"]] == ["url"]


def test_a_glossary_that_cannot_be_used_is_named(root):
    settings = root / "yiben.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'{text}\nglossary = "terms.csv"\n', encoding="utf-8")
    (root / "terms.csv").write_text("nonsense\n", encoding="utf-8")
    workspace = Workspace(root)
    server = Server(workspace)
    found = _findings(server, {"locale": "en", "page": "a.md"})
    assert found["page"][0]["text"].startswith("terms.csv:1:")
    (root / "terms.csv").write_text("source,locale,target\n安装,en,set up\n", encoding="utf-8")
    server.trial.forget()
    found = _findings(server, {"locale": "en", "page": "a.md"})
    assert all(one["check"] for one in found["page"])


def test_checks_in_the_background_wait_while_something_is_asked_for(root):
    server, stopped, found = Server(Workspace(root)), threading.Event(), []
    check_all = server.overview.check_all
    work = threading.Thread(target=lambda: found.extend(check_all(stopped, server.activity)))
    with server.activity:
        work.start()
        work.join(0.6)
        assert work.is_alive()
        assert not found
    work.join(30)
    assert ("a.md", "en") in found


def test_read_only_writes_nothing(root):
    before = (root / CATALOG).read_bytes()
    with serving(root, read_only=True) as preview:
        assert preview.save(0, "x").status == 422
    assert (root / CATALOG).read_bytes() == before


HOST = "this server has a different name; open the address that yiben preview printed"
OTHER = "requests from other sites are refused"


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Host": "evil.example:80"}, HOST),
        ({"Host": "127.0.0.1"}, HOST),
        ({"Origin": "https://evil.example"}, OTHER),
        ({"Origin": "null"}, OTHER),
        ({"Sec_Fetch_Site": "cross-site"}, OTHER),
        ({"Sec_Fetch_Site": "same-site"}, OTHER),
        ({"Cookie": None}, "open the address"),
        ({"Cookie": "yiben-1=x"}, "open the address"),
        ({"x_yiben_preview": None}, "and the header"),
    ],
)
def test_requests_from_elsewhere_are_refused(root, preview, headers, reason):
    before = (root / CATALOG).read_bytes()
    answer = preview.request("/api/save", {"text": "x"}, **headers)
    assert answer.status == 403
    assert reason in answer.body.decode()
    assert (root / CATALOG).read_bytes() == before


@pytest.mark.parametrize("token", ["", "x", "A" * 43])
def test_a_guessed_token_opens_nothing(preview, token):
    answer = preview.request(f"/?token={token}", Cookie=None)
    assert answer.status == 403
    assert "Set-Cookie" not in answer.headers


def test_the_token_becomes_a_strict_cookie(preview):
    answer = preview.request(f"/?token={preview.keys.token}", Cookie=None)
    assert answer.status == 303
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert preview.keys.token not in cookie


@pytest.mark.parametrize(
    "path",
    [
        "/files/../yiben.toml",
        "/files/..%2fyiben.toml",
        "/files/%2e%2e/yiben.toml",
        "/files/%2fetc/passwd",
        "/files/..%5cyiben.toml",
        "/files/a.md",
        "/files/.git/config",
        "/files/link.png",
        "/static/../application.py",
        f"/static/{version()}/../application.py",
        f"/static/{version()}/..%2fapplication.py",
        f"/static/{version()}/__init__.py",
        "/static/..%2f..%2fpreview/application.py",
        "/frame/target/en/..%2f..%2fyiben.toml",
        "/frame/target/..%2f../a.md",
        "/api/page?locale=../../etc&page=a.md",
        "/api/page?locale=en&page=../yiben.toml",
    ],
)
def test_only_files_of_the_project_are_read(root, preview, path):
    (root / "content" / "link.png").symlink_to("/etc/passwd")
    answer = preview.request(path)
    assert answer.status in {404, 422}
    assert b"zh-Hans" not in answer.body
    assert b"root:" not in answer.body


def test_the_interface_is_kept_by_browsers_until_it_changes(preview):
    index = preview.request("/")
    assert index.headers["cache-control"] == "no-store"
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', index.body.decode())
    answers = [preview.request(address) for address in addresses]
    assert all("immutable" in one.headers["cache-control"] for one in answers)
    assert {one.status for one in answers} == {200}
    assert preview.request("/static/000000000000/app.js").status == 404


def test_the_index_names_all_modules_of_the_interface():
    known = {one.name for one in STATIC.glob("*.js")}
    assert sorted(modules()) == sorted(known - {"export.js"})


def test_answers_do_not_wait_for_one_another():
    with listener_at("127.0.0.1", 0) as one, socket.create_connection(one.getsockname()):
        accepted, _ = one.accept()
        with accepted:
            # asyncio looks at this before it turns Nagle's algorithm off.
            assert accepted.proto == socket.IPPROTO_TCP


def test_locales_share_a_source_page_as_long_as_it_is_the_same(tmp_path):
    root = project(tmp_path, {"a.md": PAGE}, 'source = "zh-Hans"\ntargets = ["en", "ja"]\n')
    yiben(root, "update")
    workspace = Workspace(root)
    views = Views(workspace)
    english, japanese = (workspace.place(tag, "a.md") for tag in ("en", "ja"))
    source = views.source(english)
    translate(root / CATALOG, {"安装": "Install"})
    assert views.source(japanese) is source
    assert views.source(english) is source
    (root / "content/a.md").write_text(PAGE + "\n新段落。\n", encoding="utf-8")
    assert "新段落" in views.source(japanese).html


def test_the_state_of_each_text_stands_in_the_localized_page_alone(preview):
    assert preview.save(number(preview, "端口"), "Port").status == 200
    done, bad = number(preview, "端口"), number(preview, "注意")
    assert preview.save(bad, "{{ config }}").status == 200
    html = frame(preview)
    assert f'<td data-unit="{done}" data-state="translated">Port</td>' in html
    assert f'data-unit="{bad}" data-state="refused">注意</p>' in html
    heading = number(preview, "安装")
    assert f'data-unit="{heading}" data-state="untranslated">安装</h1>' in html
    assert " data-state=" not in frame(preview, "source")


def test_a_message_with_plural_forms_is_said_and_left_alone(root, preview):
    path = root / CATALOG
    plural = b'msgid_plural "x"\nmsgstr[0] "a"\nmsgstr[1] "b"\n'
    path.write_bytes(
        path.read_bytes().replace('"安装"\nmsgstr ""\n'.encode(), '"安装"\n'.encode() + plural)
    )
    before = path.read_bytes()
    answer = preview.save(number(preview, "安装"), "Install")
    assert answer.status == 422
    assert "plural forms" in answer.json["problem"]
    assert path.read_bytes() == before


def test_large_requests_are_refused(preview):
    answer = preview.request("/api/try", {"text": "x" * 300_000})
    assert answer.status == 413


@pytest.mark.parametrize(
    "body",
    ["[" * 100_000, "[]", "1", "null", '"x"', '{"n": 1e999, "locale": "en", "page": "a.md"}'],
)
@pytest.mark.parametrize("name", ["try", "save"])
def test_nonsense_is_refused_in_a_line(preview, capfd, name, body):
    answer = preview.request(f"/api/{name}", raw=body.encode())
    assert answer.status == 400
    assert answer.json["problem"]
    assert capfd.readouterr().err == ""


def test_a_request_without_end_is_refused(preview):
    answer = preview.request("/api/try", {"text": "x"}, Transfer_Encoding="chunked")
    assert answer.status == 411


def test_links_out_of_the_project_are_neither_read_nor_written(root, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.md").write_text("# 秘密\n", encoding="utf-8")
    (root / "content" / "link.md").symlink_to(outside / "secret.md")
    catalog = root / CATALOG
    catalog.rename(outside / "a.po")
    catalog.symlink_to(outside / "a.po")
    before = (outside / "a.po").read_bytes()
    with serving(root) as preview:
        for name in ("link.md", "a.md"):
            answer = preview.request(f"/api/page?locale=en&page={name}")
            assert answer.status == 422
            assert "leads out of the project" in answer.json["problem"]
        base = {"text": "", "fuzzy": False, "comment": ""}
        values = {"locale": "en", "page": "a.md", "n": 0, "text": "x", "base": base}
        assert preview.request("/api/save", {**base, **values}).status == 422
        assert "秘密" not in preview.request("/api/overview").body.decode()
    assert (outside / "a.po").read_bytes() == before


@pytest.mark.parametrize("end", ["\r", "\v", "\f", "\x85", "\u2028"])
def test_a_comment_stays_a_comment(root, preview, end):
    n = number(preview, "安装")
    comment = f'ask{end}msgid "x"{end}msgstr "y"'
    assert preview.save(n, "Install", comment=comment).status == 200
    assert units(preview)[n]["comment"] == comment.replace(end, "\n")
    lines = (root / CATALOG).read_text(encoding="utf-8").splitlines()
    assert '# msgid "x"' in lines
    assert 'msgid "x"' not in lines


def test_pages_full_of_scripts_are_inert(tmp_path):
    evil = (
        "# 标题 <script>alert(1)</script>\n\n<script>alert(2)</script>\n\n"
        '<img src="x" onerror="alert(3)"> 文字 [链接](javascript:alert(4))\n\n'
        '<iframe src="https://evil.example"></iframe>\n\n<form action="/api/save">文字</form>\n\n'
        '<a href="jAvAsCrIpT:alert(5)" style="background:url(//evil)">链接文字</a>\n\n'
        '<svg><script>alert(6)</script><a xlink:href="javascript:alert(7)">图</a></svg>\n'
    )
    project(tmp_path, {"a.md": evil})
    yiben(tmp_path, "update")
    with serving(tmp_path) as preview:
        answer = preview.request("/frame/source/en/a.md")
    html = answer.body.decode()
    for piece in ("<script", "onerror", "<iframe", "<form", "href=", "url("):
        assert piece not in html.partition("<body")[2].replace("data-href=", "")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-same-origin" in policy


def test_an_export_opens_from_disk_and_loads_nothing(root):
    translate(root / CATALOG, {"安装": "Install", "注意": "Mind <script>alert(1)</script>"})
    assert yiben(root, "preview", "--export", "review", "-l", "en").returncode == 0
    html = (root / "review" / "en" / "a.html").read_text(encoding="utf-8")
    assert ">Install</h1>" in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert html.count("<script") == 2
    assert re.search(r"; script-src 'sha256-[^ ;\"]+'\">", html)
    assert 'src="data:image/png;base64,' in html
    assert not re.search(r"""\s(?:src|href)=["'](?!data:|\.\./index\.html)""", html)
    assert "default-src 'none'" in html
    assert yiben(root, "preview", "--export", "review", "-l", "en").returncode == 0


def test_exported_pages_of_one_name_stay_apart(tmp_path):
    settings = 'source = "zh-Hans"\ntargets = ["en"]\ndialect = "mdx"\n'
    project(tmp_path, {"a.md": "# 一\n", "a.mdx": "# 二\n", "b.md": "# 三\n"}, settings)
    assert yiben(tmp_path, "preview", "--export", "review", "-l", "en").returncode == 0
    names = sorted(path.name for path in (tmp_path / "review" / "en").iterdir())
    assert names == ["a.md.html", "a.mdx.html", "b.html"]


def test_an_export_of_a_change_holds_old_and_new(root):
    translate(root / CATALOG, {"安装": "Install", "端口": "Port"})
    commit(repository(root))
    translate(root / CATALOG, {"安装": "Setting up"})
    run = yiben(root, "preview", "--export", "review", "--since", "HEAD")
    assert run.returncode == 0
    names = sorted(path.name for path in (root / "review").rglob("*.html"))
    assert names == ["a.html", "index.html"]
    html = (root / "review" / "en" / "a.html").read_text(encoding="utf-8")
    assert '<td lang="en" dir="ltr">Install</td>' in html
    assert "<del>Install</del><ins>Setting up</ins>" in html
    assert ">1 changed text</span>" in html


@pytest.mark.parametrize("folder", ["content", "content/x", "locales", ".", "full"])
def test_an_export_goes_over_nothing_of_others(root, folder):
    (root / "full").mkdir()
    (root / "full" / "a.txt").write_text("mine", encoding="utf-8")
    run = yiben(root, "preview", "--export", folder)
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("accepted", "tag"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("fr-FR,fr;q=0.9,ja;q=0.5", "ja"),
        ("de-AT", "de"),
        ("en;q=0.1,ar;q=0.9", "ar"),
        ("fr", "en"),
        ("", "en"),
        ("*;q=x,,;", "en"),
    ],
)
def test_the_interface_follows_what_the_browser_accepts(accepted, tag):
    assert chosen_locale(accepted).tag == tag


def test_every_word_of_the_interface_is_translated():
    texts = extract_from_dir(
        STATIC, [("*.js", "javascript")], keywords={"_": None, "N_": None, "ngettext": (1, 2)}
    )
    wanted = {text if isinstance(text, str) else text[0] for _, _, text, _, _ in texts}
    keywords = {"word": None, "label": None, "words": (1, 2)}
    for path in (STATIC.parent / "exported_pages.py", STATUS):
        exported = extract_from_file("python", path, keywords=keywords)
        wanted |= {text if isinstance(text, str) else text[0] for _, text, _, _ in exported}
    assert len(wanted) > 50
    for tag in set(LOCALES) - {"en"}:
        wording = wording_of(locale_of(tag))
        assert set(wording) == wanted, tag
        for text, found in wording.items():
            for form in [found] if isinstance(found, str) else found:
                assert form
                extra = set(re.findall(r"\{\w+\}", form)) - set(re.findall(r"\{\w+\}", text))
                assert not extra, (tag, text)


def test_a_wheel_holds_the_compiled_words(tmp_path):
    builders = pytest.importorskip("hatchling.builders.wheel", reason="needs hatchling")
    root = Path(__file__).parents[1]
    wheel = next(builders.WheelBuilder(str(root)).build(directory=str(tmp_path)))
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if "/locales/" in name]
        compiled = {Path(name).parts[-3]: archive.read(name) for name in names}
    assert {Path(name).name for name in names} == {"preview.mo"}
    for tag in set(LOCALES) - {"en"}:
        locale = locale_of(tag)
        assert _compiled_wording(compiled[locale.folder]) == wording_of(locale)
