"""Storage for resources without a model in moto. It is on moto's own backend of an account and a Region, so a reset empties it."""

from __future__ import annotations

from typing import Any


def store(backend: Any, kind: str) -> dict[str, Any]:
    everything: dict[str, dict[str, Any]] = vars(backend).setdefault("kept_by_corrections", {})
    return everything.setdefault(kind, {})
