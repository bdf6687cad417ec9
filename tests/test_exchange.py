"""Files for agencies: out and back to the byte, valid, and judged when they come back."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree
from projects import project, translate, yiben
from trees import CORPUS, TREES, corpus_or_skip

from toolkit.catalogs.memory import Entry, Memory
from toolkit.catalogs.merge.likeness import likeness
from toolkit.catalogs.po import read_catalog
from toolkit.commands.analysis import Band, band_of

ROOT = Path(__file__).parents[1]
FORMATS = ("xliff2", "xliff1", "tmx")
FOLDERS = sorted(path.parent.name for path in (ROOT / "locales").glob("*/LC_MESSAGES"))
LOCALES = [name for name in FOLDERS if name != "templates"]
SCHEMAS = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas")
SETTINGS = 'source = "zh-Hans"\ntargets = ["en"]\n'
PAGE = "# 安装\n\n先装好 `kubectl`，再看[指南](b.md)和**重点**。\n\n然后启动服务。\n"
MIDDLE = "先装好 `kubectl`，再看[指南](b.md)和**重点**。"
TEXTS = {
    "安装": "Install",
    MIDDLE: "First `kubectl`, then [docs](b.md) and **this**.",
    "然后启动服务。": "Then start the service.",
}
CATALOG = "locales/en/LC_MESSAGES/a.po"


def strings(path):
    return {
        one.key: one.string
        for one in read_catalog(path.name, path.read_bytes()).messages
        if not one.obsolete
    }


def emptied(text):
    """A catalog without its translations, but with its header."""
    head, rest = text.split("\n\n", 1)
    pattern = re.compile(r'^msgstr "(?:.*"\n)(?:".*"\n)*', re.MULTILINE)
    return f"{head}\n\n" + pattern.sub('msgstr ""\n', rest)


def there_and_back(root, form, locale, source="content"):
    """The translations of all catalogs before an export, and after an import into empty ones."""
    file = "out.tmx" if form == "tmx" else "out.xlf"
    run = yiben(root, "export", "-l", locale, "-o", file, "--format", form, "-q")
    assert run.returncode == 0, run.stderr
    folder = root / "locales" / locale.replace("-", "_")
    paths = sorted(folder.rglob("*.po"))
    before = {path: strings(path) for path in paths}
    for path in paths:
        path.write_text(emptied(path.read_text(encoding="utf-8")), encoding="utf-8", newline="")
        assert not any(strings(path).values())
    run = yiben(root, "import", source, file, "-l", locale, "--summary")
    assert run.returncode == 0, run.stderr
    return before, {path: strings(path) for path in paths}


def case_study(root):
    for name in ("content", "locales", "mkdocs.yml"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, root / name)
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ours = text[text.index("[tool.yiben]") :].split("\n\n[")[0].removeprefix("[tool.yiben]\n")
    (root / "yiben.toml").write_text(ours, encoding="utf-8")
    return root


def often(values, chosen):
    """The values, of which those that are not chosen are for the night."""
    return [
        value if value in chosen else pytest.param(value, marks=pytest.mark.nightly)
        for value in values
    ]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("folder", often(LOCALES, {"ar", "zh_Hant"}))
def test_the_case_study_goes_there_and_back(form, folder, tmp_path):
    root = case_study(tmp_path)
    before, after = there_and_back(root, form, folder.replace("_", "-"))
    assert after == before


@pytest.mark.parametrize(
    "form", ["xliff2", *(pytest.param(form, marks=pytest.mark.nightly) for form in FORMATS[1:])]
)
def test_a_large_catalog_goes_there_and_back(form, tmp_path):
    """Every translation of comprehensive-rust's catalog that its pages still have."""
    path = CORPUS / "comprehensive-rust/po/zh-CN.po"
    if not path.exists():
        pytest.skip("the catalog of comprehensive-rust is not beside the project")
    tree = next(one for one in TREES if one.name == "comprehensive-rust")
    folder = CORPUS / tree.name
    pages = {one.relative_to(folder).as_posix(): one.read_bytes() for one in corpus_or_skip(tree)}
    settings = 'source = "en"\ntargets = ["zh-CN"]\ndialect = "mdbook"\ncatalog = "single"\n'
    root = project(tmp_path, pages, settings)
    yiben(root, "update")
    shutil.copy(path, root / "theirs.po")
    yiben(root, "import", "content", "theirs.po", "-l", "zh-CN", "--summary")
    (made,) = (root / "locales/zh_CN").rglob("*.po")
    messages = read_catalog("docs.po", made.read_bytes()).messages
    done = {one.key for one in messages if one.translated}
    before, after = there_and_back(root, form, "zh-CN")
    (old,), (new,) = before.values(), after.values()
    assert sum(map(bool, old.values())) > 500
    if form == "tmx":
        # A memory holds what is translated, not what is fuzzy.
        old = {key: text for key, text in old.items() if key in done}
        new = {key: new[key] for key in old}
    assert new == old


