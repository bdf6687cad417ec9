"""The binary catalogs of a build, each beside the catalog that it is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.catalogs.po import binary_of
from toolkit.commands.build.value import Built
from toolkit.model.catalog import Catalog
from toolkit.model.errors import ToolkitError
from toolkit.project.outputs import Output

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.commands.build.value import BuildOptions
    from toolkit.project.outputs import Writer
    from toolkit.project.ownership import Manifest
    from toolkit.project.store import Domain, Run


def binary_outputs(run: Run, options: BuildOptions, domains: Sequence[Domain]) -> Iterator[Output]:
    """Yield a binary for each catalog of the pages that are built, if that is asked for."""
    for locale in options.locales if options.binary else ():
        for domain, names in domains:
            if options.pages is not None and options.pages.isdisjoint(names):
                continue
            catalog = run.project.catalog_name(domain, locale)
            if run.exists(catalog):
                yield Output(f"{catalog.removesuffix('.po')}.mo", catalog, locale.tag)


def build_binary(run: Run, writer: Writer, output: Output, known: Manifest) -> Built:
    """Write a binary catalog."""
    try:
        catalog = run.catalog(output.source) or Catalog()
        return Built((writer.put(output, binary_of(catalog), known),))
    except ToolkitError as error:
        return Built(problems=error.problems)
