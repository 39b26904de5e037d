"""Providers: models whose API is not OpenAI's, asked by a name such as "anthropic/claude-sonnet-4-5".

The names are instructor's provider strings. Whatever speaks OpenAI's API, and most do, needs no provider but
its address, as `base_url`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec

from extractor.errors import ModelSetupError


@dataclass(frozen=True, slots=True)
class Provider:
    """An API that instructor speaks through a package of its own."""

    name: str
    """What stands before the slash; also the package and the extra that brings it."""
    address: str
    key_name: str
    """The environment variable of its key."""
    address_name: str
    """The environment variable that its package takes another address from."""

    @property
    def base_url(self) -> str:
        """Where its package asks."""
        return os.environ.get(self.address_name) or self.address


_PROVIDERS = {
    "anthropic": Provider(
        "anthropic", "https://api.anthropic.com", "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL"
    ),
}


def provider_of(model: str) -> Provider | None:
    """The provider that a model's name begins with, as "Qwen/Qwen2.5-7B" does not.

    Raises ModelSetupError where its package is missing.
    """
    name, slash, rest = model.partition("/")
    provider = _PROVIDERS.get(name) if slash and rest else None
    if provider and find_spec(provider.name) is None:
        raise ModelSetupError(
            f'the model "{model}" needs the package {provider.name}: '
            f"pip install 'pressledger[{provider.name}]'"
        )
    return provider