@pytest.mark.parametrize("form", often(FORMATS, {"xliff2"}))
@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.name)
def test_a_pseudo_locale_goes_there_and_back(form, tree, tmp_path):
    paths = corpus_or_skip(tree)
    pages = {f"{number}.md": path.read_bytes() for number, path in enumerate(paths[::15])}
    settings = f'source = "en"\ntargets = ["de"]\ndialect = "{tree.dialect}"\ncatalog = "single"\n'
    root = project(tmp_path, pages, settings)
    yiben(root, "update")
    path = root / "locales/de/LC_MESSAGES/docs.po"
    head, rest = path.read_text(encoding="utf-8").split("\n\n", 1)
    full = re.sub(r'(?m)^msgid ((?:".*"\n)+)msgstr ""\n', _pseudo, rest)
    path.write_text(f"{head}\n\n{full}", encoding="utf-8", newline="")
    before, after = there_and_back(root, form, "de")
    assert after == before


def _pseudo(match):
    """A message with a translation that differs and keeps every mark."""
    return f"msgid {match[1]}msgstr {_accented(match[1])}"


def _accented(lines):
    outside = re.compile(r"(`[^`\n]*`|<[^<>\n]*>|\]\([^()\n]*\)|\\\\.)|([ae])")
    return outside.sub(lambda one: one[1] or {"a": "á", "e": "é"}[one[2]], lines)


def translated_project(tmp_path):
    """A project with two pages, one of which is translated."""
    made = project(tmp_path, {"a.md": PAGE, "b.md": "# 指南\n"}, SETTINGS)
    yiben(made, "update")
    translate(made / CATALOG, TEXTS)
    return made


@pytest.fixture
def root(tmp_path):
    return translated_project(tmp_path)


@pytest.mark.parametrize("form", ["xliff2", "xliff1"])
def test_a_changed_translation_is_taken_and_listed(root, form):
    yiben(root, "export", "-l", "en", "-o", "en.xlf", "--format", form)
    back = (root / "en.xlf").read_text(encoding="utf-8")
    (root / "en.xlf").write_text(back.replace("Then start", "Next, start"), encoding="utf-8")
    run = yiben(root, "import", "content", "en.xlf", "-l", "en")
    assert run.returncode == 0, run.stderr
    assert "changed: “Then start the service.” → “Next, start the service.”" in run.stdout
    found = strings(root / CATALOG)
    assert found[None, "然后启动服务。"] == "Next, start the service."
    assert found[None, "安装"] == "Install"


def test_what_was_changed_here_meanwhile_is_kept_and_listed(root):
    yiben(root, "export", "-l", "en", "-o", "en.xlf")
    back = (root / "en.xlf").read_text(encoding="utf-8")
    (root / "en.xlf").write_text(back.replace("Then start", "Next, start"), encoding="utf-8")
    path = root / CATALOG
    path.write_text(path.read_text(encoding="utf-8").replace("Then start", "Start"))
    run = yiben(root, "import", "content", "en.xlf", "-l", "en")
    assert "kept: it was changed here since the export" in run.stdout
    assert strings(path)[None, "然后启动服务。"] == "Start the service."
    yiben(root, "import", "content", "en.xlf", "-l", "en", "--overwrite")
    assert strings(path)[None, "然后启动服务。"] == "Next, start the service."


def test_codes_that_were_moved_come_back_in_place(root):
    """A program moves the inline elements, as translators do by hand."""
    yiben(root, "export", "-l", "en", "-o", "en.xlf")
    tree = etree.parse(root / "en.xlf")
    name = "{urn:oasis:names:tc:xliff:document:2.0}"
    target = next(one for one in tree.iter(f"{name}target") if one.find(f"{name}pc") is not None)
    code = next(one for one in target if one.tag == f"{name}ph")
    link, bold = target.findall(f"{name}pc")
    target.text, code.tail, link.tail, bold.tail = "See the ", ".", " and ", " after "
    target[:] = [link, bold, code]
    tree.write(str(root / "en.xlf"), encoding="utf-8", xml_declaration=True)
    run = yiben(root, "import", "content", "en.xlf", "-l", "en")
    text = "See the [docs](b.md) and **this** after `kubectl`."
    assert strings(root / CATALOG)[None, MIDDLE] == text, run.stdout


