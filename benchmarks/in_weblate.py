"""Read the catalogs of a project with Weblate's own code, as `yiben platform weblate` sets it up.

    yiben -C PROJECT platform weblate > settings.json
    python benchmarks/in_weblate.py PROJECT settings.json

The Python has to be one with Weblate (5.14 is the last for Python 3.11), and needs no server: only
what discovers components and what reads and writes files is called.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

_MESSAGE = re.compile(rb'^msgid "', re.MULTILINE)


def main() -> int:
    """Print what Weblate finds; fail where it misses a file or writes one otherwise."""
    root, settings = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "weblate.settings_example")
    import django  # noqa: PLC0415 - only Weblate's environment has it

    django.setup()
    components = (
        discovered(root, settings) if isinstance(settings, dict) else masked(root, settings)
    )
    parameters = (settings if isinstance(settings, dict) else settings[0])["file_format_params"]
    problems = [one for name, found in components.items() for one in missing(root, name, found)]
    read = 0
    for found in components.values():
        for name in found["files"]:
            problems += differences(root / name, parameters)
            read += 1
    reached = {root / found["new_base"] for found in components.values()}
    folder = next(iter(components.values()))["new_base"].partition("/LC_MESSAGES/")[0]
    left = sorted(set((root / folder).rglob("*.pot")) - reached)
    problems += [f"{path}: no component has this template" for path in left]
    print("\n".join(problems))
    print(f"{len(components)} components, {read} catalogs read, {len(problems)} problems")
    return 1 if problems else 0


def discovered(root: Path, settings: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what the add-on for discovery finds."""
    from weblate.trans.discovery import ComponentDiscovery  # noqa: PLC0415 - after the set-up

    wanted = ComponentDiscovery.extract_kwargs(settings)
    return dict(ComponentDiscovery(None, path=str(root), **wanted).matched_components)


def masked(root: Path, settings: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return what the masks of components fit, as Weblate globs them."""
    return {
        one["slug"]: {
            "files": {path.relative_to(root).as_posix() for path in root.glob(one["filemask"])},
            "new_base": one["new_base"],
        }
        for one in settings
    }


def missing(root: Path, name: str, found: dict[str, Any]) -> list[str]:
    """List what a component lacks."""
    base = [] if (root / found["new_base"]).is_file() else [f"{name}: no {found['new_base']}"]
    return base if found["files"] else [*base, f"{name}: no catalog"]


def differences(path: Path, parameters: dict[str, Any]) -> list[str]:
    """List what Weblate's format makes of a catalog that is not as it was."""
    from weblate.formats.ttkit import PoFormat  # noqa: PLC0415 - after the set-up

    data = path.read_bytes()
    store = PoFormat(str(path), file_format_params=parameters)
    units = list(store.content_units)
    wanted = len(_MESSAGE.findall(data)) - 1
    found = [] if len(units) == wanted else [f"{path}: {len(units)} messages of {wanted}"]
    if PoFormat.serialize(store.store) != data:
        found.append(f"{path}: is written otherwise")
    return found


if __name__ == "__main__":
    sys.exit(main())
