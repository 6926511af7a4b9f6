"""One file for each service whose moto answers differ from AWS in a way that disaster recovery meets."""

from __future__ import annotations

import importlib
import pkgutil

from aws import patching


def apply() -> None:
    """Installs every correction, or raises with the list of those that no longer fit."""
    for module in sorted(found.name for found in pkgutil.iter_modules(__path__) if not found.name.startswith("_")):
        try:
            importlib.import_module(f"{__name__}.{module}")
        except (ImportError, AttributeError, patching.CorrectionsOutdated) as fault:
            patching.failures.append(f"{module}: {fault}")
    if patching.failures:
        raise patching.CorrectionsOutdated("\n".join(patching.failures))