def test_a_lost_code_is_told_and_makes_the_message_fuzzy(root):
    yiben(root, "export", "-l", "en", "-o", "en.xlf")
    back = (root / "en.xlf").read_text(encoding="utf-8")
    lost = re.sub(r"(<target>First )<ph [^>]*/>", r"\1it", back)
    assert lost != back
    (root / "en.xlf").write_text(lost, encoding="utf-8")
    run = yiben(root, "import", "content", "en.xlf", "-l", "en")
    assert "code span “`kubectl`” is missing" in run.stdout
    message = read_catalog("a.po", (root / CATALOG).read_bytes()).messages[1]
    assert message.fuzzy
    assert "is missing" in message.comments[-1]


def test_a_unit_that_was_cut_into_segments_is_joined(root):
    yiben(root, "export", "-l", "en", "-o", "en.xlf")
    back = (root / "en.xlf").read_text(encoding="utf-8")
    (whole,) = re.findall(r"<segment[^>]*>\s*<source>然后启动服务。.*?</segment>", back, re.DOTALL)
    parts = (
        "<segment><source>然后</source><target>Then </target></segment>"
        "<ignorable><source></source></ignorable>"
        "<segment><source>启动服务。</source><target>start it all.</target></segment>"
    )
    (root / "en.xlf").write_text(back.replace(whole, parts), encoding="utf-8")
    yiben(root, "import", "content", "en.xlf", "-l", "en")
    assert strings(root / CATALOG)[None, "然后启动服务。"] == "Then start it all."


def test_pages_may_be_chosen_and_what_is_absent_is_told(root):
    yiben(root, "export", "content/b.md", "-l", "en", "-o", "b.xlf")
    assert "安装" not in (root / "b.xlf").read_text(encoding="utf-8")
    assert "指南" in (root / "b.xlf").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["xliff2", "xliff1"])
def test_files_are_valid_by_the_schemas_of_oasis(root, form):
    name = {"xliff1": "xliff-core-1.2-strict.xsd", "xliff2": "xliff-core-2.0.xsd"}[form]
    if not (SCHEMAS / name).exists():
        pytest.skip("the schemas of Debian's php-symfony-translation are not installed")
    translate(root / CATALOG, {"安装": "Install"}, fuzzy=True)
    yiben(root, "export", "-l", "en", "-o", "en.xlf", "--format", form)
    text = (SCHEMAS / name).read_text(encoding="utf-8")
    text = re.sub(r'schemaLocation="[^"]*xml\.xsd"', 'schemaLocation="xml.xsd"', text)
    schema = etree.XMLSchema(etree.fromstring(text.encode(), base_url=str(SCHEMAS / name)))
    schema.assertValid(etree.parse(root / "en.xlf"))


