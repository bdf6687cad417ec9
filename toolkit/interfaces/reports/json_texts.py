"""Reports as JSON, which programs read and terminals show."""

from __future__ import annotations

import json

from toolkit.interfaces.reports.characters import UNSEEN


def json_text(value: object) -> str:
    """Return a value as JSON in which all that acts in a terminal or a runner of CI is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    text = UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return text.replace("##", "#\\u0023")
