"""The command that mdBook calls."""

from __future__ import annotations

import sys

import click

from toolkit.interfaces.cli.program import main
from toolkit.interfaces.cli.talk import tell

_RENDERERS = ("supports",)


@main.command(epilog='Example, in book.toml: [preprocessor.yiben] command = "yiben mdbook"')
@click.argument("question", required=False, type=click.Choice(_RENDERERS))
@click.argument("renderer", required=False)
def mdbook(question: str | None, renderer: str | None) -> None:
    """Localize a book, as a preprocessor of mdBook: JSON on standard input and output.

    The locale is the book's `language`, or `locale` under [preprocessor.yiben]. With `supports
    RENDERER`, exits with 0: every renderer is supported.
    """
    import json

    from toolkit.interfaces.mdbook_preprocessor import localized_book
    from toolkit.model.errors import MdbookError
    from toolkit.model.json_nodes import json_problem

    del renderer
    if question:
        return
    try:
        data = json.loads(sys.stdin.buffer.read())
    except (ValueError, RecursionError) as error:
        raise MdbookError(json_problem("standard input", error)) from None
    book = localized_book(data)
    tell(book.findings)
    click.echo(json.dumps(book.content, ensure_ascii=False))