def test_a_sheet_for_reviewers_runs_no_formula(root):
    translate(root / CATALOG, {"安装": "=1+1"})
    yiben(root, "export", "-l", "en", "-o", "en.csv")
    data = (root / "en.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(data, newline="")))
    assert [row["page"] for row in rows] == ["content/a.md"] * 3 + ["content/b.md"]
    assert [row["line"] for row in rows] == ["1", "3", "5", "1"]
    assert rows[0]["translation"] in {"Install", "'=1+1"}
    assert rows[3]["state"] == "untranslated"


@pytest.mark.parametrize(
    ("encoding", "delimiter", "end"),
    [("utf-8-sig", ",", "\r\n"), ("utf-8", ";", "\n"), ("utf-16", "\t", "\r\n")],
)
def test_a_sheet_comes_back_as_spreadsheets_save_it(root, encoding, delimiter, end):
    translate(root / CATALOG, {"安装": "=1+1"})
    yiben(root, "export", "-l", "en", "-o", "en.csv")
    text = (root / "en.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    rows[2][5] = "Only `kubectl`, then [docs](b.md) and **this**."
    rows[3][5] = "Changed there."
    with (root / "back.csv").open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator=end).writerows(rows)
    translate(root / CATALOG, {"然后启动服务。": "Changed here."})
    result = yiben(root, "import", ".", "back.csv", "-l", "en")
    assert "changed here since the export" in result.stdout
    assert "0 unused" in result.stdout
    found = strings(root / CATALOG)
    assert found[None, MIDDLE] == rows[2][5]
    assert found[None, "安装"] == "=1+1"
    assert found[None, "然后启动服务。"] == "Changed here."


@pytest.mark.parametrize(
    "head",
    [
        "sep=;\r\nSource;Translation;State",
        '"sep=;";;\r\n source ; translation ; state ',
        ";;\r\n\r\nSOURCE;TRANSLATION;STATE",
        "translation;source;state",
    ],
)
def test_the_first_rows_of_a_sheet_may_be_those_of_a_spreadsheet(root, head):
    first, second = ("Guide", "指南") if head.startswith("t") else ("指南", "Guide")
    rows = f"{head}\r\n{first};{second}\u0020;Fuzzy\r\n;;\r\n"
    (root / "back.csv").write_bytes(rows.encode())
    result = yiben(root, "import", ".", "back.csv", "-l", "en")
    assert result.returncode == 0, result.stderr
    path = root / "locales/en/LC_MESSAGES/b.po"
    (message,) = read_catalog("b.po", path.read_bytes()).messages
    assert (message.string, message.fuzzy) == ("Guide", True)


@pytest.mark.parametrize("form", ["xliff1", "xliff2"])
def test_lines_around_texts_are_those_of_a_pretty_printer(root, form):
    yiben(root, "export", "-l", "en", "-o", "en.xlf", "--format", form)
    text = (root / "en.xlf").read_text(encoding="utf-8")
    source = re.compile(r"<source[^>]*>指南</source>(?:\s*<target[^>]*/>)?")
    target = "<target>\n        Guide\n      </target>"
    text = source.sub(f"<source>\n        指南\n      </source>{target}", text)
    (root / "en.xlf").write_text(text, encoding="utf-8")
    yiben(root, "import", ".", "en.xlf", "-l", "en")
    assert strings(root / "locales/en/LC_MESSAGES/b.po")[None, "指南"] == "Guide"


def test_a_blank_around_a_text_is_named(root):
    yiben(root, "export", "-l", "en", "-o", "en.xlf", "--format", "xliff1")
    text = (root / "en.xlf").read_text(encoding="utf-8")
    text = re.sub(r"(指南</source>)(?:\s*<target[^>]*/>)?", r"\1<target>Guide </target>", text)
    (root / "en.xlf").write_text(text, encoding="utf-8")
    result = yiben(root, "import", ".", "en.xlf", "-l", "en")
    assert "fuzzy: starts or ends with a blank, unlike its source" in result.stdout


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"sep=,\n\na,b\n1,2\n", "back.csv:3:1: has no column source and translation; keep"),
        (b"a,b\n1,2\n", "back.csv:1:1: has no column source and translation; keep"),
        ("source,translation\n安装,x\n".encode("gbk"), "back.csv: is not UTF-8; save it as CSV"),
        (b'source,translation\n"a,b\n', "back.csv:2:1: is not a table: "),
    ],
)
def test_a_file_that_is_no_sheet_is_one_line(root, data, problem):
    (root / "back.csv").write_bytes(data)
    result = yiben(root, "import", ".", "back.csv", "-l", "en")
    assert (result.returncode, result.stderr.count("\n")) == (2, 1)
    assert result.stderr.startswith(problem)


@pytest.mark.parametrize("form", ["xliff2", "csv"])
def test_a_text_of_several_pages_is_changed_on_all_that_said_the_same(tmp_path, form):
    root = project(tmp_path, {f"{name}.md": "# 小结\n" for name in "abc"}, SETTINGS)
    yiben(root, "update")
    catalogs = [root / f"locales/en/LC_MESSAGES/{name}.po" for name in "abc"]
    for path, said in zip(catalogs, ("Summary", "Summary", "In short"), strict=True):
        translate(path, {"小结": said})
    file = root / ("out.csv" if form == "csv" else "out.xlf")
    yiben(root, "export", "-l", "en", "-o", file.name, "--format", form)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Summary", "Summing up", 1), encoding="utf-8")
    result = yiben(root, "import", ".", file.name, "-l", "en")
    assert "0 unused" in result.stdout
    found = [strings(path)[None, "小结"] for path in catalogs]
    assert found == ["Summing up", "Summing up", "In short"]


