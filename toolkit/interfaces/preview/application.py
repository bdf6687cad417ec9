"""The pages and answers of the preview's server."""

from __future__ import annotations

import functools
import json
import re
import sys
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from toolkit.interfaces.preview.activity import Activity
from toolkit.interfaces.preview.assets import answer_asset, answer_index
from toolkit.interfaces.preview.files import file_of
from toolkit.interfaces.preview.frames import frame_html
from toolkit.interfaces.preview.live import Live
from toolkit.interfaces.preview.memory import give_back
from toolkit.interfaces.preview.overview import Overview
from toolkit.interfaces.preview.saving import ConflictError, EntryChange, save
from toolkit.interfaces.preview.security import FRAME_POLICY, Gate, Keys
from toolkit.interfaces.preview.suggesting import Suggestions
from toolkit.interfaces.preview.trying import Trial
from toolkit.interfaces.preview.views import Views, unit_as_json
from toolkit.interfaces.preview.wording import chosen_locale, wording_of
from toolkit.model.errors import Problem, ProjectError, ToolkitError
from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.requests import Request

    from toolkit.interfaces.preview.views import View
    from toolkit.interfaces.preview.workspace import Place, Workspace
    from toolkit.model.findings import Finding

_MOST_TEXT = 100_000
_MUCH_WORK = 0.2
"""Seconds of work for an answer that are likely to leave much memory."""
_LINE_END = re.compile("[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
"""Ends a line for some programs that read catalogs; in a comment all of them have to agree."""
_FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


class Server:
    """Everything that answers need."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.views = Views(workspace)
        self.trial = Trial(workspace, self.views)
        self.overview = Overview(workspace, self.trial)
        self.suggestions = Suggestions(workspace)
        self.activity = Activity()
        self.live = Live(workspace, self.overview, self.activity, self.trial.forget)


def application(server: Server, keys: Keys) -> Gate:
    """Return the server of a project as an ASGI application."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        server.live.start()
        yield
        await server.live.stop()
        server.views.close()

    routes = [
        Route("/", answer_index),
        Route("/static/{version}/{name}", answer_asset),
        Route("/files/{name:path}", _bound(server, _file)),
        Route("/frame/{side}/{locale}/{page:path}", _bound(server, _frame)),
        Route("/events", _bound(server, _events)),
        *(Route(f"/api/{name}", _json(server, make)) for name, make in _READERS.items()),
        *(
            Route(f"/api/{name}", _json(server, make), methods=["POST"])
            for name, make in _WRITERS.items()
        ),
    ]
    return Gate(Starlette(routes=routes, lifespan=lifespan), keys)


def _bound(
    server: Server, handler: Callable[[Server, Request], Response]
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        with server.activity:
            return await run_in_threadpool(_guarded, functools.partial(handler, server, request))

    return endpoint


def _json(
    server: Server, make: Callable[[Server, dict[str, Any]], Any]
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        values: Any = dict(request.query_params)
        if request.method == "POST":
            try:
                values = json.loads(await request.body())
            except (ValueError, RecursionError):
                values = None
            if not isinstance(values, dict):
                return JSONResponse({"problem": "the request is not a JSON object"}, 400)
        values["languages"] = request.headers.get("accept-language", "")
        with server.activity:
            return await run_in_threadpool(_guarded, lambda: JSONResponse(make(server, values)))

    return endpoint


def _guarded(make: Callable[[], Response]) -> Response:
    """An answer, or in its place one line of what is wrong."""
    start = time.thread_time()
    try:
        return make()
    except ConflictError as error:
        return JSONResponse({"problem": str(error), "theirs": error.theirs}, 409)
    except ToolkitError as error:
        return JSONResponse({"problem": "\n".join(map(str, error.problems))}, 422)
    except (KeyError, TypeError, ValueError, OverflowError):
        return JSONResponse({"problem": "a field of the request is missing or wrong"}, 400)
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user
        problem = f"internal error, {type(error).__name__}: {error}"
        print(f"yiben preview: {problem}", file=sys.stderr)  # noqa: T201
        return JSONResponse({"problem": problem}, 500)
    finally:
        if time.thread_time() - start > _MUCH_WORK:
            give_back()


def _file(server: Server, request: Request) -> Response:
    project = server.workspace.project
    found = file_of(project.root, project.settings.content, request.path_params["name"])
    if found is None:
        return PlainTextResponse("no such file", 404)
    path, kind = found
    return Response(
        path.read_bytes(), media_type=kind, headers={"content-security-policy": _FILE_POLICY}
    )


def _frame(server: Server, request: Request) -> Response:
    side = request.path_params["side"]
    place = server.workspace.place(request.path_params["locale"], request.path_params["page"])
    html = frame_html(server.workspace, server.views, place, side)
    headers = {"content-security-policy": FRAME_POLICY}
    return Response(html, media_type="text/html; charset=utf-8", headers=headers)


def _events(server: Server, _request: Request) -> Response:
    return EventSourceResponse(server.live.events())


def _start(server: Server, values: dict[str, Any]) -> dict[str, Any]:
    workspace = server.workspace
    settings = workspace.project.settings
    locale = chosen_locale(values["languages"])
    return {
        "project": settings.project or real_path(workspace.project.root).name,
        "id": workspace.digest,
        "readOnly": workspace.read_only,
        "source": _locale_json(settings.source),
        "locales": [_locale_json(one) for one in settings.targets],
        "interface": _locale_json(locale),
        "wording": wording_of(locale),
    }


def _locale_json(locale: Any) -> dict[str, Any]:  # noqa: ANN401 - a Locale
    direction = "rtl" if locale.right_to_left else "ltr"
    return {"tag": locale.tag, "name": locale.own_name, "dir": direction}


def _place(server: Server, values: dict[str, Any]) -> Place:
    return server.workspace.place(str(values["locale"]), str(values["page"]))


def _number(view: View, values: dict[str, Any]) -> int:
    number = int(values["n"])
    if not 0 <= number < len(view.page.units):
        raise ProjectError(Problem("", 0, 0, "the page has changed; load it again"))
    if "source" in values and view.page.units[number].text != values["source"]:
        raise ProjectError(Problem("", 0, 0, "the page has changed; load it again"))
    return number


def _page(server: Server, values: dict[str, Any]) -> dict[str, Any]:
    return server.views.as_json(_place(server, values))


def _findings(server: Server, values: dict[str, Any]) -> dict[str, Any]:
    place = _place(server, values)
    view = server.views.view(place)
    found = server.overview.findings(place)
    keys = [(f"{u.context}\4{u.text}" if u.context else u.text) for u in view.page.units]
    units = {
        n: [_finding_json(server, place, one) for one in found[key]]
        for n, key in enumerate(keys)
        if key in found
    }
    about = [_finding_json(server, place, one) for one in found.get("", ())]
    if server.trial.problem:
        about.insert(0, {"check": "", "severity": "error", "text": server.trial.problem})
    return {"units": units, "page": about}


def _finding_json(server: Server, place: Place, one: Finding) -> dict[str, Any]:
    severity = server.trial.plan().severity(one.check, place.name) or one.severity
    piece = one.excerpt.text[one.excerpt.start : one.excerpt.end] if one.excerpt else ""
    return {"check": one.check, "severity": severity.value, "text": one.text, "piece": piece}


def _suggestions(server: Server, values: dict[str, Any]) -> dict[str, Any]:
    place = _place(server, values)
    view = server.views.view(place)
    unit = view.page.units[_number(view, values)]
    return server.suggestions.as_json(place, unit, server.trial.glossary(place))


def _search(server: Server, values: dict[str, Any]) -> dict[str, Any]:
    return {"hits": server.overview.search(str(values["locale"]), str(values["q"])[:200])}


def _overview(server: Server, _values: dict[str, Any]) -> dict[str, Any]:
    return server.overview.as_json()


def _try(server: Server, values: dict[str, Any]) -> dict[str, Any]:
    place = _place(server, values)
    number = _number(server.views.view(place), values)
    return server.trial.as_json(place, number, _text(values["text"]))


def _save(server: Server, values: dict[str, Any]) -> dict[str, Any]:
    if server.workspace.read_only:
        raise ProjectError(Problem("", 0, 0, "the preview was started with --read-only"))
    place = _place(server, values)
    number = _number(server.views.view(place), values)
    saved = save(server.workspace, place, number, _change(values["base"]), _change(values))
    view = server.views.view(place)
    return {
        "unit": unit_as_json(view, _number(view, values)),
        "before": saved.before,
        "revision": saved.after,
    }


def _change(values: dict[str, Any]) -> EntryChange:
    comment = _LINE_END.sub("\n", _text(values["comment"]))
    return EntryChange(_text(values["text"]), bool(values["fuzzy"]), comment)


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MOST_TEXT:
        raise ValueError
    return value.replace("\r\n", "\n")


_READERS: dict[str, Callable[[Server, dict[str, Any]], Any]] = {
    "start": _start,
    "overview": _overview,
    "page": _page,
    "findings": _findings,
    "suggestions": _suggestions,
    "search": _search,
}
_WRITERS: dict[str, Callable[[Server, dict[str, Any]], Any]] = {"try": _try, "save": _save}
