"""Puts the folder of the tests on the path, so that tests share their readers."""

import os
import sys
from pathlib import Path

import browsing
import pytest
from hypothesis import settings

# The same examples in every run, so that nobody's change fails for a page that chance found;
# `random` tries others each time, as `.ci/run nightly` does.
settings.register_profile("default", derandomize=True, deadline=None)
settings.register_profile("random", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session", autouse=True)
def caches(tmp_path_factory):
    """All runs of the command keep their cache outside of the projects that tests look at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))
        yield


@pytest.fixture(scope="module")
def chromium():
    """A browser for all tests of a module."""
    with browsing.browser() as running:
        yield running


@pytest.fixture(scope="module")
def address(site):
    """Where a browser finds the folder `site` of a module."""
    with browsing.served(site) as url:
        yield url
