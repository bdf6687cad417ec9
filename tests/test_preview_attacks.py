"""Attacks on `yiben preview` in a real browser whose user has it open: refused or inert."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from browsing import PATIENCE, browser, go
from previewing import serving
from projects import project, translate, yiben

pytestmark = pytest.mark.peers
SETTINGS = 'source = "zh-Hans"\ntargets = ["en"]\n'
CATALOG = "locales/en/LC_MESSAGES/a.po"
EVIL = (
    "# 标题 <script>window.top.pwned=1</script>\n\n<script>alert(2)</script>\n\n"
    '<img src="x" onerror="window.top.pwned=3"> 文字\n\n'
    '[链接](javascript:window.top.pwned=4)\n\n<details ontoggle="alert(5)" open>内容</details>\n\n'
    '<svg onload="alert(6)"><title>图</title></svg>\n\n<style>@import "http://evil.test/"</style>\n'
)
MESSAGE = "<img src=x onerror=alert(7)><script>alert(8)</script> [x](javascript:alert(9))"
PAGE = """<!doctype html><body><iframe src="{base}/"></iframe>
<form id=f action="{base}/api/save" method=post enctype="text/plain">
<input name='{{"locale":"en","page":"a.md","n":0,"text":"pwned","x":"' value='"}}'></form>
"""
TRIES = """
async (base) => {
  const body = JSON.stringify({locale: 'en', page: 'a.md', n: 0, text: 'pwned', fuzzy: false,
    comment: '', base: {text: '', fuzzy: false, comment: ''}});
  const found = [];
  for (const options of [
    {method: 'POST', body, mode: 'no-cors', credentials: 'include'},
    {method: 'POST', body, credentials: 'include', headers: {'x-yiben-preview': '1'}},
    {credentials: 'include'}, {mode: 'no-cors', credentials: 'include'},
  ]) {
    try {
      const answer = await fetch(`${base}/api/${options.method ? 'save' : 'start'}`, options);
      found.push(answer.type === 'opaque' ? 'opaque' : await answer.text());
    } catch (error) { found.push('failed'); }
  }
  for (const tag of ['script', 'img']) {
    const element = document.createElement(tag);
    found.push(await new Promise((resolve) => {
      element.onload = () => resolve('loaded');
      element.onerror = () => resolve('failed');
      element.src = `${base}/${tag === 'img' ? 'files/a.png' : 'static/app.js'}`;
      document.body.append(element);
    }));
  }
  return found;
}
"""


@pytest.fixture(scope="module")
def chromium():
    with browser("--host-resolver-rules=MAP evil.test 127.0.0.1") as running:
        yield running


@pytest.fixture
def root(tmp_path):
    project(tmp_path, {"a.md": EVIL}, SETTINGS)
    (tmp_path / "content" / "a.png").write_bytes(b"\x89PNG\r\n")
    yiben(tmp_path, "update")
    return tmp_path


@contextmanager
def foreign_site(html):
    """Another server of this machine, with one page."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("host", ["evil.test", "127.0.0.1"])
def test_another_site_can_neither_write_nor_read_nor_frame_it(chromium, root, host):
    before = (root / CATALOG).read_bytes()
    with serving(root) as preview:
        base = f"http://127.0.0.1:{preview.port}"
        with foreign_site(PAGE.format(base=base)) as port:
            page = chromium.new_context().new_page()
            page.goto(preview.address)
            page.wait_for_selector("table.pages")
            page.goto(f"http://{host}:{port}/")
            found = page.evaluate(TRIES, base)
            assert found == ["failed"] * 6
            assert page.frames[1].url.startswith("chrome-error:")
            page.evaluate("() => document.getElementById('f').submit()")
            page.wait_for_load_state()
            assert "refused" in page.inner_text("body")
            page.context.close()
    assert (root / CATALOG).read_bytes() == before


def test_a_name_that_leads_here_is_refused(chromium, root):
    with serving(root) as preview:
        page = chromium.new_context().new_page()
        page.goto(preview.address)
        page.wait_for_selector("table.pages")
        for path in ("", f"?token={preview.keys.token}", "api/start"):
            answer = page.goto(f"http://evil.test:{preview.port}/{path}")
            assert answer.status == 403
        page.context.close()


def test_scripts_in_pages_and_catalogs_do_nothing(chromium, root):
    units = ["标题 <script>window.top.pwned=1</script>", "[链接](javascript:window.top.pwned=4)"]
    translate(root / CATALOG, dict.fromkeys(units, MESSAGE))
    with serving(root) as preview:
        page = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
        page.set_default_timeout(PATIENCE)
        page.on("dialog", lambda _: pytest.fail("a script ran"))
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(preview.address)
        page.fill("#query", "script")
        page.wait_for_selector(".hit-list")
        go(page, preview.at("en", "a.md", 0))
        page.fill("#translation", f"{MESSAGE} again")
        page.wait_for_selector(".finding.refused")
        page.keyboard.press("Control+s")
        page.wait_for_selector(".say.done")
        for n in range(1, 4):
            go(page, preview.at("en", "a.md", n))
        for frame in page.frames[1:]:
            assert frame.evaluate("() => document.scripts.length") == 0
            link = frame.query_selector("a")
            if link:
                link.click()
        page.wait_for_timeout(200)
        assert page.evaluate("() => window.pwned") is None
        assert page.evaluate("() => document.querySelectorAll('#app img, #app script').length") == 0
        assert all(url.startswith(f"http://127.0.0.1:{preview.port}/") for url in asked)
        page.context.close()


def test_a_guessed_address_shows_nothing(chromium, root):
    with serving(root) as preview:
        page = chromium.new_context().new_page()
        for path in ("/", "/?token=guess", "/api/page?locale=en&page=a.md", "/files/a.png"):
            assert page.goto(f"http://127.0.0.1:{preview.port}{path}").status == 403
        assert page.context.cookies() == []
        page.context.close()
