"""Links of pages that lead nowhere; what yiben cannot know it takes for alive."""

from __future__ import annotations

from toolkit.checks import announce
from toolkit.model.findings import Severity

announce(
    "dead-link",
    Severity.WARNING,
    "A link, snippet or include leads to a file that does not exist in the project.\n\n"
    "Also looks at Hugo's `ref` and `relref`, and at MyST's roles `doc`, `ref` and `numref`.\n"
    "Bad:  `[guide](giude.md)`, `[r]: nope.md`, a snippet or include that is not there.\n"
    "Good: `[guide](guide.md)`; what a generator makes or another site has is not looked at.",
)
announce(
    "dead-fragment",
    Severity.WARNING,
    "A link leads to a heading or id that its page does not have.\n\n"
    "Bad:  `[install](guide.md#instal)` where the page has the heading `## Install`.\n"
    "Good: `[install](guide.md#install)`, with ids as the site's generator makes them.",
)
announce(
    "dead-image",
    Severity.WARNING,
    "An image does not exist in the project.\n\n"
    "Bad:  `![chart](img/chrat.png)`\n"
    "Good: `![chart](img/chart.png)`",
)
