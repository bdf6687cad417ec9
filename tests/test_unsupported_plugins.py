"""Plugins that cannot work with localized pages, recognized by where their code is."""

from types import SimpleNamespace

import pytest

from toolkit.interfaces.mkdocs_plugin import beside_i18n
from toolkit.interfaces.mkdocs_plugin.unsupported import unsupported


def site(module, **options):
    """A site whose one plugin is called `i18n`."""
    plugin = type("Plugin", (), {"__module__": module})()
    plugin.config = options
    return SimpleNamespace(plugins={"i18n": plugin})


@pytest.mark.parametrize(
    ("module", "package"),
    [
        ("mkdocs_i18n", "mkdocs-i18n"),
        ("mkdocs_mdpo_plugin.plugin", "mkdocs-mdpo-plugin"),
        ("mkdocs_publisher.blog.plugin", "mkdocs-publisher"),
    ],
)
def test_a_plugin_is_known_by_its_code_and_not_by_its_name(module, package):
    [warning] = unsupported(site(module))
    assert warning.startswith(f'plugin "i18n" ({package}) ')
    assert not beside_i18n.is_used(site(module))


@pytest.mark.parametrize("module", ["mkdocs_static_i18n.plugin", "mkdocs_i18n_of_ours"])
def test_others_may_have_a_similar_name(module):
    assert not list(unsupported(site(module)))
    assert beside_i18n.is_used(site(module)) == (module == "mkdocs_static_i18n.plugin")


def test_a_setting_can_be_the_fault():
    assert list(unsupported(site("mkdocs_simple_plugin.plugin", merge_docs_dir=False)))
    assert not list(unsupported(site("mkdocs_simple_plugin.plugin", merge_docs_dir=True)))
