"""The only way a correction reaches into moto.

A correction names the symbol it changes as ``module:Class.member`` and the parameters it expects there. The reach
fails if moto has moved the symbol, changed its parameters, or has the addition of a correction itself. All such
failures are gathered, and the server refuses to start. A correction that silently does nothing would make every test above it lie.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Correction = Callable[..., Any]


class CorrectionsOutdated(Exception):
    """moto is not the moto these corrections were written for."""


class _Moved(Exception):
    """One symbol is not where, or not as, a correction expects it."""


@dataclass(frozen=True)
class Installed:
    service: str
    symbol: str
    why: str


installed: list[Installed] = []
failures: list[str] = []


def replaces(path: str, parameters: str) -> Callable[[Correction], Correction]:
    """Replaces a method, function or property with a function, which receives the original as its first argument."""

    def install(correction: Correction) -> Correction:
        with _Reach(path, correction) as reach:
            owner, name, original = _find(path)
            # a decorated method is corrected below its decorator
            decorator = next((kind for kind in (property, staticmethod, classmethod) if isinstance(original, kind)), None)
            if decorator is property:
                original = original.fget
            elif decorator is not None:
                original = original.__func__
            _require_parameters(original, parameters)
            corrected = _with_original(correction, original)
            setattr(owner, name, decorator(corrected) if decorator else corrected)
            reach.succeeded()
        return correction

    return install


def replaces_everywhere(path: str, parameters: str, below: str) -> Callable[[Correction], Correction]:
    """As ``replaces``, for a module function that other modules below ``below`` have imported by name."""

    def install(correction: Correction) -> Correction:
        with _Reach(path, correction) as reach:
            _, name, original = _find(path)
            _require_parameters(original, parameters)
            corrected = _with_original(correction, original)
            for module in list(sys.modules.values()):
                if getattr(module, "__name__", "").startswith(below) and getattr(module, name, None) is original:
                    setattr(module, name, corrected)
            reach.succeeded()
        return correction

    return install


def adds(path: str) -> Callable[[Correction], Correction]:
    """Adds an operation moto does not have. Fails when moto has learnt it: then the correction has to go."""

    def install(correction: Correction) -> Correction:
        with _Reach(path, correction) as reach:
            owner_path, _, name = path.rpartition(".")
            owner = symbol(owner_path)
            if hasattr(owner, name):
                raise _Moved("moto has it now; drop the correction")
            setattr(owner, name, correction)
            reach.succeeded()
        return correction

    return install


def adds_property(path: str) -> Callable[[Correction], Correction]:
    """As ``adds``, for a value that answers carry under this attribute's name."""

    def install(correction: Correction) -> Correction:
        with _Reach(path, correction) as reach:
            owner_path, _, name = path.rpartition(".")
            owner = symbol(owner_path)
            if hasattr(owner, name):
                raise _Moved("moto has it now; drop the correction")
            setattr(owner, name, property(correction))
            reach.succeeded()
        return correction

    return install


def symbol(path: str) -> Any:
    """A symbol of moto that a correction uses without changing it."""
    try:
        _, _, found = _find(path)
    except _Moved as moved:
        raise CorrectionsOutdated(f"{path}: {moved}") from moved
    return found


class _Reach:
    """Turns a failed reach into a line of ``failures``, so that one run reports all of them."""

    def __init__(self, path: str, correction: Correction):
        self.path, self.correction = path, correction

    def __enter__(self) -> _Reach:
        return self

    def succeeded(self) -> None:
        why = inspect.getdoc(self.correction)
        if not why:
            raise _Moved("the correction does not say what it corrects")
        service = self.correction.__module__.rsplit(".", 1)[-1]
        installed.append(Installed(service, self.path.partition(":")[2], " ".join(why.split())))

    def __exit__(self, _type: Any, fault: BaseException | None, _trace: Any) -> bool:
        if isinstance(fault, (_Moved, CorrectionsOutdated)):
            failures.append(f"{self.path}: {fault}")
            return True
        return False


def _find(path: str) -> tuple[Any, str, Any]:
    module_name, _, attributes = path.partition(":")
    try:
        owner = importlib.import_module(module_name)
    except ImportError as missing:
        raise _Moved(f"no module {module_name} ({missing})") from missing
    *containers, name = attributes.split(".")
    for container in containers:
        if not hasattr(owner, container):
            raise _Moved(f"no {container} in {owner.__name__}")
        owner = getattr(owner, container)
    if not hasattr(owner, name):
        raise _Moved(f"no {name} in {getattr(owner, '__name__', owner)}")
    return owner, name, inspect.getattr_static(owner, name)


def _require_parameters(original: Any, expected: str) -> None:
    """``self, name, ...`` names the first parameters only."""
    found = ", ".join(inspect.signature(original).parameters)
    fits = found.startswith(expected[: -len("...")]) if expected.endswith("...") else found == expected
    if not fits:
        raise _Moved(f"takes ({found}), expected ({expected})")


def _with_original(correction: Correction, original: Any) -> Correction:
    @functools.wraps(original)
    def corrected(*args: Any, **kwargs: Any) -> Any:
        return correction(original, *args, **kwargs)

    return corrected
