"""Library: ray, imported where it is asked for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from extractor.errors import ExtractorError

if TYPE_CHECKING:
    from types import ModuleType


def ray() -> ModuleType:
    """The library; raises ExtractorError where it is not installed."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody unless it is wanted
    try:
        import ray  # noqa: PLC0415
        import ray.data  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise ExtractorError(
            f"Ray needs {error.name}, which is not installed: pip install 'pressledger[ray]'"
        ) from None
    library: ModuleType = ray
    return library


def cpus() -> int:
    """The CPUs of the cluster that this process is connected to."""
    resources: dict[str, Any] = ray().cluster_resources()
    return max(int(resources.get("CPU", 1)), 1)
