"""One side of a page as a document of its own, for a frame without scripts."""

from __future__ import annotations

from html import escape
from posixpath import normpath
from typing import TYPE_CHECKING
from urllib.parse import quote

from toolkit.interfaces.preview.assets import text_of
from toolkit.model.errors import Problem, ProjectError

if TYPE_CHECKING:
    from toolkit.interfaces.preview.views import Views
    from toolkit.interfaces.preview.workspace import Place, Workspace


def frame_html(workspace: Workspace, views: Views, place: Place, side: str) -> str:
    """Return the source page or the localized one; raises `ProjectError` for another side."""
    if side not in {"source", "target"}:
        raise ProjectError(Problem(side, 0, 0, "is not a side of a page"))
    body = views.source(place) if side == "source" else views.target(place)
    locale = workspace.project.settings.source if side == "source" else place.locale
    own = "".join(
        f'<link rel="stylesheet" href="{escape(one)}">' for one in _styles(workspace, place)
    )
    styles = f"<style>{text_of('page.css')}</style>{own}<style>{text_of('units.css')}</style>"
    direction = "rtl" if locale.right_to_left else "ltr"
    return (
        f'<!doctype html><html lang="{locale.tag}" dir="{direction}"><head><meta charset="utf-8">'
        f"<title>{escape(place.name)}</title>{styles}</head>"
        f'<body dir="{direction}" data-side="{side}"><main class="md-typeset page">'
        f"{body.html}</main></body></html>"
    )


def _styles(workspace: Workspace, place: Place) -> list[str]:
    """The addresses of the project's own style sheets."""
    site = workspace.site
    its_own = workspace.project.settings.dialect_of(place.name).python_markdown
    own = [normpath(name) for name in (site.styles if site and its_own else ())]
    return [f"/files/{quote(name)}" for name in own if not name.startswith(("..", "/", "http"))]
