"""The names of a blog's authors and categories are in the catalog of the site's settings."""

import pytest
from projects import write_files, yiben

from toolkit.catalogs.po import read_catalog

SETTINGS = 'source = "en"\ntargets = ["de"]\ncontent = "docs"\nsite = "mkdocs.yml"\n'
POST = "---\ndate: 2025-01-15\ncategories: {}\n---\n\n# Fog\n"
AUTHORS = "authors:\n  ada:\n    name: Ada\n    description: Keeper\n    avatar: a.png\n"
NAMES = ["Ada", "Keeper", "Sea", "Weather"]


def names(root, files, settings=SETTINGS):
    """The texts of the site's catalog besides its name."""
    write_files(root, {**files, "yiben.toml": settings})
    result = yiben(root, "update")
    assert result.returncode == 0, result.stderr
    [path] = root.glob("locales/de/LC_MESSAGES/**/mkdocs.yml.po")
    catalog = read_catalog(path.name, path.read_bytes())
    return sorted({one.id for one in catalog.messages} - {"", "Log"})


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"mkdocs.yml": "site_name: Log\nplugins: [blog]\n"}, NAMES),
        ({"mkdocs.yml": "site_name: Log\nplugins:\n  - material/blog: {post_toc: true}\n"}, NAMES),
        ({"mkdocs.yml": "site_name: Log\nplugins: {blog: {}}\n"}, NAMES),
        ({"mkdocs.yml": "site_name: Log\nINHERIT: b.yml\n", "b.yml": "plugins: [blog]\n"}, NAMES),
        ({"mkdocs.yml": "site_name: Log\nplugins: [search]\n"}, []),
        ({"mkdocs.yml": "site_name: Log\nplugins: [blog: {blog_dir: news}]\n"}, []),
        (
            {
                "mkdocs.yml": "site_name: Log\nplugins:\n  - blog: {authors_file: who.yml}\n",
                "docs/who.yml": "authors: {bo: {name: Bo, description: 42, url: x}}\n",
            },
            ["Bo", "Sea", "Weather"],
        ),
    ],
)
def test_names_are_found_where_the_blog_has_them(tmp_path, files, found):
    posts = {
        "docs/blog/posts/fog.md": POST.format("[Weather, Sea]"),
        "docs/blog/posts/2024/wind.md": POST.format("\n  - Weather\n  - 2024"),
        "docs/blog/posts/bad.md": POST.format("["),
        "docs/blog/posts/never.md": POST.replace("01-15", "02-30").format("[Never]"),
        "docs/guide.md": POST.format("[Other]"),
        "docs/blog/.authors.yml": AUTHORS,
    }
    assert names(tmp_path, {**posts, **files}) == found


def test_content_may_be_a_folder_below_the_sites(tmp_path):
    files = {
        "web/mkdocs.yml": "site_name: Log\ndocs_dir: src\nplugins: [blog: {blog_dir: en/blog}]\n",
        "web/src/en/blog/posts/fog.md": POST.format("[Weather, Sea]"),
        "web/src/en/blog/.authors.yml": AUTHORS,
    }
    settings = SETTINGS.replace('"docs"', '"web/src/en"').replace("mkdocs.yml", "web/mkdocs.yml")
    assert names(tmp_path, files, settings) == NAMES


def test_a_file_of_authors_that_is_no_yaml_is_reported_with_its_place(tmp_path):
    names(tmp_path, {"mkdocs.yml": "site_name: Log\nplugins: [blog]\n", "docs/index.md": "# A\n"})
    (tmp_path / "docs/blog").mkdir()
    (tmp_path / "docs/blog/.authors.yml").write_text("authors: {ada: [\n", encoding="utf-8")
    result = yiben(tmp_path, "update")
    assert result.returncode == 2
    assert "docs/blog/.authors.yml:2:1: is not valid YAML" in result.stderr
