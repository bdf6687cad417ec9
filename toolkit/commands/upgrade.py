"""Changes that this version of yiben would make to what another version wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit import __version__
from toolkit.catalogs.header import RULES
from toolkit.commands.build import BuildOptions, build
from toolkit.commands.update.orphans import our_catalogs
from toolkit.language.phrases import counted
from toolkit.model.errors import ToolkitError
from toolkit.project.outputs import known_outputs
from toolkit.project.ownership import Standing
from toolkit.project.store import Run
from toolkit.reading.segment import RULES_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.language.locale import Locale

_NAME = "yiben "


def upgrade_notes(run: Run, locales: Sequence[Locale]) -> Iterator[str]:
    """Say which versions wrote the templates, and how many outputs would be built differently.

    Nothing where this version has written everything. Nothing is written.
    """
    versions, rules = _writers(run)
    others = sorted(versions - {__version__})
    if others:
        yield f"templates were written by yiben {', '.join(others)}; this is {__version__}"
    if rules - {str(RULES_VERSION)}:
        earlier = ", ".join(sorted(rules - {str(RULES_VERSION)}))
        yield f"catalogs follow segmenting rules {earlier}; this version has rules {RULES_VERSION}"
    if others or rules - {str(RULES_VERSION)}:
        yield from _outputs(run, locales)


def _writers(run: Run) -> tuple[set[str], set[str]]:
    """The versions and the rules of segmenting that the project's templates name."""
    versions, rules = set(), set()
    for name in our_catalogs(run, "templates", ".pot"):
        catalog = run.catalog(name)
        header = dict(catalog.header) if catalog else {}
        if header.get("X-Generator", "").startswith(_NAME):
            versions.add(header["X-Generator"].removeprefix(_NAME))
        rules.add(header.get(RULES, str(RULES_VERSION)))
    return versions, rules


def _outputs(run: Run, locales: Sequence[Locale]) -> Iterator[str]:
    # A build looks at more than an update.
    run.facts.note_elsewhere()
    try:
        if not known_outputs(run.project)[0].exists:
            return
        built = build(Run(run.project, dry=True), BuildOptions(tuple(locales)), list)
    except ToolkitError:
        # The build says what is wrong with it.
        return
    changed = sum(one.standing is Standing.OURS for one in built.placed)
    files = counted(changed, "built file")
    count = f"{files} of {len(built.placed)}"
    yield f"{count} would be built differently; yiben build --check lists them"