def test_the_bands_add_up_and_equal_a_count_by_hand(tmp_path):
    """2,000 texts, each compared with every entry of the memory."""
    words = "一二三四五六七八九十百千万亿甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"
    made = ["".join(words[(n * k + k * k) % 30] for k in range(1, 13)) for n in range(400)]
    texts = list(dict.fromkeys(made))
    entries = [Entry(text, "x") for text in texts[::4]]
    memory = Memory.of(entries)
    for place in range(2000):
        text = texts[place % len(texts)]
        text = text[: 12 - place % 5] + words[place % 30] * (place % 3)
        best = max(likeness(text, one.source) for one in entries)
        exact = any(one.source == text for one in entries)
        least = {Band.HIGH: 0.95, Band.MIDDLE: 0.85, Band.LOW: 0.75}
        expected = next((band for band, value in least.items() if best >= value), Band.NEW)
        assert band_of(text, memory) == (Band.EXACT if exact else expected), text
    root = project(tmp_path, {"a.md": "\n\n".join(texts[:20] + texts[:10])}, SETTINGS)
    yiben(root, "update")
    (root / "prices.toml").write_text('currency = "EUR"\nnew = 0.1\nrepetitions = 0.02\n')
    words_ = ("stats", "--analysis", "--prices", "prices.toml", "--format", "json")
    report = json.loads(yiben(root, *words_).stdout)["en"]
    total = report["total"]
    counts = json.loads(yiben(root, "stats", "--format", "json").stdout)["en"]["total"]
    assert sum(total[band]["words"] for band in Band) == counts["untranslated"]["words"]
    assert total["repetitions"]["messages"] == 10
    assert total["price"] == round(total["new"]["words"] * 0.1 + 120 * 0.02, 2)


LOOP = """
while task=$(yiben next -l en --format json); do
  id=$(printf '%s' "$task" | python -c 'import json, sys; print(json.load(sys.stdin)["id"])')
  printf '%s' "$task" | python answer.py | yiben submit "$id" -l en && continue
  printf '%s' "$task" | python answer.py --again | yiben submit "$id" -l en
done
"""
ANSWERING = f"""
import json, sys
known = {TEXTS!r}
text = known[json.load(sys.stdin)["text"]]
print(text if "--again" in sys.argv else text.replace("`", ""))
"""


@pytest.mark.process
def test_the_loop_of_the_documentation_translates_a_page(tmp_path):
    root = project(tmp_path, {"a.md": f"# 安装\n\n{MIDDLE}\n", "b.md": "2\n"}, SETTINGS)
    yiben(root, "update")
    (root / "answer.py").write_text(ANSWERING, encoding="utf-8")
    (root / "loop.sh").write_text(LOOP, encoding="utf-8")
    folder = str(Path(sys.executable).parent)
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "loop.sh"],
        cwd=root,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.count("refused") == 1, done.stderr
    assert strings(root / CATALOG) == {(None, text): TEXTS[text] for text in ("安装", MIDDLE)}
    assert yiben(root, "check").returncode == 0


def test_next_says_what_a_person_would_be_told(root):
    path = root / CATALOG
    path.write_text(emptied(path.read_text(encoding="utf-8")), encoding="utf-8")
    found = json.loads(yiben(root, "next", "-l", "en", "--format", "json").stdout)
    assert (found["text"], found["kind"], found["page"]) == ("安装", "heading 1", "content/a.md")
    assert found["left"] == 4
    behind = yiben(root, "next", "-l", "en", "--after", found["id"], "--format", "json")
    assert json.loads(behind.stdout)["trail"] == ["安装"]
    words = ("submit", found["id"], "-l", "en")
    answer = yiben(root, *words, "--format", "json", stdin=b"# Install\n")
    assert answer.returncode == 1
    assert json.loads(answer.stdout)["accepted"] is False
    again = yiben(root, *words, stdin=b"Install\n")
    assert again.returncode == 0
    unknown = yiben(root, "submit", "0" * 16, "-l", "en", stdin=b"Install\n")
    assert unknown.returncode == 2
    assert "run `yiben next` again" in unknown.stderr


PLATFORMS = sorted((ROOT / "tests/fixtures/platforms").iterdir())


@pytest.mark.parametrize("path", PLATFORMS, ids=lambda path: path.name)
def test_what_platforms_return_is_read(path, tmp_path):
    """Files of ours in the manner of Crowdin, Transifex, Phrase and memoQ."""
    root = project(tmp_path, {"a.md": PAGE}, SETTINGS)
    yiben(root, "update")
    shutil.copy(path, root / path.name)
    run = yiben(root, "import", "content", path.name, "-l", "en")
    assert run.returncode == 0, run.stderr
    catalog = read_catalog("a.po", (root / CATALOG).read_bytes())
    found = {one.id: one for one in catalog.messages}
    for text in ("安装", MIDDLE):
        assert found[text].string == TEXTS[text]
        assert not found[text].fuzzy
    assert not found["然后启动服务。"].translated
