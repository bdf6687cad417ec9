"""Write the GitLab component, with the steps of .github/steps in it, as GitLab includes one file.

python .ci/generate/gitlab_component.py [--check]
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
STEPS = ROOT / ".github/steps"
COMPONENT = ROOT / "templates/yiben/template.yml"
FRAME = ROOT / ".ci/generate/gitlab_component.yml"
_SHARED = "forge.sh"
_SOURCED = f'# shellcheck source={_SHARED}\n. "${{0%/*}}/{_SHARED}"\n'
_PLACE = f'"$YIBEN_REPORT/{_SHARED}"'


def step(name: str) -> str:
    """Return a step as lines of a job's script, in a shell of its own.

    What all steps share becomes a file, which the others read.
    """
    text = (STEPS / name).read_text(encoding="utf-8").removeprefix("#!/bin/sh\n")
    if name == _SHARED:
        return f"mkdir -p \"$YIBEN_REPORT\"\ncat >{_PLACE} <<'SHARED'\n{text}SHARED\n"
    return f"(\n{text.replace(_SOURCED, f'. {_PLACE}{chr(10)}')})\n"


def component() -> str:
    """Return the component: the frame, with `@name.sh` replaced by that step."""
    lines = []
    for line in FRAME.read_text(encoding="utf-8").splitlines():
        place, mark, name = line.partition("- @")
        if not mark:
            lines.append(line)
            continue
        lines.append(f"{place}- |")
        body = step(name).rstrip("\n").split("\n")
        lines += [f"{place}  {one}" if one else "" for one in body]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the component if it changed; with `--check` only tell whether it would."""
    text = component()
    if COMPONENT.exists() and COMPONENT.read_text(encoding="utf-8") == text:
        return 0
    print(COMPONENT.relative_to(ROOT))
    if "--check" in sys.argv:
        return 1
    COMPONENT.parent.mkdir(parents=True, exist_ok=True)
    COMPONENT.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
