import shutil
import subprocess
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
FIXTURES = Path(__file__).parent / "fixtures"
ABSENT = "the corpus is not beside the project"
REAL = [
    CORPUS / "comprehensive-rust" / "po" / "zh-CN.po",
    *sorted(CORPUS.glob("mdpo/**/*.po")),
    *sorted(FIXTURES.glob("*.po")),
]


@pytest.fixture(scope="session")
def msgcat():
    """Run the real msgcat on bytes; None where it refuses them."""
    if shutil.which("msgcat") is None:
        pytest.skip("GNU gettext's msgcat is not installed")

    def run(data, *options):
        command = ["msgcat", "--force-po", *options, "-"]
        done = subprocess.run(command, input=data, capture_output=True, check=False)
        return None if done.returncode else done.stdout

    return run


def pytest_generate_tests(metafunc):
    if "real" in metafunc.fixturenames:
        metafunc.parametrize(
            "real",
            [
                pytest.param(
                    path,
                    id="/".join(path.parts[-3:]),
                    marks=pytest.mark.skipif(not path.exists(), reason=ABSENT),
                )
                for path in REAL
            ],
        )
