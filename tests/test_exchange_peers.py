"""Other programs read what `yiben export` writes, and what they write is read."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from projects import yiben
from test_exchange import CATALOG, MIDDLE, TEXTS, strings, translated_project

pytestmark = pytest.mark.peers
ROOT = Path(__file__).parents[1]
MODULES = ROOT / ".ci/mdx/node_modules"
READING = """
import { readFileSync } from "node:fs";
import xliff from "xliff";
const text = readFileSync(process.argv[2], "utf8");
const found = process.argv[3] === "2" ? await xliff.xliff2js(text) : await xliff.xliff12ToJs(text);
console.log(JSON.stringify(found));
"""


@pytest.fixture
def root(tmp_path):
    return translated_project(tmp_path)


@pytest.mark.parametrize("form", ["xliff1", "xliff2"])
def test_translate_toolkit_reads_and_writes_our_files(root, form):
    names = {"xliff1": ("xliff", "Xliff1File"), "xliff2": ("xliff2", "Xliff2File")}
    module, name = names[form]
    storage = pytest.importorskip(f"translate.storage.{module}", reason="needs translate-toolkit")
    parse = getattr(storage, name).parsefile
    yiben(root, "export", "-l", "en", "-o", "en.xlf", "--format", form)
    store = parse(str(root / "en.xlf"))
    units = {unit.getid().split("\x04")[-1]: unit for unit in store.units if unit.source}
    assert len(units) == 4
    service = next(unit for unit in store.units if unit.source == "然后启动服务。")
    assert service.target == "Then start the service."
    service.target = "Then start every service."
    store.savefile(str(root / "back.xlf"))
    run = yiben(root, "import", "content", "back.xlf", "-l", "en")
    found = strings(root / CATALOG)
    assert found[None, "然后启动服务。"] == "Then start every service.", run.stdout
    assert found[None, MIDDLE] == TEXTS[MIDDLE]


@pytest.mark.parametrize(("form", "version"), [("xliff1", "1"), ("xliff2", "2")])
def test_a_reader_of_npm_sees_texts_and_codes(root, form, version):
    if not shutil.which("node") or not (MODULES / "xliff").exists():
        pytest.skip("the npm package xliff is not installed")
    yiben(root, "export", "-l", "en", "-o", "en.xlf", "--format", form)
    script = MODULES / "../read_xliff.mjs"
    script.write_text(READING, encoding="utf-8")
    words = ["node", str(script), str(root / "en.xlf"), version]
    done = subprocess.run(words, capture_output=True, check=True)
    resources = json.loads(done.stdout)["resources"]
    texts = (json.dumps(value, ensure_ascii=False) for value in resources.values())
    text = next(one for one in texts if "指南" in one)
    for word in ("Install", "Then start the service.", "先装好"):
        assert word in text
    assert re.search("kubectl|Standalone", text)
