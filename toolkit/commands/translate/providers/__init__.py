"""The providers of translations, ours and those that installed packages register."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from toolkit.commands.translate.providers.provider import Access, Provider, ProviderError
from toolkit.language.phrases import did_you_mean, needs

if TYPE_CHECKING:
    from collections.abc import Callable

GROUP = "yiben.translators"
MEMORY = "memory"
"""The provider that asks nobody: the project's catalogs and memory are all there is."""


def provider_names() -> list[str]:
    """Return the names of all registered providers."""
    return sorted({MEMORY, *(one.name for one in entry_points(group=GROUP))})


def provider_of(name: str, access: Access) -> Provider | None:
    """Return a provider ready to be asked; `None` for `memory`.

    Raises `ProviderError` for one that does not exist or cannot be made.
    """
    if name == MEMORY:
        return None
    found = next(iter(entry_points(group=GROUP, name=name)), None)
    if found is None:
        hint = did_you_mean(name, provider_names())
        raise ProviderError("machine", f'unknown provider "{name}"; {hint}')
    try:
        make: Callable[[Access], Provider] = found.load()
    except ImportError as error:
        text = f'provider "{name}" {needs([error.name or name], "machine")}'
        raise ProviderError("machine", text) from None
    return make(access)
